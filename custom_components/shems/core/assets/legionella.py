"""The weekly hour in which a tank gets so hot that no legionella survive."""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from ..horizon import HOUR_S
from ..linear import Ints
from ..units import Floats
from .scenario import Scenario

type Places = npt.NDArray[np.intp]

_NONE: Final = np.zeros(0, dtype=np.int32)
_CHOICES: Final = 4
"""Times among which the program chooses, each an integer."""
_APART_H: Final = 3.0
"""Hours between them."""


class Run(NamedTuple):
    """What has to be reached.

    Attributes:
        goal_c: how hot.
        due: epoch seconds.
        kwh_per_k: heat stored.
        power_kw: the most the tank takes.
        lead_h: hours that it takes of that.
    """

    goal_c: float
    due: float
    kwh_per_k: float
    power_kw: float
    lead_h: float


def once_hot(
    scenario: Scenario, temp: Ints, bounds: tuple[Floats, Floats], run: Run
) -> tuple[Ints, Ints]:
    """Let a tank get really hot once; return the columns of what is missing and of the choice.

        T[k] + missed ≥ idle[k] + (goal - idle[k]) · chosen[k],   Σ chosen + missed / span ≥ 1

    It may be at the end of any of a few cheap spans until it is due; where all is relaxed, of
    the cheapest. Overdue, or where it cannot be by then, it is as soon as can be.

    Args:
        scenario: the course of events.
        temp: (K,) columns of the temperature.
        bounds: (K,) temperatures without heat, below which it never is, and at full power.
        run: what has to be reached.
    """
    program, end = scenario.program, scenario.around.horizon.end
    idle, full = bounds
    able = np.flatnonzero(full >= run.goal_c - 1e-9)
    if not len(able):
        able = np.array([int(np.argmax(full))])
    early = able[end[able] <= run.due]
    steps = able[:1]
    if len(early):
        count = _CHOICES if scenario.around.whole_starts else 1
        steps = _cheapest(scenario, early, run, count)
    several = len(steps) > 1
    span = np.maximum(run.goal_c - idle[steps], 0.0)
    most = max(float(span.max()), 1.0)
    missed = program.columns(1, cost=scenario.weight * scenario.penalty * run.kwh_per_k)
    chosen = program.columns(len(steps), lower=float(not several), upper=1.0, integer=several)
    rows = program.rows(len(steps), lower=idle[steps])
    program.terms(rows, temp[steps], 1.0)
    program.terms(rows, np.repeat(missed, len(steps)), 1.0)
    program.terms(rows, chosen, -span)
    once = program.rows(1, lower=most)
    program.terms(once, missed, 1.0)
    program.terms(np.repeat(once, len(steps)), chosen, most)
    return missed, chosen if several else _NONE


def _cheapest(scenario: Scenario, steps: Places, run: Run, count: int) -> Places:
    """Return those of the steps before whose end heat is cheapest, in order.

    What the sun gives to spare costs what it would be sold for.
    """
    horizon, prices = scenario.around.horizon, scenario.prices
    spare = np.clip(-scenario.net_kw / run.power_kw, 0.0, 1.0)
    price = prices.buy + spare * (prices.sell - prices.buy)
    paid = np.concatenate([[0.0], np.cumsum(price * scenario.hours)])
    end = horizon.end[steps]
    begin = np.maximum(end - run.lead_h * HOUR_S, horizon.start[0])
    spent = np.interp(end, horizon.edges, paid) - np.interp(begin, horizon.edges, paid)
    chosen: list[int] = []
    for number in np.argsort(spent / (end - begin), kind="stable").tolist():
        near = [abs(end[number] - end[other]) < _APART_H * HOUR_S for other in chosen]
        if not any(near):
            chosen.append(number)
    return np.sort(steps[chosen[:count]])
