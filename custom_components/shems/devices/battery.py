"""A battery: its meters, its parameters and the entities that drive it."""

from typing import Any, Final

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import ActionSelector, SelectSelector

from ..core.dispatch.budget import FOLLOWING_A_DAY, WRITES_A_DAY
from ..core.plan.result import Mode
from .battery_control import CONTROLS, actions
from .battery_details import asset, check_details, details
from .device import Device
from .driving import SELECTS, check_ways, in_section, manners, options_of
from .form import (
    Data,
    Errors,
    Fields,
    Form,
    asked,
    check_distinct,
    check_known,
    check_meters,
    check_percentages,
    check_powers,
    choice,
    entities,
    has_counter,
    known,
    meters,
    number,
    percentages,
    powers,
    yes_or_no,
)
from .kind import Kind
from .setpoint import NOMINAL_VOLTS, check_setpoints
from .settings import MODE_AUTO, MODE_PAUSED
from .timetable import check_timetables, timetable_fields

_POWERS: Final = ("power", "charge_power", "discharge_power")
_METERS: Final = ("charged_energy", "discharged_energy")
_NUMBERS: Final = ("number", "input_number")
_SWITCHES: Final = ("switch", "input_boolean")
_SWITCH_KEYS: Final = (
    "charge_switch",
    "discharge_switch",
    "force_charge_switch",
    "force_discharge_switch",
)

_LEVELS: Final = ("min_soc_number", "target_soc_number")
_SET: Final = (
    "mode_select",
    "power_number",
    "charge_number",
    "discharge_number",
    "enable",
    "grid_charge_switch",
    *_LEVELS,
    *_SWITCH_KEYS,
)
"""Fields of what drives it."""

_HINTS: Final[dict[str, tuple[str, ...]]] = {
    "option_self_consume": ("self", "auto", "general", "normal", "optim", "zero"),
    "option_charge": ("force charge", "forced charge", "charge"),
    "option_discharge": ("force discharge", "forced discharge", "discharge", "sell", "export"),
    "option_hold": ("hold", "idle", "standby", "stop", "pause", "off"),
    "option_absorb": ("absorb", "no discharge", "charge only", "solar only"),
    "option_cover": ("cover", "no charge", "discharge only"),
    "option_default": ("auto", "self", "general", "normal", "optim", "zero"),
}
"""Words that manufacturers use, the surest first."""
_SPARE_OPTIONS: Final = ("option_absorb", "option_cover")
"""What many batteries have no option for."""
_NEEDED_OPTIONS: Final = ("option_self_consume", "option_default")
"""Without the others a battery is held by limits, or plans do without forcing it."""


def _fields(hass: HomeAssistant, data: Data) -> Fields:
    limit = number("kW", lowest=0.01, highest=1000)
    return {
        vol.Required("soc"): percentages(),
        vol.Optional("power"): powers(),
        vol.Optional("power_inverted", default=False): yes_or_no(),
        vol.Optional("charge_power"): powers(),
        vol.Optional("discharge_power"): powers(),
        vol.Optional("charged_energy"): meters(),
        vol.Optional("discharged_energy"): meters(),
        asked("capacity_kwh", 10.0): number("kWh", lowest=0.1, highest=10000),
        asked("charge_kw", 5.0): limit,
        asked("discharge_kw", 5.0): limit,
        vol.Required("details"): section(details(hass.config.currency), {"collapsed": True}),
        **timetable_fields(meaning="resting_rule"),
        vol.Required("control", default="none"): choice(CONTROLS, "battery_control"),
    }


def _check(hass: HomeAssistant, data: Data) -> Errors:
    errors = check_percentages(hass, data, "soc") | check_powers(hass, data, *_POWERS)
    errors |= check_meters(hass, data, *_METERS)
    errors |= check_distinct(data, *_POWERS) | check_distinct(data, *_METERS)
    pair = data.get("charge_power") and data.get("discharge_power")
    counters = all(has_counter(data, key) for key in _METERS)
    if not data.get("power") and not pair and not counters:
        errors.setdefault("power", "battery_power_missing")
    if data.get("power") and (data.get("charge_power") or data.get("discharge_power")):
        errors.setdefault("power", "battery_power_twice")
    return errors | check_details(data) | check_timetables(hass, data)


