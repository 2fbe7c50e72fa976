"""Users' timetables: when devices may not run, and what is wanted once."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.assets.appliance import Appliance, ApplianceState, Progress
from custom_components.shems.core.assets.comfort import Comfort, Spell
from custom_components.shems.core.assets.deferrable import Deferrable, DeferrableState, Errand
from custom_components.shems.core.assets.heating import Heating, HeatingState
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.stay import Stay, VehicleState
from custom_components.shems.core.assets.switching import Running, Switching
from custom_components.shems.core.assets.timetable import Spans, ends_at, free_share, without
from custom_components.shems.core.assets.vehicle import Vehicle
from custom_components.shems.core.assets.water import Water, WaterState
from custom_components.shems.core.dispatch.devices import DirectState, direct
from custom_components.shems.core.horizon import HOUR_S, Horizon
from custom_components.shems.core.observe.readings import Readings
from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.plan.result import Plan
from custom_components.shems.core.replay.codec import decode, encode
from custom_components.shems.core.units import InputError
from tests.core.device_plans import planned, powers_of, states_of, weather
from tests.core.homes import NOW, certain, hourly, value_of

PUMP = Deferrable("pump", "Pump", 2.0)
CAR = Vehicle("car", "Car", capacity_kwh=50.0, charge_kw=10.0, discharge_kw=10.0)


def hours(*pairs: tuple[float, float]) -> Spans:
    return tuple((NOW + begin * HOUR_S, NOW + end * HOUR_S) for begin, end in pairs)


def errand(kwh: float, end_h: float = 24.0) -> DeferrableState:
    return DeferrableState((Errand(NOW, NOW + end_h * HOUR_S, kwh),))


def plan_with(device: Deferrable | Vehicle | Appliance, state: object, *spans: Spans) -> Plan:
    """Return the plan of a home that buys cheapest at once."""
    home = Home(devices=(device,), barred={device.id: spans[0]} if spans else {})
    prices = [0.1, 0.1, 0.1, 0.1] + [0.3] * 20
    plan, _ = make_plan(
        home,
        certain(0.5, buy=prices, horizon=hourly(24)),
        {},
        PlanState(),
        NOW,
        states={device.id: state},  # type: ignore[dict-item]  # a state of the device's kind
    )
    return plan


spans = st.lists(
    st.tuples(st.integers(0, 22), st.integers(1, 6)).map(lambda each: (each[0], sum(each))),
    max_size=4,
).map(lambda each: hours(*each))


@given(spans)
def test_what_is_left_between_spans_is_all_that_is_free(barred: Spans) -> None:
    day = hourly(24)
    free = free_share(barred, day)
    assert np.allclose(free, 1 - free_share(without(barred, NOW, NOW + 24 * HOUR_S), day))
    left = without(barred, NOW, NOW + 24 * HOUR_S)
    assert all(one[1] < other[0] for one, other in pairwise(left))
    for step, start in enumerate(day.start):
        assert (ends_at(barred, float(start)) is not None) == (free[step] < 1)


def test_a_step_counts_by_its_free_time() -> None:
    step = Horizon(np.array([NOW, NOW + HOUR_S]))
    assert free_share(hours((0.25, 0.5), (0.4, 0.75)), step).tolist() == pytest.approx([0.5])
    assert free_share((), step).tolist() == [1.0]


def test_a_span_ends_with_those_that_go_on_from_it() -> None:
    barred = hours((3, 5), (1, 2), (2, 3))
    assert ends_at(barred, NOW + 1.5 * HOUR_S) == NOW + 5 * HOUR_S
    assert ends_at(barred, NOW) is None
    assert ends_at(barred, NOW + 5 * HOUR_S) is None


def test_a_device_runs_outside_the_hours_that_its_user_bars() -> None:
    freely = plan_with(PUMP, errand(4.0)).devices[0].power_kw
    assert freely[:2].tolist() == pytest.approx([2.0, 2.0])
    [part] = plan_with(PUMP, errand(4.0), hours((0, 2.5))).devices
    assert part.power_kw[:2].tolist() == pytest.approx([0.0, 0.0])
    assert part.power_kw[2] <= 1.0 + 1e-6, "half of the hour is free"
    assert part.power_kw.sum() == pytest.approx(4.0)
    assert part.reason[0].code == "timetable"
    assert part.reason[0].args == {"until": NOW + 2.5 * HOUR_S}
    assert part.reason[20].code == "device_idle"


def test_what_cannot_be_had_within_the_timetable_is_said() -> None:
    [part] = plan_with(PUMP, errand(4.0, end_h=3.0), hours((0, 2))).devices
    assert part.power_kw.sum() == pytest.approx(2.0)
    [short] = part.shortfalls
    assert (short.code, short.amount) == ("energy_short", pytest.approx(2.0))


def test_a_car_neither_charges_nor_gives_while_it_is_barred() -> None:
    state = VehicleState(30.0, (Stay(NOW - 1, NOW + 20 * HOUR_S, 40.0),))
    [part] = plan_with(CAR, state, hours((0, 4), (6, 20))).devices
    busy = np.flatnonzero(np.abs(part.power_kw) > 1e-6)
    assert set(busy) <= {4, 5}
    assert part.power_kw.sum() > 10.0


def test_a_programme_that_runs_goes_on_and_no_other_begins() -> None:
    washer = Appliance("washer", "Washer", profile_kw=(1.0,) * 24, profile_step_s=300.0)
    running = ApplianceState((), Progress(since=NOW - HOUR_S))
    [part] = plan_with(washer, running, hours((0, 10))).devices
    assert part.power_kw[0] == pytest.approx(1.0)


def test_what_must_stay_on_for_its_own_good_does() -> None:
    pump = replace(PUMP, switching=Switching(least_on_h=1.0))
    running = replace(errand(4.0), running=Running(on=True, since=NOW - 60))
    [part] = plan_with(pump, running, hours((0, 2))).devices
    assert part.power_kw[0] > 1.0
    assert part.power_kw[1] == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("barred", "net", "power", "code"),
    [
        ((), -5.0, 2.0, "device_surplus"),
        (((-1.0, 1.0),), -5.0, 0.0, "device_idle"),
        (((1.0, 2.0),), -5.0, 2.0, "device_surplus"),
    ],
)
def test_surplus_is_left_alone_while_the_device_is_barred(
    barred: tuple[tuple[float, float], ...], net: float, power: float, code: str
) -> None:
    car = replace(CAR, charge_kw=2.0, discharge_kw=0.0, surplus=True)
    state = VehicleState(40.0, (Stay(NOW - 1, NOW + 20 * HOUR_S, 40.0),))
    plan = plan_with(car, state)
    part = replace(plan.devices[0], power_kw=np.zeros(24), value=np.full(24, 0.2))
    idle = tuple(replace(each, code="device_idle") for each in part.reason)
    plan = replace(plan, devices=(replace(part, reason=idle),))
    home = Home(devices=(car,), barred={"car": hours(*barred)})
    seen = Readings(NOW, grid_kw=value_of(net), devices={"car": value_of(0.0)})
    (told,), _ = direct(plan, home, seen, {"car": state}, (), DirectState(), NOW)
    assert told.power_kw == power
    assert told.reason.code == code


def test_the_minute_a_timetable_says_counts_within_a_step() -> None:
    plan = plan_with(PUMP, errand(4.0))
    home = Home(devices=(PUMP,), barred={"pump": hours((0.5, 4))})
    seen = Readings(NOW, grid_kw=value_of(1.0), devices={"pump": value_of(0.0)})
    for minute, power in ((29, 2.0), (31, 0.0)):
        now = NOW + 60.0 * minute
        states = {"pump": errand(4.0)}
        (told,), _ = direct(plan, home, replace(seen, now=now), states, (), DirectState(), now)
        assert told.power_kw == power
    assert told.reason.code == "timetable"
    assert told.reason.args == {"until": NOW + 4 * HOUR_S}


def test_a_home_with_a_timetable_outlives_a_download() -> None:
    home = Home(devices=(PUMP,), barred={"pump": hours((1, 2), (3, 4))})
    assert decode(Home, encode(home)) == home


def test_what_is_wanted_once_counts_before_what_is_wanted_every_day() -> None:
    comfort = Comfort(20.0, 23.0)
    times = hourly(4).start
    spells = (
        Spell(NOW + HOUR_S, NOW + 3 * HOUR_S, 16.0, 24.0),
        Spell(NOW, NOW + 2 * HOUR_S, 18.0, 23.0),
    )
    low, high = comfort.limits(times, "UTC", spells)
    assert low.tolist() == [18.0, 16.0, 16.0, 20.0]
    assert high.tolist() == [23.0, 24.0, 24.0, 23.0]
    with pytest.raises(InputError):
        Spell(NOW, NOW + 1, 22.0, 20.0)


def test_rooms_are_warm_again_when_a_spell_ends() -> None:
    pump = Heating("pump", "Heat pump", 3.0, 0.0)
    away = (Spell(NOW, NOW + 18 * HOUR_S, 15.0, 24.0),)
    cold = weather(0.0)
    part, solution, cost = planned(pump, HeatingState(20.5, spells=away), cold)
    usual, at_home, dear = planned(pump, HeatingState(20.5), cold)
    indoor = states_of(part, solution)
    assert indoor[10] < states_of(usual, at_home)[10] - 0.5
    assert indoor[18:].min() >= 20.0 - 0.2
    assert cost < dear


def test_water_that_nobody_needs_gets_cold_and_is_hot_in_time() -> None:
    tank = Water("tank", "Tank", 3.0, 0.0)
    state = WaterState(46.0, by_hour=(0.0,) * 24)
    away = replace(state, unwanted=hours((0, 20)))
    part, solution, _ = planned(tank, away, weather(10.0))
    usual, at_home, _ = planned(tank, state, weather(10.0))
    assert powers_of(usual, at_home)[:12].sum() > 0.1
    assert powers_of(part, solution)[:12].sum() == pytest.approx(0.0, abs=1e-6)
    assert states_of(part, solution)[:12].min() < 45.0
    assert states_of(part, solution)[20:].min() >= 45.0 - 1e-6
