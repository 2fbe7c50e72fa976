"""The rows of the table: rules by hand, and a planner that knows only what is known."""

import math
from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.dispatch.respond import Slot
from custom_components.shems.core.plan.result import Reason, Right
from custom_components.shems.core.plan.style import STANDARD, Rule, Style
from custom_components.shems.core.replay import controllers
from custom_components.shems.core.replay.choice import Choice
from custom_components.shems.core.replay.controllers import (
    Planner,
    no_battery,
    self_consumption,
    timer,
)
from custom_components.shems.core.replay.rehearsal import Believe, Past
from custom_components.shems.core.replay.run import HISTORY_DAYS, Run, play, protocol_battery
from custom_components.shems.core.replay.shadow import Shadow
from custom_components.shems.core.units import Floats, InputError
from tests.core.replay.courses import run_of

FIRST = HISTORY_DAYS * 24
LARGE = replace(protocol_battery(), capacity_kwh=100.0)
CHEAP = [0.30] * 6 + [0.10, 0.05, 0.06] + [0.30] * 15
"""Three hours cost little: the second and third least, and half of the first."""


def test_without_a_battery_nothing_is_stored() -> None:
    run = run_of([1.0, 2.0], [3.0, 0.0], price=0.1)
    outcome = play(run, no_battery(run))
    assert outcome.power_kw.tolist() == [0, 0]
    assert outcome.cost.tolist() == pytest.approx([-2 * 0.09, 2 * 0.245])


def test_self_consumption_takes_surplus_and_covers_load_only() -> None:
    run = run_of([1.0, 0.0, 2.0, 9.0, 9.0], [3.0, 7.0, 0.0, 0.0, 0.0], price=0.1)
    outcome = play(run, self_consumption(run))
    assert outcome.power_kw.tolist() == pytest.approx(
        [-2, -(10 - 5.9) / 0.95, 2, 5, 9 * 0.95 - 2 - 5]
    )
    assert outcome.bought_kwh[:3].sum() == 0
    assert outcome.sold_kwh.tolist() == pytest.approx([0, 7 - 4.1 / 0.95, 0, 0, 0])


def test_timer_buys_in_the_cheapest_two_and_a_half_hours() -> None:
    run = run_of(np.zeros(48), price=CHEAP + CHEAP[::-1], battery=LARGE)
    taken = -play(run, timer(run)).power_kw
    half_of_the_third = {6: 2.5, 7: 5, 8: 5, 39: 5, 40: 5, 41: 2.5}
    assert taken.tolist() == pytest.approx([half_of_the_third.get(step, 0) for step in range(48)])


def test_timer_stops_when_the_battery_is_full() -> None:
    run = run_of(np.zeros(24), price=CHEAP)
    assert play(run, timer(run)).energy_kwh[-1] == pytest.approx(10)


def test_half_hours_hold_five_cheapest_steps() -> None:
    price = np.linspace(0.1, 0.5, 48)
    run = run_of(np.zeros(48), price=price, step_s=1800, battery=LARGE)
    assert np.flatnonzero(play(run, timer(run)).power_kw == -5).tolist() == [0, 1, 2, 3, 4]


def test_timer_discharges_only_where_it_pays_and_absorbs_else() -> None:
    cheap = (0.05 + 0.06 + 0.5 * 0.10) / 2.5 + 0.145
    limit = cheap / 0.95**2 + 0.01 + 0.02 - 0.145
    price = [*CHEAP[:10], limit - 0.001, limit + 0.001, *CHEAP[12:]]
    run = run_of([1.0] * 12 + [0.0] * 12, [0.0] * 12 + [1.0] * 12, price=price)
    power = play(run, timer(run)).power_kw
    assert power[:6].tolist() == pytest.approx([1, 1, 0.95 * 3 - 2, 0, 0, 0])
    assert (power[6:9] < 0).all()
    assert power[9:12].tolist() == pytest.approx([1, 0, 1])
    assert power[12:14].tolist() == pytest.approx([-1, -1])


def test_timer_has_no_cheap_hours_on_a_day_without_prices() -> None:
    run = run_of(np.ones(48), price=[math.nan] * 24 + CHEAP)
    control = timer(run)
    assert control(3, 4.0).buy == control(3, 4.0).cover == Right.NO
    assert control(24 + 7, 4.0).buy == Right.FREE


