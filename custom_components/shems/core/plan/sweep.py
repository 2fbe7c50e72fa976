"""Plans of several styles and fillings for the same beliefs, on as few programs as may be."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ..assets.home import Home
from ..forecast.beliefs import Beliefs
from .dynamic import plan_of, values
from .make import PlanState, Request, make_plan, method_for, task_of
from .problem import Problem, build
from .read import Task, gate, learn, read
from .result import Plan
from .risk import RiskBudget, within_budget
from .rule import run_rule
from .solve import Basis, Solution, SolveError, solve_each
from .style import Method, Style
from .timer import Timetable


@dataclass(frozen=True)
class SweepState:
    """What one sweep hands to the next.

    Attributes:
        terminal_value: learned worth of a stored kWh at the horizon's end, by battery; the
            first start's plan teaches it.
        bases: where the last solves ended, by method.
    """

    terminal_value: dict[str, float] = field(default_factory=dict)
    bases: dict[Method, Basis | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Start:
    """Where one of the plans begins.

    Attributes:
        style: of the plan, or a rule.
        energy_kwh: stored now, by battery.
        risk: what its purchases ahead may lose; None where they may lose anything.
        timetable: the timer's hours on the horizon, where it is to run.
    """

    style: Style
    energy_kwh: dict[str, float]
    risk: RiskBudget | None = None
    timetable: Timetable | None = None


def sweep(
    home: Home, beliefs: Beliefs, starts: Sequence[Start], state: SweepState, now: float
) -> tuple[list[Plan], SweepState]:
    """Return the plan of each start, as `make_plan` would make it, without reasons.

    Those that look backwards share the value of stored energy, whatever they begin with.
    Starts that meet the same courses differ only in the energy of their batteries, which is
    the right side of one equation each, and in how the solution is read.

    Args:
        home: what exists; only its batteries are planned.
        beliefs: what is expected.
        starts: all batteries within their limits.
        state: from the last sweep.
        now: epoch seconds.

    Raises:
        InputError: see `make_plan`.
    """
    home = replace(home, devices=())
    plans: dict[int, Plan] = {}
    bases: dict[Method, Basis | None] = {}
    taught = state.terminal_value
    for method in Method:
        chosen = [
            number
            for number, start in enumerate(starts)
            if start.style.rule is None and method_for(home, beliefs, start.style) is method
        ]
        if not chosen:
            continue
        alike = [starts[number] for number in chosen]
        before = PlanState(state.terminal_value, state.bases.get(method))
        make = _backwards if method is Method.DYNAMIC else _alike
        made, learned = make(home, beliefs, alike, before, now)
        plans.update(zip(chosen, made, strict=True))
        bases[method] = learned.basis
        if chosen[0] == 0:
            taught = learned.terminal_value
    return [
        _kept(plans[number], home, beliefs, each)
        if number in plans
        else _ruled(home, beliefs, each, now)
        for number, each in enumerate(starts)
    ], SweepState(taught, bases)


def _kept(plan: Plan, home: Home, beliefs: Beliefs, start: Start) -> Plan:
    """Return a plan that loses no more than it may."""
    if start.risk is None:
        return plan
    return within_budget(plan, home, beliefs, start.energy_kwh, start.risk, frozenset())


def _ruled(home: Home, beliefs: Beliefs, start: Start, now: float) -> Plan:
    """Return the plan of a rule."""
    request = Request(start.style, start.timetable, explained=False, risk=start.risk)
    return make_plan(home, beliefs, start.energy_kwh, PlanState(), now, request=request)[0]


def _backwards(
    home: Home, beliefs: Beliefs, starts: Sequence[Start], state: PlanState, now: float
) -> tuple[list[Plan], PlanState]:
    """Return the plans of starts by dynamic programming, and what the first teaches."""
    tasks = [task_of(home, beliefs, each.energy_kwh, state, now, each.style) for each in starts]
    (battery,) = home.batteries
    found = values(tasks[0], min(each.energy_kwh[battery.id] for each in starts))
    made = [plan_of(task, found) for task in tasks]
    learned = PlanState(learn(tasks[0], state.terminal_value, made[0][0]))
    return [gate(task, *each) for task, each in zip(tasks, made, strict=True)], learned


def _alike(
    home: Home, beliefs: Beliefs, starts: Sequence[Start], state: PlanState, now: float
) -> tuple[list[Plan], PlanState]:
    """Return the plans of starts that meet the same courses, and what the first teaches."""
    tasks = [task_of(home, beliefs, each.energy_kwh, state, now, each.style) for each in starts]
    first = tasks[0]
    problem = build(home, first.courses, first.energy_kwh, first.terminal, frozenset())
    solutions = _solutions(home, problem, tasks, state.basis)
    if not solutions:
        alone = [
            make_plan(
                home,
                beliefs,
                each.energy_kwh,
                state,
                now,
                request=Request(each.style, explained=False),
            )
            for each in starts
        ]
        return [plan for plan, _ in alone], alone[0][1]
    begun = {
        battery.id: np.array([task.energy_kwh[battery.id] for task in tasks])
        for battery in home.batteries
    }
    courses = run_rule(home, first.courses, begun, frozenset())
    plans = [read(*each) for each in zip(tasks, [problem] * len(tasks), solutions, strict=True)]
    learned = PlanState(learn(first, state.terminal_value, plans[0]), solutions[0].basis)
    return [
        gate(task, plan, float(problem.arrays.cost @ solution.column), courses.begun(place))
        for place, (task, plan, solution) in enumerate(zip(tasks, plans, solutions, strict=True))
    ], learned


def _solutions(
    home: Home, problem: Problem, tasks: Sequence[Task], basis: Basis | None
) -> list[Solution]:
    """Return the solution of each task, none where one of them has no optimum."""
    rows = [part.store[0] for each in problem.scenarios for part in each.batteries]
    held = [tuple(task.energy_kwh[each.id] for each in home.batteries) for task in tasks]
    apart = list(dict.fromkeys(held))
    levels = [np.tile(each, len(problem.scenarios)) for each in apart]
    try:
        solved = solve_each(problem.arrays, np.array(rows, dtype=np.int32), levels, basis)
    except SolveError:
        return []
    return [solved[apart.index(each)] for each in held]
