"""Thermostats: how they are shown, told a temperature and given back."""

from collections.abc import Iterable
from typing import Final

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import NumberSelector, SelectSelector, TextSelector

from ..convert import celsius
from ..core.dispatch.budget import WRITES_A_DAY
from ..core.dispatch.command import DeviceCommand
from ..core.units import PHASE_V
from .action import Action, Expect, Order
from .device import Device, Range
from .driving import (
    check_ways,
    confirmation,
    in_section,
    manners,
    released_mode,
    steps,
    turn,
    ways,
    with_options,
)
from .form import (
    Data,
    Errors,
    Fields,
    Form,
    check_distinct,
    check_known,
    check_units,
    entities,
    number,
)
from .look import Look
from .movable import NUMBERS, SWITCHES
from .setpoint import set_number, switch
from .sg_ready import check_contacts, contacts, set_contacts

_THERMOSTATS: Final = ("climate", "water_heater")
_MEASURES: Final = ("sensor", "input_number")
_LISTS: Final = {"climate": "hvac_modes", "water_heater": "operation_list"}
_STATES: Final = {
    "climate": ("set_hvac_mode", "hvac_mode"),
    "water_heater": ("set_operation_mode", "operation_mode"),
}
_MODES: Final = ("driven_mode", "resting_mode", "released_mode")
_PRESETS: Final = ("driven_preset", "resting_preset", "released_preset")
SHOWN_K: Final = 0.3
"""Thermostats show a setpoint in steps of half a kelvin, or in Fahrenheit."""


def pump_fields() -> Fields:
    """Make the fields of the heat pump that several devices may share."""
    return {
        vol.Optional("pump"): TextSelector(),
        vol.Optional("pump_active"): entities("binary_sensor", *SWITCHES),
    }


def degrees(*, lowest: float = -30.0, highest: float = 100.0) -> NumberSelector:
    """Make a temperature to type in."""
    return number("°C", lowest=lowest, highest=highest)


def thermostat_fields() -> Fields:
    """Make the fields of where the temperature is read, and of what sets it."""
    return {
        vol.Optional("temperature"): entities(*_MEASURES),
        vol.Optional("thermostat"): entities(*_THERMOSTATS),
        vol.Optional("temperature_number"): entities(*NUMBERS),
        vol.Optional("switch"): entities(*SWITCHES),
    }


def otherwise_heated() -> Fields:
    """Make the fields of other ways to tell a heat pump to run or to rest, in a section."""
    return in_section({**contacts(), **ways(), **manners(WRITES_A_DAY)})


def check_thermostat(hass: HomeAssistant, data: Data) -> Errors:
    """Return what is wrong with these fields."""
    errors = check_known(hass, data, "thermostat", "switch", "pump_active")
    errors |= check_ways(hass, data) | check_contacts(hass, data)
    errors |= check_units(hass, data, ("temperature",), celsius, "not_temperature")
    errors |= check_units(hass, data, ("temperature_number",), celsius, "not_thermostat")
    errors |= check_distinct(data, "temperature", "temperature_number")
    if not data.get("temperature") and not data.get("thermostat"):
        errors.setdefault("temperature", "temperature_missing")
    return errors


def modes_of(hass: HomeAssistant, entity_id: str, key: str | None = None) -> list[str]:
    """Return the modes of a thermostat, from its state or, before it has one, the registry."""
    key = key or _LISTS[entity_id.partition(".")[0]]
    state = hass.states.get(entity_id)
    entry = er.async_get(hass).async_get(entity_id)
    listed = (state.attributes.get(key) if state else None) or (
        (entry.capabilities or {}).get(key) if entry else None
    )
    return [str(each) for each in listed or ()]


def _mode_fields(hass: HomeAssistant, data: Data) -> Fields:
    thermostat = str(data["thermostat"])
    return {
        **_choices(_MODES, modes_of(hass, thermostat), data),
        **_choices(_PRESETS, modes_of(hass, thermostat, "preset_modes"), data),
        vol.Optional("released_c"): degrees(),
        vol.Required("hysteresis_k", default=0.5): number("K", highest=10),
    }


def _choices(keys: tuple[str, ...], listed: list[str], data: Data) -> Fields:
    """Make the fields of what a thermostat lists; one that sleeps lists what was chosen before."""
    chosen = [str(data[key]) for key in keys if data.get(key)]
    options = list(dict.fromkeys([*listed, *chosen]))
    return {vol.Optional(key): SelectSelector({"options": options}) for key in keys if options}


def _nothing_wrong(hass: HomeAssistant, data: Data) -> Errors:
    return {}


def with_modes(first: Form, data: Data) -> tuple[Form, ...]:
    """Return a form and pages for the modes of a thermostat and of a select, where they are."""
    pages = with_options(first, data)
    if not data.get("thermostat"):
        return pages
    return *pages, Form(f"{first.step}_modes", _mode_fields, _nothing_wrong)


def temperature_c(device: Device, look: Look) -> float:
    """Return the measured temperature.

    Raises:
        InputError: nobody says it.
    """
    if sensor := device.entity("temperature"):
        return look.measured(sensor, celsius)
    entity_id = device.entity("thermostat")
    value = look.needed(entity_id).attributes.get("current_temperature")
    if entity_id is None or not isinstance(value, int | float):
        raise look.unseen(entity_id)
    return celsius(float(value), device.range_of(entity_id).unit)