def household(count: int = FIRST + 48, *, step_s: float = 3600.0) -> dict[str, Floats]:
    """Return a home with a sunny roof, an evening peak and prices that move."""
    noise = np.random.default_rng(5)
    hour = np.arange(count) * step_s / 3600 % 24
    bell = np.maximum(np.sin((hour - 6) / 12 * np.pi), 0.0)
    return {
        "load": 0.4 + 1.5 * (np.abs(hour - 19) < 2) + noise.uniform(0, 0.4, count),
        "solar": 4 * bell * noise.uniform(0.2, 1, count),
        "price": 0.1 - 0.08 * bell + 0.1 * (np.abs(hour - 19) < 2) + noise.normal(0, 0.02, count),
        "forecast": 4 * bell * noise.uniform(0.2, 1, count),
    }


def run_with(columns: dict[str, Floats], *, step_s: float = 3600.0, first: int = FIRST) -> Run:
    return run_of(**columns, step_s=step_s, first=first, tariff="tou")


def rights(run: Run, step: int, *, told: bool = False, forecast: bool = False) -> list[Slot]:
    """Return what a fresh planner allows at a step, for several states of charge."""
    return [Planner(run, told=told, forecast=forecast)(step, energy) for energy in (2.0, 6.0, 9.5)]


@pytest.mark.parametrize("hour", [0, 8, 13, 14, 20])
def test_what_is_not_known_yet_changes_no_plan(hour: int) -> None:
    columns = household()
    step = FIRST + hour
    known = FIRST + (24 if hour <= 13 else 48)
    later = {name: each.copy() for name, each in columns.items()}
    for name in ("load", "solar", "forecast"):
        later[name][step:] = 7 - later[name][step:]
    later["price"][known:] = 3.0
    assert rights(run_with(columns), step) == rights(run_with(later), step)


@pytest.mark.parametrize("name", ["load", "solar", "price"])
def test_what_is_known_changes_plans(name: str) -> None:
    columns = household()
    step = FIRST + 8
    other = {key: each.copy() for key, each in columns.items()}
    where = slice(step + 4, step + 16) if name == "price" else slice(step - 7 * 24, step)
    other[name][where] = other[name][where][::-1] * 3
    assert rights(run_with(columns), step) != rights(run_with(other), step)


def test_who_is_told_load_and_sun_knows_them_ahead() -> None:
    columns = household()
    step = FIRST + 8
    other = {key: each.copy() for key, each in columns.items()}
    other["load"][step + 2 :] *= 4
    run, changed = run_with(columns), run_with(other)
    assert rights(run, step, told=True) != rights(changed, step, told=True)
    assert rights(run, step) == rights(changed, step)


def test_beyond_the_end_of_the_data_the_told_one_believes() -> None:
    run = run_with(household())
    slots = rights(run, run.last - 1, told=True)
    assert all(slot.hours == 1 for slot in slots)


def test_a_forecast_of_unknown_age_is_used_only_where_that_is_asked_for() -> None:
    columns = household()
    step = FIRST + 5
    other = columns | {"forecast": columns["forecast"] * 0.0}
    run, changed = run_with(columns), run_with(other)
    assert rights(run, step) == rights(changed, step)
    assert rights(run, step, forecast=True) != rights(changed, step, forecast=True)
    none = run_with({key: each for key, each in columns.items() if key != "forecast"})
    assert rights(none, step, forecast=True) == rights(none, step)


@pytest.mark.parametrize(("step_s", "plans"), [(300.0, 4), (900.0, 12), (1200.0, 12), (3600.0, 12)])
def test_a_plan_holds_for_a_quarter_of_an_hour_or_a_step(step_s: float, plans: int) -> None:
    first = round(HISTORY_DAYS * 86400 / step_s)
    run = run_with(household(first + 12, step_s=step_s), step_s=step_s, first=first)
    planner = Planner(run)
    for step in run.steps:
        assert planner(step, 5.0).hours == pytest.approx(step_s / 3600)
    assert len(planner.seconds) == plans
    assert all(0 < each < 60 for each in planner.seconds)


