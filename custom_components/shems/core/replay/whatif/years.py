"""Years to come, drawn from a home's past.

Weeks of the past stand for those ahead (`weeks.py`). Sun is carried over as clearness, the
share of what a cloudless sky gives the home's modules (`sky.py`): short days are never taken
for long ones. Prices are those of the same days where they are of the same part of the year,
else of days that are. People live otherwise in other months and years, and more so in seasons
that the past has not seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

import numpy as np

from ...horizon import DAY_S
from ...infer.living_check import OWN_DAYS
from ...units import Bools, Floats
from .diary import HOURS, Clock, Diary, Indices
from .question import Subject
from .sky import Roofs
from .weather import simulated
from .weeks import YEAR, Ahead, Weeks, weeks

_HIGH: Final = 0.3
"""Share of the day's best hour from which on an hour tells of clouds, not of its horizon."""
_TOP: Final = 1.3
"""Under the bright edge of a cloud."""
SUN_YEARS: Final = 0.06
"""How much the sun of whole years varies: 3 to 6 % (Gueymard & Wilcox 2011)."""
_SUN_SEASON: Final = 0.12
"""How much clearer one half of the year may be than the other, as a logarithm per unit of the
angle's sine: of a roof in Norway (`pv_nwp_norway`, A) half a year was foretold from the year
before with an error of 0.09, and from the half before, snow and all, with 0.19."""
LOAD_YEARS: Final = 0.09
LOAD_MONTHS: Final = 0.13
_LOAD_SEASON: Final = 0.13
"""Deviations of the logarithm of the load. Of four homes with years of data (`hue`, `sgsc`),
half a year was foretold from the year before with an error of 0.09, its months with 0.14, and
from the half before with 0.2: what the past has not seen makes up the rest."""
_LOAD_HOURS: Final = 0.08
"""The same of the share that falls to night, morning, day and evening: a year apart these
shares differed by 0.06 to 0.10, a half year apart by 0.09 to 0.20."""
_BANDS_H: Final = (6, 11, 17, 22)
MARKET_YEARS: Final = 0.25
"""How much a market's level changes from one year to the next: 0.25 and 0.2 in quiet years
(Netherlands, 2019 to 2021), far more in a crisis."""
_PRICE_NEAR: Final = 30.0
"""Days of the year within which prices are of the same season."""
_OTHER_KIND: Final = 30.0
"""By how many days a working day is farther from a weekend than its date tells."""
_SATURDAY: Final = 5


@dataclass(frozen=True)
class Years:
    """Drawn hours.

    Attributes:
        clock: (T,) hours.
        load_kw, solar_kw, market: (N, T); no sun is zero, an unknown market NaN.
        outdoor_c: (N, T); None where it is unknown.
        clearness: (N, T) share of a cloudless sky's light; None where it is unknown.
        number: (N,) of each draw, by which draws of parameters are chosen.
        living, sky: (N, T) hours of the past that stand for these, for people and for the sun.
    """

    clock: Clock
    load_kw: Floats
    solar_kw: Floats
    market: Floats
    outdoor_c: Floats | None
    clearness: Floats | None
    number: Indices
    living: Indices
    sky: Indices

    @classmethod
    def joined(cls, parts: Sequence[Years]) -> Years:
        """Return draws of the same hours as one."""
        one: dict[str, Any] = {}
        for name in (each.name for each in fields(cls) if each.name != "clock"):
            rows = [getattr(part, name) for part in parts]
            one[name] = None if rows[0] is None else np.concatenate(rows)
        return replace(parts[0], **one)


