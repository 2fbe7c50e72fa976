"""A plan holds each phase's fuse, not only the sum of the phases."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.phases import phase_kw, phased
from custom_components.shems.core.assets.solar import Solar
from custom_components.shems.core.assets.stay import Stay, VehicleState
from custom_components.shems.core.assets.vehicle import Vehicle
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.observe.readings import Readings
from custom_components.shems.core.observe.wiring import PhaseLoads, look_at_phases
from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.plan.result import Plan
from tests.core.homes import BATTERY, NOW, certain, hourly, readings, uncertain, value_of

HOUR = 3600.0
FUSED = Connection.fused(16.0)
FUSE_KW = 16 * 0.23
CAR = Vehicle("car", "Car", 40.0, 3.68, phases=1)
STATE = VehicleState(10.0, (Stay(NOW, NOW + 12 * HOUR, 30.0),))
CHEAP = [0.1] * 4 + [0.3] * 20


def day(load: float = 1.5, solar: float = 0.0, buy: list[float] = CHEAP) -> Beliefs:
    return certain(load, solar, buy, 0.04, horizon=hourly(len(buy)))


def plan_of(home: Home, beliefs: Beliefs, **energy: float) -> Plan:
    return make_plan(home, beliefs, energy, PlanState(), NOW, states={"car": STATE})[0]


def carried(home: Home, plan: Plan) -> np.ndarray:
    taken = {each.device_id: each.power_kw for each in plan.devices}
    taken |= {each.device_id: -each.power_kw for each in plan.batteries}
    return phase_kw(home, plan.grid_kw, plan.load_kw, plan.solar_kw - plan.curtailed_kw, taken)


def test_a_car_on_one_phase_leaves_room_for_the_load_on_it() -> None:
    home = Home(replace(FUSED, load_share=(0.6, 0.2, 0.2)), devices=(CAR,), wired={"car": 0})
    free = replace(home, wired={}, connection=FUSED)
    assert carried(home, plan_of(free, day()))[0].max() > FUSE_KW + 0.5, "the sum leaves room"
    plan = plan_of(home, day())
    assert carried(home, plan).max() <= FUSE_KW + 0.01
    assert plan.devices[0].power_kw[:4] == pytest.approx(FUSE_KW - 0.6 * 1.5)
    assert not plan.devices[0].shortfalls
    [limit] = [each for each in plan.limits if each.code == "phase_limit"]
    assert limit.value > 0


def test_without_meters_the_load_is_spread_evenly() -> None:
    home = Home(FUSED, devices=(CAR,), wired={"car": 2})
    plan = plan_of(home, day())
    assert plan.devices[0].power_kw[:4] == pytest.approx(FUSE_KW - 0.5)


def test_a_battery_for_every_course_gives_way_to_a_plan_that_holds_the_fuse() -> None:
    store = replace(BATTERY, charge_kw=3.6, discharge_kw=3.6)
    home = Home(FUSED, batteries=(store,), wired={"store": 1})
    beliefs = uncertain(day(load=2.4, buy=[0.1] * 4 + [0.5] * 20))
    loose = plan_of(replace(home, wired={}), beliefs, store=1.0)
    assert carried(home, loose).max() > FUSE_KW + 0.5
    plan = plan_of(home, beliefs, store=1.0)
    assert np.abs(carried(home, plan)).max() <= FUSE_KW + 0.02
    assert not (plan.batteries[0].policy.buy == 2)[:2].any(), "it buys no more than planned"
    roomy = Home(Connection.fused(35.0), batteries=(store,), wired={"store": 1})
    assert plan_of(roomy, beliefs, store=1.0).batteries[0].levels is not None


def test_a_battery_beside_a_car_on_its_phase_shares_it() -> None:
    store = replace(BATTERY, charge_kw=3.6)
    home = Home(FUSED, batteries=(store,), devices=(CAR,), wired={"store": 0, "car": 0})
    plan = plan_of(home, uncertain(day()), store=1.0)
    assert np.abs(carried(home, plan)).max() <= FUSE_KW + 0.02
    assert not plan.devices[0].shortfalls


def test_sun_on_one_phase_is_given_up_rather_than_the_fuse() -> None:
    roof = Solar("roof", "Roof", 10.0, curtailable=True)
    home = Home(FUSED, (roof,), wired={"roof": 0})
    plan = plan_of(home, day(load=0.6, solar=5.0))
    assert carried(home, plan)[0].min() == pytest.approx(-FUSE_KW)
    assert plan.curtailed_kw == pytest.approx(5.0 - 0.2 - FUSE_KW)


def test_what_cannot_be_held_is_planned_all_the_same() -> None:
    home = Home(replace(FUSED, load_share=(1.0, 0.0, 0.0)), devices=(CAR,), wired={"car": 0})
    plan = plan_of(home, day(load=4.0))
    assert carried(home, plan)[0] == pytest.approx(4.0)
    assert plan.devices[0].shortfalls


def test_nothing_is_uneven_without_a_fuse_or_a_second_phase() -> None:
    wired = Home(FUSED, devices=(CAR,), wired={"car": 0})
    assert phased(wired)
    assert not phased(replace(wired, connection=Connection()))
    assert not phased(replace(wired, connection=Connection.fused(25.0, 1)))
    assert not phased(replace(wired, wired={"gone": 0, "car": 3}))


def meters(
    at: float, *amps: float | None, grid: float | None = 4.6, car: float | None = 2.3
) -> Readings:
    shown = replace(
        readings(None, {"store": 0.5}, {"store": -0.69}, at),
        grid_kw=value_of(grid),
        solar_kw=value_of(0.0),
        devices={"car": value_of(car)},
    )
    return replace(shown, phases_a=tuple(value_of(each) for each in amps))


HOME = Home(FUSED, batteries=(Battery("store", "S", 5.0, 3.0, 3.0),), devices=(CAR,))
AMPS = (13.0, 4.0, 3.0)


def test_the_load_of_each_phase_is_learned_from_its_current() -> None:
    home = replace(HOME, wired={"car": 0})
    loads, at = PhaseLoads(), NOW
    while at < NOW + 27 * HOUR:
        loads = look_at_phases(loads, home, meters(at, *AMPS))
        assert not (loads.share and at < NOW + 23 * HOUR)
        at += 300.0
    # Less the car's 10 A on the first, and a third of the battery's 3 A on each.
    assert loads.share == pytest.approx((2 / 7, 3 / 7, 2 / 7))
    assert PhaseLoads((0.0, 0.0), 30.0).share == ()


@pytest.mark.parametrize(
    "shown",
    [
        meters(NOW + 60, 13.0, None, 3.0),
        meters(NOW + 60, 13.0, 7.0),
        meters(NOW + 60, *AMPS, grid=None),
        meters(NOW + 60, *AMPS, car=None),
        meters(NOW + 60, 13.0, 14.0, 3.0),
    ],
)
def test_what_is_unknown_or_has_no_sign_teaches_nothing(shown: Readings) -> None:
    loads = PhaseLoads((1.0, 1.0, 1.0), 2.0, NOW)
    assert look_at_phases(loads, HOME, shown) == loads


def test_a_gap_is_not_filled() -> None:
    loads = PhaseLoads((1.0, 1.0, 1.0), 2.0, NOW)
    after = look_at_phases(loads, HOME, meters(NOW + 2 * HOUR, *AMPS))
    assert after == replace(loads, at=NOW + 2 * HOUR)
