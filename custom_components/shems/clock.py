"""The system's clock: one that is set by hours must neither stop nor repeat anything."""

import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_utc_time_change

from .const import LOGGER

SLOT_MIN: Final = 5
JUMP_S: Final = 5.0
"""Time servers put right less by the way; a plan that is older than that does not mind."""


class SlotClock:
    """Tells when a slot ends, and notices that the clock was set or the machine slept."""

    def __init__(
        self, hass: HomeAssistant, name: str, on_slot: Callable[[datetime], Awaitable[None]]
    ) -> None:
        """Prepare to call at every slot's end."""
        self._hass = hass
        self._name = name
        self._on_slot = on_slot
        self._offset_s: float | None = None
        self._cancel: CALLBACK_TYPE | None = None

    @callback
    def async_start(self) -> None:
        """Wait for the next slot by the clock as it is now."""
        self.async_stop()
        self._cancel = async_track_utc_time_change(
            self._hass, self._async_call, minute=f"/{SLOT_MIN}", second=0
        )

    @callback
    def async_stop(self) -> None:
        """Wait no more."""
        if self._cancel is not None:
            self._cancel()
            self._cancel = None

    async def _async_call(self, at: datetime) -> None:
        await self._on_slot(at)

    @callback
    def set_by(self, at: float) -> float:
        """Return by how many seconds the clock was set since the last look, 0 where it was not.

        Home Assistant waits for the time on the clock: set back by two hours, it would let a
        slot last as long.

        Args:
            at: epoch seconds.
        """
        before, self._offset_s = self._offset_s, at - steady_s()
        by_s = 0.0 if before is None else self._offset_s - before
        if abs(by_s) < JUMP_S:
            return 0.0
        LOGGER.warning("%s: the clock was set by %+.0f s; all is planned anew", self._name, by_s)
        if self._cancel is not None:
            self.async_start()
        return by_s


def steady_s() -> float:
    """Return the seconds of a clock that nobody sets."""
    return time.monotonic()