def draw(
    subject: Subject,
    diary: Diary,
    roofs: Roofs | None,
    ahead: Ahead,
    rows: range,
    noise: np.random.Generator,
) -> Years:
    """Return drawn courses of the days ahead, one for each of the rows.

    Args:
        subject: the home.
        diary: its past.
        roofs: how its modules may lie; None without any, or where the place is unknown.
        ahead: the days.
        rows: numbers of the draws.
        noise: where chance comes from.
    """
    count = len(rows)
    clock = Clock.over(ahead.first, ahead.count, diary.days)
    living, sky = weeks(subject, diary, ahead, count, noise)
    day = clock.day - ahead.first
    place = _place(diary, clock, living)
    level = _drift(living, noise, _LOAD_SEASON)[:, day] + _drift_of_months(clock, count, noise)
    level += _drift_of_hours(clock, living, noise)
    load = np.nan_to_num(diary.load_kw[place]) * np.exp(level)
    if len(subject.lived):
        load = _lived(load, diary.moved_kw[place], subject.lived, clock, diary.count, noise)
    outdoor = None if diary.outdoor_c is None else diary.outdoor_c[place]
    above = _place(diary, clock, sky)
    clearness, solar = None, np.zeros(load.shape)
    if diary.solar_kw is not None:
        clearer = noise.normal(0.0, SUN_YEARS, (count, 1)) + _drift(sky, noise, _SUN_SEASON)
        if roofs is None:
            solar = np.nan_to_num(diary.solar_kw)[above] * np.exp(clearer[:, day])
        else:
            chosen = roofs.choose(count, noise)
            most = roofs.clear(clock, diary.days, chosen)
            past = Clearness.of(diary, roofs, chosen)
            clearness = past.at(above, clock, most)
            clearness = np.minimum(clearness * np.exp(clearer[:, day]), _TOP)
            solar = clearness * most
    market = _market(diary, clock, sky.source, ahead, noise)
    market *= np.exp(noise.normal(0.0, MARKET_YEARS, (count, 1)))
    if subject.site is not None and (outdoor is None or clearness is None):
        temperature, share = simulated(subject.site, clock, count, noise)
        outdoor = temperature if outdoor is None else outdoor
        clearness = share if clearness is None else clearness
    return Years(clock, load, solar, market, outdoor, clearness, np.array(rows), place, above)


@dataclass(frozen=True)
class Clearness:
    """The past sun as shares of a cloudless sky's.

    Hours in which the day's sun stands high are told apart. Of the others, which walls and trees
    shade and a wrong slope falsifies, only what they have in common: an hour that is dim in
    November may be bright in May.

    Attributes:
        day: (T,) of each hour, from the first.
        high: (N, T) whether the sun stands high.
        hourly: (N, T) shares.
        bright, dim: (N, D) shares of the day's hours with a high and a low sun.
    """

    day: Indices
    high: Bools
    hourly: Floats
    bright: Floats
    dim: Floats

    @classmethod
    def of(cls, diary: Diary, roofs: Roofs, chosen: Indices) -> Clearness:
        """Compare the past with a cloudless sky on the chosen roofs."""
        solar = np.zeros(len(diary.load_kw)) if diary.solar_kw is None else diary.solar_kw
        solar = np.nan_to_num(solar)
        most = roofs.clear(diary.clock, diary.days, chosen)
        day = diary.clock.day - diary.first
        high = _high(most, day)

        def shares(kept: Bools) -> Floats:
            given = np.array([np.bincount(day, solar * row) for row in kept])
            could = np.array([np.bincount(day, row) for row in most * kept])
            share: Floats = np.minimum(given / np.maximum(could, 1e-9), _TOP)
            return share

        hourly = np.where(high, np.minimum(solar / np.maximum(most, 1e-9), _TOP), 0.0)
        return cls(day, high, hourly, shares(high), shares(~high & (most > 0)))

    @classmethod
    def likeliest(cls, diary: Diary, roofs: Roofs) -> Floats:
        """Return the past's shares on the likeliest roof, (1, T)."""
        found = cls.of(diary, roofs, np.array([np.argmax(roofs.weight)]))
        shares: Floats = np.where(found.high, found.hourly, found.dim[:, found.day])
        return shares

    def at(self, place: Indices, clock: Clock, most: Floats) -> Floats:
        """Return shares for other hours, (N, T): of the hours of the past that stand for them.

        Args:
            place: (N, T) those hours.
            clock: the other hours.
            most: (N, T) kW of a cloudless sky in them.
        """
        rows = np.arange(len(most))[:, np.newaxis]
        day = self.day[place]
        told = np.where(self.high[rows, place], self.hourly[rows, place], self.bright[rows, day])
        high = _high(most, clock.day - clock.day[0])
        share: Floats = np.where(high, told, self.dim[rows, day])
        return share


def _high(most: Floats, day: Indices) -> Bools:
    """Return the hours in which the sun gives much of what it gives at the day's best."""
    begins = np.flatnonzero(np.diff(day, prepend=-1))
    top = np.maximum.reduceat(most, begins, axis=1)
    return np.asarray((most > _HIGH * top[:, day]) & (most > 0))


