"""Market prices to come: the published ones, then what the market's own past suggests."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from ..horizon import DAY_S, HOUR_S, Horizon
from ..series import Series
from ..units import Bools, Floats, InputError
from .dayahead import AHEAD, LEADS, DayAhead, advance, cautious, distributions
from .days import Days
from .levels import COUNT, MEDIAN, index_of, mean_of
from .pricetable import HOURS, Table
from .shuffle import patterns, shuffled

_LEARNED_DAYS: Final = 400
"""A year and the weeks a lesson needs before it."""
_BEFORE_DAYS: Final = 64
"""Days before a lesson that it looks at."""
_LEAST_DAYS: Final = 14
"""With fewer days in four weeks the errors of the learned model are not yet known."""
_PLAIN_DAYS: Final = 14
"""Two weeks hold ten working days and four of a weekend."""
_COMPLETE: Final = 0.75
"""Share of a day that must be published: some zones' markets end an hour before the day."""
_PATTERN_DAYS: Final = 28
_PATTERN_KEEP: Final = 0.5 ** (1 / 5)
"""What happens inside the hour follows the sun's ramps: a week of it counts most."""
_STEPS_S: Final = (300, 600, 900, 1200, 1800, 3600)
"""Widths of slots; a market of wider ones is taken by the hour."""
_ERROR_DAYS: Final = 42
"""The newest 16 days of a kind, with as many gaps and the days not yet over."""
_ERROR_DIGITS: Final = 6
"""As many as a download keeps: made anew from it, courses have the same order."""
_EARLIER: Final = 2
"""Days before the last published that a plan may still lack a price of."""


@dataclass(frozen=True)
class MarketModel:
    """What is expected of a market after its last published day.

    Attributes:
        days: the market's slots.
        day: number of the last day whose prices are published, at least most of it.
        since: number of the first day that was learned from.
        holidays: days that trade like a Sunday.
        learned: None where there is too little to learn from.
        table: (D, S, L) currency/kWh by day and slot from day `first` on.
        memory: correlation of the errors of neighbouring hours.
        source: `market_model`, or `mean_by_hour` where there is too little to learn from.
        errors: (D, LEADS·24) what came after the last days less what had been expected, in
            units of its spread, the last row of `day`; NaN where it has not come.
    """

    days: Days
    day: int
    since: int
    holidays: frozenset[int]
    learned: DayAhead | None
    table: Floats
    memory: float
    source: str
    errors: Floats = field(default_factory=lambda: np.empty((0, LEADS * HOURS)))

    @property
    def first(self) -> int:
        """Number of the first day of the table."""
        return self.day - _EARLIER


@dataclass(frozen=True)
class MarketOutlook:
    """Market prices on a horizon.

    Attributes:
        mean: (K,) currency/kWh.
        quantiles: (L, K) at `LEVELS`, not decreasing; all the price where it is published.
        known: (K,) whether it is published.
        source: `published`, `market_model` or `mean_by_hour`.
    """

    mean: Floats
    quantiles: Floats
    known: Bools
    source: str


def learn_market(
    model: MarketModel | None,
    market: Series,
    zone: str,
    *,
    known_until: float | None = None,
    holidays: frozenset[int] = frozenset(),
) -> MarketModel | None:
    """Return the model after the last published day; the same one where that has not moved.

    From nothing it learns the last year, else the days since. Nothing after `known_until`
    is used, whatever the series holds. None where no price is known.
    """
    seen = _published(market, known_until)
    if not len(seen):
        return None
    begin, end = float(market.start[seen[0]]), float(market.end[seen[-1]])
    days = Days(zone, _step(market, end))
    day = _complete_day(days, end)
    since = max(days.day(begin), day - _LEARNED_DAYS)
    if model is not None and _outdated(model, days, day, days.day(begin)):
        model = None
    if model is not None and model.day == day and model.holidays == holidays:
        return model
    learned = model.learned if model else None
    first = since if learned is None else max(days.day(begin), learned.day - _BEFORE_DAYS)
    table, source = _plain(days, market, day, end, holidays), "mean_by_hour"
    if day - first + 1 >= _LEAST_DAYS:
        price = Days(zone, HOUR_S).matrix(market, first, day - first + 1, end)
        hours = Table(first, price, holidays)
        learned = advance(learned, hours)
        recent = np.isfinite(price[-2 * _LEAST_DAYS :]).mean(axis=1) >= _COMPLETE
        if recent.sum() >= _LEAST_DAYS:
            hourly = distributions(learned, hours)
            table, source = _inside(hourly, days, market, day, end), "market_model"
    table = np.concatenate([*([table[:1]] * _EARLIER), table])
    since = model.since if model else since
    memory, errors = _memory(learned), _errors(learned)
    return MarketModel(days, day, since, holidays, learned, table, memory, source, errors)


