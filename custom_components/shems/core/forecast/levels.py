"""Distributions as quantiles at fixed levels, and their scores."""

from typing import Final

import numpy as np

from ..units import Bools, Floats

LEVELS: Final[Floats] = np.arange(1, 20) / 20
"""The levels of every forecast: 0.05, 0.10, ... 0.95."""
COUNT: Final = len(LEVELS)
MEDIAN: Final = 9
_STRIDE: Final = 7
_SHIFTS: Final = (0, 6, 13)
"""Levels that meet: the CRPS of a car's and a home's sum is that of all 361 pairs to 0.3 %."""


def index_of(level: float) -> int:
    """Return where a level, a multiple of 0.05, stands among `LEVELS`."""
    return round(level * 20) - 1


def pinball(quantiles: Floats, truth: Floats) -> Floats:
    """Return the pinball loss of each level, (..., L), of quantiles (..., L) and truth (...).

    loss_q = max(q·(y - x_q), (q - 1)·(y - x_q)); NaN where the truth is unknown.
    """
    error = truth[..., np.newaxis] - quantiles
    loss: Floats = np.maximum(LEVELS * error, (LEVELS - 1) * error)
    return loss


def crps(quantiles: Floats, truth: Floats) -> Floats:
    """Return the continuous ranked probability score, (...), in the truth's unit.

    Twice the mean pinball loss over the levels, Gneiting & Raftery 2007 (quantile form).
    """
    score: Floats = 2 * pinball(quantiles, truth).mean(axis=-1)
    return score


def covered(quantiles: Floats, truth: Floats, share: float) -> Bools:
    """Return whether the truth lies in the central interval of that probability, (...)."""
    low, high = index_of((1 - share) / 2), index_of((1 + share) / 2)
    inside: Bools = (truth >= quantiles[..., low]) & (truth <= quantiles[..., high])
    return inside


def convolved(one: Floats, other: Floats) -> Floats:
    """Return the quantiles of sums of independent quantities, (L, K), from theirs, (L, K).

    Each level of one meets `len(_SHIFTS)` of the other, spread evenly over its distribution.
    A sum that is the i-th of n stands at i / (n + 1), as the levels do: with a certain
    quantity the other keeps its quantiles.
    """
    level = np.arange(COUNT)
    sums = [one + other[(_STRIDE * level + shift) % COUNT] for shift in _SHIFTS]
    ordered = np.sort(np.concatenate(sums), axis=0)
    place = LEVELS[:, np.newaxis] * (len(ordered) + 1) - 1
    low = place.astype(np.intp)[:, 0]
    quantiles: Floats = ordered[low] + (place - low[:, np.newaxis]) * (
        ordered[low + 1] - ordered[low]
    )
    return quantiles


def mean_of(quantiles: Floats) -> Floats:
    """Return the mean of distributions (..., L), the tails continued as they end.

    Beyond the outer levels the quantile function goes on at the slope of the last piece,
    which puts the mean of each twentieth half a piece further out.
    """
    low = quantiles[..., 0] - 0.5 * (quantiles[..., 1] - quantiles[..., 0])
    high = quantiles[..., -1] + 0.5 * (quantiles[..., -1] - quantiles[..., -2])
    middle = 0.5 * (quantiles[..., :-1] + quantiles[..., 1:])
    mean: Floats = (low + high + middle.sum(axis=-1)) / (COUNT + 1)
    return mean
