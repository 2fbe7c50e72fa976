"""From what was issued at midnight to what may come from now on: margins and courses."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ..horizon import HOUR_S, Horizon
from ..series import Series
from ..units import Floats, Ints
from .beliefs import Outlook
from .levels import COUNT
from .normal import SCORES, at_scores, parts, scores
from .residual import Residuals
from .shuffle import ranks
from .totals import COARSE, LEAST_KNOWN

PATHS: Final = 16
"""Courses handed to the plan: more cost time and change little."""
_BACK_H: Final = 24
"""What was before the last day the learner has seen itself."""


@dataclass(frozen=True)
class _Window:
    """The slots to come.

    Attributes:
        first: number of the first slot to come, counted from the origin.
        count: slots to come until the horizon is covered.
        nearest: days back of the last course that is over.
    """

    first: int
    count: int
    nearest: int


@dataclass(frozen=True)
class _Conditioned:
    """What is to be expected of C coming slots after what has been seen, in normal scores.

    Attributes:
        margin: mean and deviation, (C,) each.
        course: (D, C) as on days gone by.
        members: (N, C) as inferred parameters have it.
    """

    margin: tuple[Floats, Floats]
    course: Floats
    members: Floats

    def like(self, days: Ints, paths: int) -> Floats:
        """Return the patterns of courses, (N, C): members, evenly chosen by their mean, or days."""
        if not len(self.members):
            patterns: Floats = self.course[days]
            return patterns
        order = np.argsort(self.members.mean(axis=1), kind="stable")
        even = ((np.arange(paths) + 0.5) * len(order) / paths).astype(np.intp)
        members: Floats = self.members[order[even]]
        return members


def outlooks(
    residuals: tuple[Residuals, ...],
    truths: tuple[Series, ...],
    horizon: Horizon,
    now: float,
    *,
    paths: int = PATHS,
) -> tuple[Outlook, ...]:
    """Return an outlook for each quantity, their n-th courses patterned on the same days.

    Where there are fewer days than courses wanted, each stands for several, so that courses
    reach as far as the margins do. What has members is patterned on these. Nothing of the truths
    that ends after `now` is used.

    Args:
        residuals: one for each quantity, all of one origin and grid, whose days hold `now`.
        truths: what was measured of each.
        horizon: the steps, from `now` on.
        now: epoch seconds.
        paths: the courses wanted; one where no day can be a pattern.
    """
    window = _window(residuals[0], horizon, now)
    found = [
        _conditioned(each, _scores_until(each, truth, now), window)
        for each, truth in zip(residuals, truths, strict=True)
    ]
    chosen = _patterns([each.course for each in found if not len(each.members)], paths)
    turn = chosen[np.arange(paths) % len(chosen)] if len(chosen) else chosen
    back = tuple((window.nearest + turn).tolist())
    return tuple(
        replace(
            _outlook(each, known, known.like(turn, paths), window, horizon),
            days_back=() if len(known.members) else back,
        )
        for each, known in zip(residuals, found, strict=True)
    )


def _window(residuals: Residuals, horizon: Horizon, now: float) -> _Window:
    days = residuals.days
    origin = residuals.origin * days.slots
    begin, end = days.position(np.array([now, horizon.edges[-1]])) - origin
    first = int(np.floor(begin + 1e-6))
    last = min(int(np.ceil(end - 1e-6)), residuals.quantiles.shape[0] * days.slots)
    count = max(last, first + 1) - first
    return _Window(first, count, -(-count // days.slots))


def _scores_until(residuals: Residuals, truth: Series, now: float) -> Floats:
    """Return the scores of every slot from the first day on, NaN after `now`."""
    days = residuals.days
    since = days.matrix(truth, residuals.origin, len(residuals.quantiles), now)
    fresh = scores(residuals.quantiles, since)
    return np.concatenate([residuals.score.ravel(), fresh.ravel()])


def _conditioned(residuals: Residuals, score: Floats, window: _Window) -> _Conditioned:
    """Return the coming scores where those of the last day are known.

    With o the closed slots that are known, f those to come and C the memory's correlations:

        mean = C_fo · C_oo⁻¹ · z_o,   var = 1 - diag(C_fo · C_oo⁻¹ · C_of)
        course_d = z_f(d) + C_fo · C_oo⁻¹ · (z_o - z_o(d))

    A day d of the past whose scores are unknown in places had the median there.
    """
    step_h = residuals.days.step_s / HOUR_S
    slots = residuals.days.slots
    first = window.first + residuals.score.size
    seen = np.arange(max(0, first - round(_BACK_H / step_h)), first)
    seen = seen[np.isfinite(score[seen])]
    coming = np.arange(first, first + window.count)
    gain = np.zeros((len(coming), len(seen)))
    explained = np.zeros(len(coming))
    if len(seen):
        among = residuals.memory.correlation((seen[:, np.newaxis] - seen) * step_h)
        across = residuals.memory.correlation((coming[:, np.newaxis] - seen) * step_h)
        gain = np.linalg.solve(among, across.T).T.astype(np.float64)
        explained = (gain * across).sum(axis=1)
    mean = gain @ score[seen]
    deviation = residuals.memory.spread * np.sqrt(np.maximum(1.0 - explained, 0.0))
    backward = slots * np.arange(window.nearest, first // slots + 1)[:, np.newaxis]
    then = score[coming - backward]
    before_places = seen - backward
    before = score[np.maximum(before_places, 0)]
    before = np.where((before_places >= 0) & np.isfinite(before), before, 0.0)
    known = np.isfinite(then).mean(axis=1)
    course = np.nan_to_num(then) + (score[seen] - before) @ gain.T
    course[known < LEAST_KNOWN * known.max(initial=0.0)] = np.nan
    members = residuals.members
    if len(members):
        apart = score[seen] - _at(members, seen - residuals.score.size)
        members = _at(members, np.arange(window.first, window.first + window.count))
        members = members + apart @ gain.T
    return _Conditioned((mean, deviation), course, members)


def _at(members: Floats, slots: Ints) -> Floats:
    """Return the members' scores in slots counted from the origin: the median before it."""
    there: Floats = np.where(slots >= 0, members[:, np.maximum(slots, 0)], 0.0)
    return there


