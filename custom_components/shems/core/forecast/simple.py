"""The mean of the last seven days by time of day, and prices by hour and day type."""

from statistics import NormalDist
from typing import Final

import numpy as np

from ..horizon import DAY_S, Horizon
from ..series import Series
from ..tariff import Tariff, local_clock, offsets_s
from ..units import Bools, Floats, InputError
from .beliefs import Beliefs, Outlook
from .feed_in import feed_in_outlook
from .history import History
from .levels import LEVELS, index_of

_DAYS: Final = 7
_REACH_DAYS: Final = 14
"""How far back a missing day is replaced by an older one."""
_PRICE_REACH_DAYS: Final = 14
"""Two weeks hold ten working days and four of a weekend."""
_NORMAL: Final = np.array([[NormalDist().inv_cdf(level)] for level in LEVELS.tolist()])


def believe(
    history: History,
    tariff: Tariff,
    horizon: Horizon,
    now: float,
    *,
    solar_given: Series | None = None,
    known_until: float | None = None,
) -> Beliefs:
    """Return beliefs from history alone and, where given, a provider's solar forecast.

    Nothing measured after `now` is used, whatever the history holds.

    Args:
        history: measured load and solar, and market prices past and published.
        tariff: the contract.
        horizon: the steps to believe something about.
        now: epoch seconds.
        solar_given: a forecast of solar power in kW.
        known_until: end of the published prices, where the market series goes further.

    Raises:
        InputError: no load, or no price where the tariff needs one, has ever been seen.
    """
    load = seven_day_mean(history.load, horizon, now, tariff.zone)
    if load is None:
        raise InputError("no_load_history")
    market, known = np.full(len(horizon), np.nan), np.ones(len(horizon), dtype=np.bool_)
    feed_in = None
    if tariff.needs_market:
        market, known = market_outlook(history.market, horizon, tariff.zone, known_until)
        feed_in = feed_in_outlook(
            history.feed_in, history.market, market, horizon, tariff.zone, known_until
        )
    return Beliefs(
        horizon,
        load,
        solar_outlook(history, horizon, now, tariff.zone, solar_given),
        tariff.prices(market, horizon, known, feed_in),
    )


def seven_day_mean(
    series: Series, horizon: Horizon, now: float, zone: str, *, least: float = 0.0
) -> Outlook | None:
    """Return the mean and quantiles of the last seven known days at each local time.

    The quantiles are those of the same samples, taken together with the steps before and
    after. Times of day that no recent day has seen get the mean of those seen. A home that
    has not seen a step of an earlier day gets the mean of all it knows, as a constant
    course; None where nothing is known before `now`. Nothing is below `least`: powers are
    never negative, prices and temperatures may be.
    """
    samples = _samples(series, horizon, zone, _REACH_DAYS, now)
    finite = np.isfinite(samples)
    finite &= np.cumsum(finite, axis=0) <= _DAYS
    if not finite.any():
        return _constant(series, horizon, now, least)
    count = finite.sum(axis=0)
    total = np.where(finite, samples, 0.0).sum(axis=0)
    mean = np.divide(total, count, out=np.full(len(horizon), np.nan), where=count > 0)
    mean[count == 0] = total.sum() / count.sum()
    near = np.where(finite, samples, np.nan)
    beside = np.pad(near, ((0, 0), (1, 1)), constant_values=np.nan)
    pooled = np.concatenate([near, beside[:, :-2], beside[:, 2:], mean[np.newaxis]])
    return Outlook(
        np.maximum(mean, least),
        sample_quantiles(np.maximum(pooled, least)),
        np.maximum(_paths(samples, mean), least),
        "seven_day_mean",
        tuple(range(1, _DAYS + 1)),
    )


def _constant(series: Series, horizon: Horizon, now: float, least: float) -> Outlook | None:
    """Return the mean of everything known before `now`, None where nothing is."""
    seen = np.isfinite(series.value) & (series.end <= now + 1e-6)
    if not seen.any():
        return None
    mean = np.average(series.value[seen], weights=(series.end - series.start)[seen])
    return Outlook.certain(np.full(len(horizon), max(float(mean), least)), "mean")


def _paths(samples: Floats, mean: Floats) -> Floats:
    """Return seven whole courses, (7, K), from the samples of each day before, (days, K).

    Row n follows the day n + 1 days before as far as it is known, then older ones: a course
    keeps the ups and downs of real days. Where none is known the mean stands.
    """
    filled = samples.copy()
    for row in range(len(filled) - 2, -1, -1):
        filled[row] = np.where(np.isfinite(filled[row]), filled[row], filled[row + 1])
    return np.where(np.isfinite(filled), filled, mean)[:_DAYS]


