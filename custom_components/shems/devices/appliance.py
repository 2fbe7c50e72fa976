"""An appliance that runs a programme once, when it is asked to: a dishwasher, a washing machine."""

from datetime import timedelta
from typing import Final

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import SelectSelector

from ..core.assets.appliance import Appliance, ApplianceState, Progress, RunRequest
from ..core.assets.timetable import ends_at
from ..core.dispatch.command import DeviceCommand
from ..core.units import PHASE_V
from .action import Action, Expect, Order
from .device import Device
from .driving import check_steps, in_section, steps, steps_field
from .form import (
    Data,
    Errors,
    Fields,
    Form,
    check_distinct,
    check_known,
    choice,
    entities,
    number,
    wired,
    yes_or_no,
)
from .kind import Kind, Movement, one_page
from .look import Look, at_minute, local
from .movable import SWITCHES, check_measured, measured, time_of_day
from .setpoint import switch
from .settings import MODE_AUTO, MODE_PAUSED
from .timetable import check_timetables, timetable_fields

_BUTTONS: Final = ("button", "input_button")
_TELLERS: Final = (
    "binary_sensor",
    "input_boolean",
    "input_select",
    "select",
    "sensor",
    "switch",
)
_RUNNING: Final = ("on", "run", "running", "in_use", "active", "wash", "washing", "drying")
_READY: Final = ("on", "ready", "waiting", "delayed_start", "programmed", "waiting_to_start")
"""What makers call a machine that was loaded and waits for its start."""
_HUM_KW: Final = 0.005
"""A machine that waits takes a watt or two."""
_STEP_S: Final = 300.0

SHAPES: Final[dict[str, tuple[float, ...]]] = {
    # Water is heated for the wash and for the last rinse.
    "dishwasher": (0.1, 1.0, 1.0, 0.05, 0.05, 0.05, 0.05, 1.0, 0.6, 0.02, 0.02, 0.02),
    # It is heated once, early; the drum turns, and spins at the end.
    "washing_machine": (0.1, 1.0, 1.0, 0.9, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0.3),
    "flat": (1.0,),
}
"""Power by twelfths of the programme, for the usual shape of its course."""


def _several(options: tuple[str, ...]) -> SelectSelector:
    return SelectSelector({"options": list(options), "multiple": True, "custom_value": True})


def _fields(hass: HomeAssistant, data: Data) -> Fields:
    return {
        **measured(),
        vol.Required("shape", default="dishwasher"): choice(SHAPES, "programme"),
        vol.Required("programme_min", default=120.0): number("min", lowest=5, highest=1440),
        vol.Required("programme_kwh", default=1.0): number("kWh", lowest=0.01, highest=100),
        vol.Required("done_by", default="07:00:00"): time_of_day(),
        vol.Optional("ready"): entities(*_TELLERS),
        vol.Required("ready_states", default=list(_READY)): _several(_READY),
        vol.Optional("running"): entities(*_TELLERS),
        vol.Required("running_states", default=list(_RUNNING)): _several(_RUNNING),
        vol.Optional("switch"): entities(*SWITCHES),
        vol.Optional("button"): entities(*_BUTTONS),
        vol.Optional("remote_switch"): entities(*SWITCHES),
        **in_section(steps_field()),
        vol.Required("from_battery", default=True): yes_or_no(),
        vol.Optional("phase"): wired(),
        **timetable_fields(),
    }


def _check(hass: HomeAssistant, data: Data) -> Errors:
    errors = check_timetables(hass, data) | check_measured(hass, data)
    errors |= check_known(hass, data, "ready", "running", "switch", "button", "remote_switch")
    errors |= check_distinct(data, "switch", "remote_switch")
    errors |= check_steps(data)
    if data.get("sequence") and (data.get("switch") or data.get("button")):
        errors.setdefault("base", "start_twice")
    if data.get("switch") and data.get("button"):
        errors.setdefault("button", "start_twice")
    return errors


def _asset(device: Device) -> Appliance:
    return Appliance(
        device.id,
        device.name,
        profile_kw=profile_kw(
            SHAPES[str(device.data.get("shape", "flat"))],
            device.number("programme_min", 120.0),
            device.number("programme_kwh", 1.0),
        ),
        profile_step_s=_STEP_S,
        from_battery=device.flag("from_battery", True),
    )


