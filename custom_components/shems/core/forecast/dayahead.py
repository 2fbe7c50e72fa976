"""Learn a day-ahead market hour by hour: the days after the last published one.

Every hour of the local day has a ridge regression of its own on the last published day,
the same weekday before and the mean of the last week, for each number of days ahead:
the autoregression with exogenous calendar that Lago et al. 2021 (Applied Energy 293) found
hard to beat, without the variables a home has no access to. It learns the difference from a
plain mixture of those three, so that little history means little difference. Prices are
taken in units of the spread of the last eight weeks and through asinh (Uniejewski et al.
2018, IEEE Trans. Power Systems 33): spikes, negative prices and years of crisis then weigh
no more than other days.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ..units import Floats
from .levels import COUNT, LEVELS, index_of

HOURS: Final = 24
LEADS: Final = 3
"""Tomorrow's prices come at noon: what a plan of two days lacks lies up to 3 days ahead."""
AHEAD: Final = 8
"""Days issued: a week, should no prices come. Beyond `LEADS` as for the last of them."""
WEEK: Final = 7
RESIDUAL_DAYS: Final = 120
"""How many origins' errors are kept: a season."""

_WINDOW: Final = 56
"""Days that say where prices lie and how far they spread."""
_HALF_LIFE: Final = 56.0
"""Days after which a lesson counts half: 28 to 365 differ by under 1 % of the error."""
_RIDGE: Final = 3.0
"""Weight of the plain mixture, in days of lessons."""
_VOLATILITY: Final = 0.5 ** (1 / 10)
"""How calm or nervous a market is lasts about ten days."""
_ADAPT: Final = 0.05
"""How fast the width follows: 4 % wider after a day that was missed at every hour."""
_LEAST_SCALE: Final = 1e-9
"""Currency/kWh: a market without any movement has no errors to compare."""
_BAND: Final = [index_of(0.1), index_of(0.9)]
_NEAR: Final = 2
"""Hours to either side whose errors count for an hour."""
_FEATURES: Final = 16
_SATURDAY, _SUNDAY = 5, 6


@dataclass(frozen=True)
class DayAhead:
    """What was learned of a market up to the last day with prices.

    Attributes:
        day: number of that day.
        gram, moment: (LEADS, 24, F, F) and (LEADS, 24, F), the recency-weighted lessons.
        issued: (P, LEADS, 24) currency/kWh, the middle of what was expected at the end of
            the last P days.
        scale: (P, LEADS) currency/kWh, the expected size of the errors.
        error: (P, LEADS, 24) truth minus middle over `scale`; NaN where not yet known.
        band: (P, LEADS, 24, 2) currency/kWh, what held four of five of them.
        size: (LEADS,) recency-weighted mean square of the errors in spreads.
        widen: (LEADS,) by how much quantiles of the errors must be widened to hold.
    """

    day: int
    gram: Floats
    moment: Floats
    issued: Floats
    scale: Floats
    error: Floats
    band: Floats
    size: Floats
    widen: Floats

    @classmethod
    def new(cls, day: int) -> DayAhead:
        """Know nothing at the end of a day."""
        return cls(
            day,
            np.zeros((LEADS, HOURS, _FEATURES, _FEATURES)),
            np.zeros((LEADS, HOURS, _FEATURES)),
            np.empty((0, LEADS, HOURS)),
            np.empty((0, LEADS)),
            np.empty((0, LEADS, HOURS)),
            np.empty((0, LEADS, HOURS, 2)),
            np.full(LEADS, np.nan),
            np.ones(LEADS),
        )

    @property
    def weight(self) -> Floats:
        """What the regressions add to the plain mixture, (LEADS, 24, F)."""
        gram = self.gram + _RIDGE * np.eye(_FEATURES)
        weight = np.linalg.solve(gram, self.moment[..., np.newaxis])[..., 0]
        return weight.astype(np.float64, copy=False)

    @property
    def expected(self) -> Floats:
        """The size of the errors to expect, (LEADS,)."""
        size: Floats = np.sqrt(np.where(np.isfinite(self.size), self.size, 1.0))
        return size


