"""Heating: what a heat pump or heater draws, from the outdoor temperature and the hour.

    power = slope(hour) · max(0, base - T_slow) + rest(hour)

T_slow is the outdoor temperature as the walls feel it, an exponential mean. The base and the
time constant are those that fit best, as in the energy signature of a building (Fels 1986,
Energy and Buildings 9, with the mean of a day in place of T_slow); every hour's line is drawn
towards that of all. How far the truth lies from the line, as a share of it, is remembered by
hour and by how cold it was: thermostats switch, and a mild day's heating is all or nothing.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..horizon import HOUR_S, Horizon
from ..series import Series
from ..units import Floats
from .beliefs import Outlook
from .days import Days
from .experts.samples import beside, quantiles_of
from .history import Habits
from .levels import MEDIAN
from .normal import SCORES
from .seasonal import AHEAD, PATHS, Seasonal, learn_seasonal, seasonal_outlook
from .shuffle import shuffled

_HOURS: Final = 24
_DAYS: Final = 120
_LEAST_DAYS: Final = 10
_HALF_LIFE_DAYS: Final = 30.0
_SLOW_H: Final = (6.0, 24.0, 72.0)
"""Light, usual and heavy walls."""
_BASES_C: Final = tuple(range(6, 23))
_SHRINK_DAYS: Final = 5.0
"""Days of an hour's own that are worth as much as the slope of all hours."""
_MEAN_DAYS: Final = 1.0
"""The same for its mean, of which a few days tell enough."""
_COLDS_K: Final[Floats] = np.array([0.0, 1.0, 2.0, 4.0, 6.0, 9.0, 12.0, 16.0, 21.0, 27.0])
_WIDTH_K: Final = 2.0
"""Temperatures so far apart are still much alike."""
_BESIDE: Final = 0.25
"""Weight of the hours beside: what switches on at seven is off at six."""
_DAYS_FELT: Final = 10
"""Days after which the heaviest walls have forgotten the weather."""
_NORMAL: Final = 2.563
"""Standard deviations between the quantiles 0.1 and 0.9 of a normal distribution."""
_LEAST_SHARE: Final = 0.05
"""Of the mean power: a line that says less than that is no measure of what came."""


@dataclass(frozen=True)
class Signature:
    """How a heating answers to the outdoor temperature.

    Attributes:
        slow_h: time constant of the walls, hours.
        base_c: outdoor temperature above which it does not heat.
        slope, rest: (24,) kW/K and kW by local hour, not negative.
        least: kW, what the line is taken for at least.
        share: (C, 24, L) quantiles of truth over line, by coldness (`_COLDS_K`) and hour.
        courses: (AHEAD·24, N) truth over line on days as they were, newest first.
        memory: correlation of the errors of one day with the next's.
    """

    slow_h: float
    base_c: float
    slope: Floats
    rest: Floats
    least: float
    share: Floats
    courses: Floats
    memory: float

    def line(self, slow_c: Floats, hour: Floats) -> Floats:
        """Return the power, kW, at temperatures of the walls and whole local hours."""
        place = hour.astype(np.intp) % _HOURS
        power = self.slope[place] * np.maximum(self.base_c - slow_c, 0.0) + self.rest[place]
        at_least: Floats = np.maximum(power, self.least)
        return at_least


@dataclass(frozen=True)
class Heating:
    """What was learned of a heating before a day.

    Attributes:
        days: hours of the local day.
        day: number of the day.
        signature: None where the temperature or too much of the power is unknown.
        plain: its habit by hour, for want of a signature.
    """

    days: Days
    day: int
    signature: Signature | None
    plain: Seasonal | None


def learn_heating(
    model: Heating | None, power: Series, outdoor: Series, zone: str, now: float, habits: Habits
) -> Heating:
    """Return what was learned before today; the same until the day is over.

    Args:
        model: what was learned before.
        power: kW, not negative.
        outdoor: degrees C, measured or as forecast.
        zone: the home's.
        now: epoch seconds.
        habits: holidays and absences.
    """
    days = Days(zone, HOUR_S)
    day = days.day(now)
    if model is not None and model.days == days and model.day == day:
        return model
    plain = learn_seasonal(None, power, days, now, habits)
    drawn = np.maximum(days.matrix(power, day - _DAYS, _DAYS), 0.0)
    felt = days.matrix(outdoor, day - _DAYS, _DAYS)
    return Heating(days, day, _signature(drawn, felt), plain)


