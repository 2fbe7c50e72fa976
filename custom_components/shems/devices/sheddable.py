"""A load that the household can do without for a while, at a price: a freezer, an air dryer."""

from typing import Final

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import NumberSelector, NumberSelectorMode

from ..core.assets.sheddable import Sheddable, SheddableState
from ..core.assets.switching import Switching
from ..core.dispatch.command import DeviceCommand
from ..core.units import PHASE_V
from .action import Action, Order
from .device import Device
from .driving import check_ways, turn, with_options
from .form import (
    COOLS,
    Data,
    Errors,
    Fields,
    Form,
    asked,
    check_known,
    entities,
    number,
    yes_or_no,
)
from .kind import MODES_MOVED, Kind, Movement
from .look import Look
from .movable import (
    SWITCHES,
    check_measured,
    kilowatts,
    measured,
    otherwise_driven,
    takes_power,
)
from .setpoint import switch
from .timetable import check_timetables, timetable_fields


def _limits() -> vol.Schema:
    return vol.Schema(
        {
            vol.Optional("longest_h"): number("h", lowest=0.05, highest=24),
            vol.Optional("most_h_a_day"): number("h", lowest=0.05, highest=24),
            vol.Required("least_off_min", default=0.0): number("min", highest=1440),
            vol.Optional("starts_a_day"): NumberSelector(
                {"min": 1, "max": 96, "step": 1, "mode": NumberSelectorMode.BOX}
            ),
        }
    )


def _fields(hass: HomeAssistant, data: Data) -> Fields:
    return {
        **measured(),
        asked("power_kw", 1.0): kilowatts(),
        asked("usual_kw", 0.5): kilowatts(least=0.0),
        vol.Required("price_per_kwh", default=1.0): number(
            f"{hass.config.currency}/kWh", highest=1000
        ),
        vol.Optional("switch"): entities("light", *SWITCHES),
        vol.Optional(COOLS): yes_or_no(),
        **otherwise_driven(),
        vol.Required("limits"): section(_limits(), {"collapsed": True}),
        **timetable_fields(meaning="shedding_rule"),
    }


def _check(hass: HomeAssistant, data: Data) -> Errors:
    errors = check_measured(hass, data) | check_known(hass, data, "switch")
    errors |= check_ways(hass, data) | check_timetables(hass, data)
    if float(data.get("usual_kw") or 0.0) > float(data.get("power_kw") or 0.0):
        errors["usual_kw"] = "least_above_most"
    return errors


def _asset(device: Device) -> Sheddable:
    return Sheddable(
        device.id,
        device.name,
        most_shed_kw=device.number("power_kw", 0.0),
        price_per_kwh=device.number("price_per_kwh", 0.0),
        longest_h=device.number("longest_h", 0.0) or None,
        most_h_a_day=device.number("most_h_a_day", 0.0) or None,
        switching=Switching(
            least_off_h=device.number("least_off_min", 0.0) / 60,
            starts_a_day=int(device.number("starts_a_day", 0.0)) or None,
        ),
    )


def _state(device: Device, look: Look) -> SheddableState:
    return SheddableState(
        (device.number("usual_kw", 0.0),), look.seen.running, shed_h=look.seen.on_h
    )


def _shed(device: Device, look: Look) -> bool:
    """Return whether it is shed: what runs, for a plan, is its absence."""
    entity_id = device.entity("switch") or device.entity("mode_select")
    if entity_id is None:
        return not takes_power(device.number("power_kw", 0.0), look)
    state = look.state(entity_id)
    if state is None:
        return look.seen.running.on
    return state.state == (device.entity("option_off") if _by_mode(device) else "off")


def _by_mode(device: Device) -> bool:
    return device.entity("switch") is None


def _actions(device: Device, order: Order) -> tuple[Action, ...]:
    shed = order.on if isinstance(order, DeviceCommand) else order == "off"
    entity_id, word = device.entity("switch"), "off" if shed else "on"
    made = [switch(entity_id, on=not shed)] if entity_id else []
    power_kw = 0.0 if shed else device.number("power_kw", 0.0)
    made += turn(device, word, on=not shed, power_kw=power_kw, volts=PHASE_V)
    return tuple(made)


def _watched(device: Device) -> list[str]:
    keys = ("power", "switch", "mode_select")
    return [entity for key in keys for entity in device.entities(key)]


_FIRST: Final = Form("sheddable", _fields, _check)


def _forms(data: Data) -> tuple[Form, ...]:
    return with_options(_FIRST, data)


SHEDDABLE: Final = Kind(
    "sheddable",
    _forms,
    _asset,
    _watched,
    _actions,
    title="Sheddable load",
    modes=MODES_MOVED,
    movement=Movement(_state, _shed, in_load=True),
)
