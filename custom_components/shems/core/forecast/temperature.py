"""Outdoor temperature: the weather forecast as the home's own sensor finds it, then habit.

What is forecast is the sensor's difference from the weather forecast where there is one,
and the sensor's temperature itself where there is none. Either follows a profile of the
day that moves slowly, and what it is off by now fades:

    x(t) = profile(hour of t) + (x(now) - profile(hour of now)) · exp(-(t - now) / fading)

How slowly and how fast is what would have done best in the last two months, and how wrong
that was, lead by lead, is the spread.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..horizon import DAY_S, HOUR_S, Horizon
from ..series import Series
from ..units import Floats
from .beliefs import Outlook
from .days import Days
from .experts.samples import quantiles_of
from .levels import mean_of
from .normal import SCORES
from .shuffle import patterns, shuffled

_HOURS: Final = 24
_DAYS: Final = 60
_LEAST_ORIGINS: Final = 16
"""Four days of looking back."""
_LEADS: Final = 72
"""Hours ahead that are learned; later ones are as uncertain as the last."""
_EVERY_H: Final = 6
_HALF_LIVES: Final = (0.0, 1.0, 3.0, 7.0, 21.0)
"""Days after which a day counts half in the profile; 0 is a profile of zeros."""
_FADING_H: Final = (0.01, 6.0, 24.0, 72.0, 240.0)
_LAST_H: Final = 3
"""Hours whose mean is what the sensor is off by now: a gust is no trend."""
_SERVICE_K: Final = (1.0, 2.0)
"""Standard deviation of a weather service's forecast now and after two days, before the
home has measured its own: the order of what national services publish."""
_UNKNOWN_K: Final = 5.0
"""Standard deviation of a day from the one before, where neither is known yet."""
_DIGITS: Final = 2
"""Hundredths of a degree: a sensor tells no more."""


@dataclass(frozen=True)
class Drift:
    """How a quantity wanders about its profile of the day.

    Attributes:
        profile: (24,) its mean by local hour.
        fading_h: how long it stays off it, hours.
        off: (D, 24) how far it was off the profile as known before each day; NaN unknown.
        quantiles: (LEADS, L) of how wrong this was by hours ahead.
    """

    profile: Floats
    fading_h: float
    off: Floats
    quantiles: Floats


@dataclass(frozen=True)
class TemperatureModel:
    """What the sensor has taught before a day.

    Attributes:
        days: hours of the local day.
        day: number of the day.
        alone: the sensor's own course, None where too little of it is known.
        given: its difference from the weather forecast, None likewise.
    """

    days: Days
    day: int
    alone: Drift | None
    given: Drift | None


def learn_temperature(
    model: TemperatureModel | None, outdoor: Series, given: Series, zone: str, now: float
) -> TemperatureModel:
    """Return what was learned before today; the same model until the day is over.

    Args:
        model: what was learned before.
        outdoor: the home's own sensor, degrees C.
        given: the weather forecast, in the past as it was issued.
        zone: the home's.
        now: epoch seconds.
    """
    days = Days(zone, HOUR_S)
    day = days.day(now)
    if model is not None and model.days == days and model.day == day:
        return model
    shown = days.matrix(outdoor, day - _DAYS, _DAYS)
    told = days.matrix(given, day - _DAYS, _DAYS)
    return TemperatureModel(days, day, _drift(shown), _drift(shown - told))


def _drift(seen: Floats) -> Drift | None:
    """Choose the profile and the fading that would have done best, from days (D, 24)."""
    flat = seen.ravel()
    origins = np.arange(_HOURS, len(flat) - _EVERY_H + 1, _EVERY_H)
    ahead = origins[:, np.newaxis] + np.arange(_LEADS)
    padded = np.concatenate([flat, np.full(_LEADS, np.nan)])
    hour = ahead % _HOURS
    best: tuple[float, Floats, float, Floats] | None = None
    if np.isfinite(flat).sum() < _LEAST_ORIGINS:
        return None
    for half_life in _HALF_LIVES:
        profile = _profiles(seen, half_life)
        here = profile[origins // _HOURS]
        usual = np.take_along_axis(here, hour, axis=1)
        back = origins[:, np.newaxis] - np.arange(1, _LAST_H + 1)
        off = flat[back] - profile[back // _HOURS, back % _HOURS]
        off = _mean(off)
        for fading_h in _FADING_H:
            left = np.exp(-(np.arange(_LEADS) + 0.5) / fading_h)
            error = padded[ahead] - usual - off[:, np.newaxis] * left
            known = np.isfinite(error)
            whole = error[known.all(axis=1)]
            if len(whole) < _LEAST_ORIGINS:
                continue
            size = float(np.abs(whole).mean())
            if best is None or size < best[0]:
                best = (size, profile, fading_h, whole)
    if best is None:
        return None
    _, profile, fading_h, errors = best
    near = [np.roll(errors, shift, axis=1) for shift in (-1, 1)]
    near[0][:, -1], near[1][:, 0] = errors[:, -1], errors[:, 0]
    samples = np.concatenate([errors, *near]).T
    quantiles = quantiles_of(samples, np.ones((1, samples.shape[1])))[0]
    return Drift(profile[-1], fading_h, np.round(seen - profile[:-1], _DIGITS), quantiles)


def _mean(value: Floats) -> Floats:
    """Return the mean of what is known of each row; 0 where nothing is."""
    known = np.isfinite(value)
    total = np.where(known, value, 0.0).sum(axis=1)
    mean: Floats = total / np.maximum(known.sum(axis=1), 1)
    return mean


def _profiles(seen: Floats, half_life: float) -> Floats:
    """Return the profile as known before each day of (D, 24) and after the last, (D + 1, 24).

    An hour never seen has the mean of the others; before anything was seen it is zero.
    """
    profiles = np.zeros((len(seen) + 1, _HOURS))
    if not half_life:
        return profiles
    keep = 0.5 ** (1 / half_life)
    total, weight = np.zeros(_HOURS), np.zeros(_HOURS)
    for row, day in enumerate(seen):
        known = np.isfinite(day)
        total = keep * total + np.where(known, day, 0.0)
        weight = keep * weight + known
        mean = total.sum() / max(weight.sum(), 1e-9)
        profiles[row + 1] = np.where(weight > 0, total / np.maximum(weight, 1e-9), mean)
    return profiles


@dataclass(frozen=True)
class _When:
    """Where the steps of a horizon lie.

    Attributes:
        lead: (K,) hours from now to their middle.
        hour: (K,) hours from the midnight of today to it, on the wall clock.
        now: hours from that midnight to now.
        rows: of a drift's days, the patterns of the courses.
    """

    lead: Floats
    hour: Floats
    now: float
    rows: list[int]


@dataclass(frozen=True)
class _Margin:
    """Distributions and patterns of courses on a horizon, (L, K) and (N, K)."""

    quantiles: Floats
    like: Floats


def temperature_outlook(
    model: TemperatureModel,
    outdoor: Series,
    given: Series,
    horizon: Horizon,
    now: float,
    days_back: tuple[int, ...],
) -> Outlook | None:
    """Return outdoor temperatures, degrees C; None where neither sensor nor forecast is known.

    Nothing of the sensor after `now` is used.

    Args:
        model: what was learned before today.
        outdoor: the home's own sensor, of the last hours at least.
        given: the weather forecast, of the last hours and to come.
        horizon: the steps.
        now: epoch seconds.
        days_back: how many days ago the pattern of each course was; with none, there is but
            the mean.
    """
    lead = np.maximum((horizon.start + horizon.end) / 2 - now, 0.0) / HOUR_S
    told = given.on(horizon)
    reached = np.isfinite(told)
    shown = _last_hours(outdoor, now)
    sensed = model.alone is not None or bool(np.isfinite(shown).any())
    if not sensed and not reached.any():
        return None
    if not sensed:
        told, reached = _continued(told, given, horizon, lead), np.ones_like(reached)
    midnight = model.days.day(now) * _HOURS
    here, *there = model.days.position(np.append(now, (horizon.start + horizon.end) / 2))
    rows = [model.days.day(now) - back - model.day + _DAYS for back in days_back]
    when = _When(lead, np.array(there) - midnight, here - midnight, rows)
    margin = _margin(model.given, told, shown - _last_hours(given, now), when, _service(lead))
    if not reached.all():
        zero, wide = np.zeros(len(lead)), np.full(len(lead), _UNKNOWN_K)
        if model.alone is None:
            zero += _mean(shown[np.newaxis])[0]
            shown = np.full(_LAST_H, np.nan)
        alone = _margin(model.alone, zero, shown, when, wide)
        margin = _Margin(
            np.where(reached, margin.quantiles, alone.quantiles),
            np.where(reached, margin.like, alone.like),
        )
    mean = mean_of(margin.quantiles.T)
    source = "sensor" if not reached.any() else "forecast"
    paths = shuffled(margin.quantiles, margin.like) if days_back else mean[np.newaxis]
    return Outlook(mean, margin.quantiles, paths, source, days_back)


def _last_hours(series: Series, now: float) -> Floats:
    """Return the means of the last hours, newest last, NaN where unknown."""
    return series.means(now - HOUR_S * np.arange(_LAST_H, -1, -1, dtype=np.float64))


def _service(lead: Floats) -> Floats:
    """Return how far a weather service's forecast is off, (K,) standard deviations."""
    wide: Floats = np.interp(lead, [0.0, 48.0], _SERVICE_K)
    return wide


