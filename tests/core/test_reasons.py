"""Every step of a plan says why, and what it says is true."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.horizon import Horizon
from custom_components.shems.core.plan.make import PlanState, Request, make_plan
from custom_components.shems.core.plan.result import Mode, Plan, Reason, Status
from custom_components.shems.core.plan.style import Method, Style
from tests.core.homes import BATTERY, HOME, NOW, ROOF, Course, cases, certain, hourly, uncertain

HOLDS_SUN = replace(BATTERY, max_soc=0.5)


def reasons(
    *,
    load: Course = 1.0,
    solar: Course = 0.0,
    buy: Course = 0.3,
    sell: Course = 0.05,
    energy_kwh: float = 5.0,
    terminal: float = 0.0,
    steps: int = 4,
    home: Home = HOME,
) -> Sequence[Reason]:
    beliefs = certain(load, solar, buy, sell, horizon=hourly(steps))
    state = PlanState({"store": terminal})
    plan, _ = make_plan(home, beliefs, {"store": energy_kwh}, state, NOW)
    return plan.batteries[0].reason


def test_charging_says_what_it_is_for() -> None:
    """The hours it covers, at their price, and what is saved after losses and wear."""
    codes = reasons(buy=[0.1, 0.1, 0.6, 0.5], load=4.0, energy_kwh=1.0, terminal=0.0)
    first, second = codes[:2]
    assert first == second
    assert first.code == "charge_for"
    assert first.args["price"] == pytest.approx(0.1)
    assert first.args["until"] == NOW + 7200
    assert first.args["from"] == NOW + 7200
    assert first.args["to"] == NOW + 4 * 3600
    assert 0.5 < float(first.args["later"]) <= 0.6
    gain = float(first.args["later"]) - 0.1 / 0.95**2 - BATTERY.wear_per_kwh
    assert float(first.args["saves"]) / gain == pytest.approx(8.0, abs=1.0)


def test_what_would_be_told_as_nothing_saved_is_not_told() -> None:
    buy = [0.1, 0.1, 0.1213, 0.1213]
    told = reasons(buy=buy, load=4.0, energy_kwh=1.0, terminal=0.0)
    assert "charge_cheap" in {each.code for each in told}
    assert "charge_for" not in {each.code for each in told}, "a thousandth is 0.00"


def test_charging_for_what_comes_after_the_plan() -> None:
    first, *_ = reasons(buy=[0.1, 0.4, 0.4, 0.4], load=0.0, energy_kwh=1.0, terminal=0.3)
    assert first.code == "charge_cheap"
    assert first.args["price"] == pytest.approx(0.1)
    assert first.args["until"] == NOW + 3600


def test_store_surplus_then_cover_load() -> None:
    codes = reasons(solar=[3.0, 3.0, 0.0, 0.0], load=[1.0, 1.0, 3.0, 3.0], energy_kwh=1.0)
    assert [each.code for each in codes] == ["store_surplus"] * 2 + ["cover_load"] * 2
    assert codes[0].args["export_price"] == pytest.approx(0.05)
    assert codes[2].args["price"] == pytest.approx(0.3)


def test_discharge_export() -> None:
    first, *_ = reasons(load=0.0, sell=[0.25, 0.05, 0.05, 0.05], energy_kwh=5.0)
    assert first.code == "discharge_export"
    assert first.args["export_price"] == pytest.approx(0.25)
    assert float(first.args["value"]) < 0.25


def test_full() -> None:
    assert reasons(solar=3.0, energy_kwh=10.0, terminal=0.2)[0].code == "full"


def test_empty() -> None:
    first, *_ = reasons(energy_kwh=1.0)
    assert first == Reason("empty", {"reserve": pytest.approx(0.1)})


def test_keep_for_later() -> None:
    first, *_, last = reasons(load=4.0, buy=[0.2, 0.2, 0.2, 0.6], energy_kwh=1 + 4 / 0.95)
    assert first.code == "keep_for_later"
    assert first.args["at"] == NOW + 3 * 3600
    assert last.code == "cover_load"


def test_sell_surplus() -> None:
    kept = replace(BATTERY, may_discharge_to_grid=False)
    first, *_ = reasons(
        solar=[3.0, 0.0],
        load=0.5,
        sell=[0.25, 0.0],
        energy_kwh=3.0,
        steps=2,
        home=replace(HOME, batteries=(kept,)),
    )
    assert first.code == "sell_surplus"
    assert first.args["export_price"] == pytest.approx(0.25)


def test_curtail_negative() -> None:
    """There is room in the store, but buying later brings money."""
    first, *_ = reasons(
        solar=[3.0, 0.0], buy=[0.3, -0.4], sell=[-0.1, -0.1], energy_kwh=1.0, steps=2
    )
    assert first == Reason("curtail_negative", {"export_price": pytest.approx(-0.1)})


def test_idle() -> None:
    assert {each.code for each in reasons(load=0.0, terminal=0.2)} == {"idle"}


@given(cases())
def test_reasons_are_true(case: tuple[Home, Beliefs, dict[str, float]]) -> None:
    home, beliefs, held = case
    plan, _ = make_plan(home, beliefs, held, PlanState(), NOW)
    for part in plan.batteries:
        assert len(part.reason) == len(plan.horizon)
        for step, reason in enumerate(part.reason):
            start = plan.horizon.start[step]
            if reason.code == "keep_for_later":
                assert reason.args["at"] > start
                later = plan.horizon.index(float(reason.args["at"]))
                assert later is not None
                assert part.power_kw[later] > 0
            elif reason.code in ("charge_cheap", "charge_for"):
                assert part.mode[step] is Mode.CHARGE
                assert plan.horizon.end[step] <= reason.args["until"] <= plan.horizon.edges[-1]
            elif reason.code == "discharge_export":
                assert part.mode[step] is Mode.DISCHARGE
            if reason.code == "charge_for":
                assert start < reason.args["from"] < reason.args["to"]
                assert float(reason.args["saves"]) > 0
            if reason.code in ("store_surplus", "charge_cheap", "charge_for"):
                assert part.power_kw[step] < 0
            if reason.code in ("cover_load", "discharge_export"):
                assert part.power_kw[step] > 0


def test_a_year_of_replay_does_without_reasons() -> None:
    beliefs = certain(horizon=hourly(4))
    plan, _ = make_plan(
        HOME, beliefs, {"store": 5.0}, PlanState(), NOW, request=Request(explained=False)
    )
    assert plan.batteries[0].reason == ()


# The gate


def gated(
    buy: Course,
    *,
    energy_kwh: float = 5.0,
    paused: frozenset[str] = frozenset(),
    solar: Course = 0.0,
) -> Plan:
    beliefs = uncertain(certain(1.5, solar, buy, horizon=Horizon.tiered(NOW)), (0.7, 1.0, 1.3))
    request = Request(Style(method=Method.SCENARIOS))
    held = {"store": energy_kwh}
    plan, _ = make_plan(HOME, beliefs, held, PlanState(), NOW, request=request, paused=paused)
    return plan


def test_where_little_is_to_be_won_the_rule_runs() -> None:
    plan = gated(0.3)
    assert plan.status is Status.OPTIMAL
    assert plan.problem is None
    (part,) = plan.batteries
    assert {each.code for each in part.reason} == {"little_to_win"}
    assert {float(each.args["gain"]) >= 0 for each in part.reason} == {True}
    assert set(part.mode) == {Mode.SELF_CONSUME}
    paused = gated(0.3, paused=frozenset({"store"}))
    assert set(paused.batteries[0].mode) == {Mode.HOLD}
    assert {each.code for each in paused.batteries[0].reason} == {"paused"}


def test_a_big_spread_is_worth_a_plan() -> None:
    hour = (Horizon.tiered(NOW).start % 86400) // 3600
    plan = gated(np.where((hour >= 17) & (hour < 21), 0.6, 0.1).tolist())
    assert "little_to_win" not in {each.code for each in plan.batteries[0].reason}
    assert Mode.CHARGE in plan.batteries[0].mode


def test_what_is_certain_is_planned_however_little_it_wins() -> None:
    beliefs = certain(1.5, horizon=Horizon.tiered(NOW))
    plan, _ = make_plan(HOME, beliefs, {"store": 5.0}, PlanState(), NOW)
    assert "little_to_win" not in {each.code for each in plan.batteries[0].reason}


def test_the_rule_throttles_what_it_can_where_feed_in_costs() -> None:
    fixed = replace(ROOF, id="fixed", curtailable=False, peak_kw=1.0)
    home = Home(solar=(replace(ROOF, peak_kw=3.0), fixed), batteries=(HOLDS_SUN,))
    beliefs = uncertain(certain(1.0, 4.0, 0.3, -0.1, horizon=hourly(2)), (1.0, 1.0))
    plan, _ = make_plan(home, beliefs, {"store": 5.0}, PlanState(), NOW)
    assert plan.curtailed_kw.tolist() == pytest.approx([3.0, 3.0])
    assert plan.grid_kw.tolist() == pytest.approx([0.0, 0.0])
