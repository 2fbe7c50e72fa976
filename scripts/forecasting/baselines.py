"""What anyone would guess: yesterday, last week, the mean of seven days; as distributions.

Each takes the newest known value at the same time of the day (or of the week), so a gap
never leaves a baseline without an answer while there is an older one within two weeks.
"""

from typing import Final

import numpy as np

from custom_components.shems.core.forecast.levels import COUNT, LEVELS
from custom_components.shems.core.units import Floats

from .origins import Ints, Origins, steps

NAMES: Final = ("yesterday", "last_week", "seven_day_mean")
DRESSED_DAYS: Final = 60
NEIGHBOUR_H: Final = 1.0
"""Residuals of the hour before and after the same lead count as well."""
_REACH_DAYS: Final = 14
_MEAN_DAYS: Final = 7


def points(origins: Origins) -> dict[str, Floats]:
    """Return each baseline's course for each origin, (O, K); NaN where nothing is known."""
    value, slots = origins.value, origins.slots
    beyond = origins.target - origins.position[:, np.newaxis]
    newest = origins.target - (beyond // slots + 1) * slots

    def back(days: int) -> Floats:
        place = newest - days * slots
        held: Floats = np.where(place >= 0, value[np.maximum(place, 0)], np.nan)
        return held

    lagged = np.stack([back(days) for days in range(_REACH_DAYS)])
    known = np.isfinite(lagged)
    yesterday = _first(lagged)
    week: Ints = (_MEAN_DAYS - 1) - beyond // slots
    same = np.stack([_take(lagged, week), _take(lagged, week + _MEAN_DAYS)])
    counted = known & (np.cumsum(known, axis=0) <= _MEAN_DAYS)
    total = np.where(counted, lagged, 0.0).sum(axis=0)
    number = counted.sum(axis=0)
    mean = np.divide(total, number, out=np.full(total.shape, np.nan), where=number > 0)
    last_week = _first(np.concatenate([same, yesterday[np.newaxis]]))
    return dict(zip(NAMES, (yesterday, last_week, mean), strict=True))


def _first(choices: Floats) -> Floats:
    """Return the first known of (C, O, K), (O, K)."""
    row = np.isfinite(choices).argmax(axis=0)
    chosen: Floats = np.take_along_axis(choices, row[np.newaxis], axis=0)[0]
    return chosen


def _take(lagged: Floats, row: Ints) -> Floats:
    """Return (O, K) of (C, O, K) at rows (O, K), NaN outside."""
    held = np.take_along_axis(lagged, np.clip(row, 0, len(lagged) - 1)[np.newaxis], axis=0)[0]
    return np.where((row >= 0) & (row < len(lagged)), held, np.nan)


def dressed(origins: Origins, point: Floats, *, least: int = 1) -> Floats:
    """Return a course (O, K) as 19 quantiles (O, K, L), from its own residuals.

    For a lead these are the residuals of the last 60 origins of the same time of day, at
    that lead and those within an hour of it, as far as the truth was known at the origin.
    So each belongs to the same slot of the day and to the same distance ahead. The
    quantiles are those of the residuals added to the course, cut at zero. With no residual
    yet the course is all there is.
    """
    residual = origins.truth - point
    near = steps(NEIGHBOUR_H, origins.days)
    quantiles = np.full((*point.shape, COUNT), np.nan)
    for kind in (origins.midnight, ~origins.midnight):
        rows = np.flatnonzero(kind)
        padded = np.pad(residual[rows], ((0, 0), (near, near)), constant_values=np.nan)
        windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * near + 1, axis=1)
        for number, row in enumerate(rows):
            begin = max(0, number - DRESSED_DAYS)
            seen = origins.target[rows[begin:number]] < origins.position[row]
            seen = np.pad(seen, ((0, 0), (near, near)), constant_values=False)
            seen = np.lib.stride_tricks.sliding_window_view(seen, 2 * near + 1, axis=1)
            pool = np.where(seen, windows[begin:number], np.nan)
            pool = np.moveaxis(pool, 1, 0).reshape(origins.leads, -1)
            quantiles[row] = point[row][:, np.newaxis] + quantiles_of(pool, least)
    return np.maximum(quantiles, 0.0)


def quantiles_of(pool: Floats, least: int = 1) -> Floats:
    """Return the quantiles of the finite samples of each row, (M, n) to (M, L).

    Where there are fewer than `least` they are zero.
    """
    if not pool.shape[1]:
        return np.zeros((len(pool), COUNT))
    ordered = np.sort(pool, axis=1)  # NaN last.
    count = np.isfinite(pool).sum(axis=1)
    rank = LEVELS * np.maximum(count - 1, 0)[:, np.newaxis]
    low = np.floor(rank).astype(np.intp)
    high = np.minimum(low + 1, np.maximum(count - 1, 0)[:, np.newaxis])
    below = np.take_along_axis(ordered, low, axis=1)
    above = np.take_along_axis(ordered, high, axis=1)
    value = below + (rank - low) * (above - below)
    return np.where(count[:, np.newaxis] >= least, value, 0.0)
