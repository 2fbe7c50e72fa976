"""A solar array: its meter, its forecast and what throttles it."""

from typing import Final

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import SelectOptionDict, SelectSelector, SelectSelectorMode

from ..core.assets.solar import Solar
from ..core.dispatch.budget import FOLLOWING_A_DAY
from ..core.units import PHASE_V
from .action import Action, Order
from .device import Device
from .driving import check_ways, confirmation, in_section, manners, steps, steps_field
from .form import (
    Data,
    Errors,
    Fields,
    Form,
    check_known,
    check_meters,
    check_powers,
    check_seen,
    choice,
    entities,
    meters,
    number,
    powers,
    wired,
)
from .kind import Kind, one_page
from .setpoint import amount, check_setpoints, set_number, switch
from .settings import MODE_AUTO, MODE_PAUSED

_LIMITERS: Final = ("number", "input_number")
_SWITCHES: Final = ("switch", "input_boolean")
_LIMITS: Final = ("production", "export")


def throttle(device: Device, limit_kw: float | None) -> tuple[Action, ...]:
    """Return what throttles the array to a power, or releases it where there is no limit.

    An inverter that limits what is fed in, by a meter of its own, is told to feed in nothing:
    it follows the home's load by itself.
    """
    peak_kw = device.number("peak_kw", 0.0)
    power_kw = peak_kw if limit_kw is None else min(limit_kw, peak_kw)
    held = limit_kw is not None
    on = limit_kw is None or limit_kw > 0
    made = [switch(each, on=on) for each in device.entities("limit_switch")]
    made += [
        _limited(device, each, power_kw, held=held) for each in device.entities("limit_number")
    ]
    enable = [switch(each, on=held) for each in device.entities("limit_enable")]
    made = [*made, *enable] if held else [*enable, *made]
    word, volts = "limit" if held else "default", PHASE_V
    shown = confirmation(device, word, on=on, power_kw=power_kw, volts=volts)
    return (*made, *steps(device, word, power_kw=power_kw, volts=volts, shown=shown))


def _limited(device: Device, entity_id: str, power_kw: float, *, held: bool) -> Action:
    limits = device.limits(entity_id)
    peak_kw = device.number("peak_kw", 0.0)
    if held and device.data.get("limit_kind") == "export":
        return set_number(entity_id, 0.0, limits)
    if not held and device.data.get("limit_released") is not None:
        return set_number(entity_id, device.number("limit_released", 0.0), limits)
    return set_number(entity_id, amount(power_kw, limits, full_kw=peak_kw), limits)


def _ways() -> Fields:
    """Make the fields of how it is throttled besides by a number, in a section."""
    return in_section(
        {
            vol.Required("limit_kind", default="production"): choice(_LIMITS, "limit_kind"),
            vol.Optional("limit_released"): number(None, lowest=-1e6),
            vol.Optional("limit_enable"): entities(*_SWITCHES),
            vol.Optional("limit_switch"): entities(*_SWITCHES),
            **steps_field(),
            **manners(FOLLOWING_A_DAY),
        }
    )


def _fields(hass: HomeAssistant, data: Data) -> Fields:
    return {
        vol.Optional("power"): powers(),
        vol.Optional("energy"): meters(),
        vol.Optional("peak_kw"): number("kW", lowest=0.01, highest=1000),
        vol.Optional("forecast_entries"): _forecasts(hass, data),
        vol.Optional("limit_number"): entities(*_LIMITERS),
        **_ways(),
        vol.Optional("phase"): wired(),
        vol.Optional("modules"): section(
            vol.Schema(
                {
                    vol.Optional("tilt"): number("°", highest=90),
                    vol.Optional("azimuth"): number("°", highest=360),
                    vol.Optional("module_kw"): number("kW", lowest=0.01, highest=1000),
                    vol.Optional("east_horizon"): number("°", highest=30),
                    vol.Optional("west_horizon"): number("°", highest=30),
                }
            ),
            {"collapsed": True},
        ),
    }


def _forecasts(hass: HomeAssistant, data: Data) -> SelectSelector:
    """Offer what may forecast: the Energy dashboard's choice and every service with an entry."""
    chosen = data.get("forecast_entries") or ()
    entries = [
        entry
        for entry in hass.config_entries.async_entries()
        if entry.entry_id in chosen or entry.domain in _FORECASTERS
    ]
    return SelectSelector(
        {
            "options": [
                SelectOptionDict(value=entry.entry_id, label=entry.title) for entry in entries
            ],
            "multiple": True,
            "mode": SelectSelectorMode.DROPDOWN,
        }
    )


_FORECASTERS: Final = frozenset(
    {"forecast_solar", "open_meteo_solar_forecast", "solcast_solar", "solaredge_forecast", "demo"}
)
"""Integrations known to forecast solar power; others come with the Energy dashboard."""


def _check(hass: HomeAssistant, data: Data) -> Errors:
    errors = check_powers(hass, data, "power") | check_meters(hass, data, "energy")
    errors |= check_seen(data)
    errors |= check_setpoints(hass, data, "limit_number", units=("W", "kW", "%"))
    errors |= check_ways(hass, data)
    if check_known(hass, data, "limit_enable", "limit_switch"):
        errors["base"] = "driving_not_found"
    if _throttled(data) and not data.get("peak_kw"):
        errors.setdefault("peak_kw", "peak_needed")
    return errors


def _throttled(data: Data) -> bool:
    """Return whether it can be throttled to any power."""
    return bool(data.get("limit_number") or data.get("sequence"))


def _actions(device: Device, order: Order) -> tuple[Action, ...]:
    """Release the array; the plan's limits are given by `throttle`."""
    return throttle(device, None) if order == "default" else ()


def _asset(device: Device) -> Solar:
    return Solar(
        device.id,
        device.name,
        peak_kw=device.number("peak_kw", 0.0) or None,
        curtailable=_throttled(device.data),
        switched=device.entity("limit_switch") is not None and not _throttled(device.data),
        tilt_deg=_degrees(device, "tilt"),
        azimuth_deg=_degrees(device, "azimuth"),
        module_kw=device.number("module_kw", 0.0) or None,
    )


def _degrees(device: Device, key: str) -> float | None:
    return None if device.data.get(key) is None else device.number(key, 0.0)


def _watched(device: Device) -> list[str]:
    keys = ("power", "limit_number", "limit_enable", "limit_switch")
    return [entity for key in keys for entity in device.entities(key)]


SOLAR: Final = Kind(
    "solar",
    one_page(Form("solar", _fields, _check)),
    _asset,
    _watched,
    _actions,
    title="Solar",
    modes=(MODE_AUTO, MODE_PAUSED),
)
