"""Rolling origins: when a forecast is made, for which slots, and what then came."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.horizon import HOUR_S, Horizon
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Bools, Floats

type Ints = npt.NDArray[np.intp]

AHEAD_H: Final = 36
NOON_H: Final = 13
"""The second origin of a day: about when tomorrow's prices are known and a plan is renewed."""

_FIRST: Final = date(1970, 1, 1).toordinal()


def date_of(day: int) -> date:
    """Return the date of a numbered day."""
    return date.fromordinal(_FIRST + day)


def number_of(day: date) -> int:
    """Return the number of a date, or of the date of a time."""
    return day.toordinal() - _FIRST


@dataclass(frozen=True)
class Origins:
    """Local midnight and 13:00 of every day, and the 36 hours after each.

    Times are slots of the wall clock since the midnight of the first day, so a day has as
    many of them as any other; those that the clock skips are unknown.

    Attributes:
        days: the slots.
        first: number of the day on which the measurements begin: day 0.
        value: (N,) the truth by slot, whole days.
    """

    days: Days
    first: int
    value: Floats

    @classmethod
    def of(cls, truth: Series, days: Days, least: int | None = None) -> Self:
        """Cut a series from its first known day, or a later one, to its last."""
        known = np.flatnonzero(np.isfinite(truth.value))
        first = days.day(float(truth.start[known[0]]))
        if least is not None:
            first = max(first, least)
        count = days.day(float(truth.start[known[-1]])) - first + 1
        return cls(days, first, days.matrix(truth, first, count).ravel())

    @property
    def slots(self) -> int:
        """Slots of a day S."""
        return self.days.slots

    @property
    def count(self) -> int:
        """Number of days."""
        return len(self.value) // self.slots

    @property
    def leads(self) -> int:
        """Slots ahead K."""
        return AHEAD_H * self.slots // 24

    @cached_property
    def position(self) -> Ints:
        """The slot that begins at each origin, (O,): midnight, 13:00, midnight, ..."""
        noon = NOON_H * self.slots // 24
        begin = np.arange(self.count, dtype=np.intp)[:, np.newaxis] * self.slots
        both: Ints = (begin + np.array([0, noon])).ravel()
        return both

    @property
    def age(self) -> Ints:
        """Days since the measurements began, (O,)."""
        return self.position // self.slots

    @property
    def midnight(self) -> Bools:
        """Which origins are midnights, (O,)."""
        begins: Bools = self.position % self.slots == 0
        return begins

    @cached_property
    def target(self) -> Ints:
        """The slots ahead of each origin, (O, K)."""
        slots: Ints = self.position[:, np.newaxis] + np.arange(self.leads)
        return slots

    @cached_property
    def truth(self) -> Floats:
        """What came, (O, K)."""
        return self.ahead(self.value)

    @property
    def lead_h(self) -> Floats:
        """Hours from the origin to the middle of each slot ahead, (K,)."""
        return (np.arange(self.leads) + 0.5) * 24 / self.slots

    def slotted(self, series: Series) -> Floats:
        """Return any series by slot of the same days, (N,)."""
        return self.days.matrix(series, self.first, self.count).ravel()

    def ahead(self, value: Floats) -> Floats:
        """Return a course by slot (N, ...) as seen from each origin, (O, K, ...)."""
        padded = np.concatenate([value, np.full((self.leads, *value.shape[1:]), np.nan)])
        seen: Floats = padded[self.target]
        return seen

    def now(self, origin: int) -> float:
        """Return when an origin is, epoch seconds.

        At 13:00 no clock is changed, so the hours since midnight may be one more or fewer.
        """
        day = self.first + int(self.age[origin])
        slot = int(self.position[origin]) % self.slots
        if slot == 0:
            return self.days.midnight(day)
        return self.days.midnight(day + 1) - (self.slots - slot) * self.days.step_s

    def horizon(self, origin: int) -> tuple[Horizon, Ints]:
        """Return true time ahead of an origin and the lead of each of its steps.

        A day on which the clock is put back is longer than its slots by an hour: two steps
        then have the same lead. Where it is put forward no step has the leads left out.
        """
        now, step = self.now(origin), self.days.step_s
        count = self.leads + steps(1, self.days)
        horizon = Horizon.uniform(now, step, count)
        place = np.round(self.days.position(horizon.start)).astype(np.intp)
        lead = place - self.first * self.slots - int(self.position[origin])
        inside = int((lead < self.leads).sum())
        return Horizon(horizon.edges[: inside + 1]), lead[:inside]


def steps(hours: float, days: Days) -> int:
    """Return how many slots a number of hours has, at least one."""
    return max(1, round(hours * HOUR_S / days.step_s))
