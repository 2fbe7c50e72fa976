"""Notice that somebody else moves a device, and yield."""

from collections.abc import Mapping
from typing import Final

from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, State, callback

from .actuate import Actuator
from .core.dispatch.command import Command
from .core.dispatch.override import deviates
from .core.observe.readings import Readings
from .devices import KINDS, Device, Expect
from .sources.configuration import Configuration

LASTING_S: Final = 30.0
"""How long an acknowledged device must show something else before that counts as a change
by hand; one poll of a slow inverter."""
ROUNDING_KW: Final = 0.1
"""Power below which a difference is the device's own rounding and consumption."""

_NOTHING: Final = frozenset({STATE_UNAVAILABLE, STATE_UNKNOWN})


class ForeignHands:
    """Looks for changes that SHEMS did not make."""

    def __init__(
        self, hass: HomeAssistant, actuator: Actuator, controls: Mapping[str, Device]
    ) -> None:
        """Watch the given entities, each with the device it drives."""
        self._hass = hass
        self._actuator = actuator
        self._controls = controls
        self._strays_since: dict[str, float] = {}

    @callback
    def cause(self, event: Event[EventStateChangedData]) -> tuple[str, str] | None:
        """Return the device and the cause where a change of state was somebody else's.

        A change without a user or an automation behind it may be a late answer of the
        device: `lasting` decides on these.
        """
        new, old = event.data["new_state"], event.data["old_state"]
        device = self._controls.get(event.data["entity_id"])
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
        self, configuration: Configuration, readings: Readings, now: float
    ) -> list[tuple[str, str]]:
        """Return the owned devices that have stopped doing what they had acknowledged."""
        found = []
        for device in {each.id: each for each in self._controls.values()}.values():
            hold = self._actuator.hold(device.id)
            if not self._actuator.owned(device.id) or hold.acknowledged_at is None:
                continue
            patience = max(LASTING_S, hold.settle_s)
            if self._actuator.deviation_s(device.id, now) >= patience:
                found.append((device.id, "device"))
            elif not self._strays(device, configuration, readings, now):
                self._strays_since.pop(device.id, None)
            elif now - self._strays_since.setdefault(device.id, now) >= patience:
                found.append((device.id, "power"))
        for device_id, _ in found:
            self._strays_since.pop(device_id, None)
        return found

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
