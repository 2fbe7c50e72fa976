"""An electric car at its charger: when it is there, what it wants by when, and what charges it."""

from dataclasses import replace
from functools import partial
from typing import Any, Final

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import SelectSelector

from ..convert import percent_of
from ..core.assets.stay import VehicleState
from ..core.assets.vehicle import Vehicle
from ..core.dispatch.command import DeviceCommand
from ..core.units import PHASE_V
from .action import Action, Order
from .device import Device
from .driving import with_options
from .form import (
    Data,
    Errors,
    Fields,
    Form,
    check_known,
    check_percentages,
    entities,
    number,
    percent,
    percentages,
    yes_or_no,
)
from .kind import MODES_MOVED, Kind, Movement
from .look import Look
from .movable import (
    check_driven,
    check_measured,
    drive,
    driven_by,
    kilowatts,
    measured,
    otherwise_driven,
    pace,
    switching,
    takes_power,
    time_of_day,
)
from .setpoint import range_of
from .staying import by_calendar, learned, leaving, sources, stays
from .timetable import away, check_timetables, presence_fields, timetable_fields

_PRESENCE: Final = (
    "binary_sensor",
    "device_tracker",
    "input_boolean",
    "input_select",
    "select",
    "sensor",
)
_ABSENT: Final = (
    "off",
    "false",
    "away",
    "not_home",
    "unplugged",
    "disconnected",
    "not_connected",
    "no_vehicle",
    "available",
)
"""What chargers call a socket without a car; OCPP's word for it is `available`."""
_FULL: Final = 1.0
_SOME_KW: Final = 1e-6


def _several(options: tuple[str, ...]) -> SelectSelector:
    return SelectSelector({"options": list(options), "multiple": True, "custom_value": True})


def _details(currency: str) -> vol.Schema:
    return vol.Schema(
        {
            vol.Required("phases", default="3"): SelectSelector(
                {"options": ["1", "2", "3"], "translation_key": "phases"}
            ),
            vol.Required("switchable_phases", default=False): yes_or_no(),
            vol.Required("charge_efficiency", default=90.0): number("%", lowest=50, highest=100),
            vol.Required("limit_soc", default=100.0): percent(),
            vol.Required("least_soc", default=0.0): percent(),
            vol.Required("surplus", default=True): yes_or_no(),
            vol.Required("from_grid", default=True): yes_or_no(),
            vol.Optional("cheap_below"): number(f"{currency}/kWh", lowest=-1000, highest=1000),
            vol.Required("discharge_kw", default=0.0): kilowatts(least=0.0),
            vol.Required("wear_per_kwh", default=0.05): number(f"{currency}/kWh", highest=1000),
            vol.Required("to_grid", default=False): yes_or_no(),
        }
    )


def _fields(hass: HomeAssistant, data: Data) -> Fields:
    return {
        **measured(),
        vol.Optional("soc"): percentages(),
        vol.Required("capacity_kwh", default=60.0): number("kWh", lowest=1, highest=1000),
        vol.Required("charge_kw", default=11.0): kilowatts(),
        vol.Required("least_kw", default=4.14): kilowatts(least=0.0),
        vol.Optional("connected"): entities(*_PRESENCE),
        vol.Required("absent_states", default=list(_ABSENT)): _several(_ABSENT),
        vol.Required("ready_by", default="07:00:00"): time_of_day(),
        vol.Required("target_soc", default=80.0): percent(),
        vol.Required("session_kwh", default=10.0): number("kWh", highest=1000),
        vol.Optional("arrives_at"): time_of_day(),
        **driven_by("on"),
        **otherwise_driven(),
        vol.Required("details"): section(_details(hass.config.currency), {"collapsed": True}),
        **pace(5.0, 5.0),
        **timetable_fields(presence_fields()),
    }


def _check(hass: HomeAssistant, data: Data) -> Errors:
    errors = check_timetables(hass, data) | check_measured(hass, data) | check_driven(hass, data)
    errors |= check_percentages(hass, data, "soc") | check_known(hass, data, "connected")
    if float(data.get("least_kw") or 0.0) > float(data.get("charge_kw") or 0.0):
        errors["least_kw"] = "least_above_most"
    if errors:
        return errors
    device = Device("", "vehicle", "", data, range_of=partial(range_of, hass))
    if float(data.get("discharge_kw") or 0.0) > 0 and not _gives_when_told(device):
        return {"base": "gives_back_untold"}
    if data.get("switchable_phases") and not _phases_told(device):
        return {"base": "phases_untold"}
    return {}


