"""Sharing in whole watt-hours."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.market.allocate import Allocation, allocate, netted, rationed
from custom_components.shems.core.units import InputError, Ints

SLOT = 1_780_000_200
AMOUNTS = st.integers(0, 5000) | st.integers(0, 10**13)


def ints(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def names(count: int) -> list[str]:
    return [f"h{number}" for number in range(count)]


@st.composite
def metered(draw: st.DrawFn) -> tuple[Ints, Ints]:
    pairs = draw(st.lists(st.tuples(AMOUNTS, AMOUNTS), max_size=12))
    return ints(*(one for one, _ in pairs)), ints(*(other for _, other in pairs))


def whole_and_balanced(found: Allocation, import_wh: Ints, export_wh: Ints) -> None:
    assert found.from_community.sum() == found.to_community.sum() == found.shared_wh
    assert (found.from_community + found.from_grid == import_wh).all()
    assert (found.to_community + found.to_grid == export_wh).all()
    for part in (found.from_community, found.to_community, found.from_grid, found.to_grid):
        assert part.dtype == np.int64
        assert (part >= 0).all()


@given(metered(), st.integers(0, 2**33))
def test_pro_rata_shares_all_that_can_be_shared_to_the_watt_hour(
    wh: tuple[Ints, Ints], slot: int
) -> None:
    found = allocate(names(len(wh[0])), *wh, slot)
    whole_and_balanced(found, *wh)
    assert found.shared_wh == min(wh[0].sum(), wh[1].sum())
    for part, weights in ((found.from_community, wh[0]), (found.to_community, wh[1])):
        total = int(weights.sum())
        for share, weight in zip(part.tolist(), weights.tolist(), strict=True):
            assert abs(share * total - weight * found.shared_wh) < max(total, 1)


@given(metered(), st.data())
def test_a_static_key_gives_each_its_share_and_no_more(
    wh: tuple[Ints, Ints], data: st.DataObject
) -> None:
    count = len(wh[0])
    cuts = sorted(data.draw(st.lists(st.integers(0, 10**6), min_size=count, max_size=count)))
    key = np.diff(ints(0, *cuts))
    found = allocate(names(count), *wh, SLOT, key)
    whole_and_balanced(found, *wh)
    total = int(wh[1].sum())
    for got, bought, share in zip(
        found.from_community.tolist(), wh[0].tolist(), key.tolist(), strict=True
    ):
        assert got == min(bought, share * total // 10**6)


@given(metered(), st.randoms())
def test_the_order_of_homes_changes_nothing(wh: tuple[Ints, Ints], random: object) -> None:
    count = len(wh[0])
    places = np.random.default_rng(count).permutation(count)
    homes = names(count)
    found = allocate(homes, *wh, SLOT)
    other = allocate([homes[at] for at in places], wh[0][places], wh[1][places], SLOT)
    assert (found.from_community[places] == other.from_community).all()
    assert (found.to_community[places] == other.to_community).all()


def test_what_is_left_of_a_key_is_not_shared_again() -> None:
    found = allocate(
        ["a", "b", "c"], ints(100, 900, 0), ints(0, 0, 1000), SLOT, ints(5, 3, 0) * 10**5
    )
    assert found.from_community.tolist() == [100, 300, 0]
    assert found.to_grid.tolist() == [0, 0, 600]


def test_ties_turn_with_the_slot_and_even_out() -> None:
    homes = names(3)
    got = np.zeros(3, np.int64)
    for slot in range(0, 900 * 3000, 900):
        got += allocate([*homes, "sun"], ints(7, 7, 7, 0), ints(0, 0, 0, 10), slot).from_community[
            :3
        ]
    assert got.sum() == 30_000
    assert np.abs(got - 10_000).max() < 100


def test_two_equal_sellers_get_the_same() -> None:
    found = allocate(["a", "b", "c"], ints(1200, 0, 0), ints(0, 1000, 1000), SLOT)
    assert found.to_community.tolist() == [0, 600, 600]


@pytest.mark.parametrize(("bought", "sold"), [((), ()), ((5, 0), (0, 0)), ((0, 0), (0, 5))])
def test_nothing_is_shared_where_a_side_is_missing(
    bought: tuple[int, ...], sold: tuple[int, ...]
) -> None:
    found = allocate(names(len(bought)), ints(*bought), ints(*sold), SLOT)
    assert found.shared_wh == 0
    assert found.from_grid.tolist() == list(bought)
    assert found.to_grid.tolist() == list(sold)


def test_large_amounts_are_exact() -> None:
    huge = 10**18
    found = allocate(["a", "b", "c"], ints(huge, huge + 1, 0), ints(0, 0, huge), SLOT)
    assert found.shared_wh == huge
    assert sorted(found.from_community.tolist())[1:] == [huge // 2, huge // 2]
    keyed = allocate(["a", "b"], ints(huge, 0), ints(0, huge), SLOT, ints(333_333, 0))
    assert keyed.from_community[0] == 333_333 * 10**12


def test_a_home_can_be_set_off_against_itself_first() -> None:
    bought, sold = netted(ints(500, 0), ints(300, 200))
    assert bought.tolist() == [200, 0]
    assert sold.tolist() == [0, 200]


@given(st.lists(st.integers(1, 100), min_size=1, max_size=9), st.integers(0, 2000))
def test_any_amount_can_be_divided(weights: list[int], amount: int) -> None:
    shares = rationed(amount, ints(*weights), names(len(weights)), SLOT)
    assert shares.sum() == amount


@pytest.mark.parametrize(
    ("code", "homes", "bought", "sold", "key"),
    [
        ("market_duplicate", ["a", "a"], (1, 2), (0, 0), None),
        ("market_lengths", ["a", "b"], (1,), (0, 0), None),
        ("market_negative", ["a", "b"], (1, 2), (0, -1), None),
        ("market_negative", ["a", "b"], (1, 2), (0, 1), (-1, 5)),
        ("market_key_sum", ["a", "b"], (1, 2), (0, 1), (500_001, 500_000)),
        ("market_too_large", ["a", "b"], (2**62, 2**62), (0, 1), None),
    ],
)
def test_what_cannot_be_is_refused(
    code: str, homes: list[str], bought: tuple[int, ...], sold: tuple[int, ...], key: object
) -> None:
    with pytest.raises(InputError) as refused:
        allocate(
            homes, ints(*bought), ints(*sold), SLOT, ints(*key) if isinstance(key, tuple) else None
        )
    assert refused.value.code == code
