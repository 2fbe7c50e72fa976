"""How many homes that differ could be noticed at all: `python -m scripts.training.told_apart`.

A network learns nothing but to tell them from usual homes by the same features. An alarm that is
far below it has something to gain; one that is asked for more cannot be had from these features.
"""

import argparse
import sys
from typing import Any, Final

import numpy as np
import torch
from rich.console import Console

from custom_components.shems.core.infer.block import Block
from custom_components.shems.core.units import Floats

from .classify import Lesson, classified
from .homes import block_named, simulated

_SEED: Final = 5_000_000_000
"""Apart from all seeds of training, alarms and calibration."""
_BATCH: Final = 1000
_FALSE_ALARMS: Final = 0.02
_TESTED: Final = 0.2
"""Share of the homes that the network is tested with."""
_WIDTHS: Final = (256, 128)
_FAR: Final = 5.0
"""Standard deviations to which features are cut."""


def homes(block: Block[Any], twist: str | None, count: int) -> Floats:
    """Return features of fresh homes, (n, F)."""
    first = _SEED + (0 if twist is None else 1_000_000)
    seeds = range(first, first + -(-count // _BATCH))
    drawn = [simulated(block, seed, _BATCH, twist).features for seed in seeds]
    return np.concatenate(drawn)[:count]


def scores(shown: Floats, other: Floats, epochs: int) -> tuple[Floats, Floats]:
    """Return how different homes look that the networks have not learned from.

    Args:
        shown: (n, F) features of usual homes.
        other: (m, F) features of homes that differ.
        epochs: passes through the homes.
    """
    low, high = np.quantile(shown, [0.005, 0.995], axis=0)
    inner = np.clip(shown, low, high)
    middle, spread = inner.mean(axis=0), np.maximum(inner.std(axis=0), 1e-9)
    parts = []
    for each in (shown, other):
        value = np.clip((np.clip(each, low, high) - middle) / spread, -_FAR, _FAR)
        parts.append(np.split(value, [round(len(each) * (1 - _TESTED))]))
    (learned, usual), (learned_other, differing) = parts
    told = Console(stderr=True).print
    lesson = Lesson(_WIDTHS, epochs, seed=0)
    classifier = classified(("other",), learned, [learned_other], lesson, told)
    return classifier.logits(usual)[:, 0], classifier.logits(differing)[:, 0]


def noticed(usual: Floats, differing: Floats) -> tuple[float, float]:
    """Return the share found at 2 % false alarms, and the area under the curve of both."""
    limit = np.quantile(usual, 1 - _FALSE_ALARMS)
    below = np.searchsorted(np.sort(usual), differing) / len(usual)
    return float((differing > limit).mean()), float(below.mean())


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    command = argparse.ArgumentParser(prog="told_apart", description=__doc__)
    command.add_argument("block", metavar="BLOCK")
    command.add_argument("twist", metavar="TWIST")
    command.add_argument("--homes", type=int, default=60_000, help="of each kind")
    command.add_argument("--epochs", type=int, default=12)
    given = command.parse_args(arguments)
    block = block_named(given.block)
    torch.set_num_threads(1)
    usual, differing = scores(
        homes(block, None, given.homes), homes(block, given.twist, given.homes), given.epochs
    )
    share, area = noticed(usual, differing)
    print(f"{share:.1%} found at {_FALSE_ALARMS:.0%} false alarms, area under the curve {area:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
