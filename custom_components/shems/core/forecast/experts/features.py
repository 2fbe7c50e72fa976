"""What the learning experts are told about each slot ahead, at an origin."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ...units import Floats
from .ground import AHEAD, MONTH, Origin

HEATING_C: Final = 15.0
"""Below this mean of a day homes are heated: the usual base of heating degree days."""
COOLING_C: Final = 20.0
_FADE_DAYS: Final = 10.0
_ALIKE: Final = 4
_PER_SLOT: Final = 11
"""Columns in roots of kW, before those of the day."""
COLUMNS: Final = 20
ROOTS: Final = slice(0, _PER_SLOT)
"""Columns that grow with the root of the home's load; the others are plain numbers."""


@dataclass(frozen=True)
class Features:
    """What is known about the slots ahead.

    Roots of the load are used because they spread about alike at any load, and because a
    home of twice the load is the same home in them.

    Attributes:
        base: (AHEAD, S) a plain guess at the root of the load.
        values: (AHEAD, S, COLUMNS) how recent days and weather differ from the usual.
    """

    base: Floats
    values: Floats


def smooth(row: Floats, reach: int) -> Floats:
    """Return the mean of each slot and its neighbours, (..., S); the day is a circle."""
    slots = row.shape[-1]
    around = (np.arange(slots)[:, np.newaxis] + np.arange(-reach, reach + 1)) % slots
    mean: Floats = row[..., around].mean(axis=-1)
    return mean


def features(origin: Origin) -> Features:
    """Return what is known at an origin about the slots of the days ahead."""
    slots = origin.ground.slots
    hour = max(1, slots // 24)
    seven = np.sqrt(origin.seven)
    recent = np.sqrt(origin.recent(MONTH))
    filled = np.where(np.isfinite(recent), recent, seven)
    known = np.isfinite(recent)
    kinds, ahead = np.split(origin.kinds(MONTH), [MONTH])
    fading = np.exp(-np.arange(MONTH)[::-1] / _FADE_DAYS)
    month = _weighted(filled, fading[:, np.newaxis] * (0.05 + known))
    yesterday = filled[-1]
    levels = filled.mean(axis=1)
    base = np.empty((AHEAD, slots))
    values = np.zeros((AHEAD, slots, COLUMNS))
    for lead in range(AHEAD):
        alike = np.flatnonzero(kinds == ahead[lead])[-_ALIKE:]
        same = filled[alike].mean(axis=0) if len(alike) else month
        week = filled[lead - 7]
        base[lead] = (seven + month + smooth(same, hour // 2)) / 3
        row = values[lead]
        row[:, 0] = yesterday - seven
        row[:, 1] = smooth(yesterday - seven, 2 * hour)
        row[:, 2] = week - seven
        row[:, 3] = smooth(week - seven, 2 * hour)
        row[:, 4] = same - month
        row[:, 5] = seven - month
        row[:, 6] = smooth(base[lead], 2 * hour) - base[lead]
        row[:, 7] = levels[-1] - levels[-7:].mean()
        row[:, 8] = levels[-7:].mean() - levels.mean()
        row[:, 9] = (filled[-1] - seven)[-hour:].mean()
        row[:, 10] = (filled[-1] - seven)[-4 * hour :].mean()
        row[:, 11] = 1.0
        row[:, 12] = ahead[lead] == 1
        row[:, 13] = ahead[lead] == 2
    values[:, :, 14:] = _weather(origin)
    return Features(base, values)


def _weighted(rows: Floats, weights: Floats) -> Floats:
    mean: Floats = (rows * weights).sum(axis=0) / weights.sum(axis=0)
    return mean


def _weather(origin: Origin) -> Floats:
    """Return heating and cooling degrees ahead, in tens of degrees, (AHEAD, S, 6).

    Each with its difference from the last week, which the recent load has answered to,
    and the slot's own difference from the day. Unknown weather goes on as it was; where
    none is known all is zero.
    """
    columns = np.zeros((AHEAD, origin.ground.slots, 6))
    begin = max(0, origin.row - 7)
    degrees = origin.ground.temperature[begin : origin.row + AHEAD]
    if not np.isfinite(degrees).any():
        return columns
    mean = np.nanmean(degrees)
    degrees = degrees.copy()
    for row in range(len(degrees)):
        before = degrees[row - 1] if row else np.full(degrees.shape[1], mean)
        degrees[row] = np.where(np.isfinite(degrees[row]), degrees[row], before)
    daily = degrees.mean(axis=1)
    heating = np.maximum(HEATING_C - daily, 0.0) / 10
    cooling = np.maximum(daily - COOLING_C, 0.0) / 10
    for lead in range(AHEAD):
        here = len(degrees) - AHEAD + lead
        past = slice(0, max(len(degrees) - AHEAD, 1))
        columns[lead, :, 0] = heating[here]
        columns[lead, :, 1] = heating[here] - heating[past].mean()
        columns[lead, :, 2] = cooling[here]
        columns[lead, :, 3] = cooling[here] - cooling[past].mean()
        columns[lead, :, 4] = (degrees[here] - daily[here]) / 10
        columns[lead, :, 5] = (degrees[here] - degrees[past].mean(axis=0)) / 10
    return columns
