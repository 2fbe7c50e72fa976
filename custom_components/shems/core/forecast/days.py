"""Local days cut into equal slots of the wall clock: where days compare."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..horizon import DAY_S, Horizon
from ..series import Series
from ..tariff import offsets_s
from ..units import Floats


@dataclass(frozen=True)
class Days:
    """Days of a zone, numbered from 1 January 1970 on its wall clock, in equal slots.

    A slot that the clock skips in spring is unknown, one that it shows twice in autumn is
    the mean of both: every day has the same number of slots.

    Attributes:
        zone: IANA name.
        step_s: width of a slot; it divides the day.
    """

    zone: str
    step_s: float

    @cached_property
    def slots(self) -> int:
        """Number of slots S of a day."""
        return round(DAY_S / self.step_s)

    def day(self, at: float) -> int:
        """Return the number of the local day that holds a time."""
        return int(self.position(np.array([at]))[0] // self.slots)

    def midnight(self, day: int) -> float:
        """Return when a day begins, epoch seconds."""
        wall = float(day) * DAY_S
        guess = wall - float(offsets_s(np.array([wall]), self.zone)[0])
        return wall - float(offsets_s(np.array([guess]), self.zone)[0])

    def position(self, times: Floats) -> Floats:
        """Return times, any shape, in slots of the wall clock since day 0."""
        return (times + offsets_s(times, self.zone)) / self.step_s

    def weekday(self, days: Floats) -> Floats:
        """Return weekdays of day numbers, Monday = 0."""
        return (days + 3) % 7  # 1 January 1970 was a Thursday.

    def first_known(self, series: Series, day: int) -> int:
        """Return the first day of which something is known, `day` where nothing is before it."""
        known = np.flatnonzero(np.isfinite(series.value))
        return min(self.day(float(series.start[known[0]])), day) if len(known) else day

    def matrix(self, series: Series, first: int, count: int, until: float = np.inf) -> Floats:
        """Return a series by day and slot, (count, S); NaN where unknown.

        Nothing of it ends after `until`.
        """
        begin, end = self.midnight(first), self.midnight(first + count)
        starts: Floats = np.arange(begin, end - 1, self.step_s, dtype=np.float64)
        total = np.zeros(count * self.slots)
        known = np.zeros(count * self.slots)
        if len(starts) and len(series):
            value = series.between(starts, starts + self.step_s)
            value[starts + self.step_s > until + 1e-6] = np.nan
            place = np.round(self.position(starts)).astype(np.intp) - first * self.slots
            fine = np.isfinite(value) & (place >= 0) & (place < len(total))
            np.add.at(total, place[fine], value[fine])
            np.add.at(known, place[fine], 1.0)
        mean: Floats = np.divide(total, known, out=np.full(len(total), np.nan), where=known > 0)
        return mean.reshape(count, self.slots)

    def on(self, value: Floats, first: int, horizon: Horizon) -> Floats:
        """Return slot values (N·S, ...) from day `first` as means on a horizon, (K, ...).

        A step runs on the wall clock from where it starts, as long as it is wide. Beyond
        the last slot the same slots of the last day are repeated.
        """
        begin = self.position(horizon.start) - first * self.slots
        width = np.diff(horizon.edges) / self.step_s
        last = int(np.ceil((begin + width).max())) + 1
        if last > len(value):
            more = -(-(last - len(value)) // self.slots)
            day = value[-self.slots :]
            value = np.concatenate([value, *([day] * more)])
        area = np.concatenate([np.zeros((1, *value.shape[1:])), np.cumsum(value, axis=0)])

        def integral(at: Floats) -> Floats:
            low = np.clip(np.floor(at).astype(np.intp), 0, len(value) - 1)
            share = (at - low).reshape(-1, *([1] * (value.ndim - 1)))
            whole: Floats = area[low] + share * value[low]
            return whole

        mean: Floats = (integral(begin + width) - integral(begin)) / width.reshape(
            -1, *([1] * (value.ndim - 1))
        )
        return mean
