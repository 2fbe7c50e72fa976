"""Ways to drive any device: by modes of a select, by buttons, by a user's own steps."""

from collections.abc import Mapping
from typing import Any, Final

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import ActionSelector, EntitySelector, SelectSelector

from ..convert import POWER_UNITS
from .action import Action, Expect
from .device import Device
from .form import Data, Errors, Fields, Form, check_known, choice, entities, number
from .setpoint import SETPOINT_UNITS, select

SELECTS: Final = ("select", "input_select")
BUTTONS: Final = ("button", "input_button")
WAYS: Final = ("mode_select", "start_button", "stop_button", "sequence")
"""Fields of which one is enough to drive a device."""

_TURNED: Final = ("binary_sensor", "input_boolean", "switch")
_CONFIRMED_SHARE: Final = 0.05
_CONFIRMED: Final = {"W": 100.0, "kW": 0.1, "A": 0.5, "%": 1.0}
"""How far a power that is measured may be off: inverters and chargers regulate to about that."""


def manners(writes_a_day: int) -> Fields:
    """Make the fields of how often a device is written to, and what shows that it follows."""
    return {
        vol.Optional("confirm"): EntitySelector({}),
        vol.Optional("number_unit"): choice(SETPOINT_UNITS, "number_unit"),
        vol.Required("writes_a_day", default=float(writes_a_day)): number(
            None, lowest=1, highest=100000, step=1
        ),
        vol.Optional("refresh_min"): number("min", lowest=1, highest=1440),
    }


def in_section(fields: Fields) -> Fields:
    """Return fields in the section that all forms call the same."""
    return {vol.Optional("driving"): section(vol.Schema(fields), {"collapsed": True})}


def steps_field() -> Fields:
    """Make the field of a user's own steps."""
    return {vol.Optional("sequence"): ActionSelector({})}


def ways() -> Fields:
    """Make the fields of a select, of buttons and of steps."""
    return {
        vol.Optional("mode_select"): entities(*SELECTS),
        vol.Optional("start_button"): entities(*BUTTONS),
        vol.Optional("stop_button"): entities(*BUTTONS),
        **steps_field(),
    }


def check_ways(hass: HomeAssistant, data: Data) -> Errors:
    """Return what is wrong with these fields; those in a section have no place of their own."""
    unknown = check_known(hass, data, "mode_select", "start_button", "stop_button", "confirm")
    if unknown:
        return {"base": "driving_not_found"}
    if wrong := check_steps(data):
        return wrong
    if data.get("mode_select") and not options_of(hass, data["mode_select"]):
        return {"base": "no_options"}
    if bool(data.get("start_button")) != bool(data.get("stop_button")):
        return {"base": "button_alone"}
    return {}


def check_steps(data: Data) -> Errors:
    """Return what is wrong with a user's own steps: a sequence that no script could run."""
    try:
        cv.SCRIPT_SCHEMA(list(data.get("sequence") or ()))
    except vol.Invalid:
        return {"base": "sequence_invalid"}
    return {}


def options_of(hass: HomeAssistant, entity_id: Any) -> list[str]:
    """Return the options of a select, from its state or, before it has one, the registry."""
    state = hass.states.get(str(entity_id))
    entry = er.async_get(hass).async_get(str(entity_id))
    known = (state.attributes.get("options") if state else None) or (
        (entry.capabilities or {}).get("options") if entry else None
    )
    return [str(option) for option in known or ()]


def with_options(first: Form, data: Data) -> tuple[Form, ...]:
    """Return a form and, where there is a select, a page for its options."""
    if not data.get("mode_select"):
        return (first,)
    return first, Form(f"{first.step}_options", _option_fields, _option_check)


def _option_fields(hass: HomeAssistant, data: Data) -> Fields:
    options = SelectSelector({"options": options_of(hass, data["mode_select"])})
    return {
        vol.Required("option_on"): options,
        vol.Required("option_off"): options,
        vol.Optional("option_default"): options,
    }


def _option_check(hass: HomeAssistant, data: Data) -> Errors:
    same = data.get("option_on") == data.get("option_off")
    return {"base": "same_option"} if same else {}


def turn(
    device: Device, word: str, *, on: bool, power_kw: float, volts: float, **variables: Any
) -> list[Action]:
    """Return what a select, buttons and steps are told.

    Args:
        device: what is driven.
        word: what steps are told it should be doing; `default` gives a device back.
        on: whether it is to run.
        power_kw: what it is to take, or to give.
        volts: what a current is multiplied by.
        variables: what else steps are told.
    """
    made = []
    shown = confirmation(device, word, on=on, power_kw=power_kw, volts=volts)
    if entity_id := device.entity("mode_select"):
        option = device.entity("option_on" if on else "option_off")
        made += [select(entity_id, option)] if option else []
    if entity_id := device.entity("start_button" if on else "stop_button"):
        domain = entity_id.partition(".")[0]
        made.append(Action(domain, "press", {"entity_id": entity_id}, shown))
    return made + steps(device, word, power_kw=power_kw, volts=volts, shown=shown, **variables)


def released_mode(device: Device) -> list[Action]:
    """Return what selects the mode that is a device's own, where it has one."""
    entity_id, option = device.entity("mode_select"), device.entity("option_default")
    return [select(entity_id, option)] if entity_id and option else []


def steps(
    device: Device,
    word: str,
    *,
    power_kw: float,
    volts: float,
    shown: Expect | None,
    **variables: Any,
) -> list[Action]:
    """Return a user's own steps with what they are told."""
    sequence = device.data.get("sequence")
    if not sequence:
        return []
    told: Mapping[str, Any] = {
        "mode": word,
        "power_w": round(1000 * power_kw),
        "current_a": round(1000 * power_kw / volts, 1),
        "soc": device.number("target_soc", device.number("max_soc", 100.0)),
        **variables,
    }
    return [Action("script", "steps", told, shown, tuple(sequence))]


def confirmation(
    device: Device, word: str, *, on: bool, power_kw: float, volts: float
) -> Expect | None:
    """Return what the entity shows that a user has named to see whether a device follows.

    By what it is: on or off; a power, current or share of the highest; else the mode's name.
    Of a device that was given back, only the name of its mode is known.
    """
    entity_id = device.entity("confirm")
    if entity_id is None:
        return None
    unit = device.range_of(entity_id).unit
    released = word == "default"
    if entity_id.partition(".")[0] in _TURNED:
        return None if released else Expect(entity_id, "on" if on else "off", lasts=False)
    if unit not in _CONFIRMED and unit not in POWER_UNITS:
        return Expect(entity_id, word)
    if released or unit not in _CONFIRMED or unit == "%":
        return None
    value = {"W": 1000 * power_kw, "kW": power_kw, "A": 1000 * power_kw / volts}[unit]
    tolerance = max(_CONFIRMED[unit], _CONFIRMED_SHARE * abs(value))
    return Expect(entity_id, value, tolerance, lasts=False)
