"""Read a plan: what comes next, what it costs, and what it would cost otherwise."""

from dataclasses import dataclass

import numpy as np

from ..assets.home import Home
from ..horizon import HOUR_S, Horizon
from ..plan.result import BatteryPlan, Mode, Plan, Reason
from ..units import Floats


@dataclass(frozen=True)
class Change:
    """The next time a battery is to do something else.

    Attributes:
        device_id: the battery's identity.
        at: epoch seconds.
        mode, power_kw, reason: from then on.
    """

    device_id: str
    at: float
    mode: Mode
    power_kw: float
    reason: Reason


@dataclass(frozen=True)
class Costs:
    """Money over a part of the plan, with what is then more or less in store taken off.

    Attributes:
        plan: as planned.
        without_battery: if there were none.
        self_consumption: if each battery followed the rule it has by itself, in the hours that
            its timetable leaves.
    """

    plan: float
    without_battery: float
    self_consumption: float


def next_change(plan: Plan, device_id: str, now: float) -> Change | None:
    """Return when the battery's mode changes next, None where it stays."""
    battery = plan.battery(device_id)
    current = plan.horizon.index(now)
    if battery is None or current is None:
        return None
    for step in range(current + 1, len(plan.horizon)):
        if battery.mode[step] is not battery.mode[current]:
            return _change(battery, plan.horizon, step)
    return None


def _change(battery: BatteryPlan, horizon: Horizon, step: int) -> Change:
    return Change(
        battery.device_id,
        float(horizon.start[step]),
        battery.mode[step],
        float(battery.power_kw[step]),
        battery.reason[step],
    )


def mean_kw(values: Floats, horizon: Horizon, begin: float, end: float) -> float | None:
    """Return the mean of (K,) values over a time, None where the horizon does not reach."""
    hours = _inside(horizon, begin, end)
    if hours.sum() <= 0:
        return None
    return float(np.dot(values, hours) / hours.sum())


def cost_between(plan: Plan, grid_kw: Floats, begin: float, end: float) -> float:
    """Return what a grid power (K,) costs over a time within the plan's horizon."""
    bought = np.maximum(grid_kw, 0.0) * plan.prices.buy
    sold = np.maximum(-grid_kw, 0.0) * plan.prices.sell
    return float(np.dot(bought - sold, _inside(plan.horizon, begin, end)))


def costs(plan: Plan, home: Home, energy_kwh: dict[str, float], hours: float) -> Costs:
    """Return the costs of the first hours of the plan.

    Energy left in store counts at the plan's own value of it at that time, so that a plan
    that fills the battery does not look dear beside one that empties it.

    Args:
        plan: the plan.
        home: what exists.
        energy_kwh: stored at the plan's beginning, by battery.
        hours: how far to look.
    """
    begin = float(plan.horizon.edges[0])
    end = min(begin + hours * HOUR_S, float(plan.horizon.edges[-1]))
    last = int(np.searchsorted(plan.horizon.edges, end - 1e-6)) - 1
    batteries = [each for each in plan.batteries if each.device_id in energy_kwh]
    net_kw = plan.load_kw + plan.moved_kw - plan.solar_kw
    planned = cost_between(plan, plan.grid_kw, begin, end)
    rule_kw = net_kw.copy()
    ruled = 0.0
    for battery in batteries:
        start_kwh = energy_kwh[battery.device_id]
        worth = float(battery.value[last])
        planned -= worth * (float(battery.energy_kwh[last]) - start_kwh)
        rule_kw, left_kwh = _follow_rule(plan.horizon, home, battery.device_id, start_kwh, rule_kw)
        ruled -= worth * (float(left_kwh[last]) - start_kwh)
    return Costs(
        plan=planned,
        without_battery=cost_between(plan, net_kw, begin, end),
        self_consumption=ruled + cost_between(plan, rule_kw, begin, end),
    )


def _follow_rule(
    horizon: Horizon, home: Home, device_id: str, energy_kwh: float, net_kw: Floats
) -> tuple[Floats, Floats]:
    """Return the grid power and the stored energy, (K,), if a battery covers what it can."""
    battery = home.battery(device_id)
    grid = net_kw.copy()
    stored = np.full(len(horizon), energy_kwh)
    if battery is None:
        return grid, stored
    free = home.free(device_id, horizon).tolist()
    for step, hours in enumerate(horizon.hours.tolist()):
        wish = float(net_kw[step]) * free[step]
        if wish > 0:
            wish = min(wish, battery.most_discharge_kw(energy_kwh, hours, battery.floor_kwh))
        energy_kwh, power = battery.step(energy_kwh, wish, hours)
        grid[step] = net_kw[step] - power
        stored[step] = energy_kwh
    return grid, stored


def _inside(horizon: Horizon, begin: float, end: float) -> Floats:
    """Return the hours of each step that lie between two times, (K,)."""
    width = np.minimum(horizon.end, end) - np.maximum(horizon.start, begin)
    inside: Floats = np.maximum(width, 0.0) / HOUR_S
    return inside
