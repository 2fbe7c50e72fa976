"""Make a plan: solve, read off the value of stored energy, decide and explain."""

import time
from dataclasses import dataclass, field, replace
from typing import Final, Self

import numpy as np

from ..assets.home import Home
from ..forecast.beliefs import Beliefs
from ..horizon import DAY_S
from ..tariff import energy_cost
from ..units import Floats, InputError
from .explain import explain
from .policy import modes, policy
from .problem import Problem, build, needs_integers
from .result import BatteryPlan, Plan, Reason, Status
from .rule import rule_cost, rule_plan, run_rule
from .solve import Basis, Solution, SolveError, solve

MARGIN_SHARE: Final = 0.04
"""The decision margin as a share of the median import price: about one cent at 25 ct, the
margin that cured most windows lost to the rule in the first closed-loop trials."""
GATE_SHARE: Final = 0.02
"""Where even the program, which knows each scenario to its end, saves less than this share of
what the load costs, the rule runs: below it the closed-loop protocol counts no capture at
all, for errors of the forecast cost more than is there to win."""
_LEARNING: Final = 0.1
"""Share of the way the terminal value goes at each plan: a few plans, against single spikes."""


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
class _Task:
    home: Home
    beliefs: Beliefs
    energy_kwh: dict[str, float]
    terminal: dict[str, float]
    paused: frozenset[str]
    now: float
    margin: float


def make_plan(
    home: Home,
    beliefs: Beliefs,
    energy_kwh: dict[str, float],
    state: PlanState,
    now: float,
    *,
    paused: frozenset[str] = frozenset(),
    time_limit_s: float = 5.0,
    explained: bool = True,
) -> tuple[Plan, PlanState]:
    """Return the best plan, or the rule's where the solver fails or little is to be won.

    Args:
        home: what exists.
        beliefs: what is expected.
        energy_kwh: stored energy by battery; one that is missing is left out of the plan.
        state: from the last plan.
        now: epoch seconds.
        paused: batteries that someone else moves.
        time_limit_s: for the solver.
        explained: whether to give reasons; a year of replay does without.

    Raises:
        InputError: beliefs with missing or impossible values, or stored energy outside the
            battery.
    """
    beliefs.check()
    present = _present(home, energy_kwh)
    typical = max(float(np.median(beliefs.prices.buy)), 0.0)
    terminal = {
        battery.id: state.terminal_value.get(battery.id, battery.discharge_efficiency * typical)
        for battery in present.batteries
    }
    margin = MARGIN_SHARE * typical if beliefs.uncertain else 0.0
    task = _Task(present, beliefs, energy_kwh, terminal, paused, now, margin)
    began = time.perf_counter()
    courses = beliefs.expected if needs_integers(present, beliefs) else beliefs
    problem = build(present, courses, energy_kwh, terminal, paused)
    try:
        solution = solve(problem.arrays, state.basis, time_limit_s=time_limit_s)
    except SolveError as error:
        plan = _rule(task, Reason("rule_fallback"))
        trouble = Reason("solver_failed", {"status": str(error)})
        elapsed = time.perf_counter() - began
        failed = replace(plan, status=Status.RULE, problem=trouble, solve_s=elapsed)
        return failed, replace(state, basis=None)
    elapsed = time.perf_counter() - began
    plan = _read(task, problem, solution)
    learned = PlanState(_learn(task, state, plan), solution.basis)
    if present.batteries and beliefs.uncertain:
        plan = _gate(task, plan, float(problem.arrays.cost @ solution.column))
    if explained and plan.status is Status.OPTIMAL:
        plan = explain(present, plan, paused)
    return replace(plan, solve_s=elapsed), learned


