"""Numbers and reasons of devices that are moved in time; None where unknown, never zero."""

from datetime import UTC, datetime
from typing import Any, Final

import numpy as np

from .coordinator import HomeCoordinator
from .core.assets.charger import Charger
from .core.plan.result import DevicePlan, Reason
from .core.units import Floats
from .devices import Device
from .devices.appliance import length_s
from .devices.settings import MODE_AUTO, MODE_PAUSED
from .values import phrase, shortfall

_STANDS_KW: Final = 0.01
"""Below ten watts a device stands still."""
_DIGITS: Final = 4


def part(home: HomeCoordinator, device_id: str) -> DevicePlan | None:
    """Return a device's part of the plan in force."""
    return None if home.data.plan is None else home.data.plan.device(device_id)


def planned_power(home: HomeCoordinator, device_id: str) -> float | None:
    """Return the power the plan wants now, + = consumption."""
    move = home.data.moves.get(device_id)
    return None if move is None else round(move.power_kw, 3)


def reason_now(home: HomeCoordinator, device_id: str) -> Reason | None:
    """Return why the device does what it does: the household's word first."""
    control = home.store.control
    if (taken := control.overrides.get(device_id)) is not None:
        return taken.reason
    match control.device(device_id).mode:
        case mode if mode == MODE_PAUSED:
            return Reason("paused")
        case mode if mode != MODE_AUTO:
            return Reason(f"user_{mode}")
    if (missing := home.director.known.missing.get(device_id)) is not None:
        return missing
    move = home.data.moves.get(device_id)
    return None if move is None else move.reason


def facts(home: HomeCoordinator, device_id: str) -> dict[str, Any]:
    """Return why, to which temperature, and what of the wishes cannot be had."""
    move = home.data.moves.get(device_id)
    planned = part(home, device_id)
    return {
        "reason": phrase(reason_now(home, device_id)),
        "setpoint": None if move is None else move.setpoint_c,
        "shortfalls": [] if planned is None else [shortfall(each) for each in planned.shortfalls],
        **expectations(home, device_id),
    }


def expectations(home: HomeCoordinator, device_id: str) -> dict[str, Any]:
    """Return where what is expected of a device comes from; see `Usages.facts`."""
    return home.usages.facts(device_id, home.store.control.device(device_id))


def every_expectation(home: HomeCoordinator) -> list[dict[str, Any]]:
    """Return the same of all devices of which anything can be learned."""
    return [
        {"name": device.name, "kind": device.kind, **facts}
        for device in home.configuration.moved
        if (facts := expectations(home, device.id))["sources"]
    ]


def _next(home: HomeCoordinator, device_id: str) -> int | None:
    """Return the step with which the device begins or ends to run next."""
    planned, plan = part(home, device_id), home.data.plan
    index = None if plan is None else plan.horizon.index(home.data.now)
    if planned is None or index is None:
        return None
    runs = np.abs(planned.power_kw) > _STANDS_KW
    later = np.flatnonzero(runs[index:] != runs[index])
    return None if len(later) == 0 else index + int(later[0])


def next_change(home: HomeCoordinator, device_id: str) -> datetime | None:
    """Return when the device begins or ends to run next."""
    step, plan = _next(home, device_id), home.data.plan
    if step is None or plan is None:
        return None
    return datetime.fromtimestamp(float(plan.horizon.start[step]), UTC)


def next_facts(home: HomeCoordinator, device_id: str) -> dict[str, Any]:
    """Return what it is to take then, and why."""
    step, planned = _next(home, device_id), part(home, device_id)
    if step is None or planned is None:
        return {"power_kw": None, "reason": None}
    return {
        "power_kw": round(float(planned.power_kw[step]), 3),
        "reason": phrase(planned.reason[step]) if planned.reason else None,
    }


def every_device(home: HomeCoordinator) -> list[dict[str, Any]]:
    """Return all devices as the card draws them, those that are left out of the plan too."""
    return [
        {
            "id": device.id,
            "name": device.name,
            "kind": device.kind,
            "proposed": _proposed(home, device.id),
            "length_s": length_s(device) if device.kind == "appliance" else None,
            "asked": len(home.store.control.device(device.id).runs),
            "capacity_kwh": capacity_kwh(home, device),
            **_course(part(home, device.id)),
            "now": {
                "power_kw": planned_power(home, device.id),
                **facts(home, device.id),
            },
        }
        for device in home.configuration.moved
    ]


def capacity_kwh(home: HomeCoordinator, device: Device) -> float | None:
    """Return what a car holds; None where its state of charge is not known, or it is none."""
    asset = home.configuration.home.device(device.id)
    if isinstance(asset, Charger) and device.entity("soc") is not None:
        return asset.capacity_kwh
    return None


def _proposed(home: HomeCoordinator, device_id: str) -> bool:
    """Return whether nothing else in the plan counts on what a device is to do."""
    plan = home.data.plan
    return plan is not None and any(each.device_id == device_id for each in plan.proposals)


def _course(planned: DevicePlan | None) -> dict[str, Any]:
    if planned is None:
        return {"power_kw": [], "state": None, "value": None, "reason": []}
    return {
        "power_kw": _numbers(planned.power_kw),
        "state": None if planned.state is None else _numbers(planned.state),
        "value": None if planned.value is None else _numbers(planned.value),
        "reason": [phrase(each) for each in planned.reason],
    }


def _numbers(values: Floats) -> list[float | None]:
    return [
        round(value, _DIGITS) if abs(value) < float("inf") else None for value in values.tolist()
    ]
