"""Loads that may be shed: only above their price, and never too long or too often."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.sheddable import Sheddable, SheddableState
from custom_components.shems.core.assets.switching import Running, Switching
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.horizon import HOUR_S, Horizon
from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.replay.codec import decode, encode
from custom_components.shems.core.units import Floats, InputError
from tests.core.device_plans import planned, powers_of
from tests.core.homes import NOW, certain, hourly, on_grid

FREEZER = Sheddable("freezer", "Freezer", 1.0, 0.4)
HALF = SheddableState((0.5,))


def shed(
    device: Sheddable, state: SheddableState, beliefs: Beliefs, *, whole: bool = True
) -> Floats:
    part, solution, _ = planned(device, state, beliefs, whole=whole)
    return -powers_of(part, solution)


def priced(*buy: float, horizon: Horizon | None = None) -> Beliefs:
    around = horizon or hourly(len(buy))
    return certain(2.0, buy=buy, horizon=around)


def test_it_is_shed_where_energy_costs_more_than_it_is_worth() -> None:
    power = shed(FREEZER, HALF, priced(0.3, 0.5, 0.39, 0.6))
    assert power.tolist() == pytest.approx([0.0, 0.5, 0.0, 0.5])


def test_what_is_expected_of_each_step_is_shed_up_to_its_most() -> None:
    power = shed(FREEZER, SheddableState((0.2, 0.0, 3.0)), priced(0.5, 0.5, 0.5, 0.5))
    assert power.tolist() == pytest.approx([0.2, 0.0, 1.0, 1.0])


def test_nothing_is_shed_for_nothing() -> None:
    free = replace(FREEZER, price_per_kwh=0.0)
    assert shed(free, HALF, priced(0.3, 0.0, 0.001, 0.3)).tolist() == pytest.approx(
        [0.5, 0.0, 0.0, 0.5]
    )


def test_it_comes_back_after_its_longest_time() -> None:
    short = replace(FREEZER, longest_h=2.0)
    power = shed(short, HALF, priced(0.9, 0.8, 0.8, 0.8, 0.8))
    assert power.tolist() == pytest.approx([0.5, 0.5, 0.0, 0.5, 0.5])
    already = replace(HALF, running=Running(True, NOW - HOUR_S))
    assert shed(short, already, priced(0.9, 0.9, 0.8))[:2].sum() == pytest.approx(0.5)
    unknown = replace(HALF, running=Running(True))
    assert shed(short, unknown, priced(0.9, 0.9, 0.8))[:2].sum() == pytest.approx(1.0)
    over = replace(HALF, running=Running(True, NOW - 5 * HOUR_S))
    assert shed(short, over, priced(0.9, 0.9, 0.8))[0] == pytest.approx(0.0)


def test_it_is_shed_only_so_long_a_day() -> None:
    rare = replace(FREEZER, most_h_a_day=1.0)
    prices = priced(0.9, 0.8, 0.7, 0.6, 0.5, 0.7, 0.6)  # Midnight UTC comes after 3.5 hours.
    horizon = Horizon.uniform(NOW - 1800.0, HOUR_S, 7)
    power = shed(rare, HALF, replace(prices, horizon=horizon))
    assert power.tolist() == pytest.approx([0.5, 0.0, 0.0, 0.0, 0.0, 0.5, 0.0])
    spent = replace(HALF, shed_h=0.75)
    power = shed(replace(rare, modulating=True), spent, replace(prices, horizon=horizon))
    assert power[:4].sum() == pytest.approx(0.125)


def test_all_or_nothing_is_shed_in_the_near_hours() -> None:
    rare = replace(FREEZER, most_h_a_day=1.5)
    prices = priced(0.9, 0.8, 0.3, 0.3)
    assert shed(rare, HALF, prices).tolist() == pytest.approx([0.5, 0.0, 0.0, 0.0])
    partly = replace(rare, modulating=True)
    assert shed(partly, HALF, prices).tolist() == pytest.approx([0.5, 0.25, 0.0, 0.0])
    assert shed(rare, HALF, prices, whole=False)[1] == pytest.approx(0.25)


def test_it_is_not_shed_more_often_than_it_may() -> None:
    once = replace(FREEZER, switching=Switching(starts_a_day=1))
    power = shed(once, HALF, priced(0.5, 0.3, 0.9))
    assert power.tolist() == pytest.approx([0.0, 0.0, 0.5])


def test_the_plan_of_a_home_takes_it_out_of_the_load() -> None:
    plan, _ = make_plan(
        Home(devices=(FREEZER,)),
        priced(0.3, 0.5),
        {},
        PlanState(),
        NOW,
        states={"freezer": HALF},
    )
    assert plan.grid_kw.tolist() == pytest.approx([2.0, 1.5])
    assert plan.moved_kw.tolist() == pytest.approx([0.0, -0.5])


@given(
    st.lists(on_grid(0.1, 1.0, 0.1), min_size=8, max_size=8),
    st.lists(on_grid(0.0, 1.5, 0.25), min_size=8, max_size=8),
    st.sampled_from([None, 1.0, 2.0]),
    st.sampled_from([None, 1.0, 3.0]),
)
def test_a_plan_played_back_sheds_what_was_planned(
    buy: list[float], expected: list[float], longest_h: float | None, most_h: float | None
) -> None:
    device = replace(FREEZER, longest_h=longest_h, most_h_a_day=most_h)
    horizon = Horizon.uniform(NOW, 1500.0, 8)  # Ends before midnight.
    state = SheddableState(tuple(expected))
    power = -shed(device, state, certain(2.0, buy=buy, horizon=horizon))
    for step, kw in enumerate(power.tolist()):
        begin, hours = float(horizon.start[step]), float(horizon.hours[step])
        state, taken = device.step(state, kw, begin, hours)
        assert taken == pytest.approx(kw, abs=1e-6)


def test_more_than_it_may_is_not_shed() -> None:
    device = replace(FREEZER, longest_h=1.0, most_h_a_day=0.25)
    state, power = device.step(HALF, -5.0, NOW, 0.5)
    assert power == pytest.approx(-0.25)
    assert state.running == Running(True, NOW, 1)
    state, power = device.step(state, -5.0, NOW + 1800.0, 0.5)
    assert power == 0.0
    assert not state.running.on
    assert device.step(SheddableState(), -5.0, NOW, 0.5)[1] == 0.0
    assert FREEZER.step(HALF, FREEZER.at_once(HALF, NOW, 0.5), NOW, 0.5) == (HALF, 0.0)


@pytest.mark.parametrize(
    "change",
    [
        {"most_shed_kw": 0.0},
        {"price_per_kwh": -0.1},
        {"longest_h": 0.0},
        {"most_h_a_day": float("inf")},
        {"switching": Switching(least_on_h=1.0)},
    ],
)
def test_parameters_that_cannot_be_are_rejected(change: dict[str, object]) -> None:
    with pytest.raises(InputError) as error:
        replace(FREEZER, **change)  # type: ignore[arg-type]  # any field, by name
    assert error.value.code == "device_parameter"


@pytest.mark.parametrize("powers", [(), (-1.0,), (float("nan"),)])
def test_powers_that_cannot_be_are_rejected(powers: tuple[float, ...]) -> None:
    with pytest.raises(InputError) as error:
        FREEZER.check(SheddableState(powers))
    assert error.value.code == "device_power"


def test_device_and_state_survive_json() -> None:
    FREEZER.check(HALF)
    assert decode(SheddableState, encode(HALF)) == HALF
    assert decode(Sheddable, encode(FREEZER)) == FREEZER
    assert (FREEZER.most_kw, FREEZER.lowest_kw, FREEZER.worth) == (0.0, 0.0, 0.0)
    assert (FREEZER.from_battery, FREEZER.absorbs) == (True, False)