def _volts() -> Fields:
    volts = number("V", lowest=1, highest=1500)
    return {vol.Required("battery_volts", default=NOMINAL_VOLTS): volts}


def _limit_numbers() -> Fields:
    return {
        vol.Optional("charge_number"): entities(*_NUMBERS),
        vol.Optional("discharge_number"): entities(*_NUMBERS),
        vol.Optional("min_soc_number"): entities(*_NUMBERS),
        vol.Optional("target_soc_number"): entities(*_NUMBERS),
        vol.Optional("grid_charge_switch"): entities(*_SWITCHES),
    }


def _check_limits(hass: HomeAssistant, data: Data) -> Errors:
    errors = check_setpoints(hass, data, "charge_number", "discharge_number")
    errors |= check_percentages(hass, data, *_LEVELS)
    errors |= check_known(hass, data, "grid_charge_switch")
    numbers = ("power_number", "charge_number", "discharge_number")
    return errors | check_distinct(data, *numbers, *_LEVELS)


def _select_fields(hass: HomeAssistant, data: Data) -> Fields:
    return {
        vol.Required("mode_select"): entities(*SELECTS),
        vol.Optional("power_number"): entities(*_NUMBERS),
        **_limit_numbers(),
        vol.Optional("limits_always", default=True): yes_or_no(),
        vol.Optional("enable"): entities(*_SWITCHES, *SELECTS),
        **_volts(),
        **in_section(manners(WRITES_A_DAY)),
    }


def _select_check(hass: HomeAssistant, data: Data) -> Errors:
    errors = check_known(hass, data, "mode_select", "enable")
    errors |= check_setpoints(hass, data, "power_number") | _check_limits(hass, data)
    if "mode_select" not in errors and not options_of(hass, data.get("mode_select")):
        errors["mode_select"] = "no_options"
    return errors | _check_enable(hass, data) | check_ways(hass, {"confirm": data.get("confirm")})


def _check_enable(hass: HomeAssistant, data: Data) -> Errors:
    lacking = _is_select(data.get("enable")) and not options_of(hass, data.get("enable"))
    return {"enable": "no_options"} if lacking and known(hass, str(data["enable"])) else {}


def _limits_fields(hass: HomeAssistant, data: Data) -> Fields:
    return {**_limit_numbers(), **_volts(), **in_section(manners(WRITES_A_DAY))}


def _limits_check(hass: HomeAssistant, data: Data) -> Errors:
    errors = _check_limits(hass, data) | check_ways(hass, {"confirm": data.get("confirm")})
    if not any(data.get(key) for key in ("discharge_number", "min_soc_number")):
        errors.setdefault("base", "limits_missing")
    return errors


def _actions_fields(hass: HomeAssistant, data: Data) -> Fields:
    return {
        vol.Required("sequence"): ActionSelector({}),
        **_volts(),
        **in_section(manners(WRITES_A_DAY)),
    }


def _actions_check(hass: HomeAssistant, data: Data) -> Errors:
    own = {key: data.get(key) for key in ("confirm", "sequence")}
    return check_ways(hass, own)


def _guess(options: list[str], key: str) -> str | None:
    plain = {option: option.lower().replace("_", " ").replace("-", " ") for option in options}
    for hint in _HINTS[key]:
        for option, text in plain.items():
            words = text.split()
            if text == hint or hint in words or (hint not in ("charge", "off") and hint in text):
                return option
    return None


def _option_fields(hass: HomeAssistant, data: Data) -> Fields:
    options = options_of(hass, data.get("mode_select"))
    fields: Fields = {}
    for key in _HINTS:
        guess = {"suggested_value": _guess(options, key)}
        marker = vol.Required if key in _NEEDED_OPTIONS else vol.Optional
        fields[marker(key, description=guess)] = SelectSelector({"options": options})
    return fields


def _option_check(hass: HomeAssistant, data: Data) -> Errors:
    distinct = (Mode.SELF_CONSUME, Mode.CHARGE, Mode.DISCHARGE, Mode.HOLD)
    modes = [each for mode in distinct if (each := data.get(f"option_{mode}")) is not None]
    if len(set(modes)) < len(modes):
        return {"base": "same_option"}
    return {}


