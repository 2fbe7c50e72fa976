"""Chance that depends on a seed, a stream and a number only, never on what was asked before.

The same moment gives the same value whether it is asked alone or within a year, so that the
past written at set-up and the live home are one.
"""

import hashlib
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from ..units import Floats

type Integers = npt.NDArray[np.int64]

_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_FIRST: Final = np.uint64(0xBF58476D1CE4E5B9)
_SECOND: Final = np.uint64(0x94D049BB133111EB)
_HALF: Final = 2.0**-54


@lru_cache(maxsize=1024)
def _key(seed: int, stream: str) -> np.uint64:
    digest = hashlib.blake2b(f"{seed}/{stream}".encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))


def uniform(seed: int, stream: str, index: Integers) -> Floats:
    """Return a number within (0, 1) for each index, any shape (splitmix64)."""
    mixed = index.astype(np.uint64) * _GOLDEN + _key(seed, stream)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _FIRST
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND
    mixed ^= mixed >> np.uint64(31)
    number: Floats = (mixed >> np.uint64(11)).astype(np.float64) * 2.0**-53 + _HALF
    return number


def normal(seed: int, stream: str, index: Integers) -> Floats:
    """Return a standard normal number for each index (Box-Muller)."""
    radius = np.sqrt(-2.0 * np.log(uniform(seed, stream, index)))
    number: Floats = radius * np.cos(2.0 * np.pi * uniform(seed, f"{stream}/angle", index))
    return number


def smooth(seed: int, stream: str, times: Floats, period_s: float) -> Floats:
    """Return a continuous function of time, (N,), standard normal at every moment.

    Independent numbers stand `period_s` apart; between them the two neighbours are mixed
    and the variance of the mixture is kept at 1.
    """
    place = times / period_s
    floor = np.floor(place)
    part = place - floor
    weight = part * part * (3.0 - 2.0 * part)
    index = floor.astype(np.int64)
    left, right = normal(seed, stream, index), normal(seed, stream, index + 1)
    mixture: Floats = (left * (1 - weight) + right * weight) / np.hypot(1 - weight, weight)
    return mixture
