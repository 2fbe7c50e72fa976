"""A home's past by the hour."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from ...forecast.days import Days
from ...horizon import HOUR_S
from ...series import Series, fill_short_gaps
from ...units import Bools, Floats, InputError
from ..run import LONGEST_GAP_S
from .question import Subject

type Indices = np.ndarray[tuple[int, ...], np.dtype[np.intp]]

MOST_DAYS: Final = 400
"""A year with some days more, so that its seasons meet."""
LEAST_DAYS: Final = 7
"""A week holds every weekday."""
_PRICE_DAYS: Final = 3 * 366
"""Older prices are of another market."""
HOURS: Final = 24


@dataclass(frozen=True)
class Clock:
    """Hours in a row, on a home's wall clock.

    Attributes:
        start: (T,) epoch seconds.
        day: (T,) number of the local day.
        slot: (T,) hour of the wall clock.
    """

    start: Floats
    day: Indices
    slot: Indices

    @classmethod
    def of(cls, start: Floats, days: Days) -> Clock:
        """Look the hours up."""
        position = np.floor(days.position(start) + 1e-6).astype(np.intp)
        return cls(start, position // HOURS, position % HOURS)

    @classmethod
    def over(cls, first: int, count: int, days: Days) -> Clock:
        """Make the hours of some local days."""
        begin, end = days.midnight(first), days.midnight(first + count)
        start: Floats = np.arange(begin, end - 1.0, HOUR_S, dtype=np.float64)
        return cls.of(start, days)


@dataclass(frozen=True)
class Diary:
    """A home's past.

    Attributes:
        days: its local days.
        clock: its hours.
        load_kw: (T,) with what devices took; NaN where unknown.
        moved_kw: (T,) the part of it that devices took which SHEMS moves.
        solar_kw: (T,); None without any.
        outdoor_c: (T,) outdoors; None where it is mostly unknown.
        market: (T,) currency/kWh; NaN where unknown.
        prices: what the market was before and in these days, by local day and hour, (P, 24).
        price_day: number of the first of those days.
        masked: share of the hours that is missing.
    """

    days: Days
    clock: Clock
    load_kw: Floats
    moved_kw: Floats
    solar_kw: Floats | None
    outdoor_c: Floats | None
    market: Floats
    prices: Floats
    price_day: int
    masked: float

    @classmethod
    def of(cls, subject: Subject) -> Diary:
        """Read a home's past; nothing of it ends after `subject.until`.

        Raises:
            InputError: fewer than seven whole days are known.
        """
        history, days = subject.history, Days(subject.zone, float(HOUR_S))
        today = days.day(subject.until)
        first = max(days.first_known(history.load, today), today - MOST_DAYS)
        if today - first < LEAST_DAYS:
            raise InputError("what_if_history", days=today - first, least=LEAST_DAYS)
        clock = Clock.over(first, today - first, days)
        load = _on(history.load, clock)
        moved = np.zeros(len(load))
        for used in history.flexible.values():
            moved += np.nan_to_num(_on(used, clock))
        load = load + moved
        solar = _on(history.solar, clock) if len(history.solar) else None
        outdoor = _on(history.outdoor.filled(history.weather.temperature_c), clock)
        known = np.isfinite(outdoor)
        price_day = max(days.first_known(history.market, today), today - _PRICE_DAYS)
        found = cls(
            days,
            clock,
            _bridged(load),
            moved,
            None if solar is None else _bridged(solar),
            np.interp(clock.start, clock.start[known], outdoor[known])
            if known.mean() > 0.5
            else None,
            _on(history.market, clock),
            days.matrix(history.market, price_day, today - price_day, subject.until),
            price_day,
            float(1.0 - np.isfinite(load if solar is None else load + solar).mean()),
        )
        if found.whole.sum() < LEAST_DAYS:
            raise InputError("what_if_history", days=int(found.whole.sum()), least=LEAST_DAYS)
        return found

    @property
    def first(self) -> int:
        """Number of the first day."""
        return int(self.clock.day[0])

    @property
    def count(self) -> int:
        """Number of days."""
        return int(self.clock.day[-1]) + 1 - self.first

    @cached_property
    def known(self) -> Bools:
        """The hours of which load and sun are known, (T,)."""
        solar = 0.0 if self.solar_kw is None else self.solar_kw
        known: Bools = np.isfinite(self.load_kw + solar)
        return known

    @cached_property
    def whole(self) -> Bools:
        """The days of which every hour is known, (D,)."""
        missing = np.bincount((self.clock.day - self.first)[~self.known], minlength=self.count)
        whole: Bools = missing == 0
        return whole

    @cached_property
    def midnight(self) -> Indices:
        """Place of each day's first hour, (D,)."""
        return np.searchsorted(self.clock.day, self.first + np.arange(self.count)).astype(np.intp)


def _on(series: Series, clock: Clock) -> Floats:
    return series.between(clock.start, clock.start + HOUR_S)


def _bridged(power_kw: Floats) -> Floats:
    """Return powers with gaps of some hours bridged, as the closed loop's plant does."""
    filled, _ = fill_short_gaps(power_kw, float(HOUR_S), LONGEST_GAP_S)
    return np.maximum(filled, 0.0)
