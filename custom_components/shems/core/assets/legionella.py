"""The weekly hour in which a tank gets so hot that no legionella survive."""

from typing import Final

import numpy as np

from ..horizon import HOUR_S
from ..linear import Ints
from ..units import Floats
from .scenario import Scenario

_NONE: Final = np.zeros(0, dtype=np.int32)
_APART_H: Final = 4
"""Hours between which the hour of the run is chosen: each choice is an integer."""


def once_hot(
    scenario: Scenario,
    temp: Ints,
    bounds: tuple[Floats, Floats],
    goal_c: float,
    due: float,
    kwh_per_k: float,
) -> tuple[Ints, Ints]:
    """Let a tank get really hot once; return the columns of what is missing and of the choice.

        T[k] + missed ≥ idle[k] + (goal - idle[k]) · chosen[k],   Σ chosen + missed / span ≥ 1

    It may be at the end of any of a few spans until it is due; where all is relaxed, at the
    last step before. Overdue, or where it cannot be by then, it is as soon as can be.

    Args:
        scenario: the course of events.
        temp: (K,) columns of the temperature.
        bounds: (K,) temperatures without heat, below which it never is, and at full power.
        goal_c: what is to be reached.
        due: epoch seconds.
        kwh_per_k: heat stored.
    """
    program, end = scenario.program, scenario.around.horizon.end
    idle, full = bounds
    able = np.flatnonzero(full >= goal_c - 1e-9)
    if not len(able):
        able = np.array([int(np.argmax(full))])
    early = able[end[able] <= due]
    steps = able[:1]
    if len(early):
        steps = early[-1:]
        if scenario.around.whole_starts:
            span_of = end[early] // (_APART_H * HOUR_S)
            steps = np.union1d(early[:-1][np.diff(span_of) > 0], steps)
    several = len(steps) > 1
    span = np.maximum(goal_c - idle[steps], 0.0)
    most = max(float(span.max()), 1.0)
    missed = program.columns(1, cost=scenario.weight * scenario.penalty * kwh_per_k)
    chosen = program.columns(len(steps), lower=float(not several), upper=1.0, integer=several)
    rows = program.rows(len(steps), lower=idle[steps])
    program.terms(rows, temp[steps], 1.0)
    program.terms(rows, np.repeat(missed, len(steps)), 1.0)
    program.terms(rows, chosen, -span)
    once = program.rows(1, lower=most)
    program.terms(once, missed, 1.0)
    program.terms(np.repeat(once, len(steps)), chosen, most)
    return missed, chosen if several else _NONE