def sample_quantiles(pooled: Floats) -> Floats:
    """Return the quantiles of each column's finite samples, (L, K); at least one is finite.

    The order statistics are read by rank, for np.nanquantile sorts column by column.
    """
    ordered = np.sort(pooled, axis=0)  # NaN last.
    last = np.isfinite(pooled).sum(axis=0) - 1
    columns = np.arange(pooled.shape[1])
    levels = np.empty((len(LEVELS), pooled.shape[1]))
    for row, level in enumerate(LEVELS):
        rank = level * last
        low = np.floor(rank).astype(np.intp)
        high = np.minimum(low + 1, last)
        share = rank - low
        levels[row] = (1 - share) * ordered[low, columns] + share * ordered[high, columns]
    return levels


def _samples(series: Series, horizon: Horizon, zone: str, days: int, until: float | None) -> Floats:
    """Return the values at the same local time 1 to `days` days before, (days, K).

    NaN where unknown or not yet over at `until`. A step keeps its width, whatever the
    clocks do at its end.
    """
    back = np.arange(1, days + 1, dtype=np.float64)[:, np.newaxis] * DAY_S
    start = horizon.start - back
    start = start + offsets_s(horizon.start, zone) - offsets_s(start, zone)
    end = start + np.diff(horizon.edges)
    samples = series.between(start, end)
    if until is not None:
        samples[end > until + 1e-6] = np.nan
    return samples


def solar_outlook(
    history: History, horizon: Horizon, now: float, zone: str, given: Series | None
) -> Outlook:
    """Return the given forecast where it reaches, the seven-day mean elsewhere.

    A home without any solar history has no sun to expect. The given forecast takes its
    spread from its provider, else from the last seven days.
    """
    mean = seven_day_mean(history.solar, horizon, now, zone)
    base = mean or Outlook.certain(np.zeros(len(horizon)), "none")
    if given is None or not len(given):
        return base
    promised = given.on(horizon)
    value = np.where(np.isfinite(promised), np.maximum(promised, 0.0), base.mean)
    shift = value - base.mean
    low, high = history.given_low.on(horizon), history.given_high.on(horizon)
    told = np.isfinite(promised) & np.isfinite(low) & np.isfinite(high)
    quantiles = np.where(told, _between(low, value, high), base.quantiles + shift)
    return Outlook(
        value,
        np.maximum(quantiles, 0.0),
        np.maximum(base.paths + shift, 0.0),
        "given",
        base.days_back,
    )


def _between(low: Floats, middle: Floats, high: Floats) -> Floats:
    """Return the quantiles, (L, K), of a normal law cut in two at its median, (K,).

    Args:
        low, high: its quantiles of 0.1 and 0.9.
        middle: its median.
    """
    wide = np.where(_NORMAL < 0, np.maximum(middle - low, 0.0), np.maximum(high - middle, 0.0))
    spread: Floats = middle + _NORMAL / _NORMAL[index_of(0.9)] * wide
    return spread


def market_outlook(
    market: Series, horizon: Horizon, zone: str, known_until: float | None = None
) -> tuple[Floats, Bools]:
    """Return market prices, (K,) currency/kWh, and which of them are published.

    An unpublished price is the mean at the same local time over the days of the same type
    (working day, weekend) in the two weeks before it. Where the type was never seen every
    day counts, where the hour was never seen the mean of all.

    Raises:
        InputError: no price is known at all.
    """
    value = market.on(horizon)
    known = np.isfinite(value)
    if known_until is not None:
        known &= horizon.end <= known_until + 1e-6
    if known.all():
        return value, known
    samples = _samples(market, horizon, zone, _PRICE_REACH_DAYS, known_until)
    _, weekday = local_clock(horizon.start, zone)
    back = np.arange(1, _PRICE_REACH_DAYS + 1)[:, np.newaxis]
    weekend = weekday >= 5
    alike = ((weekday - back) % 7 >= 5) == weekend
    value = np.where(known, value, np.nan)
    for allowed in (alike, np.ones_like(alike)):
        usable = np.isfinite(samples) & allowed
        count = usable.sum(axis=0)
        total = np.where(usable, samples, 0.0).sum(axis=0)
        guess = np.divide(total, count, out=np.full(len(horizon), np.nan), where=count > 0)
        value = np.where(np.isfinite(value), value, guess)
    until = np.inf if known_until is None else known_until + 1e-6
    seen = market.value[np.isfinite(market.value) & (market.end <= until)]
    if not len(seen):
        raise InputError("no_price_history")
    return np.where(np.isfinite(value), value, seen.mean()), known
