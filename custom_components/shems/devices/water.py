"""Hot water: a tank with an element or a heat pump."""

from typing import Final

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section

from ..core.assets.draws import USUAL
from ..core.assets.performance import WATER_PUMP, Performance
from ..core.assets.tank import Tank
from ..core.assets.water import Water, WaterState
from ..core.forecast.usage import TankUsage, Usage, trusted
from ..core.forecast.water import draws_of
from ..core.units import InputError
from .action import Action, Order
from .device import Device
from .form import Data, Errors, Fields, Form, asked, choice, number
from .heating import scaled
from .kind import MODES_MOVED, Kind, Movement, source
from .look import Look
from .movable import check_measured, kilowatts, measured, pace, switching, takes_power
from .settings import DeviceSettings
from .thermostat import (
    check_thermostat,
    degrees,
    heat,
    otherwise_heated,
    pump_fields,
    shows_warmth,
    temperature_c,
    thermostat_fields,
    with_modes,
)
from .timetable import check_timetables, timetable_fields

HEATERS: Final = ("electric", "heat_pump")
_WATT: Final = 1000.0
_DRAWN_KWH: Final = 5.8
"""A day of a household of about three, as `draws.TAPS` has it."""
_REACHED_K: Final = 0.5
"""Sensors in tanks resolve half a kelvin."""


def _tank() -> vol.Schema:
    return vol.Schema(
        {
            vol.Required("litres", default=200.0): number("L", lowest=5, highest=5000),
            vol.Required("drawn_kwh", default=_DRAWN_KWH): number("kWh", highest=500),
            vol.Required("cop", default=3.0): number(None, lowest=1, highest=8),
            vol.Required("loss_w_per_k", default=1.6): number("W/K", highest=100),
            vol.Required("inlet_c", default=10.0): degrees(lowest=0, highest=40),
            vol.Required("ambient_c", default=20.0): degrees(lowest=-20, highest=50),
            vol.Required("max_c", default=65.0): degrees(lowest=30, highest=95),
            vol.Optional("legionella_c"): degrees(lowest=50, highest=90),
            vol.Required("legionella_days", default=7.0): number(
                None, lowest=1, highest=60, step=1
            ),
        }
    )


def _fields(hass: HomeAssistant, data: Data) -> Fields:
    return {
        **measured(),
        vol.Required("heater", default="electric"): choice(HEATERS, "water_heater"),
        asked("power_kw", 2.0): kilowatts(),
        vol.Optional("least_kw"): kilowatts(least=0.0),
        vol.Required("low_c", default=45.0): degrees(lowest=20, highest=90),
        vol.Required("high_c", default=55.0): degrees(lowest=20, highest=90),
        **thermostat_fields(),
        **pump_fields(),
        **otherwise_heated(),
        vol.Required("tank"): section(_tank(), {"collapsed": True}),
        **pace(10.0, 10.0),
        **timetable_fields(),
    }


def _check(hass: HomeAssistant, data: Data) -> Errors:
    errors = (
        check_timetables(hass, data) | check_measured(hass, data) | check_thermostat(hass, data)
    )
    if float(data.get("least_kw") or 0.0) > float(data.get("power_kw") or 0.0):
        errors["least_kw"] = "least_above_most"
    low, high, most = (data.get(key, 0.0) for key in ("low_c", "high_c", "max_c"))
    if not low < high:
        errors["high_c"] = "high_below_low"
    hot = data.get("legionella_c")
    if not high <= most or (hot is not None and not low <= hot <= most):
        errors["base"] = "cuts_out_below"
    return errors


_FIRST: Final = Form("water", _fields, _check)


def _forms(data: Data) -> tuple[Form, ...]:
    return with_modes(_FIRST, data)


def _asset(device: Device) -> Water:
    pump = device.data.get("heater") == "heat_pump"
    low_c, high_c = _band(device)
    return Water(
        device.id,
        device.name,
        power_kw=device.number("power_kw", 0.0),
        least_kw=None if device.data.get("least_kw") is None else device.number("least_kw", 0.0),
        tank=Tank(
            litres=device.number("litres", 200.0),
            loss_kw_per_k=device.number("loss_w_per_k", 1.6) / _WATT,
            ambient_c=device.number("ambient_c", 20.0),
            inlet_c=device.number("inlet_c", 10.0),
        ),
        performance=scaled(WATER_PUMP, device.number("cop", 3.0))
        if pump
        else Performance.constant(),
        low_c=low_c,
        high_c=high_c,
        max_c=device.number("max_c", 65.0),
        legionella_c=_hot_c(device),
        legionella_days=device.number("legionella_days", 7.0),
        switching=switching(device),
        from_battery=device.flag("from_battery", True),
    )


def _band(device: Device) -> tuple[float, float]:
    return device.number("low_c", 45.0), device.number("high_c", 55.0)


def _hot_c(device: Device) -> float | None:
    if device.data.get("legionella_c") is None:
        return None
    return device.number("legionella_c", 60.0)


def told(device: Device) -> tuple[float, ...]:
    """Return the kWh that the form of a tank lets be drawn in each local hour."""
    share = device.number("drawn_kwh", _DRAWN_KWH) / sum(USUAL)
    return tuple(share * each for each in USUAL)


def _sources(_settings: DeviceSettings, usage: Usage | None) -> dict[str, str]:
    learned = isinstance(usage, TankUsage) and _learned(usage)
    return {"draws": source(told=False, learned=learned)}


def _learned(usage: TankUsage) -> bool:
    return bool(usage.by_hour) and trusted(usage.skill)


def _state(device: Device, look: Look) -> WaterState:
    by_hour = told(device)
    if isinstance(look.usage, TankUsage) and _learned(look.usage):
        by_hour = look.usage.by_hour
    coming = tuple((begin, end) for begin, end in look.away if end > look.now)
    return WaterState(
        temperature_c(device, look),
        draws=draws_of(by_hour, look.now, look.zone, coming) if coming else (),
        running=look.seen.running,
        last_hot=look.seen.hot_at,
        by_hour=by_hour,
        unwanted=coming,
    )


def _runs(device: Device, look: Look) -> bool:
    return takes_power(device.number("power_kw", 0.0), look)


def _hot(device: Device, look: Look) -> bool:
    wanted = _hot_c(device)
    try:
        return wanted is not None and temperature_c(device, look) >= wanted - _REACHED_K
    except InputError:
        return False


def _actions(device: Device, order: Order) -> tuple[Action, ...]:
    low_c, high_c = _band(device)
    swing_k = device.number("hysteresis_k", 0.0)
    return heat(device, order, low_c=low_c, high_c=high_c, swing_k=swing_k)


WATER: Final = Kind(
    "water",
    _forms,
    _asset,
    shows_warmth,
    _actions,
    title="Hot water",
    modes=MODES_MOVED,
    movement=Movement(_state, _runs, hot=_hot, outdoor=True, sources=_sources),
)
