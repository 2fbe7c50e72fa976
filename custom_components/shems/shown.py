"""What devices show of what they were told, and for how long they have shown something else."""

from homeassistant.core import HomeAssistant

from .actuate import Actuator
from .devices import Expect
from .seeing import available, shows


class Shown:
    """Looks at the devices that an actuator drives."""

    def __init__(self, hass: HomeAssistant, actuator: Actuator) -> None:
        """Look with the actuator's knowledge of what was written."""
        self._hass = hass
        self._actuator = actuator

    def seen(self, device_id: str) -> bool:
        """Return whether everything shows a state by which a device was told something."""
        return all(available(self._hass, each.entity_id) for each in self._lasting(device_id))

    def follows(self, device_id: str) -> bool:
        """Return whether a device shows what it was told, as far as that can be seen."""
        return all(shows(self._hass, each) for each in self._lasting(device_id))

    def deviation_s(self, device_id: str, now: float) -> float:
        """Return for how long a device has shown something else, 0 if it follows.

        A device that cannot be seen is not held to have changed.
        """
        hold = self._actuator.hold(device_id)
        if not self.seen(device_id) or self.follows(device_id):
            hold.deviates_since = None
            return 0.0
        if hold.deviates_since is None:
            hold.deviates_since = now
        return now - hold.deviates_since

    def renew(self, device_id: str, now: float) -> None:
        """Have a device told again what it was told, because it does something else by itself."""
        hold = self._actuator.hold(device_id)
        hold.acknowledged_at = hold.deviates_since = None
        hold.attempts, hold.retry_at, hold.unanswered_since = 0, now, now
        hold.recent.clear()

    def _lasting(self, device_id: str) -> list[Expect]:
        """Return what a device goes on showing of what it was told."""
        expects = (each.expect for each in self._actuator.hold(device_id).written)
        return [each for each in expects if each is not None and each.lasts]
