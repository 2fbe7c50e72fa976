"""Run one piece of work at a time, at a measured pace."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from homeassistant.core import HomeAssistant, callback

from .const import LOGGER

if TYPE_CHECKING:
    from .data import ShemsConfigEntry


class Pace:
    """Work that is asked for more often than it should run.

    Requests that come together are one, runs never overlap, and a request during a run is
    followed by another run, so that the last request is always served.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ShemsConfigEntry,
        name: str,
        work: Callable[[], Awaitable[None]],
        *,
        delay_s: float = 0.0,
        least_s: float = 0.0,
    ) -> None:
        """Prepare the work; it runs `delay_s` after a request, `least_s` after its last start."""
        self._hass = hass
        self._entry = entry
        self._name = f"shems {name} {entry.entry_id}"
        self._work = work
        self._delay_s = delay_s
        self._least_s = least_s
        self._requested = 0
        self._served = 0
        self._began = -least_s
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None
        self._stopped = False

    @property
    def superseded(self) -> bool:
        """Whether there was a newer request since the running work began."""
        return self._requested > self._served

    @callback
    def soon(self) -> None:
        """Ask for a run."""
        self._requested += 1
        self._schedule()

    async def async_now(self) -> None:
        """Run at once and return when a run that began after this call has ended."""
        self._requested += 1
        serial = self._requested
        while self._served < serial and not self._stopped:
            await asyncio.wait([self._running or self._start()])
        if (task := self._running) is not None:
            await asyncio.wait([task])

    async def async_stop(self, *, cancel: bool) -> None:
        """Run no more; cancel what runs or wait for it."""
        self._stopped = True
        if self._timer is not None:
            self._timer.cancel()
        if (task := self._running) is not None:
            if cancel:
                task.cancel()
            await asyncio.wait([task])

    @property
    def _running(self) -> asyncio.Task[None] | None:
        return None if self._task is None or self._task.done() else self._task

    @callback
    def _schedule(self) -> None:
        if self._stopped or self._timer is not None or self._running is not None:
            return
        wait = max(self._delay_s, self._began + self._least_s - self._hass.loop.time())
        self._timer = self._hass.loop.call_later(wait, self._start)

    @callback
    def _start(self) -> asyncio.Task[None]:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._began = self._hass.loop.time()
        self._served = self._requested
        self._task = self._entry.async_create_background_task(
            self._hass, self._async_work(), self._name, eager_start=False
        )
        self._task.add_done_callback(self._ended)
        return self._task

    async def _async_work(self) -> None:
        await self._work()

    @callback
    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            LOGGER.error("%s failed", self._name, exc_info=error)
        if self.superseded:
            self._schedule()
