"""How many homes that differ could be noticed at all: `python -m scripts.training.told_apart`.

A network learns nothing but to tell them from usual homes by the same features. An alarm that is
far below it has something to gain; one that is asked for more cannot be had from these features.
"""

import argparse
import sys
from typing import Any, Final

import numpy as np
import torch

from custom_components.shems.core.infer.block import Block
from custom_components.shems.core.units import Floats

from .homes import block_named

type Tensor = Any

_SEED: Final = 5_000_000_000
"""Apart from all seeds of training, alarms, calibration and hot water."""
_BATCH: Final = 1000
_FALSE_ALARMS: Final = 0.02
_TESTED: Final = 0.2
"""Share of the homes that the network is tested with, half of it to say when it is best."""
_WIDTHS: Final = (160, 96)
_DROPPED: Final = 0.2
_RATE: Final = 2e-3
_DECAY: Final = 0.05
_AT_ONCE: Final = 256
_NETS: Final = 2
_FAR: Final = 5.0
"""Standard deviations to which features are cut."""


def homes(block: Block[Any], twist: str | None, count: int) -> Floats:
    """Return features of fresh homes, (n, F)."""
    first = _SEED + (0 if twist is None else 1_000_000)
    seeds = range(first, first + -(-count // _BATCH))
    drawn = (block.simulate(seed, _BATCH, twist=twist).observed for seed in seeds)
    return np.concatenate([block.features(each) for each in drawn])[:count]


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
        learn, test = (round(len(each) * (1 - share)) for share in (_TESTED, _TESTED / 2))
        parts.append(np.split(value.astype(np.float32), [learn, test]))
    learned, chosen, tested = (
        tuple(map(torch.as_tensor, pair)) for pair in zip(*parts, strict=True)
    )
    found = [_trained(learned, chosen, tested, seed, epochs) for seed in range(_NETS)]
    usual, differing = (np.mean(each, axis=0) for each in zip(*found, strict=True))
    return usual, differing


def noticed(usual: Floats, differing: Floats) -> tuple[float, float]:
    """Return the share found at 2 % false alarms, and the area under the curve of both."""
    limit = np.quantile(usual, 1 - _FALSE_ALARMS)
    below = np.searchsorted(np.sort(usual), differing) / len(usual)
    return float((differing > limit).mean()), float(below.mean())


def _trained(
    learned: Tensor, chosen: Tensor, tested: Tensor, seed: int, epochs: int
) -> tuple[Floats, Floats]:
    torch.manual_seed(seed)
    layers: list[Any] = []
    before = learned[0].shape[1]
    for width in _WIDTHS:
        layers += [torch.nn.Linear(before, width), torch.nn.SiLU(), torch.nn.Dropout(_DROPPED)]
        before = width
    net = torch.nn.Sequential(*layers, torch.nn.Linear(before, 1))
    shown = torch.cat(learned)
    which = torch.cat([torch.zeros(len(learned[0])), torch.ones(len(learned[1]))])
    steps = epochs * -(-len(shown) // _AT_ONCE)
    optimizer = torch.optim.AdamW(net.parameters(), lr=_RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=steps)
    best, found = np.inf, (np.zeros(0), np.zeros(0))
    for _ in range(epochs):
        net.train()
        for at in torch.randperm(len(shown)).split(_AT_ONCE):
            loss = _loss(net(shown[at])[:, 0], which[at], len(learned[0]), len(learned[1]))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
        net.eval()
        with torch.no_grad():
            each = [net(part)[:, 0] for part in chosen]
            sides = torch.cat([torch.zeros(len(each[0])), torch.ones(len(each[1]))])
            score = float(_loss(torch.cat(each), sides, len(each[0]), len(each[1])))
            if score < best:
                best = score
                found = tuple(net(part)[:, 0].double().numpy() for part in tested)
    return found


def _loss(said: Tensor, which: Tensor, usual: int, differing: int) -> Tensor:
    """Return the cross-entropy in which both kinds count alike, however many there are."""
    heavy = torch.where(which > 0, 0.5 / differing, 0.5 / usual) * (usual + differing)
    return torch.nn.functional.binary_cross_entropy_with_logits(said, which, weight=heavy)


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
