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
from .pricetable import FEATURES, HOURS, WEEK, Table, origin

LEADS: Final = 3
"""Tomorrow's prices come at noon: what a plan of two days lacks lies up to 3 days ahead."""
AHEAD: Final = 8
"""Days issued: a week, should no prices come. Beyond `LEADS` as for the last of them."""
RESIDUAL_DAYS: Final = 120
"""How many origins' errors are kept: a season."""

_HALF_LIFE: Final = 56.0
"""Days after which a lesson counts half: 28 to 365 differ by under 1 % of the error."""
_RIDGE: Final = 3.0
"""Weight of the line that all hours share, in days of lessons."""
_SHARED_RIDGE: Final = 7.0 * HOURS
"""Weight of the plain mixture, in hours of lessons: a week."""
_VOLATILITY: Final = 0.5 ** (1 / 10)
"""How calm or nervous a market is lasts about ten days."""
_ADAPT: Final = 0.05
"""How fast the width follows: 4 % wider after a day that was missed at every hour."""
_LEAST_SCALE: Final = 1e-9
"""Currency/kWh: a market without any movement has no errors to compare."""
_BAND: Final = [index_of(0.1), index_of(0.9)]
_NEAR: Final = 2
"""Hours to either side whose errors count for an hour."""


@dataclass(frozen=True)
class DayAhead:
    """What was learned of a market up to the last day with prices.

    Attributes:
        day: number of that day.
        gram, moment: (LEADS, 24, F, F) and (LEADS, 24, F), the recency-weighted lessons.
        issued: (P, LEADS, 24) currency/kWh, the middle of what was expected at the end of
            the last P days.
        scale: (P, LEADS) currency/kWh, the expected size of the errors.
        excess: (P, LEADS, 24) what the regressions added then, in normal units.
        error: (P, LEADS, 24) truth minus middle over `scale`; NaN where not yet known.
        band: (P, LEADS, 24, 2) currency/kWh, what held four of five of them.
        size: (LEADS,) recency-weighted mean square of the errors in spreads.
        use: (LEADS, 2) what the regressions should have added times what they added, and
            the square of that: their quotient is how much of them to use.
        widen: (LEADS,) by how much quantiles of the errors must be widened to hold.
    """

    day: int
    gram: Floats
    moment: Floats
    issued: Floats
    scale: Floats
    excess: Floats
    error: Floats
    band: Floats
    size: Floats
    use: Floats
    widen: Floats

    @classmethod
    def new(cls, day: int) -> DayAhead:
        """Know nothing at the end of a day."""
        return cls(
            day,
            np.zeros((LEADS, HOURS, FEATURES, FEATURES)),
            np.zeros((LEADS, HOURS, FEATURES)),
            np.empty((0, LEADS, HOURS)),
            np.empty((0, LEADS)),
            np.empty((0, LEADS, HOURS)),
            np.empty((0, LEADS, HOURS)),
            np.empty((0, LEADS, HOURS, 2)),
            np.full(LEADS, np.nan),
            np.zeros((LEADS, 2)),
            np.ones(LEADS),
        )

    @property
    def weight(self) -> Floats:
        """What the regressions add to the plain mixture, (LEADS, 24, F).

        An hour's is drawn to that of all hours, and that to nothing.
        """
        ridge = _RIDGE * np.eye(FEATURES)
        shared = np.linalg.solve(
            self.gram.sum(axis=1) + _SHARED_RIDGE * np.eye(FEATURES),
            self.moment.sum(axis=1)[..., np.newaxis],
        )
        target = self.moment[..., np.newaxis] + _RIDGE * shared[:, np.newaxis]
        weight = np.linalg.solve(self.gram + ridge, target)[..., 0]
        return weight.astype(np.float64, copy=False)

    @property
    def trust(self) -> Floats:
        """How much of what the regressions add has proved right, 0 to 1, (LEADS,)."""
        share: Floats = self.use[:, 0] / np.maximum(self.use[:, 1], 1e-9)
        return np.clip(share, 0.0, 1.0)

    @property
    def expected(self) -> Floats:
        """The size of the errors to expect, (LEADS,)."""
        size: Floats = np.sqrt(np.where(np.isfinite(self.size), self.size, 1.0))
        return size


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
    here = origin(table, price, row, LEADS)
    excess = np.einsum("lhf,lhf->lh", here.features, state.weight)
    issued = here.price(here.base + state.trust[:, np.newaxis] * excess)
    scale = np.maximum(state.expected * here.spread, _LEAST_SCALE)
    around = _errors(state)[..., _BAND] * (scale * state.widen)[:, np.newaxis, np.newaxis]
    return replace(
        state,
        issued=_append(state.issued, issued),
        scale=_append(state.scale, scale),
        excess=_append(state.excess, excess),
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
    use = keep * state.use
    known = np.isfinite(table.price[row])
    for lead in range(LEADS):
        begin = row - lead - 1
        if begin < WEEK or not known.any():
            continue
        there = origin(table, price, begin, lead + 1)
        x = there.features[lead] * known[:, np.newaxis]
        target = np.where(known, there.normal(price[row]) - there.base[lead], 0.0)
        gram[lead] += x[:, :, np.newaxis] * x[:, np.newaxis, :]
        moment[lead] += x * target[:, np.newaxis]
        back = table.first + begin - state.day - 1  # From the end of what was issued.
        if -back > len(error):
            continue
        added = state.excess[back, lead]
        use[lead] += [added @ target, added[known] @ added[known]]
        miss = table.price[row] - state.issued[back, lead]
        low, high = state.band[back, lead].T
        inside = (table.price[row] >= low) & (table.price[row] <= high)
        if np.isfinite(low).all():
            widen[lead] *= np.exp(_ADAPT * (0.8 - inside[known].mean()))
        error[back, lead] = miss / state.scale[back, lead]
        square = float(np.nanmean((miss / there.spread) ** 2))
        old = size[lead] if np.isfinite(size[lead]) else square
        size[lead] = _VOLATILITY * old + (1 - _VOLATILITY) * square
    return replace(state, gram=gram, moment=moment, error=error, size=size, use=use, widen=widen)


def distributions(state: DayAhead, table: Table) -> Floats:
    """Return prices of a table's last day and the `AHEAD` after it, (1 + AHEAD, 24, L).

    The last day is issued as it was the evening before, for hours of it not yet known.
    """
    price = table.filled
    row = state.day - table.first
    here, before = origin(table, price, row, AHEAD), origin(table, price, row - 1, LEADS)
    spread = _errors(state) * (state.expected * state.widen)[:, np.newaxis, np.newaxis]
    weight = state.trust[:, np.newaxis, np.newaxis] * state.weight
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
    number = np.isfinite(state.error).any(axis=2).sum(axis=0)
    level = np.stack([cautious(int(each)) for each in number])[:, np.newaxis]
    rank = level * np.maximum(last, 0)
    low = rank.astype(np.intp)
    share = rank - low
    quantiles: Floats = (1 - share) * np.take_along_axis(ordered, low, axis=-1)
    quantiles += share * np.take_along_axis(ordered, np.minimum(low + 1, last), axis=-1)
    return quantiles


def cautious(days: int) -> Floats:
    """Return the levels at which so many days' errors are read for `LEVELS`, (L,).

    What comes next lies below the i-th of n with probability i / (n + 1); and the hours of
    a day are one draw rather than 24.
    """
    level: Floats = np.clip((LEVELS * (days + 1) - 0.5) / max(days, 1), 0.0, 1.0)
    return level
