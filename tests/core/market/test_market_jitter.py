"""Homes plan one after another, in another order each slot."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.market.jitter import SPREAD_S, delay_s

SLOT = 1_780_000_200


@given(st.text(max_size=40), st.integers(0, 2**40), st.floats(0.1, 3600.0))
def test_a_home_plans_within_the_spread_and_always_at_the_same_time(
    hid: str, slot: int, spread_s: float
) -> None:
    delay = delay_s(hid, slot, spread_s)
    assert 0 <= delay < spread_s
    assert delay == delay_s(hid, slot, spread_s)


def test_a_thousand_homes_are_evenly_spread() -> None:
    """No minute of the ten has twice its share."""
    delays = [delay_s(f"home{number}", SLOT) for number in range(1000)]
    each_minute, _ = np.histogram(delays, bins=10, range=(0, SPREAD_S))
    assert each_minute.max() < 200
    assert each_minute.min() > 50


def test_every_slot_has_another_order() -> None:
    homes = [f"home{number}" for number in range(20)]
    orders = {
        tuple(sorted(homes, key=lambda hid: delay_s(hid, SLOT + 900 * slot))) for slot in range(50)
    }
    assert len(orders) == 50
    assert len({order[0] for order in orders}) > 10, "nobody is always the first"
