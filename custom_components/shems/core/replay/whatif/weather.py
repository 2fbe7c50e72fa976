"""Weather where the home's past has none: simulated for the place."""

from functools import lru_cache
from typing import Final

import numpy as np

from ...assets.plane import Site, clear_sky
from ...forecast.days import Days
from ...units import Floats, InputError
from ...world.population.climate import draw_climate
from .diary import HOURS, Clock, Diary
from .question import Subject

_YEAR: Final = 365.25
_WHOLE: Final = 330
"""Days of a past that hold all seasons."""
_YEARS: Final = 8
"""Simulated years that make a usual one."""


def simulated(
    site: Site, clock: Clock, count: int, noise: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return temperatures outdoors and shares of a cloudless sky's light, (N, T) each.

    The sky's share is that of the whole day.
    """
    hours = len(clock.start)
    climate = draw_climate(
        noise,
        count,
        hours // HOURS + 2,
        latitude=np.full(count, site.latitude),
        start=np.full(count, clock.start[0]),
    )
    clear = clear_sky(climate.sun)
    day = np.arange(climate.irradiance.shape[1]) // HOURS
    begin = np.arange(0, len(day), HOURS)
    most = np.add.reduceat(clear.direct + clear.diffuse, begin, axis=1)
    share = np.add.reduceat(climate.irradiance, begin, axis=1) / np.maximum(most, 1e-6)
    return climate.temperature_c[:, :hours], share[:, day[:hours]]


def degree_hours(outdoor_c: Floats, base_c: float) -> Floats:
    """Return by how much it is colder than the base, K, same shape."""
    below: Floats = np.maximum(base_c - outdoor_c, 0.0)
    return below


def usual_degree_hours(subject: Subject, diary: Diary, base_c: float) -> float:
    """Return the degree hours of a usual year: of the past if it was whole, else of the place.

    Raises:
        InputError: neither temperatures nor the place are known.
    """
    if diary.outdoor_c is not None and diary.count >= _WHOLE:
        return float(degree_hours(diary.outdoor_c, base_c).mean()) * _YEAR * HOURS
    if subject.site is None:
        raise InputError("what_if_place")
    return _simulated_degree_hours(subject.site, diary.days, diary.first, base_c)


@lru_cache(maxsize=4)
def _simulated_degree_hours(site: Site, days: Days, first: int, base_c: float) -> float:
    """Return the mean of simulated years; every part of an answer asks again."""
    clock = Clock.over(first, round(_YEAR), days)
    outdoor, _ = simulated(site, clock, _YEARS, np.random.default_rng(1))
    return float(degree_hours(outdoor, base_c).mean()) * _YEAR * HOURS


def heating_slope(diary: Diary, base_c: float) -> float | None:
    """Return what heating takes per degree hour, kWh/Kh, by the days of the past.

    None where the temperatures are unknown, or the days do not tell it from nothing (two
    standard errors).
    """
    found = heating_line(diary, base_c)
    if found is None:
        return None
    slope, error = found
    return slope if slope > 2.0 * error else None


def heating_line(diary: Diary, base_c: float) -> tuple[float, float] | None:
    """Return a day's energy per degree hour and its standard error, kWh/Kh.

    Least squares with all days alike; None where the temperatures are unknown or all the same.
    """
    if diary.outdoor_c is None or diary.whole.sum() < HOURS:
        return None
    day = diary.clock.day - diary.first
    energy = np.bincount(day, np.nan_to_num(diary.load_kw))[diary.whole]
    cold = np.bincount(day, degree_hours(diary.outdoor_c, base_c))[diary.whole]
    apart = cold - cold.mean()
    square = float(apart @ apart)
    if square <= 0:
        return None
    slope = float(apart @ energy) / square
    left = energy - energy.mean() - slope * apart
    return slope, float(np.sqrt(left @ left / (len(left) - 2) / square))
