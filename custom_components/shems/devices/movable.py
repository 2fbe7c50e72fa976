"""What the forms and orders of all devices that are moved in time have in common."""

from typing import Any, Final

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import NumberSelector, NumberSelectorMode, TimeSelector

from ..core.assets.switching import Switching
from ..core.dispatch.budget import WRITES_A_DAY
from ..core.dispatch.command import DeviceCommand
from .action import Action, Order
from .device import Device
from .driving import SELECTS, WAYS, check_ways, in_section, manners, released_mode, turn, ways
from .form import (
    Data,
    Errors,
    Fields,
    check_distinct,
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
    yes_or_no,
)
from .look import Look
from .setpoint import amount, check_setpoints, set_number, switch

SWITCHES: Final = ("switch", "input_boolean")
NUMBERS: Final = ("number", "input_number")
KEPT: Final = ("keep", "on", "off")
"""What becomes of a device that SHEMS gives back."""

_STANDBY_SHARE: Final = 0.05
_STANDBY_KW: Final = 0.02
"""Less is a device at rest: its display, its pump, its meter's error."""


def measured() -> Fields:
    """Make the fields of its meters."""
    return {vol.Optional("power"): powers(), vol.Optional("energy"): meters()}


def check_measured(hass: HomeAssistant, data: Data) -> Errors:
    """Return what is wrong with its meters."""
    meters = check_powers(hass, data, "power") | check_meters(hass, data, "energy")
    return check_seen(data) | meters


def time_of_day() -> TimeSelector:
    """Make a time of day to choose."""
    return TimeSelector()


def kilowatts(*, least: float = 0.01) -> NumberSelector:
    """Make a power to type in."""
    return number("kW", lowest=least, highest=1000)


def _count() -> NumberSelector:
    return NumberSelector({"min": 1, "max": 96, "step": 1, "mode": NumberSelectorMode.BOX})


def pace(least_on_min: float = 0.0, least_off_min: float = 0.0) -> Fields:
    """Make the fields of how often it may be switched, and what may feed it, in a section."""
    minutes = number("min", highest=1440)
    fields: Fields = {
        vol.Required("least_on_min", default=least_on_min): minutes,
        vol.Required("least_off_min", default=least_off_min): minutes,
        vol.Optional("starts_a_day"): _count(),
        vol.Required("from_battery", default=True): yes_or_no(),
        vol.Optional("phase"): wired(),
    }
    return {vol.Required("pace"): section(vol.Schema(fields), {"collapsed": True})}


def switching(device: Device) -> Switching:
    """Return how often it may be switched."""
    starts = device.number("starts_a_day", 0.0)
    return Switching(
        device.number("least_on_min", 0.0) / 60,
        device.number("least_off_min", 0.0) / 60,
        int(starts) or None,
    )


def driven_by(released: str) -> Fields:
    """Make the fields of a switch and a number, and of what becomes of it in the end."""
    return {
        vol.Optional("switch"): entities(*SWITCHES),
        vol.Optional("power_number"): entities(*NUMBERS, *SELECTS),
        vol.Required("released", default=released): choice(KEPT, "released"),
    }


def otherwise_driven() -> Fields:
    """Make the fields of other ways to drive it, in a section."""
    return in_section({**ways(), **manners(WRITES_A_DAY)})


def check_driven(hass: HomeAssistant, data: Data) -> Errors:
    """Return what is wrong with the switch and the number."""
    return (
        check_known(hass, data, "switch")
        | check_setpoints(hass, data, "power_number")
        | check_distinct(data, "switch", "power_number")
        | check_ways(hass, data)
    )


def drive(
    device: Device, order: Order, *, full_kw: float, volts: float, **variables: Any
) -> tuple[Action, ...]:
    """Return what a device is told that takes a power or none, in the order to send it.

    The power comes before the switch that lets it flow.

    Args:
        device: what is driven.
        order: what it should be doing.
        full_kw: its most power.
        volts: what a current in A is multiplied by.
        variables: what else a user's own steps are told.

    Raises:
        InputError: the number has no unit of power.
    """
    if isinstance(order, DeviceCommand):
        power = order.power_kw if order.on else 0.0
    else:
        released = str(device.data.get("released", "keep"))
        word = released if order == "default" else order
        if word not in ("on", "off"):
            return tuple(released_mode(device)) if order == "default" else ()
        power = full_kw if word == "on" else 0.0
    on = power != 0.0
    made = []
    turned, entity_id = device.entity("switch"), device.entity("power_number")
    cut = any(device.data.get(key) for key in ("switch", *WAYS))
    # Where something else cuts the current, the number waits for the next time.
    if entity_id is not None and (on or not cut):
        limits = device.limits(entity_id)
        wanted = amount(power, limits, full_kw=full_kw, volts=volts)
        made.append(set_number(entity_id, wanted, limits))
    if turned is not None:
        made.append(switch(turned, on=on))
    word = "on" if on else "off"
    made += turn(device, word, on=on, power_kw=power, volts=volts, **variables)
    # A mode of its own comes last: it takes the place of what lets it run meanwhile.
    own = released_mode(device) if order == "default" else []
    others = [each for each in made if not own or device.entity("mode_select") not in each.entities]
    return (*others, *own)


def takes_power(full_kw: float, look: Look) -> bool:
    """Return whether it takes more than a device at rest; unseen it goes on as it was."""
    if look.power_kw is None:
        return look.seen.running.on
    return abs(look.power_kw) > max(_STANDBY_KW, _STANDBY_SHARE * full_kw)
