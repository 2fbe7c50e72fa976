"""A home and beliefs become one program."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..assets.battery import Battery, BatteryColumns
from ..assets.connection import GridColumns
from ..assets.home import Home
from ..assets.scenario import Scenario
from ..assets.solar import constrain_solar
from ..forecast.beliefs import Beliefs
from ..linear import INFINITY, Arrays, Ints, Program
from ..units import Bools, Floats

_PENALTY_FACTOR: Final = 20.0
"""A broken soft limit costs this many times the highest price: no bargain ever breaks one,
and the numbers stay within HiGHS' good range."""


@dataclass(frozen=True)
class Columns:
    """Where one scenario's variables are.

    Attributes:
        batteries: per battery, in the home's order.
        curtailed: (K,) solar power given up.
    """

    grid: GridColumns
    curtailed: Ints
    batteries: tuple[BatteryColumns, ...]


@dataclass(frozen=True)
class Problem:
    """A program and where to find each scenario in it."""

    arrays: Arrays
    scenarios: tuple[Columns, ...]


def build(
    home: Home,
    beliefs: Beliefs,
    energy_kwh: dict[str, float],
    terminal_value: dict[str, float],
    paused: frozenset[str],
) -> Problem:
    """Build the two-stage program of a home: scenarios that share their first step.

    Balance of every scenario and step:

        buy - sell + Σ(discharge - charge) - curtailed = load - solar

    What the batteries do in the first step is the same in all scenarios: it is decided
    before it is known which of them comes true. Batteries that may not charge from the grid
    take no more than the surplus, those that may not discharge to it give no more than the
    load asks; in the shared step the expected ones.

    Args:
        home: what exists.
        beliefs: what is expected.
        energy_kwh: stored energy now, by battery.
        terminal_value: worth of a kWh stored at the end, by battery.
        paused: batteries that are not ours to move: they stand still in the plan.
    """
    program = Program()
    hours = beliefs.horizon.hours
    prices = beliefs.prices
    scenarios = beliefs.scenarios
    weight = 1 / len(scenarios)
    highest = max(float(np.abs(prices.buy).max()), float(np.abs(prices.sell).max()), 0.01)
    penalty = _PENALTY_FACTOR * highest
    share = home.curtailable_share
    soft = _limits_in_reach(home, scenarios, share)
    expected_net = np.mean([load - solar for load, solar in scenarios], axis=0)
    built = []
    for load, solar in scenarios:
        net = load - solar
        balance = program.rows(len(hours), lower=net, upper=net)
        scenario = Scenario(program, balance, hours, weight, penalty)
        grid = home.connection.constrain(scenario, prices, prices.sell > prices.buy, soft=soft)
        curtailed = constrain_solar(scenario, share * solar)
        batteries = tuple(
            battery.constrain(
                scenario,
                energy_kwh[battery.id],
                terminal_value[battery.id],
                _burning_pays(battery, beliefs, share),
                standing=battery.id in paused,
            )
            for battery in home.batteries
        )
        columns = Columns(grid, curtailed, batteries)
        _keep_rights(program, home, columns, np.concatenate([expected_net[:1], net[1:]]))
        built.append(columns)
    _share_first_step(program, built)
    return Problem(program.arrays(), tuple(built))


def _keep_rights(program: Program, home: Home, columns: Columns, net_kw: Floats) -> None:
    """Keep what the contract denies out of the plan.

    Σ charge ≤ max(0, -net)   and   Σ discharge ≤ max(0, net)   over the batteries denied
    """
    pairs = list(zip(home.batteries, columns.batteries, strict=True))
    denied = (
        ([part.charge for each, part in pairs if not each.may_charge_from_grid], -net_kw),
        ([part.discharge for each, part in pairs if not each.may_discharge_to_grid], net_kw),
    )
    for powers, most in denied:
        if powers:
            rows = program.rows(len(net_kw), upper=np.maximum(most, 0.0))
            for power in powers:
                program.terms(rows, power, 1.0)


def _share_first_step(program: Program, scenarios: list[Columns]) -> None:
    for number, first in enumerate(scenarios[0].batteries):
        for other in scenarios[1:]:
            for one, two in (
                (first.charge, other.batteries[number].charge),
                (first.discharge, other.batteries[number].discharge),
            ):
                same = program.rows(1, lower=0.0, upper=0.0)
                program.terms(same, one[:1], 1.0)
                program.terms(same, two[:1], -1.0)


def _burning_pays(battery: Battery, beliefs: Beliefs, curtailable_share: float) -> Bools:
    """Return the steps in which turning energy into losses would pay, (K,).

    A battery that charges and discharges at once takes 1 - η_c·η_d of what it charges off
    the grid's hands, for the wear of η_c·η_d. That pays where buying brings enough money, or
    where feed-in that cannot be throttled costs enough. Before such a step an empty store is
    worth more than a full one, so that burning what it holds pays too, unless it can be sold.
    """
    loop = battery.charge_efficiency * battery.discharge_efficiency
    least = -battery.wear_per_kwh * loop / (1 - loop) if loop < 1 else -INFINITY
    pays: Bools = beliefs.prices.buy < least
    if curtailable_share < 1:
        pays = pays | (beliefs.prices.sell < least)
    ahead = np.cumsum(pays[::-1])[::-1] > 0
    kept = (beliefs.prices.sell < 0) | (not battery.may_discharge_to_grid)
    return pays | (ahead & kept)


def needs_integers(home: Home, beliefs: Beliefs) -> bool:
    """Return whether prices reward what only a binary forbids."""
    share = home.curtailable_share
    return bool((beliefs.prices.sell > beliefs.prices.buy).any()) or any(
        bool(_burning_pays(battery, beliefs, share).any()) for battery in home.batteries
    )


def _limits_in_reach(
    home: Home, scenarios: list[tuple[Floats, Floats]], curtailable_share: float
) -> bool:
    """Return whether load or surplus alone can exceed a limit of the connection."""
    connection = home.connection
    return any(
        float((load - solar).max()) > connection.import_limit_kw
        or float(((1 - curtailable_share) * solar - load).max()) > connection.export_limit_kw
        for load, solar in scenarios
    )