def _lived(
    load: Floats,
    moved: Floats,
    lived: Floats,
    clock: Clock,
    known: int,
    noise: np.random.Generator,
) -> Floats:
    """Return the load with some days as such people live them, the more the shorter the past.

    As where the inference foretells a load: a simulated day counts as `OWN_DAYS` of the own.
    What SHEMS moves takes what it took.
    """
    day = clock.day - clock.day[0]
    chance = OWN_DAYS / (OWN_DAYS + known)
    other = noise.random((len(load), int(day[-1]) + 1)) < chance
    member = noise.integers(len(lived), size=len(load))
    drawn: Floats = np.where(other[:, day], lived[member][:, : len(day)] + moved, load)
    return drawn


def _place(diary: Diary, clock: Clock, found: Weeks) -> Indices:
    """Return the hours of the past that stand for the hours ahead, (N, T)."""
    place = diary.midnight[found.source][:, clock.day - clock.day[0]] + clock.slot
    return np.asarray(np.minimum(place, len(diary.clock.start) - 1), dtype=np.intp)


def _drift(found: Weeks, noise: np.random.Generator, deviation: float) -> Floats:
    """Return by how much a season differs from what stands for it, (N, D), as a logarithm."""
    slope = noise.normal(0.0, deviation, (len(found.source), 1, 2))
    drift: Floats = (slope * found.apart).sum(axis=2)
    return drift


def _drift_of_months(clock: Clock, count: int, noise: np.random.Generator) -> Floats:
    """Return by how much people will live otherwise, (N, T): as years and as months vary."""
    month = (clock.start / (DAY_S * YEAR / 12)).astype(np.intp)
    month -= month[0]
    years = noise.normal(0.0, LOAD_YEARS, (count, 1))
    months = noise.normal(0.0, LOAD_MONTHS, (count, int(month[-1]) + 1))
    drift: Floats = years + months[:, month]
    return drift


def _drift_of_hours(clock: Clock, living: Weeks, noise: np.random.Generator) -> Floats:
    """Return by how much other parts of the day will be lived otherwise, (N, T)."""
    band = np.digitize(clock.slot, _BANDS_H) % len(_BANDS_H)
    day = clock.day - clock.day[0]
    drift = np.zeros((len(living.source), len(day)))
    for number in range(len(_BANDS_H)):
        own = noise.normal(0.0, _LOAD_HOURS, (len(drift), 1)) + _drift(living, noise, _LOAD_HOURS)
        drift += np.where(band == number, own[:, day], 0.0)
    return drift


def _market(
    diary: Diary, clock: Clock, source: Indices, ahead: Ahead, noise: np.random.Generator
) -> Floats:
    """Return market prices, (N, T): of the day drawn where it is of the season."""
    count = len(source)
    whole = np.flatnonzero(np.isfinite(diary.prices).all(axis=1))
    if not len(whole):
        return np.full((count, len(clock.start)), np.nan)
    chosen = np.empty(source.shape, dtype=np.intp)
    number = diary.price_day + whole
    own = source + diary.first
    fine = np.isin(own, number) & (_apart(own, ahead.first + np.arange(ahead.count)) < _PRICE_NEAR)
    for column in range(ahead.count):
        day = ahead.first + column
        apart = _apart(number, np.full(len(number), day))
        apart = apart + np.where(_weekend(number) == _weekend(np.array(day)), 0.0, _OTHER_KIND)
        weight = np.exp(-0.5 * ((apart - apart.min()) / (_PRICE_NEAR / 2)) ** 2)
        other = noise.choice(number, count, p=weight / weight.sum())
        chosen[:, column] = np.where(fine[:, column], own[:, column], other)
    rows = chosen[:, clock.day - ahead.first] - diary.price_day
    prices: Floats = diary.prices[rows, np.minimum(clock.slot, HOURS - 1)]
    return prices


def _weekend(day: Indices) -> Bools:
    # 1 January 1970 was a Thursday.
    return np.asarray((day + 3) % 7 >= _SATURDAY)


def _apart(one: Indices, other: Indices) -> Floats:
    """Return how many days of the year lie between days."""
    apart = np.abs(one - other) % YEAR
    nearest: Floats = np.minimum(apart, YEAR - apart)
    return nearest
