"""Plans in styles: rules that were chosen, the timer's hours, and many plans at once."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.horizon import Horizon
from custom_components.shems.core.plan import sweep as module
from custom_components.shems.core.plan.make import PlanState, Request, make_plan
from custom_components.shems.core.plan.problem import build
from custom_components.shems.core.plan.result import Mode, Plan, Right
from custom_components.shems.core.plan.solve import SolveError, solve_each
from custom_components.shems.core.plan.style import STANDARD, Method, Rule, Style
from custom_components.shems.core.plan.sweep import Start, SweepState, sweep
from custom_components.shems.core.plan.timer import timetable, timetable_ahead
from custom_components.shems.core.replay.codec import decode, encode
from custom_components.shems.core.series import Series
from custom_components.shems.core.tariff import PriceRule, Tariff
from tests.core.homes import BATTERY, HOME, NOW, ROOF, certain, uncertain

ZONE = "UTC"
MIDNIGHT = NOW - NOW % 86400
DAY = Horizon.uniform(MIDNIGHT, 3600.0, 24)
CHEAP = [0.30] * 6 + [0.10, 0.05, 0.06] + [0.30] * 12 + [0.45] * 3
"""Three hours cost little: the second and third least, and half of the first."""
STYLES = [
    Style(method=method, margin_share=margin) for method in Method for margin in (0.0, 0.02, 0.08)
]


def evening(horizon: Horizon = DAY) -> Beliefs:
    """Return beliefs in an uncertain load, some sun and a dear evening."""
    hour = (horizon.start - MIDNIGHT) / 3600 % 24
    sun = np.maximum(0.0, 3 * np.sin((hour - 6) / 12 * np.pi))
    buy = np.resize(CHEAP, len(horizon))
    return uncertain(certain(1.0 + (hour > 17), sun, buy, 0.8 * buy - 0.04, horizon=horizon))


def ruled(rule: Rule, home: Home = HOME, held: float = 5.0, **given: frozenset[str]) -> Plan:
    beliefs = evening()
    hours = timetable(DAY.start, DAY.hours, beliefs.prices.buy, ZONE)
    plan, state = make_plan(
        home,
        beliefs,
        {each.id: held for each in home.batteries},
        PlanState({"store": 0.2}),
        NOW,
        request=Request(Style(rule), hours),
        **given,
    )
    assert plan.style == Style(rule)
    assert state == PlanState({"store": 0.2})
    return plan


def test_a_style_has_a_name_and_can_be_kept() -> None:
    names = [each.name for each in (STANDARD, *STYLES, Style(Rule.TIMER))]
    assert names[-1] == "timer"
    assert "scenarios_2" in names
    for style in (STANDARD, Style(Rule.TIMER), STYLES[-1]):
        assert decode(Style, encode(style)) == style


def test_a_plan_tells_its_style() -> None:
    for style in STYLES:
        plan, _ = make_plan(
            HOME, evening(), {"store": 5.0}, PlanState(), NOW, request=Request(style)
        )
        assert plan.style == style


def test_chosen_self_consumption_follows_the_house() -> None:
    plan = ruled(Rule.SELF_CONSUMPTION)
    part = plan.batteries[0]
    assert set(part.mode) == {Mode.SELF_CONSUME}
    assert {each.code for each in part.reason} == {"self_consumption_chosen"}


def test_the_timer_charges_in_cheap_hours_and_covers_dear_ones() -> None:
    part = ruled(Rule.TIMER).batteries[0]
    assert part.policy.buy.tolist()[5:10] == [0, Right.BUDGET, Right.FREE, Right.FREE, 0]
    assert part.power_kw[6] == pytest.approx(-2.5)
    assert part.power_kw[7] == pytest.approx(-5.0)
    covering = [step for step in range(24) if part.policy.cover[step]]
    assert covering == [*range(6), *range(9, 24)]
    assert {part.reason[step].code for step in (6, 7, 8)} == {"timer_charges"}
    assert part.reason[7].args == {"price": pytest.approx(0.05)}
    assert {part.reason[step].code for step in covering} == {"timer_chosen"}


def test_the_timer_keeps_its_energy_where_discharging_wins_little() -> None:
    beliefs = evening()
    buy = np.where(beliefs.prices.buy > 0.4, 0.4, 0.28)
    flat = replace(beliefs, prices=replace(beliefs.prices, buy=buy))
    hours = timetable(DAY.start, DAY.hours, buy, ZONE)
    plan, _ = make_plan(
        HOME,
        flat,
        {"store": 5.0},
        PlanState(),
        NOW,
        request=Request(Style(Rule.TIMER), hours),
    )
    assert np.flatnonzero(plan.batteries[0].policy.cover).tolist() == [21, 22, 23]


def test_the_timer_buys_nothing_where_that_is_denied_and_stands_where_paused() -> None:
    denied = replace(HOME, batteries=(replace(BATTERY, may_charge_from_grid=False),))
    part = ruled(Rule.TIMER, denied, 2.0).batteries[0]
    assert not part.policy.buy.any()
    assert part.power_kw[7] == pytest.approx(-(3 * np.sin(np.pi / 12) - 0.6) / 3)
    paused = ruled(Rule.TIMER, paused=frozenset({"store"})).batteries[0]
    assert set(paused.mode) == {Mode.HOLD}
    assert {each.code for each in paused.reason} == {"paused"}


def test_a_timer_without_its_hours_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match="timetable"):
        make_plan(
            HOME, evening(), {"store": 5.0}, PlanState(), NOW, request=Request(Style(Rule.TIMER))
        )


def test_hours_gone_by_count_for_the_first_day() -> None:
    tariff = Tariff(PriceRule(1.0), PriceRule(1.0), ZONE, "EUR")
    two_days = Horizon.uniform(MIDNIGHT, 3600.0, 48)
    market = Series(two_days.start, two_days.end, np.array(CHEAP * 2))
    whole = timetable(two_days.start, two_days.hours, market.value, ZONE)
    ahead = Horizon(np.append(MIDNIGHT + 7.75 * 3600, two_days.edges[8:]))
    rest = timetable_ahead(ahead, market.on(ahead), market, tariff)
    assert rest.share.tolist() == pytest.approx(whole.share[7:].tolist())
    assert rest.cheap.tolist() == pytest.approx(whole.cheap[7:].tolist())
    begun = timetable_ahead(two_days, market.value, market, tariff)
    assert begun.share.tolist() == whole.share.tolist()


def test_unknown_prices_are_never_cheap() -> None:
    unknown = np.full(24, np.nan)
    found = timetable(DAY.start, DAY.hours, unknown, ZONE)
    assert not found.share.any()
    assert not found.dear(BATTERY, np.full(24, 9.9)).any()
    partly = timetable(DAY.start, DAY.hours, np.where(np.arange(24) < 9, np.nan, CHEAP), ZONE)
    assert not partly.share[:9].any()


SECOND = Battery("second", "Second", 6.0, 3.0, 3.0, min_soc=0.1, wear_per_kwh=0.02)
BOTH = replace(HOME, batteries=(BATTERY, SECOND))


def alone(home: Home, beliefs: Beliefs, start: Start) -> Plan:
    plan, _ = make_plan(
        home,
        beliefs,
        start.energy_kwh,
        PlanState(),
        NOW,
        request=Request(start.style, explained=False),
    )
    return plan


@pytest.mark.parametrize("home", [HOME, BOTH])
def test_many_plans_at_once_are_the_same_plans(home: Home) -> None:
    starts = [
        Start(style, {each.id: share * each.max_kwh for each in home.batteries})
        for style, share in zip(STYLES, (0.3, 0.9, 0.3, 0.5, 0.1, 0.8, 0.4, 0.4, 1.0), strict=True)
    ]
    beliefs = evening(Horizon.uniform(MIDNIGHT, 3600.0, 36))
    state = SweepState()
    for _ in range(2):  # The second time from a basis.
        plans, state = sweep(home, beliefs, starts, state, NOW)
        assert set(state.terminal_value) == {each.id for each in home.batteries}
        state = SweepState({}, state.bases)
        for start, plan in zip(starts, plans, strict=True):
            expected = alone(home, beliefs, start)
            assert plan.cost == pytest.approx(expected.cost, abs=0.02)
            assert plan.batteries[0].policy.absorb.tolist() == (
                expected.batteries[0].policy.absorb.tolist()
            )


def test_integers_are_solved_once_and_fit_all() -> None:
    home = Home(batteries=(BATTERY,), solar=(replace(ROOF, curtailable=False),))
    beliefs = evening()
    buy = np.where(np.arange(24) < 6, -0.6, beliefs.prices.buy)
    paid = replace(beliefs, prices=replace(beliefs.prices, buy=buy, sell=buy - 0.1))
    starts = [Start(Style(method=Method.POINT), {"store": energy}) for energy in (2.0, 5.0, 9.0)]
    plans, state = sweep(home, paid, starts, SweepState(), NOW)
    for start, plan in zip(starts, plans, strict=True):
        assert plan.batteries[0].energy_kwh.max() <= BATTERY.max_kwh + 1e-6
        assert plan.cost == pytest.approx(alone(home, paid, start).cost, abs=0.25)
    assert state.bases[Method.POINT] is not None


def test_where_one_has_no_optimum_each_is_made_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object, **_given: object) -> None:
        raise SolveError("none")

    starts = [Start(Style(method=Method.POINT), {"store": energy}) for energy in (2.0, 9.0)]
    whole, _ = sweep(HOME, evening(), starts, SweepState(), NOW)
    monkeypatch.setattr(module, "solve_each", fails)
    plans, state = sweep(HOME, evening(), starts, SweepState(), NOW)
    assert [plan.cost for plan in plans] == pytest.approx([plan.cost for plan in whole], abs=1e-3)
    assert state.terminal_value


def test_unsound_numbers_are_refused_at_once() -> None:
    program = build(HOME, evening(), {"store": 5.0}, {"store": 0.2}, frozenset()).arrays
    broken = replace(program, cost=np.full_like(program.cost, np.nan))
    with pytest.raises(SolveError, match="NaN"):
        solve_each(broken, np.array([0], dtype=np.int32), [np.array([1.0])])
