"""A refrigerator that takes more than it did at the same warmth."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ...replay.whatif.diary import Diary, Indices
from ...units import Floats
from .ground import Consumer, Ground
from .replaying import Altered, Replay, Work
from .tip import Effort, Tip

_LAST: Final = 28
_BETWEEN: Final = 14
"""Days between what is compared: a drift takes some weeks to show."""
_BEFORE: Final = 56
_LEAST_KWH: Final = 0.15
_MOST_KWH: Final = 6.0
"""A day of a small refrigerator and of a large chest freezer that ails."""
_STEADY: Final = 0.4
"""A refrigerator never rests: its least day takes most of its usual one."""
_MORE: Final = 1.1
_SURE: Final = 3.0
_WEEK: Final = 7
_HOURS: Final = 24.0


@dataclass(frozen=True)
class Drift:
    """What a consumer takes more than it did.

    Attributes:
        kwh_per_day: more.
        deviation: of that.
        usual_kwh: a day's energy before.
        since: place of the first day, in days of the past.
    """

    kwh_per_day: float
    deviation: float
    usual_kwh: float
    since: int


def find(ground: Ground, replay: Replay) -> Work[tuple[Tip, ...]]:
    """Return a tip for each refrigerator that takes more of late.

    One is whatever its user calls so, and any consumer that never rests.
    """
    found: tuple[Tip, ...] = ()
    for consumer in ground.consumers:
        if (consumer.kind == "load" or consumer.cools) and not consumer.driven:
            found += yield from _of(consumer, replay)
    return found


def _of(consumer: Consumer, replay: Replay) -> Work[tuple[Tip, ...]]:
    yield
    diary = replay.diary
    drift = drift_of(consumer.hourly(diary), diary, known=consumer.cools)
    if drift is None:
        return ()
    more = replay.noise.normal(drift.kwh_per_day, drift.deviation, (replay.count, 1)) / _HOURS
    drifted = (diary.clock.day - diary.first >= drift.since)[replay.years.living]
    saved = yield from replay.saved(
        Altered(load_kw=np.where(drifted, -more, 0.0)),
        Altered(load_kw=np.where(drifted, 0.0, more)),
    )
    return replay.told(
        "cooling",
        consumer.id,
        saved,
        Effort.ERRAND,
        {
            "name": consumer.name,
            "usual": round(drift.usual_kwh, 2),
            "now": round(drift.usual_kwh + drift.kwh_per_day, 2),
        },
        since=diary.days.midnight(diary.first + drift.since),
    )


def drift_of(hourly: Floats, diary: Diary, *, known: bool = False) -> Drift | None:
    """Return by how much a refrigerator takes more; None where it does not, or is none.

    What the weather explains is taken out by a line over the days before. Weeks are compared,
    for days that follow each other are alike.

    Args:
        hourly: (T,) kW.
        diary: the home's past.
        known: whether it is a refrigerator for certain; else it is one by what it takes.
    """
    day = diary.clock.day - diary.first
    energy = np.bincount(day, hourly, diary.count).astype(np.float64)
    days = np.flatnonzero(np.isfinite(energy)).astype(np.intp)
    if len(days) < _BEFORE + _BETWEEN + _LAST:
        return None
    value = energy[days]
    before, last = slice(0, len(days) - _LAST - _BETWEEN), slice(len(days) - _LAST, None)
    usual = float(np.median(value[before]))
    if usual <= 0 or not (known or _is_one(value, usual)):
        return None
    left = value - _weather(diary, days, value, before)
    more = float(left[last].mean())
    weekly = [chunk.mean() for chunk in np.array_split(left[before], len(left[before]) // _WEEK)]
    error = float(np.std(weekly, ddof=1)) * np.sqrt(_WEEK / _LAST + 1 / len(weekly))
    if usual + more < _MORE * usual or more < _SURE * error:
        return None
    below = np.flatnonzero(left < more / 2)
    since = int(days[min(int(below[-1]) + 1, len(days) - 1)])
    return Drift(more, max(error, 0.05 * more), usual, since)


def _is_one(value: Floats, usual: float) -> bool:
    """Return whether a consumer takes what refrigerators do, on every day."""
    steady = float(np.quantile(value, 0.02)) >= _STEADY * usual
    return _LEAST_KWH <= usual <= _MOST_KWH and steady


def _weather(diary: Diary, known: Indices, value: Floats, before: slice) -> Floats:
    """Return what the days before let expect of all known days, by the warmth outdoors."""
    level = float(np.median(value[before]))
    if diary.outdoor_c is None:
        return np.full(len(value), level)
    day = diary.clock.day - diary.first
    warmth = (np.bincount(day, diary.outdoor_c) / np.bincount(day))[known]
    apart = warmth[before] - warmth[before].mean()
    slope = float(apart @ value[before]) / max(float(apart @ apart), 1e-9)
    expected: Floats = value[before].mean() + slope * (warmth - warmth[before].mean())
    return expected
