"""Room heating or cooling: a heat pump, electric heaters or an air conditioner."""

from dataclasses import replace
from typing import Final

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section

from ..core.assets.building import Building
from ..core.assets.comfort import Band, Comfort, Spell
from ..core.assets.heating import Heating, HeatingState
from ..core.assets.performance import AIR_CONDITIONER, AIR_TO_WATER, Performance
from ..core.forecast.usage import RoomsUsage, Usage, trusted
from .action import Action, Order
from .device import Device
from .form import Data, Errors, Fields, Form, asked, choice, entities, number
from .kind import MODES_MOVED, Kind, Movement, source
from .look import Look
from .movable import (
    check_measured,
    kilowatts,
    measured,
    pace,
    switching,
    takes_power,
    time_of_day,
)
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
from .timetable import COMFORT, TELLERS, check_timetables, timetable_fields, uninhabited

HEATERS: Final = ("heat_pump", "electric", "cooling", "both")
_SETBACK_K: Final = 3.0
"""What night setbacks are usually set to."""
_AWAY_K: Final = 4.0
"""Sixteen degrees where twenty are wanted: walls stay dry, and a day brings it back."""
_WATT: Final = 1000.0


def _warm(device: Device) -> Performance:
    """Return a heat pump's performance, as steep as the form says."""
    found = scaled(AIR_TO_WATER, device.number("cop", 3.8))
    if device.data.get("cop_slope") is None:
        return found
    return replace(found, slope_per_k=device.fraction("cop_slope", 0.0) * found.cop)


def scaled(usual: Performance, cop: float) -> Performance:
    """Return a performance of the same shape with another COP at its rating point."""
    share = cop / usual.cop
    return replace(
        usual,
        cop=cop,
        slope_per_k=usual.slope_per_k * share,
        lowest=usual.lowest * share,
        highest=usual.highest * share,
    )


def _building() -> vol.Schema:
    return vol.Schema(
        {
            vol.Required("cop", default=3.8): number(None, lowest=1, highest=8),
            vol.Optional("cop_slope"): number("%/K", highest=4.5),
            vol.Required("cooling_cop", default=3.2): number(None, lowest=1, highest=8),
            vol.Required("loss_w_per_k", default=150.0): number("W/K", lowest=1, highest=5000),
            vol.Required("air_kwh_per_k", default=1.2): number("kWh/K", lowest=0.05, highest=100),
            vol.Required("mass_kwh_per_k", default=9.0): number("kWh/K", highest=500),
            vol.Required("aperture_m2", default=3.0): number("m²", highest=200),
            vol.Required("gains_kw", default=0.3): number("kW", highest=20),
        }
    )


def _comfort() -> vol.Schema:
    return vol.Schema(
        {
            vol.Optional("night_low_c"): degrees(highest=40),
            vol.Required("night_begin", default="22:00:00"): time_of_day(),
            vol.Required("night_end", default="06:00:00"): time_of_day(),
        }
    )


def _fields(hass: HomeAssistant, data: Data) -> Fields:
    return {
        **measured(),
        vol.Required("heater", default="heat_pump"): choice(HEATERS, "heater"),
        asked("power_kw", 2.5): kilowatts(),
        vol.Optional("least_kw"): kilowatts(least=0.0),
        vol.Required("low_c", default=20.0): degrees(highest=40),
        vol.Required("high_c", default=23.0): degrees(highest=40),
        **thermostat_fields(),
        **pump_fields(),
        **otherwise_heated(),
        vol.Required("nights"): section(_comfort(), {"collapsed": True}),
        vol.Required("building"): section(_building(), {"collapsed": True}),
        **pace(10.0, 10.0),
        **timetable_fields(_setback()),
    }


def _check(hass: HomeAssistant, data: Data) -> Errors:
    errors = (
        check_timetables(hass, data) | check_measured(hass, data) | check_thermostat(hass, data)
    )
    if float(data.get("least_kw") or 0.0) > float(data.get("power_kw") or 0.0):
        errors["least_kw"] = "least_above_most"
    if not data.get("low_c", 0.0) < data.get("high_c", 0.0):
        errors["high_c"] = "high_below_low"
    if (night := data.get("night_low_c")) is not None and night > data.get("high_c", 0.0):
        errors["base"] = "high_below_low"
    return errors


