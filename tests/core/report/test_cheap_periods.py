"""Electricity is cheap beside the day ahead, and surplus is what stays."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.horizon import Horizon
from custom_components.shems.core.report.cheap import cheap_periods, standing
from custom_components.shems.core.report.surplus import Surplus
from tests.core.homes import NOW, Course, hourly, spread

HOUR = 3600.0


def periods(price: Course, now: float = NOW, share: float = 0.25) -> list[tuple[float, float]]:
    found = cheap_periods(spread(price, 48), hourly(48), now, share)
    return [((each.begin - NOW) / HOUR, (each.end - NOW) / HOUR) for each in found]


def test_the_cheapest_hours_of_the_day_ahead_are_cheap() -> None:
    price = [0.3] * 4 + [0.1] * 3 + [0.3] * 10 + [0.2] * 2 + [0.3] * 29
    assert periods(price) == [(4, 7), (17, 19)]
    assert periods(price, share=0.1) == [(4, 7)]
    assert periods(price, NOW + 4.5 * HOUR) == [(4.5, 7), (17, 19)], "what is over counts no more"


def test_at_one_price_nothing_is_cheap() -> None:
    assert periods(0.3) == []
    assert periods([0.3, 0.295] * 24) == [], "a hundredth less is not worth waiting for"


def test_what_earns_money_is_cheap_however_long_it_does() -> None:
    assert periods(-0.05) == [(0, 24)]
    found = standing(spread(-0.05, 48), hourly(48), NOW)
    assert found is not None
    assert found.is_cheap()
    assert found.price == pytest.approx(-0.05)
    assert found.mean == pytest.approx(-0.05)


def test_outside_the_plan_nothing_is_said() -> None:
    assert standing(spread(0.3, 4), hourly(4), NOW + 4 * HOUR) is None


@given(st.lists(st.floats(-0.2, 1.0), min_size=30, max_size=30), st.floats(0, 29.9))
def test_now_is_cheap_exactly_where_a_cheap_period_holds_it(
    price: list[float], hours: float
) -> None:
    now, horizon = NOW + hours * HOUR, hourly(30)
    found = standing(np.array(price), horizon, now)
    assert found is not None
    assert 0 <= found.cheaper < 1
    within = any(
        each.begin <= now < each.end for each in cheap_periods(np.array(price), horizon, now)
    )
    assert within == found.is_cheap()


def test_a_long_step_counts_for_what_of_it_lies_ahead() -> None:
    horizon = Horizon(np.array([NOW, NOW + HOUR, NOW + 48 * HOUR]))
    found = standing(np.array([0.1, 0.3]), horizon, NOW)
    assert found is not None
    assert found.mean == pytest.approx((0.1 + 23 * 0.3) / 24)


def run(*powers: tuple[float, float | None]) -> list[bool]:
    state, seen = Surplus(), []
    for minute, kw in powers:
        state = state.advance(kw, NOW + 60 * minute)
        seen.append(state.on)
    return seen


def test_surplus_is_believed_once_it_lasts() -> None:
    assert run((0, 1.2), (4, 1.1), (5, 1.0)) == [False, False, True]
    assert run((0, 1.2), (3, 0.9), (5, 1.1), (9, 1.5)) == [False] * 4, "a cloud begins it anew"


def test_surplus_stays_while_half_of_it_is_left() -> None:
    begun = [(0, 1.2), (5, 1.2)]
    assert run(*begun, (6, 0.6), (30, 0.5))[-1]
    assert run(*begun, (6, 0.4), (8, 0.4), (11, 0.0))[-3:] == [True, True, False]
    assert run(*begun, (6, 0.4), (8, 0.6), (11, 0.4))[-1], "it came back in between"


def test_of_an_unknown_power_nothing_is_said() -> None:
    assert run((0, 1.2), (3, None), (5, 1.2)) == [False, False, False]
    assert run((0, 1.2), (5, 1.2), (6, None), (20, None))[-1]
