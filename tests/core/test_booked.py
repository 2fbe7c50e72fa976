"""Booked runs: what somebody has asked for at a time is in the plan, which reckons with it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.deferrable import Deferrable, DeferrableState, Errand
from custom_components.shems.core.assets.heating import Heating, HeatingState
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.kinds import Movable, MovableState
from custom_components.shems.core.assets.sheddable import Sheddable, SheddableState
from custom_components.shems.core.assets.stay import Stay, VehicleState
from custom_components.shems.core.assets.timetable import Spans, apart, free_share
from custom_components.shems.core.assets.vehicle import Vehicle
from custom_components.shems.core.assets.water import Water, WaterState
from custom_components.shems.core.horizon import HOUR_S
from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.plan.result import Plan
from custom_components.shems.core.report.runs import Doing, runs_of
from tests.core.device_plans import weather
from tests.core.homes import NOW, hourly

PUMP = Deferrable("pump", "Pump", 2.0)
PRICES = [0.1] * 4 + [0.3] * 6 + [0.6] * 3 + [0.3] * 11


def hours(*pairs: tuple[float, float]) -> Spans:
    return tuple((NOW + begin * HOUR_S, NOW + end * HOUR_S) for begin, end in pairs)


def errand(kwh: float, end_h: float = 24.0) -> DeferrableState:
    return DeferrableState((Errand(NOW, NOW + end_h * HOUR_S, kwh),))


def plan_of(device: Movable, state: MovableState, booked: Spans = (), **more: object) -> Plan:
    """Return the plan of a home that buys cheapest at first, and dearest after ten hours."""
    asked = {device.id: booked} if booked else {}
    home = replace(Home(devices=(device,), booked=asked), **more)  # type: ignore[arg-type]  # as named
    energy = {each.id: 1.0 for each in home.batteries}
    beliefs = weather(5.0, buy=PRICES)
    plan, _ = make_plan(home, beliefs, energy, PlanState(), NOW, states={device.id: state})
    return plan


def test_what_is_booked_runs_then_and_its_errand_has_it() -> None:
    [part] = plan_of(PUMP, errand(4.0), hours((10, 12))).devices
    assert part.power_kw[10:12].tolist() == pytest.approx([2.0, 2.0])
    assert part.power_kw.sum() == pytest.approx(4.0), "its energy of the day is taken then"
    assert part.shortfalls == ()
    assert {part.reason[step].code for step in (10, 11)} == {"booked"}
    assert part.reason[10].args == {"until": NOW + 12 * HOUR_S}


@pytest.mark.parametrize("state", [errand(1.0), errand(4.0, 6.0), DeferrableState()])
def test_it_runs_for_as_long_as_was_asked_whatever_it_needs(state: DeferrableState) -> None:
    [part] = plan_of(PUMP, state, hours((10, 13))).devices
    assert part.power_kw[10:13].tolist() == pytest.approx([2.0, 2.0, 2.0])


def test_a_battery_is_charged_for_it_while_that_is_cheap() -> None:
    battery = Battery("battery", "Battery", 10.0, charge_kw=5.0, discharge_kw=5.0)
    freely, asked = (
        plan_of(PUMP, DeferrableState(), booked, batteries=(battery,))
        for booked in ((), hours((10, 13)))
    )
    given = [float(each.batteries[0].power_kw[10:13].clip(0.0).sum()) for each in (freely, asked)]
    assert given[0] == pytest.approx(0.0)
    assert given[1] == pytest.approx(6.0, abs=0.1), "the pump runs from the battery"


def test_a_step_that_is_booked_in_part_runs_in_part() -> None:
    pump = replace(PUMP, least_kw=0.1)
    [part] = plan_of(pump, DeferrableState(), hours((10.5, 12))).devices
    assert part.power_kw[10:12].tolist() == pytest.approx([1.0, 2.0])
    assert part.reason[10].code == "booked"


def test_the_connection_counts_more_and_what_is_lacking_is_said() -> None:
    narrow = Connection(import_limit_kw=1.5)
    pump = replace(PUMP, least_kw=0.1)
    [part] = plan_of(pump, DeferrableState(), hours((10, 12)), connection=narrow).devices
    assert part.power_kw[10:12].tolist() == pytest.approx([1.5, 1.5])
    [short] = part.shortfalls
    assert (short.code, short.amount) == ("power_short", pytest.approx(1.0))


def test_until_then_it_waits_because_that_was_asked() -> None:
    [part] = plan_of(PUMP, errand(4.0), hours((10, 12)), barred={"pump": hours((0, 10))}).devices
    assert part.reason[0].code == "booked_later"
    assert part.reason[0].args == {"at": NOW + 10 * HOUR_S}
    [part] = plan_of(PUMP, errand(4.0), barred={"pump": hours((0, 10))}).devices
    assert part.reason[0].code == "timetable"


def test_a_car_is_charged_with_all_its_charger_gives_until_it_is_full() -> None:
    car = Vehicle("car", "Car", capacity_kwh=50.0, charge_kw=10.0, from_grid=False, surplus=True)
    state = VehicleState(25.0, (Stay(NOW - 1, NOW + 20 * HOUR_S, 20.0),))
    [part] = plan_of(car, state).devices
    assert part.power_kw.sum() == pytest.approx(0.0), "there is no sun"
    [part] = plan_of(car, state, hours((8, 13))).devices
    assert part.power_kw[8:10].tolist() == pytest.approx([10.0, 10.0])
    taken = (car.limit_kwh - 25.0) / car.charge_efficiency
    assert part.power_kw.sum() == pytest.approx(taken, rel=1e-3)


def test_a_load_is_off_while_that_was_asked() -> None:
    dryer = Sheddable("dryer", "Dryer", most_shed_kw=1.0, price_per_kwh=5.0)
    state = SheddableState((0.5,))
    [part] = plan_of(dryer, state).devices
    assert part.power_kw.tolist() == pytest.approx([0.0] * 24)
    plan = plan_of(dryer, state, hours((10, 12)))
    [part] = plan.devices
    assert part.power_kw[10:12].tolist() == pytest.approx([-0.5, -0.5])
    assert part.power_kw.sum() == pytest.approx(-1.0)
    assert part.reason[10].code == "booked"
    assert [each.doing for each in runs_of(plan, "dryer")] == [Doing.SHED]


def test_a_tank_is_heated_then_as_far_as_its_thermostat_lets_it() -> None:
    tank = Water("tank", "Tank", 2.0, 0.0)
    state = WaterState(50.0)
    [freely] = plan_of(tank, state).devices
    [part] = plan_of(tank, state, hours((10, 11))).devices
    assert part.power_kw[10] > max(1.0, float(freely.power_kw[10]))
    assert part.state is not None
    assert part.state.max() <= tank.max_c + 1e-6


def test_rooms_are_heated_then() -> None:
    heating = Heating("heat", "Heat pump", 2.4, 0.0)
    state = HeatingState(20.5)
    [freely] = plan_of(heating, state).devices
    [part] = plan_of(heating, state, hours((16, 17))).devices
    assert part.power_kw[16] > float(freely.power_kw[16]) + 0.2


def test_runs_are_told_apart_from_what_was_booked() -> None:
    plan = plan_of(PUMP, errand(8.0), hours((2, 4)))
    whole = runs_of(plan, "pump")
    cut = runs_of(plan, "pump", hours((2, 4)))
    assert (len(whole), len(cut)) == (1, 2)
    [booked] = [each for each in cut if each.begin == NOW + 2 * HOUR_S]
    assert (booked.end, booked.energy_kwh) == (NOW + 4 * HOUR_S, pytest.approx(4.0))
    energy = [sum(each.energy_kwh for each in runs) for runs in (whole, cut)]
    assert energy[0] == pytest.approx(energy[1])


spans = st.lists(
    st.tuples(st.integers(0, 22), st.integers(1, 6)).map(lambda each: (each[0], sum(each))),
    max_size=4,
).map(lambda each: hours(*each))


@given(spans, spans)
def test_what_is_left_apart_from_others_is_in_none_of_them(some: Spans, others: Spans) -> None:
    day = hourly(24)
    left = apart(some, others)
    covered, taken = (1 - free_share(each, day) for each in (some, others))
    assert np.allclose(1 - free_share(left, day), covered * (1 - taken))


def test_a_booking_ends_with_the_first_that_touches_a_span() -> None:
    home = Home(booked={"pump": hours((10, 12), (5, 6))})
    assert home.booked_until("pump", NOW) is None
    assert home.booked_until("pump", NOW, NOW + 5.5 * HOUR_S) == NOW + 6 * HOUR_S
    assert home.booked_until("pump", NOW + 10 * HOUR_S) == NOW + 12 * HOUR_S
    assert home.booked_until("pump", NOW + 12 * HOUR_S) is None
    assert home.booked_until("car", NOW + 10 * HOUR_S) is None
