"""Local days, by which people live."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Self
from zoneinfo import ZoneInfo

import numpy as np

from ..horizon import DAY_S, HOUR_S
from ..units import Bools, Floats
from .chance import Integers

_UNIX_ORDINAL = date(1970, 1, 1).toordinal()


@lru_cache(maxsize=4096)
def _dawn(ordinal: int, zone: str) -> float:
    """Return when a local day's clock would show 0:00 if it went as it does at noon.

    Clocks change at night, when nobody in this home does anything by the clock.
    """
    noon = datetime.combine(date.fromordinal(ordinal), time(12), ZoneInfo(zone))
    return noon.timestamp() - 12 * HOUR_S


@dataclass(frozen=True)
class Clock:
    """The wall clock at moments, (N,) each.

    Attributes:
        ordinal: the local day, as date.toordinal counts.
        hour: hours since the day's 0:00; below 0 or above 24 only around a change.
        dawn: epoch seconds of the day's 0:00.
    """

    ordinal: Integers
    hour: Floats
    dawn: Floats

    @classmethod
    def at(cls, times: Floats, zone: str) -> Self:
        """Read the wall clock of a zone."""
        first = int(times.min() // DAY_S) + _UNIX_ORDINAL - 1
        last = int(times.max() // DAY_S) + _UNIX_ORDINAL + 1
        ordinals = np.arange(first, last + 1, dtype=np.int64)
        dawns = np.array([_dawn(day, zone) for day in ordinals.tolist()])
        place = np.searchsorted(dawns, times, side="right") - 1
        dawn = dawns[place]
        return cls(ordinals[place], (times - dawn) / HOUR_S, dawn)

    @property
    def weekend(self) -> Bools:
        """Whether the day is a Saturday or Sunday, (N,)."""
        return weekend(self.ordinal)


def weekend(ordinal: Integers) -> Bools:
    """Return whether days are Saturdays or Sundays; day 1 of the calendar was a Monday."""
    free: Bools = (ordinal - 1) % 7 >= 5
    return free
