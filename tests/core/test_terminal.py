"""What is left at the horizon's end: worth something to a home only as far as it is used."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.plan.result import Plan
from custom_components.shems.core.plan.terminal import Terminal
from custom_components.shems.core.units import Floats
from tests.core.homes import BATTERY, HOME, NOW, certain, hourly, uncertain

ETA = BATTERY.discharge_efficiency


def believed(load: Floats, buy: Floats | float = 0.2, sell: float = 0.05) -> Beliefs:
    steps = len(load)
    return uncertain(certain(load=load, buy=buy, sell=sell, horizon=hourly(steps)))


def test_the_load_of_the_last_day_is_kept_for_and_the_rest_counts_as_sold() -> None:
    load = np.concatenate([np.full(12, 5.0), np.full(24, 0.1)])
    left = Terminal.of(BATTERY, believed(load), 0.15)
    assert left.kept_kwh == pytest.approx(BATTERY.floor_kwh + 2.4 / ETA, rel=0.2)
    assert left.beyond == pytest.approx(0.05 * ETA)
    kept = left.kept_kwh
    more = left.value(np.array([kept, kept + 1.0])) - left.value(np.array([kept - 1.0, kept]))
    np.testing.assert_allclose(more, [0.15, 0.05 * ETA])


def test_a_short_horizon_stands_for_a_day() -> None:
    whole, half = (Terminal.of(BATTERY, believed(np.full(n, 0.2)), 0.1) for n in (24, 12))
    assert half.kept_kwh == pytest.approx(whole.kept_kwh)


@pytest.mark.parametrize(("sell", "beyond"), [(-0.1, 0.0), (0.5, 0.15)])
def test_what_is_not_needed_is_worth_no_more_than_the_rest(sell: float, beyond: float) -> None:
    left = Terminal.of(BATTERY, believed(np.full(24, 0.1), sell=sell), 0.15)
    assert left.beyond == pytest.approx(beyond)


@settings(deadline=None)
@given(energy=st.floats(0.0, 20.0), worth=st.floats(0.0, 1.0))
def test_in_a_line_every_kwh_is_worth_the_same(energy: float, worth: float) -> None:
    assert Terminal(worth).value(np.array(energy)) == pytest.approx(worth * energy)


def planned(load_kw: float) -> Plan:
    """Return a plan of a home whose stored kWh were lately worth more than this night's cost."""
    buy = np.full(36, 0.18)
    buy[2:5] = 0.15
    beliefs = believed(np.full(36, load_kw), buy, sell=0.03)
    plan, _ = make_plan(HOME, beliefs, {BATTERY.id: 1.0}, PlanState({BATTERY.id: 0.19}), NOW)
    return plan


def test_a_home_that_uses_little_does_not_fill_its_battery_for_weeks() -> None:
    """What was seen in a home of 3 kWh a day: 9 kWh bought for a spread of a cent."""
    little, much = (planned(load).batteries[0].energy_kwh.max() for load in (0.1, 2.0))
    assert 2.0 < little < 6.5
    assert much > 9.0
