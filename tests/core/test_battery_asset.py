"""Batteries that are not plain: what is planned is what happens."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.assets.asked import Demand
from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.curve import Segment
from custom_components.shems.core.assets.goal import Goal
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.solar import Solar
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.horizon import Horizon
from custom_components.shems.core.plan.dynamic import fits
from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.plan.problem import build
from custom_components.shems.core.plan.result import Plan
from custom_components.shems.core.plan.solve import solve
from custom_components.shems.core.replay.codec import decode, encode
from custom_components.shems.core.units import Floats, InputError
from tests.core.homes import BATTERY, HOME, NOW, ROOF, certain, hourly, on_grid, uncertain

CLOSE = 1e-5
STORE = Battery("store", "Store", 10.0, 4.0, 4.0, 0.9, 0.9)
FALLING = (Segment(1.0, 0.96), Segment(3.0, 0.9), Segment(6.0, 0.8))
HYBRID = replace(STORE, inverter_kw=5.0, solar_share=1.0, dc_efficiency=0.98)


def plan_of(
    battery: Battery, beliefs: Beliefs, held: float, *, roof: Solar = ROOF, worth: float = 0.2
) -> Plan:
    home = Home(Connection(), (roof,), (battery,))
    plan, _ = make_plan(home, beliefs, {"store": held}, PlanState({"store": worth}), NOW)
    assert plan.problem is None
    return plan


def played(battery: Battery, held: float, plan: Plan) -> tuple[Floats, Floats]:
    """Return the energies and powers that follow from the planned powers."""
    energies, powers = [], []
    sun = plan.solar_kw - plan.curtailed_kw
    wanted = plan.batteries[0].power_kw
    for power, width, solar in zip(
        wanted.tolist(), plan.horizon.hours.tolist(), sun.tolist(), strict=True
    ):
        held, given_kw = battery.step(held, power, width, solar)
        energies.append(held)
        powers.append(given_kw)
    return np.array(energies), np.array(powers)


@st.composite
def unusual(draw: st.DrawFn) -> Battery:
    battery = Battery(
        "store",
        "Store",
        draw(on_grid(2, 12, 1)),
        draw(on_grid(1, 6, 0.5)),
        draw(on_grid(1, 6, 0.5)),
        0.92,
        0.92,
        min_soc=draw(st.sampled_from([0.0, 0.1])),
        wear_per_kwh=draw(st.sampled_from([0.0, 0.02])),
        blackout_soc=draw(st.sampled_from([0.0, 0.2])),
        idle_kw=draw(st.sampled_from([0.0, 0.05, 0.2])),
        standby_kw=draw(st.sampled_from([0.0, 0.03])),
        charge_segments=draw(st.sampled_from([(), FALLING])),
        discharge_segments=draw(st.sampled_from([(), FALLING])),
    )
    if draw(st.booleans()):
        battery = replace(battery, taper_soc=0.6, taper_kw=0.5)
    # Where a hybrid inverter clips the sun, energy is worth nothing, and how much of it an
    # integer program loses by being on is settled only within its gap.
    if not battery.idle_kw and draw(st.booleans()):
        battery = replace(battery, inverter_kw=draw(on_grid(2, 6, 0.5)), solar_share=1.0)
    return battery


@given(
    unusual(),
    st.lists(on_grid(0, 8, 0.5), min_size=4, max_size=4),
    st.lists(on_grid(0, 8, 0.5), min_size=4, max_size=4),
    st.lists(on_grid(0.1, 0.6, 0.05), min_size=4, max_size=4),
    on_grid(0, 1, 0.1),
    st.sampled_from([(0.75, 0.75, 0.75, 0.75), (0.25, 0.5, 0.25, 1.0)]),
)
def test_a_plan_played_back_meets_the_planned_energies(
    battery: Battery,
    load: list[float],
    sun: list[float],
    buy: list[float],
    share: float,
    widths: tuple[float, ...],
) -> None:
    """Within the hours in which on and off are integers."""
    horizon = Horizon(NOW + 3600.0 * np.cumsum([0.0, *widths]))
    beliefs = certain(load, sun, buy, 0.05, horizon=horizon)
    held = battery.min_kwh + share * (battery.max_kwh - battery.min_kwh)
    plan = plan_of(battery, beliefs, held)
    energy, power = played(battery, held, plan)
    np.testing.assert_allclose(power, plan.batteries[0].power_kw, atol=CLOSE)
    np.testing.assert_allclose(energy, plan.batteries[0].energy_kwh, atol=CLOSE)
    assert (energy >= battery.min_kwh - CLOSE).all()
    balance = plan.grid_kw + power + plan.solar_kw - plan.curtailed_kw
    np.testing.assert_allclose(balance, plan.load_kw, atol=CLOSE)
    if battery.inverter_kw is not None:
        carried = plan.solar_kw - plan.curtailed_kw + power
        assert np.abs(carried).max() <= battery.inverter_kw + CLOSE


@given(unusual(), on_grid(0, 1, 0.05), on_grid(-8, 8, 0.5), st.sampled_from([0.05, 0.25, 1.0]))
def test_limits_of_power_are_what_a_step_keeps(
    battery: Battery, share: float, wanted: float, hours: float
) -> None:
    held = battery.min_kwh + share * (battery.max_kwh - battery.min_kwh)
    after, power = battery.step(held, wanted, hours)
    assert battery.min_kwh - 1e-9 <= after <= battery.max_kwh + 1e-9
    if wanted < 0:
        assert power == pytest.approx(-min(-wanted, battery.most_charge_kw(held, hours)))
    else:
        most = battery.most_discharge_kw(held, hours, battery.min_kwh)
        assert power == pytest.approx(min(wanted, most))


def test_low_power_is_preferred_where_efficiency_falls() -> None:
    battery = replace(STORE, charge_segments=FALLING, discharge_segments=FALLING)
    beliefs = certain(2.0, 0.0, [0.1, 0.1, 0.1, 0.5], 0.05, horizon=hourly(4))
    power = plan_of(battery, beliefs, 0.0, worth=0.0).batteries[0].power_kw
    assert power[:3].min() > -1.0 - CLOSE
    plain = plan_of(STORE, beliefs, 0.0, worth=0.0).batteries[0].power_kw
    assert plain[:3].min() < -1.5


def test_idle_draw_eats_a_small_price_spread() -> None:
    beliefs = certain(0.2, 0.0, [0.20, 0.20, 0.27, 0.27], 0.05, horizon=hourly(4))
    assert plan_of(STORE, beliefs, 0.0, worth=0.0).batteries[0].power_kw.max() > 0.1
    lazy = replace(STORE, idle_kw=0.05)
    assert np.abs(plan_of(lazy, beliefs, 0.0, worth=0.0).batteries[0].power_kw).max() < CLOSE


def test_what_stands_by_loses_until_it_is_empty() -> None:
    battery = replace(STORE, standby_kw=0.1, min_soc=0.1, may_charge_from_grid=False)
    plan = plan_of(battery, certain(0.0, horizon=hourly(8)), 1.35)
    expected = np.maximum(1.35 - 0.1 * np.arange(1, 9), 1.0)
    assert plan.batteries[0].energy_kwh.tolist() == pytest.approx(expected.tolist(), abs=CLOSE)
    assert played(battery, 1.35, plan)[0].tolist() == pytest.approx(expected.tolist())


def test_nearly_full_it_charges_slowly() -> None:
    battery = replace(STORE, taper_soc=0.5, taper_kw=0.0, charge_efficiency=1.0)
    beliefs = certain(0.0, 0.0, [0.01, 0.01, 0.5, 0.5], 0.005, horizon=hourly(4))
    power = plan_of(battery, beliefs, 7.5, worth=0.4).batteries[0].power_kw
    assert power[:2].tolist() == pytest.approx([-2.0, -0.4], abs=CLOSE)


def test_it_charges_with_no_less_than_its_least_power() -> None:
    battery = replace(STORE, least_kw=1.5)
    beliefs = certain(1.0, [1.8, 1.8, 3.5, 1.0], 0.3, 0.05, horizon=hourly(4))
    power = plan_of(battery, beliefs, 2.0).batteries[0].power_kw
    charging = power[power < -CLOSE]
    assert len(charging)
    assert charging.max() <= -1.5 + CLOSE


def test_what_is_kept_for_a_blackout_is_never_used() -> None:
    battery = replace(STORE, blackout_soc=0.4)
    home = Home(Connection(3.0), batteries=(battery,))
    beliefs = certain([9.0, 9.0], buy=4.0, horizon=hourly(2))
    plan, _ = make_plan(home, beliefs, {"store": 5.0}, PlanState({"store": 0.0}), NOW)
    assert plan.batteries[0].energy_kwh.min() >= 4.0 - CLOSE
    assert battery.step(5.0, 4.0, 1.0)[0] == pytest.approx(4.0)
    below, _ = make_plan(home, beliefs, {"store": 3.0}, PlanState({"store": 0.0}), NOW)
    assert (below.batteries[0].power_kw <= CLOSE).all()


@pytest.mark.parametrize(("price", "used"), [(0.05, True), (0.5, False)])
def test_a_preferred_reserve_is_used_where_that_is_worth_its_price(
    price: float, used: bool
) -> None:
    battery = replace(STORE, reserve_soc=0.5, reserve_price=price)
    beliefs = certain(1.0, 0.0, [0.4, 0.2, 0.2, 0.2], 0.05, horizon=hourly(4))
    plan = plan_of(battery, beliefs, 5.0, worth=0.21)
    assert bool(plan.batteries[0].energy_kwh[0] < 5.0 - CLOSE) is used
    assert (battery.floor_kwh, battery.reserve_kwh) == (0.0, 5.0)


def test_sun_behind_a_hybrid_inverter_is_stored_without_conversion() -> None:
    beliefs = certain(0.0, 3.0, 0.3, 0.05, horizon=hourly(2))
    plan = plan_of(HYBRID, beliefs, 0.0)
    assert plan.batteries[0].energy_kwh.tolist() == pytest.approx([2.94, 5.88], abs=CLOSE)


def test_a_hybrid_inverter_carries_no_more_than_it_can() -> None:
    roof = replace(ROOF, curtailable=False)
    full = plan_of(HYBRID, certain(0.0, 8.0, horizon=hourly(2)), 10.0, roof=roof)
    assert full.curtailed_kw.tolist() == pytest.approx([3.0, 3.0], abs=CLOSE)
    empty = plan_of(HYBRID, certain(0.0, 8.0, horizon=hourly(1)), 0.0, roof=roof)
    assert empty.curtailed_kw[0] == pytest.approx(0.0, abs=CLOSE)
    dear = certain(9.0, 4.0, [0.9, 0.1], 0.05, horizon=hourly(2))
    given_kw = plan_of(HYBRID, dear, 10.0, roof=roof).batteries[0].power_kw[0]
    assert given_kw == pytest.approx(1.0, abs=CLOSE)
    assert HYBRID.step(5.0, 4.0, 0.5, 4.0)[1] == pytest.approx(1.0)


def test_sun_that_may_not_be_throttled_is_not_clipped_for_its_price() -> None:
    roof = replace(ROOF, curtailable=False)
    beliefs = certain(0.0, 4.0, 0.3, -0.2, horizon=hourly(2))
    plan = plan_of(HYBRID, beliefs, 10.0, roof=roof)
    assert np.abs(plan.curtailed_kw).max() < CLOSE


def test_segments_and_a_hybrid_inverter_go_together() -> None:
    battery = replace(HYBRID, charge_segments=FALLING, charge_efficiency=0.9)
    plan = plan_of(battery, certain(0.0, [1.0, 3.0], 0.01, 0.005, horizon=hourly(2)), 0.0)
    energy, _ = played(battery, 0.0, plan)
    assert energy.tolist() == pytest.approx(plan.batteries[0].energy_kwh.tolist(), abs=CLOSE)


def test_a_goal_is_met_by_its_time_or_its_lack_is_told() -> None:
    battery = replace(STORE, goals=(Goal(NOW + 2 * 3600, 6.0), Goal(NOW - 1, 9.0)))
    beliefs = certain(1.0, 0.0, [0.5, 0.5, 0.1], 0.05, horizon=hourly(3))
    plan = plan_of(battery, beliefs, 0.0, worth=0.0)
    assert plan.batteries[0].energy_kwh[1] == pytest.approx(6.0, abs=CLOSE)
    late = replace(battery, goals=(Goal(NOW + 3600, 6.0),))
    problem = build(Home(batteries=(late,)), beliefs, {"store": 0.0}, {"store": 0.0}, frozenset())
    (wish,) = problem.scenarios[0].batteries[0].wishes
    assert wish.short(solve(problem.arrays).column) == pytest.approx(6.0 - 4.0 * 0.9, abs=CLOSE)


@pytest.mark.parametrize(
    "change",
    [
        {"charge_segments": FALLING},
        {"idle_kw": 0.1},
        {"standby_kw": 0.1},
        {"taper_soc": 0.8},
        {"least_kw": 1.0},
        {"inverter_kw": 5.0},
        {"reserve_price": 0.1},
        {"demands": (Demand(NOW, NOW + 1, 1.0),)},
    ],
)
def test_one_battery_alone_decides_only_while_it_is_plain(change: dict[str, float]) -> None:
    beliefs = uncertain(certain(1.0, horizon=hourly(4)))
    assert fits(HOME, beliefs, frozenset())
    battery = replace(BATTERY, **change)
    assert not fits(replace(HOME, batteries=(battery,)), beliefs, frozenset())


@pytest.mark.parametrize(
    "change",
    [
        {"charge_segments": (Segment(2.0, 0.9),)},
        {"charge_segments": (Segment(2.0, 0.9), Segment(5.0, 0.95))},
        {"charge_segments": (Segment(2.0, 0.9), Segment(1.0, 0.8))},
        {"discharge_segments": (Segment(9.0, 1.1),)},
        {"discharge_segments": (Segment(9.0, 0.0),)},
        {"idle_kw": -0.1},
        {"standby_kw": float("inf")},
        {"taper_soc": 1.1},
        {"taper_kw": 9.0},
        {"least_kw": 9.0},
        {"inverter_kw": -1.0},
        {"inverter_kw": 5.0, "dc_efficiency": 0.5},
        {"dc_efficiency": 0.0},
        {"solar_share": float("nan")},
        {"blackout_soc": 40.0},
        {"reserve_price": -0.1},
    ],
)
def test_parameters_that_no_inverter_has_are_refused(change: dict[str, float]) -> None:
    with pytest.raises(InputError, match="battery parameter"):
        replace(STORE, **change)


def test_a_battery_survives_json() -> None:
    battery = replace(HYBRID, charge_segments=FALLING, goals=(Goal(NOW, 3.0),), reserve_price=0.1)
    battery = replace(battery, demands=(Demand(NOW, NOW + 60, 1.0),))
    assert decode(Battery, encode(battery)) == battery
