"""One heat pump warms rooms and water, but only one of them at a time."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.heating import Heating, HeatingState
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.switching import Running, Switching
from custom_components.shems.core.assets.water import Water, WaterState
from custom_components.shems.core.dispatch.command import DeviceCommand
from custom_components.shems.core.dispatch.devices import DirectState, Told, direct
from custom_components.shems.core.observe.readings import Readings
from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.plan.result import DevicePlan, Plan, Reason
from tests.core.device_plans import weather
from tests.core.homes import NOW, hourly, value_of

ROOMS = Heating("rooms", "Rooms", 2.0, 0.6)
TANK = Water("tank", "Tank", 1.8, 0.6)
STATES = {"rooms": HeatingState(20.0), "tank": WaterState(46.0, by_hour=(0.15,) * 24)}
SHARED = Home(devices=(ROOMS, TANK), shared=(("rooms", "tank"),))
CHEAP = [0.1, 0.1, 0.5, 0.5] * 3


def plan_of(home: Home, **states: HeatingState | WaterState) -> Plan:
    beliefs = weather(0.0, CHEAP, hourly(12))
    return make_plan(home, beliefs, {}, PlanState(), NOW, states=STATES | states)[0]


def duties(plan: Plan) -> np.ndarray:
    rooms, tank = plan.devices
    return rooms.power_kw / ROOMS.most_kw + tank.power_kw / TANK.most_kw


def test_both_share_the_time_of_one_pump() -> None:
    alone = plan_of(replace(SHARED, shared=()))
    assert duties(alone).max() > 1.2, "both take the cheap hours"
    plan = plan_of(SHARED)
    assert duties(plan).max() <= 1 + 1e-6
    assert min(plan.devices[0].power_kw[0], plan.devices[1].power_kw[0]) == pytest.approx(0.0)
    assert all(not each.shortfalls for each in plan.devices)


def test_a_device_without_the_other_is_free() -> None:
    single = plan_of(replace(SHARED, devices=(ROOMS,)))
    free = plan_of(Home(devices=(ROOMS,)))
    assert single.devices[0].power_kw == pytest.approx(free.devices[0].power_kw)


def test_two_that_have_to_go_on_are_no_reason_not_to_plan() -> None:
    rules = Switching(least_on_h=1.0)
    home = replace(
        SHARED, devices=(replace(ROOMS, switching=rules), replace(TANK, switching=rules))
    )
    begun = Running(on=True, since=NOW - 60)
    plan = plan_of(
        home,
        rooms=HeatingState(20.0, running=begun),
        tank=WaterState(46.0, running=begun, by_hour=(0.15,) * 24),
    )
    assert duties(plan)[0] > 0.6
    assert duties(plan)[2:].max() <= 1 + 1e-6


def direct_now(
    rooms_kw: float, tank_kw: float, told: dict[str, tuple[bool, float]] | None = None
) -> dict[str, DeviceCommand]:
    """Return what is told when both are to run, and `told` says what was on, since when."""
    plan = plan_of(SHARED)
    parts = tuple(
        DevicePlan(each.device_id, each.kind, np.full(12, power), each.state, each.value)
        for each, power in zip(plan.devices, (rooms_kw, tank_kw), strict=True)
    )
    idle = Reason("device_idle")
    before = DirectState(
        {
            key: Told(DeviceCommand(key, on, 1.0 * on, None, idle), NOW, at, 0, 1)
            for key, (on, at) in (told or {}).items()
        }
    )
    shown = Readings(NOW, value_of(1.0), devices={})
    commands, _ = direct(replace(plan, devices=parts), SHARED, shown, STATES, (), before, NOW)
    return {each.device_id: each for each in commands}


def test_the_larger_duty_of_a_step_runs_first() -> None:
    told = direct_now(0.8, 1.4)
    assert not told["rooms"].on
    assert told["rooms"].reason == Reason("device_turn", {"device": "Tank"})
    assert told["tank"].on
    assert direct_now(1.6, 0.6)["rooms"].on
    assert direct_now(1.6, 0.0)["rooms"].on


def test_what_has_just_begun_keeps_the_pump() -> None:
    told = direct_now(0.0, 1.8, {"rooms": (True, NOW - 60), "tank": (False, NOW - 900)})
    assert told["rooms"].on
    assert told["rooms"].reason.code == "device_keeps"
    assert not told["tank"].on
    later = direct_now(1.0, 0.9, {"rooms": (False, NOW - 900), "tank": (True, NOW - 900)})
    assert later["tank"].on, "of equal duties the one that runs goes on"
