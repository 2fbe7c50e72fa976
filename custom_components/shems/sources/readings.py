"""Readings: the states of meters and devices in the core's terms."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    STATE_OFF,
    STATE_ON,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import HomeAssistant

from ..convert import current_a, percent_of, power_kw
from ..core.observe.readings import (
    MISSING,
    BatteryReading,
    Readings,
    Trust,
    Value,
    derive_load,
    judge,
)
from ..core.units import InputError
from ..devices import Device
from .configuration import Configuration

POWER_HOLD_S: Final = 600.0
"""A flowing power moves within ten minutes, or its meter is polled: silence is a fault."""
REST_HOLD_S: Final = 86400.0
"""A meter that reports on change is silent for a whole night while nothing flows."""
GRID_HOLD_S: Final = 3600.0
"""Even a battery that keeps the meter at zero lets it flicker within the hour."""
SOC_HOLD_S: Final = 3600.0
"""A battery that moves changes by one percent within the hour."""

_REST_KW: Final = 0.02
_SPIKE: Final = 3.0
"""Nothing carries three times what it was built for: such a value is a glitch."""
_UNLIMITED_KW: Final = 1e6
_UNLIMITED_A: Final = 1e4
_SOC_SLACK: Final = 0.02
"""Some devices calibrate to 101 %; that is full, not nonsense."""


def read(hass: HomeAssistant, configuration: Configuration, now: float) -> Readings:
    """Return what the home's meters and devices say now."""
    connection = configuration.connection
    limits = configuration.home.connection
    grid = _grid(hass, connection, now, limits.import_limit_kw, limits.export_limit_kw)
    solar = _solar(hass, configuration, now)
    batteries = {
        device.id: _battery(hass, device, now) for device in configuration.of_kind("battery")
    }
    load_sensors = connection.entities("load_power")
    if load_sensors:
        load = total(measured_power(hass, each, now) for each in load_sensors)
    else:
        load = derive_load(grid, solar, [each.power_kw for each in batteries.values()])
    devices = {
        each.id: device_power(hass, configuration, each, now)
        for each in configuration.moved
        if each.id not in configuration.in_load
    }
    phases = tuple(_current(hass, each, now) for each in connection.entities("phase_currents"))
    return Readings(now, grid, solar, load, batteries, devices, phases)


def total(values: Iterable[Value]) -> Value:
    """Return a sum, as bad as its worst part and as old as its oldest."""
    parts = list(values)
    if not parts:
        return MISSING
    for trust in (Trust.MISSING, Trust.IMPLAUSIBLE, Trust.STALE):
        for part in parts:
            if part.trust is trust:
                return Value(None, part.at, trust, part.source)
    return Value(
        sum(part.value for part in parts if part.value is not None),
        min(part.at for part in parts if part.at is not None),
        Trust.OK,
        ", ".join(part.source for part in parts),
    )


def scaled(value: Value, sign: float) -> Value:
    """Return a value with another sign."""
    number = None if value.value is None else sign * value.value
    return Value(number, value.at, value.trust, value.source)


def _grid(
    hass: HomeAssistant, device: Device, now: float, import_kw: float, export_kw: float
) -> Value:
    bound = _SPIKE * max(import_kw, export_kw)
    sign = -1.0 if device.flag("grid_power_inverted") else 1.0
    parts = [
        scaled(measured_power(hass, each, now, -bound, bound, rest_s=rest_s), sign)
        for key, sign, rest_s in (
            ("grid_power", sign, GRID_HOLD_S),
            # One of a pair rests for as long as the other counts.
            ("import_power", 1.0, REST_HOLD_S),
            ("export_power", -1.0, REST_HOLD_S),
        )
        for each in device.entities(key)
    ]
    return total(parts)


def _solar(hass: HomeAssistant, configuration: Configuration, now: float) -> Value:
    arrays = configuration.of_kind("solar")
    if not arrays:
        return Value(0.0, now, Trust.OK, "no solar")
    values = []
    for device in arrays:
        bound = _SPIKE * (device.number("peak_kw", 0.0) or _UNLIMITED_KW)
        values += [
            measured_power(hass, each, now, -bound, bound) for each in device.entities("power")
        ]
    value = total(values)
    # At night an inverter consumes a few watts and says so.
    return value if value.value is None else Value(max(0.0, value.value), value.at, *_rest(value))


def _rest(value: Value) -> tuple[Trust, str]:
    return value.trust, value.source