def _continued(told: Floats, given: Series, horizon: Horizon, lead: Floats) -> Floats:
    """Return a forecast with what lies beyond it as the day before, at last as it ends."""
    for back in range(1, 4):
        before = given.between(horizon.start - back * DAY_S, horizon.end - back * DAY_S)
        told = np.where(np.isfinite(told), told, before)
    known = np.isfinite(told)
    held: Floats = np.interp(lead, lead[known], told[known])
    return held


def _margin(drift: Drift | None, base: Floats, off: Floats, when: _When, wide: Floats) -> _Margin:
    """Return what is added to a base, (K,), where it is `off` by so much in the last hours.

    Without anything learned the spread is `wide`, (K,) standard deviations.
    """
    if drift is None:
        unknown = np.empty((0, len(wide)))
        return _Margin(base + SCORES[:, np.newaxis] * wide, patterns(unknown, when.rows))
    clock = np.arange(-1, _HOURS + 1)
    around = drift.profile[clock % _HOURS]
    usual = np.interp(when.hour % _HOURS, clock + 0.5, around)
    last = (when.now - 0.5 - np.arange(_LAST_H)[::-1]) % _HOURS
    surprise = _mean((off - np.interp(last, clock + 0.5, around))[np.newaxis])[0]
    fading = np.exp(-when.lead / drift.fading_h)
    place = np.minimum(when.lead.astype(np.intp), _LEADS - 1)
    quantiles = base + usual + surprise * fading + drift.quantiles[place].T
    return _Margin(quantiles, patterns(_courses(drift, when, fading), when.rows))


def _courses(drift: Drift, when: _When, fading: Floats) -> Floats:
    """Return what came on each day after this hour less what had been expected, (D, K)."""
    past = np.floor(when.now) - np.arange(_LAST_H, 0, -1)
    hour = np.floor(np.concatenate([past, when.hour])).astype(np.intp)
    place = _HOURS * np.arange(len(drift.off))[:, np.newaxis] + hour
    inside = (place >= 0) & (place < drift.off.size)
    off = np.where(inside, drift.off.ravel()[np.where(inside, place, 0)], np.nan)
    return off[:, _LAST_H:] - _mean(off[:, :_LAST_H])[:, np.newaxis] * fading
