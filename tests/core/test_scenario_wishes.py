"""What a household asks of its plans goes with the scenario."""

import json
from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.connection import Connection, Limit
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.horizon import HOUR_S
from custom_components.shems.core.peak import PeakState, PeakTariff
from custom_components.shems.core.plan.objective import Aim, Objective
from custom_components.shems.core.replay.scenario import Outcome, Scenario
from custom_components.shems.core.series import Series
from custom_components.shems.core.tariff import PriceRule, Tariff, Window
from custom_components.shems.core.units import InputError
from tests.core.homes import BATTERY, HOME, NOW

DAY = 24 * HOUR_S
TARIFF = Tariff(
    buy=PriceRule(fee=0.4, windows=(Window(0, 6 * 60, 0.2),)),
    sell=PriceRule(fee=0.05),
    zone="UTC",
    currency="EUR",
)
"""Cheap at night, when the grid is dirty."""


def scenario(**changes: object) -> Scenario:
    slots = NOW // 300 * 300 - 300 * np.arange(2 * 288, 0, -1.0)
    load = Series(slots, slots + 300, np.full(len(slots), 2.0))
    hours = NOW // HOUR_S * HOUR_S - HOUR_S * np.arange(7 * 24 - 1, -1, -1.0)
    carbon = Series(hours, hours + HOUR_S, np.where(hours % DAY < 6 * HOUR_S, 600.0, 200.0))
    given = Scenario(NOW, HOME, TARIFF, History(load=load, carbon=carbon), {BATTERY.id: 5.0})
    return replace(given, **changes)


def emitted_kg(outcome: Outcome) -> float:
    carbon = outcome.beliefs.carbon_g_per_kwh
    assert carbon is not None
    plan = outcome.plan
    return float(np.maximum(plan.grid_kw, 0.0) * plan.horizon.hours @ carbon) / 1000


def again(made: Scenario) -> Scenario:
    return Scenario.from_json(json.loads(json.dumps(made.to_json(), allow_nan=False)))


def test_a_plan_follows_the_aim_of_its_scenario() -> None:
    cheap, clean = scenario().make(), scenario(aim=Aim.CARBON).make()
    assert emitted_kg(clean) < emitted_kg(cheap) - 0.1
    assert clean.plan.cost > cheap.plan.cost


def test_own_weights_stand_in_place_of_an_aim() -> None:
    weights = Objective(carbon_per_kg=5.0)
    weighted = scenario(weights=weights).make()
    assert emitted_kg(weighted) < emitted_kg(scenario().make()) - 0.1


def test_carbon_that_nobody_knows_cannot_be_least() -> None:
    blind = replace(scenario().history, carbon=Series.empty())
    with pytest.raises(InputError, match="carbon missing"):
        scenario(aim=Aim.CARBON, history=blind).make()


@pytest.mark.parametrize("aim", Aim)
def test_a_scenario_keeps_its_wishes_in_json(aim: Aim) -> None:
    limit = Limit(NOW, NOW + HOUR_S, 4.2, reason="ripple_control")
    peak = PeakTariff(5.0, top=3, name="Our grid")
    connection = Connection(limits=(limit,), peaks=(peak,), reached=(PeakState((4.0, 3.0)),))
    made = scenario(
        aim=aim, weights=Objective(0.5, 0.1, 0.02), home=replace(HOME, connection=connection)
    )
    assert again(made).aim is aim
    assert again(made).weights == made.weights
    assert again(made).home.connection == connection
    one, other = made.make(), again(made).make()
    assert np.array_equal(one.plan.grid_kw, other.plan.grid_kw)
    assert one.beliefs.carbon_g_per_kwh == pytest.approx(other.beliefs.carbon_g_per_kwh)


def test_a_download_of_before_aims_at_cost() -> None:
    data = scenario().to_json()
    assert isinstance(data, dict)
    assert isinstance(data["history"], dict)
    del data["aim"], data["weights"], data["history"]["carbon"]
    old = Scenario.from_json(data)
    assert old.aim is Aim.COST
    assert old.make().plan.cost == pytest.approx(scenario().make().plan.cost)


def test_names_of_tariffs_are_not_told() -> None:
    made = scenario(
        home=replace(HOME, connection=Connection(peaks=(PeakTariff(5.0, name="Ours"),)))
    )
    assert "Ours" not in json.dumps(made.anonymous().to_json())
    assert np.array_equal(made.anonymous().make().plan.grid_kw, made.make().plan.grid_kw)