def _setback() -> Fields:
    return {
        vol.Optional(COMFORT): entities(*TELLERS),
        vol.Required("setback_k", default=_SETBACK_K): number("K", highest=20),
        vol.Required("away_k", default=_AWAY_K): number("K", highest=20),
    }


_FIRST: Final = Form("heating", _fields, _check)


def _forms(data: Data) -> tuple[Form, ...]:
    return with_modes(_FIRST, data)


def _asset(device: Device) -> Heating:
    heater = device.data.get("heater", "heat_pump")
    warm = {
        "electric": Performance.constant(),
        "cooling": None,
    }.get(str(heater), _warm(device))
    cold = scaled(AIR_CONDITIONER, device.number("cooling_cop", 3.2))
    return Heating(
        device.id,
        device.name,
        power_kw=device.number("power_kw", 0.0),
        least_kw=None if device.data.get("least_kw") is None else device.number("least_kw", 0.0),
        performance=warm,
        cooling=cold if heater in ("cooling", "both") else None,
        building=Building(
            loss_kw_per_k=device.number("loss_w_per_k", 150.0) / _WATT,
            air_kwh_per_k=device.number("air_kwh_per_k", 1.2),
            mass_kwh_per_k=device.number("mass_kwh_per_k", 9.0),
            aperture_m2=device.number("aperture_m2", 3.0),
            gains_kw=device.number("gains_kw", 0.3),
        ),
        comfort=Comfort(*_band(device), bands=_nights(device)),
        switching=switching(device),
        from_battery=device.flag("from_battery", True),
    )


def _band(device: Device) -> tuple[float, float]:
    return device.number("low_c", 20.0), device.number("high_c", 23.0)


def _nights(device: Device) -> tuple[Band, ...]:
    if device.data.get("night_low_c") is None:
        return ()
    begin, end = device.minutes("night_begin", 22 * 60), device.minutes("night_end", 6 * 60)
    return (Band(begin, end, device.number("night_low_c", 0.0), _band(device)[1]),)


def _state(device: Device, look: Look) -> HeatingState:
    return HeatingState(
        temperature_c(device, look), running=look.seen.running, spells=_spells(device, look)
    )


def _spells(device: Device, look: Look) -> tuple[Spell, ...]:
    """Return when less comfort will do: nobody is at home, or a timetable says so."""
    away = tuple(each for each in look.away if each[1] > look.now)
    return (
        *(_spell(device, each, device.number("away_k", _AWAY_K)) for each in away),
        *(
            _spell(device, each, device.number("setback_k", _SETBACK_K))
            for each in uninhabited(look.told, look.now)
        ),
    )


def _spell(device: Device, span: tuple[float, float], wider_k: float) -> Spell:
    """Return a span in which rooms may be so much colder, or warmer where they are cooled."""
    low_c, high_c = _band(device)
    heater = device.data.get("heater", "heat_pump")
    if heater != "cooling":
        low_c = min(low_c - wider_k, device.number("night_low_c", low_c))
    if heater in ("cooling", "both"):
        high_c += wider_k
    return Spell(*span, low_c, high_c)


def _sources(_settings: DeviceSettings, usage: Usage | None) -> dict[str, str]:
    learned = isinstance(usage, RoomsUsage) and trusted(usage.skill)
    return {"building": source(told=False, learned=learned)}


def _runs(device: Device, look: Look) -> bool:
    return takes_power(device.number("power_kw", 0.0), look)


def _actions(device: Device, order: Order) -> tuple[Action, ...]:
    low_c, high_c = _band(device)
    night_c = device.number("night_low_c", low_c)
    # Of what heats and cools, nobody knows in which direction it is to act.
    sign = {"cooling": -1.0, "both": 0.0}.get(str(device.data.get("heater")), 1.0)
    swing_k = sign * device.number("hysteresis_k", 0.0)
    return heat(device, order, low_c=min(low_c, night_c), high_c=high_c, swing_k=swing_k)


HEATING: Final = Kind(
    "heating",
    _forms,
    _asset,
    shows_warmth,
    _actions,
    title="Heating",
    modes=MODES_MOVED,
    movement=Movement(_state, _runs, outdoor=True, sources=_sources),
)
