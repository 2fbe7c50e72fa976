"""The sun's courses, half of them drawn from what is inferred of the roof, while days are few.

A parameter that is not known yet is wrong in all hours of all days alike, and a few days gone by
do not show that. Draws of the posterior do: what each of them would give, with the home's own
residuals, is a course. They are pooled in equal parts with the courses that there are without
them, for a mixture's energy score is never above the mean of its parts' (it is convex), and count
on days on which the pool has told the days before no worse.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from ..horizon import Horizon
from ..series import Series
from ..units import Floats
from .clearness import AHEAD
from .days import Days
from .history import History
from .inferred_sun import issue
from .levels import COUNT
from .normal import scores
from .residual import Memory, Residuals
from .scenarios import PATHS, outlooks
from .simple import solar_outlook
from .skill import LEAST_SKILL_DAYS, rests_on
from .solar import SolarState

SOURCE: Final = "mix+inferred"


def with_members(
    residuals: Residuals | None, state: SolarState, history: History, days: Days, now: float
) -> Residuals | None:
    """Return what plans of a day rest on: the pool where it was no worse, else what they would.

    Compared are all days whose members are kept, by the energy score of the course and the CRPS
    of its total, each told at its midnight; the pool may be worse in neither. With fewer than
    three days to compare it does not count, nor once the learner has days enough of its own.

    Args:
        residuals: what plans rest on otherwise; None for the mean of the last seven days.
        state: what was learned of the sun.
        history: with a provider's forecast where there is one.
        days: the slots of the state.
        now: epoch seconds.
    """
    today = days.day(now)
    if state.day - state.begun >= len(state.members):
        return residuals
    drawn = _pooled(state, today, _paths(residuals, history, days, today), days)
    if drawn is None:
        return residuals
    marks = np.array(list(_marks(state, history, days, today)))
    better = len(marks) >= LEAST_SKILL_DAYS and marks.sum(axis=0).max() <= 0
    return drawn if better else residuals


def _paths(residuals: Residuals | None, history: History, days: Days, day: int) -> Floats:
    """Return the courses that there are without members at the midnight of a day, (N, A, S)."""
    horizon = _horizon(days, day, AHEAD)
    begin = float(horizon.edges[0])
    if residuals is None or residuals.origin != day:
        given = history.given if len(history.given) else None
        outlook = solar_outlook(history, horizon, begin, days.zone, given)
    else:
        (outlook,) = outlooks((residuals,), (history.solar,), horizon, begin, paths=PATHS)
    return _by_slot(outlook.paths, horizon, days, day, AHEAD)


def _horizon(days: Days, day: int, count: int) -> Horizon:
    begin, end = days.midnight(day), days.midnight(day + count)
    return Horizon.uniform(begin, days.step_s, round((end - begin) / days.step_s))


def _by_slot(paths: Floats, horizon: Horizon, days: Days, day: int, count: int) -> Floats:
    """Return courses on a horizon by day and slot, (N, count, S); NaN where the clock skips one."""
    series = (Series(horizon.start, horizon.end, each) for each in paths)
    return np.array([days.matrix(each, day, count) for each in series])


def _pooled(state: SolarState, day: int, others: Floats, days: Days) -> Residuals | None:
    """Return members of a day and other courses (N, A, S) in equal parts; None without members.

    A day of which the members say nothing is as in the others.
    """
    row = len(state.members) - 1 - (state.day - day)
    if not 0 <= row < len(state.members) or not np.isfinite(state.members[row, :, 0]).all():
        return None
    own = _in_order(state.members[row].astype(np.float64))
    own = own[:: len(own) // PATHS]
    # An hour that the clock skips has no course.
    rest = np.nan_to_num(_in_order(np.resize(others, own.shape)))
    courses = np.concatenate([np.where(np.isfinite(own), own, rest), rest])
    quantiles = issue(courses)
    told = np.broadcast_to(quantiles, (*courses.shape, COUNT))
    place = np.nan_to_num(scores(told, courses)).reshape(len(courses), -1)
    none = np.zeros((0, days.slots))
    return Residuals(days, day, quantiles, none, Memory(), SOURCE, members=place)


def _in_order(courses: Floats) -> Floats:
    """Return courses (N, A, S) from the least energy on the first day to the most."""
    ordered: Floats = courses[np.argsort(courses[:, 0].sum(axis=1), kind="stable")]
    return ordered


def _marks(state: SolarState, history: History, days: Days, today: int) -> Iterator[Floats]:
    """Yield by how much the pool was worse on each day that can be compared, (2,)."""
    truth = history.solar
    for day in range(today - len(state.members) + 1, today):
        came = days.matrix(truth, day, 1)[0]
        horizon = _horizon(days, day, 1)
        begin = float(horizon.edges[0])
        others = _paths(rests_on(state.archive.until(day), truth, days, begin), history, days, day)
        drawn = _pooled(state, day, others, days)
        if drawn is None or not np.isfinite(came).any():
            continue
        (outlook,) = outlooks((drawn,), (truth,), horizon, begin, paths=PATHS)
        pooled = _by_slot(outlook.paths, horizon, days, day, 1)
        yield scored(pooled[:, 0], came) - scored(others[:, 0], came)


def scored(paths: Floats, came: Floats) -> Floats:
    """Return energy score and CRPS of the total of courses (N, K), taken for all that there is.

    ES = E|X - y| - E|X - X'| / 2 (Gneiting & Raftery 2007); of single numbers it is the CRPS.
    What came, (K,), is NaN where it is unknown.
    """
    known = np.isfinite(came)  # An hour that the clock skips never came.
    paths, came = paths[:, known], came[known]
    return np.array([_energy(paths, came), _energy(paths.sum(axis=1, keepdims=True), came.sum())])


def _energy(paths: Floats, came: Floats | float) -> float:
    off = np.linalg.norm(paths - came, axis=1).mean()
    apart = np.linalg.norm(paths[:, np.newaxis] - paths, axis=2).mean()
    return float(off - apart / 2)