def mode_options(hass: HomeAssistant, entity_id: str) -> dict[str, str]:
    """Return what a select's options mean, nothing where the words leave one of them open."""
    options = options_of(hass, entity_id)
    meant: dict[str, str] = {}
    for key in _HINTS:
        option = _guess(options, key)
        if option is not None:
            meant[key] = option
        elif key not in _SPARE_OPTIONS:
            return {}
    return {} if _option_check(hass, meant) else meant


def _number_fields(hass: HomeAssistant, data: Data) -> Fields:
    return {
        vol.Optional("power_number"): entities(*_NUMBERS),
        vol.Required("number_positive", default="discharge"): choice(
            ("charge", "discharge"), "number_positive"
        ),
        vol.Optional("charge_number"): entities(*_NUMBERS),
        vol.Optional("discharge_number"): entities(*_NUMBERS),
        vol.Required("release_value", default=0.0): number(None, lowest=-1e6),
        vol.Optional("enable"): entities(*_SWITCHES, *SELECTS),
        **_volts(),
        **in_section(manners(FOLLOWING_A_DAY)),
    }


def _number_check(hass: HomeAssistant, data: Data) -> Errors:
    keys = ("power_number", "charge_number", "discharge_number")
    errors = check_setpoints(hass, data, *keys) | check_known(hass, data, "enable")
    errors |= check_distinct(data, *keys)
    one = bool(data.get("power_number"))
    two = bool(data.get("charge_number")) and bool(data.get("discharge_number"))
    if one == two or (one and (data.get("charge_number") or data.get("discharge_number"))):
        errors.setdefault("power_number", "setpoint_one_or_two")
    return _check_enable(hass, data) | errors


def _is_select(entity_id: Any) -> bool:
    return str(entity_id).partition(".")[0] in SELECTS


def _enable_fields(hass: HomeAssistant, data: Data) -> Fields:
    options = options_of(hass, data.get("enable"))
    return {
        vol.Required("enable_option"): SelectSelector({"options": options}),
        vol.Required("release_option"): SelectSelector({"options": options}),
    }


def _enable_check(hass: HomeAssistant, data: Data) -> Errors:
    same = data.get("enable_option") == data.get("release_option")
    return {"base": "same_option"} if same else {}


def _switch_fields(hass: HomeAssistant, data: Data) -> Fields:
    return {vol.Optional(key): entities(*_SWITCHES) for key in _SWITCH_KEYS}


def _switch_check(hass: HomeAssistant, data: Data) -> Errors:
    errors = check_known(hass, data, *_SWITCH_KEYS) | check_distinct(data, *_SWITCH_KEYS)
    if not any(data.get(key) for key in _SWITCH_KEYS):
        errors["base"] = "switch_missing"
    return errors


_FIRST: Final = Form("battery", _fields, _check)
_CONTROL: Final = {
    "select": (
        Form("battery_select", _select_fields, _select_check),
        Form("battery_options", _option_fields, _option_check),
    ),
    "limits": (Form("battery_limits", _limits_fields, _limits_check),),
    "actions": (Form("battery_actions", _actions_fields, _actions_check),),
    "number": (Form("battery_number", _number_fields, _number_check),),
    "switch": (Form("battery_switch", _switch_fields, _switch_check),),
}
_ENABLE: Final = Form("battery_enable", _enable_fields, _enable_check)


def _forms(data: Data) -> tuple[Form, ...]:
    control = str(data.get("control", "none"))
    pages = (_FIRST, *_CONTROL.get(control, ()))
    if control in ("select", "number") and _is_select(data.get("enable")):
        pages = (*pages, _ENABLE)
    return pages


def _watched(device: Device) -> list[str]:
    return [entity for key in ("soc", *_POWERS, *_SET) for entity in device.entities(key)]


BATTERY: Final = Kind(
    "battery",
    _forms,
    asset,
    _watched,
    actions,
    title="Battery",
    modes=(MODE_AUTO, "charge", "hold", MODE_PAUSED),
)
