"""Whether electricity is cheap, when it is next, and what surplus there is; None where unknown."""

from typing import Any

from .coordinator import HomeCoordinator
from .core.report.cheap import Period, cheap_periods, standing
from .values import stamp


def is_cheap(home: HomeCoordinator) -> bool | None:
    """Return whether electricity is cheap beside the day ahead."""
    plan = home.data.plan
    if plan is None:
        return None
    found = standing(plan.prices.buy, plan.horizon, home.data.now)
    return None if found is None else found.is_cheap()


def periods(home: HomeCoordinator) -> tuple[Period, ...]:
    """Return when electricity is cheap within a day from now."""
    plan = home.data.plan
    return () if plan is None else cheap_periods(plan.prices.buy, plan.horizon, home.data.now)


def cheap_facts(home: HomeCoordinator) -> dict[str, Any]:
    """Return the cheap period that is under way or comes next."""
    found = next(iter(periods(home)), None)
    if found is None:
        return {"start": None, "end": None, "price": None}
    return {
        "start": stamp(found.begin),
        "end": stamp(found.end),
        "price": round(found.price, 4),
    }


def surplus(home: HomeCoordinator) -> float | None:
    """Return what goes to the grid now, kW."""
    readings = home.data.readings
    grid = None if readings is None else readings.grid_kw.usable
    return None if grid is None else round(max(-grid, 0.0), 4)
