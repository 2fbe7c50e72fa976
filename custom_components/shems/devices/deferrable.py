"""A load that needs an amount of energy a day, at any hours of a window: a pool pump."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import probatio as vol
from homeassistant.core import HomeAssistant

from ..core.assets.deferrable import Deferrable, DeferrableState, Errand
from ..core.units import PHASE_V
from .action import Action, Order
from .device import Device
from .driving import with_options
from .form import Data, Errors, Fields, Form, asked, number
from .kind import MODES_MOVED, Kind, Movement
from .look import Look, at_minute
from .movable import (
    check_driven,
    check_measured,
    drive,
    driven_by,
    kilowatts,
    measured,
    otherwise_driven,
    pace,
    switching,
    takes_power,
    time_of_day,
)
from .timetable import check_timetables, timetable_fields

_AHEAD_DAYS: Final = 4
"""Further than any plan looks."""
_DAY_MIN: Final = 24 * 60


def _fields(hass: HomeAssistant, data: Data) -> Fields:
    return {
        **measured(),
        asked("power_kw", 1.0): kilowatts(),
        vol.Optional("least_kw"): kilowatts(least=0.0),
        asked("daily_kwh", 3.0): number("kWh", highest=1000),
        vol.Required("begin", default="00:00:00"): time_of_day(),
        vol.Required("end", default="00:00:00"): time_of_day(),
        **driven_by("off"),
        **otherwise_driven(),
        **pace(),
        **timetable_fields(),
    }


def _check(hass: HomeAssistant, data: Data) -> Errors:
    errors = check_timetables(hass, data) | check_measured(hass, data) | check_driven(hass, data)
    if float(data.get("least_kw") or 0.0) > float(data.get("power_kw") or 0.0):
        errors["least_kw"] = "least_above_most"
    if data.get("power_number") and data.get("least_kw") is None:
        errors.setdefault("least_kw", "least_needed")
    return errors


def _asset(device: Device) -> Deferrable:
    return Deferrable(
        device.id,
        device.name,
        power_kw=device.number("power_kw", 0.0),
        least_kw=None if device.data.get("least_kw") is None else device.number("least_kw", 0.0),
        switching=switching(device),
        from_battery=device.flag("from_battery", True),
    )


def _windows(device: Device, look: Look) -> Iterator[tuple[float, float]]:
    """Yield the windows that are not over; one that ends before it begins wraps midnight."""
    begin, end = device.minutes("begin", 0), device.minutes("end", 0)
    if end <= begin:
        end += _DAY_MIN
    for days in range(-1, _AHEAD_DAYS):
        day = look.day + timedelta(days=days)
        window = at_minute(day, begin, look.zone), at_minute(day, end, look.zone)
        if window[1] > look.now:
            yield window


def _span(device: Device, look: Look) -> float | None:
    begin, _ = next(_windows(device, look))
    return begin if begin <= look.now else None


def _state(device: Device, look: Look) -> DeferrableState:
    chosen = look.settings.daily_kwh
    daily_kwh = device.number("daily_kwh", 0.0) if chosen is None else chosen
    errands = tuple(
        Errand(
            begin,
            end,
            max(0.0, daily_kwh - (look.seen.used_kwh if begin == look.seen.span else 0.0)),
        )
        for begin, end in _windows(device, look)
    )
    return DeferrableState(errands, look.seen.running)


def _runs(device: Device, look: Look) -> bool:
    return takes_power(device.number("power_kw", 0.0), look)


def _actions(device: Device, order: Order) -> tuple[Action, ...]:
    return drive(device, order, full_kw=device.number("power_kw", 0.0), volts=PHASE_V)


def _watched(device: Device) -> list[str]:
    keys = ("power", "switch", "power_number")
    return [entity for key in keys for entity in device.entities(key)]


_FIRST: Final = Form("deferrable", _fields, _check)


def _forms(data: Data) -> tuple[Form, ...]:
    return with_options(_FIRST, data)


DEFERRABLE: Final = Kind(
    "deferrable",
    _forms,
    _asset,
    _watched,
    _actions,
    title="Deferrable load",
    modes=MODES_MOVED,
    movement=Movement(_state, _runs, _span),
)