def market_outlook(
    model: MarketModel | None,
    market: Series,
    horizon: Horizon,
    *,
    known_until: float | None = None,
) -> MarketOutlook:
    """Return published prices where there are any, else the model's.

    Raises:
        InputError: a price is missing and none was ever known.
    """
    value = market.on(horizon)
    known = np.isfinite(value)
    if known_until is not None:
        known &= horizon.end <= known_until + 1e-6
    if known.all():
        return MarketOutlook(value, np.tile(value, (COUNT, 1)), known, "published")
    if model is None:
        raise InputError("no_price_history")
    flat = model.table.reshape(-1, COUNT)
    quantiles = model.days.on(flat, model.first, horizon)
    quantiles = _since_midnight(model, quantiles, market, horizon, known_until)
    quantiles[known] = value[known, np.newaxis]
    mean = np.where(known, value, mean_of(quantiles))
    return MarketOutlook(mean, quantiles.T.copy(), known, model.source)


def _published(market: Series, known_until: float | None) -> npt.NDArray[np.intp]:
    """Return the indices of what is known."""
    finite = np.isfinite(market.value)
    if known_until is not None:
        finite &= market.end <= known_until + 1e-6
    return np.flatnonzero(finite)


def _step(market: Series, end: float) -> float:
    """Return the width of the market's recent slots, seconds."""
    recent = (market.end > end - _PLAIN_DAYS * DAY_S) & (market.end <= end + 1e-6)
    width = float(np.median((market.end - market.start)[recent]))
    return float(max((each for each in _STEPS_S if each <= width + 1), default=_STEPS_S[0]))


def _complete_day(days: Days, end: float) -> int:
    """Return the last day most of which lies before a time."""
    day = days.day(end - 1)
    begin, following = days.midnight(day), days.midnight(day + 1)
    return day if end - begin >= _COMPLETE * (following - begin) else day - 1


def _outdated(model: MarketModel, days: Days, day: int, begin: int) -> bool:
    """Return whether to learn anew: another market, a clock turned back, much more history."""
    if model.days != days or day < model.day or begin > model.day - _LEAST_DAYS:
        return True
    return max(begin, day - _LEARNED_DAYS) + _LEAST_DAYS < model.since


def _plain(days: Days, market: Series, day: int, end: float, holidays: frozenset[int]) -> Floats:
    """Return the last two weeks' mean by slot and kind of day, with its errors, (D, S, L)."""
    price = days.matrix(market, day + 1 - _PLAIN_DAYS, _PLAIN_DAYS + 1, end)
    hours = Table(day + 1 - _PLAIN_DAYS, price, holidays)
    weekend = np.array([hours.weekend(hours.first + row) for row in range(len(price))])
    means = np.stack([_mean(price, weekend, kind) for kind in (False, True)])
    known = np.flatnonzero(np.isfinite(price).any(axis=1))
    guesses = [_mean(price[:row], weekend[:row], bool(weekend[row])) for row in known[1:].tolist()]
    error = price[known] - [np.full(days.slots, price[np.isfinite(price)].mean()), *guesses]
    spread = np.quantile(error[np.isfinite(error)], cautious(len(known)))
    spread -= mean_of(spread)  # A week's trend says nothing about the next.
    rows = np.stack([means[int(hours.weekend(day + lead))] for lead in range(AHEAD + 1)])
    quantiles: Floats = rows[..., np.newaxis] + spread
    return quantiles


def _mean(price: Floats, weekend: Bools, kind: bool) -> Floats:
    """Return the mean of days (N, S) of a kind, of any kind, or of all there is, (S,)."""
    finite = np.isfinite(price)
    usable = finite & (weekend == kind)[:, np.newaxis]
    usable = np.where(usable.any(axis=0), usable, finite)
    count = usable.sum(axis=0)
    total = np.where(usable, price, 0.0).sum(axis=0)
    mean: Floats = np.where(count > 0, total / np.maximum(count, 1), price[finite].mean())
    return mean


