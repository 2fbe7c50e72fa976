"""What a solution means: powers, values and rights, and whether they are worth it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np

from ..assets.home import Home
from ..assets.kinds import MovableState
from ..assets.phases import phased
from ..forecast.beliefs import Beliefs
from ..horizon import DAY_S
from ..tariff import Prices, energy_cost
from ..units import Floats
from .condense import Grid
from .policy import modes, policy, within
from .problem import Problem
from .result import BatteryPlan, Plan, Reason, Status
from .rule import RuleCourse, rule_cost, rule_plan, run_rule
from .solve import Solution
from .style import GATE_SHARE, Method, Style
from .terminal import Terminal

_LEARNING: Final = 0.1
"""Share of the way the terminal value goes at each plan: a few plans, against single spikes."""


@dataclass(frozen=True)
class Task:
    """What one plan is to be made of.

    Attributes:
        home: what exists, batteries of unknown charge left out.
        beliefs: what is expected.
        courses: what the program meets: on fewer steps all courses, or only the mean.
        energy_kwh: stored energy by battery.
        terminal: worth of a kWh stored at the horizon's end, by battery.
        paused: batteries that someone else moves.
        now: epoch seconds.
        style: how the home is run.
        method: of the plan, the one that applies.
        states: how each device is now; those of unknown state are left out of the home.
    """

    home: Home
    beliefs: Beliefs
    courses: Beliefs
    energy_kwh: dict[str, float]
    terminal: dict[str, float]
    paused: frozenset[str]
    now: float
    style: Style
    method: Method
    states: Mapping[str, MovableState] = field(default_factory=dict)

    @property
    def grid(self) -> Grid:
        """The plan's steps and those that the program has of them."""
        return Grid(self.beliefs.horizon, self.courses.horizon)

    @property
    def met(self) -> Beliefs:
        """What the program meets, on all steps of the plan."""
        return self.courses if self.grid.same else self.beliefs

    @cached_property
    def left(self) -> dict[str, Terminal]:
        """What is left in each battery at the horizon's end is worth; to a program, in a line."""
        batteries = self.home.batteries
        if self.method is Method.DYNAMIC:
            return {
                each.id: Terminal.of(each, self.beliefs, self.terminal[each.id])
                for each in batteries
            }
        return {each.id: Terminal(self.terminal[each.id]) for each in batteries}

    @property
    def margin(self) -> float:
        """What a decision must gain, currency/kWh; nothing where nothing is uncertain."""
        share = self.style.margin_for(self.method) if self.beliefs.uncertain else 0.0
        return share * typical(self.beliefs)


def typical(beliefs: Beliefs) -> float:
    """Return the median import price, never negative."""
    return max(float(np.median(beliefs.prices.buy)), 0.0)


def by_rule(task: Task, reason: Reason, course: RuleCourse | None = None) -> Plan:
    """Return the plan of the self-consumption rule; with its course, where that is known."""
    if course is None:
        course = run_rule(task.home, task.met, task.energy_kwh, task.paused)
    return rule_plan(task.home, task.beliefs, course, task.terminal, task.now, task.paused, reason)


def gate(task: Task, plan: Plan, expected_cost: float, course: RuleCourse | None = None) -> Plan:
    """Return the plan, or the rule's where too little is to be won.

    Args:
        task: what the plan is made of.
        plan: the optimal one.
        expected_cost: of it, with the worth of what is left.
        course: the rule's through what the program meets, where it is known.
    """
    asked = any(battery.asked for battery in task.home.batteries)
    if asked or not (plan.batteries and task.beliefs.uncertain):
        return plan
    if course is None:
        course = run_rule(task.home, task.courses, task.energy_kwh, task.paused)
    gain = float(rule_cost(task.home, task.courses, course, task.left)) - expected_cost
    hours = task.beliefs.horizon.hours
    at_stake = float(np.abs(task.beliefs.prices.buy) * task.beliefs.load.mean @ hours)
    if gain >= GATE_SHARE[task.method] * at_stake:
        return plan
    reason = Reason("little_to_win", {"gain": max(gain, 0.0)})
    return by_rule(task, reason, course if task.grid.same else None)