def _signature(drawn: Floats, felt: Floats) -> Signature | None:
    """Fit power (D, 24) to temperature (D, 24)."""
    age = np.arange(_DAYS, dtype=np.float64)[::-1, np.newaxis]
    weight: Floats = np.tile(0.5 ** (age / _HALF_LIFE_DAYS), (1, _HOURS))
    best: tuple[float, float, float, Floats] | None = None
    for slow_h in _SLOW_H:
        slow = slowly(felt.ravel(), slow_h).reshape(felt.shape)
        known = np.isfinite(drawn) & np.isfinite(slow)
        if known.sum() < _LEAST_DAYS * _HOURS:
            continue
        for base in _BASES_C:
            cold = np.maximum(base - slow, 0.0)
            line = _line(cold[known], drawn[known], weight[known])
            error = drawn[known] - line[0] * cold[known] - line[1]
            size = float((weight[known] * error**2).sum() / weight[known].sum())
            if best is None or size < 0.999 * best[0]:
                best = (size, slow_h, float(base), slow)
    if best is None:
        return None
    _, slow_h, base_c, slow = best
    return _with_shares(drawn, slow, weight, slow_h, base_c)


def slowly(temperature: Floats, slow_h: float, start: float = np.nan) -> Floats:
    """Return hourly temperatures, (N,), as walls feel them; unknown ones change nothing."""
    keep = np.exp(-1 / slow_h)
    slow = np.empty(len(temperature))
    last = start
    for index, value in enumerate(temperature.tolist()):
        if np.isfinite(value):
            last = keep * last + (1 - keep) * value if np.isfinite(last) else value
        slow[index] = last
    return slow


def _line(cold: Floats, power: Floats, weight: Floats) -> tuple[float, float]:
    """Return slope and rest of the weighted least-squares line, neither below zero."""
    share = weight / weight.sum()
    x, y = float(share @ cold), float(share @ power)
    variance = float(share @ (cold - x) ** 2)
    slope = max(float(share @ ((cold - x) * (power - y))) / max(variance, 1e-9), 0.0)
    if y - slope * x >= 0:
        return slope, y - slope * x
    return float(share @ (cold * power)) / max(float(share @ cold**2), 1e-9), 0.0


def _with_shares(
    drawn: Floats, slow: Floats, weight: Floats, slow_h: float, base_c: float
) -> Signature | None:
    """Return the signature with a line for each hour and what lies about it."""
    known = np.isfinite(drawn) & np.isfinite(slow)
    cold = np.where(known, np.maximum(base_c - slow, 0.0), 0.0)
    power, heavy = np.where(known, drawn, 0.0), weight * known
    average = float((heavy * power).sum() / heavy.sum())
    if average <= 0:  # It has never run.
        return None
    slope, rest = _line(cold[known], drawn[known], weight[known])
    slopes, rests = _lines(cold, power, heavy, (slope, rest))
    line = np.maximum(slopes * cold + rests, _LEAST_SHARE * average)
    share = np.where(known, drawn / line, np.nan)
    rows = [share[len(share) - AHEAD - back : len(share) - back].ravel() for back in range(PATHS)]
    return Signature(
        slow_h,
        base_c,
        slopes,
        rests,
        _LEAST_SHARE * average,
        _shares(np.where(known, drawn, np.nan), line, cold, weight),
        np.nan_to_num(np.stack(rows, axis=1), nan=1.0),
        _memory(power, np.where(known, line, 0.0), _LEAST_SHARE * average * _HOURS),
    )


def _lines(
    cold: Floats, power: Floats, weight: Floats, line: tuple[float, float]
) -> tuple[Floats, Floats]:
    """Return the slope and the rest of each hour, (24,), drawn towards the line of all.

    An hour's mean is drawn to that line's power at its mean coldness, its slope to that
    line's; where the rest would be below zero the line goes through none.
    """
    slope, rest = line
    mass = weight.sum(axis=0) + 1e-9
    x = (weight * cold).sum(axis=0) / mass
    y = (weight * power).sum(axis=0) + _MEAN_DAYS * (slope * x + rest)
    y /= mass + _MEAN_DAYS
    apart = cold - x
    variance = (weight * apart**2).sum(axis=0)
    usual = _SHRINK_DAYS * variance.sum() / mass.sum() + 1e-9
    slopes = (weight * apart * power).sum(axis=0) + usual * slope
    slopes = np.maximum(slopes / (variance + usual), 0.0)
    square = (weight * cold**2).sum(axis=0) + usual
    through = ((weight * cold * power).sum(axis=0) + usual * slope) / square
    fits = y >= slopes * x
    return np.where(fits, slopes, through), np.where(fits, y - slopes * x, 0.0)


def _shares(drawn: Floats, line: Floats, cold: Floats, weight: Floats) -> Floats:
    """Return mean and quantiles of truth over line, by coldness and hour, (C, 24, 1 + L).

    The mean is that of energies, drawn towards 1 by days as they come.
    """
    share = drawn / line
    samples, near = beside(share, 1), beside(cold, 1)
    count = share.shape[0]
    heavy = np.concatenate([_BESIDE * weight, weight, _BESIDE * weight], axis=0).T
    weights = heavy * _closeness(near)
    quantiles = quantiles_of(samples, weights)
    hours = np.isfinite(quantiles).all(axis=(0, 2))  # One never seen is as the others.
    quantiles[:, ~hours] = quantiles[:, hours].mean(axis=1, keepdims=True)
    known = np.isfinite(share).T
    own = weights[:, :, count : 2 * count] * known
    expected = np.where(known, line.T, 0.0)
    usual = _SHRINK_DAYS * expected.sum(axis=1) / np.maximum(known.sum(axis=1), 1) + 1e-9
    total = (own * np.where(known, drawn.T, 0.0)).sum(axis=2) + usual
    mean = total / ((own * expected).sum(axis=2) + usual)
    told: Floats = np.concatenate([mean[..., np.newaxis], quantiles], axis=2)
    return told


