"""What each slot adds to the month's charge for peaks."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from ...horizon import Horizon
from ...observe.month import MonthPeaks, Peak
from ...peak import PeakTariff, calendar


@dataclass(frozen=True)
class PeakCourse:
    """How far a month has come under one capacity tariff.

    Attributes:
        month: since January 1970.
        highest: descending; the interval that runs among them.
        running: the last interval, which may still grow.
    """

    month: int = -1
    highest: tuple[Peak, ...] = ()
    running: Peak | None = None

    @classmethod
    def begun(cls, tariff: PeakTariff, reached: tuple[MonthPeaks, ...], at: float) -> Self:
        """Return a month that is followed from now on.

        Args:
            tariff: what is charged.
            reached: what the meter had shown of the month, by tariff.
            at: from when on it is followed, epoch seconds.
        """
        for month in reached:
            if month.tariff == tariff:
                over = [each for each in month.highest if each.begin + tariff.interval_s <= at]
                return cls(month.month, tuple(over[: tariff.top]))
        return cls()

    def after(
        self, tariff: PeakTariff, slot: Horizon, import_kw: float, zone: str
    ) -> tuple[Self, float]:
        """Return the month with a slot entered, and what that adds to its charge.

        Args:
            tariff: what is charged.
            slot: one step; what it has of an interval is added to that.
            import_kw: mean power.
            zone: IANA name of the zone whose calendar is billed by.
        """
        metered, kw = tariff.means(slot, np.full(1, import_kw), zone)
        here, added = self, 0.0
        for begin, month, value in zip(
            metered.begin.tolist(), metered.month.tolist(), kw.tolist(), strict=True
        ):
            if month != here.month:
                here = type(self)(month)
            before = here.level_kw(tariff) if here.highest else 0.0
            here = here.with_more(begin, value, tariff, zone)
            added += tariff.price_per_kw * (here.level_kw(tariff) - before)
        return here, added

    def with_more(self, begin: float, kw: float, tariff: PeakTariff, zone: str) -> Self:
        """Return the same with so much more in an interval."""
        known = {each.begin: each.kw for each in self.highest}
        if self.running is not None and self.running.begin == begin:
            known[begin] = self.running.kw
        running = Peak(begin, known.get(begin, 0.0) + kw)
        known[begin] = running.kw
        ordered = sorted(known.items(), key=lambda item: (-item[1], item[0]))
        peaks = [Peak(at, value) for at, value in ordered]
        if tariff.one_a_day:
            days = calendar(np.array([each.begin for each in peaks]), zone)[1].tolist()
            peaks = [each for place, each in enumerate(peaks) if days[place] not in days[:place]]
        return type(self)(self.month, tuple(peaks[: tariff.top]), running)

    def level_kw(self, tariff: PeakTariff) -> float:
        """Return what would be billed if the month ended now, kW."""
        return max(
            tariff.mean_of_top(np.array([each.kw for each in self.highest])), tariff.least_kw
        )


def entered(
    courses: tuple[PeakCourse, ...],
    tariffs: tuple[PeakTariff, ...],
    slot: Horizon,
    import_kw: float,
    zone: str,
    reached: tuple[MonthPeaks, ...],
) -> tuple[tuple[PeakCourse, ...], float]:
    """Return the months of all tariffs with a slot entered, and what it adds to the charges.

    What the month had reached before it was followed is billed whatever comes after.
    """
    begun = courses
    if len(courses) != len(tariffs):
        at = float(slot.edges[0])
        begun = tuple(PeakCourse.begun(each, reached, at) for each in tariffs)
    made = [
        course.after(tariff, slot, import_kw, zone)
        for course, tariff in zip(begun, tariffs, strict=True)
    ]
    return tuple(course for course, _ in made), sum((cost for _, cost in made), 0.0)