def test_where_no_load_was_ever_seen_it_runs_the_rule() -> None:
    columns = household(FIRST + 20 * 24)
    columns["load"][: FIRST + 16 * 24] = math.nan
    run = run_with(columns)
    planner = Planner(run)
    after = FIRST + 16 * 24
    first = planner(after, 5.0)
    assert (first.buy, first.absorb, first.cover, first.sell) == (0, Right.FREE, Right.FREE, 0)
    assert planner.seconds == []
    planner(after + 1, 5.0)
    assert len(planner.seconds) == 1


def test_learners_know_nothing_of_what_comes_and_are_the_same_in_any_order() -> None:
    columns = household(FIRST + 3 * 24)
    step = FIRST + 24 + 14
    changed = {key: each.copy() for key, each in columns.items()}
    for name in ("load", "solar", "forecast"):
        changed[name][step:] = 7.0
    plans = []
    for course in (columns, changed):
        planner = Planner(run_with(course), learners=True)
        planner(FIRST, 5.0)
        planner(FIRST + 24, 5.0)
        planner(FIRST + 25, 5.0)
        planner(FIRST + 1, 5.0)
        slot = planner(step, 5.0)
        plans.append((slot.buy, slot.absorb, slot.cover, slot.sell, slot.levels))
    assert plans[0] == plans[1]
    assert plans[0][-1] is not None
    plain = Planner(run_with(columns))
    assert plain(step, 5.0).levels != plans[0][-1]


def test_other_faults_are_not_hidden() -> None:
    with pytest.raises(InputError, match="out of range"):
        Planner(run_with(household()))(FIRST, 11.0)


def test_in_the_end_it_saves_money() -> None:
    run = run_with(household())
    costs = [
        play(run, control).cost.sum()
        for control in (Planner(run, told=True), self_consumption(run), no_battery(run))
    ]
    assert costs == sorted(costs)


def test_a_planner_in_the_timer_s_style_runs_the_timer() -> None:
    columns = household(FIRST + 48)
    run = run_with(columns)
    planner = Planner(run, style=Style(Rule.TIMER))
    ours, protocol = play(run, planner), play(run, timer(run))
    bought = [np.flatnonzero(each.power_kw + run.solar_kw < -1.0) for each in (ours, protocol)]
    days = run.prices[0][FIRST:].reshape(-1, 24)
    hours = FIRST + np.arange(2)[:, np.newaxis] * 24 + np.argsort(days, axis=1)[:, :3]
    assert len(bought[1]) == 2
    assert {*bought[1].tolist()} < {*bought[0].tolist()} <= {*hours.ravel().tolist()}
    assert ours.cost.sum() < protocol.cost.sum(), (
        "the limit keeps it from buying what stays in store"
    )
    assert planner.choices == {}


def test_each_night_chooses_what_runs_the_next_day(monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_with(household(FIRST + 48))
    played: list[tuple[int | None, float, Style]] = []

    def nothing(
        shadow: Shadow | None, past: Past, _believe: Believe, until: float, *, running: Style
    ) -> Shadow:
        played.append((None if shadow is None else shadow.next_day, until, running))
        return Shadow(past.key, len(played), {})

    def favour(shadow: Shadow, _running: Style) -> Choice:
        style = STANDARD if shadow.next_day == 1 else Style(Rule.SELF_CONSUMPTION)
        return Choice(style, Reason("style_new"), {}, 0)

    monkeypatch.setattr(controllers, "replay", nothing)
    monkeypatch.setattr(controllers, "choose", favour)
    planner = Planner(run, shadow=True)
    ours, rule = play(run, planner), play(run, self_consumption(run))
    began = float(run.course.start[FIRST])
    assert played == [(None, began, STANDARD), (1, began + 24 * 3600.0, STANDARD)]
    assert [each.style for each in planner.choices.values()] == [
        STANDARD,
        Style(Rule.SELF_CONSUMPTION),
    ]
    assert len(planner.nights) == 2
    net = run.net_kw[-24:, 0]
    assert (ours.power_kw[-24:] * net >= -1e-9).all()
    assert not np.allclose(ours.power_kw[FIRST : FIRST + 24], rule.power_kw[FIRST : FIRST + 24])
