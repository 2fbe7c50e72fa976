"""A solar array: its meter, its forecast and what throttles it."""

from typing import Final

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import SelectOptionDict, SelectSelector, SelectSelectorMode

from ..core.assets.solar import Solar
from .action import Action, Order
from .device import Device
from .form import (
    Data,
    Errors,
    Fields,
    Form,
    check_meters,
    check_powers,
    check_seen,
    entities,
    meters,
    number,
    powers,
    wired,
)
from .kind import Kind, one_page
from .setpoint import amount, check_setpoints, set_number
from .settings import MODE_AUTO, MODE_PAUSED

_LIMITERS: Final = ("number", "input_number")


def throttle(device: Device, limit_kw: float | None) -> tuple[Action, ...]:
    """Return what throttles the array to a power, or releases it where there is no limit."""
    entity_id = device.entity("limit_number")
    if entity_id is None:
        return ()
    peak_kw = device.number("peak_kw", 0.0)
    limits = device.range_of(entity_id)
    power_kw = peak_kw if limit_kw is None else min(limit_kw, peak_kw)
    return (set_number(entity_id, amount(power_kw, limits, full_kw=peak_kw), limits),)


def _fields(hass: HomeAssistant, data: Data) -> Fields:
    return {
        vol.Optional("power"): powers(),
        vol.Optional("energy"): meters(),
        vol.Optional("peak_kw"): number("kW", lowest=0.01, highest=1000),
        vol.Optional("forecast_entries"): _forecasts(hass, data),
        vol.Optional("limit_number"): entities(*_LIMITERS),
        vol.Optional("phase"): wired(),
        vol.Optional("modules"): section(
            vol.Schema(
                {
                    vol.Optional("tilt"): number("°", highest=90),
                    vol.Optional("azimuth"): number("°", highest=360),
                    vol.Optional("module_kw"): number("kW", lowest=0.01, highest=1000),
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
    if data.get("limit_number") and not data.get("peak_kw"):
        errors.setdefault("peak_kw", "peak_needed")
    return errors


def _actions(device: Device, order: Order) -> tuple[Action, ...]:
    """Release the array; the plan's limits are given by `throttle`."""
    return throttle(device, None) if order == "default" else ()


def _asset(device: Device) -> Solar:
    return Solar(
        device.id,
        device.name,
        peak_kw=device.number("peak_kw", 0.0) or None,
        # A real array is not throttled yet, so no plan may count on it.
        curtailable=device.simulated and device.entity("limit_number") is not None,
        tilt_deg=_degrees(device, "tilt"),
        azimuth_deg=_degrees(device, "azimuth"),
        module_kw=device.number("module_kw", 0.0) or None,
    )


def _degrees(device: Device, key: str) -> float | None:
    return None if device.data.get(key) is None else device.number(key, 0.0)


def _watched(device: Device) -> list[str]:
    return [entity for key in ("power", "limit_number") for entity in device.entities(key)]


SOLAR: Final = Kind(
    "solar",
    one_page(Form("solar", _fields, _check)),
    _asset,
    _watched,
    _actions,
    title="Solar",
    modes=(MODE_AUTO, MODE_PAUSED),
)
