"""Long work in slices: between two of them plans are made and the machine rests."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from homeassistant.core import HomeAssistant

from .jobs import async_get_jobs

SLICE_S: Final = 0.5
"""Time of the processor that a slice should take; a plan that falls due waits as long."""
SLICE_DEADLINE_S: Final = 120.0
"""With the wait for its turn; a small machine is slower and slices begin small."""
MOST_UNITS: Final = 16
GROWTH: Final = 2.0
"""A slice is at most so many times as big as the one before: the next days may be harder."""
REST: Final = 0.5
"""Rest after a slice, as a share of its time: other integrations need the processor too."""

type Advance[T] = Callable[[T, int], tuple[T, float]]
"""Does so many units of the work more; returns the state and the share done, 0 to 1."""


@dataclass(frozen=True)
class Slice[T]:
    """What came of a slice.

    Attributes:
        state: how far the work is.
        share: the same, 0 to 1.
        cpu_s: time of the processor that the slice took.
    """

    state: T
    share: float
    cpu_s: float


class StalledError(Exception):
    """A slice brought the work no further."""


async def async_in_slices[T](
    hass: HomeAssistant, state: T, advance: Advance[T], tell: Callable[[Slice[T]], None]
) -> T:
    """Do a work to its end, slice by slice, each of about the same time.

    Args:
        hass: whose threads do it.
        state: where it begins.
        advance: does a part of it, in a thread.
        tell: learns of every slice, the last one too.

    Raises:
        JobOverdueError: a slice did not end in time.
        StalledError: the work does not come to an end.
    """
    units, before = 1, -1.0
    while True:
        began = time.monotonic()
        done = await async_get_jobs(hass).async_run(
            partial(_timed, advance, state, units), SLICE_DEADLINE_S
        )
        tell(done)
        if done.share >= 1.0:
            return done.state
        if done.share <= before:
            raise StalledError
        state, before = done.state, done.share
        growth = min(GROWTH, SLICE_S / max(done.cpu_s, 1e-3))
        units = min(MOST_UNITS, max(1, int(units * growth)))
        await asyncio.sleep(min(REST * (time.monotonic() - began), SLICE_S))


def _timed[T](advance: Advance[T], state: T, units: int) -> Slice[T]:
    began = time.thread_time()
    state, share = advance(state, units)
    return Slice(state, share, time.thread_time() - began)
