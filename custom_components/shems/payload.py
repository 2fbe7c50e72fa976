"""The plan as the websocket and the actions give it."""

from typing import Any

from .accounting import joined, past
from .coordinator import HomeCoordinator
from .core.forecast.beliefs import Outlook
from .core.plan.result import BatteryPlan, Plan
from .core.replay.preview import costs
from .core.units import Floats
from .moved_values import every_device, every_expectation
from .peak_values import planned_peak
from .provenance import in_short, provenance
from .values import overrides, phrase, shortfall, stamp, strategy, strategy_facts

DAY_H = 24.0
PAST_SLOTS = 144
"""Twelve hours."""
_LEVELS = (0.10, 0.25, 0.50, 0.75, 0.90)
_DIGITS = 4


def plan_message(home: HomeCoordinator) -> dict[str, Any]:
    """Return the plan as the card draws it: epoch seconds, null where unknown."""
    data, plan = home.data, home.data.plan
    control = home.store.control
    armed = any(control.device(device.id).armed for device in home.driven)
    return {
        "entry_id": home.config_entry.entry_id,
        "title": home.config_entry.title,
        "now": data.now,
        "status": data.status,
        "problem": phrase(data.problem),
        "problems": [
            {
                "code": each.reason.code,
                "args": dict(each.reason.args),
                "stage": each.stage.value,
            }
            for each in data.problems
        ],
        "currency": home.configuration.tariff.currency,
        "time_zone": home.configuration.zone,
        "dry_run": not (armed and control.enabled),
        "overrides": overrides(home),
        "provenance": in_short(home),
        **(_nothing() if plan is None else _steps(home, plan)),
        "past": past(
            joined(home.planner.recorded, home.store.memory.slots)[-PAST_SLOTS:],
            home.configuration.home,
        ),
    }


def _nothing() -> dict[str, Any]:
    empty: dict[str, Any] = {
        key: []
        for key in (
            "start",
            "end",
            "import_price",
            "export_price",
            "price_known",
            "grid_kw",
            "curtailed_kw",
            "batteries",
            "devices",
        )
    }
    bands: dict[str, list[float]] = {f"p{round(100 * level)}": [] for level in _LEVELS}
    return {
        **empty,
        "created": None,
        "solve_ms": None,
        "peak_kw": None,
        "load_kw": bands,
        "solar_kw": bands,
        "cost": {"plan": None, "without_battery": None, "self_consumption": None},
    }


def _steps(home: HomeCoordinator, plan: Plan) -> dict[str, Any]:
    beliefs = home.data.beliefs
    return {
        "created": plan.created,
        "solve_ms": round(1000 * plan.solve_s, 1),
        "start": plan.horizon.start.tolist(),
        "end": plan.horizon.end.tolist(),
        "import_price": _numbers(plan.prices.buy),
        "export_price": _numbers(plan.prices.sell),
        "price_known": plan.prices.known.tolist(),
        "load_kw": _band(
            plan.load_kw, None if beliefs is None else beliefs.load, moved_kw=plan.moved_kw
        ),
        "solar_kw": _band(plan.solar_kw, None if beliefs is None else beliefs.solar),
        "grid_kw": _numbers(plan.grid_kw),
        "curtailed_kw": _numbers(plan.curtailed_kw),
        "batteries": [_battery(home, each) for each in plan.batteries],
        "devices": every_device(home),
        "peak_kw": planned_peak(home),
        "cost": _cost(home, plan),
    }


def _band(
    mean: Floats,
    outlook: Outlook | None,
    *,
    moved_kw: Floats | float = 0.0,
) -> dict[str, list[float | None]]:
    """Return quantiles; after a restart, until the next plan, only the mean is left.

    Args:
        mean, outlook: what is expected.
        moved_kw: what devices take besides, as it is planned.
    """
    return {
        f"p{round(100 * level)}": _numbers(
            (mean if outlook is None else outlook.quantile(level)) + moved_kw
        )
        for level in _LEVELS
    }


def _battery(home: HomeCoordinator, plan: BatteryPlan) -> dict[str, Any]:
    battery = home.home.battery(plan.device_id)
    device = home.configuration.device(plan.device_id)
    capacity = battery.capacity_kwh if battery is not None else 0.0
    floor = battery.floor_kwh if battery is not None else 0.0
    share = 1 / capacity if capacity else 0.0
    return {
        "id": plan.device_id,
        "name": plan.device_id if device is None else device.name,
        "capacity_kwh": capacity,
        "reserve": floor * share,
        "power_kw": _numbers(plan.power_kw),
        "soc": _numbers(plan.energy_kwh * share),
        "value": _numbers(plan.value),
        "mode": [mode.value for mode in plan.mode],
        "reason": [phrase(reason) for reason in plan.reason],
        "shortfalls": [shortfall(each) for each in plan.shortfalls],
    }


def _cost(home: HomeCoordinator, plan: Plan) -> dict[str, float | None]:
    scenario = home.planner.scenario
    if scenario is None or scenario.now != plan.created:
        return {"plan": None, "without_battery": None, "self_consumption": None}
    result = costs(plan, scenario.home, scenario.energy_kwh, DAY_H)
    return {
        "plan": round(result.plan, _DIGITS),
        "without_battery": round(result.without_battery, _DIGITS),
        "self_consumption": round(result.self_consumption, _DIGITS),
    }


def _numbers(values: Floats) -> list[float | None]:
    """Return rounded numbers; what is not finite is null, never zero."""
    return [
        round(value, _DIGITS) if abs(value) < float("inf") else None for value in values.tolist()
    ]


