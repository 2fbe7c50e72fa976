"""A plan that is too old, from another time or impossible gives no command."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from custom_components.shems.core.assets.deferrable import Deferrable
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.sheddable import Sheddable
from custom_components.shems.core.assets.vehicle import Vehicle
from custom_components.shems.core.dispatch.sound import in_time, is_sound
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.plan.result import DevicePlan, Plan
from tests.core.homes import HOME, NOW, cases, certain, hourly

HOLDS_S = 1800.0


def planned(home: Home = HOME) -> Plan:
    beliefs = certain(1.0, 0.0, [0.1, 0.1, 0.6, 0.6], 0.05, horizon=hourly(4))
    plan, _ = make_plan(home, beliefs, {"store": 5.0}, PlanState(), NOW)
    return plan


@pytest.mark.parametrize(
    ("passed_s", "holds"),
    [(0, True), (1799, True), (1801, False), (7200, False), (-30, False), (-7200, False)],
)
def test_a_plan_holds_for_a_while_and_never_before_its_time(passed_s: float, holds: bool) -> None:
    assert in_time(planned(), NOW + passed_s, HOLDS_S) == holds


@given(case=cases())
def test_every_plan_that_is_made_is_sound(case: tuple[Home, Beliefs, dict[str, float]]) -> None:
    home, beliefs, energy = case
    plan, _ = make_plan(home, beliefs, energy, PlanState(), NOW)
    assert is_sound(plan, home)
    assert is_sound(plan, None)


def changed(plan: Plan, **changes: Any) -> Plan:
    return replace(plan, batteries=(replace(plan.batteries[0], **changes),))


def test_a_plan_with_a_number_that_is_none_or_beyond_the_battery_is_not_followed() -> None:
    plan = planned()
    part = plan.batteries[0]
    nan, far = part.power_kw.copy(), part.power_kw.copy()
    nan[2], far[1] = np.nan, 50.0
    wrong: list[Plan] = [
        changed(plan, power_kw=nan),
        changed(plan, power_kw=far),
        changed(plan, energy_kwh=part.energy_kwh - 20.0),
        changed(plan, power_kw=part.power_kw[:2]),
        changed(plan, mode=part.mode[:2]),
        changed(plan, policy=replace(part.policy, buy=part.policy.buy[:1])),
        replace(plan, grid_kw=np.full(4, np.inf)),
        replace(plan, load_kw=plan.load_kw[:1]),
    ]
    assert is_sound(plan, HOME)
    assert [is_sound(each, HOME) for each in wrong] == [False] * len(wrong)
    assert is_sound(changed(plan, power_kw=far), None), "no limit is remembered"
    assert is_sound(changed(plan, device_id="gone", power_kw=far), HOME), "nobody is asked for it"


def test_a_device_is_not_asked_for_more_than_it_takes() -> None:
    pump = Deferrable("pump", "Pump", 2.0)
    home = replace(HOME, devices=(pump,))

    def with_pump(kw: float, steps: int = 4, key: str = "pump") -> Plan:
        part = DevicePlan(key, pump.KIND, np.full(steps, kw))
        return replace(planned(), devices=(part,))

    assert is_sound(with_pump(2.0), home)
    assert not is_sound(with_pump(3.0), home)
    assert not is_sound(with_pump(2.0, steps=3), home)
    assert not is_sound(with_pump(np.nan), home)
    assert is_sound(with_pump(3.0, key="gone"), home)
    assert is_sound(with_pump(3.0), None)


def test_a_load_may_be_shed_as_far_as_it_goes() -> None:
    freezer = Sheddable("freezer", "Freezer", 0.5, 0.1)
    home = replace(HOME, devices=(freezer,))
    for kw, sound in ((-0.5, True), (-0.7, False), (0.5, False)):
        part = DevicePlan("freezer", freezer.KIND, np.full(4, kw))
        assert is_sound(replace(planned(), devices=(part,)), home) is sound


def test_a_car_may_give_back_more_than_it_charges_with() -> None:
    car = Vehicle("car", "Car", 60.0, 3.7, discharge_kw=10.0)
    home = replace(HOME, devices=(car,))
    for kw, sound in ((3.7, True), (-10.0, True), (-11.0, False), (5.0, False)):
        part = DevicePlan("car", car.KIND, np.full(4, kw))
        assert is_sound(replace(planned(), devices=(part,)), home) is sound