def _present(home: Home, energy_kwh: dict[str, float]) -> Home:
    for battery in home.batteries:
        energy = energy_kwh.get(battery.id)
        if energy is not None and not -1e-6 <= energy <= battery.capacity_kwh + 1e-6:
            raise InputError("soc_out_of_range", battery=battery.name, energy_kwh=energy)
    known = tuple(each for each in home.batteries if each.id in energy_kwh)
    return home if len(known) == len(home.batteries) else replace(home, batteries=known)


def _rule(task: _Task, reason: Reason) -> Plan:
    course = run_rule(task.home, task.beliefs, task.energy_kwh, task.paused)
    return rule_plan(task.home, task.beliefs, course, task.terminal, task.now, task.paused, reason)


def _gate(task: _Task, plan: Plan, expected_cost: float) -> Plan:
    """Return the plan, or the rule's where too little is to be won."""
    course = run_rule(task.home, task.beliefs, task.energy_kwh, task.paused)
    gain = rule_cost(task.home, task.beliefs, course, task.terminal) - expected_cost
    hours = task.beliefs.horizon.hours
    at_stake = float(np.abs(task.beliefs.prices.buy) * task.beliefs.load.mean @ hours)
    if gain >= GATE_SHARE * at_stake:
        return plan
    reason = Reason("little_to_win", {"gain": max(gain, 0.0)})
    return rule_plan(task.home, task.beliefs, course, task.terminal, task.now, task.paused, reason)


def _read(task: _Task, problem: Problem, solution: Solution) -> Plan:
    """Return the plan that the solution means, scenarios taken together.

    Powers and energies are the expected ones. Each scenario's dual is already weighted with
    its probability, so their sum is the expected value of a stored kWh.
    """
    column, dual = solution.column, solution.dual
    beliefs = task.beliefs

    def expected(of: list[Floats]) -> Floats:
        mean: Floats = np.mean(of, axis=0)
        return mean

    curtailed = expected([column[each.curtailed] for each in problem.scenarios])
    batteries = []
    for number, battery in enumerate(task.home.batteries):
        parts = [each.batteries[number] for each in problem.scenarios]
        power = expected([column[part.discharge] - column[part.charge] for part in parts])
        energy = expected([column[part.energy] for part in parts])
        value: Floats = -np.sum([dual[part.store] for part in parts], axis=0)
        throttled = task.home.curtailable_share == 1
        rights = policy(battery, beliefs.prices, value, power, task.margin, throttled=throttled)
        batteries.append(
            BatteryPlan(battery.id, power, energy, value, rights, modes(rights, power), ())
        )
    given = sum((part.power_kw for part in batteries), np.zeros(len(beliefs.horizon)))
    grid = beliefs.load.mean - beliefs.solar.mean + curtailed - given
    return Plan(
        task.now,
        beliefs.horizon,
        beliefs.prices,
        Status.OPTIMAL,
        beliefs.load.mean,
        beliefs.solar.mean,
        grid,
        curtailed,
        tuple(batteries),
        energy_cost(grid, beliefs.horizon.hours, beliefs.prices),
        0.0,
    )


def _learn(task: _Task, state: PlanState, plan: Plan) -> dict[str, float]:
    """Return terminal values moved towards what a kWh is worth a day before the end.

    There the plan still sees a whole day, and at the same time of day. What is worth more
    than the dearest hour is the penalty of a soft limit, less than nothing is the mood of one
    day, and below its reserve or paused a battery tells nothing about prices.
    """
    learned = dict(state.terminal_value)
    day_before = plan.horizon.index(plan.horizon.edges[-1] - DAY_S)
    if day_before is None:
        return learned
    dearest = max(float(plan.prices.buy.max()), float(plan.prices.sell.max()), 0.0)
    for battery, part in zip(task.home.batteries, plan.batteries, strict=True):
        if battery.id in task.paused or part.energy_kwh[day_before] < battery.floor_kwh - 1e-3:
            continue
        seen = float(np.clip(part.value[day_before], 0.0, dearest))
        old = task.terminal[battery.id]
        learned[battery.id] = old + _LEARNING * (seen - old)
    return learned
