"""What is bought ahead may lose no more than it has won, and a hundredth of the load's cost."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.shems.core.assets.connection import Connection, Limit
from custom_components.shems.core.assets.goal import Goal
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.dispatch.respond import Slot, respond
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.peak import PeakTariff
from custom_components.shems.core.plan.make import PlanState, Request, make_plan
from custom_components.shems.core.plan.result import Mode, Plan, Right
from custom_components.shems.core.plan.risk import RiskBudget
from custom_components.shems.core.plan.style import STANDARD, Method, Rule, Style
from custom_components.shems.core.plan.sweep import Start, SweepState, sweep
from custom_components.shems.core.plan.timer import Timetable
from custom_components.shems.core.units import Floats
from tests.core.homes import BATTERY, HOME, NOW, Course, certain, hourly, uncertain

STEPS = 24
DEAR = [0.1] + [0.4] * 23
"""A cheap hour before dear ones; a kWh sold brings 0.05."""
LOOP = BATTERY.loop_efficiency
LOSS = 0.1 - 0.05 * LOOP
"""What a kWh bought at the cheap price loses, if it is sold again."""
WON = RiskBudget(14, load_cost=100.0, won=50.0, sale_price=0.05)
SECOND = replace(BATTERY, id="second", name="Second")


def evening(load: Course = 0.6, **prices: object) -> Beliefs:
    return uncertain(certain(load, horizon=hourly(STEPS), **({"buy": DEAR} | prices)))  # type: ignore[arg-type]  # Numbers and courses alike.


def made(
    risk: RiskBudget | None,
    beliefs: Beliefs | None = None,
    home: Home = HOME,
    style: Style = STANDARD,
    held: float = 1.0,
) -> Plan:
    begun = {each.id: held for each in home.batteries}
    request = Request(style, risk=risk)
    plan, _ = make_plan(home, beliefs or evening(), begun, PlanState(), NOW, request=request)
    return plan


def bought_now(plan: Plan, held: float = 1.0) -> float:
    """Return the kWh that the battery takes from the grid in the first hour, without a load."""
    slot = Slot.of(BATTERY, plan.batteries[0], 0, 1.0)
    return -respond(slot, held, 0.0, 1.0, (17.0, 10.0))


def lost(plan: Plan, beliefs: Beliefs, sale: float = 0.05) -> float:
    """Return what all that is expected to be bought into batteries loses, if it is sold."""
    surplus = np.maximum(beliefs.solar.mean - beliefs.load.mean, 0.0)
    charged: Floats = sum(
        (np.maximum(-each.power_kw, 0.0) for each in plan.batteries), np.zeros(len(surplus))
    )
    # In the mean of courses some surplus is stored where none is left of the mean.
    may = np.any([each.policy.buy != Right.NO for each in plan.batteries], axis=0)
    bought = np.maximum(charged - surplus, 0.0) * may
    return float(bought @ np.maximum(beliefs.prices.buy - sale * LOOP, 0.0))


def test_a_home_that_has_won_buys_as_without_a_limit() -> None:
    free, held = made(None), made(WON)
    assert bought_now(free) > 3.0
    assert bought_now(held) == bought_now(free)
    assert held.batteries[0].power_kw.tolist() == free.batteries[0].power_kw.tolist()
    assert held.batteries[0].withheld == ()


@pytest.mark.parametrize("method", list(Method))
def test_what_is_bought_may_lose_no_more_than_is_left(method: Method) -> None:
    risk = RiskBudget(14, load_cost=10.0, won=0.05, sale_price=0.05)
    plan = made(risk, style=Style(method=method, margin_share=0.0))
    assert bought_now(plan) == pytest.approx(0.15 / LOSS, rel=1e-6)
    assert lost(plan, evening()) == pytest.approx(0.15, rel=1e-6)
    assert plan.batteries[0].energy_kwh.min() >= BATTERY.min_kwh - 1e-6


def test_what_was_bought_since_counts_and_what_it_gives_back() -> None:
    risk = RiskBudget(14, load_cost=10.0, sale_price=0.05).bought(0.12, 0.8)
    assert bought_now(made(risk)) == pytest.approx((0.1 - (0.12 - 0.05 * 0.8)) / LOSS, rel=1e-6)


def test_who_has_lost_buys_nothing_and_is_told_why() -> None:
    plan = made(RiskBudget(14, load_cost=10.0, won=-0.2, sale_price=0.05))
    part = plan.batteries[0]
    assert bought_now(plan) == 0.0
    assert Mode.CHARGE not in part.mode
    assert 0 in part.withheld
    reason = part.reason[0]
    assert reason.code == "risk_limit"
    assert reason.args["price"] == pytest.approx(0.1)
    assert float(reason.args["value"]) > 0.1  # type: ignore[arg-type]  # A number here.


def test_of_no_days_known_what_is_expected_stands() -> None:
    beliefs = evening(0.1)
    load_cost = float(beliefs.load.mean @ beliefs.prices.buy) * 14
    assert bought_now(made(None, beliefs)) > 0.01 * load_cost / LOSS
    assert bought_now(made(RiskBudget(), beliefs)) == pytest.approx(0.01 * load_cost / LOSS)
    half = RiskBudget(7, load_cost=0.0, sale_price=0.05)
    assert bought_now(made(half, beliefs)) == pytest.approx(0.005 * load_cost / LOSS)


def test_what_loses_nothing_has_no_limit() -> None:
    beliefs = evening(buy=[0.03] + [0.4] * 23)
    none = RiskBudget(14, load_cost=0.0, sale_price=0.05)
    assert bought_now(made(none, beliefs)) == bought_now(made(None, beliefs)) > 3.0


def test_the_floor_of_the_battery_is_reached_whatever_it_costs() -> None:
    low = replace(BATTERY, reserve_soc=0.3)
    none = RiskBudget(14, load_cost=0.0, sale_price=0.05)
    plan = made(none, home=Home(batteries=(low,)))
    assert float(plan.batteries[0].energy_kwh[0]) == pytest.approx(3.0)


@pytest.mark.parametrize(
    "home",
    [
        Home(batteries=(replace(BATTERY, goals=(Goal(NOW + 2 * 3600, 5.0),)),)),
        Home(Connection(peaks=(PeakTariff(5.0),)), batteries=(BATTERY,)),
        Home(Connection(limits=(Limit(NOW, NOW + 86400, 5.0),)), batteries=(BATTERY,)),
        Home(Connection(import_limit_kw=2.0), batteries=(BATTERY,)),
    ],
    ids=["asked", "peak", "limit", "connection"],
)
def test_what_is_needed_is_no_venture(home: Home) -> None:
    none = RiskBudget(14, load_cost=0.0, sale_price=0.05)
    beliefs = certain([0.5] * 12 + [2.2] * 12, buy=DEAR, horizon=hourly(STEPS))
    free, held = made(None, beliefs, home), made(none, beliefs, home)
    assert held.batteries[0].power_kw.tolist() == free.batteries[0].power_kw.tolist()
    assert held.batteries[0].power_kw.min() < -0.1


TIMER = Style(Rule.TIMER)
HOURS = Timetable(np.array([1.0] * 2 + [0.0] * 22), np.full(STEPS, 0.1), 0.02)


def timed(risk: RiskBudget | None) -> Plan:
    request = Request(TIMER, HOURS, risk=risk)
    plan, _ = make_plan(HOME, evening(), {BATTERY.id: 1.0}, PlanState(), NOW, request=request)
    return plan


def test_a_timer_is_held_to_the_limit_and_says_so() -> None:
    assert bought_now(timed(None)) > 3.0
    some = timed(RiskBudget(14, load_cost=10.0, sale_price=0.05))
    assert bought_now(some) == pytest.approx(0.1 / LOSS)
    none = timed(RiskBudget(14, load_cost=0.0, sale_price=0.05))
    assert bought_now(none) == pytest.approx(0.0, abs=1e-6)
    codes = [each.code for each in none.batteries[0].reason]
    assert codes[:3] == ["risk_limit", "risk_limit", "timer_chosen"]


def test_two_batteries_share_what_is_left() -> None:
    home = Home(batteries=(BATTERY, SECOND))
    plan = made(RiskBudget(14, load_cost=15.0, sale_price=0.05), home=home)
    assert lost(made(None, home=home), evening()) > 0.3
    assert lost(plan, evening()) == pytest.approx(0.15, rel=1e-6)


def test_a_battery_that_somebody_else_moves_risks_nothing() -> None:
    none = RiskBudget(14, load_cost=0.0, sale_price=0.05)
    begun, paused = {BATTERY.id: 1.0}, frozenset({BATTERY.id})
    plan, _ = make_plan(
        HOME, evening(), begun, PlanState(), NOW, request=Request(risk=none), paused=paused
    )
    assert {each.code for each in plan.batteries[0].reason} == {"paused"}


def test_many_plans_at_once_keep_the_limit_as_one_does() -> None:
    risk = RiskBudget(14, load_cost=15.0, sale_price=0.05)
    starts = [Start(Style(method=method), {BATTERY.id: 1.0}, risk) for method in Method]
    rules = [Start(TIMER, {BATTERY.id: 1.0}, each, HOURS) for each in (risk, None)]
    *plans, timer, free = sweep(HOME, evening(), [*starts, *rules], SweepState(), NOW)[0]
    assert bought_now(timer) == pytest.approx(bought_now(timed(risk)))
    assert bought_now(free) == pytest.approx(bought_now(timed(None)))
    assert bought_now(free) > bought_now(timer) > 0.0
    for plan, start in zip(plans, starts, strict=True):
        assert bought_now(plan) == pytest.approx(bought_now(made(risk, style=start.style)))
        assert lost(plan, evening()) <= 0.15 + 1e-6


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 1000),
    held=st.floats(1.0, 10.0),
    left=st.floats(0.0, 1.0),
    method=st.sampled_from(Method),
    count=st.integers(1, 2),
)
def test_every_plan_keeps_the_limit_and_balances(
    seed: int, held: float, left: float, method: Method, count: int
) -> None:
    random = np.random.default_rng(seed)
    beliefs = uncertain(
        certain(
            random.uniform(0.0, 2.0, STEPS),
            random.uniform(0.0, 3.0, STEPS) * (random.uniform() > 0.4),
            random.uniform(-0.05, 0.5, STEPS),
            0.03,
            horizon=hourly(STEPS),
        )
    )
    home = replace(HOME, batteries=(BATTERY, SECOND)[:count])
    risk = RiskBudget(14, load_cost=100.0 * left, sale_price=0.03)
    plan = made(risk, beliefs, home, Style(method=method), held)
    assert lost(plan, beliefs, 0.03) <= left + 1e-6
    given_kw = sum((each.power_kw for each in plan.batteries), np.zeros(STEPS))
    balance = beliefs.load.mean - beliefs.solar.mean + plan.curtailed_kw - given_kw
    assert plan.grid_kw == pytest.approx(balance, abs=1e-6)
    for part in plan.batteries:
        assert part.energy_kwh.min() >= BATTERY.min_kwh - 1e-6
        assert part.energy_kwh.max() <= BATTERY.max_kwh + 1e-6
        power, before = part.power_kw, np.concatenate([[held], part.energy_kwh[:-1]])
        if method is not Method.DYNAMIC or count > 1:
            into = np.maximum(-power, 0.0) * BATTERY.charge_efficiency
            out_of = np.maximum(power, 0.0) / BATTERY.discharge_efficiency
            gained = part.energy_kwh - before
            # Courses that charge while others discharge lose some of their mean power.
            assert (gained <= into - out_of + 1e-6).all()
