"""Orders from a plan: what is bid and offered is what the plan says energy is worth."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.market.auction import Side
from custom_components.shems.core.market.orders import MOST_STEPS, SlotOrder, orders
from custom_components.shems.core.market.rules import CT
from custom_components.shems.core.plan.make import PlanState, Request, make_plan
from custom_components.shems.core.plan.result import Plan
from custom_components.shems.core.plan.style import Method, Style
from custom_components.shems.core.tariff import Prices
from tests.core.homes import BATTERY, HOME, NOW, ROOF, Course, certain, hourly, spread

FEE = 6 * CT
SLOT = round(NOW) + 900
LIMIT = 4000


def planned(
    load: Course = 1.0,
    solar: Course = 0.0,
    buy: Course = 0.3,
    sell: Course = 0.05,
    *,
    home: Home = HOME,
    energy_kwh: float = 5.0,
) -> Plan:
    beliefs = certain(load, solar, buy, sell, horizon=hourly(8))
    stored = {each.id: energy_kwh for each in home.batteries}
    request = Request(Style(method=Method.POINT, margin_share=0.0))
    return make_plan(home, beliefs, stored, PlanState(), NOW, request=request)[0]


def order(plan: Plan, home: Home = HOME, slot: int = SLOT) -> SlotOrder:
    [found] = orders(plan, home, [slot], 900, FEE, LIMIT)
    return found


def test_what_is_bought_anyhow_is_bid_for_at_the_own_price_less_the_fee() -> None:
    home = replace(HOME, batteries=())
    found = order(planned(2.0, home=home), home)
    assert found == SlotOrder(SLOT, Side.BID, ((500, 24 * CT),))


def test_what_is_left_over_anyhow_is_offered_at_the_feed_in() -> None:
    home = replace(HOME, batteries=())
    found = order(planned(1.0, 3.0, home=home), home)
    assert found == SlotOrder(SLOT, Side.OFFER, ((500, 5 * CT),))


def test_what_would_be_curtailed_is_offered_for_nothing() -> None:
    home = replace(HOME, batteries=())
    found = order(planned(1.0, 3.0, sell=-0.04, home=home), home, SLOT)
    assert found == SlotOrder(SLOT, Side.OFFER, ((500, 0),))


def test_a_charge_is_bid_for_at_what_it_is_worth_later() -> None:
    dear = [0.3, 0.3, 0.3, 0.3, 0.6, 0.6, 0.6, 0.6]
    assert order(planned(1.0, buy=dear, energy_kwh=1.0)).steps == ((1500, 24 * CT),)
    empty = planned(1.0, buy=0.3, energy_kwh=1.0)
    value = float(empty.batteries[0].value[0])
    later = order(empty).steps[-1]
    assert later[1] == pytest.approx(100 * CT * 0.95 * value - FEE, abs=2)


def test_stored_energy_is_offered_at_what_it_is_worth_and_wears() -> None:
    plan = planned([0.2, *[1.0] * 7], [3.0, *[0.0] * 7], buy=0.3, energy_kwh=9.5)
    offer = order(plan)
    assert offer.side is Side.OFFER
    values = plan.batteries[0].value
    least, most = (
        100 * CT * (float(value) / BATTERY.discharge_efficiency + BATTERY.wear_per_kwh)
        for value in (values[0], values.max())
    )
    discharged = [rate for _, rate in offer.steps if rate >= least - 2]
    assert discharged
    assert max(discharged) == pytest.approx(most, abs=2)


def test_a_battery_that_may_not_feed_the_grid_keeps_what_it_has() -> None:
    kept = replace(BATTERY, may_discharge_to_grid=False, may_charge_from_grid=False)
    home = Home(batteries=(kept,), solar=(ROOF,))
    plan = planned([0.2, *[1.0] * 7], [3.0, *[0.0] * 7], home=home, energy_kwh=9.5)
    surplus = round(250 * (3.0 - 0.2))
    assert sum(wh for wh, _ in order(plan, home).steps) <= surplus + 1
    night = planned(1.0, home=home, energy_kwh=1.0)
    assert sum(wh for wh, _ in order(night, home).steps) == 250


def test_the_own_prices_count_and_not_the_shared_ones() -> None:
    home = replace(HOME, batteries=())
    plan = planned(2.0, home=home)
    count = len(plan.horizon)
    cheap = Prices(spread(0.1, count), spread(0.05, count), plan.prices.known, plan.prices)
    assert order(replace(plan, prices=cheap), home).steps == ((500, 24 * CT),)


def test_a_slot_beyond_the_plan_has_no_order() -> None:
    plan = planned()
    end = round(float(plan.horizon.edges[-1]))
    assert orders(plan, HOME, [end - 450, end, end + 900], 900, FEE, LIMIT) == []


def test_who_needs_nothing_orders_nothing() -> None:
    home = Home()
    plan = planned(0.0, home=home)
    assert orders(plan, home, [SLOT], 900, FEE, LIMIT) == []


def test_many_batteries_fit_into_a_message() -> None:
    several = tuple(replace(BATTERY, id=f"store{number}") for number in range(8))
    home = Home(batteries=several, connection=Connection(100.0, 100.0))
    plan = planned(3.0, buy=[0.6, 0.6, 0.2, 0.3, 0.5, 0.4, 0.3, 0.2], home=home)
    falling = np.linspace(0.05, 0.0, len(plan.horizon))
    parts = tuple(
        replace(part, value=0.3 + 0.02 * number + falling)
        for number, part in enumerate(plan.batteries)
    )
    [found] = orders(replace(plan, batteries=parts), home, [SLOT], 900, FEE, 100_000)
    assert len(found.steps) == MOST_STEPS
    rates = [rate for _, rate in found.steps]
    assert rates == sorted(rates, reverse=True)
    assert rates[-1] == pytest.approx(100 * CT * 0.95 * 0.3 - FEE, abs=2)


COURSE = st.lists(st.floats(0.0, 6.0), min_size=8, max_size=8)
PRICE = st.lists(st.floats(0.1, 0.6), min_size=8, max_size=8)


@given(COURSE, COURSE, PRICE, st.floats(-0.05, 0.1), st.floats(1.0, 10.0), st.integers(1, 4000))
def test_an_order_never_makes_a_home_worse_off_and_fits(
    load: list[float],
    solar: list[float],
    buy: list[float],
    sell: float,
    energy_kwh: float,
    limit_wh: int,
) -> None:
    """Nobody bids more than its supplier asks, or offers for less than it gets anyhow."""
    plan = planned(load, solar, buy, sell, energy_kwh=energy_kwh)
    for found in orders(plan, HOME, [SLOT + 900 * k for k in range(30)], 900, FEE, limit_wh):
        rates = [rate for _, rate in found.steps]
        step = plan.horizon.index(found.slot)
        assert step is not None
        assert 0 < len(rates) <= MOST_STEPS
        assert all(wh > 0 for wh, _ in found.steps)
        assert sum(wh for wh, _ in found.steps) <= limit_wh
        if found.side is Side.BID:
            assert rates == sorted(rates, reverse=True)
            assert rates[0] <= 100 * CT * plan.prices.buy[step] - FEE + 1
        else:
            assert rates == sorted(rates)
            assert rates[0] >= 100 * CT * plan.prices.sell[step] - 1


@given(st.floats(0.0, 6.0), st.floats(0.0, 6.0))
def test_what_is_planned_is_ordered(load: float, solar: float) -> None:
    home = replace(HOME, batteries=())
    plan = planned(load, solar, home=home)
    net = 250 * float(plan.grid_kw[0])
    ordered = sum(
        (1 if found.side is Side.BID else -1) * sum(wh for wh, _ in found.steps)
        for found in orders(plan, home, [SLOT], 900, FEE, LIMIT)
    )
    assert ordered == pytest.approx(net, abs=1.01)
    assert np.sign(ordered) in (0, np.sign(net))
