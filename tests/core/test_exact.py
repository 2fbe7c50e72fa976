"""Programs that are exact to their horizon's end."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.solar import Solar
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.linear import INFINITY, Ints
from custom_components.shems.core.plan.problem import Columns, build
from custom_components.shems.core.plan.solve import Effort, solve
from custom_components.shems.core.units import Floats
from tests.core.homes import certain, hourly

STORE = Battery("store", "Store", 10.0, 4.0, 4.0, 1.0, 1.0)
OTHER = replace(STORE, id="other", may_charge_from_grid=False, may_discharge_to_grid=False)


def exactly(
    home: Home, beliefs: Beliefs, held: dict[str, float], worth: float
) -> tuple[Columns, Floats]:
    values = {battery.id: worth for battery in home.batteries}
    problem = build(home, beliefs, held, values, frozenset(), whole_h=INFINITY)
    solution = solve(problem.arrays, effort=Effort(gap=problem.gap))
    return problem.scenarios[0], solution.column


def test_a_battery_that_may_not_buy_charges_only_while_nothing_is_bought() -> None:
    # The sun gives 1 kW too much. One battery alone may charge from the grid; if both charge,
    # the home buys, and then the other must not. After an hour the first is full.
    home = Home(batteries=(STORE, OTHER), solar=(Solar("roof", "Roof"),))
    beliefs = certain(0.0, 1.0, [0.1, 0.5], 0.0, horizon=hourly(2))
    where, column = exactly(home, beliefs, {"store": 6.0, "other": 0.0}, 0.2)
    store, other = (column[each.charge] for each in where.batteries)
    bought = column[where.grid.buy]
    assert store[0] == pytest.approx(4.0)
    assert (np.minimum(other, bought) < 1e-6).all()
    assert other[1] == pytest.approx(1.0)


def test_a_battery_that_may_not_sell_discharges_only_while_nothing_is_sold() -> None:
    home = Home(batteries=(STORE, OTHER))
    beliefs = certain(1.0, 0.0, [0.3, 0.3], [0.6, 0.0], horizon=hourly(2))
    where, column = exactly(home, beliefs, {"store": 4.0, "other": 4.0}, 0.1)
    other = column[where.batteries[1].discharge]
    sold = column[where.grid.sell]
    assert sold[0] == pytest.approx(3.0)
    assert other == pytest.approx([0.0, 1.0])
    assert (np.minimum(other, sold) < 1e-6).all()


def test_every_flow_has_one_direction_in_every_step() -> None:
    # Beyond its export limit the grid loses energy: a battery would burn it in its losses,
    # and buy while it does so.
    leaky = replace(STORE, charge_efficiency=0.7, discharge_efficiency=0.7)
    home = Home(Connection(5.0, 1.0), batteries=(leaky,), solar=(Solar("roof", "Roof"),))
    beliefs = certain(0.0, 6.0, 0.2, 0.1, horizon=hourly(6))
    where, column = exactly(home, beliefs, {"store": 10.0}, 0.0)
    part = where.batteries[0]

    def apart(one: Ints, other: Ints) -> bool:
        return bool((np.minimum(column[one], column[other]) < 1e-6).all())

    assert apart(part.charge, part.discharge)
    assert apart(where.grid.buy, where.grid.sell)
    assert apart(where.grid.over_buy, where.grid.over_sell)
    assert apart(where.grid.buy, where.grid.over_sell)
    assert column[where.grid.over_sell].max() > 1.0


def test_export_beyond_its_limit_brings_nothing() -> None:
    # Lost either way, it is lost where it would have brought less.
    home = Home(Connection(9.0, 2.0), batteries=(STORE,), solar=(Solar("roof", "Roof"),))
    beliefs = certain(0.0, 4.0, 0.5, [0.3, 0.1], horizon=hourly(2))
    where, column = exactly(home, beliefs, {"store": 8.0}, 0.0)
    money = float(column[where.grid.sell] @ beliefs.prices.sell)
    assert money == pytest.approx(2 * 0.3 + 2 * 0.1)
    assert float(column[where.grid.over_sell].sum()) == pytest.approx(2.0)
