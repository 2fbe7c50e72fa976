"""Values of the month's peaks: what would be billed now, and what the plan makes of it."""

from dataclasses import replace
from typing import Any

from homeassistant.helpers.typing import StateType

from .coordinator import HomeCoordinator
from .core.observe.month import MonthPeaks
from .core.peak import calendar
from .values import stamp


def month_peak(home: HomeCoordinator) -> StateType:
    """Return what the month would be billed for its peaks if it ended now, kW."""
    peaks = home.store.memory.peaks
    return round(peaks[0].level_kw, 3) if peaks else None


def month_peaks(home: HomeCoordinator) -> dict[str, Any]:
    """Return the intervals that count so far, and the same of the contract's other peaks."""
    peaks = home.store.memory.peaks
    return {
        "highest": _highest(peaks[0]) if peaks else [],
        "others": [
            {
                "name": each.tariff.name,
                "kw": round(each.level_kw, 3),
                "planned_kw": _planned_kw(home, number),
                "highest": _highest(each),
            }
            for number, each in enumerate(peaks[1:], 1)
        ],
    }


def planned_peak(home: HomeCoordinator) -> StateType:
    """Return what the running month is billed for its peaks by the plan, kW."""
    return _planned_kw(home, 0)


def _highest(month: MonthPeaks) -> list[dict[str, Any]]:
    return [
        {"start": stamp(each.begin), "kw": round(each.kw, 3)}
        for each in month.highest[: month.tariff.top]
    ]


def _planned_kw(home: HomeCoordinator, number: int) -> float | None:
    plan = home.data.plan
    connection = home.grid.connection(home.data.now)
    if plan is None or not connection.reached:
        return None
    tariff, reached = connection.months[number]
    zone = home.configuration.zone
    # What is bound to come is nothing that the plan does.
    known = replace(reached, anticipated_kw=0.0)
    month = int(calendar(plan.horizon.edges[:1], zone)[0][0])
    ahead = tariff.ahead(plan.horizon, plan.grid_kw, zone, known)
    return round(ahead[month][1] if month in ahead else tariff.base(known)[1], 3)
