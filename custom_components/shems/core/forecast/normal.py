"""Truths as normal scores under what was issued, and values at scores.

0 is the median, 1 the 84 % quantile: there every hour and every home is alike.
"""

import functools
import math
from statistics import NormalDist
from typing import Final

import numpy as np

from ..units import Floats
from .levels import COUNT, LEVELS, index_of

SCORES: Final[Floats] = np.array([NormalDist().inv_cdf(float(level)) for level in LEVELS])
EXPONENTIAL: Final = 1 / math.log(5)
"""Mean excess over Q95 in units of Q95 - Q75 of an exponential distribution."""
_RUMOUR: Final = 10
_UPPER: Final = index_of(0.75)
_BEYOND: Final[Floats] = np.linspace(float(SCORES[-1]), 6.0, 88)
_RARER: Final[Floats] = np.array(
    [math.log(0.05 / NormalDist().cdf(-float(score))) for score in _BEYOND]
)
WITHIN: Final = 8
"""Points of each part of a margin that are averaged for its mean."""
_FURTHEST: Final = 3.0
"""Scores beyond three say no more than that something was outside of all experience."""


@functools.lru_cache(maxsize=64)
def even(count: int) -> Floats:
    """Return the scores in the middle of equally likely parts, (C,), not to be written to."""
    found = np.array([NormalDist().inv_cdf((place + 0.5) / count) for place in range(count)])
    found.setflags(write=False)
    return found


def scores(quantiles: Floats, truth: Floats) -> Floats:
    """Return truths (...) as normal scores under quantiles (..., L).

    Between levels and beyond them the quantile function is straight in the score. Where
    several levels coincide with the truth the middle of them counts, and where the whole
    distribution is one value it tells nothing: NaN, as where the truth is unknown.
    """
    flat = quantiles.reshape(-1, COUNT)
    value = truth.reshape(-1)
    span = flat[:, -1] - flat[:, 0]
    useful = np.isfinite(value) & np.isfinite(span) & (span > 1e-6)
    found = np.full(len(value), np.nan)
    if not useful.any():
        return found.reshape(truth.shape)
    flat, value = flat[useful], value[useful]
    found[useful] = (_below(flat, value) + _above(flat, value)) / 2
    return np.clip(found, -_FURTHEST, _FURTHEST).reshape(truth.shape)


def _below(flat: Floats, value: Floats) -> Floats:
    """Return the least score at which the quantile function reaches a value."""
    piece = np.clip((flat < value[:, np.newaxis]).sum(axis=1), 1, COUNT - 1)
    return _on_piece(flat, value, piece)


def _above(flat: Floats, value: Floats) -> Floats:
    """Return the greatest score at which the quantile function has not passed a value."""
    piece = np.clip((flat <= value[:, np.newaxis]).sum(axis=1), 1, COUNT - 1)
    return _on_piece(flat, value, piece)


def _on_piece(flat: Floats, value: Floats, piece: np.ndarray) -> Floats:
    rows = np.arange(len(flat))
    low, high = flat[rows, piece - 1], flat[rows, piece]
    start, width = SCORES[piece - 1], SCORES[piece] - SCORES[piece - 1]
    rise = high - low
    least = 1e-3 * (flat[:, -1] - flat[:, 0])  # A flat end goes on steeply, not for ever.
    share = (value - low) / np.maximum(rise, least)
    inside: Floats = start + np.clip(share, -20.0, 20.0) * width
    return inside


def at_scores(quantiles: Floats, score: Floats, tail: float = EXPONENTIAL) -> Floats:
    """Return the values (M, C) at which M distributions (M, L) have given scores (M, C).

    Beyond the highest level the tail is exponential, as of peaks over a threshold in
    general (Pickands 1975, with shape 0): with P the normal distribution,

        Q(z) = Q95 + tail·(Q95 - Q75)·ln(0.05 / (1 - P(z)))
    """
    within = np.minimum(score, SCORES[-1])
    piece = np.clip(np.searchsorted(SCORES, within), 1, COUNT - 1)
    low = np.take_along_axis(quantiles, piece - 1, axis=1)
    high = np.take_along_axis(quantiles, piece, axis=1)
    start, end = SCORES[piece - 1], SCORES[piece]
    value: Floats = low + (high - low) * (within - start) / (end - start)
    span = quantiles[:, -1:] - quantiles[:, _UPPER : _UPPER + 1]
    return value + tail * span * np.interp(score, _BEYOND, _RARER)


def parts(
    quantiles: Floats,
    margin: tuple[Floats, Floats],
    count: int,
    tail: float,
    within: int = WITHIN,
) -> Floats:
    """Return the means of equally likely parts of M distributions, (M, C), none negative.

    They are quantiles (M, L) at scores with a mean and a deviation, (M,) each.
    """
    mean, deviation = margin
    score = mean[:, np.newaxis] + deviation[:, np.newaxis] * even(within * count)
    value = np.maximum(at_scores(quantiles, score, tail), 0.0)
    means: Floats = value.reshape(len(quantiles), count, within).mean(axis=2)
    return means


def tail_of(quantiles: Floats, truth: Floats) -> float:
    """Return how far truths (...) reach beyond the highest of quantiles (..., L).

    The mean excess in units of Q95 - Q75; few of them say little and are taken together with
    as many of an exponential distribution.
    """
    span = quantiles[..., -1] - quantiles[..., _UPPER]
    over = (truth > quantiles[..., -1]) & (span > 0)  # Nothing unknown is above anything.
    count = int(over.sum())
    if not count:
        return EXPONENTIAL
    mean = float((truth - quantiles[..., -1])[over].sum() / span[over].sum())
    return (count * mean + _RUMOUR * EXPONENTIAL) / (count + _RUMOUR)
