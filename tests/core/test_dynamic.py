"""Looking backwards: the value of stored energy where nothing is known before its time."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.solar import Solar
from custom_components.shems.core.dispatch.respond import Slot, respond
from custom_components.shems.core.forecast.beliefs import Beliefs, Outlook
from custom_components.shems.core.forecast.levels import LEVELS
from custom_components.shems.core.plan.dynamic import fits, levels_of, plan_of, values
from custom_components.shems.core.plan.make import PlanState, Request, make_plan, task_of
from custom_components.shems.core.plan.read import Task
from custom_components.shems.core.plan.result import Mode, Plan
from custom_components.shems.core.plan.style import STANDARD, Method, Style
from custom_components.shems.core.units import Floats
from tests.core.homes import BATTERY, HOME, NOW, ROOF, certain, hourly, uncertain

STEPS = 12
DEAR = [0.1] * 6 + [0.4] * 6
"""Six cheap hours before six dear ones."""


def courses(load: Floats, solar: Floats | None = None, **prices: object) -> Beliefs:
    """Return beliefs with these courses, (N, K)."""
    base = certain(load.mean(axis=0), horizon=hourly(load.shape[1]), **prices)  # type: ignore[arg-type]  # Courses and numbers alike.
    sun = np.zeros_like(load) if solar is None else solar

    def outlook(paths: Floats) -> Outlook:
        return Outlook(paths.mean(axis=0), np.quantile(paths, LEVELS, axis=0), paths, "test")

    return replace(base, load=outlook(load), solar=outlook(sun))


def noisy(seed: int = 1, count: int = 16, most: float = 3.0) -> Floats:
    return np.random.default_rng(seed).uniform(0.0, most, (count, STEPS))


def task(beliefs: Beliefs, held: float = 5.0, home: Home = HOME, margin: float = 0.0) -> Task:
    state = PlanState({BATTERY.id: 0.1})
    return task_of(home, beliefs, {BATTERY.id: held}, state, NOW, Style(margin_share=margin))


def made(beliefs: Beliefs, held: float = 5.0, home: Home = HOME, style: Style = STANDARD) -> Plan:
    state = PlanState({BATTERY.id: 0.1})
    plan, _ = make_plan(home, beliefs, {BATTERY.id: held}, state, NOW, request=Request(style))
    return plan


def played(plan: Plan, net: Floats, held: float) -> float:
    """Return what a course of net loads costs under a plan's rights, step by step."""
    part, cost = plan.batteries[0], 0.0
    for step, load in enumerate(net.tolist()):
        slot = Slot.of(BATTERY, part, step, 1.0)
        held, power = BATTERY.step(held, respond(slot, held, load, 1.0, (50.0, 50.0)), 1.0)
        grid = load - power
        price = plan.prices.buy[step] if grid > 0 else plan.prices.sell[step]
        cost += grid * float(price) + max(power, 0.0) * BATTERY.wear_per_kwh
    return cost - 0.1 * held


def test_the_value_is_what_following_it_costs() -> None:
    beliefs = courses(noisy(), buy=DEAR)
    asked = task(beliefs)
    found = values(asked, 5.0)
    plan, _ = plan_of(asked, found)
    random = np.random.default_rng(5)
    nets = random.permuted(np.tile(beliefs.load.paths, (60, 1)), axis=0)
    costs = [played(plan, net, 5.0) for net in nets]
    error = np.std(costs) / np.sqrt(len(costs))
    expected = float(np.interp(5.0, found.energy_kwh, found.cost[0]))
    assert expected == pytest.approx(np.mean(costs), abs=4 * error + 0.01)


def test_it_beats_the_program_that_will_know_where_nothing_is_known() -> None:
    beliefs = courses(noisy(2, most=4.0), buy=DEAR, sell=0.02)
    random = np.random.default_rng(6)
    nets = random.permuted(np.tile(beliefs.load.paths, (40, 1)), axis=0)
    plans = {
        method: made(beliefs, 1.0, style=Style(method=method))
        for method in (Method.DYNAMIC, Method.SCENARIOS)
    }
    cost = {
        method: np.array([played(plan, net, 1.0) for net in nets]) for method, plan in plans.items()
    }
    gain = cost[Method.SCENARIOS] - cost[Method.DYNAMIC]
    assert gain.mean() > 2 * gain.std() / np.sqrt(len(gain)) > 0


@settings(max_examples=60, deadline=None)
@given(
    held=st.floats(1.0, 10.0),
    net=st.floats(-6.0, 8.0),
    step=st.integers(0, STEPS - 1),
    seed=st.integers(0, 20),
)
def test_the_meter_is_met_as_the_plan_expects(
    held: float, net: float, step: int, seed: int
) -> None:
    """What dispatch does in a step is what the plan reckons with."""
    load = np.full((2, STEPS), max(net, 0.0))
    solar = np.full((2, STEPS), max(-net, 0.0))
    load[1] += 0.01  # Something must be uncertain.
    beliefs = courses(load, solar, buy=DEAR if seed % 2 else 0.2, sell=0.01 * seed)
    asked = task(beliefs, held, Home(Connection(50, 50), (ROOF,), (BATTERY,)))
    plan, _ = plan_of(asked, values(asked, held))
    part = plan.batteries[0]
    assert part.levels is not None
    slot = Slot(BATTERY, 2, 2, 2, 2, 0.0, 0.0, 1.0, part.levels.at(0))
    before = respond(slot, held, net, 1.0, (50.0, 50.0))
    assert before == pytest.approx(float(part.power_kw[0]), abs=0.02)
    assert BATTERY.min_kwh - 1e-6 <= part.energy_kwh[step] <= BATTERY.max_kwh + 1e-6


