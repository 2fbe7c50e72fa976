"""Money between homes sums to nothing, whatever was delivered."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.market.allocate import allocate
from custom_components.shems.core.market.settle import (
    Contracts,
    Meters,
    Row,
    settle,
    settle_trades,
)
from custom_components.shems.core.units import InputError, Ints

SLOT = 1_780_000_200
CT = 1_000_000
IMPORT, FEED_IN, PRICE, FEE = 32 * CT, 8 * CT, 15 * CT, 6 * CT


def ints(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def metered(import_wh: Ints, export_wh: Ints) -> Meters:
    return Meters([f"h{number}" for number in range(len(import_wh))], import_wh, export_wh)


def contracts(bought: Ints, sold: Ints, cap: int = 100 * CT) -> Contracts:
    return Contracts(bought, sold, IMPORT, FEED_IN, cap)


def sound(rows: tuple[Row, ...]) -> None:
    assert sum(row.paid_nct for row in rows) == 0
    assert sum(row.imbalance_nct for row in rows) == 0
    assert sum(row.from_community for row in rows) == sum(row.to_community for row in rows)
    for row in rows:
        assert row.from_community + row.from_grid == row.import_wh
        assert row.to_community + row.to_grid == row.export_wh
        assert row.fee_nct == row.from_community * row.fee
        assert min(row.from_community, row.to_community, row.from_grid, row.to_grid) >= 0


AMOUNT = st.integers(0, 4000)


@given(st.lists(st.tuples(AMOUNT, AMOUNT), max_size=9), st.integers(-5 * CT, 40 * CT))
def test_sharing_sums_to_zero(wh: list[tuple[int, int]], price: int) -> None:
    meters = metered(ints(*(one for one, _ in wh)), ints(*(other for _, other in wh)))
    allocation = allocate(meters.homes, meters.import_wh, meters.export_wh, SLOT)
    found = settle(meters, allocation, SLOT, price, FEE)
    sound(found.rows)
    assert found.shared_wh == allocation.shared_wh
    for row in found.rows:
        assert row.paid_nct == (row.from_community - row.to_community) * price
        assert row.imbalance_nct == 0


@st.composite
def traded(draw: st.DrawFn) -> tuple[Meters, Ints, Ints]:
    sold = draw(st.lists(AMOUNT, min_size=1, max_size=4))
    shares = draw(st.lists(st.integers(0, 100), min_size=3, max_size=3))
    total = sum(sold)
    bought = [total * share // max(sum(shares), 1) for share in shares]
    bought.append(total - sum(bought))
    buyers, sellers = len(bought), len(sold)
    counted = st.lists(AMOUNT, min_size=buyers + sellers, max_size=buyers + sellers)
    return (
        metered(ints(*draw(counted)), ints(*draw(counted))),
        ints(*bought, *[0] * sellers),
        ints(*[0] * buyers, *sold),
    )


@given(
    traded(),
    st.integers(-5 * CT, 40 * CT),
    st.sampled_from([0, 1, CT // 3, 10 * CT, 100 * CT]),
)
def test_trades_sum_to_zero_and_no_deviation_costs_more_than_the_cap(
    case: tuple[Meters, Ints, Ints], price: int, cap: int
) -> None:
    meters, bought, sold = case
    found = settle_trades(meters, contracts(bought, sold, cap), SLOT, price, FEE)
    sound(found.rows)
    for row, wanted, promised in zip(found.rows, bought.tolist(), sold.tolist(), strict=True):
        assert row.from_community <= min(wanted, row.import_wh)
        assert row.to_community <= min(promised, row.export_wh)
        missed = max(wanted - row.import_wh, 0) + max(promised - row.export_wh, 0)
        assert row.imbalance_nct <= missed * cap
        if not missed:
            assert row.imbalance_nct <= 0


@given(traded(), st.integers(FEED_IN, IMPORT - FEE))
def test_without_a_binding_cap_who_kept_their_word_lose_nothing(
    case: tuple[Meters, Ints, Ints], price: int
) -> None:
    meters, bought, sold = case
    found = settle_trades(meters, contracts(bought, sold), SLOT, price, FEE)
    for row, wanted, promised in zip(found.rows, bought.tolist(), sold.tolist(), strict=True):
        if row.import_wh < wanted or row.export_wh < promised:
            continue
        cost = row.paid_nct + row.fee_nct
        cost += (wanted - row.from_community) * IMPORT - (promised - row.to_community) * FEED_IN
        assert cost == wanted * (price + FEE) - promised * price


def test_a_seller_without_sun_pays_what_the_buyers_suppliers_ask_more() -> None:
    meters = metered(ints(1000, 500, 0, 0), ints(0, 0, 600, 600))
    agreed = contracts(ints(1000, 500, 0, 0), ints(0, 0, 600, 900))
    rows = settle_trades(meters, agreed, SLOT, PRICE, FEE).rows
    assert [row.from_community for row in rows] == [800, 400, 0, 0]
    assert [row.imbalance_nct for row in rows] == [-200 * 11 * CT, -100 * 11 * CT, 0, 300 * 11 * CT]
    assert rows[3].paid_nct == 300 * 11 * CT - 600 * PRICE


def test_a_buyer_that_does_not_take_pays_what_sellers_get_less() -> None:
    meters = metered(ints(700, 0), ints(0, 1000))
    rows = settle_trades(meters, contracts(ints(1000, 0), ints(0, 1000)), SLOT, PRICE, FEE).rows
    assert [row.imbalance_nct for row in rows] == [300 * 7 * CT, -300 * 7 * CT]
    capped = contracts(ints(1000, 0), ints(0, 1000), cap=CT)
    rows = settle_trades(meters, capped, SLOT, PRICE, FEE).rows
    assert [row.imbalance_nct for row in rows] == [300 * CT, -300 * CT]


def test_deviations_that_cancel_out_cost_nothing() -> None:
    meters = metered(ints(600, 0), ints(0, 600))
    rows = settle_trades(meters, contracts(ints(1000, 0), ints(0, 1000)), SLOT, PRICE, FEE).rows
    assert [row.imbalance_nct for row in rows] == [0, 0]
    assert [row.paid_nct for row in rows] == [600 * PRICE, -600 * PRICE]


def test_each_home_may_have_its_own_tariff() -> None:
    meters = metered(ints(500, 500, 0), ints(0, 0, 0))
    own = Contracts(ints(500, 500, 0), ints(0, 0, 1000), ints(40, 20, 30) * CT, FEED_IN, 100 * CT)
    rows = settle_trades(meters, own, SLOT, PRICE, FEE).rows
    # The second fares better with its supplier than it would have.
    assert [row.imbalance_nct for row in rows] == [-500 * 19 * CT, 0, 500 * 19 * CT]
    assert {row.price for row in rows} == {None}


def test_a_slot_without_trade() -> None:
    meters, none = metered(ints(500), ints(0)), ints(0)
    (row,) = settle_trades(meters, contracts(none, none), SLOT, None, FEE).rows
    assert (row.paid_nct, row.from_grid, row.price) == (0, 500, None)
    (row,) = settle(meters, allocate(["h0"], ints(500), none, SLOT), SLOT, None, FEE).rows
    assert (row.paid_nct, row.from_grid, row.price) == (0, 500, None)


def test_what_cannot_be_is_refused() -> None:
    meters, some, none = metered(ints(500, 0), ints(0, 500)), ints(500, 0), ints(0, 0)
    with pytest.raises(InputError, match="unbalanced"):
        settle_trades(meters, contracts(some, none), SLOT, PRICE, FEE)
    with pytest.raises(InputError, match="price missing"):
        settle_trades(meters, contracts(some, ints(0, 500)), SLOT, None, FEE)
    shared = allocate(meters.homes, meters.import_wh, meters.export_wh, SLOT)
    with pytest.raises(InputError, match="price missing"):
        settle(meters, shared, SLOT, None, FEE)
    huge = 2**55
    with pytest.raises(InputError, match="too large"):
        settle_trades(
            metered(ints(huge, 0), none), contracts(ints(huge, 0), ints(0, huge)), SLOT, PRICE, FEE
        )
