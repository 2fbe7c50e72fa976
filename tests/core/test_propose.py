"""Devices that nobody lets SHEMS drive go their own ways: the plan reckons with that."""

import json
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from custom_components.shems.core.assets.deferrable import Deferrable, DeferrableState, Errand
from custom_components.shems.core.assets.kinds import MovableState
from custom_components.shems.core.assets.stay import Stay, VehicleState
from custom_components.shems.core.assets.vehicle import Vehicle
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.horizon import HOUR_S
from custom_components.shems.core.plan.result import Status
from custom_components.shems.core.replay.scenario import Scenario
from custom_components.shems.core.series import Series
from custom_components.shems.core.tariff import PriceRule, Tariff, Window
from custom_components.shems.core.units import Floats
from tests.core.homes import BATTERY, HOME, NOW

DAY = 24 * HOUR_S
TARIFF = Tariff(
    buy=PriceRule(fee=0.4, windows=(Window(0, 6 * 60, 0.1),)),
    sell=PriceRule(fee=0.05),
    zone="UTC",
    currency="EUR",
)
"""Cheap at night."""
PUMP = Deferrable("pump", "Pump", 2.0)
POOL = Deferrable("pool", "Pool", 1.0)
WANTED = DeferrableState((Errand(NOW, NOW + 20 * HOUR_S, 6.0),))
STATES: dict[str, MovableState] = {"pump": WANTED, "pool": WANTED}


def scenario(**changes: object) -> Scenario:
    hours = NOW // HOUR_S * HOUR_S - HOUR_S * np.arange(10 * 24, 0, -1.0)
    noon = (hours % DAY >= 11 * HOUR_S) & (hours % DAY < 14 * HOUR_S)
    history = History(
        load=Series(hours, hours + HOUR_S, np.full(len(hours), 0.5)),
        flexible={
            "pump": Series(hours, hours + HOUR_S, np.where(noon, 2.0, 0.0)),
            "pool": Series(hours, hours + HOUR_S, np.where(noon, 1.0, 0.0)),
        },
    )
    home = replace(HOME, devices=(PUMP, POOL))
    given = Scenario(NOW, home, TARIFF, history, {BATTERY.id: 5.0}, states=STATES)
    return replace(given, **changes)


def kwh(plan_kw: Floats, scenario_: Scenario, between: tuple[float, float]) -> float:
    """Return what is taken between two hours of the day."""
    horizon = scenario_.make().plan.horizon
    hour = horizon.start % DAY / HOUR_S
    inside = (hour >= between[0]) & (hour < between[1]) & (horizon.start < NOW + DAY)
    return float((plan_kw * horizon.hours)[inside].sum())


def test_what_goes_its_own_ways_is_a_part_of_the_load_and_only_proposed() -> None:
    made = scenario(unarmed=("pump",))
    plan = made.make().plan
    assert [each.device_id for each in plan.devices] == ["pool"]
    assert [each.device_id for each in plan.proposals] == ["pump"]
    assert kwh(plan.load_kw, made, (11, 14)) == pytest.approx(3 * 2.5, abs=0.1)
    proposed = plan.device("pump")
    assert proposed is not None
    assert kwh(proposed.power_kw, made, (0, 6)) == pytest.approx(6.0, abs=0.05)
    assert len(proposed.reason) == len(plan.horizon)
    assert plan.moved_kw == pytest.approx(plan.devices[0].power_kw)
    assert plan.grid_kw == pytest.approx(
        plan.load_kw + plan.moved_kw - plan.solar_kw - plan.batteries[0].power_kw, abs=1e-6
    )


def test_the_others_are_planned_as_if_somebody_else_moved_it() -> None:
    one = scenario(unarmed=("pump",)).make().plan
    other = scenario(paused=("pump",)).make().plan
    assert np.array_equal(one.grid_kw, other.grid_kw)
    assert other.proposals == ()
    assert scenario(paused=("pump",), unarmed=("pump",)).make().plan.proposals == ()


def test_the_battery_keeps_energy_for_what_really_happens() -> None:
    told = scenario(unarmed=("pump",)).make().plan
    believed = scenario().make().plan
    noon = (told.horizon.start % DAY >= 10 * HOUR_S) & (told.horizon.start < NOW + DAY)
    given = [
        float((each.batteries[0].power_kw * each.horizon.hours)[noon].sum())
        for each in (told, believed)
    ]
    assert given[0] > given[1]


def test_a_proposal_leaves_the_last_one_only_where_that_pays() -> None:
    first = scenario(unarmed=("pump",)).make()
    later = replace(scenario(unarmed=("pump",)), now=NOW).make(first.state)
    for one, other in pairwise((first.plan, later.plan)):
        assert np.array_equal(one.proposals[0].power_kw, other.proposals[0].power_kw)


def test_a_proposal_beside_a_car_that_gives_back() -> None:
    car = Vehicle("car", "Car", 60.0, 11.0, discharge_kw=11.0, to_grid=True, wear_per_kwh=0.0)
    stay = Stay(NOW - HOUR_S, NOW + 30 * HOUR_S, 10.0)
    made = scenario(unarmed=("pump",))
    home = replace(made.home, devices=(PUMP, car))
    states = {"pump": WANTED, "car": VehicleState(50.0, (stay,))}
    plan = replace(made, home=home, states=states).make().plan
    assert plan.status is Status.OPTIMAL
    assert (plan.load_kw + plan.moved_kw).min() < 0
    assert len(plan.proposals) == 1


def test_what_is_not_found_in_time_is_not_proposed() -> None:
    outcome = scenario(unarmed=("pump",)).make(time_limit_s=1e-9)
    assert outcome.plan.proposals == ()
    assert outcome.state.proposed is None
    assert outcome.plan.status is Status.RULE


def test_a_download_proposes_the_same() -> None:
    made = scenario(unarmed=("pump",))
    again = Scenario.from_json(json.loads(json.dumps(made.to_json(), allow_nan=False)))
    one, other = made.make().plan, again.make().plan
    assert np.array_equal(one.proposals[0].power_kw, other.proposals[0].power_kw)
