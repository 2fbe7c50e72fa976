"""The rules: self-consumption, the bar for every plan, and the timer; both need no forecast."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..assets.battery import Battery
from ..assets.home import Home
from ..forecast.beliefs import Beliefs
from ..tariff import energy_cost
from ..units import Floats
from .policy import modes, within
from .result import BatteryPlan, Plan, Policy, Reason, Right, Status
from .terminal import Terminal
from .timer import Timetable


@dataclass(frozen=True)
class RuleCourse:
    """What a rule does in every scenario.

    Where it was begun with several stored energies, these are a further axis before N.

    Attributes:
        power_kw, energy_kwh: (B, N, K) per battery, scenario and step; + = discharge, end.
        curtailed_kw: (N, K), feed-in that would cost money, throttled where it can be.
        grid_kw: (N, K).
    """

    power_kw: Floats
    energy_kwh: Floats
    curtailed_kw: Floats
    grid_kw: Floats

    def begun(self, number: int) -> RuleCourse:
        """Return the course from one of several stored energies."""
        return RuleCourse(
            self.power_kw[:, number],
            self.energy_kwh[:, number],
            self.curtailed_kw[number],
            self.grid_kw[number],
        )


def run_rule(
    home: Home,
    beliefs: Beliefs,
    energy_kwh: Mapping[str, float | Floats],
    paused: frozenset[str],
    timetable: Timetable | None = None,
) -> RuleCourse:
    """Run a rule through all scenarios: the timer, or without a timetable self-consumption.

    Args:
        home: what exists.
        beliefs: what is expected.
        energy_kwh: stored now, by battery; or several of them, (C,), to begin with.
        paused: batteries that someone else moves.
        timetable: of the timer.
    """
    courses = beliefs.scenarios
    begun = np.array([energy_kwh[battery.id] for battery in home.batteries])[..., np.newaxis]
    net = np.array([load - solar for load, solar in courses])
    net = np.broadcast_to(net, (*begun.shape[1:-1], *net.shape))
    hours = beliefs.horizon.hours.tolist()
    power = np.zeros((len(home.batteries), *net.shape))
    energy = np.zeros_like(power)
    for number, battery in enumerate(home.batteries):
        wish = net
        if timetable is not None:
            wish = _timed(home, battery, net, beliefs.prices.buy, timetable)
        wish = wish * home.free(battery.id, beliefs.horizon)
        stored = np.broadcast_to(begun[number], net.shape[:-1])
        for step, width in enumerate(hours):
            if battery.id not in paused:
                stored, power[number, ..., step] = battery.step_many(
                    stored, wish[..., step], width, battery.floor_kwh
                )
            energy[number, ..., step] = stored
        net = net - power[number]
    able = home.curtailable_share * np.array([solar for _, solar in courses])
    throttled = np.where(beliefs.prices.sell < 0, np.minimum(np.maximum(-net, 0.0), able), 0.0)
    return RuleCourse(power, energy, throttled, net + throttled)


def _timed(home: Home, battery: Battery, net: Floats, buy: Floats, timetable: Timetable) -> Floats:
    """Return what a timer asks of a battery, (N, K), + = discharge."""
    share = timetable.share * battery.may_charge_from_grid
    room = np.maximum(home.connection.import_limit_kw - np.maximum(net, 0.0), 0.0)
    charge = np.maximum(-net, 0.0)
    bought = np.minimum(share * battery.charge_kw, charge + room)
    cover = np.where(timetable.dear(battery, buy), np.maximum(net, 0.0), 0.0)
    wish: Floats = cover - np.maximum(charge, bought)
    return wish


def rule_cost(
    home: Home, beliefs: Beliefs, course: RuleCourse, left: Mapping[str, Terminal]
) -> Floats:
    """Return the rule's expected cost: with peaks, wear and the worth of what is left.

    () or, where the course was begun with several stored energies, (C,).

    Args:
        home: what exists.
        beliefs: what is expected.
        course: of the rule through the scenarios.
        left: what each battery's energy is worth at the end.
    """
    hours, prices = beliefs.horizon.hours, beliefs.prices
    grid = course.grid_kw
    bought, sold = np.maximum(grid, 0.0) * prices.buy, np.maximum(-grid, 0.0) * prices.sell
    cost: Floats = ((bought - sold) @ hours).mean(axis=-1)
    if home.connection.peaks:
        horizon, zone = beliefs.horizon, home.zone
        paid = [
            home.connection.peak_cost(horizon, each, zone) for each in grid.reshape(-1, len(hours))
        ]
        cost = cost + np.reshape(paid, grid.shape[:-1]).mean(axis=-1)
    for number, battery in enumerate(home.batteries):
        given = np.maximum(course.power_kw[number], 0.0) @ hours
        cost = cost + battery.wear_per_kwh * given.mean(axis=-1)
        cost = cost - left[battery.id].value(course.energy_kwh[number, ..., -1]).mean(axis=-1)
    return cost


def rule_plan(
    home: Home,
    beliefs: Beliefs,
    course: RuleCourse,
    value: dict[str, float],
    now: float,
    paused: frozenset[str],
    reason: Reason | tuple[Reason, ...],
    timetable: Timetable | None = None,
) -> Plan:
    """Return a rule as a plan: what it is expected to do, and that it follows the meter.

    Args:
        home: what exists.
        beliefs: what is expected.
        course: of the rule through the scenarios.
        value: what a stored kWh is worth, by battery.
        now: epoch seconds.
        paused: batteries that someone else moves.
        reason: why the rule runs, for all steps or for each.
        timetable: of the timer; without it the rule is self-consumption.
    """
    steps = len(beliefs.horizon)
    why = (reason,) * steps if isinstance(reason, Reason) else reason
    batteries = []
    for number, battery in enumerate(home.batteries):
        idle = battery.id in paused
        rights = rule_rights(battery, beliefs.prices.buy, timetable)
        rights = within(rights, home.free(battery.id, beliefs.horizon))
        if idle:
            rights = Policy(*(np.full(steps, Right.NO, dtype=np.int32) for _ in range(4)))
        power = course.power_kw[number].mean(axis=0)
        batteries.append(
            BatteryPlan(
                battery.id,
                power,
                course.energy_kwh[number].mean(axis=0),
                np.full(steps, value[battery.id]),
                rights,
                modes(rights, power),
                (Reason("paused"),) * steps if idle else why,
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


def rule_rights(battery: Battery, buy: Floats, timetable: Timetable | None = None) -> Policy:
    """Return what a rule lets a battery do in each step, (K,)."""
    none, free = (np.full(len(buy), right, dtype=np.int32) for right in (Right.NO, Right.FREE))
    if timetable is None:
        return Policy(buy=none, absorb=free, cover=free, sell=none)
    share = timetable.share * battery.may_charge_from_grid
    bought = np.where(share >= 1, Right.FREE, np.where(share > 0, Right.BUDGET, Right.NO))
    cover = np.where(timetable.dear(battery, buy), Right.FREE, Right.NO)
    return Policy(bought.astype(np.int32), free, cover.astype(np.int32), none)
