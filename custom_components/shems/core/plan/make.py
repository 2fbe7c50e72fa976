"""Make a plan: solve, read off the value of stored energy, decide and explain."""

import time
from dataclasses import dataclass, field, replace
from typing import Self

from ..assets.home import Home
from ..forecast.beliefs import Beliefs
from ..units import InputError
from .dynamic import fits, plan_of, values
from .explain import explain
from .problem import build, needs_integers
from .read import Task, by_rule, gate, learn, read, typical
from .result import Plan, Reason, Status
from .rule import rule_plan, run_rule
from .solve import Basis, SolveError, solve
from .style import STANDARD, Method, Rule, Style
from .timer import Timetable


@dataclass(frozen=True)
class PlanState:
    """What one plan hands to the next.

    Attributes:
        terminal_value: learned worth of a stored kWh at the horizon's end, by battery.
        basis: where the last solve ended; not kept over a restart.
    """

    terminal_value: dict[str, float] = field(default_factory=dict)
    basis: Basis | None = None

    def to_json(self) -> dict[str, dict[str, float]]:
        """Return what outlives the process."""
        return {"terminal_value": dict(self.terminal_value)}

    @classmethod
    def from_json(cls, data: dict[str, dict[str, float]]) -> Self:
        """Restore from `to_json`."""
        return cls({key: float(value) for key, value in data["terminal_value"].items()})


@dataclass(frozen=True)
class Request:
    """What is asked of a plan.

    Attributes:
        style: how the home is run: a kind of plan, or a rule.
        timetable: the timer's hours on the horizon, where it is to run.
        explained: whether to give reasons; a year of replay does without.
    """

    style: Style = STANDARD
    timetable: Timetable | None = None
    explained: bool = True


def make_plan(
    home: Home,
    beliefs: Beliefs,
    energy_kwh: dict[str, float],
    state: PlanState,
    now: float,
    *,
    request: Request = Request(),
    paused: frozenset[str] = frozenset(),
    time_limit_s: float = 5.0,
) -> tuple[Plan, PlanState]:
    """Return the best plan, or the rule's where the solver fails or little is to be won.

    Args:
        home: what exists.
        beliefs: what is expected.
        energy_kwh: stored energy by battery; one that is missing is left out of the plan.
        state: from the last plan.
        now: epoch seconds.
        request: how the home is run.
        paused: batteries that someone else moves.
        time_limit_s: for the solver.

    Raises:
        InputError: beliefs with missing or impossible values, or stored energy outside the
            battery.
    """
    style = request.style
    task = task_of(home, beliefs, energy_kwh, state, now, style, paused)
    began = time.perf_counter()
    if style.rule is not None:
        return replace(_ruled(task, style.rule, request.timetable), style=style), state
    if task.method is Method.DYNAMIC:
        plan, learned = _dynamic(task, state)
        return _finished(task, plan, request, began), learned
    problem = build(task.home, task.courses, energy_kwh, task.terminal, paused)
    try:
        solution = solve(problem.arrays, state.basis, time_limit_s=time_limit_s)
    except SolveError as error:
        plan = by_rule(task, Reason("rule_fallback"))
        trouble = Reason("solver_failed", {"status": str(error)})
        elapsed = time.perf_counter() - began
        failed = replace(plan, status=Status.RULE, problem=trouble, solve_s=elapsed, style=style)
        return failed, replace(state, basis=None)
    plan = read(task, problem, solution)
    learned = PlanState(learn(task, state.terminal_value, plan), solution.basis)
    plan = gate(task, plan, float(problem.arrays.cost @ solution.column))
    return _finished(task, plan, request, began), learned


def _dynamic(task: Task, state: PlanState) -> tuple[Plan, PlanState]:
    found = values(task, task.energy_kwh[task.home.batteries[0].id])
    plan, cost = plan_of(task, found)
    return gate(task, plan, cost), replace(
        state, terminal_value=learn(task, state.terminal_value, plan)
    )


def _finished(task: Task, plan: Plan, request: Request, began: float) -> Plan:
    elapsed = time.perf_counter() - began
    if request.explained:
        plan = explain(task.home, plan, task.paused)
    return replace(plan, solve_s=elapsed, style=task.style)


def task_of(
    home: Home,
    beliefs: Beliefs,
    energy_kwh: dict[str, float],
    state: PlanState,
    now: float,
    style: Style,
    paused: frozenset[str] = frozenset(),
) -> Task:
    """Return what a plan is to be made of; see `make_plan`."""
    beliefs.check()
    present = _present(home, energy_kwh)
    terminal = {
        battery.id: state.terminal_value.get(
            battery.id, battery.discharge_efficiency * typical(beliefs)
        )
        for battery in present.batteries
    }
    method = method_for(present, beliefs, style, paused)
    courses = beliefs.expected if method is Method.POINT else beliefs
    return Task(present, beliefs, courses, energy_kwh, terminal, paused, now, style, method)


def method_for(
    home: Home, beliefs: Beliefs, style: Style, paused: frozenset[str] = frozenset()
) -> Method:
    """Return the method that applies: programs with integers meet only the mean."""
    if style.method is Method.DYNAMIC and fits(home, beliefs, paused):
        return Method.DYNAMIC
    if style.method is Method.POINT or needs_integers(home, beliefs):
        return Method.POINT
    return Method.SCENARIOS


def _present(home: Home, energy_kwh: dict[str, float]) -> Home:
    for battery in home.batteries:
        energy = energy_kwh.get(battery.id)
        if energy is not None and not -1e-6 <= energy <= battery.capacity_kwh + 1e-6:
            raise InputError("soc_out_of_range", battery=battery.name, energy_kwh=energy)
    known = tuple(each for each in home.batteries if each.id in energy_kwh)
    return home if len(known) == len(home.batteries) else replace(home, batteries=known)


def _ruled(task: Task, rule: Rule, timetable: Timetable | None) -> Plan:
    """Return the plan of the rule that was chosen, whatever a program would do."""
    if rule is Rule.SELF_CONSUMPTION:
        return by_rule(task, Reason("self_consumption_chosen"))
    if timetable is None:
        raise ValueError("the timer needs its timetable")
    course = run_rule(task.home, task.courses, task.energy_kwh, task.paused, timetable)
    chosen = Reason("timer_chosen")
    why = tuple(
        Reason("timer_charges", {"price": price}) if share > 0 else chosen
        for share, price in zip(
            timetable.share.tolist(), task.beliefs.prices.buy.tolist(), strict=True
        )
    )
    return rule_plan(
        task.home, task.beliefs, course, task.terminal, task.now, task.paused, why, timetable
    )
