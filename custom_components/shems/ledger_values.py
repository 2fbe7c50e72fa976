"""Values of the ledger for entities: of the running day, month and year."""

from datetime import datetime
from typing import Any, Literal

from homeassistant.helpers.typing import StateType
from homeassistant.util.dt import utc_from_timestamp

from .coordinator import HomeCoordinator
from .core.report.reconcile import reconciled
from .core.report.rows import Row
from .core.report.sold import sold_by_hour
from .values import day_of, stamp


def _today(home: HomeCoordinator) -> Row | None:
    """Return the running day; None before anything was counted in it."""
    so_far = home.insight.ledger.so_far
    if so_far is None or so_far.day.start != day_of(home).timestamp():
        return None
    return so_far.day


def saving(home: HomeCoordinator, span: Literal["month", "year"]) -> StateType:
    """Return what was saved in the running month or year; None where all of it is left out."""
    so_far = home.insight.ledger.so_far
    row: Row | None = None if so_far is None else getattr(so_far, span)
    return None if row is None or row.totals.all_left_out else round(row.saving, 4)


def begun(home: HomeCoordinator, span: Literal["month", "year"]) -> datetime | None:
    """Return when the running month or year began."""
    so_far = home.insight.ledger.so_far
    return None if so_far is None else utc_from_timestamp(getattr(so_far, span).start)


def carbon_today(home: HomeCoordinator) -> StateType:
    """Return what was emitted for what was bought today, kg; None where that is unknown."""
    today = _today(home)
    return None if today is None or not today.carbon_hours else round(today.carbon_kg, 4)


def income_today(home: HomeCoordinator) -> StateType:
    """Return what selling brought today, currency."""
    today = _today(home)
    return None if today is None else round(today.money.sold, 4)


def sold_energy_today(home: HomeCoordinator) -> StateType:
    """Return what was sold today, kWh."""
    today = _today(home)
    return None if today is None else round(today.totals.sold_kwh, 3)


def kept_energy_today(home: HomeCoordinator) -> StateType:
    """Return how much less was sold today at prices below zero than without SHEMS, kWh."""
    today = _today(home)
    return None if today is None else round(today.below_zero.kept_kwh, 3)


def sold_today(home: HomeCoordinator) -> dict[str, Any]:
    """Return what was sold today, when, for how much, and what was kept at prices below zero."""
    today = _today(home)
    if today is None:
        return {}
    sold, below = today.totals.sold_kwh, today.below_zero
    slots = home.store.memory.slots
    return {
        "energy_kwh": round(sold, 3),
        "mean_price": round(today.money.sold / sold, 4) if sold > 0 else None,
        "below_zero_kwh": round(below.sold_kwh, 3),
        "kept_kwh": round(below.kept_kwh, 3),
        "kept_value": round(below.kept_value, 4),
        "by_hour": [
            {
                "start": stamp(each.start),
                "energy_kwh": round(each.kwh, 3),
                "income": round(each.money, 4),
            }
            for each in sold_by_hour(slots, today.start)
        ],
    }


def device_energy(home: HomeCoordinator, device_id: str) -> StateType:
    """Return what a device took today, kWh."""
    today = _today(home)
    return None if today is None else _rounded(today.device_kwh.get(device_id))


def device_cost(home: HomeCoordinator, device_id: str) -> StateType:
    """Return a device's share of what was bought today, currency."""
    today = _today(home)
    return None if today is None else _rounded(today.device_cost.get(device_id))


def device_carbon(home: HomeCoordinator, device_id: str) -> StateType:
    """Return what was emitted for that, kg."""
    today = _today(home)
    return None if today is None else _rounded(today.device_carbon_kg.get(device_id))


def deviation(home: HomeCoordinator) -> StateType:
    """Return by how much the month's ledger differs from the meters, percent."""
    so_far = home.insight.ledger.so_far
    share = None if so_far is None else reconciled(so_far.month).deviation
    return None if share is None else round(100 * share, 4)


def reconciliation(home: HomeCoordinator) -> dict[str, Any]:
    """Return both sums of each quantity that has counters, and since when."""
    so_far = home.insight.ledger.so_far
    if so_far is None:
        return {"since": None, "quantities": {}}
    return {
        "since": stamp(so_far.month.start),
        "quantities": {
            name: {"ledger_kwh": round(each.ledger_kwh, 3), "meter_kwh": round(each.meter_kwh, 3)}
            for name, each in reconciled(so_far.month).by_quantity.items()
        },
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
