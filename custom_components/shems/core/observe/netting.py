"""Net metering by the year: what exports bring that may be more than the year's imports."""

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from ..horizon import DAY_S, HOUR_S
from ..series import Series

_SPREAD: Final = 0.1
"""What a home buys and sells differs by about a tenth from year to year: by its weather, as solar
yields do by a twentieth, and by its household."""
_COVERED: Final = 0.9
"""Of a span that may be spoken for; what is missing is taken to be like the rest of it."""
_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True)
class NetYear:
    """How far a contract year has come in which exports are set off against imports.

    Attributes:
        begin, end: epoch seconds.
        balance_kwh: bought less sold so far.
        expected_kwh: the same at the year's end.
        beyond: how likely more will have been sold than bought, 0 to 1.
    """

    begin: float
    end: float
    balance_kwh: float
    expected_kwh: float
    beyond: float


def contract_year(at: float, first: date, zone: str) -> tuple[float, float]:
    """Return when the contract year began that holds a time, and when it ends, epoch seconds.

    Args:
        at: epoch seconds.
        first: day of any contract year.
        zone: IANA name of the zone whose calendar is billed by.
    """
    info = ZoneInfo(zone)

    def begin(year: int) -> float:
        leap = (first.month, first.day) == (2, 29)
        day = date(year, 3, 1) if leap else first.replace(year=year)
        return datetime(day.year, day.month, day.day, tzinfo=info).timestamp()

    year = datetime.fromtimestamp(at, info).year
    year -= begin(year) > at
    return begin(year), begin(year + 1)


def net_year(grid_kw: Series, now: float, year: tuple[float, float]) -> NetYear | None:
    """Return how far the year has come, None where too little of the last twelve months is known.

    The rest of the year is expected to be as it was a year ago, so that the year ends at the
    balance of the last twelve months, with a spread that vanishes with what is left:

        expected = so far + rest,   beyond = Φ(-expected / σ),   σ = spread · |rest bought, sold|

    Args:
        grid_kw: at the meter, hourly, + = import, of the last twelve months.
        now: epoch seconds.
        year: begin and end.
    """
    begin, end = year
    ago = _YEAR.total_seconds()
    done, rest = _energies(grid_kw, begin, now), _energies(grid_kw, now - ago, end - ago)
    if done is None or rest is None:
        return None
    balance, expected = done[0] - done[1], done[0] - done[1] + rest[0] - rest[1]
    spread = max(_SPREAD * math.hypot(*rest), 1.0)
    beyond = 0.5 * math.erfc(expected / spread / math.sqrt(2))
    return NetYear(begin, end, balance, expected, beyond)


def _energies(grid_kw: Series, begin: float, end: float) -> tuple[float, float] | None:
    """Return what was bought and sold between two times, kWh, None where that is not known."""
    hours = max(end - begin, 0.0) / HOUR_S
    if hours * HOUR_S < DAY_S:
        return 0.0, 0.0
    inside = (grid_kw.start >= begin) & (grid_kw.end <= end) & np.isfinite(grid_kw.value)
    width = (grid_kw.end - grid_kw.start)[inside] / HOUR_S
    covered = float(width.sum()) / hours
    if covered < _COVERED:
        return None
    kwh = grid_kw.value[inside] * width / covered
    return float(np.maximum(kwh, 0.0).sum()), float(np.maximum(-kwh, 0.0).sum())
