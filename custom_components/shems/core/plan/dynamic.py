"""What a stored kWh is worth when nobody knows what comes: stochastic dynamic programming.

A program that meets every course to its end decides now, but from the next step on it
knows: what it has stored is always right. A battery that learns the net load only step by
step needs more in store before dear hours, and more room before the sun. Here the value of
what is stored is found backwards, each step meeting the whole spread of its net load before
anything of the next is known (Bellman 1957; of storage e.g. Powell and Meisel 2016). For one
battery that is exact, up to the grid of energies and to what one step's net load tells of
the next: that comes in with the next plan.
"""

import time
from dataclasses import dataclass
from typing import Final

import numpy as np

from ..assets.battery import LEAST_WEAR, Battery
from ..assets.home import Home
from ..forecast.beliefs import Beliefs
from ..linear import Ints
from ..tariff import energy_cost
from ..units import Bools, Floats
from .policy import modes, within
from .read import Task, typical
from .result import BatteryPlan, Levels, Plan, Policy, Right, Status
from .wanted import missed_cost, short_of

_POINTS: Final = 49
"""Energies of the grid: a fiftieth of a battery is less than any forecast knows."""
_SAMPLES: Final = 16
"""Net loads that stand for the distribution in a step."""
_ABSORB_SHARE: Final = 0.04
"""Surplus is stored unless selling it gains more than this share of the median import price,
a cent at 25 ct. To store it early insures against a load that nobody saw coming, and loads
that last, as in a heat wave, are likelier than steps met one by one can tell."""
_SOME_KWH: Final = 1e-6
_HELD_STEPS: Final = 8
"""Between two pauses: half a millisecond of work, of which each costs a tenth."""


@dataclass(frozen=True)
class Values:
    """Expected cost to the horizon's end, by stored energy.

    Attributes:
        energy_kwh: (G,) the grid.
        cost: (K + 1, G) from the beginning of each step, and at the end of the last.
    """

    energy_kwh: Floats
    cost: Floats

    def worth(self, energy_kwh: Floats) -> Floats:
        """Return what a kWh more is worth at the end of each step, (K,), at energies (K,)."""
        width = self.energy_kwh[1] - self.energy_kwh[0]
        slope = (self.cost[1:, :-1] - self.cost[1:, 1:]) / width
        last = slope.shape[1] - 1
        place = np.clip((energy_kwh - self.energy_kwh[0]) / width - 0.5, 0.0, last)
        low = np.minimum(place.astype(np.intp), last - 1)
        steps = np.arange(len(energy_kwh))
        share = place - low
        value: Floats = (1 - share) * slope[steps, low] + share * slope[steps, low + 1]
        return value


@dataclass(frozen=True)
class Course:
    """What a battery does along the courses of the beliefs.

    Attributes:
        power_kw, energy_kwh, curtailed_kw: (N, K); + = discharge, end of the step.
        cost: expected money, with the worth of what is left.
    """

    power_kw: Floats
    energy_kwh: Floats
    curtailed_kw: Floats
    cost: float


def fits(home: Home, beliefs: Beliefs, paused: frozenset[str]) -> bool:
    """Return whether this method applies.

    There is one plain battery, ours to move and of some use, of which no power is demanded;
    something is uncertain; what the home does by itself stays within the connection's
    limits, and these do not change, nor does a peak cost anything: else other devices or
    limits share in the decision, which is a program's work.
    """
    if len(home.batteries) != 1 or home.batteries[0].id in paused or not beliefs.uncertain:
        return False
    battery, limits = home.batteries[0], home.connection
    if battery.max_kwh - battery.min_kwh < _SOME_KWH or not battery.plain or battery.demands:
        return False
    if not limits.steady(beliefs.horizon):
        return False
    net = np.array([load - solar for load, solar in beliefs.scenarios])
    return bool(net.max() <= limits.import_limit_kw and -net.min() <= limits.export_limit_kw)


