"""Heavy work in threads: one solve at a time in the whole process, each with a deadline."""

import asyncio
from collections.abc import Callable

from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN


class JobOverdueError(Exception):
    """A job did not finish, or did not get its turn, before its deadline."""


class Jobs:
    """The queue of solves of all homes.

    A thread cannot be cancelled: after a deadline its result is dropped, but the next job
    still waits for it to end, so that there are never two.

    Attributes:
        night: held by the home that learns: what a home's year takes in memory is there once,
            however many homes there are.
    """

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin with nothing to do."""
        self._hass = hass
        self._turn = asyncio.Lock()
        self.night = asyncio.Lock()

    async def async_run[T](self, work: Callable[[], T], deadline_s: float) -> T:
        """Run the work in a thread and return its result.

        Raises:
            JobOverdueError: no result in time.
        """
        try:
            async with asyncio.timeout(deadline_s):
                await self._turn.acquire()
                try:
                    running = self._hass.async_add_executor_job(work)
                except BaseException:
                    self._turn.release()
                    raise
                running.add_done_callback(self._release)
                # Not `shield`: it reports what a job raises after its deadline as an error.
                await asyncio.wait((running,))
                return running.result()
        except TimeoutError as err:
            raise JobOverdueError from err

    @callback
    def _release[T](self, job: asyncio.Future[T]) -> None:
        self._turn.release()
        if not job.cancelled():
            job.exception()  # Read it, so that a dropped result is not reported as unread.


DATA_JOBS: HassKey[Jobs] = HassKey(f"{DOMAIN}_jobs")


@callback
def async_get_jobs(hass: HomeAssistant) -> Jobs:
    """Return the one queue of this process."""
    if DATA_JOBS not in hass.data:
        hass.data[DATA_JOBS] = Jobs(hass)
    return hass.data[DATA_JOBS]
