"""What a day was planned to be when it began, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np

from ..horizon import HOUR_S
from ..plan.result import Plan
from ..replay.preview import cost_between, mean_kw
from ..units import Floats
from .rows import Row

LEAST_S: Final = 6.0 * HOUR_S
"""Less than a quarter of a day compares little."""
LEAST_SHARE: Final = 0.9
"""A day of which more was not measured is not compared."""


@dataclass(frozen=True)
class Course:
    """Sums over a time, in kWh and currency; money at the meter, without wear or peaks."""

    cost: float = 0.0
    bought_kwh: float = 0.0
    sold_kwh: float = 0.0
    load_kwh: float = 0.0
    solar_kwh: float = 0.0

    def plus(self, other: Course) -> Course:
        """Return the sum of both."""
        return Course(
            **{
                each.name: getattr(self, each.name) + getattr(other, each.name)
                for each in fields(self)
            }
        )


@dataclass(frozen=True)
class PlannedDay:
    """A day, or what was left of it when the first plan was made.

    Attributes:
        begin, end: epoch seconds.
        expected: by that plan.
        happened: by the meters; None while it lasts, or where too little was measured.
    """

    begin: float
    end: float
    expected: Course
    happened: Course | None = None

    def ended(self, rows: Iterable[Row]) -> PlannedDay:
        """Return the day with what happened in it.

        Args:
            rows: slots of the ledger between its beginning and its end.
        """
        happened, hours = Course(), 0.0
        for each in rows:
            totals = each.totals
            hours += each.hours
            happened = happened.plus(
                Course(
                    each.money.bought - each.money.sold,
                    totals.bought_kwh,
                    totals.sold_kwh,
                    totals.load_kwh,
                    totals.solar_kwh,
                )
            )
        covered = hours >= LEAST_SHARE * (self.end - self.begin) / HOUR_S
        return replace(self, happened=happened if covered else None)


@dataclass(frozen=True)
class PlanKept:
    """Planned days together.

    Attributes:
        days: how many.
        expected, happened: of all of them.
    """

    days: int
    expected: Course
    happened: Course


def planned_day(plan: Plan, begin: float, end: float) -> PlannedDay | None:
    """Return what a plan expects of the rest of a day; None where it does not reach.

    Args:
        plan: the first of the day.
        begin, end: epoch seconds.
    """
    horizon = plan.horizon
    if end - begin < LEAST_S or horizon.start[0] > begin or horizon.end[-1] < end:
        return None
    hours = (end - begin) / HOUR_S

    def energy(power_kw: Floats) -> float:
        return (mean_kw(power_kw, horizon, begin, end) or 0.0) * hours

    return PlannedDay(
        begin,
        end,
        Course(
            cost_between(plan, plan.grid_kw, begin, end),
            energy(np.maximum(plan.grid_kw, 0.0)),
            energy(np.maximum(-plan.grid_kw, 0.0)),
            energy(plan.load_kw + plan.moved_kw),
            energy(plan.solar_kw),
        ),
    )


def plan_kept(days: Iterable[PlannedDay]) -> PlanKept | None:
    """Return planned days together; None where of none both is known."""
    known = [(each.expected, each.happened) for each in days if each.happened is not None]
    if not known:
        return None
    expected = happened = Course()
    for hoped, became in known:
        expected, happened = expected.plus(hoped), happened.plus(became)
    return PlanKept(len(known), expected, happened)