def test_many_courses_are_met_by_as_many_as_tell_them_apart() -> None:
    few = noisy(3, count=16)
    many = np.repeat(few, 4, axis=0)
    one, two = (task(courses(load, buy=DEAR)) for load in (few, many))
    np.testing.assert_allclose(values(one, 5.0).cost, values(two, 5.0).cost, atol=1e-9)


def test_it_buys_before_dear_hours_and_no_more_than_they_may_take() -> None:
    plan = made(courses(noisy(most=0.5), buy=DEAR, sell=0.02), held=1.0)
    part = plan.batteries[0]
    assert (part.power_kw[:6] < 0).any()
    assert Mode.CHARGE in part.mode[:6]
    assert part.energy_kwh[:6].max() < 6.0
    assert plan.style == Style()
    assert {each.code for each in part.reason} >= {"charge_for", "cover_load"}


def test_a_reserve_is_kept_and_filled() -> None:
    store = replace(BATTERY, reserve_soc=0.5)
    home = replace(HOME, batteries=(store,))
    plan = made(courses(noisy(), buy=DEAR), held=3.0, home=home)
    assert plan.batteries[0].energy_kwh.min() >= 5.0 - 1e-6


def test_what_the_contract_forbids_is_not_done() -> None:
    store = replace(BATTERY, may_charge_from_grid=False, may_discharge_to_grid=False)
    home = replace(HOME, batteries=(store,))
    plan = made(courses(noisy(), buy=DEAR, sell=[0.0] * 6 + [2.0] * 6), held=8.0, home=home)
    part = plan.batteries[0]
    assert (part.power_kw >= -1e-9).all()
    assert (plan.grid_kw >= -1e-9).all()


def test_sun_that_would_cost_money_is_stored_or_given_up() -> None:
    sun = np.full((2, STEPS), 4.0)
    sun[1] += 0.1
    plan = made(courses(np.ones((2, STEPS)), sun, buy=0.3, sell=-0.1), held=1.0)
    assert plan.batteries[0].energy_kwh[-1] == pytest.approx(10.0)
    assert plan.curtailed_kw[-1] == pytest.approx(3.05, abs=0.01)
    assert (plan.grid_kw >= -1e-6).all()


def test_where_energy_is_paid_for_the_battery_takes_it_without_integers() -> None:
    plan = made(courses(noisy(), buy=-0.2, sell=-0.3), held=5.0, home=Home(batteries=(BATTERY,)))
    assert plan.batteries[0].energy_kwh[-1] == pytest.approx(10.0)
    assert plan.batteries[0].levels is not None


def test_surplus_is_stored_early_though_there_is_enough_to_come() -> None:
    sun = np.full((16, STEPS), 4.0)
    early = made(courses(noisy(most=0.5), sun, sell=[0.055, *[0.05] * (STEPS - 1)]), held=1.0)
    assert early.batteries[0].power_kw[0] < -3
    dear = made(courses(noisy(most=0.5), sun, sell=[0.2, *[0.05] * (STEPS - 1)]), held=1.0)
    assert dear.batteries[0].power_kw[0] == pytest.approx(0.0)


def test_a_margin_lets_habits_go_on_and_holds_back_ventures() -> None:
    asked = courses(noisy(), buy=[0.1] * 6 + [0.2] * 6, sell=0.05)
    free, held = (levels_of(t := task(asked, margin=share), values(t, 5.0)) for share in (0, 0.4))
    assert (held.buy <= free.buy).all()
    assert (held.absorb >= free.absorb).all()
    assert (held.cover <= free.cover).all()
    assert (held.sell >= free.sell).all()
    assert (held.buy < free.buy).any()


@pytest.mark.parametrize(
    ("home", "paused"),
    [
        (replace(HOME, batteries=(BATTERY, replace(BATTERY, id="other"))), frozenset()),
        (HOME, frozenset({BATTERY.id})),
        (replace(HOME, batteries=(replace(BATTERY, max_soc=0.1),)), frozenset()),
        (replace(HOME, connection=Connection(1.0, 17.0)), frozenset()),
        (Home(Connection(17, 0.5), (Solar("roof", "Roof"),), (BATTERY,)), frozenset()),
    ],
    ids=["two batteries", "paused", "no room", "import limit", "export limit"],
)
def test_other_homes_are_a_programs_work(home: Home, paused: frozenset[str]) -> None:
    sun = np.tile([0.0] * 6 + [3.0] * 6, (16, 1))
    beliefs = courses(noisy(), sun, buy=DEAR)
    assert fits(HOME, beliefs, frozenset())
    assert not fits(home, beliefs, paused)
    held = {each.id: 1.0 for each in home.batteries}
    plan, _ = make_plan(home, beliefs, held, PlanState(), NOW, paused=paused)
    assert all(part.levels is None for part in plan.batteries)


def test_what_is_certain_is_a_programs_work_too() -> None:
    assert not fits(HOME, certain(buy=DEAR, horizon=hourly(STEPS)), frozenset())
    assert fits(HOME, uncertain(certain(buy=DEAR, horizon=hourly(STEPS))), frozenset())