def shows_warmth(device: Device) -> list[str]:
    """Return the entities whose changes matter."""
    keys = (
        "power",
        "temperature",
        "thermostat",
        "temperature_number",
        "switch",
        "mode_select",
        "pump_active",
    )
    return [entity for key in keys for entity in device.entities(key)]


def heat(
    device: Device, order: Order, *, low_c: float, high_c: float, swing_k: float
) -> tuple[Action, ...]:
    """Return what carries out an order, in the order to send it.

    A thermostat only acts once its setpoint is off by its hysteresis: it is told as much more
    while it is to run, and less while it is to rest, but nothing beyond the band for that.

    Args:
        device: what is driven.
        order: what it should be doing.
        low_c, high_c: the band; its edges are what `off` and `on` keep.
        swing_k: the hysteresis; negative where it runs to make it colder.
    """
    if order == "default":
        return tuple(_released(device))
    if isinstance(order, DeviceCommand):
        on, wanted = order.on, order.setpoint_c
    else:
        on, wanted = order == "on", None
    warmer = on == (swing_k >= 0)
    if wanted is None:
        setpoint = high_c if warmer else low_c
    elif warmer:
        setpoint = min(wanted + abs(swing_k), max(wanted, high_c))
    else:
        setpoint = max(wanted - abs(swing_k), min(wanted, low_c))
    made = list(_thermostat(device, setpoint, on=on))
    if entity_id := device.entity("temperature_number"):
        made.append(_set_number(entity_id, setpoint, device.range_of(entity_id)))
    if entity_id := device.entity("switch"):
        made.append(switch(entity_id, on=on))
    made += set_contacts(device, str(device.data.get("sg_on" if on else "sg_off", "normal")))
    power_kw = order.power_kw if isinstance(order, DeviceCommand) else _full_kw(device, on=on)
    told = {"temperature_c": round(setpoint, 1)}
    word = "on" if on else "off"
    return (*made, *turn(device, word, on=on, power_kw=power_kw, volts=PHASE_V, **told))


def _full_kw(device: Device, *, on: bool) -> float:
    return device.number("power_kw", 0.0) if on else 0.0


def _thermostat(device: Device, setpoint: float, *, on: bool) -> Iterable[Action]:
    """Yield what a thermostat is told: a preset where one is chosen, else a temperature.

    A preset brings its own temperature, and one that is off takes none.
    """
    entity_id = device.entity("thermostat")
    if entity_id is None:
        return
    rest = None if on else device.entity("resting_mode")
    yield from set_mode(entity_id, rest or device.entity("driven_mode"))
    preset = device.entity("driven_preset" if on else "resting_preset")
    if preset is not None:
        yield set_preset(entity_id, preset)
    elif rest is None:
        yield _set_temperature(entity_id, setpoint, device.range_of(entity_id))


def set_preset(entity_id: str, preset: str) -> Action:
    """Return what sets the preset of a thermostat."""
    return Action(
        "climate",
        "set_preset_mode",
        {"entity_id": entity_id, "preset_mode": preset},
        Expect(entity_id, preset, attribute="preset_mode"),
    )


def _released(device: Device) -> Iterable[Action]:
    """Yield what lets it go its own ways; a mode comes last, as a temperature may change it."""
    value = device.data.get("released_c")
    thermostat, setter = device.entity("thermostat"), device.entity("temperature_number")
    if value is not None:
        released_c = device.number("released_c", 0.0)
        if thermostat:
            yield _set_temperature(thermostat, released_c, device.range_of(thermostat))
        if setter:
            yield _set_number(setter, released_c, device.range_of(setter))
    if thermostat:
        yield from set_mode(thermostat, device.entity("released_mode"))
        if preset := device.entity("released_preset"):
            yield set_preset(thermostat, preset)
    if entity_id := device.entity("switch"):
        yield switch(entity_id, on=True)
    yield from set_contacts(device, "normal")
    yield from released_mode(device)
    full_kw = device.number("power_kw", 0.0)
    shown = confirmation(device, "default", on=True, power_kw=full_kw, volts=PHASE_V)
    yield from steps(device, "default", power_kw=full_kw, volts=PHASE_V, shown=shown)


def set_mode(entity_id: str, mode: str | None) -> list[Action]:
    """Return what sets the mode of a thermostat; nothing where there is none to set."""
    domain = entity_id.partition(".")[0]
    service, key = _STATES[domain]
    if mode is None:
        return []
    return [Action(domain, service, {"entity_id": entity_id, key: mode}, Expect(entity_id, mode))]


def _held(value_c: float, limits: Range) -> float:
    """Return a temperature in a thermostat's unit and range, to its step."""
    value = value_c * 1.8 + 32 if limits.unit == "°F" else value_c
    held = min(max(value, limits.lowest), limits.highest)
    return round(round(held / limits.step) * limits.step, 3) if limits.step else round(held, 1)


def _set_temperature(entity_id: str, value_c: float, limits: Range) -> Action:
    held = _held(value_c, limits)
    return Action(
        entity_id.partition(".")[0],
        "set_temperature",
        {"entity_id": entity_id, "temperature": held},
        Expect(entity_id, held, max(SHOWN_K, limits.step / 2), "temperature"),
    )


def _set_number(entity_id: str, value_c: float, limits: Range) -> Action:
    return set_number(entity_id, _held(value_c, limits), limits)
