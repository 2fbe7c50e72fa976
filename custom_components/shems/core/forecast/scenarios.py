"""From what was issued at midnight to what may come from now on: margins and courses."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np

from ..horizon import HOUR_S, Horizon
from ..series import Series
from ..units import Floats
from .beliefs import Outlook
from .levels import COUNT, mean_of
from .residual import SCORES, Residuals, at_scores, scores

PATHS: Final = 16
"""Courses handed to the plan: more cost time and change little."""
_BACK_H: Final = 24
"""What was before the last day the learner has seen itself."""
_LEAST_KNOWN: Final = 0.5
"""Share of a course that must be known for a day to be its pattern."""


@dataclass(frozen=True)
class _Window:
    """The slots around now: `back` closed ones and those to come.

    Attributes:
        first: number of the first slot to come, counted from the issue's first day.
        count: slots to come until the horizon is covered.
    """

    first: int
    back: int
    count: int


def outlooks(
    residuals: tuple[Residuals, ...],
    truths: tuple[Series, ...],
    horizon: Horizon,
    now: float,
    *,
    paths: int = PATHS,
) -> tuple[Outlook, ...]:
    """Return an outlook for each quantity, their n-th courses patterned on the same days.

    Nothing of the truths that ends after `now` is used.

    Args:
        residuals: one for each quantity, all of one origin, the day of `now`, and one grid.
        truths: what was measured of each.
        horizon: the steps, from `now` on.
        now: epoch seconds.
        paths: the most courses wanted; there are no more than days that can be a pattern.
    """
    window = _window(residuals[0], horizon, now)
    margins, courses = [], []
    for each, truth in zip(residuals, truths, strict=True):
        score = _scores_until(each, truth, now)
        margin, course = _conditioned(each, score, window)
        margins.append(margin)
        courses.append(course)
    chosen = _patterns(courses, paths)
    return tuple(
        _outlook(each, margin, course[chosen], window, horizon)
        for each, margin, course in zip(residuals, margins, courses, strict=True)
    )


def _window(residuals: Residuals, horizon: Horizon, now: float) -> _Window:
    days = residuals.days
    begin, end = days.position(np.array([now, horizon.edges[-1]])) - (
        residuals.issue.first * days.slots
    )
    first = int(np.floor(begin + 1e-6))
    back = min(round(_BACK_H * HOUR_S / days.step_s), first)
    last = min(int(np.ceil(end - 1e-6)), len(residuals.issue.quantiles) * days.slots)
    return _Window(first, back, last - first)


def _scores_until(residuals: Residuals, truth: Series, now: float) -> Floats:
    """Return the scores of every slot from the issue's first day on, NaN after `now`."""
    issue, days = residuals.issue, residuals.days
    ahead = len(issue.quantiles) - issue.past
    today = days.matrix(truth, issue.origin, 1, now)
    fresh = scores(issue.quantiles[issue.past][np.newaxis], today)
    unknown = np.full(((ahead - 1) * days.slots), np.nan)
    return np.concatenate([residuals.score.ravel(), fresh.ravel(), unknown])


def _conditioned(
    residuals: Residuals, score: Floats, window: _Window
) -> tuple[tuple[Floats, Floats], Floats]:
    """Return mean and deviation of the coming scores, (C,) each, and courses, (D, C).

    With o the closed slots that are known, f those to come and C the memory's correlations:

        mean = C_fo · C_oo⁻¹ · z_o,   var = 1 - diag(C_fo · C_oo⁻¹ · C_of)
        course_d = z_f(d) + C_fo · C_oo⁻¹ · (z_o - z_o(d))

    A day d of the past whose scores are unknown in places had the median there.
    """
    step_h = residuals.days.step_s / HOUR_S
    slots = residuals.days.slots
    seen = np.arange(window.first - window.back, window.first)
    seen = seen[np.isfinite(score[seen])]
    coming = np.arange(window.first, window.first + window.count)
    spread = max(residuals.memory.spread, 1e-3)
    gain = np.zeros((len(coming), len(seen)))
    explained = np.zeros(len(coming))
    if len(seen):
        among = residuals.memory.correlation((seen[:, np.newaxis] - seen) * step_h)
        across = residuals.memory.correlation((coming[:, np.newaxis] - seen) * step_h)
        gain = np.linalg.solve(among, across.T).T
        explained = (gain * across).sum(axis=1)
    mean = gain @ score[seen]
    deviation = spread * np.sqrt(np.maximum(1.0 - explained, 0.0))
    backward = slots * np.arange(1, window.first // slots + 1)
    places = coming - backward[:, np.newaxis]
    usable = (places >= 0).all(axis=1) & (places < window.first).all(axis=1)
    places, backward = places[usable], backward[usable]
    then = np.where(np.isfinite(score[places]), score[places], np.nan)
    before_places = seen - backward[:, np.newaxis]
    before = score[np.maximum(before_places, 0)]
    before = np.where((before_places >= 0) & np.isfinite(before), before, 0.0)
    known = np.isfinite(then).mean(axis=1) if len(coming) else np.zeros(len(then))
    course = np.nan_to_num(then) + (score[seen] - before) @ gain.T
    course[known < _LEAST_KNOWN * known.max(initial=0.0)] = np.nan
    return (mean, deviation), course


def _patterns(courses: list[Floats], most: int) -> np.ndarray:
    """Return the newest days that are a pattern for every quantity."""
    count = min(len(course) for course in courses)
    whole = np.ones(count, dtype=np.bool_)
    for course in courses:
        whole &= np.isfinite(course[:count]).all(axis=1)
    return np.flatnonzero(whole)[:most]


def _outlook(
    residuals: Residuals,
    margin: tuple[Floats, Floats],
    course: Floats,
    window: _Window,
    horizon: Horizon,
) -> Outlook:
    """Return margins and courses on the horizon.

    In every slot the courses are spread evenly over the margin in the order of their scores.
    """
    mean, deviation = margin
    issue, days = residuals.issue, residuals.days
    flat = issue.quantiles.reshape(-1, COUNT)[window.first : window.first + window.count]
    score = mean[:, np.newaxis] + deviation[:, np.newaxis] * SCORES
    quantiles = np.maximum(at_scores(flat, score), 0.0)
    count = len(course)
    if count:
        rank = np.argsort(np.argsort(course, axis=0, kind="stable"), axis=0)
        even = np.array([NormalDist().inv_cdf((place + 0.5) / count) for place in range(count)])
        paths = at_scores(flat, (mean + deviation * even[rank]).T).T
    else:
        paths = mean_of(quantiles)[np.newaxis]
    stacked = np.concatenate([quantiles, np.maximum(paths, 0.0).T], axis=1)
    before = np.zeros((window.first % days.slots, stacked.shape[1]))
    day = issue.first + window.first // days.slots
    on = days.on(np.concatenate([before, stacked]), day, horizon)
    return Outlook(
        mean_of(on[:, :COUNT]),
        on[:, :COUNT].T,
        on[:, COUNT:].T,
        issue.source,
    )

