"""Leave devices to who has taken them, or to what was chosen for them, for a while."""

from typing import TYPE_CHECKING, Final

from .actuate import Actuator
from .core.dispatch.override import Override
from .core.horizon import HOUR_S
from .devices.settings import MODE_PAUSED
from .orders import may_write
from .store import HomeStore

if TYPE_CHECKING:
    from .data import ShemsConfigEntry

OVERRIDE_H: Final = 2.0
ACTION: Final = "action"
"""Cause of an override that was asked for."""


class Yielding:
    """Keeps the overrides of one home."""

    def __init__(self, entry: ShemsConfigEntry, store: HomeStore, actuator: Actuator) -> None:
        """Know the entry, whose options say for how long."""
        self._entry = entry
        self._store = store
        self._actuator = actuator

    @property
    def usual_s(self) -> float:
        """How long an override lasts of which no more was said."""
        return float(self._entry.options.get("override_hours", OVERRIDE_H)) * HOUR_S

    async def async_yield(self, device_id: str, cause: str, at: float) -> bool:
        """Leave a device as it is to who has taken it; return whether it was ours."""
        control = self._store.control
        if not may_write(control, device_id) or control.device(device_id).mode == MODE_PAUSED:
            return False
        before = control.overrides.get(device_id)
        until = at + self.usual_s
        if before is not None and before.mode in (None, MODE_PAUSED):
            until = max(until, before.until)
        left = self._actuator.drop(device_id, cause, at)
        await self._store.async_update(
            overrides={**control.overrides, device_id: Override(at, until, cause)},
            owned={key: since for key, since in control.owned.items() if key != device_id},
            before={**control.before, device_id: left},
        )
        return True

    async def async_set(self, device_id: str, at: float, until: float | None, mode: str) -> None:
        """Have a device in a mode until a time; without one for as long as usual.

        Args:
            device_id: the device.
            at: epoch seconds, now.
            until: epoch seconds.
            mode: one of its kind's; `paused` gives it its own mode back.
        """
        end = at + self.usual_s if until is None else until
        override = Override(at, end, ACTION, mode)
        overrides = self._store.control.overrides
        await self._store.async_update(overrides={**overrides, device_id: override})

    async def async_end(self, at: float, device_id: str | None = None) -> bool:
        """End the overrides that have expired, and that of the device; return whether any did."""
        overrides = self._store.control.overrides
        kept = {
            key: override
            for key, override in overrides.items()
            if override.until > at and key != device_id
        }
        if len(kept) == len(overrides):
            return False
        await self._store.async_update(overrides=kept)
        return True