@dataclass(frozen=True)
class Table:
    """Prices by day and hour up to a day, and what kind of day each is.

    Attributes:
        first: number of the first day.
        price: (N, 24) currency/kWh; NaN where unknown.
        holidays: days that trade like a Sunday.
    """

    first: int
    price: Floats
    holidays: frozenset[int]

    @property
    def filled(self) -> Floats:
        """The prices with what is unknown taken from the hour or the day before."""
        price = self.price.copy()
        price[0] = np.where(np.isfinite(price[0]), price[0], np.nanmean(price))
        flat = np.isfinite(price)
        for row in range(1, len(price)):
            if flat[row].all():
                continue
            missing = ~flat[row]
            shift = np.nanmean(price[row] - price[row - 1]) if flat[row].any() else 0.0
            price[row, missing] = price[row - 1, missing] + shift
        return price

    def kind(self, day: int) -> int:
        """Return the weekday of a day, Monday = 0, a holiday being a Sunday."""
        return _SUNDAY if day in self.holidays else (day + 3) % WEEK

    def weekend(self, day: int) -> bool:
        """Return whether nobody works on a day."""
        return self.kind(day) >= _SATURDAY


@dataclass(frozen=True)
class _Origin:
    """The world as it looks at the end of a day: normal units and features.

    Attributes:
        centre, spread: what makes prices normal units.
        low, high: the normal units that seem possible.
        base: (AHEAD, 24) the plain mixture.
        features: (AHEAD, 24, F).
    """

    centre: float
    spread: float
    low: float
    high: float
    base: Floats
    features: Floats

    def normal(self, price: Floats) -> Floats:
        """Return prices in normal units."""
        value: Floats = np.arcsinh((price - self.centre) / self.spread)
        return value

    def price(self, normal: Floats) -> Floats:
        """Return normal units as prices, kept to what seems possible."""
        value: Floats = np.sinh(np.clip(normal, self.low, self.high)) * self.spread + self.centre
        return value


_WEEK_WEIGHTS: Final = 0.8 ** np.arange(WEEK) / (0.8 ** np.arange(WEEK)).sum()
_BEYOND: Final = 1.0
"""In normal units how much further than in eight weeks a price may go: a factor of e."""


def _origin(table: Table, price: Floats, row: int, ahead: int) -> _Origin:
    """Look back from the end of a table's row, at least a week after its first."""
    recent = price[max(0, row + 1 - _WINDOW) : row + 1]
    centre = float(np.median(recent))
    spread = 1.4826 * float(np.median(np.abs(recent - centre)))
    spread = max(spread, 0.02 * float(np.abs(recent).mean())) or 1.0
    recent = np.arcsinh((recent[-2 * WEEK :] - centre) / spread)
    last, before, week = recent[-1], recent[-2], _WEEK_WEIGHTS @ recent[: -WEEK - 1 : -1]
    flat = [1.0, last.mean(), last.min(), last.max(), last[-4:].mean(), before.mean(), week.mean()]
    day = table.first + row
    kinds = [table.kind(day - back) for back in range(len(recent))]
    today = kinds[0]
    features = np.empty((ahead, HOURS, _FEATURES))
    base = np.empty((ahead, HOURS))
    for lead in range(1, ahead + 1):
        kind = table.kind(day + lead)
        alike = recent[_alike(kinds, kind)]
        calendar = [kind == _SATURDAY, kind == _SUNDAY, today == _SATURDAY, today == _SUNDAY]
        part = features[lead - 1]
        part[:, :4] = np.stack([last, before, alike, week], axis=1)
        part[:, 4:] = [*flat, float(alike.mean()), *map(float, calendar)]
        base[lead - 1] = 0.5 * week + 0.3 * alike + 0.2 * last
    return _Origin(
        centre,
        spread,
        float(recent.min()) - _BEYOND,
        float(recent.max()) + _BEYOND,
        base,
        features,
    )


def _alike(kinds: list[int], kind: int) -> int:
    """Return the newest of some days, newest first, of a kind, counted from the end.

    Where there is none in two weeks the last day must do.
    """
    return -1 - kinds.index(kind) if kind in kinds else -1


def advance(state: DayAhead | None, table: Table) -> DayAhead:
    """Walk on day by day to the end of a table, from its eighth day where nothing is known.

    The day before the last teaches: of the last some hours may yet be unknown. Days long
    ago only teach, for nobody asks any more what would have been issued then.
    """
    price = table.filled
    last = table.first + len(price) - 1
    if state is None:
        state = DayAhead.new(table.first + WEEK - 1)
    for day in range(state.day + 1, last + 1):
        row = day - table.first
        state = _learn(state, table, price, row - 1)
        if len(state.issued) or day > last - RESIDUAL_DAYS - LEADS:
            state = _issue(state, table, price, row)
        state = replace(state, day=day)
    return state


