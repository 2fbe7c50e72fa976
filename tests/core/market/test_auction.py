"""The auction against an independent program, and everything it promises."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import highspy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.shems.core.market.auction import (
    Clearing,
    Order,
    Side,
    Steps,
    clear,
    match,
    price_in,
    welfare,
)
from custom_components.shems.core.units import InputError

SLOT = 1_780_000_200
CT = 1_000_000
"""µct/kWh."""


def bid(name: str, wh: int, ct: float, home: str | None = None) -> Order:
    return Order(name, home or name, Side.BID, wh, round(ct * CT))


def offer(name: str, wh: int, ct: float, home: str | None = None) -> Order:
    return Order(name, home or name, Side.OFFER, wh, round(ct * CT))


@st.composite
def books(draw: st.DrawFn, homes: int = 10**6) -> list[Order]:
    """Books with many ties: few rates, few amounts."""
    step = st.tuples(
        st.sampled_from(Side),
        st.integers(0, 6) | st.integers(0, 3000),
        st.integers(-3, 6),
        st.integers(0, homes),
    )
    drawn = draw(st.lists(step, max_size=14))
    return [
        Order(f"o{number}", f"h{home}" if homes < 10**6 else f"h{number}", side, wh, rate * CT)
        for number, (side, wh, rate, home) in enumerate(drawn)
    ]


def program(orders: Sequence[Order], least: float | None = None) -> tuple[float, float, float]:
    """Solve for the most welfare in ct; then for the least and the most volume with it in kWh."""
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    filled = [model.addVariable(0, order.wh / 1000) for order in orders]
    signs = [1 if order.side is Side.BID else -1 for order in orders]
    none = model.expr()
    model.addConstr(sum((sign * x for sign, x in zip(signs, filled, strict=True)), none) == 0)
    value = sum(
        (sign * order.rate / CT * x for sign, order, x in zip(signs, orders, filled, strict=True)),
        model.expr(),
    )
    model.maximize(value)
    best = model.getObjectiveValue()
    model.addConstr(value >= best - 1e-7)
    bought = sum(
        (x for sign, x in zip(signs, filled, strict=True) if sign > 0),
        model.expr(),
    )
    model.minimize(bought)
    low = model.getObjectiveValue()
    model.maximize(bought)
    return best, low, model.getObjectiveValue()


def balanced_and_agreed(orders: Sequence[Order], found: Clearing) -> None:
    assert found.fills.keys() == {order.id for order in orders}
    sums = dict.fromkeys(Side, 0)
    for order in orders:
        fill = found.fills[order.id]
        assert 0 <= fill <= order.wh
        sums[order.side] += fill
        if fill and order.side is Side.BID:
            assert found.price is not None
            assert found.price <= order.rate
        elif fill:
            assert found.price is not None
            assert found.price >= order.rate
    assert sums[Side.BID] == sums[Side.OFFER] == found.volume_wh
    assert (found.price is None) == (found.volume_wh == 0) == (found.interval is None)


@settings(max_examples=60, deadline=None)
@given(books())
def test_welfare_is_that_of_the_linear_program_and_volume_the_most(orders: list[Order]) -> None:
    found = clear(orders, SLOT)
    best, low, high = program(orders) if orders else (0.0, 0.0, 0.0)
    assert found.welfare / 1e9 == pytest.approx(best, abs=1e-6)
    assert low - 1e-6 <= found.volume_wh / 1000
    assert found.volume_wh / 1000 == pytest.approx(high, abs=1e-5)
    assert not found.own_wh
    balanced_and_agreed(orders, found)


@given(books())
def test_the_interval_is_all_of_the_optima_of_the_dual_program(orders: list[Order]) -> None:
    found = clear(orders, SLOT)
    if found.interval is None or found.price is None:
        return

    def rents(price: int) -> int:
        """Sum up what all would gain at a price; the least of it is the most welfare."""
        return sum(
            max(0, (order.rate - price) * (1 if order.side is Side.BID else -1)) * order.wh
            for order in orders
        )

    low, high = found.interval
    assert rents(low) == rents(found.price) == rents(high) == found.welfare
    assert min(rents(low - 1), rents(high + 1)) > found.welfare
    assert found.price == (low + high) // 2


@given(books(homes=3))
def test_homes_on_both_sides_serve_themselves_and_nothing_is_lost(orders: list[Order]) -> None:
    found = clear(orders, SLOT)
    balanced_and_agreed(orders, found)
    apart = clear([replace(order, home=order.id) for order in orders], SLOT)
    assert found.volume_wh + sum(found.own_wh.values()) == apart.volume_wh
    assert all(fill <= apart.fills[name] for name, fill in found.fills.items())
    assert found.interval in (None, apart.interval)
    for home in {order.home for order in orders}:
        filled = {order.side for order in orders if order.home == home and found.fills[order.id]}
        assert len(filled) <= 1


@given(books(homes=4), st.randoms(use_true_random=False))
def test_the_order_of_orders_changes_nothing(orders: list[Order], random: Any) -> None:
    other = random.sample(orders, len(orders))
    assert clear(other, SLOT) == clear(orders, SLOT)


@given(books(), st.integers(-5 * CT, 8 * CT), st.integers(0, 5 * CT))
def test_bounds_move_the_price_and_break_no_order(
    orders: list[Order], low: int, width: int
) -> None:
    bounds = (low, low + width)
    found = clear(orders, SLOT, bounds)
    balanced_and_agreed(orders, found)
    free = clear(orders, SLOT)
    assert found.fills == free.fills
    if found.interval is not None and found.price is not None:
        outside = found.interval[1] < bounds[0] or bounds[1] < found.interval[0]
        assert outside or bounds[0] <= found.price <= bounds[1]
        if free.price is not None and bounds[0] <= free.price <= bounds[1]:
            assert found.price == free.price


def test_a_marginal_bid_is_filled_in_part() -> None:
    orders = [bid("a", 3000, 30), bid("b", 10_000, 20), offer("c", 5000, 10)]
    found = clear(orders, SLOT)
    assert found.volume_wh == 5000
    assert found.welfare == 80 * 10**9
    assert found.fills == {"a": 3000, "b": 2000, "c": 5000}
    assert found.price == 20 * CT
    assert found.interval == (20 * CT, 20 * CT)


def test_the_price_is_the_middle_of_the_competitive_interval() -> None:
    orders = [bid("a", 1000, 30), bid("b", 1000, 12), offer("c", 1000, 10), offer("d", 1000, 25)]
    found = clear(orders, SLOT)
    assert found.interval == (12 * CT, 25 * CT)
    assert found.price == 18.5 * CT
    assert price_in((12, 25), (20, 22)) == 20
    assert price_in((12, 25), (3, 5)) == 12
    assert price_in((-25, -12), None) == -19


def test_the_margin_is_rationed_pro_rata_whoever_came_first() -> None:
    orders = [bid("a", 900, 20), bid("b", 300, 20), bid("c", 100, 30), offer("d", 500, 8)]
    assert clear(orders, SLOT).fills == {"a": 300, "b": 100, "c": 100, "d": 500}


def test_ties_at_the_margin_turn_with_the_slot() -> None:
    orders = [bid("a", 1, 20), bid("b", 1, 20), offer("c", 1, 8)]
    won = sum(clear(orders, slot).fills["a"] for slot in range(0, 900 * 400, 900))
    assert 150 < won < 250


def test_a_home_buys_from_others_only_what_it_does_not_have() -> None:
    orders = [
        bid("a1", 1000, 30, "a"),
        offer("a2", 600, 10, "a"),
        offer("b", 1000, 15),
        bid("c", 500, 20),
    ]
    found = clear(orders, SLOT)
    assert found.own_wh == {"a": 600}
    assert found.fills == {"a1": 400, "a2": 0, "b": 900, "c": 500}
    alone = clear(orders[:2], SLOT)
    assert (alone.volume_wh, alone.price, alone.welfare) == (0, None, 0)


def test_its_own_dearest_bid_and_cheapest_offer_go_first() -> None:
    orders = [
        bid("a1", 500, 30, "a"),
        bid("a2", 500, 25, "a"),
        bid("a3", 500, 2, "a"),
        offer("a4", 700, 10, "a"),
        offer("b", 1000, 15),
    ]
    assert clear(orders, SLOT).fills == {"a1": 0, "a2": 300, "a3": 0, "a4": 0, "b": 300}


def test_prices_may_be_negative() -> None:
    found = clear([bid("a", 100, -2), offer("b", 100, -6)], SLOT)
    assert found.price == -4 * CT
    assert found.welfare == 400 * CT


@pytest.mark.parametrize(
    "orders",
    [
        [],
        [bid("a", 100, 30)],
        [offer("a", 100, 30)],
        [bid("a", 100, 9), offer("b", 100, 10)],
        [bid("a", 0, 30), offer("b", 100, 10)],
    ],
)
def test_nothing_trades_where_nobody_agrees(orders: list[Order]) -> None:
    found = clear(orders, SLOT, (0, CT))
    assert (found.volume_wh, found.price, found.welfare, found.interval) == (0, None, 0, None)
    assert set(found.fills.values()) <= {0}


def test_large_amounts_are_exact() -> None:
    wh, rate = 10**18 + 1, 10**15
    orders = [
        Order("a", "a", Side.BID, wh, rate),
        Order("b", "b", Side.OFFER, wh, -rate),
        Order("c", "c", Side.OFFER, wh, -rate),
    ]
    found = clear(orders, SLOT)
    assert found.volume_wh == wh
    assert found.welfare == 2 * wh * rate
    steps = [Steps(["a"], np.array([wh]), np.array([sign * rate])) for sign in (1, -1)]
    assert welfare(match(steps[0], steps[1], SLOT), *steps) == 2 * wh * rate


def test_arrays_say_the_same_as_orders() -> None:
    random = np.random.default_rng(8)
    sides = [
        Steps([f"{side}{at}" for at in range(500)], random.integers(0, 900, 500), rates * CT)
        for side, rates in (
            ("b", random.integers(5, 35, 500)),
            ("o", random.integers(5, 35, 500)),
        )
    ]
    orders = [
        Order(name, name, side, int(wh), int(rate))
        for side, steps in zip(Side, sides, strict=True)
        for name, wh, rate in zip(steps.ids, steps.wh, steps.rate, strict=True)
    ]
    one, other = match(sides[0], sides[1], SLOT), clear(orders, SLOT)
    assert one.volume_wh == other.volume_wh > 0
    assert one.interval == other.interval
    assert welfare(one, *sides) == other.welfare
    assert [*one.bids, *one.offers] == list(other.fills.values())


@pytest.mark.parametrize(
    ("code", "orders"),
    [
        ("market_duplicate", [bid("a", 1, 2), offer("b", 1, 2), offer("a", 1, 2)]),
        ("market_negative", [bid("a", -1, 2)]),
        ("market_too_large", [bid("a", 2**70, 2)]),
        ("market_too_large", [Order("a", "a", Side.BID, 1, -(2**63))]),
        ("market_too_large", [bid("a", 2**62, 2), bid("b", 2**62, 2)]),
    ],
)
def test_what_cannot_be_is_refused(code: str, orders: list[Order]) -> None:
    with pytest.raises(InputError) as refused:
        clear(orders, SLOT)
    assert refused.value.code == code
