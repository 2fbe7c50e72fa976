"""What a home's own residuals say about predictions: their usual error, and its spread.

The parameters' uncertainty alone is far too narrow for bands: weather, habits and the model's
simplicity are in the residuals only.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..units import Floats
from ..world.chance import Integers

_BLOCK_DAYS: Final = 3
"""Days in a row whose residuals are drawn together: what a front takes to pass."""
_DAY_H: Final = 24
_ALIKE_H: Final = 6.0
"""Hours in a row that err alike: they tell as much as one."""


@dataclass(frozen=True)
class Past:
    """Predictions of n homes beside what came, in (n, H) whole days of hours.

    Attributes:
        residual: what came less what was predicted; NaN where unknown.
        terms: (n, H, K) what the usual error is linear in.
        group: (n, H) number of the group whose spread an hour shares.
    """

    residual: Floats
    terms: Floats
    group: Integers


def usual_error(
    rng: np.random.Generator, past: Past, ahead: Floats, strength: float, draws: int
) -> tuple[Floats, Floats]:
    """Return the usual error in the past, (n, H), and draws of it ahead, (n, draws, H').

    Ridge regression with its posterior: where the past says little, as in winter of the
    heights of summer, draws differ as widely as the belief that there is none allows.

    Args:
        rng: where chance comes from.
        past: of each home.
        ahead: terms there, (n, H', K).
        strength: hours' worth of belief that there is none; terms are of the order of 1.
        draws: how many.
    """
    known = np.isfinite(past.residual)
    terms = np.where(known[..., np.newaxis], past.terms, 0.0)
    square = terms.swapaxes(1, 2) @ terms
    square += strength * np.eye(terms.shape[2])
    right = terms.swapaxes(1, 2) @ np.nan_to_num(past.residual)[..., np.newaxis]
    found = np.linalg.solve(square, right)
    usual = (past.terms @ found)[..., 0]
    left = np.where(known, past.residual - usual, 0.0)
    mean = (left**2).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    # The inverse of Lᵀ turns white noise into that of precision L·Lᵀ.
    root = np.linalg.inv(np.linalg.cholesky(square)).swapaxes(1, 2)
    noise = rng.standard_normal((len(left), terms.shape[2], draws))
    scale = np.sqrt(_ALIKE_H * mean)[:, np.newaxis, np.newaxis]
    coefficients = found + scale * (root @ noise)
    return usual, (ahead @ coefficients).swapaxes(1, 2)


def spread_by_group(past: Past, left: Floats, groups: int) -> Floats:
    """Return the root mean square of what is left in each group, (n, groups).

    Groups of few hours lean on the whole home: half where six hours are known.
    """
    known = np.isfinite(left)
    home = np.broadcast_to(np.arange(len(left))[:, np.newaxis], left.shape)
    place = (home * groups + past.group)[known]
    size = len(left) * groups
    many = np.bincount(place, minlength=size).reshape(-1, groups)
    sums = np.bincount(place, weights=left[known] ** 2, minlength=size).reshape(-1, groups)
    whole = sums.sum(axis=1, keepdims=True) / np.maximum(many.sum(axis=1, keepdims=True), 1)
    spread: Floats = np.sqrt((sums + 6.0 * whole) / (many + 6.0))
    return spread


def drawn_residuals(rng: np.random.Generator, standard: Floats, draws: int, days: int) -> Floats:
    """Return residuals drawn from the home's own in blocks of days, (n, draws, days · 24).

    What came one after another stays so, hour by hour of the day. Where a donor's hour is
    unknown, another known hour of the same home stands for it.

    Args:
        rng: where chance comes from.
        standard: (n, H) residuals in units of their group's spread; NaN where unknown.
        draws: how many.
        days: to draw for each.
    """
    count, hours = standard.shape
    past = hours // _DAY_H
    blocks = -(-days // _BLOCK_DAYS)
    first = rng.integers(0, past, (count, draws, blocks, 1))
    donor = ((first + np.arange(_BLOCK_DAYS)) % past).reshape(count, draws, -1)[..., :days]
    home = np.arange(count)[:, np.newaxis, np.newaxis]
    by_day = standard.reshape(count, past, _DAY_H)
    drawn = by_day[home, donor].reshape(count, draws, days * _DAY_H)
    order = np.argsort(np.isnan(standard), axis=1, kind="stable")
    known = np.isfinite(standard).sum(axis=1)[:, np.newaxis, np.newaxis]
    at = (rng.random(drawn.shape, dtype=np.float32) * known).astype(np.int64)
    instead = np.take_along_axis(standard, order, axis=1)[home, at]
    filled: Floats = np.nan_to_num(np.where(np.isnan(drawn), instead, drawn))
    return filled
