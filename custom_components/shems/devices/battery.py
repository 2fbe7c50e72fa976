"""A battery: its meters, its parameters and the entities that drive it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import SelectSelector, TimeSelector

from ..core.assets.battery import Battery
from ..core.assets.goal import Goal
from ..core.plan.result import Mode
from .battery_control import CONTROLS, actions
from .device import Device
from .form import (
    Data,
    Errors,
    Fields,
    Form,
    check_distinct,
    check_known,
    check_meters,
    check_percentages,
    check_powers,
    choice,
    entities,
    meters,
    number,
    percent,
    percentages,
    powers,
    wired,
    yes_or_no,
)
from .kind import Kind
from .look import at_minute, local
from .setpoint import NOMINAL_VOLTS, check_setpoints
from .settings import MODE_AUTO, MODE_PAUSED, DeviceSettings

_AHEAD_DAYS: Final = 4
"""Further than any plan looks."""
_DC_EFFICIENCY: Final = 0.97
"""Of the converter between modules and battery in common hybrid inverters."""

_POWERS: Final = ("power", "charge_power", "discharge_power")
_METERS: Final = ("charged_energy", "discharged_energy")
_SELECTS: Final = ("select", "input_select")
_NUMBERS: Final = ("number", "input_number")
_SWITCHES: Final = ("switch", "input_boolean")
_SWITCH_KEYS: Final = (
    "charge_switch",
    "discharge_switch",
    "force_charge_switch",
    "force_discharge_switch",
)

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


def _details(currency: str) -> vol.Schema:
    return vol.Schema(
        {
            vol.Required("charge_efficiency", default=95.0): number("%", lowest=50, highest=100),
            vol.Required("discharge_efficiency", default=95.0): number("%", lowest=50, highest=100),
            vol.Required("min_soc", default=0.0): percent(),
            vol.Required("max_soc", default=100.0): percent(),
            vol.Required("reserve_soc", default=10.0): percent(),
            vol.Required("wear_per_kwh", default=0.01): number(f"{currency}/kWh", highest=1000),
            vol.Required("may_charge_from_grid", default=True): yes_or_no(),
            vol.Required("may_discharge_to_grid", default=True): yes_or_no(),
            vol.Optional("phase"): wired(),
            vol.Optional("blackout_soc"): percent(),
            vol.Optional("full_by"): TimeSelector(),
            vol.Optional("full_soc"): percent(),
            vol.Optional("standby_w"): number("W", highest=1000),
            vol.Optional("idle_w"): number("W", highest=5000),
            vol.Optional("taper_soc"): percent(),
            vol.Optional("taper_kw"): number("kW", highest=1000),
            vol.Optional("inverter_kw"): number("kW", lowest=0.01, highest=1000),
            vol.Optional("solar_share"): percent(),
        }
    )


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
        vol.Required("capacity_kwh"): number("kWh", lowest=0.1, highest=10000),
        vol.Required("charge_kw"): limit,
        vol.Required("discharge_kw"): limit,
        vol.Required("details"): section(_details(hass.config.currency), {"collapsed": True}),
        vol.Required("control", default="none"): choice(CONTROLS, "battery_control"),
    }


def _check(hass: HomeAssistant, data: Data) -> Errors:
    errors = check_percentages(hass, data, "soc") | check_powers(hass, data, *_POWERS)
    errors |= check_meters(hass, data, *_METERS)
    errors |= check_distinct(data, *_POWERS) | check_distinct(data, *_METERS)
    pair = data.get("charge_power") and data.get("discharge_power")
    if not data.get("power") and not pair:
        errors.setdefault("power", "battery_power_missing")
    if data.get("power") and (data.get("charge_power") or data.get("discharge_power")):
        errors.setdefault("power", "battery_power_twice")
    if (data.get("taper_kw") or 0.0) > (data.get("charge_kw") or 0.0):
        errors["base"] = "taper_above_charge"
    if data.get("min_soc", 0) >= data.get("max_soc", 100):
        errors["base"] = "min_above_max"
    return errors


def _select_fields(hass: HomeAssistant, data: Data) -> Fields:
    return {
        vol.Required("mode_select"): entities(*_SELECTS),
        vol.Optional("power_number"): entities(*_NUMBERS),
        vol.Required("battery_volts", default=NOMINAL_VOLTS): number("V", lowest=1, highest=1500),
    }


def _select_check(hass: HomeAssistant, data: Data) -> Errors:
    errors = check_known(hass, data, "mode_select") | check_setpoints(hass, data, "power_number")
    if "mode_select" not in errors and not options_of(hass, data.get("mode_select")):
        errors["mode_select"] = "no_options"
    return errors


def options_of(hass: HomeAssistant, entity_id: Any) -> list[str]:
    """Return the options of a select, from its state or, before it has one, the registry."""
    state = hass.states.get(str(entity_id))
    entry = er.async_get(hass).async_get(str(entity_id))
    known = (state.attributes.get("options") if state else None) or (
        (entry.capabilities or {}).get("options") if entry else None
    )
    return [str(option) for option in known or ()]


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
        optional = key in ("option_absorb", "option_cover")
        guess = {"suggested_value": _guess(options, key)}
        marker = vol.Optional if optional else vol.Required
        fields[marker(key, description=guess)] = SelectSelector({"options": options})
    return fields


def _option_check(hass: HomeAssistant, data: Data) -> Errors:
    modes = [data.get(f"option_{mode}") for mode in (Mode.CHARGE, Mode.DISCHARGE, Mode.HOLD)]
    if data.get("option_self_consume") in modes or len(set(modes)) < len(modes):
        return {"base": "same_option"}
    return {}


def _number_fields(hass: HomeAssistant, data: Data) -> Fields:
    return {
        vol.Optional("power_number"): entities(*_NUMBERS),
        vol.Required("number_positive", default="discharge"): choice(
            ("charge", "discharge"), "number_positive"
        ),
        vol.Optional("charge_number"): entities(*_NUMBERS),
        vol.Optional("discharge_number"): entities(*_NUMBERS),
        vol.Required("release_value", default=0.0): number(None, lowest=-1e6),
        vol.Optional("enable"): entities(*_SWITCHES, *_SELECTS),
        vol.Required("battery_volts", default=NOMINAL_VOLTS): number("V", lowest=1, highest=1500),
    }


def _number_check(hass: HomeAssistant, data: Data) -> Errors:
    keys = ("power_number", "charge_number", "discharge_number")
    errors = check_setpoints(hass, data, *keys) | check_known(hass, data, "enable")
    errors |= check_distinct(data, *keys)
    one = bool(data.get("power_number"))
    two = bool(data.get("charge_number")) and bool(data.get("discharge_number"))
    if one == two or (one and (data.get("charge_number") or data.get("discharge_number"))):
        errors.setdefault("power_number", "setpoint_one_or_two")
    if _is_select(data.get("enable")) and not options_of(hass, data.get("enable")):
        errors.setdefault("enable", "no_options")
    return errors


def _is_select(entity_id: Any) -> bool:
    return str(entity_id).partition(".")[0] in _SELECTS


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
    "number": (Form("battery_number", _number_fields, _number_check),),
    "switch": (Form("battery_switch", _switch_fields, _switch_check),),
}
_ENABLE: Final = Form("battery_enable", _enable_fields, _enable_check)


def _forms(data: Data) -> tuple[Form, ...]:
    control = str(data.get("control", "none"))
    pages = (_FIRST, *_CONTROL.get(control, ()))
    if control == "number" and _is_select(data.get("enable")):
        pages = (*pages, _ENABLE)
    return pages


def _asset(device: Device) -> Battery:
    return Battery(
        device.id,
        device.name,
        capacity_kwh=device.number("capacity_kwh", 0.0),
        charge_kw=device.number("charge_kw", 0.0),
        discharge_kw=device.number("discharge_kw", 0.0),
        charge_efficiency=device.fraction("charge_efficiency", 0.95),
        discharge_efficiency=device.fraction("discharge_efficiency", 0.95),
        min_soc=device.fraction("min_soc", 0.0),
        max_soc=device.fraction("max_soc", 1.0),
        reserve_soc=device.fraction("reserve_soc", 0.0),
        wear_per_kwh=device.number("wear_per_kwh", 0.0),
        may_charge_from_grid=device.flag("may_charge_from_grid", True),
        may_discharge_to_grid=device.flag("may_discharge_to_grid", True),
        blackout_soc=device.fraction("blackout_soc", 0.0),
        standby_kw=device.number("standby_w", 0.0) / 1000,
        idle_kw=device.number("idle_w", 0.0) / 1000,
        taper_soc=device.fraction("taper_soc", 1.0),
        taper_kw=device.number("taper_kw", 0.0),
        inverter_kw=device.number("inverter_kw", 0.0) or None,
        solar_share=device.fraction("solar_share", 0.0),
        # The way from the modules is never worse than that from the grid.
        dc_efficiency=max(_DC_EFFICIENCY, device.fraction("charge_efficiency", 0.95)),
    )


def asked_of(
    device: Device, battery: Battery, settings: DeviceSettings, zone: str, at: float
) -> Battery:
    """Return a battery with the reserve its user chose, and with what is asked of it from now on.

    What its form wants every day is asked for the coming days.
    """
    reserve = battery.reserve_soc if settings.reserve is None else settings.reserve
    goals = [each for each in settings.goals if each.at > at]
    if device.data.get("full_by") is not None:
        minute, today = device.minutes("full_by", 0), local(at, zone).date()
        wanted = device.fraction("full_soc", 1.0) * battery.capacity_kwh
        daily = (at_minute(today + timedelta(days=day), minute, zone) for day in range(_AHEAD_DAYS))
        goals += [Goal(time, wanted) for time in daily if time > at]
    demands = tuple(each for each in settings.demands if each.end > at)
    return replace(battery, reserve_soc=reserve, goals=tuple(goals), demands=demands)


def _watched(device: Device) -> list[str]:
    keys = (
        "soc",
        *_POWERS,
        "mode_select",
        "power_number",
        "charge_number",
        "discharge_number",
        "enable",
        *_SWITCH_KEYS,
    )
    return [entity for key in keys for entity in device.entities(key)]


BATTERY: Final = Kind(
    "battery",
    _forms,
    _asset,
    _watched,
    actions,
    title="Battery",
    modes=(MODE_AUTO, "charge", "hold", MODE_PAUSED),
)