def _asset(device: Device) -> Vehicle:
    cheap: Any = device.data.get("cheap_below")
    charge_kw = device.number("charge_kw", 0.0)
    # Without a number it charges with all it has, or not at all; steps can do anything.
    least_kw = device.number("least_kw", 0.0) if _adjustable(device) else charge_kw
    switchable = device.flag("switchable_phases")
    if switchable and not _phases_told(device):
        switchable, least_kw = False, min(_phases(device) * least_kw, charge_kw)
    return Vehicle(
        device.id,
        device.name,
        capacity_kwh=device.number("capacity_kwh", 0.0),
        charge_kw=charge_kw,
        least_kw=least_kw,
        charge_efficiency=device.fraction("charge_efficiency", 0.9),
        phases=_phases(device),
        switchable_phases=switchable,
        discharge_kw=device.number("discharge_kw", 0.0) if _gives_when_told(device) else 0.0,
        limit_soc=device.fraction("limit_soc", _FULL),
        least_soc=device.fraction("least_soc", 0.0),
        wear_per_kwh=device.number("wear_per_kwh", 0.0),
        switching=switching(device),
        from_battery=device.flag("from_battery", True),
        from_grid=device.flag("from_grid", True),
        to_grid=device.flag("to_grid"),
        surplus=device.flag("surplus", True),
        cheap_below=None if cheap is None else device.number("cheap_below", 0.0),
    )


def _adjustable(device: Device) -> bool:
    return bool(device.data.get("power_number") or device.data.get("sequence"))


def _gives_when_told(device: Device) -> bool:
    """Return whether SHEMS can make the car give energy back."""
    if device.data.get("sequence"):
        return True
    if (entity_id := device.entity("power_number")) is None:
        return False
    limits = device.limits(entity_id)
    return min(map(float, limits.options), default=limits.lowest) < 0


def _phases_told(device: Device) -> bool:
    """Return whether what SHEMS writes says if one phase is enough: a current does not."""
    entity_id = device.entity("power_number")
    if device.data.get("sequence"):
        return True
    return entity_id is not None and device.limits(entity_id).unit != "A"


def _phases(device: Device) -> int:
    return int(device.number("phases", 3.0))


def is_here(device: Device, state: str) -> bool:
    """Return whether a state of its plug means that the car is there."""
    absent = {str(each).casefold() for each in device.data.get("absent_states", _ABSENT)}
    return state.casefold().replace(" ", "_") not in absent


def _here(device: Device, look: Look) -> bool:
    """Return whether the car is at its charger.

    Raises:
        InputError: nobody knows.
    """
    entity_id = device.entity("connected")
    return entity_id is None or is_here(device, look.needed(entity_id).state)


def _span(device: Device, look: Look) -> float | None:
    """Return since when the car is there: what it charges meanwhile counts."""
    entity_id = device.entity("connected")
    if entity_id is not None and look.state(entity_id) is None:
        return look.seen.span  # As long as nobody knows, the stay goes on.
    if not _here(device, look):
        return None
    return look.now if look.seen.span is None else look.seen.span


def _state(device: Device, look: Look) -> VehicleState:
    capacity_kwh = device.number("capacity_kwh", 0.0)
    efficiency = device.fraction("charge_efficiency", 0.9)
    chosen = look.settings.target
    target = device.fraction("target_soc", 0.8) if chosen is None else chosen
    here = _here(device, look)
    known = learned(look, here=here)
    most_kwh = device.fraction("limit_soc", _FULL) * capacity_kwh
    if soc := device.entity("soc"):
        energy = look.measured(soc, percent_of) * capacity_kwh
        wanted = min(target * capacity_kwh, most_kwh)
    else:
        energy = look.seen.used_kwh * efficiency
        wanted = device.number("session_kwh", 0.0)
        if known.energy is not None:
            wanted = min(known.energy.enough_kwh * efficiency, capacity_kwh)
    lacks_h = max(wanted - energy, 0.0) / (efficiency * device.number("charge_kw", 1.0))
    found = stays(device, look, wanted, lacks_h if here else None, known)
    if (trips := away(device, look.told, look.now)) is not None:
        found = by_calendar(device, look, found, trips, wanted)
    leaves = look.settings.departure
    if leaves is not None and leaves.at > look.now:
        full = None if leaves.target is None else min(leaves.target * capacity_kwh, most_kwh)
        found = leaving(found, leaves, wanted if full is None else full)
    return VehicleState(min(max(energy, 0.0), capacity_kwh), found, look.seen.running)


def _runs(device: Device, look: Look) -> bool:
    return takes_power(device.number("charge_kw", 0.0), look)


def _actions(device: Device, order: Order) -> tuple[Action, ...]:
    full_kw, phases = device.number("charge_kw", 0.0), _phases(device)
    if isinstance(order, DeviceCommand) and device.flag("switchable_phases"):
        car = _asset(device)
        power = float(car.setpoint(order.power_kw))
        # What all phases cannot carry at their least current goes over one.
        if car.switchable_phases and 0 < power < phases * car.least_kw - _SOME_KW:
            phases, order = 1, replace(order, power_kw=power)
    volts = PHASE_V * phases
    return drive(device, order, full_kw=full_kw, volts=volts, phases=phases)


def _watched(device: Device) -> list[str]:
    keys = ("power", "soc", "connected", "switch", "power_number")
    return [entity for key in keys for entity in device.entities(key)]


_FIRST: Final = Form("vehicle", _fields, _check)


def _forms(data: Data) -> tuple[Form, ...]:
    return with_options(_FIRST, data)


VEHICLE: Final = Kind(
    "vehicle",
    _forms,
    _asset,
    _watched,
    _actions,
    title="Car",
    modes=MODES_MOVED,
    movement=Movement(_state, _runs, _span, calls=("connected",), sources=sources),
)
