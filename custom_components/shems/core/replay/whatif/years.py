"""Years to come, drawn from a home's past.

Weeks of the past are put together anew (block bootstrap: Künsch 1989), each where its season
fits. A season is told by the sun's course and by how the ground has warmed, which lags behind
by a month: with φ the angle since the warmest day, a week is taken for another with the weight

    exp(-½ (Δcos φ / 0.25)² - ½ (Δsin φ / 0.6)²)

so that of a year the weeks around the same date are drawn, and where spring was never seen,
weeks of autumn that are as warm. Sun is carried over as clearness, the share of what a
cloudless sky gives the home's modules: short days are never taken for long ones. Prices are
those of the same days where they are of the same part of the year, else of days that are.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ...horizon import DAY_S
from ...units import Bools, Floats
from .diary import HOURS, Clock, Diary, Indices
from .question import Subject

BLOCK: Final = 7
_YEAR: Final = 365.2425
_WARMEST: Final = 200.0
"""Day of the year, in the north: four weeks after the sun's highest."""
_COS_WIDTH: Final = 0.25
_SIN_WIDTH: Final = 0.6
_FAINT: Final = 0.02
"""Share of the strongest hour below which clearness says nothing."""
_TOP: Final = 1.3
"""Under the bright edge of a cloud."""
SUN_YEARS: Final = 0.04
"""How much the sun of whole years varies (Gueymard & Wilcox 2011: 3 to 6 %)."""
LOAD_YEARS: Final = 0.08
LOAD_MONTHS: Final = 0.12
MARKET_YEARS: Final = 0.2
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
    """

    clock: Clock
    load_kw: Floats
    solar_kw: Floats
    market: Floats
    outdoor_c: Floats | None


@dataclass(frozen=True)
class Ahead:
    """Local days to come: the first, and how many."""

    first: int
    count: int


def draw(
    subject: Subject, diary: Diary, ahead: Ahead, count: int, noise: np.random.Generator
) -> Years:
    """Return drawn courses of the days ahead."""
    clock = Clock.over(ahead.first, ahead.count, diary.days)
    source = _sources(subject, diary, ahead, count, noise)
    place = diary.midnight[source][:, clock.day - ahead.first] + clock.slot
    place = np.minimum(place, len(diary.clock.start) - 1)
    load = np.nan_to_num(diary.load_kw[place]) * _levels(clock, count, noise)
    clearness = _clearness(subject, diary)
    if clearness is None:
        solar = np.zeros(load.shape)
    else:
        most = clock.on(diary.clear(subject.site, ahead.first, ahead.count), ahead.first)
        level = np.exp(noise.normal(0.0, SUN_YEARS, (count, 1)))
        solar = (
            np.minimum(clearness[place] * level, _TOP) * most
            if subject.site
            else (clearness[place] * level)
        )
    market = _market(diary, clock, source, ahead, noise)
    market *= np.exp(noise.normal(0.0, MARKET_YEARS, (count, 1)))
    outdoor = None if diary.outdoor_c is None else diary.outdoor_c[place]
    return Years(clock, load, solar, market, outdoor)


def warmth(subject: Subject, day: Floats) -> tuple[Floats, Floats]:
    """Return cosine and sine of the angle since the warmest day of the year."""
    warmest = _WARMEST
    if subject.site is not None and subject.site.latitude < 0:
        warmest += _YEAR / 2
    angle = 2.0 * np.pi * (day - warmest) / _YEAR
    return np.cos(angle), np.sin(angle)


def unseen_days(subject: Subject, diary: Diary, ahead: Ahead) -> int:
    """Return how many days ahead are of a season that the past never saw, cold or warm."""
    seen, _ = warmth(subject, diary.first + np.flatnonzero(diary.whole).astype(np.float64))
    day = ahead.first + np.arange(ahead.count, dtype=np.float64)
    wanted, _ = warmth(subject, day)
    below, above = seen.min() - _COS_WIDTH, seen.max() + _COS_WIDTH
    beyond = (wanted < below) | (wanted > above)
    return int(beyond.sum())


def _sources(
    subject: Subject, diary: Diary, ahead: Ahead, count: int, noise: np.random.Generator
) -> Indices:
    """Return which day of the past stands for each day ahead, (N, D) from the first."""
    past = np.arange(diary.count, dtype=np.float64)
    length = BLOCK if _runs(diary.whole, BLOCK).any() else 1
    begins = np.flatnonzero(_runs(diary.whole, length))
    own = np.array(warmth(subject, diary.first + past[begins] + length / 2))
    weekday = (diary.first + begins) % 7
    source = np.empty((count, ahead.count), dtype=np.intp)
    for first in range(0, ahead.count, length):
        day = ahead.first + first
        wanted = np.array(warmth(subject, np.array([day + length / 2])))
        far = ((own - wanted) / np.array([[_COS_WIDTH], [_SIN_WIDTH]])) ** 2
        distance = far.sum(axis=0)
        same = weekday == day % 7
        if same.any():
            distance = np.where(same, distance, np.inf)
        weight = np.exp(-0.5 * (distance - distance.min()))
        chosen = noise.choice(begins, count, p=weight / weight.sum())
        last = min(first + length, ahead.count)
        source[:, first:last] = chosen[:, np.newaxis] + np.arange(last - first)
    return source


def _runs(whole: Bools, length: int) -> Bools:
    """Return the days from which on so many are whole, (D,)."""
    padded = np.concatenate([whole, np.zeros(length - 1, dtype=np.bool_)])
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, length).all(axis=1))


def _clearness(subject: Subject, diary: Diary) -> Floats | None:
    """Return the past sun as a share of a cloudless sky's, (T,); as it was without a place."""
    if diary.solar_kw is None:
        return None
    solar = np.nan_to_num(diary.solar_kw)
    if subject.site is None:
        return solar
    most = diary.clock.on(diary.clear(subject.site, diary.first, diary.count), diary.first)
    day = diary.clock.day - diary.first
    whole = np.bincount(day, solar) / np.maximum(np.bincount(day, most), 1e-9)
    bright = most > _FAINT * most.max()
    clearness: Floats = np.where(bright, solar / np.maximum(most, 1e-9), whole[day])
    return np.minimum(clearness, _TOP)


def _levels(clock: Clock, count: int, noise: np.random.Generator) -> Floats:
    """Return by how much people will live otherwise, (N, T): as years and as months vary."""
    month = (clock.start / (DAY_S * _YEAR / 12)).astype(np.intp)
    month -= month[0]
    years = noise.normal(0.0, LOAD_YEARS, (count, 1))
    months = noise.normal(0.0, LOAD_MONTHS, (count, int(month[-1]) + 1))
    return np.exp(years + months[:, month])


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
    apart = np.abs(one - other) % _YEAR
    nearest: Floats = np.minimum(apart, _YEAR - apart)
    return nearest
