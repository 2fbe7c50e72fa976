"""A household's measured course and the market's, on one clock."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np

from ..horizon import DAY_S
from ..series import Series
from ..tariff import offsets_s
from ..units import Floats, InputError

WEEK_S: Final = 7 * DAY_S
YEAR_WEEKS: Final = 52
_BEFORE_DAYS: Final = 28
"""Days of prices before the home's first, from which later ones are extrapolated."""


@dataclass(frozen=True)
class Course:
    """A household on a regular grid.

    Attributes:
        start: (N,) epoch seconds.
        step_s: width of the steps.
        load_kw: (N,), NaN where unknown.
        solar_kw: (N,) or None without solar.
        solar_forecast_kw: (N,) a forecast of unknown issue time, or None.
        zone: IANA name of the home's wall clock.
    """

    start: Floats
    step_s: float
    load_kw: Floats
    solar_kw: Floats | None
    solar_forecast_kw: Floats | None
    zone: str

    def __post_init__(self) -> None:
        """Reject a grid that is not regular."""
        if len(self.start) < 2:
            raise InputError("course_too_short", steps=len(self.start))
        odd = np.flatnonzero(np.abs(np.diff(self.start) - self.step_s) > 1e-3)
        if len(odd):
            raise InputError("course_irregular", row=int(odd[0]) + 2, step_s=self.step_s)


@dataclass(frozen=True)
class Market:
    """Market prices on the home's clock.

    Attributes:
        start: (M,) the home's steps and, unless told otherwise, those of the four weeks before.
        price: (M,) currency/kWh, NaN outside the price file.
        wall: (M,) the wall clock on which each price was read, as if it were UTC.
        shift_weeks: by which the home was moved to meet the prices.
    """

    start: Floats
    price: Floats
    wall: Floats
    shift_weeks: int


def southern(zone: str, at: float) -> bool:
    """Return whether summer time is kept in January of that year, as south of the equator.

    A southern zone without summer time cannot be told from a northern one.
    """
    begin = datetime(datetime.fromtimestamp(at, UTC).year, 1, 1, tzinfo=UTC).timestamp()
    january, july = offsets_s(np.array([begin, begin + 182 * DAY_S]), zone)
    return bool(january > july)


def default_shift_weeks(course: Course, prices: Series, price_zone: str) -> int:
    """Return the smallest shift in 52-week years that puts the home's start inside the prices.

    Both are read on their own wall clocks. Between the hemispheres half a year is added, so
    that the season is kept.

    Raises:
        InputError: no such shift exists.
    """
    begin = float(wall_clock(course.start[:1], course.zone)[0])
    first, end = wall_clock(np.array([prices.start[0], prices.end[-1]]), price_zone).tolist()
    half = southern(course.zone, begin) != southern(price_zone, begin)
    base = YEAR_WEEKS // 2 if half else 0
    reach = int(abs(first - begin) // (YEAR_WEEKS * WEEK_S)) + 2
    candidates = [base + YEAR_WEEKS * number for number in range(-reach, reach + 1)]
    for weeks in sorted(candidates, key=abs):
        if first <= begin + weeks * WEEK_S < end:
            return weeks
    raise InputError("prices_too_short", weeks=int((end - first) // WEEK_S))


def join(
    course: Course,
    prices: Series,
    price_zone: str,
    shift_weeks: int,
    before_days: int = _BEFORE_DAYS,
) -> Market:
    """Return the prices by local wall clock, each side in its own zone.

    The home's local time, moved by whole weeks, is read as the price zone's local time.
    """
    before = round(before_days * DAY_S / course.step_s)
    start = np.concatenate(
        [course.start[0] - course.step_s * np.arange(before, 0, -1), course.start]
    )
    wall = wall_clock(start, course.zone) + shift_weeks * WEEK_S
    price = _held(prices, utc(wall, price_zone), course.step_s)
    if not np.isfinite(price[before:]).any():
        raise InputError("prices_do_not_meet_home", shift_weeks=shift_weeks)
    return Market(start, price, wall, shift_weeks)


def wall_clock(times: Floats, zone: str) -> Floats:
    """Return local wall-clock times, as if they were UTC."""
    return times + offsets_s(times, zone)


def utc(wall: Floats, zone: str) -> Floats:
    """Return the times at which a wall clock stands so.

    A time that the clock skips is read as the time an hour later, of one that it shows
    twice either is returned.
    """
    guess = wall - offsets_s(wall - offsets_s(wall, zone), zone)
    return np.maximum(guess, wall - offsets_s(guess, zone))


def _held(prices: Series, begin: Floats, width_s: float) -> Floats:
    """Return the mean price over [begin, begin + width), NaN where not fully known."""
    edges = np.stack([begin, begin + width_s], axis=-1)
    return prices.means(edges)[:, 0]
