"""What the weather explains of a change in consumption.

A colder week uses more electricity where electricity heats. What was used in one period is
told for the weather of the other: `used + slope * (degree days of the other - its own)`. The
slope, kWh per degree day, comes from the rooms and the heat pump where they are known or were
inferred and are trusted, else from the home's own days by least squares.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from ..assets.heating import Heating

LIMIT_C: Final = 15.0
INDOOR_C: Final = 18.0
"""Eurostat: a day whose mean is at most 15 °C has as many degree days as it is below 18 °C."""
LEAST_DAYS: Final = 21
"""Fewer days say little of a slope: three weeks have three of each weekday."""
LEAST_SPREAD: Final = 2.0
"""Degree days must vary by this much, as a standard deviation, or there is nothing to fit."""
LEAST_SHARE: Final = 0.2
"""Share of the daily variance that the weather must explain before it is believed to: with 21
days, chance alone reaches 0.19 once in twenty."""
_DAY_H: Final = 24.0


class Source(StrEnum):
    """Where a slope comes from."""

    ROOMS = "rooms"
    DAYS = "days"


@dataclass(frozen=True)
class Day:
    """A day, or the part of one that belongs to a period.

    Attributes:
        mean_c: mean outdoor temperature of the whole day.
        share: of the day.
    """

    mean_c: float
    share: float = 1.0


@dataclass(frozen=True)
class Slope:
    """How consumption goes with the cold.

    Attributes:
        kwh_per_degree_day: what each degree day adds.
        source: where that comes from.
    """

    kwh_per_degree_day: float
    source: Source


@dataclass(frozen=True)
class Weather:
    """Two periods' weather, and what the second had used in that of the first.

    Attributes:
        degree_days, degree_days_before: of both periods.
        load_kwh_before: what the period before had used in this one's weather.
        source: where the slope comes from.
    """

    degree_days: float
    degree_days_before: float
    load_kwh_before: float
    source: Source


def degree_days(mean_c: float) -> float:
    """Return the heating degree days of a day with a mean outdoor temperature, Kd."""
    return INDOOR_C - mean_c if mean_c <= LIMIT_C else 0.0


def slope_of_rooms(heatings: Sequence[Heating], mean_c: float) -> Slope | None:
    """Return the slope of known rooms at an outdoor temperature; None where none are heated.

    A day that is colder by one degree loses 24 h times the rooms' loss more, and a heat pump
    takes its share of that: `24 * loss / COP`.
    """
    per_day = [
        _DAY_H * each.building.loss_kw_per_k / float(each.performance.along(np.array([mean_c]))[0])
        for each in heatings
        if each.performance is not None
    ]
    return Slope(sum(per_day), Source.ROOMS) if per_day else None


def slope_of_days(load_kwh: Mapping[str, float], mean_c: Mapping[str, float]) -> Slope | None:
    """Return the slope by least squares over days; None where they do not tell it.

    Args:
        load_kwh: of whole days, by ISO date.
        mean_c: mean outdoor temperatures, by ISO date.
    """
    dates = sorted(load_kwh.keys() & mean_c.keys())
    if len(dates) < LEAST_DAYS:
        return None
    cold = np.array([degree_days(mean_c[each]) for each in dates])
    used = np.array([load_kwh[each] for each in dates])
    if cold.std() < LEAST_SPREAD or used.std() <= 0:
        return None
    correlation = float(np.corrcoef(cold, used)[0, 1])
    if correlation <= 0 or correlation**2 < LEAST_SHARE:
        return None
    return Slope(float(correlation * used.std() / cold.std()), Source.DAYS)


def adjusted(
    slope: Slope, days: Sequence[Day], before: Sequence[Day], load_kwh_before: float
) -> Weather:
    """Return what a period before had used in this one's weather.

    Args:
        slope: how consumption goes with the cold.
        days, before: of both periods.
        load_kwh_before: what was used in the period before.
    """
    cold, cold_before = (
        sum(each.share * degree_days(each.mean_c) for each in some) for some in (days, before)
    )
    change = slope.kwh_per_degree_day * (cold - cold_before)
    return Weather(cold, cold_before, max(load_kwh_before + change, 0.0), slope.source)
