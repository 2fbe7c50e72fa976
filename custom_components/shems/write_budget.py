"""How often each device was written to on the running day, and whether it may be again."""

from dataclasses import replace

from homeassistant.util import dt as dt_util

from .core.dispatch.budget import FOLLOWING_A_DAY, WRITES_A_DAY
from .devices import Device
from .holding import DayWrites
from .store import HomeStore
from .wish import Wish, is_urgent


class WriteBudget:
    """The writes of one home's devices."""

    def __init__(self, store: HomeStore) -> None:
        """Go on from what the store remembers."""
        self._store = store

    def today(self, device_id: str, now: float) -> DayWrites:
        """Return the writes to a device on the running local day."""
        made = self._store.memory.writes.get(device_id)
        return made if made is not None and made.day == _day(now) else DayWrites(_day(now), 0)

    def made(self, device_id: str, now: float) -> int:
        """Return how often a device was written to on the running local day."""
        return self.today(device_id, now).count

    def count(self, device_id: str, now: float) -> None:
        """Note a write."""
        today = self.today(device_id, now)
        self._store.memory.writes[device_id] = replace(today, count=today.count + 1)

    def fail(self, device_id: str, now: float) -> None:
        """Note that a write, already counted, raised an error."""
        today = self.today(device_id, now)
        self._store.memory.writes[device_id] = replace(today, failed=today.failed + 1)

    def spent(self, device: Device, now: float) -> bool:
        """Return whether a device has had the writes of the day."""
        return self.made(device.id, now) >= most(device)

    def allows(self, device: Device, wish: Wish, now: float) -> bool:
        """Return whether a wish may be written: to give back, to protect, or while some are left.

        What a user chose is written as well: it comes from a hand, not from a meter.
        """
        return wish == "default" or is_urgent(wish) or not self.spent(device, now)


def most(device: Device) -> int:
    """Return how often a device may be written to in a day."""
    follows = device.kind in ("battery", "solar")
    return int(device.number("writes_a_day", FOLLOWING_A_DAY if follows else WRITES_A_DAY))


def _day(now: float) -> int:
    return dt_util.as_local(dt_util.utc_from_timestamp(now)).toordinal()
