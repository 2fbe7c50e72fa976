"""The grid connection: its meters and limits."""

from typing import Final

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section

from ..core.assets.connection import Connection
from .action import Action, Order
from .device import Device
from .form import (
    Data,
    Errors,
    Fields,
    Form,
    check_distinct,
    check_meters,
    check_powers,
    meters,
    number,
    powers,
    yes_or_no,
)
from .kind import Kind, one_page

_POWERS: Final = ("grid_power", "import_power", "export_power", "load_power")
_METERS: Final = ("import_energy", "export_energy")


def _fields(hass: HomeAssistant, data: Data) -> Fields:
    limit = number("kW", lowest=0.1, highest=1000)
    return {
        vol.Optional("grid_power"): powers(multiple=True),
        vol.Optional("grid_power_inverted", default=False): yes_or_no(),
        vol.Optional("import_power"): powers(multiple=True),
        vol.Optional("export_power"): powers(multiple=True),
        vol.Optional("load_power"): powers(),
        vol.Optional("import_energy"): meters(multiple=True),
        vol.Optional("export_energy"): meters(multiple=True),
        vol.Required("limits"): section(
            vol.Schema(
                {
                    vol.Required("import_limit_kw", default=17.0): limit,
                    vol.Required("export_limit_kw", default=17.0): limit,
                }
            ),
            {"collapsed": True},
        ),
    }


def _check(hass: HomeAssistant, data: Data) -> Errors:
    errors = check_powers(hass, data, *_POWERS) | check_meters(hass, data, *_METERS)
    errors |= check_distinct(data, *_POWERS) | check_distinct(data, *_METERS)
    if not data.get("grid_power") and not data.get("import_power"):
        errors.setdefault("grid_power", "grid_missing")
    if data.get("grid_power") and (data.get("import_power") or data.get("export_power")):
        errors.setdefault("grid_power", "grid_twice")
    return errors


def _asset(device: Device) -> Connection:
    return Connection(
        import_limit_kw=device.number("import_limit_kw", 17.0),
        export_limit_kw=device.number("export_limit_kw", 17.0),
    )


def _watched(device: Device) -> list[str]:
    return [entity for key in _POWERS for entity in device.entities(key)]


def _actions(device: Device, order: Order) -> tuple[Action, ...]:
    """Return nothing: the grid takes no orders."""
    return ()


CONNECTION: Final = Kind(
    "connection",
    one_page(Form("connection", _fields, _check)),
    _asset,
    _watched,
    _actions,
    title="Grid",
)
