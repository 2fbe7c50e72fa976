"""A new large consumer: a load that has changed for good."""

from typing import Final

import numpy as np

from ..horizon import HOUR_S
from ..units import Floats
from .days import Days
from .finding import Finding, Track

_RECENT_DAYS: Final = 60
_BEFORE_DAYS: Final = 120
_LEAST_BEFORE: Final = 28
_LEAST_AFTER: Final = 7
_STEP_KW: Final = 1.5
_PER_WEEK: Final = 1.5
_RARE_PER_WEEK: Final = 0.15
_DAILY_KWH: Final = 1.5
"""A fourth of what a car takes that drives 12 000 km a year."""


def newcomer(track: Track, days: Days) -> tuple[Finding, ...]:
    """Name a large consumer that came in the last two months and stays.

    From some day on the load exceeds, several times a week and by much, what it hardly ever
    was at that time of day, and the rest of those days is as ever. Cold or hot weeks lift all
    their hours.
    """
    hourly = Days(days.zone, HOUR_S)
    if not track.known.any():
        return ()
    last = hourly.day(float(track.end[-1]) - 1.0)
    first = max(hourly.day(float(track.start[0])), last + 1 - _BEFORE_DAYS - _RECENT_DAYS)
    matrix = hourly.matrix(track.series, first, last + 1 - first)
    for begin in range(max(_LEAST_BEFORE, len(matrix) - _RECENT_DAYS), len(matrix), 7):
        near = matrix[max(0, begin - _BEFORE_DAYS) :]
        past = min(begin, _BEFORE_DAYS)
        excess = np.nan_to_num(near - _rarely_exceeded(near[:past]))
        for split in range(past, min(past + 7, len(near) - _LEAST_AFTER + 1)):
            found = _at(near, excess, split)
            if found is not None:
                since = hourly.midnight(first + begin + split - past)
                args = {"step_kw": round(found[0], 1), "daily_kwh": round(found[1], 1)}
                until = float(track.end[-1])
                return (Finding("new_consumer", track.quantity, since, until, args),)
    return ()


def _at(matrix: Floats, excess: Floats, split: int) -> tuple[float, float] | None:
    """Return power in kW and energy in kWh a day of what came at a day, None where nothing did.

    Args:
        matrix: (D, 24) kW by local day and hour.
        excess: (D, 24) kW above what was rarely exceeded.
        split: number of the first day it might be there.
    """
    above = np.where(excess > _STEP_KW, excess, 0.0)
    event = ((above > 0).sum(axis=1) >= 2) | (above.max(axis=1) > 2 * _STEP_KW)
    after = event[split:]
    if (
        not event[split]
        or after.sum() < max(3, _PER_WEEK / 7 * len(after))
        or after[-2 * _LEAST_AFTER :].sum() < 2
        or event[:split].sum() > _RARE_PER_WEEK / 7 * split + 1
    ):
        return None
    drawn = above[split:][after]
    each_kwh = float(drawn.sum(axis=1).mean())
    rest = _daily_kwh(np.where(above > 0, np.nan, matrix))
    quiet = np.append(rest[split - _LEAST_BEFORE : split], rest[split:][~after])
    lifted = float(np.nanmean(rest[split:][after]) - np.nanmean(quiet))
    daily_kwh = each_kwh * float(after.mean())
    if daily_kwh < _DAILY_KWH or lifted > 0.5 * each_kwh:
        return None
    return float(np.median(drawn.max(axis=1))), daily_kwh


def _rarely_exceeded(matrix: Floats) -> Floats:
    """Return what the load exceeds in one of a hundred hours at each time of day, (24,)."""
    near = np.concatenate([matrix, np.roll(matrix, 1, axis=1), np.roll(matrix, -1, axis=1)])
    ordered = np.sort(near, axis=0)  # NaN last.
    known = np.isfinite(near).sum(axis=0)
    place = np.floor(0.99 * np.maximum(known - 1, 0)).astype(np.intp)
    usual: Floats = ordered[place, np.arange(near.shape[1])]
    return usual


def _daily_kwh(matrix: Floats) -> Floats:
    """Return each day's energy as far as known, (D,); NaN where half of it is not."""
    known = np.isfinite(matrix).sum(axis=1)
    total = np.where(np.isfinite(matrix), matrix, 0.0).sum(axis=1)
    return np.where(known >= 12, 24 * total / np.maximum(known, 1), np.nan)