def values(task: Task, lowest_kwh: float) -> Values:
    """Return the value of stored energy, found backwards from the horizon's end.

        V[k](E) = mean over net loads of ( cost of step k + V[k+1](E') )

    where E' follows from the levels of `levels_of` and the net load. What a goal lacks when
    it comes costs the penalty then.

    Args:
        task: what the plan is made of, see `fits`.
        lowest_kwh: where the grid begins, if not at the battery's own minimum.
    """
    battery, beliefs = task.home.batteries[0], task.beliefs
    prices, room = beliefs.prices, task.home.connection.import_limit_kw
    net, able = _courses(task)
    net, able = _condensed(net), _condensed(able)
    grid = np.linspace(min(battery.min_kwh, lowest_kwh), battery.max_kwh, _POINTS)
    hours = beliefs.horizon.hours.tolist()
    cost = np.empty((len(hours) + 1, _POINTS))
    cost[-1] = -task.left[battery.id].value(grid)
    buy, sell, export = prices.buy.tolist(), prices.sell.tolist(), _export_price(task).tolist()
    free = task.home.free(battery.id, beliefs.horizon).tolist()
    missed = missed_cost(task, grid)
    for k in range(len(hours) - 1, -1, -1):
        _give_way(k)
        cost[k + 1] += missed.get(k, 0.0)
        levels = _levels(battery, grid, cost[k + 1], (buy[k], export[k]), (0.0, 0.0))
        power = free[k] * _respond(battery, levels, grid, net[:, k : k + 1], hours[k], room)
        out = _throttled(net[:, k : k + 1] - power, able[:, k : k + 1], sell[k])
        paid = (
            np.maximum(out, 0.0) * buy[k]
            + np.minimum(out, 0.0) * sell[k]
            + np.maximum(power, 0.0) * battery.wear_per_kwh
        ) * hours[k]
        after = grid + _stored(battery, power, hours[k])
        cost[k] = (paid + np.interp(after, grid, cost[k + 1])).mean(axis=0)
    return Values(grid, cost)


def levels_of(task: Task, found: Values) -> Levels:
    """Return how far each right reaches in every step.

    With w the wear, m the margin and a that of absorbing, energies E that minimise V(E) plus

        buying     E·(buy + m)/η_c           covering   E·η_d·(buy - w + m)
        absorbing  E·(sell - a)/η_c          selling    E·η_d·(sell - w - m)

    As in `policy`, a margin holds back ventures and lets habits go on; the least decides ties.
    """
    prices, margin = task.beliefs.prices, task.margin
    margins = margin, max(margin, _ABSORB_SHARE * typical(task.beliefs))
    steps = zip(prices.buy.tolist(), _export_price(task).tolist(), found.cost[1:], strict=True)
    table = np.array(
        [
            _levels(task.home.batteries[0], found.energy_kwh, cost, (buy, sell), margins)
            for buy, sell, cost in steps
        ]
    )
    return Levels(*table.T)


def follow(task: Task, levels: Levels) -> Course:
    """Return what the battery does under the levels along every course."""
    battery, beliefs = task.home.batteries[0], task.beliefs
    net, able = _courses(task)
    hours = beliefs.horizon.hours.tolist()
    prices, room = beliefs.prices, task.home.connection.import_limit_kw
    power, energy = np.empty_like(net), np.empty_like(net)
    free = task.home.free(battery.id, beliefs.horizon).tolist()
    stored = np.full(len(net), task.energy_kwh[battery.id])
    for k, width in enumerate(hours):
        _give_way(k)
        wish = _respond(battery, levels.at(k), stored, net[:, k], width, room)
        power[:, k] = free[k] * wish
        stored = stored + _stored(battery, power[:, k], width)
        energy[:, k] = stored
    grid = net - power
    out = np.where(prices.sell < 0, np.minimum(grid + able, np.maximum(grid, 0.0)), grid)
    paid = np.maximum(out, 0.0) * prices.buy + np.minimum(out, 0.0) * prices.sell
    paid += np.maximum(power, 0.0) * battery.wear_per_kwh
    cost = paid @ beliefs.horizon.hours - task.left[battery.id].value(stored)
    return Course(power, energy, out - grid, float(cost.mean()))


def plan_of(task: Task, found: Values) -> tuple[Plan, float]:
    """Return the plan that the value of stored energy means, and its expected cost.

    The worth of what is left at the end is in the cost.
    """
    battery, beliefs = task.home.batteries[0], task.beliefs
    levels = levels_of(task, found)
    course = follow(task, levels)
    power, energy = course.power_kw.mean(axis=0), course.energy_kwh.mean(axis=0)
    before = np.concatenate([[task.energy_kwh[battery.id]], energy[:-1]])
    rights = within(_rights(battery, levels, before), task.home.free(battery.id, beliefs.horizon))
    part = BatteryPlan(
        battery.id,
        power,
        energy,
        found.worth(energy),
        rights,
        modes(rights, power),
        (),
        levels,
        short_of(battery, course.energy_kwh, beliefs.horizon),
    )
    curtailed = course.curtailed_kw.mean(axis=0)
    grid = beliefs.load.mean - beliefs.solar.mean + curtailed - power
    plan = Plan(
        task.now,
        beliefs.horizon,
        beliefs.prices,
        Status.OPTIMAL,
        beliefs.load.mean,
        beliefs.solar.mean,
        grid,
        curtailed,
        (part,),
        energy_cost(grid, beliefs.horizon.hours, beliefs.prices),
        0.0,
    )
    return plan, course.cost


