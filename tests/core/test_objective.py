"""What counts in a plan besides cost."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.peak import PeakTariff
from custom_components.shems.core.plan.make import PlanState, Request, make_plan
from custom_components.shems.core.plan.objective import Aim, Objective
from custom_components.shems.core.plan.result import Plan
from custom_components.shems.core.tariff import energy_cost
from custom_components.shems.core.units import Floats, InputError
from tests.core.homes import BATTERY, NOW, certain, hourly

STORE = replace(BATTERY, min_soc=0.0, wear_per_kwh=0.0)
HOME = Home(batteries=(STORE,))
DIRTY = np.array([100.0, 600.0, 300.0, 300.0])
"""Cheap hours are dirty ones."""
BELIEFS = replace(
    certain(2.0, 0.0, [0.4, 0.2, 0.4, 0.4], 0.38, horizon=hourly(4)), carbon_g_per_kwh=DIRTY
)


def plan_for(objective: Objective, beliefs: Beliefs = BELIEFS, home: Home = HOME) -> Plan:
    plan, _ = make_plan(
        home,
        beliefs,
        {"store": 4.0},
        PlanState({"store": 0.0}),
        NOW,
        request=Request(objective=objective),
    )
    assert plan.problem is None
    return plan


def emitted(plan: Plan) -> float:
    return float(np.maximum(plan.grid_kw, 0.0) * plan.horizon.hours @ DIRTY) / 1000


def imported(plan: Plan) -> float:
    return float(np.maximum(plan.grid_kw, 0.0) @ plan.horizon.hours)


def test_every_aim_is_reached_best_by_the_plan_that_aims_at_it() -> None:
    plans = {aim: plan_for(Objective.of(aim, BELIEFS.prices)) for aim in Aim}
    for aim, measured in (
        (Aim.COST, lambda plan: plan.cost),
        (Aim.CARBON, emitted),
        (Aim.SELF_SUFFICIENCY, imported),
    ):
        others = [measured(plan) for each, plan in plans.items() if each is not aim]
        assert measured(plans[aim]) < min(others) + 1e-6
    assert emitted(plans[Aim.CARBON]) < emitted(plans[Aim.COST]) - 0.1
    assert imported(plans[Aim.SELF_SUFFICIENCY]) < imported(plans[Aim.COST]) - 0.1


def test_a_plan_tells_its_cost_in_money_whatever_it_aims_at() -> None:
    plan = plan_for(Objective.of(Aim.CARBON, BELIEFS.prices))
    assert plan.prices == BELIEFS.prices
    assert plan.cost == pytest.approx(energy_cost(plan.grid_kw, plan.horizon.hours, BELIEFS.prices))


def test_weights_add_up() -> None:
    prices = Objective(0.5, 0.2, 0.1, 0.5).effective(BELIEFS.prices, DIRTY)
    assert prices.buy.tolist() == pytest.approx([0.32, 0.32, 0.36, 0.36])
    assert prices.sell.tolist() == pytest.approx([0.2, 0.25, 0.22, 0.22])


def test_peaks_count_as_much_as_money() -> None:
    connection = Connection(peaks=(PeakTariff(5.0),))
    assert Objective(0.1, 1.0).weighed(connection).peaks == (PeakTariff(0.5),)


@pytest.mark.parametrize("carbon", [None, np.array([100.0, np.nan, 100.0, 100.0])])
def test_missing_carbon_is_named_where_it_counts(carbon: Floats | None) -> None:
    beliefs = replace(BELIEFS, carbon_g_per_kwh=carbon)
    assert plan_for(Objective(), beliefs).cost == pytest.approx(plan_for(Objective()).cost)
    with pytest.raises(InputError) as caught:
        plan_for(Objective(carbon_per_kg=1.0), beliefs)
    assert caught.value.code == "carbon_missing"


@pytest.mark.parametrize(
    "change", [{"money": 0.0}, {"money": -1.0}, {"carbon_per_kg": float("nan")}]
)
def test_weights_that_mean_nothing_are_refused(change: dict[str, float]) -> None:
    with pytest.raises(InputError, match="objective parameter"):
        replace(Objective(), **change)
