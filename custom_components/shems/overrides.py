"""Notice that somebody else moves a device, and yield."""

from collections.abc import Mapping
from typing import Final

from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, State, callback

from .actuate import Actuator
from .core.assets.kinds import MovableState
from .core.dispatch.command import Command, DeviceCommand
from .core.dispatch.override import deviates, explained, habitual
from .core.observe.readings import Readings
from .devices import KINDS, Device, Expect
from .shown import Shown
from .sources.configuration import Configuration
from .store import HomeStore
from .wish import Wish

LASTING_S: Final = 30.0
"""How long an acknowledged device must show something else before that counts as a change
by hand; one poll of a slow inverter."""
ROUNDING_KW: Final = 0.1
"""Power below which a difference is the device's own rounding and consumption."""

FAULTS: Final = frozenset({"alarm", "defect", "error", "failure", "fault", "faulted"})
"""States by which chargers and inverters tell of a fault; OCPP's word is `Faulted`."""
_KEPT: Final = 40
"""Two strayings a day for as long as they are looked at, and some."""

_NOTHING: Final = frozenset({STATE_UNAVAILABLE, STATE_UNKNOWN})


class ForeignHands:
    """Looks for changes that SHEMS did not make."""

    def __init__(
        self,
        hass: HomeAssistant,
        store: HomeStore,
        actuator: Actuator,
        controls: Mapping[str, Device],
    ) -> None:
        """Watch the given entities, each with the device it drives."""
        self._hass = hass
        self._store = store
        self._actuator = actuator
        self._shown = Shown(hass, actuator)
        self._controls = controls
        self._strays_since: dict[str, float] = {}
        self._excused: set[str] = set()

    @callback
    def cause(self, event: Event[EventStateChangedData]) -> tuple[str, str] | None:
        """Return the device and the cause where a change of state was somebody else's.

        A change without a user or an automation behind it may be a late answer of the
        device: `lasting` decides on these.
        """
        new, old = event.data["new_state"], event.data["old_state"]
        device = self._controls.get(event.data["entity_id"])
        if device is not None and (new is None or new.state in _NOTHING):
            self._excused.add(device.id)  # It may have restarted when it is seen again.
        if device is None or new is None or old is None:
            return None
        if new.state in _NOTHING or old.state in _NOTHING or self._actuator.ours(new.context):
            return None
        hold = self._actuator.hold(device.id)
        expected = [
            each.expect
            for each in hold.written
            if each.expect is not None and each.expect.entity_id == new.entity_id
        ]
        if not _moved(old, new, expected):
            return None
        if expected and all(each.met(new.state, new.attributes) for each in expected):
            return None
        if not expected and hold.wish is not None and KINDS[device.kind].movement is not None:
            return None  # It was left to the household: a number while the switch is off.
        if new.context.user_id is not None:
            return device.id, "user"
        if new.context.parent_id is not None:
            return device.id, "automation"
        return None

    def lasting(
        self,
        configuration: Configuration,
        readings: Readings,
        states: Mapping[str, MovableState],
        now: float,
    ) -> list[tuple[str, str]]:
        """Return the owned devices that have stopped doing what they had acknowledged.

        What a device's own state explains is nobody's hand: when that is over, it is told
        again. So it is at once where it follows a schedule of its own, and where it comes back
        after it could not be seen.
        """
        found = []
        for device in {each.id: each for each in self._controls.values()}.values():
            hold = self._actuator.hold(device.id)
            if not self._actuator.owned(device.id) or hold.acknowledged_at is None:
                continue
            asset = configuration.home.device(device.id)
            state, runs = states.get(device.id), _is_to_run(hold.wish)
            if (
                not self._shown.seen(device.id)
                or self._faulty(device)
                or explained(asset, state, now, wanted=runs)
            ):
                hold.deviates_since = None
                self._strays_since.pop(device.id, None)
                self._excused.add(device.id)
            elif self._due_again(device.id):
                self._shown.renew(device.id, now)
            elif cause := self._taken(device, configuration, readings, now):
                found.append((device.id, cause))
        return found

    def _due_again(self, device_id: str) -> bool:
        """Return whether what explained that a device did not follow is over."""
        excused = device_id in self._excused
        self._excused.discard(device_id)
        return excused and not self._shown.follows(device_id)

    def _taken(
        self, device: Device, configuration: Configuration, readings: Readings, now: float
    ) -> str | None:
        """Return by what a device shows for long enough that it was taken; None if it was not."""
        hold = self._actuator.hold(device.id)
        patience = max(LASTING_S, hold.settle_s)
        away_s = self._shown.deviation_s(device.id, now)
        if away_s >= patience:
            self._strays_since.pop(device.id, None)
            if self._scheduled(device.id, now - away_s, configuration.zone):
                self._shown.renew(device.id, now)
                return None
            return "device"
        if not self._strays(device, configuration, readings, now):
            self._strays_since.pop(device.id, None)
        elif now - self._strays_since.setdefault(device.id, now) >= patience:
            self._strays_since.pop(device.id)
            return "power"
        return None

    def _faulty(self, device: Device) -> bool:
        """Return whether an entity of the device tells of a fault."""
        states = (self._hass.states.get(each) for each in KINDS[device.kind].watched(device))
        return any(each is not None and each.state.casefold() in FAULTS for each in states)

    def _scheduled(self, device_id: str, at: float, zone: str) -> bool:
        """Note that a device has strayed; return whether it does so at this time of day."""
        memory = self._store.memory
        before = memory.strayed.get(device_id, ())
        memory.strayed = {**memory.strayed, device_id: (*before, at)[-_KEPT:]}
        return habitual(before, at, zone)

    def _strays(
        self, device: Device, configuration: Configuration, readings: Readings, now: float
    ) -> bool:
        """Return whether a battery's measured power is not what its command explains."""
        hold = self._actuator.hold(device.id)
        battery = configuration.home.battery(device.id)
        reading = readings.batteries.get(device.id)
        if (
            battery is None
            or reading is None
            or reading.soc.usable is None
            or hold.acknowledged_at is None
            or not isinstance(hold.wish, Command)
        ):
            return False
        return deviates(
            hold.wish,
            reading.power_kw.usable,
            battery,
            reading.soc.usable * battery.capacity_kwh,
            hold.acknowledged_at,
            now,
            hold.settle_s,
            ROUNDING_KW,
        )


def _is_to_run(wish: Wish | None) -> bool:
    return wish == "on" or (isinstance(wish, DeviceCommand) and wish.on)


def _moved(old: State, new: State, expected: list[Expect]) -> bool:
    """Return whether a state, or an attribute that is looked at, has changed."""
    return old.state != new.state or any(
        each.attribute is not None
        and old.attributes.get(each.attribute) != new.attributes.get(each.attribute)
        for each in expected
    )


def came_back(old: State | None, new: State | None) -> bool:
    """Return whether a state says something again that had said nothing."""
    return new is not None and new.state not in _NOTHING and (old is None or old.state in _NOTHING)
