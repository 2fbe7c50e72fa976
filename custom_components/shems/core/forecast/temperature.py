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
from .residual import SCORES
from .shuffle import shuffled

PATHS: Final = 16
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


@dataclass(frozen=True)
class Drift:
    """How a quantity wanders about its profile of the day.

    Attributes:
        profile: (24,) its mean by local hour.
        fading_h: how long it stays off it, hours.
        errors: (O, LEADS) how wrong this was from past origins, oldest first, all known.
        quantiles: (LEADS, L) of the errors.
    """

    profile: Floats
    fading_h: float
    errors: Floats
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
                best = (size, profile[-1], fading_h, whole)
    if best is None:
        return None
    _, last, fading_h, errors = best
    near = [np.roll(errors, shift, axis=1) for shift in (-1, 1)]
    near[0][:, -1], near[1][:, 0] = errors[:, -1], errors[:, 0]
    samples = np.concatenate([errors, *near]).T
    quantiles = quantiles_of(samples, np.ones((1, samples.shape[1])))[0]
    return Drift(last, fading_h, errors, quantiles)


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
class _Margin:
    """Distributions and patterns of courses on a horizon, (L, K) and (N, K)."""

    quantiles: Floats
    like: Floats


def temperature_outlook(
    model: TemperatureModel, outdoor: Series, given: Series, horizon: Horizon, now: float
) -> Outlook | None:
    """Return outdoor temperatures, degrees C; None where neither sensor nor forecast is known.

    Nothing of the sensor after `now` is used.
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
    hour = model.days.position((horizon.start + horizon.end) / 2)
    margin = _margin(model.given, told, shown - _last_hours(given, now), lead, hour, _service(lead))
    if not reached.all():
        zero, wide = np.zeros(len(lead)), np.full(len(lead), _UNKNOWN_K)
        if model.alone is None:
            zero += _mean(shown[np.newaxis])[0]
            shown = np.full(_LAST_H, np.nan)
        alone = _margin(model.alone, zero, shown, lead, hour, wide)
        margin = _Margin(
            np.where(reached, margin.quantiles, alone.quantiles),
            np.where(reached, margin.like, alone.like),
        )
    quantiles, like = margin.quantiles, margin.like
    source = "sensor" if not reached.any() else "forecast"
    return Outlook(mean_of(quantiles.T), quantiles, shuffled(quantiles, like), source)


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


def _margin(
    drift: Drift | None, base: Floats, off: Floats, lead: Floats, hour: Floats, wide: Floats
) -> _Margin:
    """Return what is added to a base, (K,), where it is `off` by so much in the last hours.

    Without anything learned the spread is `wide`, (K,) standard deviations.
    """
    if drift is None:
        like = np.tile(np.arange(PATHS, dtype=np.float64)[:, np.newaxis], (1, len(lead)))
        return _Margin(base + SCORES[:, np.newaxis] * wide, like)
    clock = np.arange(-1, _HOURS + 1)
    around = drift.profile[clock % _HOURS]
    usual = np.interp(hour % _HOURS, clock + 0.5, around)
    last = (hour[0] - lead[0] - 0.5 - np.arange(_LAST_H)[::-1]) % _HOURS
    surprise = _mean((off - np.interp(last, clock + 0.5, around))[np.newaxis])[0]
    middle = base + usual + surprise * np.exp(-lead / drift.fading_h)
    place = np.minimum(lead.astype(np.intp), _LEADS - 1)
    chosen = np.linspace(len(drift.errors) - 1, 0, PATHS).astype(np.intp)
    return _Margin(middle + drift.quantiles[place].T, drift.errors[chosen][:, place])
