"""What the experts look at: the home's days on a grid, each origin seeing only its past."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from ...units import Bools, Floats
from ..days import Days
from ..history import Habits, History

AHEAD: Final = 3
"""Days issued at each midnight: that day and the two after it."""
REACH_DAYS: Final = 365
"""How far back anything is looked at."""
MONTH: Final = 28
LEAST_DAYS: Final = 3
"""Known days before anything is issued."""
_LASTING: Final = 84
"""Days, three months of weeks: absences and visits are shorter than half of it."""
_SEVEN: Final = 7
_KNOWN: Final = 0.5
"""Share of a day's slots that makes it a known day."""


@dataclass(frozen=True)
class Ground:
    """Days of a home in slots of the wall clock.

    Attributes:
        first: number of the day of row 0.
        truth: (N, S) kW as measured, NaN where unknown.
        load: (N, S) the same without slots of absence or guests: what is learned from.
        temperature: (N + AHEAD, S) degrees C, NaN where unknown.
        kind: (N + AHEAD,) 0 a working day, 1 a Saturday, 2 a Sunday or holiday.
        away, guests: (N + AHEAD, S) whether most of the slot is spent so.
    """

    first: int
    truth: Floats
    load: Floats
    temperature: Floats
    kind: Floats
    away: Bools
    guests: Bools

    @classmethod
    def of(cls, history: History, days: Days, first: int, day: int) -> Ground:
        """Lay out the days from `first` to the midnight of `day`, and what is known beyond."""
        count = day - first
        truth = np.maximum(days.matrix(history.load, first, count, days.midnight(day)), 0.0)
        away = _during(history.habits.away, days, first, count + AHEAD)
        guests = _during(history.habits.guests, days, first, count + AHEAD)
        return cls(
            first,
            truth,
            np.where((away | guests)[:count], np.nan, truth),
            days.matrix(history.weather.temperature_c, first, count + AHEAD),
            _kinds(history.habits, days, first, count + AHEAD),
            away,
            guests,
        )

    @property
    def slots(self) -> int:
        """Number of slots S of a day."""
        return int(self.truth.shape[1])

    def learned_of(self, day: int) -> Floats:
        """Return what is learned from of a day, (S,); NaN where unknown or outside."""
        row = day - self.first
        inside = 0 <= row < len(self.load)
        return self.load[row] if inside else np.full(self.slots, np.nan)


def _during(spans: tuple[tuple[float, float], ...], days: Days, first: int, count: int) -> Bools:
    """Return which slots lie at least half inside any of the spans, (count, S).

    A state that lasts for most of three months is how the home lives, not an exception.
    """
    mask = np.zeros((count + _LASTING, days.slots), dtype=np.bool_)
    flat = mask.reshape(-1)
    for span in spans:
        begin, end = days.position(np.array(span)) - (first - _LASTING) * days.slots
        low, high = np.clip(np.round([begin, end]), 0, len(flat)).astype(np.intp)
        flat[low:high] = True
    total = np.concatenate([[0.0], np.cumsum(mask.mean(axis=1))])
    lasting = total[_LASTING + 1 :] - total[1:-_LASTING] > 0.5 * _LASTING
    brief: Bools = mask[_LASTING:] & ~lasting[:, np.newaxis]
    return brief


def _kinds(habits: Habits, days: Days, first: int, count: int) -> Floats:
    numbers = np.arange(first, first + count, dtype=np.float64)
    kind = np.maximum(days.weekday(numbers) - 4, 0.0)
    if habits.holidays:
        kind[np.isin(numbers, list(habits.holidays))] = 2.0
    return kind


@dataclass(frozen=True)
class Origin:
    """The view from the midnight of a day: nothing that came later.

    Attributes:
        ground: the days.
        day: number of the day that begins.
    """

    ground: Ground
    day: int

    @property
    def row(self) -> int:
        """The ground's row of the day that begins."""
        return self.day - self.ground.first

    @property
    def load(self) -> Floats:
        """What has been seen in a year and is learned from, (at most REACH_DAYS, S)."""
        return self.ground.load[max(0, self.row - REACH_DAYS) : self.row]

    def recent(self, count: int) -> Floats:
        """Return the last days of the load, (count, S); NaN before the first."""
        rows = self.load[-count:]
        missing = count - len(rows)
        if not missing:
            return rows
        return np.concatenate([np.full((missing, rows.shape[1]), np.nan), rows])

    def kinds(self, count: int = 0) -> Floats:
        """Return the kinds of the last `count` days and of those ahead, (count + AHEAD,).

        Days before the ground count as working days.
        """
        begin = self.row - count
        kinds = self.ground.kind[max(begin, 0) : self.row + AHEAD]
        return np.concatenate([np.zeros(max(-begin, 0)), kinds])

    @cached_property
    def enough(self) -> bool:
        """Whether enough days have been seen to issue anything."""
        known = np.count_nonzero(np.isfinite(self.load).mean(axis=1) >= _KNOWN)
        return bool(known >= LEAST_DAYS)

    @cached_property
    def seven(self) -> Floats:
        """The mean of the last seven known days by slot, (S,); finite where `enough`."""
        return last_mean(self.load, _SEVEN)

    @cached_property
    def level(self) -> float:
        """The mean load of the last four weeks, kW; positive."""
        recent = self.load[-MONTH:]
        known = np.isfinite(recent)
        return max(float(recent[known].mean() if known.any() else self.seven.mean()), 1e-3)


def last_mean(rows: Floats, count: int) -> Floats:
    """Return the mean of the last `count` known values of each column of (N, S), (S,).

    Recent rows are tried first: whole years are read only after long gaps. A column that
    was never known takes the mean of the others, of which one must be.
    """
    part, known, number = _last(rows[-2 * count :], count)
    if not number.all():
        part, known, number = _last(rows, count)
    total = np.where(known, part, 0.0).sum(axis=0)
    mean: Floats = np.divide(total, number, out=np.full(len(total), np.nan), where=number > 0)
    mean[number == 0] = total.sum() / number.sum()
    return mean


def _last(rows: Floats, count: int) -> tuple[Floats, Bools, Floats]:
    """Return rows newest first, which of their values are the last known, and how many."""
    part = rows[::-1]
    known = np.isfinite(part)
    known &= np.cumsum(known, axis=0) <= count
    return part, known, known.sum(axis=0).astype(np.float64)
