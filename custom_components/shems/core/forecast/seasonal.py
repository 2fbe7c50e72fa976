"""What a consumer draws by time of day and kind of day: the general learner of small loads.

The distribution of a slot is that of the same slot, and those beside it, of past days in
proportion to how recent and how alike they are. Most draws are mostly zero: their mean lies
above most of their quantiles and says more than all of them, and their courses are real
days, for no quantile holds a bath.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..horizon import Horizon
from ..series import Series
from ..units import Bools, Floats
from .beliefs import Outlook
from .days import Days
from .experts.samples import beside, quantiles_of, reach_of
from .history import Habits

AHEAD: Final = 4
"""Days told: the day of the origin and the three that a plan may reach."""
PATHS: Final = 16
_DAYS: Final = 84
_LEAST_DAYS: Final = 3
_FADE_DAYS: Final = 21.0
_OTHER_KIND: Final = 0.25
"""Weight of a weekend for a working day and the reverse, as for the load of a home."""
_COMPLETE: Final = 0.5
"""Share of a day's slots that must be known for it to be a course."""


@dataclass(frozen=True)
class Seasonal:
    """What was learned of a consumer before a day.

    Attributes:
        days: slots of the local day.
        day: number of the day.
        habits: what the household had said.
        mean: (AHEAD, S).
        quantiles: (AHEAD, S, L) at `LEVELS`, not decreasing.
        courses: (AHEAD, S, N) days as they were, the newest of the kind first.
        source: `seasonal`.
    """

    days: Days
    day: int
    habits: Habits
    mean: Floats
    quantiles: Floats
    courses: Floats
    source: str = "seasonal"


def learn_seasonal(
    model: Seasonal | None, series: Series, days: Days, now: float, habits: Habits
) -> Seasonal | None:
    """Return what was learned before today; the same until the day is over.

    None where fewer than three days are known.

    Args:
        model: what was learned before.
        series: what was drawn, kW, not negative; more than it ends before today is not used.
        days: slots of the local day.
        now: epoch seconds.
        habits: holidays, and absences, past and announced.
    """
    day = days.day(now)
    if model is not None and (model.days, model.day, model.habits) == (days, day, habits):
        return model
    seen = np.maximum(days.matrix(series, day - _DAYS, _DAYS), 0.0)
    gone = _gone(days, habits, day - _DAYS, _DAYS + AHEAD)
    seen[gone[:_DAYS]] = np.nan
    if (np.isfinite(seen).mean(axis=1) >= _COMPLETE).sum() < _LEAST_DAYS:
        return None
    kind = _weekend(days, habits, day - _DAYS, _DAYS + AHEAD)
    alike = kind[np.newaxis, :_DAYS] == kind[_DAYS:, np.newaxis]
    fading = np.exp(-np.arange(_DAYS)[::-1] / _FADE_DAYS)
    weight = fading * np.where(alike, 1.0, _OTHER_KIND)
    mean, quantiles = _margins(seen, weight)
    courses = _courses(seen, alike, mean)
    empty = gone[_DAYS:]
    mean[empty], quantiles[empty], courses[empty] = 0.0, 0.0, 0.0
    return Seasonal(days, day, habits, mean, quantiles, courses)


def seasonal_outlook(model: Seasonal, horizon: Horizon) -> Outlook:
    """Return what was learned on a horizon."""
    slots = AHEAD * model.days.slots
    flat = np.concatenate(
        [
            model.mean.reshape(slots, 1),
            model.quantiles.reshape(slots, -1),
            model.courses.reshape(slots, -1),
        ],
        axis=1,
    )
    on = model.days.on(flat, model.day, horizon).T
    count = 1 + model.quantiles.shape[2]
    return Outlook(on[0], on[1:count], on[count:], model.source)


def _gone(days: Days, habits: Habits, first: int, count: int) -> Bools:
    """Return in which slots nobody is at home, (count, S)."""
    gone = np.zeros(count * days.slots, dtype=np.bool_)
    for since, until in habits.away:
        ends = days.position(np.array([since, until])) - first * days.slots
        low, high = np.clip(np.round(ends), 0, len(gone)).astype(np.intp)
        gone[low:high] = True
    return gone.reshape(count, days.slots)


def _weekend(days: Days, habits: Habits, first: int, count: int) -> Bools:
    """Return which days are lived like a Sunday, (count,)."""
    number = np.arange(first, first + count, dtype=np.float64)
    weekend: Bools = (days.weekday(number) >= 5) | np.isin(number, list(habits.holidays))
    return weekend


def _margins(seen: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Return mean (A, S) and quantiles (A, S, L) under weights of days (A, D).

    A slot that was never seen has what the whole day has.
    """
    reach = reach_of(seen.shape[1])
    samples = beside(seen, reach)
    near = 1.0 - np.abs(np.arange(-reach, reach + 1)) / (2 * reach)
    weights = np.kron(near, weight)[:, np.newaxis]
    quantiles = quantiles_of(samples, weights)
    known = np.isfinite(samples)
    mass = (weights * known).sum(axis=2)
    total = (weights * np.where(known, samples, 0.0)).sum(axis=2)
    mean = total / np.maximum(mass, 1e-12)
    for ahead, slot in np.argwhere(mass <= 0).tolist():
        mean[ahead, slot] = total[ahead].sum() / mass[ahead].sum()
        quantiles[ahead, slot] = np.nanmean(quantiles[ahead], axis=0)
    return mean, quantiles


def _courses(seen: Floats, alike: Bools, mean: Floats) -> Floats:
    """Return the newest days of the kind as they were, (A, S, N), then those of the other.

    What is unknown of them has the mean; a short past is told more than once.
    """
    whole = np.isfinite(seen).mean(axis=1) >= _COMPLETE
    courses = np.empty((*mean.shape, PATHS))
    newest = np.arange(len(seen))[::-1]
    for ahead, same in enumerate(alike):
        order = np.concatenate([newest[(same & whole)[::-1]], newest[(~same & whole)[::-1]]])
        chosen = seen[np.resize(order, PATHS)]
        courses[ahead] = np.where(np.isfinite(chosen), chosen, mean[ahead]).T
    return courses
