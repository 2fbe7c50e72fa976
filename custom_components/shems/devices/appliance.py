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
_NEAR_S: Final = 30.0
_PAUSES_S: Final = 2 * _STEP_S
"""For so long after a place for a pause there is still a plan that may make one there."""

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
        vol.Optional("pause_switch"): entities(*SWITCHES),
        vol.Optional("pause_after"): _several(()),
        vol.Required("longest_pause_min", default=60.0): number("min", lowest=5, highest=1440),
        **in_section(steps_field()),
        vol.Required("from_battery", default=True): yes_or_no(),
        vol.Optional("phase"): wired(),
        **timetable_fields(),
    }


def _check(hass: HomeAssistant, data: Data) -> Errors:
    errors = check_timetables(hass, data) | check_measured(hass, data)
    telling = ("ready", "running", "switch", "button", "remote_switch", "pause_switch")
    errors |= check_known(hass, data, *telling)
    errors |= check_distinct(data, "switch", "remote_switch", "pause_switch")
    errors |= check_steps(data)
    if not _pauses_fit(data):
        errors.setdefault("pause_after", "pauses_unfit")
    if data.get("sequence") and (data.get("switch") or data.get("button")):
        errors.setdefault("base", "start_twice")
    if data.get("switch") and data.get("button"):
        errors.setdefault("button", "start_twice")
    return errors


def _pauses_fit(data: Data) -> bool:
    """Return whether there is all that a pause needs, or nothing of it."""
    wanted = data.get("pause_after") or ()
    try:
        inside = [0 < float(each) < float(data["programme_min"]) for each in wanted]
    except ValueError:
        return False
    return all(inside) and bool(wanted) == bool(data.get("pause_switch"))


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
        pausable_after=_places(device),
        longest_pause_h=device.number("longest_pause_min", 60.0) / 60,
        from_battery=device.flag("from_battery", True),
    )


def profile_kw(shape: tuple[float, ...], minutes: float, energy_kwh: float) -> tuple[float, ...]:
    """Return a programme's power by steps of five minutes, kW."""
    count = max(1, round(minutes * 60 / _STEP_S))
    course = [shape[step * len(shape) // count] for step in range(count)]
    scale = energy_kwh / (sum(course) * _STEP_S / 3600)
    return tuple(scale * each for each in course)


def _places(device: Device) -> tuple[int, ...]:
    """Return after how many steps of its profile it may pause; none where nothing holds it."""
    if device.entity("pause_switch") is None:
        return ()
    end = round(length_s(device) / _STEP_S)
    places = {round(float(each) * 60 / _STEP_S) for each in device.data.get("pause_after") or ()}
    return tuple(sorted(place for place in places if 0 < place < end))


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
    since = _since(device, look)
    progress = Progress(since=since)
    if _places(device) and look.seen.span is not None:
        progress = _progress(device, look, look.seen.span, done_by(device, look.zone, since))
    return ApplianceState(look.settings.runs, progress)


def _since(device: Device, look: Look) -> float:
    """Return when the run began; of one that nobody saw begin, half is taken to be over."""
    since = look.seen.running.since
    return look.now - length_s(device) / 2 if since is None else since


def _span(device: Device, look: Look) -> float | None:
    """Return when the run would have begun had it never paused; None where none is to pause."""
    seen = look.seen
    if not _places(device) or not _runs(device, look):
        return None
    if not seen.running.on:
        return _since(device, look) if seen.at is None else look.now
    if seen.span is None or seen.at is None:
        return _since(device, look)
    return seen.span + (max(0.0, look.now - seen.at) if _held(device, look) else 0.0)


def _held(device: Device, look: Look) -> bool:
    """Return whether a run that has begun waits."""
    hold = device.entity("pause_switch")
    return hold is not None and look.seen.running.on and _says(look, hold, ("on",))


def _progress(device: Device, look: Look, span: float, deadline: float) -> Progress:
    """Return how far a run is that may pause.

    Where it has just come to a place for a pause it stands as one that pauses there, which the
    next plan may let go on or wait.
    """
    places = _places(device)
    phase = sum(place * _STEP_S <= look.now - span + _NEAR_S for place in places)
    begun = span + (places[phase - 1] * _STEP_S if phase else 0.0)
    hold = look.state(device.entity("pause_switch") or "")
    turned = look.now if hold is None else min(hold.last_changed.timestamp(), look.now)
    if _held(device, look):
        return Progress(phase, turned, True, deadline)
    # What was let go on a moment ago has made its pause.
    waits = phase > 0 and look.now - begun < _PAUSES_S and begun - turned > _PAUSES_S
    return Progress(phase, begun, waits, deadline)


def _runs(device: Device, look: Look) -> bool:
    if _held(device, look):
        return True
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

    A programme that runs is never cut off; one that may pause is held by a switch.
    """
    command = order if isinstance(order, DeviceCommand) else None
    made = []
    if _places(device) and (hold := device.entity("pause_switch")):
        made.append(switch(hold, on=command is not None and command.waits))
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
    keys = ("power", "ready", "running", "switch", "remote_switch", "pause_switch")
    return [entity for key in keys for entity in device.entities(key)]


APPLIANCE: Final = Kind(
    "appliance",
    one_page(Form("appliance", _fields, _check)),
    _asset,
    _watched,
    _actions,
    title="Appliance",
    modes=(MODE_AUTO, MODE_PAUSED),
    movement=Movement(_state, _runs, _span, calls=("ready",)),
)
