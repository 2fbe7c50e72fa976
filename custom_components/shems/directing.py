"""Direct the home: what every device should be doing now, by the plan and the meters."""

from dataclasses import dataclass, field, replace

from homeassistant.core import Event, EventStateChangedData, HomeAssistant

from .core.assets.appliance import ApplianceState
from .core.assets.home import Home
from .core.assets.kinds import MovableState
from .core.dispatch.budget import local_day, spare
from .core.dispatch.command import Command, DeviceCommand
from .core.dispatch.decide import DispatchState, decide
from .core.dispatch.devices import DirectState, direct
from .core.dispatch.phases import PhaseRoom, guard_phases
from .core.dispatch.throttle import Throttle, throttle
from .core.observe.readings import Readings
from .core.observe.wiring import look_at_phases
from .core.plan.result import Plan, Reason
from .data import Lost
from .devices import KINDS, Device
from .devices.timetable import TIMETABLES
from .orders import Planned, is_free
from .problems import Sight
from .sources.configuration import Configuration
from .sources.readings import Reader
from .sources.states import DeviceWatch, Known
from .store import HomeStore
from .usage import Usages
from .write_budget import WriteBudget, most


@dataclass(frozen=True)
class Directions:
    """What the plan makes of every device at one moment.

    Attributes:
        commands: for the batteries.
        moves: for the devices that are moved in time.
        limits: for the solar arrays.
    """

    commands: tuple[Command, ...] = ()
    moves: tuple[DeviceCommand, ...] = ()
    limits: tuple[Throttle, ...] = ()

    @property
    def every(self) -> tuple[Planned, ...]:
        """Return all of them."""
        return (*self.commands, *self.moves, *self.limits)


@dataclass
class _Memory:
    batteries: DispatchState = field(default_factory=DispatchState)
    devices: DirectState = field(default_factory=DirectState)
    rooms: tuple[PhaseRoom, ...] = ()
    commands: dict[str, Command] = field(default_factory=dict)
    limits: dict[str, Throttle] = field(default_factory=dict)


class Director:
    """Turns plan and meters into what each device of one home is to do."""

    def __init__(
        self,
        hass: HomeAssistant,
        configuration: Configuration,
        store: HomeStore,
        usages: Usages,
        reader: Reader,
    ) -> None:
        """Remember nothing of the running step yet."""
        self.watch = DeviceWatch(hass, configuration, store, usages, reader)
        self.known = Known()
        self._reader = reader
        self._store = store
        self._writes = WriteBudget(store)
        self._budgets = {device.id: most(device) for device in configuration.devices}
        self._memory = _Memory(devices=DirectState(writes_a_day=self._budgets))
        self._callers = frozenset(
            entity_id
            for device in configuration.devices
            for key in (*_calls(device), *TIMETABLES)
            for entity_id in device.entities(key)
        )

    def called(self, event: Event[EventStateChangedData]) -> bool:
        """Return whether a change calls for a new plan: a car has come, a machine is loaded."""
        new, old = event.data["new_state"], event.data["old_state"]
        changed = new is not None and old is not None and new.state != old.state
        return changed and event.data["entity_id"] in self._callers

    async def async_look(self, readings: Readings) -> bool:
        """Note what every device does; return whether a run that was asked for has begun."""
        asked = False
        for device_id in self.watch.look(readings):
            if runs := self._store.control.device(device_id).runs:
                await self._store.async_update_device(device_id, runs=runs[1:])
                asked = True
        return asked

    def direct(self, plan: Plan | None, home: Home, readings: Readings) -> Directions:
        """Return what the plan makes of every device now."""
        self.known = self.watch.known(readings)
        now = readings.now
        if readings.phases_a:
            known = self._store.memory
            known.phases = look_at_phases(known.phases, home, readings)
        rooms = guard_phases(home, readings, self._memory.rooms, now)
        self._memory.rooms = rooms
        commands, self._memory.batteries = decide(
            plan, home, readings, self._memory.batteries, now, rooms
        )
        # What somebody else holds takes what the meter shows, whatever is decided here.
        control, states = self._store.control, self.known.states
        free = {key: state for key, state in states.items() if is_free(control, key)}
        moves, self._memory.devices = direct(
            plan, home, readings, free, commands, self._memory.devices, now, rooms
        )
        limits = throttle(plan, home, readings, commands, now)
        memory, day = self._memory, local_day(now, home.zone)
        made = {key: self._writes.made(key, now) for key in self._budgets}
        commands = spare(commands, memory.commands, made, self._budgets, day)
        limits = spare(limits, memory.limits, made, self._budgets, day)
        memory.commands = {each.device_id: each for each in commands}
        memory.limits = {each.device_id: each for each in limits}
        starts = tuple(_started(each, self.known.states[each.device_id]) for each in moves)
        return Directions(commands, starts, limits)

    def sight(
        self,
        stored: frozenset[str],
        silent: frozenset[str],
        lost: tuple[Lost, ...],
        refused: Reason | None,
        absent: frozenset[str],
    ) -> Sight:
        """Return what is wrong as the last round showed it.

        Args:
            stored: the batteries whose energy is known or still believed.
            silent: entities of timetables and limits; what they said last holds.
            lost: sources that cannot be read, and what stands in for them.
            refused: a device that does not follow.
            absent: entities that devices are driven through and that do not exist.
        """
        held = self.watch.remembered.held | silent
        unwritten = self._store.unwritten
        found, known = self._reader.found, self.known
        return Sight(found, known, held, stored, lost, refused, absent, unwritten)


def _calls(device: Device) -> tuple[str, ...]:
    """Return the fields of a device whose entities call for a new plan when they change."""
    movement = KINDS[device.kind].movement
    return () if movement is None else movement.calls


def _started(command: DeviceCommand, state: MovableState) -> DeviceCommand:
    """Return a command that starts an appliance once: then its programme runs by itself."""
    if not isinstance(state, ApplianceState):
        return command
    return replace(command, on=command.on and state.progress is None and bool(state.runs))
