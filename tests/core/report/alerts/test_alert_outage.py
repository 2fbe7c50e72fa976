"""An outage: when a voltage is none, and how long what is stored lasts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.report.alerts.outage import is_dead, lasts_h
from custom_components.shems.core.units import Floats

BATTERY = Battery(
    "battery",
    "Battery",
    10.0,
    charge_kw=5.0,
    discharge_kw=5.0,
    charge_efficiency=0.9,
    discharge_efficiency=0.8,
    min_soc=0.1,
)
DAY = np.ones(24)


def course(*pairs: tuple[int, float]) -> Floats:
    return np.concatenate([np.full(count, value) for count, value in pairs])


@pytest.mark.parametrize(
    ("volts", "dead"), [(230.0, False), (180.0, False), (12.0, False), (11.0, True), (0.0, True)]
)
def test_a_supply_is_interrupted_below_a_twentieth_of_its_voltage(volts: float, dead: bool) -> None:
    assert is_dead(volts) is dead


def test_what_is_stored_above_its_least_covers_the_load_for_a_while() -> None:
    """Nine kilowatt hours are held, of which one stays; a fifth is lost on the way."""
    hours = lasts_h([(BATTERY, 9.0)], np.full(24, 0.8), np.zeros(24), DAY)
    assert hours == pytest.approx(8.0 * 0.8 / 0.8)
    assert lasts_h([(BATTERY, 1.0)], np.full(24, 0.8), np.zeros(24), DAY) == 0.0
    assert lasts_h([], np.full(24, 0.8), np.zeros(24), DAY) == 0.0


def test_two_batteries_last_longer_and_no_longer_than_is_foreseen() -> None:
    one, two = (
        lasts_h([(BATTERY, 5.0)] * count, np.full(24, 1.0), np.zeros(24), DAY) for count in (1, 2)
    )
    assert two == pytest.approx(2 * one)
    assert lasts_h([(BATTERY, 9.0)], np.full(24, 0.01), np.zeros(24), DAY) == 24.0


def test_the_sun_fills_it_again_up_to_its_brim() -> None:
    load = np.full(24, 0.8)
    sun = course((2, 0.0), (2, 2.8), (20, 0.0))
    hours = lasts_h([(BATTERY, 9.0)], load, sun, DAY)
    # 6.4 kWh can be given; 1.6 are in two hours, and 0.72 · 4 come back in the next two.
    assert hours == pytest.approx(4 + min(6.4 - 1.6 + 4.0 * 0.72, 7.2) / 0.8)
    brim = lasts_h([(BATTERY, 9.0)], load, course((4, 50.0), (20, 0.0)), DAY)
    assert brim == pytest.approx(4 + 9.0 * 0.8 / 0.8)


@given(
    st.lists(st.floats(0.05, 5.0), min_size=24, max_size=24),
    st.lists(st.floats(0.0, 5.0), min_size=24, max_size=24),
    st.floats(0.0, 10.0),
    st.floats(0.0, 10.0),
)
def test_more_in_store_never_lasts_shorter(
    load: list[float], sun: list[float], one: float, other: float
) -> None:
    low, high = (
        lasts_h([(BATTERY, each)], np.array(load), np.array(sun), DAY)
        for each in sorted((one, other))
    )
    assert 0.0 <= low <= high <= 24.0
