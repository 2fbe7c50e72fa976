"""Fit what tells hot water that nobody told of: `python -m scripts.training.hot_water`.

Its table goes into `core/infer/thermal_water.py`, whenever the features of the rooms change.
"""

import argparse
import sys
from typing import Final

import numpy as np

from custom_components.shems.core.infer.thermal import Thermal
from custom_components.shems.core.units import Bools, Floats

_SEED: Final = 4_000_000_000
"""Apart from all seeds of training, alarms and calibration."""
_BATCH: Final = 1000
_STEPS: Final = 1500
_PER_LINE: Final = 5


def homes(count: int, twist: str | None, seed: int) -> Floats:
    """Return features of homes whose owners told of no hot water in the meter."""
    block, found = Thermal(), []
    for number in range(-(-count // _BATCH)):
        seen = block.simulate(seed + number, _BATCH, twist=twist).observed
        found.append(block.features(seen)[~seen.water])
    return np.concatenate(found)


def fitted(shown: Floats, hidden: Bools, least: float) -> tuple[Floats, float]:
    """Return weights and bias of a logistic regression with an L1 penalty, by FISTA.

    Both kinds of homes count alike, however many there are (Beck and Teboulle 2009).

    Args:
        shown: (n, F) standardised features.
        hidden: (n,) whether there is hot water.
        least: the penalty, per home.
    """
    inner = np.hstack([shown, np.ones((len(shown), 1))])
    heavy = np.where(hidden, 0.5 / hidden.mean(), 0.5 / (1 - hidden.mean())) / len(inner)
    # The steepest curvature of the loss is that of its Gram matrix over four.
    rate = 4.0 / np.linalg.eigvalsh((inner * heavy[:, np.newaxis]).T @ inner)[-1]
    held = ahead = np.zeros(inner.shape[1])
    pace = 1.0
    for _ in range(_STEPS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(inner @ ahead, -50.0, 50.0)))
        moved = ahead - rate * (inner.T @ (heavy * (chance - hidden)))
        shrunk = np.sign(moved) * np.maximum(np.abs(moved) - rate * least, 0.0)
        shrunk[-1] = moved[-1]
        quick = (1.0 + np.sqrt(1.0 + 4.0 * pace**2)) / 2.0
        ahead = shrunk + (pace - 1.0) / quick * (shrunk - held)
        held, pace = shrunk, quick
    return held[:-1], float(held[-1])


def table(weights: Floats, bias: float) -> str:
    """Return weights other than zero as they stand in the source, then the bias."""
    pairs = [f"({at}, {weights[at]:.4g})" for at in np.flatnonzero(weights)]
    lines = [pairs[at : at + _PER_LINE] for at in range(0, len(pairs), _PER_LINE)]
    return "\n".join([*(f"        {', '.join(line)}," for line in lines), f"{bias:.4g}"])


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    command = argparse.ArgumentParser(prog="hot_water", description=__doc__)
    command.add_argument("--homes", type=int, default=20_000, help="of each kind")
    command.add_argument("--penalty", type=float, default=0.0014, help="of weights, per home")
    given = command.parse_args(arguments)
    usual = homes(given.homes, None, _SEED)
    hidden = homes(given.homes, "dhw", _SEED + 1_000_000)
    middle, spread = np.median(usual, axis=0), usual.std(axis=0)
    spread = np.where(spread > 0, spread, np.inf)  # What stands still tells nothing.
    shown = (np.concatenate([usual, hidden]) - middle) / spread
    which = np.arange(len(shown)) >= len(usual)
    train = np.arange(len(shown)) % 5 > 0
    weights, bias = fitted(shown[train], which[train], given.penalty)
    score = shown[~train] @ weights + bias
    limit = np.quantile(score[~which[~train]], 0.98)
    told = float((score[which[~train]] > limit).mean())
    weights = weights / spread
    print(table(weights, bias - float(weights @ middle)))
    print(f"{told:.1%} found at 2 % false alarms", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
