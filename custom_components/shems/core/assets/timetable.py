"""A user's times: when something may not run, and when it runs by all means."""

from typing import Final

import numpy as np

from ..horizon import Horizon
from ..linear import Ints
from ..units import Floats
from .connection import HARD
from .device import Part, Wish
from .scenario import Scenario

type Spans = tuple[tuple[float, float], ...]
"""(from, to) in epoch seconds, in any order."""

_WHOLE: Final = 1.0 - 1e-9
"""Steps of which less is free are touched by a span."""
BY_ALL_MEANS: Final = 2.0
"""What is lacking of a booked run counts as much as two of any other wish: it runs at that time
even where it takes more than it needs. A limit of the connection counts more."""
BY_THERMOSTAT: Final = 0.1
"""The same where a thermostat ends it: twice the highest price, so that no saving is worth
another time, and less than what being too warm costs."""


def free_share(spans: Spans, horizon: Horizon) -> Floats:
    """Return the share of each step that no span covers, (K,); overlaps count once."""
    covered, until = np.zeros(len(horizon)), -np.inf
    for begin, end in sorted(spans):
        since = max(begin, until)
        overlap = np.minimum(horizon.end, end) - np.maximum(horizon.start, since)
        covered += np.clip(overlap, 0.0, None)
        until = max(until, end)
    share: Floats = 1.0 - covered / (horizon.end - horizon.start)
    return np.clip(share, 0.0, 1.0)


def ends_at(spans: Spans, at: float) -> float | None:
    """Return when the span ends that holds a time, with those that go on from it; else None."""
    until = at
    for begin, end in sorted(spans):
        if begin <= until < end:
            until = end
    return until if until > at else None


def without(spans: Spans, begin: float, end: float) -> Spans:
    """Return what lies between spans, from a time to another."""
    found, since = [], begin
    for first, last in (*sorted(spans), (end, end)):
        if since < min(first, end):
            found.append((since, min(first, end)))
        since = max(since, last)
    return tuple(found)


def apart(spans: Spans, others: Spans) -> Spans:
    """Return spans without the times that lie within others."""
    return tuple(piece for begin, end in spans for piece in without(others, begin, end))


def run_as_booked(scenario: Scenario, power: Ints, most: Floats, price: float) -> tuple[Wish, ...]:
    """Let what is lacking of a booked run cost a share of the penalty; return it as a wish.

        power + lacking ≥ most · booked

    Args:
        scenario: the course of events, with the times that are booked.
        power: (K,) columns of the power that is taken, or of the share that is shed.
        most: (K,) what these come to in a step that is booked as a whole.
        price: `BY_ALL_MEANS` or `BY_THERMOSTAT`; times the penalty it is the price of a unit of
            the columns for an hour.
    """
    if scenario.booked is None:
        return ()
    wanted = most * scenario.booked
    steps = np.flatnonzero(wanted > 1.0 - _WHOLE)
    program = scenario.program
    cost = price * scenario.penalty * scenario.paid[steps]
    lacking = program.columns(len(steps), cost=cost)
    rows = program.rows(len(steps), lower=wanted[steps])
    program.terms(rows, power[steps], 1.0)
    program.terms(rows, lacking, 1.0)
    return (Wish("power_short", lacking, scenario.hours[steps], "kWh"),)


def keep_timetable(scenario: Scenario, part: Part, spans: Spans, most_kw: float) -> None:
    """Keep a device off where its user does not want it to run, or a load from being shed.

        power - beyond ≤ most · free,   shed ≤ free

    with `free` the share of a step that no span covers.

    `beyond` costs as much as breaking a limit of the connection, so that only what cannot be
    stopped, such as a programme that runs, goes on. What is shed can always come back.
    """
    free = free_share(spans, scenario.around.horizon)
    steps = np.flatnonzero(free < _WHOLE)
    program = scenario.program
    if part.shed is not None:
        rows = program.rows(len(steps), upper=free[steps])
        program.terms(rows, part.shed[steps], 1.0)
        return
    for columns in (part.power, part.given):
        if columns is None or len(steps) == 0:
            continue
        beyond = program.columns(len(steps), cost=HARD * scenario.penalty * scenario.paid[steps])
        rows = program.rows(len(steps), upper=most_kw * free[steps])
        program.terms(rows, columns[steps], 1.0)
        program.terms(rows, beyond, -1.0)
