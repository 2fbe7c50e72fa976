"""Whether a solar roof's history is that of a plane under its own clock, left alone."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ..assets.plane import Light
from ..assets.sun import position
from ..horizon import HOUR_S
from ..units import Floats
from .block import Check
from .solar_features import basis_of, fit, trust_of
from .solar_predict import PEAK, delivered
from .solar_seen import Daylight, SolarSeen, daylight

ALARMS: Final = ("time_shift", "curtailment", "misfit")
MILD: Final = frozenset({"curtailment"})

_DRAWS: Final = 16
"""Draws whose mean is what is expected: its error is a quarter of their spread."""
_NIGHT: Final = np.radians(-1.5)
"""Elevation at both ends of an hour in which no module gives anything."""
_LOW: Final = np.radians(14.0)
"""Elevation of a sun that an hour's shift brings to the horizon or below."""
_TWILIGHT: Final = np.radians(-8.0)
_DARK_SHARE: Final = 1e-4
"""Of the energy: what a meter's late reports leave in the hours of night."""
_FIT_SCALE: Final = 15.0
"""Of twice the log-likelihood that an hour's shift gains: seldom more, clouds last for hours."""
_WEIGHTS: Final = (4.0, 1.5, 2.7, 2.1, 1.4)
"""Of night, no dawn, weak and strong side, better fit: a logistic regression on 1500 simulated
homes with a wrong clock and 1500 with a right one."""
_CLEAR_CUT: Final = 5.0
"""Evidence that one in seven hundred homes with a right clock has, and 97 % with a wrong one."""
_BRIGHT: Final = 0.3
"""Clearness, and two thirds of it the share of the highest expected power, of bright hours."""
_FULL: Final = 0.7
"""Share of the highest power from which an inverter's limit may be what levels it."""
_SNOWED: Final = 0.05
"""The same, below which snow may be what takes it."""
_ALIKE: Final = 0.03
"""Width of a level in the logarithm of power: three times a good meter's scatter."""
_LEAST_HOURS: Final = 20.0
_GROSS: Final = 1.3
"""Residual by power, both root mean squares: it would be better to expect nothing."""
_TINY: Final = 1e-9


@dataclass(frozen=True)
class _Side:
    """What one side of the day shows, morning or evening, (n,) each.

    Attributes:
        dark: share of the energy that came at night.
        dead: share of hours with a low sun that gave nothing.
        ratio: logarithm of what came with a low sun over what was expected.
    """

    dark: Floats
    dead: Floats
    ratio: Floats


def check(seen: SolarSeen, draws: Floats) -> Check:
    """Compare n homes' histories with what (n, S, 6) draws of their parameters would give.

    A wrong clock shows in power at night, in dead hours of light, and in the fit of any plane
    being better under another; curtailment in that power which should vary with the sky keeps
    to one level; a misfit is told only where it is gross.
    """
    day = seen.window
    power = seen.power_kw[day.home, day.hour]
    used = draws[:, :_DRAWS]
    expected = delivered(day, used).mean(axis=1)
    peak = np.maximum(used[..., PEAK].mean(axis=1), _TINY)
    statistics = (
        _wrong_clock(seen, day, used, expected, peak),
        _one_level(day, power, expected),
        _misfit(day, power, expected),
    )
    return Check(ALARMS, np.stack(statistics, axis=1), MILD)


def _misfit(day: Daylight, power: Floats, expected: Floats) -> Floats:
    """Return the residual by power where it is gross, NaN elsewhere, (n,)."""
    fair = ~day.snowy
    off = day.total(fair * (power - expected) ** 2)
    whole = day.total(fair * (0.5 * (power + expected)) ** 2)
    residual = np.sqrt(off / np.maximum(whole, _TINY))
    return np.where(residual > _GROSS, residual, np.nan)