def profile_kw(shape: tuple[float, ...], minutes: float, energy_kwh: float) -> tuple[float, ...]:
    """Return a programme's power by steps of five minutes, kW."""
    count = max(1, round(minutes * 60 / _STEP_S))
    course = [shape[step * len(shape) // count] for step in range(count)]
    scale = energy_kwh / (sum(course) * _STEP_S / 3600)
    return tuple(scale * each for each in course)


def length_s(device: Device) -> float:
    """Return how long the programme takes, in whole steps."""
    return max(1, round(device.number("programme_min", 120.0) * 60 / _STEP_S)) * _STEP_S


def done_by(device: Device, zone: str, earliest: float) -> float:
    """Return by when a run is wanted that can begin at a time and of which no more was said."""
    minute, day = device.minutes("done_by", 7 * 60), local(earliest, zone).date()
    done = (at_minute(day + timedelta(days=days), minute, zone) for days in range(4))
    return next(at for at in done if at >= earliest + length_s(device))


def _says(look: Look, entity_id: str, words: object) -> bool:
    state = look.state(entity_id)
    known = {str(each).casefold() for each in words} if isinstance(words, list | tuple) else set()
    return state is not None and state.state.casefold().replace(" ", "_") in known


def _asked(device: Device, look: Look) -> tuple[RunRequest, ...]:
    """Return the runs that were asked for, by word or by loading the machine."""
    if look.settings.runs:
        return look.settings.runs
    entity_id = device.entity("ready")
    if entity_id is None or not _says(look, entity_id, device.data.get("ready_states", _READY)):
        return ()
    earliest = min(look.needed(entity_id).last_changed.timestamp(), look.now)
    # Nobody wants a machine to run in an empty home unless they have said so.
    if (back := ends_at(look.away, look.now)) is not None:
        earliest = back
    return (RunRequest(earliest, done_by(device, look.zone, earliest)),)


def _state(device: Device, look: Look) -> ApplianceState:
    running = look.seen.running
    if not running.on:
        return ApplianceState(_asked(device, look))
    # Of a run that nobody saw begin, half is taken to be over.
    since = look.now - length_s(device) / 2 if running.since is None else running.since
    return ApplianceState(look.settings.runs, Progress(since=since))


def _runs(device: Device, look: Look) -> bool:
    running = look.seen.running
    teller = device.entity("running") or device.entity("switch")
    if teller is not None and look.state(teller) is None:
        return running.on
    if entity_id := device.entity("running"):
        return _says(look, entity_id, device.data.get("running_states", _RUNNING))
    if entity_id := device.entity("switch"):
        return _says(look, entity_id, ("on",))
    begun = running.on and running.since is not None
    # Between its phases a machine takes next to nothing.
    within = begun and look.now < (running.since or 0.0) + length_s(device)
    return within or (look.power_kw is not None and look.power_kw > _HUM_KW)


def _actions(device: Device, order: Order) -> tuple[Action, ...]:
    """Return what lets it be started from afar, and what starts it.

    A programme that runs is never cut off.
    """
    command = order if isinstance(order, DeviceCommand) else None
    made = []
    if remote := device.entity("remote_switch"):
        made.append(switch(remote, on=command is not None))
    if command is not None and command.on:
        made += _start(device)
    return tuple(made)


def _start(device: Device) -> list[Action]:
    if entity_id := device.entity("switch"):
        return [switch(entity_id, on=True)]
    words = tuple(str(each) for each in device.data.get("running_states", _RUNNING))
    running = device.entity("running")
    expect = None if running is None else Expect(running, words)
    entity_id = device.entity("button")
    if entity_id is None:
        return steps(device, "start", power_kw=0.0, volts=PHASE_V, shown=expect)
    return [Action(entity_id.partition(".")[0], "press", {"entity_id": entity_id}, expect)]


def _watched(device: Device) -> list[str]:
    keys = ("power", "ready", "running", "switch", "remote_switch")
    return [entity for key in keys for entity in device.entities(key)]


APPLIANCE: Final = Kind(
    "appliance",
    one_page(Form("appliance", _fields, _check)),
    _asset,
    _watched,
    _actions,
    title="Appliance",
    modes=(MODE_AUTO, MODE_PAUSED),
    movement=Movement(_state, _runs, calls=("ready",)),
)
