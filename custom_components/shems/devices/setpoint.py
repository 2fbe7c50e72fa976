"""Writing to numbers, selects and switches: units, ranges and steps."""

import math
from collections.abc import Container
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from ..convert import power_kw
from .action import Action, Expect
from .device import Range
from .form import Data, Errors, known, unit_of

NOMINAL_VOLTS: Final = 51.2
"""A pack of 16 lithium iron phosphate cells, the commonest home battery driven by current."""

SETPOINT_UNITS: Final = ("W", "kW", "A", "%")

_OPTION: Final = 1e-3
"""A current that was reckoned from a power is that of an option in spite of rounding."""
_ROUNDING: Final = 0.01
"""Devices keep setpoints in steps of their own; one percent is no other setpoint."""


def range_of(hass: HomeAssistant, entity_id: str) -> Range:
    """Return what a number or thermostat takes, from its state or else the registry."""
    entry = er.async_get(hass).async_get(entity_id)
    state = hass.states.get(entity_id)
    facts = dict(entry.capabilities or {}) if entry else {}
    facts.update(state.attributes if state else {})
    domain = entity_id.partition(".")[0]
    # Thermostats show and take temperatures in the unit that Home Assistant is set to.
    thermostat = domain in ("climate", "water_heater")
    unit = hass.config.units.temperature_unit if thermostat else unit_of(hass, entity_id)
    return Range(
        unit,
        _float(facts.get("min", facts.get("min_temp")), -math.inf),
        _float(facts.get("max", facts.get("max_temp")), math.inf),
        _float(facts.get("step", facts.get("target_temp_step")), 0.0),
        tuple(each for each in facts.get("options") or () if _number(each) is not None),
    )


def _number(text: object) -> float | None:
    try:
        return float(str(text))
    except ValueError:
        return None


def level_of(hass: HomeAssistant, entity_id: str) -> float | None:
    """Return the number that an entity shows, None where it shows none."""
    state = hass.states.get(entity_id)
    try:
        return None if state is None else float(state.state)
    except ValueError:
        return None


def _float(value: object, default: float) -> float:
    return float(value) if isinstance(value, int | float) else default


def amount(power: float, limits: Range, *, full_kw: float, volts: float = NOMINAL_VOLTS) -> float:
    """Return a power of `power` kW in a number's unit.

    Args:
        power: kW, with the sign the number uses.
        limits: the number's unit.
        full_kw: what 100 % means.
        volts: what a current in A is multiplied by.

    Raises:
        InputError: the unit is no measure of power.
    """
    match limits.unit:
        case "%":
            return 100.0 * power / full_kw if full_kw else 0.0
        case "A":
            return 1000.0 * power / volts
        case unit:
            return power / power_kw(1.0, unit)


def set_number(entity_id: str, value: float, limits: Range) -> Action:
    """Return what sets a number to the nearest value it takes, never beyond `value`.

    Rounding is toward zero, so that a limit is not exceeded. Of a select's options the lowest
    is taken where all are above.
    """
    if limits.options:
        lowest = min(limits.options, key=float)
        below = [each for each in limits.options if float(each) <= value + _OPTION]
        return select(entity_id, max(below, key=float, default=lowest))
    held = min(max(value, limits.lowest), limits.highest)
    if limits.step:
        origin = limits.lowest if math.isfinite(limits.lowest) else 0.0
        steps = (held - origin) / limits.step
        whole = math.floor(steps + 1e-6) if held >= 0 else math.ceil(steps - 1e-6)
        held = round(origin + whole * limits.step, 6)
    domain = entity_id.partition(".")[0]
    tolerance = max(limits.step / 2, _ROUNDING * abs(held)) + 1e-6
    return Action(
        domain,
        "set_value",
        {"entity_id": entity_id, "value": held},
        Expect(entity_id, held, tolerance),
    )


def select(entity_id: str, option: str) -> Action:
    """Return what selects an option."""
    domain = entity_id.partition(".")[0]
    return Action(
        domain,
        "select_option",
        {"entity_id": entity_id, "option": option},
        Expect(entity_id, option),
    )


def switch(entity_id: str, *, on: bool) -> Action:
    """Return what turns a switch on or off."""
    word = "on" if on else "off"
    domain = entity_id.partition(".")[0]
    return Action(domain, f"turn_{word}", {"entity_id": entity_id}, Expect(entity_id, word))


def check_setpoints(
    hass: HomeAssistant, data: Data, *keys: str, units: Container[str | None] = SETPOINT_UNITS
) -> Errors:
    """Return an error for each field that holds no number for a power."""
    errors: Errors = {}
    for key in keys:
        entity_id = data.get(key)
        if not entity_id:
            continue
        if not known(hass, entity_id):
            errors[key] = "entity_not_found"
        elif (unit_of(hass, entity_id) or data.get("number_unit")) not in units:
            errors[key] = "not_setpoint"
    return errors