def _one_level(day: Daylight, power: Floats, expected: Floats) -> Floats:
    """Return how many bright hours have one power, beyond the next most frequent one, (n,).

    Their number is taken by the 3/4 power of all bright hours: of few hours some are alike by
    chance. Whole levels of a coarse counter have others beside them, a limit has none.
    """
    most, highest = np.zeros(day.count), np.zeros(day.count)
    np.maximum.at(most, day.home, power)
    np.maximum.at(highest, day.home, expected)
    share = power / np.maximum(most[day.home], _TINY)
    bright = (day.clearness > _BRIGHT) & (expected > _BRIGHT / 1.5 * highest[day.home])
    bright &= ~day.snowy | (share > _SNOWED)
    hours = np.maximum(day.total(bright.astype(float)), _LEAST_HOURS)
    below = bright & (share < _FULL)
    home, level = day.home[below], np.log(np.maximum(share[below], 0.04))
    order = np.lexsort((level, home))
    home, level = home[order], level[order]
    place = home * 100.0 + level
    alike = np.searchsorted(place, place + _ALIKE, side="right") - np.arange(len(place))
    first, second = np.zeros(day.count), np.zeros(day.count)
    np.maximum.at(first, home, alike)
    where = np.full(day.count, np.inf)
    best = alike == first[home]
    np.minimum.at(where, home[best], level[best])
    apart = np.abs(level - where[home]) > 1.5 * _ALIKE
    np.maximum.at(second, home[apart], alike[apart])
    return (first - second) / hours**0.75


def _wrong_clock(
    seen: SolarSeen, day: Daylight, draws: Floats, expected: Floats, peak: Floats
) -> Floats:
    """Return how much speaks for the clock being an hour late or early, (n,).

    NaN where it is not clear-cut, which leaves the alarms that may be false to curtailment.
    """
    morning, evening = _sides(seen, day, draws, expected, peak)
    gains = _gains(seen)
    late = _evidence(evening, morning, gains[0])
    early = _evidence(morning, evening, gains[1])
    most = np.maximum(late, early)
    return np.where(most > _CLEAR_CUT, most, np.nan)


def _evidence(lit: _Side, missed: _Side, gain: Floats) -> Floats:
    """Return what speaks for power having moved towards one side from the other."""
    night, dead, weak, strong, better = _WEIGHTS
    return (
        night * np.log10(1.0 + lit.dark / _DARK_SHARE)
        + dead * missed.dead
        + weak * np.clip(-missed.ratio, -1.0, 3.0)
        + strong * np.clip(lit.ratio, -1.0, 3.0)
        + better * np.arcsinh(gain / _FIT_SCALE)
    )


def _sides(
    seen: SolarSeen, day: Daylight, draws: Floats, expected: Floats, peak: Floats
) -> tuple[_Side, _Side]:
    """Return what mornings and evenings show."""
    hours = seen.power_kw.shape[1]
    ends = np.append(seen.times[:, :hours], seen.times[:, hours - 1 : hours] + HOUR_S, axis=1)
    sun = position(ends, seen.latitude[:, np.newaxis], seen.longitude[:, np.newaxis])
    night = np.maximum(sun.elevation[:, 1:], sun.elevation[:, :-1]) < _NIGHT
    rising = sun.azimuth[:, :-1] < np.pi
    power = seen.power_kw[day.home, day.hour]
    whole = np.maximum(np.nansum(seen.power_kw, axis=1), _TINY)
    veiled = Light(np.zeros_like(day.light.direct), 0.8 * day.light.diffuse)
    certain = delivered(replace(day, light=veiled), draws[:, :4]).mean(axis=1)
    here = peak[day.home]
    low = (certain > 0.012 * here) & ~day.snowy & (day.sun.elevation < _LOW)
    found = []
    for side, half in ((rising, day.sun.azimuth < np.pi), (~rising, day.sun.azimuth >= np.pi)):
        chosen = low & half
        dark = np.nansum(np.where(night & side, seen.power_kw, 0.0), axis=1) / whole
        many = np.maximum(day.total(chosen.astype(float)), 4.0)
        dead = day.total((chosen & (power < 0.003 * here)).astype(float)) / many
        came = day.total(chosen * power) + 0.002 * peak
        ratio = np.log(came / (day.total(chosen * expected) + 0.002 * peak))
        found.append(_Side(dark, dead, ratio))
    return found[0], found[1]


def _gains(seen: SolarSeen) -> tuple[Floats, Floats]:
    """Return twice the log-likelihood that planes gain if power was an hour late, and early."""
    power = seen.power_kw
    edge = np.full((len(power), 1), np.nan)
    earlier = np.concatenate([power[:, 1:], edge], axis=1)
    later = np.concatenate([edge, power[:, :-1]], axis=1)
    known = np.isfinite(power) & np.isfinite(earlier) & np.isfinite(later)
    day = daylight(seen, slice(0, power.shape[1]), known, _TWILIGHT)
    basis = basis_of(day)
    weight = trust_of(day, power[day.home, day.hour])
    counted = day.total(weight)
    now, before, after = (
        2.0 * np.log(fit(day, basis, moved[day.home, day.hour], weight).misfit + 1e-3)
        for moved in (power, earlier, later)
    )
    return counted * (now - before), counted * (now - after)