def _give_way(step: int) -> None:
    """Let another thread have the interpreter, which else waits for several switch intervals.

    Unlike a solver's, these many small steps hold it nearly all the time.
    """
    if step % _HELD_STEPS == 0:
        time.sleep(0)


def _courses(task: Task) -> tuple[Floats, Floats]:
    """Return net load and the sun that can be throttled, (N, K) kW each."""
    courses = np.array(task.beliefs.scenarios)
    return courses[:, 0] - courses[:, 1], task.home.curtailable_share * courses[:, 1]


def _condensed(value: Floats) -> Floats:
    """Return at most so many equally likely values of each step, (N, K) to (M, K)."""
    ordered = np.sort(value, axis=0)
    if len(ordered) <= _SAMPLES:
        return ordered
    return np.array([part.mean(axis=0) for part in np.array_split(ordered, _SAMPLES)])


def _export_price(task: Task) -> Floats:
    """Return what surplus brings, (K,): nothing at worst where it can be throttled."""
    sell = task.beliefs.prices.sell
    return np.maximum(sell, 0.0) if task.home.curtailable_share == 1 else sell


def _levels(
    battery: Battery,
    grid: Floats,
    cost: Floats,
    prices: tuple[float, float],
    margins: tuple[float, float],
) -> tuple[float, float, float, float]:
    (buy, sell), wear = prices, max(battery.wear_per_kwh, LEAST_WEAR)
    margin, absorbing = (max(each, LEAST_WEAR) for each in margins)
    into, out_of = battery.charge_efficiency, battery.discharge_efficiency
    price = np.array(
        [
            (buy + margin) / into,
            (sell - absorbing) / into,
            (buy - wear + margin) * out_of,
            (sell - wear - margin) * out_of,
        ]
    )
    best = grid[np.argmin(cost + price[:, np.newaxis] * grid, axis=1)].tolist()
    floor = battery.floor_kwh
    return (
        max(best[0], floor) if battery.may_charge_from_grid else float(grid[0]),
        max(best[1], floor),
        max(best[2], floor),
        max(best[3], floor) if battery.may_discharge_to_grid else float(grid[-1]),
    )


def _respond(
    battery: Battery,
    levels: tuple[float, float, float, float],
    energy_kwh: Floats,
    net_kw: Floats,
    hours: float,
    import_limit_kw: float,
) -> Floats:
    """Return AC powers, + = discharge, as `dispatch.respond` would, for many at once."""
    buy, absorb, cover, sell = levels
    up, down = hours * battery.charge_efficiency, hours / battery.discharge_efficiency
    covered = np.minimum(np.maximum(net_kw, 0.0), np.maximum(energy_kwh - cover, 0.0) / down)
    give = np.maximum(covered, np.maximum(energy_kwh - sell, 0.0) / down)
    absorbed = np.minimum(np.maximum(-net_kw, 0.0), np.maximum(absorb - energy_kwh, 0.0) / up)
    take = np.maximum(absorbed, np.maximum(buy - energy_kwh, 0.0) / up)
    take = np.minimum(np.minimum(take, battery.charge_kw), import_limit_kw - net_kw)
    power: Floats = np.where(give > 0, np.minimum(give, battery.discharge_kw), -take)
    return power


def _stored(battery: Battery, power_kw: Floats, hours: float) -> Floats:
    gained: Floats = -hours * np.where(
        power_kw < 0,
        power_kw * battery.charge_efficiency,
        power_kw / battery.discharge_efficiency,
    )
    return gained


def _throttled(grid_kw: Floats, able_kw: Floats, sell: float) -> Floats:
    """Return the grid's power after feed-in that costs money is given up where it can be."""
    if sell >= 0:
        return grid_kw
    left: Floats = np.minimum(grid_kw + able_kw, np.maximum(grid_kw, 0.0))
    return left


def _rights(battery: Battery, levels: Levels, before_kwh: Floats) -> Policy:
    """Return the rights that the levels leave where a step is expected to begin."""

    def free(allowed: Bools) -> Ints:
        return np.where(allowed, Right.FREE, Right.NO).astype(np.int32)

    return Policy(
        buy=free(levels.buy > before_kwh + _SOME_KWH),
        absorb=free(
            (levels.absorb > before_kwh + _SOME_KWH)
            | (levels.absorb >= battery.max_kwh - _SOME_KWH)
        ),
        cover=free(
            (levels.cover < before_kwh - _SOME_KWH)
            | (levels.cover <= battery.floor_kwh + _SOME_KWH)
        ),
        sell=free(levels.sell < before_kwh - _SOME_KWH),
    )