def _patterns(courses: list[Floats], most: int) -> Ints:
    """Return the newest days that are a pattern for every quantity; none where none has days."""
    count = min((len(course) for course in courses), default=0)
    whole = np.ones(count, dtype=np.bool_)
    for course in courses:
        whole &= np.isfinite(course[:count]).all(axis=1)
    return np.flatnonzero(whole)[:most]


def _outlook(
    residuals: Residuals,
    known: _Conditioned,
    like: Floats,
    window: _Window,
    horizon: Horizon,
) -> Outlook:
    """Return margins and courses on the horizon, in the order of the patterns (N, C).

    In every slot the courses are the means of equal parts of the margin, in the order of their
    scores: together they have its mean, rare peaks and all. Then their totals by day are moved
    to where those of days gone by were.
    """
    mean, deviation = margin = known.margin
    days = residuals.days
    flat = residuals.quantiles.reshape(-1, COUNT)[window.first : window.first + window.count]
    score = mean[:, np.newaxis] + deviation[:, np.newaxis] * SCORES
    quantiles = np.maximum(at_scores(flat, score, residuals.tail), 0.0)
    paths = parts(flat, margin, max(len(like), 1), residuals.tail)
    expected = paths.mean(axis=1, keepdims=True)
    if len(like):
        paths = np.take_along_axis(paths, ranks(like).T, axis=1)
    if len(like) and residuals.totals.trust > 0:
        every = known.course[np.isfinite(known.course).all(axis=1)]
        among = parts(flat, margin, len(every), residuals.tail, COARSE)
        among = np.take_along_axis(among, ranks(every).T, axis=1)
        paths = _held(residuals, window, paths, among, expected)
    stacked = np.concatenate([quantiles, expected, paths], axis=1)
    today = np.zeros((window.first % days.slots, stacked.shape[1]))
    day = residuals.origin + window.first // days.slots
    on = days.on(np.concatenate([today, stacked]), day, horizon)
    return Outlook(
        on[:, COUNT],
        on[:, :COUNT].T,
        on[:, COUNT + 1 :].T,
        residuals.source,
    )


def _held(
    residuals: Residuals, window: _Window, paths: Floats, among: Floats, expected: Floats
) -> Floats:
    """Return courses (C, N) stretched day by day to totals that hold, the mean as expected.

    Args:
        residuals: what is known of the totals.
        window: the C slots.
        paths: in kW, or whatever the quantity's unit.
        among: (C, D) the courses of all days.
        expected: (C, 1) mean of the margins.
    """
    slots = residuals.days.slots
    day = (window.first + np.arange(window.count)) // slots
    stretched = paths.copy()
    for each in np.unique(day):
        rows = day == each
        total = paths[rows].sum(axis=0)
        held = residuals.totals.moved(total, among[rows].sum(axis=0), rows.sum() / slots)
        stretched[rows] *= np.divide(held, total, out=np.ones_like(total), where=total > 0)
    mean = stretched.mean(axis=1, keepdims=True)
    kept = np.divide(expected, mean, out=np.ones_like(mean), where=mean > 0)
    stretched *= kept
    return stretched