def read(task: Task, problem: Problem, solution: Solution) -> Plan:
    """Return the plan that the solution means, scenarios taken together.

    Powers and energies are the expected ones. Each scenario's dual is already weighted with
    its probability, so their sum is the expected value of a stored kWh.
    """
    column, dual = solution.column, solution.dual
    beliefs, grid = task.beliefs, task.grid

    def expected(of: list[Floats]) -> Floats:
        mean: Floats = np.mean(of, axis=0)
        return mean

    curtailed = expected([each.given_up_kw(column) for each in problem.scenarios])
    if not grid.same:
        curtailed = grid.like(curtailed, beliefs.solar.mean)
    met = beliefs.prices
    if not task.home.connection.steady(beliefs.horizon):
        met = _met(task, _balance_price(task, problem, solution))
    net = beliefs.load.mean - beliefs.solar.mean + curtailed
    batteries = []
    for number, battery in enumerate(task.home.batteries):
        parts = [each.batteries[number] for each in problem.scenarios]
        power = expected([column[part.discharge] - column[part.charge] for part in parts])
        energy = expected([column[part.energy] for part in parts])
        value: Floats = -np.sum([dual[part.store] for part in parts], axis=0)
        if not grid.same:
            limits = battery.charge_kw, battery.discharge_kw
            power, value = grid.levelled(power, net, limits), grid.repeat(value)
            energy = grid.stored(energy, task.energy_kwh[battery.id], power)
        throttled = task.home.curtailable_share == 1
        local = _where(task, problem, solution, battery.id, met)
        rights = within(
            policy(battery, local, value, power, task.margin, throttled=throttled),
            task.home.free(battery.id, beliefs.horizon),
        )
        batteries.append(
            BatteryPlan(battery.id, power, energy, value, rights, modes(rights, power), ())
        )
        net = net - power
    return Plan(
        task.now,
        beliefs.horizon,
        beliefs.prices,
        Status.OPTIMAL,
        beliefs.load.mean,
        beliefs.solar.mean,
        net,
        curtailed,
        tuple(batteries),
        energy_cost(net, beliefs.horizon.hours, beliefs.prices),
        0.0,
    )


def marginal(task: Task, problem: Problem, solution: Solution) -> Floats:
    """Return what another kWh of load would cost in each step, (K,)."""
    return task.grid.repeat(_balance_price(task, problem, solution))


def _balance_price(task: Task, problem: Problem, solution: Solution) -> Floats:
    """Return what another kWh would cost in each step of the program: the balance's duals."""
    dual = np.sum([solution.dual[each.balance] for each in problem.scenarios], axis=0)
    price: Floats = dual / task.courses.horizon.hours
    return price


def _met(task: Task, marginal: Floats) -> Prices:
    """Return what a kWh costs and brings where peaks and limits count besides its price, (K,).

    Importing one more is dearer where it raises a peak or meets a limit; exporting one more
    brings less where it meets one.

    Args:
        task: with the prices.
        marginal: what another kWh would cost, in each step of the program.
    """
    prices, known = task.beliefs.prices, task.courses.prices
    dearer = task.grid.repeat(np.maximum(marginal - known.buy, 0.0))
    less = task.grid.repeat(np.maximum(known.sell - marginal, 0.0))
    return replace(prices, buy=prices.buy + dearer, sell=prices.sell - less)


def _where(task: Task, problem: Problem, solution: Solution, owner: str, met: Prices) -> Prices:
    """Return the prices that one battery meets: where its phase is full a kWh is dearer."""
    if not phased(task.home):
        return met
    hours = task.courses.horizon.hours
    more = np.sum(
        [each.phases.price(task.home, owner, solution.dual, hours) for each in problem.scenarios],
        axis=0,
    )
    return _met(task, _balance_price(task, problem, solution) + more)


def learn(task: Task, known: dict[str, float], plan: Plan) -> dict[str, float]:
    """Return terminal values moved towards what a kWh is worth a day before the end.

    There the plan still sees a whole day, and at the same time of day. What is worth more
    than the dearest hour is the penalty of a soft limit, less than nothing is the mood of one
    day, and below its reserve or paused a battery tells nothing about prices.
    """
    learned = dict(known)
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
    for device, moved in zip(task.home.devices, plan.devices, strict=True):
        if moved.value is not None and device.worth:
            seen = float(np.clip(moved.value[day_before], -dearest, dearest))
            old = task.terminal[device.id]
            learned[device.id] = old + _LEARNING * (seen - old)
    return learned