def device_power(
    hass: HomeAssistant, configuration: Configuration, device: Device, now: float
) -> Value:
    """Return what a device takes that is moved in time."""
    asset = configuration.home.device(device.id)
    entity_id = device.entity("power")
    if asset is None or entity_id is None:
        return MISSING
    bound = _SPIKE * asset.most_kw or _UNLIMITED_KW
    value = measured_power(hass, entity_id, now, -bound, bound)
    together = configuration.on_one_meter(device)
    return value if len(together) < 2 else _part_of(hass, device, together, value)


def _part_of(
    hass: HomeAssistant, device: Device, together: tuple[Device, ...], value: Value
) -> Value:
    """Return what a device has of a meter that counts several, of which one runs at a time.

    Which one that is may be told by an entity of each; who else is silent has nothing, and
    where nobody tells, it counts for the first.
    """
    told = {each.id: _active(hass, each) for each in together}
    running = next((each.id for each in together if told[each.id]), None)
    if running is None:
        running = next((each.id for each in together if told[each.id] is None), None)
    if device.id == running:
        return value
    known = told[device.id] is False or any(told.values())
    return replace(value, value=0.0) if known and value.usable is not None else MISSING


def _active(hass: HomeAssistant, device: Device) -> bool | None:
    """Return whether the heat pump warms this now, None where nobody tells."""
    entity_id = device.entity("pump_active")
    state = None if entity_id is None else hass.states.get(entity_id)
    if state is None or state.state not in (STATE_ON, STATE_OFF):
        return None
    return state.state == STATE_ON


def _battery(hass: HomeAssistant, device: Device, now: float) -> BatteryReading:
    bound = _SPIKE * max(device.number("charge_kw", 0.0), device.number("discharge_kw", 0.0))
    bound = bound or _UNLIMITED_KW
    if both := device.entity("power"):
        sign = -1.0 if device.flag("power_inverted") else 1.0
        power = scaled(measured_power(hass, both, now, -bound, bound), sign)
    else:
        parts = [
            scaled(measured_power(hass, each, now, -bound, bound), sign)
            for key, sign in (("discharge_power", 1.0), ("charge_power", -1.0))
            for each in device.entities(key)
        ]
        power = total(parts)
    return BatteryReading(_soc(hass, device, now, power), power)


def _soc(hass: HomeAssistant, device: Device, now: float, power: Value) -> Value:
    entity_id = device.entity("soc")
    if entity_id is None:
        return MISSING
    resting = power.usable is not None and abs(power.usable) < _REST_KW
    value = _measure(
        hass,
        entity_id,
        percent_of,
        now,
        hold_s=REST_HOLD_S if resting else SOC_HOLD_S,
        lowest=-_SOC_SLACK,
        highest=1 + _SOC_SLACK,
    )
    if value.value is None:
        return value
    return Value(min(max(value.value, 0.0), 1.0), value.at, value.trust, value.source)


def measured_power(
    hass: HomeAssistant,
    entity_id: str,
    now: float,
    lowest: float = -_UNLIMITED_KW,
    highest: float = _UNLIMITED_KW,
    *,
    rest_s: float = REST_HOLD_S,
) -> Value:
    """Return a power; where nothing flows, silence counts for less."""
    value = _measure(
        hass, entity_id, power_kw, now, hold_s=POWER_HOLD_S, lowest=lowest, highest=highest
    )
    if value.trust is Trust.STALE and value.value is not None and abs(value.value) < _REST_KW:
        return _measure(
            hass, entity_id, power_kw, now, hold_s=rest_s, lowest=lowest, highest=highest
        )
    return value


def _current(hass: HomeAssistant, entity_id: str, now: float) -> Value:
    return _measure(
        hass,
        entity_id,
        current_a,
        now,
        hold_s=POWER_HOLD_S,
        lowest=-_UNLIMITED_A,
        highest=_UNLIMITED_A,
    )


def _measure(
    hass: HomeAssistant,
    entity_id: str,
    convert: Callable[[float, str | None], float],
    now: float,
    *,
    hold_s: float,
    lowest: float,
    highest: float,
) -> Value:
    """Return one entity's value; an unavailable one is missing at once, whatever its age."""
    state = hass.states.get(entity_id)
    if state is None or state.state in (STATE_UNAVAILABLE, STATE_UNKNOWN):
        return Value(None, None, Trust.MISSING, entity_id)
    at = state.last_reported_timestamp
    try:
        value = convert(float(state.state), state.attributes.get(ATTR_UNIT_OF_MEASUREMENT))
    except ValueError, InputError:
        return Value(None, at, Trust.IMPLAUSIBLE, entity_id)
    return judge(value, at, now, hold_s=hold_s, lowest=lowest, highest=highest, source=entity_id)
