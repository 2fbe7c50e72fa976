"""A consumer that is measured, perhaps with a switch."""

from typing import Final

import probatio as vol
from homeassistant.core import HomeAssistant

from ..core.assets.load import Load
from .action import Action, Order
from .device import Device
from .form import (
    COOLS,
    Data,
    Errors,
    Fields,
    Form,
    check_known,
    check_meters,
    check_powers,
    check_seen,
    entities,
    meters,
    powers,
    yes_or_no,
)
from .kind import Kind, one_page
from .setpoint import switch
from .settings import MODE_AUTO, MODE_PAUSED

_SWITCHES: Final = ("switch", "light", "input_boolean")


def actions(device: Device, order: Order) -> tuple[Action, ...]:
    """Return what turns the consumer on or off; by default it stays as it is."""
    entity_id = device.entity("switch")
    if entity_id is None or order not in ("on", "off"):
        return ()
    return (switch(entity_id, on=order == "on"),)


def _fields(hass: HomeAssistant, data: Data) -> Fields:
    return {
        vol.Optional("power"): powers(),
        vol.Optional("energy"): meters(),
        vol.Optional("switch"): entities(*_SWITCHES),
        vol.Optional("flexible"): yes_or_no(),
        vol.Optional(COOLS): yes_or_no(),
    }


def _check(hass: HomeAssistant, data: Data) -> Errors:
    return (
        check_powers(hass, data, "power")
        | check_meters(hass, data, "energy")
        | check_seen(data)
        | check_known(hass, data, "switch")
    )


def _watched(device: Device) -> list[str]:
    return [entity for key in ("power", "switch") for entity in device.entities(key)]


LOAD: Final = Kind(
    "load",
    one_page(Form("load", _fields, _check)),
    lambda device: Load(device.id, device.name),
    _watched,
    actions,
    title="Consumer",
    modes=(MODE_AUTO, "on", "off", MODE_PAUSED),
)