def _closeness(cold: Floats) -> Floats:
    """Return how much samples (24, n) say about each coldness, (C, 24, n)."""
    apart = (cold - _COLDS_K[:, np.newaxis, np.newaxis]) / _WIDTH_K
    close: Floats = np.exp(-0.5 * apart**2) + 1e-3
    return close


def _memory(power: Floats, line: Floats, least: float) -> float:
    """Return the correlation of one day's error with the next's, of energies of days."""
    error = _error(power.sum(axis=1), line.sum(axis=1), least)
    square = float((error**2).sum())
    return float(np.clip((error[1:] @ error[:-1]) / square, 0.0, 0.9)) if square > 0 else 0.0


def _error(energy: Floats, line: Floats, least: float) -> Floats:
    """Return by how much energies lie off the line, as logarithms of their ratio."""
    error: Floats = np.log((energy + least) / (line + least))
    return error


def heating_outlook(
    model: Heating,
    power: Series,
    outdoor: Series,
    temperature: Outlook | None,
    horizon: Horizon,
    now: float,
) -> Outlook | None:
    """Return the power to expect, kW; None where too little is known.

    Nothing of power and temperature after `now` is used but the outlook.
    """
    signature = model.signature
    if signature is None or temperature is None:
        return None if model.plain is None else seasonal_outlook(model.plain, horizon)
    past = now - HOUR_S * np.arange(_DAYS_FELT * _HOURS, -1, -1, dtype=np.float64)
    before = slowly(outdoor.means(past), signature.slow_h, float(temperature.mean[0]))
    hours = np.floor(model.days.position(past[:-1]))
    line = signature.line(before, hours)[-_HOURS:]
    drawn = power.means(past[-_HOURS - 1 :])
    seen = np.isfinite(drawn)
    off = _error(np.maximum(drawn[seen], 0.0).sum(), line[seen].sum(), signature.least * _HOURS)
    middle = (horizon.start + horizon.end) / 2
    lead = np.maximum(middle - now, 0.0) / HOUR_S
    slow = _felt(temperature.mean, horizon, signature.slow_h, float(before[-1]))
    hour = np.floor(model.days.position(middle))
    level = signature.line(slow, hour) * np.exp(off * signature.memory ** (1 + lead / _HOURS))
    told = level[:, np.newaxis] * _told(signature, slow, hour)
    spread = temperature.quantile(0.9) - temperature.quantile(0.1)
    answer = 1 - np.exp(-lead / signature.slow_h)
    place = hour.astype(np.intp) % _HOURS
    doubt = signature.slope[place] * (slow < signature.base_c) * answer * spread / _NORMAL
    quantiles = told[:, 1:]
    around = quantiles - quantiles[:, MEDIAN : MEDIAN + 1]
    wider = np.sign(SCORES) * np.hypot(around, SCORES * doubt[:, np.newaxis])
    quantiles = np.maximum(quantiles[:, MEDIAN : MEDIAN + 1] + wider, 0.0).T
    ways = _felt(temperature.paths, horizon, signature.slow_h, float(before[-1]))
    ways = ways[np.arange(PATHS) % len(ways)]  # Each course in a weather of its own.
    like = signature.line(ways, hour) * model.days.on(signature.courses, model.day, horizon).T
    paths = np.maximum(shuffled(quantiles, like), 0.0)
    return Outlook(told[:, 0], quantiles, paths, "signature")


def _felt(temperature: Floats, horizon: Horizon, slow_h: float, last: float) -> Floats:
    """Return temperatures on a horizon as the walls feel them, (..., K)."""
    keep = np.exp(-horizon.hours / slow_h)
    slow = np.empty_like(temperature)
    before = np.full(temperature.shape[:-1], last)
    for step, kept in enumerate(keep.tolist()):
        before = kept * before + (1 - kept) * temperature[..., step]
        slow[..., step] = before
    return slow


def _told(signature: Signature, slow: Floats, hour: Floats) -> Floats:
    """Return mean and quantiles of the shares at temperatures and hours, (K, 1 + L)."""
    cold = np.clip(signature.base_c - slow, 0.0, _COLDS_K[-1])
    place = np.interp(cold, _COLDS_K, np.arange(len(_COLDS_K)))
    low = np.minimum(place.astype(np.intp), len(_COLDS_K) - 2)
    share = (place - low)[:, np.newaxis]
    at = hour.astype(np.intp) % _HOURS
    between: Floats = (1 - share) * signature.share[low, at] + share * signature.share[low + 1, at]
    return between
