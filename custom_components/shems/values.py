"""Numbers for entities, read from the coordinator; None where unknown, never zero."""

from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from homeassistant.helpers.typing import StateType
from homeassistant.util import dt as dt_util

from .coordinator import HomeCoordinator
from .core.dispatch.override import Override
from .core.horizon import HOUR_S
from .core.plan.result import Plan, Reason, Shortfall
from .core.replay.preview import Change, cost_between, mean_kw, next_change
from .core.report.ledger import Totals
from .core.units import Floats
from .devices import Device


def day_of(home: HomeCoordinator) -> datetime:
    """Return the beginning of the running local day in the home's zone."""
    zone = dt_util.get_time_zone(home.configuration.zone) or UTC
    local = dt_util.utc_from_timestamp(home.data.now).astimezone(zone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def midnight(home: HomeCoordinator) -> datetime | None:
    """Return when daily totals began."""
    return day_of(home)


def totals_today(home: HomeCoordinator) -> Totals | None:
    """Return the ledger's totals of today, None before the first slot of all."""
    ledger = home.store.memory.ledger
    return None if ledger.until is None else ledger.day(day_of(home).date().isoformat())


def today(home: HomeCoordinator, name: str) -> StateType:
    """Return one of today's totals."""
    totals = totals_today(home)
    return None if totals is None else round(getattr(totals, name), 4)


def saving_today(home: HomeCoordinator) -> StateType:
    """Return what was saved today; None where all of it is left out."""
    totals = totals_today(home)
    return None if totals is None or totals.all_left_out else round(totals.saving, 4)


def saving_total(home: HomeCoordinator) -> StateType:
    """Return all that was ever saved; None before the first slot, and where all is left out."""
    ledger = home.store.memory.ledger
    unknown = ledger.until is None or ledger.total.all_left_out
    return None if unknown else round(ledger.total.saving, 4)


def saving_shares(home: HomeCoordinator, span: Literal["day", "month", "year"]) -> dict[str, Any]:
    """Return how a saving is shared, and the hours of which too little was known to tell."""
    so_far = home.insight.ledger.so_far
    if so_far is None:
        return {}
    row = getattr(so_far, span)
    return {
        "by_device": {key: round(value, 4) for key, value in row.saved_by_device.items()},
        "by_cause": {key: round(value, 4) for key, value in row.saved_by_cause.items()},
        "left_out_hours": round(row.totals.left_out_hours, 2),
    }


def share_today(home: HomeCoordinator, name: str) -> StateType:
    """Return a share of today's energy in percent."""
    totals = totals_today(home)
    share = None if totals is None else getattr(totals, name)
    return None if share is None else round(100 * share, 1)


def power(home: HomeCoordinator, name: str) -> StateType:
    """Return a measured power in kW."""
    readings = home.data.readings
    value = None if readings is None else getattr(readings, name).usable
    return None if value is None else round(value, 4)


def plan_cost_today(home: HomeCoordinator) -> StateType:
    """Return what the running day costs: measured so far, planned for the rest."""
    plan = home.data.plan
    if plan is None:
        return None
    end = (day_of(home) + timedelta(days=1)).timestamp()
    totals = totals_today(home)
    so_far = 0.0 if totals is None else totals.cost
    return round(so_far + cost_between(plan, plan.grid_kw, home.data.now, end), 4)


def plan_time_ms(home: HomeCoordinator) -> StateType:
    """Return how long the solver took."""
    return None if home.data.plan is None else round(1000 * home.data.plan.solve_s, 1)


def _expected(plan: Plan, key: str) -> Floats:
    used_kw = plan.load_kw + plan.moved_kw
    if key == "load_forecast":
        return used_kw
    return plan.solar_kw if key == "solar_forecast" else used_kw - plan.solar_kw


def next_hour(home: HomeCoordinator, key: str) -> StateType:
    """Return the mean expected power of the next hour in kW."""
    plan = home.data.plan
    if plan is None:
        return None
    now = home.data.now
    mean = mean_kw(_expected(plan, key), plan.horizon, now, now + HOUR_S)
    return None if mean is None else round(mean, 4)


def forecast(plan: Plan, key: str) -> list[dict[str, Any]]:
    """Return the expected power by step."""
    rows = zip(
        plan.horizon.start.tolist(),
        plan.horizon.end.tolist(),
        _expected(plan, key).round(4).tolist(),
        strict=True,
    )
    return [
        {"start": stamp(start), "end": stamp(end), "power_kw": value} for start, end, value in rows
    ]


def stamp(at: float) -> str:
    """Return a time as ISO text in UTC."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")


def overrides(home: HomeCoordinator) -> list[dict[str, Any]]:
    """Return what somebody else decides for a while."""
    held = home.store.control.overrides
    return [override_facts(device, held[device.id]) for device in home.driven if device.id in held]


def override_facts(device: Device, held: Override) -> dict[str, Any]:
    """Return which device an override is of, since and until when, and what caused it."""
    return {
        "device": device.name,
        "mode": held.mode,
        "since": stamp(held.since),
        "until": stamp(held.until),
        "cause": held.cause,
    }


def problem(home: HomeCoordinator) -> dict[str, Any]:
    """Return what is wrong, as a code with arguments."""
    return {"problem": phrase(home.data.problem)}


def problems(home: HomeCoordinator) -> list[dict[str, Any]]:
    """Return all that is wrong: what, with which entity, since when, and what is done."""
    return [
        {
            "code": each.reason.code,
            "args": dict(each.reason.args),
            "entity": each.reason.args.get("entity"),
            "device": each.reason.args.get("device"),
            "since": stamp(each.since),
            "stage": each.stage.value,
        }
        for each in home.data.problems
    ]


def phrase(reason: Reason | None) -> dict[str, Any] | None:
    """Return a reason as a code with arguments."""
    return None if reason is None else {"code": reason.code, "args": dict(reason.args)}


def strategy(home: HomeCoordinator) -> StateType:
    """Return how the home is run, in a word."""
    style = home.strategist.style
    return style.method.value if style.rule is None else style.rule.value


def strategy_facts(home: HomeCoordinator) -> dict[str, Any]:
    """Return why it is run so, and what the last days would have cost under each style."""
    choice = home.strategist.choice
    if choice is None:
        return {"style": home.strategist.style.name, "reason": None, "days": 0, "costs": {}}
    return {
        "style": choice.style.name,
        "reason": phrase(choice.reason),
        "days": choice.days,
        "costs": {name: round(cost, 2) for name, cost in choice.costs.items()},
    }


def import_limit(home: HomeCoordinator) -> StateType:
    """Return what may be imported now, kW."""
    return round(home.grid.connection(home.data.now).at(home.data.now)[0], 3)


def limits(home: HomeCoordinator) -> dict[str, Any]:
    """Return what may be exported, and the limits imposed now or later."""
    connection, at = home.grid.connection(home.data.now), home.data.now
    return {
        "export_kw": round(connection.at(at)[1], 3),
        "imposed": [
            {
                "reason": each.reason,
                "start": stamp(each.begin),
                "end": stamp(each.end),
                "import_kw": each.import_kw,
                "export_kw": each.export_kw,
            }
            for each in connection.limits
        ],
    }


def planned_power(home: HomeCoordinator, device_id: str) -> StateType:
    """Return the power the plan wants now, + = discharge."""
    command_now = home.data.commands.get(device_id)
    return None if command_now is None else round(command_now.power_kw, 3)


def command(home: HomeCoordinator, device_id: str) -> dict[str, Any]:
    """Return mode and reason of the plan's command, and what of the wishes cannot be had."""
    command_now = home.data.commands.get(device_id)
    part = None if home.data.plan is None else home.data.plan.battery(device_id)
    short = [] if part is None else [shortfall(each) for each in part.shortfalls]
    if command_now is None:
        return {"mode": None, "reason": None, "shortfalls": short}
    return {
        "mode": command_now.mode.value,
        "reason": phrase(command_now.reason),
        "shortfalls": short,
    }


def shortfall(each: Shortfall) -> dict[str, Any]:
    """Return what cannot be had, as a code with arguments."""
    return {
        "code": each.code,
        "amount": round(each.amount, 2),
        "unit": each.unit,
        "at": None if each.at is None else stamp(each.at),
        "nearest": None if each.nearest is None else round(each.nearest, 1),
    }


def _next(home: HomeCoordinator, device_id: str) -> Change | None:
    plan = home.data.plan
    return None if plan is None else next_change(plan, device_id, home.data.now)


def _first(home: HomeCoordinator) -> Change | None:
    changes = [
        each
        for device in home.configuration.devices
        if (each := _next(home, device.id)) is not None
    ]
    return min(changes, key=lambda each: each.at, default=None)


def device_next_mode(home: HomeCoordinator, device_id: str) -> StateType:
    """Return what the device is to do next."""
    change = _next(home, device_id)
    return None if change is None else change.mode.value


def device_next_reason(home: HomeCoordinator, device_id: str) -> dict[str, Any]:
    """Return when and why."""
    return _described(home, _next(home, device_id))


def next_mode(home: HomeCoordinator) -> StateType:
    """Return what the first device to change is to do."""
    change = _first(home)
    return None if change is None else change.mode.value


def next_reason(home: HomeCoordinator) -> dict[str, Any]:
    """Return which device that is, when and why."""
    return _described(home, _first(home))


def _described(home: HomeCoordinator, change: Change | None) -> dict[str, Any]:
    if change is None:
        return {"device": None, "start": None, "reason": None}
    device = home.configuration.device(change.device_id)
    return {
        "device": None if device is None else device.name,
        "start": stamp(change.at),
        "reason": phrase(change.reason),
    }


def net_balance(home: HomeCoordinator) -> StateType:
    """Return what was bought less what was sold in the contract year so far, kWh."""
    year = home.planner.net.year
    return None if year is None else round(year.balance_kwh, 1)


def net_year(home: HomeCoordinator) -> dict[str, Any]:
    """Return when the contract year began and ends, and how it is expected to end."""
    year = home.planner.net.year
    if year is None:
        return {"begin": None, "end": None, "expected_kwh": None, "beyond": None}
    return {
        "begin": stamp(year.begin),
        "end": stamp(year.end),
        "expected_kwh": round(year.expected_kwh, 1),
        "beyond": round(year.beyond, 3),
    }
