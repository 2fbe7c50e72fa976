"""What is measured, each beside what is wanted of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np

from custom_components.shems.core.plan.make import PlanState, Request, make_plan
from custom_components.shems.core.plan.result import Plan, Status
from custom_components.shems.core.plan.style import STANDARD, Method, Style

from .driving import measure
from .homes import Situation, batteries_only, whole_home
from .measure import Timing, lateness, planner_memory_mb
from .minimal import minimal
from .problems import STORE, Battery15, battery_problems

CT: Final = 100.0
GAP_CT: Final = 0.5
RATIO: Final = 3.0
MEDIAN_S: Final = 0.3
WORST_S: Final = 2.0
MEMORY_MB: Final = 67.0
"""A third of the 201 MB that HAEO takes, the leaner of two peers that plan whole homes."""
LATE: Final = 3.0
"""Times the lateness of a loop at rest."""
CALL_MS: Final = 50.0
STATE_MS: Final = 1000.0
DRIVEN: Final = 500
SWITCH_MS: Final = 5.0
"""So long one thread of Python may keep another waiting, whatever they do: lateness up to it
is no plan's."""

_COURSES: Final = Style(method=Method.SCENARIOS)
"""Where devices share in a priced peak, plans meet courses only where they are asked to."""


@dataclass(frozen=True)
class Row:
    """A figure.

    Attributes:
        section, name: what was measured.
        value, unit: what came out.
        most: what is wanted at most; None for what is only told.
    """

    section: str
    name: str
    value: float
    unit: str
    most: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether it is as wanted; None where nothing is."""
        return None if self.most is None else self.value <= self.most

    def to_json(self) -> dict[str, Any]:
        """Return all of it."""
        return {**vars(self), "met": self.met}


def battery_rows(repeats: int) -> list[Row]:
    """Return how a battery's plan compares with the program written by hand."""
    return [row for problem in battery_problems() for row in _compared(problem, repeats)]


def _compared(problem: Battery15, repeats: int) -> list[Row]:
    home, beliefs = problem.home, problem.beliefs
    state = PlanState(terminal_value={STORE: problem.worth})
    held, now = {STORE: problem.energy_kwh}, float(problem.horizon.edges[0])
    by_hand, ours = Timing(), Timing()

    def planned() -> Plan:
        return make_plan(home, beliefs, held, state, now)[0]

    for _ in range(repeats):
        power = by_hand.add(lambda: minimal(problem))
        plan = ours.add(planned)
    gap = problem.cost(plan.batteries[0].power_kw) - problem.cost(power)
    section = f"battery, {problem.name}"
    return [
        Row(section, "cost gap to the program by hand", CT * gap, "ct", GAP_CT),
        Row(section, "processor time over its", ours.median_s / by_hand.median_s, "times", RATIO),
        Row(section, "processor time of a plan", ours.median_s, "s"),
        Row(section, "of it HiGHS", ours.solver_share, "share"),
    ]


def whole_rows(seeds: int) -> list[Row]:
    """Return how long whole homes take, from nothing and from the last plan."""
    return [
        *_timed("whole home", seeds, whole_home),
        *_timed(
            "two batteries, two cars", seeds // 3, lambda seed: whole_home(seed, pairs=2), None
        ),
    ]


def scenario_rows(seeds: int) -> list[Row]:
    """Return how long plans take that meet 20 courses of load and sun."""
    return [
        *_timed(
            "20 courses, two batteries",
            seeds // 3,
            lambda seed: batteries_only(whole_home(seed, pairs=2, courses=20)),
            style=_COURSES,
        ),
        *_timed(
            "20 courses, whole home",
            seeds // 3,
            lambda seed: whole_home(seed, courses=20),
            style=_COURSES,
        ),
    ]


def _timed(
    section: str,
    seeds: int,
    situation: Callable[[int], Situation],
    median_s: float | None = MEDIAN_S,
    style: Style = STANDARD,
) -> list[Row]:
    cold, warm, ruled = Timing(), Timing(), 0
    for seed in range(max(seeds, 1)):
        now = situation(seed)
        plan, state = cold.add(partial(_plan, now, PlanState(), style))
        ruled += plan.status is not Status.OPTIMAL
        warm.add(partial(_plan, now, state, style))
    return [
        Row(section, "processor time, median", cold.median_s, "s", median_s),
        Row(section, "processor time, worst", cold.worst_s, "s", WORST_S),
        Row(section, "clock, median", float(np.median(cold.wall_s)), "s"),
        Row(section, "processor time planned again, median", warm.median_s, "s"),
        Row(section, "of it HiGHS", cold.solver_share, "share"),
        Row(section, "plans left to the rule", float(ruled), "", 0.0),
    ]


def _plan(now: Situation, state: PlanState, style: Style = STANDARD) -> tuple[Plan, PlanState]:
    request, held, states = Request(style), now.energy_kwh, now.states
    return make_plan(now.home, now.beliefs, held, state, now.now, request=request, states=states)


def process_rows(round_s: float) -> list[Row]:
    """Return the memory of a process that plans, and how late its loop is for so many seconds."""
    now = whole_home(0)
    at_rest, busy = lateness(lambda: _plan(now, PlanState()), round_s)
    return [
        Row("process", "memory of one that plans", planner_memory_mb(), "MB", MEMORY_MB),
        Row("event loop", "late at rest, p99", at_rest.p99_ms, "ms"),
        Row(
            "event loop",
            "late while solving, p99",
            busy.p99_ms,
            "ms",
            max(LATE * at_rest.p99_ms, SWITCH_MS),
        ),
        Row("event loop", "late while solving, worst", busy.worst_ms, "ms"),
    ]


def driving_rows(rounds: int = 20) -> list[Row]:
    """Return how soon devices are told what was decided, and show it, by the clock."""
    rows = []
    for changed in (1, 25, DRIVEN):
        latency = measure(DRIVEN, rounds, changed, time.perf_counter)
        call_ms, state_ms = latency.at(99)
        section = f"{changed} of {DRIVEN} devices at once"
        rows.append(Row(section, "decision to call, 99 %", call_ms, "ms", CALL_MS))
        rows.append(Row(section, "decision to state, 99 %", state_ms, "ms", STATE_MS))
    return rows