def _inside(hourly: Floats, days: Days, market: Series, day: int, end: float) -> Floats:
    """Return distributions of hours (D, 24, L) as those of the market's slots, (D, S, L).

    What a slot differs from its hour repeats from day to day; what does not, widens.
    """
    parts = days.slots // HOURS
    if parts == 1:
        return hourly
    fine = market.end - market.start <= days.step_s + 1
    native = Series(market.start, market.end, np.where(fine, market.value, np.nan))
    price = days.matrix(native, day + 1 - _PATTERN_DAYS, _PATTERN_DAYS, end)
    price = price.reshape(_PATTERN_DAYS, HOURS, parts)
    off = price - price.mean(axis=2, keepdims=True)
    weight = np.where(
        np.isfinite(off), _PATTERN_KEEP ** np.arange(_PATTERN_DAYS)[::-1, None, None], 0.0
    )
    total = np.maximum(weight.sum(axis=0), 1e-9)
    off = np.where(weight > 0, off, 0.0)
    pattern = (weight * off).sum(axis=0) / total
    scatter = np.sqrt((weight * (off - pattern) ** 2).sum(axis=0) / total)  # (24, parts)
    middle = hourly[:, :, np.newaxis, MEDIAN, np.newaxis]
    around = hourly[:, :, np.newaxis] - middle
    half = (around[..., index_of(0.9)] - around[..., index_of(0.1)]) / 2.563  # Normal sigma.
    wider = np.sqrt(1 + (scatter / np.maximum(half, 1e-9)) ** 2)[..., np.newaxis]
    slots: Floats = middle + pattern[..., np.newaxis] + around * wider
    return slots.reshape(len(hourly), days.slots, COUNT)


def _memory(learned: DayAhead | None) -> float:
    """Return how much of an hour's error the next one repeats."""
    if learned is None:
        return 0.0
    error = learned.error[:, 0]
    pair = error[:, :-1] * error[:, 1:]
    both = np.isfinite(pair)
    square = (error[:, :-1][both] ** 2).sum() + (error[:, 1:][both] ** 2).sum()
    return float(np.clip(2 * pair[both].sum() / square, 0.0, 0.98)) if square > 0 else 0.0


def _since_midnight(
    model: MarketModel,
    quantiles: Floats,
    market: Series,
    horizon: Horizon,
    known_until: float | None,
) -> Floats:
    """Return (K, L) moved by what a day of which only the morning is known has shown."""
    days = model.days
    end = float(market.end[_published(market, known_until)[-1]])
    midnight = days.midnight(days.day(end - 1) + 1)
    hour = Horizon(np.array([end - HOUR_S, end]))
    shown = market.on(hour)[0]
    if end >= midnight - 1 or days.day(end - HOUR_S) != days.day(end - 1) or np.isnan(shown):
        return quantiles
    surprise = shown - days.on(model.table.reshape(-1, COUNT)[:, MEDIAN], model.first, hour)[0]
    rest = (horizon.start >= end - 1) & (horizon.start < midnight)
    left = np.where(rest, model.memory ** (1 + np.maximum(horizon.start - end, 0.0) / HOUR_S), 0.0)
    middle = quantiles[:, MEDIAN : MEDIAN + 1]
    moved: Floats = (
        middle
        + left[:, np.newaxis] * surprise
        + (quantiles - middle) * np.sqrt(1 - left**2)[:, np.newaxis]
    )
    return moved


def market_paths(
    model: MarketModel | None, outlook: MarketOutlook, horizon: Horizon, like: Sequence[int]
) -> Floats:
    """Return equally likely courses of the price, (N, K), one for each past day of `like`.

    A course keeps the ups and downs that the errors had after that day. Where these are
    unknown another day stands in; where all are, each course stays on its level.
    """
    return shuffled(outlook.quantiles, patterns(*_courses(model, horizon, like)))


def _errors(learned: DayAhead | None) -> Floats:
    """Return the errors after the last days as they are kept, (D, LEADS·24)."""
    if learned is None:
        return np.empty((0, LEADS * HOURS))
    return np.round(learned.error[-_ERROR_DAYS:].reshape(-1, LEADS * HOURS), _ERROR_DIGITS)


def _courses(
    model: MarketModel | None, horizon: Horizon, like: Sequence[int]
) -> tuple[Floats, list[int]]:
    """Return the errors after past days on a horizon, (D, K), and the rows of `like`."""
    if model is None or not len(model.errors):
        return np.empty((0, len(horizon))), [0] * len(like)
    ahead = model.day - model.days.day(float(horizon.start[0]))
    hours = Days(model.days.zone, HOUR_S)
    lag = max(0, ahead + 1)
    course = np.concatenate([np.repeat(model.errors[:, :1], HOURS * lag, axis=1), model.errors], 1)
    on = hours.on(course.T, model.day + 1 - lag, horizon).T
    first = model.day + 1 - len(model.errors)
    return on, [day + ahead - first for day in like]
