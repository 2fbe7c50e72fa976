"""The self-consumption rule: the bar for every plan, and what stands in where there is none."""

from dataclasses import dataclass

import numpy as np

from ..assets.home import Home
from ..forecast.beliefs import Beliefs
from ..tariff import energy_cost
from ..units import Floats
from .policy import modes
from .result import BatteryPlan, Plan, Policy, Reason, Right, Status


@dataclass(frozen=True)
class RuleCourse:
    """What the rule does in every scenario.

    Attributes:
        power_kw, energy_kwh: (B, N, K) per battery, scenario and step; + = discharge, end.
        curtailed_kw: (N, K), feed-in that would cost money, throttled where it can be.
        grid_kw: (N, K).
    """

    power_kw: Floats
    energy_kwh: Floats
    curtailed_kw: Floats
    grid_kw: Floats


def run_rule(
    home: Home, beliefs: Beliefs, energy_kwh: dict[str, float], paused: frozenset[str]
) -> RuleCourse:
    """Run the rule, charge from surplus and discharge to the load, through all scenarios."""
    courses = beliefs.scenarios
    net = np.array([load - solar for load, solar in courses])
    hours = beliefs.horizon.hours.tolist()
    power = np.zeros((len(home.batteries), *net.shape))
    energy = np.zeros_like(power)
    for number, battery in enumerate(home.batteries):
        stored = np.full(len(net), energy_kwh[battery.id])
        for step, width in enumerate(hours):
            if battery.id not in paused:
                stored, power[number, :, step] = battery.step_many(
                    stored, net[:, step], width, battery.floor_kwh
                )
            energy[number, :, step] = stored
        net = net - power[number]
    able = home.curtailable_share * np.array([solar for _, solar in courses])
    throttled = np.where(beliefs.prices.sell < 0, np.minimum(np.maximum(-net, 0.0), able), 0.0)
    return RuleCourse(power, energy, throttled, net + throttled)


def rule_cost(
    home: Home, beliefs: Beliefs, course: RuleCourse, terminal_value: dict[str, float]
) -> float:
    """Return the rule's expected cost, wear and the worth of what is left included."""
    hours = beliefs.horizon.hours
    count = len(course.grid_kw)
    cost = sum(energy_cost(grid, hours, beliefs.prices) for grid in course.grid_kw) / count
    for number, battery in enumerate(home.batteries):
        given = np.maximum(course.power_kw[number], 0.0) @ hours
        cost += battery.wear_per_kwh * float(given.mean())
        cost -= terminal_value[battery.id] * float(course.energy_kwh[number, :, -1].mean())
    return cost


def rule_plan(
    home: Home,
    beliefs: Beliefs,
    course: RuleCourse,
    value: dict[str, float],
    now: float,
    paused: frozenset[str],
    reason: Reason,
) -> Plan:
    """Return the rule as a plan: what it is expected to do, and that it follows the meter.

    Args:
        home: what exists.
        beliefs: what is expected.
        course: of the rule through the scenarios.
        value: what a stored kWh is worth, by battery.
        now: epoch seconds.
        paused: batteries that someone else moves.
        reason: why the rule runs.
    """
    steps = len(beliefs.horizon)
    batteries = []
    for number, battery in enumerate(home.batteries):
        idle = battery.id in paused
        rights = _rights(steps, Right.NO if idle else Right.FREE)
        power = course.power_kw[number].mean(axis=0)
        batteries.append(
            BatteryPlan(
                battery.id,
                power,
                course.energy_kwh[number].mean(axis=0),
                np.full(steps, value[battery.id]),
                rights,
                modes(rights, power),
                (Reason("paused") if idle else reason,) * steps,
            )
        )
    curtailed = course.curtailed_kw.mean(axis=0)
    given = sum((part.power_kw for part in batteries), np.zeros(steps))
    # Not the mean of the courses' grid power: these need not have the outlook's mean.
    grid = beliefs.load.mean - beliefs.solar.mean + curtailed - given
    return Plan(
        now,
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


def _rights(count: int, right: int) -> Policy:
    none = np.zeros(count, dtype=np.int32)
    habit = np.full(count, right, dtype=np.int32)
    return Policy(buy=none, absorb=habit, cover=habit, sell=none)
