"""A household's measured course and the market's, on one clock."""

from dataclasses import dataclass
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
        start: (M,) the home's steps and those of the four weeks before.
        price: (M,) currency/kWh, NaN outside the price file.
        shift_weeks: by which the home was moved to meet the prices.
        first, last: wall-clock days of the prices used, epoch seconds of the price zone.
    """

    start: Floats
    price: Floats
    shift_weeks: int
    first: float
    last: float


def southern(zone: str, year_start: float) -> bool:
    """Return whether summer time is kept in January, as south of the equator."""
    january, july = offsets_s(np.array([year_start, year_start + 182 * DAY_S]), zone)
    return bool(january > july)


def default_shift_weeks(course: Course, prices: Series, price_zone: str) -> int:
    """Return the smallest shift in 52-week years that puts the home's start inside the prices.

    Between the hemispheres half a year is added, so that the season is kept.

    Raises:
        InputError: no such shift exists.
    """
    begin = float(course.start[0])
    half = southern(course.zone, begin) != southern(price_zone, begin)
    base = YEAR_WEEKS // 2 if half else 0
    reach = int((abs(float(prices.start[0]) - begin) // WEEK_S) // YEAR_WEEKS + 3)
    candidates = [base + YEAR_WEEKS * number for number in range(-reach, reach + 1)]
    for weeks in sorted(candidates, key=abs):
        if prices.start[0] <= begin + weeks * WEEK_S < prices.end[-1]:
            return weeks
    raise InputError("prices_too_short", weeks=len(prices.start) // (7 * 24))


def join(course: Course, prices: Series, price_zone: str, shift_weeks: int) -> Market:
    """Return the prices by local wall clock, each side in its own zone.

    The home's local time, moved by whole weeks, is read as the price zone's local time.
    """
    before = round(_BEFORE_DAYS * DAY_S / course.step_s)
    start = np.concatenate(
        [course.start[0] - course.step_s * np.arange(before, 0, -1), course.start]
    )
    wall = start + offsets_s(start, course.zone) + shift_weeks * WEEK_S
    guess = wall - offsets_s(wall, price_zone)
    there = wall - offsets_s(guess, price_zone)
    price = _held(prices, there, course.step_s)
    used = wall[before:][np.isfinite(price[before:])]
    if not len(used):
        raise InputError("prices_do_not_meet_home", shift_weeks=shift_weeks)
    return Market(start, price, shift_weeks, float(used[0]), float(used[-1]))


def _held(prices: Series, begin: Floats, width_s: float) -> Floats:
    """Return the mean price over [begin, begin + width), NaN where not fully known."""
    edges = np.stack([begin, begin + width_s], axis=-1)
    return prices.means(edges)[:, 0]
