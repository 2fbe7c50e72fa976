"""Homes that networks are trained with: simulated in chunks, kept, and taken up where it ended."""

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from custom_components.shems.core.infer.block import Block
from custom_components.shems.core.infer.blocks import BLOCKS
from custom_components.shems.core.infer.reference import features_of_reference
from custom_components.shems.core.units import Floats, InputError

from ..calibration.plain import PlainBattery
from ..calibration.toy import Toy

EXACT: Final[tuple[Block[Any], ...]] = (Toy(), PlainBattery())
"""Blocks whose exact posteriors are known: the second method that checks the first."""

CHUNK: Final = 1000
"""Homes simulated at once: four weeks by quarters of an hour are 22 MB an array."""

_SEEDS: Final = 1_000_000
"""Chunks that a seed has before it meets the next one's."""


@dataclass(frozen=True)
class Homes:
    """What a network learns from.

    Attributes:
        features: (n, F) as the block makes them.
        theta: (n, D) in physical units.
    """

    features: Floats
    theta: Floats


def block_named(name: str) -> Block[Any]:
    """Return a block.

    Raises:
        InputError: there is none of that name.
    """
    for block in (*BLOCKS, *EXACT):
        if block.name == name:
            return block
    raise InputError("block_unknown", name=name)


def simulated(block: Block[Any], seed: int, count: int, twist: str | None = None) -> Homes:
    """Return fresh homes, as they are or with a twist."""
    drawn = block.simulate(seed, count, twist=twist)
    return Homes(block.features(drawn.observed), drawn.theta)


def chunks(
    block: Block[Any],
    seed: int,
    count: int,
    folder: Path,
    processes: int,
    twist: str | None = None,
) -> Iterator[Path]:
    """Yield the file of every chunk once it is there; those of an earlier run are kept."""
    begun = folder / "-".join(
        [block.name, _state(block, twist), str(seed), *([twist] if twist else [])]
    )
    begun.mkdir(parents=True, exist_ok=True)
    numbers = range(-(-count // CHUNK))
    files = [begun / f"{number:06d}.npz" for number in numbers]
    missing = [number for number in numbers if not files[number].exists()]
    yield from (file for file in files if file.exists())
    work = partial(_write, block, seed, begun, twist)
    if processes == 1:
        yield from map(work, missing)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(work, missing)


def read(files: list[Path], count: int) -> Homes:
    """Return the homes of files, in their order."""
    features, theta = [], []
    for file in sorted(files):
        with np.load(file) as arrays:
            features.append(arrays["features"])
            theta.append(arrays["theta"])
    return Homes(np.concatenate(features)[:count], np.concatenate(theta)[:count])


def _write(block: Block[Any], seed: int, folder: Path, twist: str | None, number: int) -> Path:
    homes = simulated(block, seed * _SEEDS + number, CHUNK, twist)
    file = folder / f"{number:06d}.npz"
    # A run that is stopped leaves no half file behind.
    begun = folder / f"{number:06d}.{os.getpid()}.part.npz"
    np.savez(begun, features=homes.features.astype(np.float32), theta=homes.theta)
    begun.rename(file)
    return file


def _state(block: Block[Any], twist: str | None) -> str:
    """Return what a simulator, its features and its prior are known by."""
    features = features_of_reference(block, twist).astype(np.float32)
    return hashlib.sha256(features.tobytes() + block.prior.digest.encode()).hexdigest()[:12]