def _issue(state: DayAhead, table: Table, price: Floats, row: int) -> DayAhead:
    """Note what is expected at the end of a day."""
    here = _origin(table, price, row, LEADS)
    issued = here.price(here.base + np.einsum("lhf,lhf->lh", here.features, state.weight))
    scale = np.maximum(state.expected * here.spread, _LEAST_SCALE)
    around = _errors(state)[..., _BAND] * (scale * state.widen)[:, np.newaxis, np.newaxis]
    return replace(
        state,
        issued=_append(state.issued, issued),
        scale=_append(state.scale, scale),
        error=_append(state.error, np.full((LEADS, HOURS), np.nan)),
        band=_append(state.band, issued[..., np.newaxis] + around),
    )


def _append(rows: Floats, row: Floats) -> Floats:
    """Return the rows with one more, of the last season."""
    longer: Floats = np.concatenate([rows, row[np.newaxis]])[-RESIDUAL_DAYS:]
    return longer


def _learn(state: DayAhead, table: Table, price: Floats, row: int) -> DayAhead:
    """Compare a day with what was issued for it, and take its lesson.

    The width follows what it missed, as in the adaptive conformal inference of Gibbs &
    Candès 2021, on the width instead of the level.
    """
    keep = 0.5 ** (1 / _HALF_LIFE)
    gram, moment = keep * state.gram, keep * state.moment
    error, size, widen = state.error.copy(), state.size.copy(), state.widen.copy()
    known = np.isfinite(table.price[row])
    for lead in range(LEADS):
        begin = row - lead - 1
        if begin < WEEK or not known.any():
            continue
        there = _origin(table, price, begin, lead + 1)
        x = there.features[lead] * known[:, np.newaxis]
        target = np.where(known, there.normal(price[row]) - there.base[lead], 0.0)
        gram[lead] += x[:, :, np.newaxis] * x[:, np.newaxis, :]
        moment[lead] += x * target[:, np.newaxis]
        back = table.first + begin - state.day - 1  # From the end of what was issued.
        if -back > len(error):
            continue
        miss = table.price[row] - state.issued[back, lead]
        low, high = state.band[back, lead].T
        inside = (table.price[row] >= low) & (table.price[row] <= high)
        if np.isfinite(low).all():
            widen[lead] *= np.exp(_ADAPT * (0.8 - inside[known].mean()))
        error[back, lead] = miss / state.scale[back, lead]
        square = float(np.nanmean((miss / there.spread) ** 2))
        old = size[lead] if np.isfinite(size[lead]) else square
        size[lead] = _VOLATILITY * old + (1 - _VOLATILITY) * square
    return replace(state, gram=gram, moment=moment, error=error, size=size, widen=widen)


def distributions(state: DayAhead, table: Table) -> Floats:
    """Return prices of a table's last day and the `AHEAD` after it, (1 + AHEAD, 24, L).

    The last day is issued as it was the evening before, for hours of it not yet known.
    """
    price = table.filled
    row = state.day - table.first
    here, before = _origin(table, price, row, AHEAD), _origin(table, price, row - 1, LEADS)
    spread = _errors(state) * (state.expected * state.widen)[:, np.newaxis, np.newaxis]
    weight = state.weight
    leads = np.minimum(np.arange(AHEAD), LEADS - 1)
    ahead = here.base + np.einsum("lhf,lhf->lh", here.features, weight[leads])
    today = before.base[0] + np.einsum("hf,hf->h", before.features[0], weight[0])
    middle = np.concatenate([before.price(today)[np.newaxis], here.price(ahead)])
    around = np.concatenate([spread[:1] * before.spread, spread[leads] * here.spread])
    quantiles: Floats = middle[..., np.newaxis] + around
    return quantiles


def _errors(state: DayAhead) -> Floats:
    """Return the quantiles of the errors over their expected size, (LEADS, 24, L).

    An hour's errors are those of its neighbours too; at first those of all hours.
    """
    if not len(state.error):
        return np.full((LEADS, HOURS, COUNT), np.nan)
    few = len(state.error) < 4 * WEEK
    near = np.arange(HOURS) if few else np.arange(-_NEAR, _NEAR + 1)
    beside = (np.arange(HOURS)[:, np.newaxis] + near) % HOURS
    samples = np.moveaxis(state.error, 0, -1)[:, beside].reshape(LEADS, HOURS, -1)
    ordered = np.sort(samples, axis=-1)  # NaN last.
    last = np.isfinite(samples).sum(axis=-1, keepdims=True) - 1
    rank = LEVELS * np.maximum(last, 0)
    low = rank.astype(np.intp)
    share = rank - low
    quantiles: Floats = (1 - share) * np.take_along_axis(ordered, low, axis=-1)
    quantiles += share * np.take_along_axis(ordered, np.minimum(low + 1, last), axis=-1)
    return quantiles
