"""Which style runs the next day: what loses goes, what is good stays, and nothing flaps."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pytest

from custom_components.shems.core.plan.style import STANDARD, Rule, Style
from custom_components.shems.core.replay.choice import Choice, choose
from custom_components.shems.core.replay.codec import decode, encode
from custom_components.shems.core.replay.rehearsal import CANDIDATES, Day
from custom_components.shems.core.replay.shadow import KEPT_DAYS, Shadow
from custom_components.shems.core.units import Floats

LOAD = 4.0
"""Currency a day that the load costs."""
WORSE: dict[str, float] = dict.fromkeys(CANDIDATES, 2.6) | {STANDARD.name: 2.0}
"""Daily costs where the standard is by far the best."""


def shadow_of(costs: Mapping[str, Floats]) -> Shadow:
    count = len(next(iter(costs.values())))
    days = tuple(
        Day(day, LOAD, 0.1, {name: float(costs[name][day]) for name in CANDIDATES}, NOTHING)
        for day in range(count)
    )[-KEPT_DAYS:]
    return Shadow(0, count, {name: {} for name in CANDIDATES}, {}, days)


NOTHING = dict.fromkeys(CANDIDATES, 0.0)


def nights(costs: Mapping[str, Floats], running: Style = STANDARD) -> list[Choice]:
    """Return the choice of every night; what is chosen runs until the next."""
    chosen = []
    for night in range(len(next(iter(costs.values()))) + 1):
        known = {name: each[:night] for name, each in costs.items()}
        chosen.append(choose(shadow_of(known), running))
        running = chosen[-1].style
    return chosen


def costs_of(
    means: Mapping[str, float], days: int, noise: float, seed: int = 1
) -> dict[str, Floats]:
    """Return daily costs about their means: a weather of all, and noise of each."""
    random = np.random.default_rng(seed)
    weather = random.normal(0.0, 1.0, days)
    return {
        name: means.get(name, 2.5) + weather + random.normal(0.0, noise, days)
        for name in CANDIDATES
    }


def names(chosen: Sequence[Choice]) -> list[str]:
    return [each.style.name for each in chosen]


def test_before_a_week_is_seen_the_standard_runs() -> None:
    chosen = nights(costs_of({"point_0": 0.5}, 9, 0.0), Style(Rule.TIMER))
    assert names(chosen[:8]) == [STANDARD.name] * 8
    assert {each.reason.code for each in chosen[:8]} == {"style_new"}
    assert chosen[8].style.name == "point_0"


@pytest.mark.parametrize("seed", range(4))
def test_a_standard_that_loses_is_dropped_within_a_fortnight(seed: int) -> None:
    chosen = nights(costs_of({STANDARD.name: 2.6, "point_2": 2.0}, 30, 0.2, seed))
    assert set(names(chosen[14:])) == {"point_2"}
    assert chosen[14].reason.code == "style_cheaper"
    assert chosen[14].reason.args["days"] == 14
    assert chosen[14].reason.args["saved"] == pytest.approx(8.4, abs=2.0)


@pytest.mark.parametrize("seed", range(4))
def test_a_style_that_begins_to_lose_is_dropped(seed: int) -> None:
    before = costs_of(WORSE, 40, 0.2, seed)
    after = costs_of(WORSE | {STANDARD.name: 3.2, "point_8": 2.0}, 40, 0.2, seed + 9)
    chosen = nights({name: np.concatenate([before[name], after[name]]) for name in CANDIDATES})
    assert set(names(chosen[:40])) == {STANDARD.name}
    assert set(names(chosen[64:])) == {"point_8"}


@pytest.mark.parametrize("seed", range(6))
def test_noise_does_not_move_a_good_style(seed: int) -> None:
    chosen = names(nights(costs_of(WORSE, 180, 0.5, seed)))
    assert set(chosen) == {STANDARD.name}


@pytest.mark.parametrize("seed", range(6))
def test_among_equals_there_is_no_flapping(seed: int) -> None:
    means = dict.fromkeys(CANDIDATES, 2.0) | dict.fromkeys(("self_consumption", "timer"), 2.6)
    chosen = names(nights(costs_of(means, 180, 0.25, seed)))
    assert sum(one != two for one, two in pairwise(chosen)) <= 6


def test_what_differs_little_stays_as_it_is() -> None:
    means = WORSE | {STANDARD.name: 2.0, "scenarios_2": 1.998}
    chosen = nights(costs_of(means, 60, 0.3, 2))
    assert set(names(chosen)) == {STANDARD.name}
    assert chosen[-1].reason.code == "style_standard"


def test_where_every_plan_loses_the_cheaper_rule_runs() -> None:
    means = dict.fromkeys(CANDIDATES, 3.0) | {"self_consumption": 2.6, "timer": 2.9}
    chosen = nights(costs_of(means, 40, 0.1))
    assert set(names(chosen[14:])) == {"self_consumption"}
    assert chosen[-1].reason.code == "style_lost"
    assert chosen[-1].reason.args == {"days": 28, "saved": pytest.approx(28 * 0.4, abs=2.0)}
    means = means | {"timer": 2.3}
    assert names(nights(costs_of(means, 40, 0.1)))[-1] == "timer"


def test_plans_come_back_when_they_win_again() -> None:
    lost = costs_of(WORSE | dict.fromkeys((STANDARD.name, "self_consumption"), 2.0), 20, 0.0)
    lost["self_consumption"] -= 0.3
    won = costs_of(WORSE, 50, 0.1)
    chosen = names(nights({name: np.concatenate([lost[name], won[name]]) for name in CANDIDATES}))
    assert chosen[20] == "self_consumption"
    assert chosen[-1] == STANDARD.name


def test_costs_are_those_of_the_days_kept() -> None:
    costs = costs_of(WORSE, 35, 0.2)
    choice = choose(shadow_of(costs), STANDARD)
    assert choice.days == KEPT_DAYS
    assert choice.costs == pytest.approx({name: each[-28:].sum() for name, each in costs.items()})


def test_a_style_that_is_no_longer_offered_gives_way() -> None:
    costs = costs_of(WORSE, 20, 0.2)
    assert choose(shadow_of(costs), Style(margin_share=0.5)).style == STANDARD


def test_days_that_cost_nothing_say_nothing() -> None:
    shadow = shadow_of(costs_of(WORSE | {"timer": 1.0}, 20, 0.0))
    free = tuple(Day(each.day, 0.0, 0.0, each.cost, NOTHING) for each in shadow.days)
    choice = choose(Shadow(0, 20, shadow.energy_kwh, {}, free), STANDARD)
    assert choice.style == STANDARD


def test_without_any_day_there_is_a_choice_too() -> None:
    choice = choose(Shadow(0, 0, {}), STANDARD)
    assert (choice.style, choice.days) == (STANDARD, 0)


def test_a_choice_can_be_kept() -> None:
    choice = nights(costs_of({STANDARD.name: 2.6, "timer": 1.0}, 30, 0.2))[-1]
    assert decode(Choice, encode(choice)) == choice