def plan_summary(home: HomeCoordinator) -> dict[str, Any]:
    """Return what came of planning, for the action `shems.optimize`."""
    data, plan = home.data, home.data.plan
    return {
        "status": data.status,
        "problem": phrase(data.problem),
        "created": None if plan is None else stamp(plan.created),
        "plan_time_ms": None if plan is None else round(1000 * plan.solve_s, 1),
        "currency": home.configuration.tariff.currency,
        "cost": _nothing()["cost"] if plan is None else _cost(home, plan),
    }


def plan_response(home: HomeCoordinator) -> dict[str, Any]:
    """Return the plan by steps, for the action `shems.get_plan`."""
    plan = home.data.plan
    steps: list[dict[str, Any]] = []
    if plan is not None:
        table = _steps(home, plan)
        marginal = None if plan.marginal is None else _numbers(plan.marginal)
        for index, (start, end) in enumerate(zip(table["start"], table["end"], strict=True)):
            steps.append(
                {
                    "start": stamp(start),
                    "end": stamp(end),
                    "marginal_price": None if marginal is None else marginal[index],
                    **{
                        key: table[key][index]
                        for key in (
                            "import_price",
                            "export_price",
                            "price_known",
                            "grid_kw",
                            "curtailed_kw",
                        )
                    },
                    "batteries": [
                        {
                            "name": battery["name"],
                            **{
                                key: battery[key][index]
                                for key in ("mode", "power_kw", "soc", "reason")
                            },
                        }
                        for battery in table["batteries"]
                    ],
                    "devices": [
                        {
                            "name": device["name"],
                            "proposed": device["proposed"],
                            "power_kw": device["power_kw"][index],
                            "state": None if device["state"] is None else device["state"][index],
                            "reason": device["reason"][index] if device["reason"] else None,
                        }
                        for device in table["devices"]
                        if device["power_kw"]
                    ],
                }
            )
    chosen = {"strategy": strategy(home), **strategy_facts(home)}
    return {
        **plan_summary(home),
        "strategy": chosen,
        "limits": _limits(home, plan),
        "overrides": overrides(home),
        "devices": every_expectation(home),
        "steps": steps,
    }


def _limits(home: HomeCoordinator, plan: Plan | None) -> list[dict[str, Any]]:
    """Return what the limits that bind cost, per kW or kWh more, the dearest first."""
    names = {device.id: device.name for device in home.configuration.devices}
    return [
        {
            "limit": each.code,
            "device": names.get(each.device_id),
            "saving_per_unit": round(each.value, _DIGITS),
        }
        for each in (() if plan is None else plan.limits)
    ]


def forecast_response(home: HomeCoordinator) -> dict[str, Any]:
    """Return what is expected by steps, for the action `shems.get_forecast`."""
    plan = home.data.plan
    if plan is None:
        devices = every_expectation(home)
        return {
            "source": None,
            "provenance": provenance(home),
            "devices": devices,
            "forecast": [],
        }
    table = _steps(home, plan)
    beliefs = home.data.beliefs
    load, solar = (
        {
            "mean": _numbers(mean + moved_kw),
            **_band(mean, outlook, moved_kw=moved_kw),
        }
        for mean, outlook, moved_kw in (
            (plan.load_kw, None if beliefs is None else beliefs.load, plan.moved_kw),
            (plan.solar_kw, None if beliefs is None else beliefs.solar, 0.0),
        )
    )
    spread, outdoors, carbon = _price_spread(home, plan), _temperature(home), _carbon(home)
    rows = [
        {
            "start": stamp(start),
            "end": stamp(end),
            "load_kw": {name: band[index] for name, band in load.items()},
            "solar_kw": {name: band[index] for name, band in solar.items()},
            "import_price": table["import_price"][index],
            "export_price": table["export_price"][index],
            "price_known": table["price_known"][index],
            "import_price_quantiles": None
            if table["price_known"][index]
            else {name: band[index] for name, band in spread.items()},
            "outdoor_temperature": None
            if outdoors is None
            else {name: band[index] for name, band in outdoors.items()},
            "carbon_g_per_kwh": None if carbon is None else carbon[index],
        }
        for index, (start, end) in enumerate(zip(table["start"], table["end"], strict=True))
    ]
    source = None
    if beliefs is not None:
        source = {"load": beliefs.load.source, "solar": beliefs.solar.source}
    return {
        "source": source,
        "provenance": provenance(home),
        "devices": every_expectation(home),
        "forecast": rows,
    }


def _temperature(home: HomeCoordinator) -> dict[str, list[float | None]] | None:
    """Return the outdoor temperature by step, None where nothing is known of it."""
    outlook = None if home.data.beliefs is None else home.data.beliefs.temperature
    if outlook is None:
        return None
    return {"mean": _numbers(outlook.mean), **_band(outlook.mean, outlook)}


def _carbon(home: HomeCoordinator) -> list[float | None] | None:
    """Return what the grid emits by step, None where nothing is known of it."""
    emitted = None if home.data.beliefs is None else home.data.beliefs.carbon_g_per_kwh
    return None if emitted is None else _numbers(emitted)


def _price_spread(home: HomeCoordinator, plan: Plan) -> dict[str, list[float | None]]:
    """Return quantiles of the buying price by step; nothing where only a mean is expected."""
    beliefs = home.data.beliefs
    if beliefs is None or beliefs.market is None:
        return {}
    tariff = home.planner.net.tariff
    return {
        f"p{round(100 * level)}": _numbers(
            tariff.prices(beliefs.market.quantile(level), plan.horizon).buy
        )
        for level in _LEVELS
    }
