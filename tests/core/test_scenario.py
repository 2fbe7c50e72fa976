"""Runs that are kept, sent and made again; and what a plan says about itself."""

import json
import math
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np
import pytest

from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.load import Load
from custom_components.shems.core.forecast.believe import premise
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.forecast.learned import Learned, learn
from custom_components.shems.core.horizon import HOUR_S
from custom_components.shems.core.neighbours import Neighbours
from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.plan.result import Mode, Plan, Status
from custom_components.shems.core.plan.style import Rule, Style
from custom_components.shems.core.replay.codec import decode, encode, encode_fields
from custom_components.shems.core.replay.preview import costs, mean_kw, next_change
from custom_components.shems.core.replay.scenario import Scenario
from custom_components.shems.core.series import Series
from custom_components.shems.core.tariff import PriceRule, Tariff, Window
from custom_components.shems.core.units import Bools, Floats, InputError
from tests.core.homes import BATTERY, HOME, NOW, certain, hourly

SCENARIOS = sorted((Path(__file__).resolve().parents[1] / "scenarios").glob("*.json"))
DAY = 24 * HOUR_S


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Inner:
    number: float
    word: str = "none"


@dataclass(frozen=True)
class Everything:
    real: float
    count: int
    flag: bool
    colour: Colour
    values: Floats
    flags: Bools
    inner: tuple[Inner, ...]
    by_name: dict[str, Inner]
    perhaps: Inner | None
    mixed: dict[str, float | int | str]
    several: list[int]
    unique: frozenset[str]


EVERYTHING = Everything(
    real=1.25,
    count=3,
    flag=True,
    colour=Colour.RED,
    values=np.array([1.0, math.nan]),
    flags=np.array([True, False]),
    inner=(Inner(1.0), Inner(2.0, "two")),
    by_name={"a": Inner(3.0)},
    perhaps=None,
    mixed={"a": 1.5, "b": "text"},
    several=[1, 2],
    unique=frozenset({"x"}),
)


def test_a_result_survives_json() -> None:
    text = json.dumps(encode(EVERYTHING), allow_nan=False)
    again = decode(Everything, json.loads(text))
    assert np.array_equal(again.values, EVERYTHING.values, equal_nan=True)
    assert again.flags.tolist() == [True, False]
    plain = {"values": np.empty(0), "flags": np.empty(0)}
    assert encode(replace(again, **plain)) == encode(replace(EVERYTHING, **plain))
    assert again.colour is Colour.RED
    assert again.unique == {"x"}


def test_numbers_can_be_rounded_and_are_never_infinite() -> None:
    assert encode(Inner(1.23456789), 3) == {"number": 1.235, "word": "none"}
    assert encode(Inner(math.inf)) == {"number": None, "word": "none"}
    assert encode_fields(Inner(2.0)) == {"number": 2.0, "word": "none"}


def test_what_the_data_lacks_keeps_its_default() -> None:
    assert decode(Inner, {"number": 2}) == Inner(2.0)
    assert decode(Inner, {"number": 2, "unheard_of": 1}) == Inner(2.0)
    assert math.isnan(decode(Inner, {"number": None}).number)


@pytest.mark.parametrize(
    "data", [[], {}, {"number": "two"}, {"number": True}, None, {"number": 1, "word": None}]
)
def test_data_of_another_kind_is_refused(data: object) -> None:
    if data == {"number": 1, "word": None}:
        assert decode(Inner, data).word is None  # Texts are taken as they are.
        return
    with pytest.raises(TypeError):
        decode(Inner, data)


def test_lists_and_words_are_checked() -> None:
    good = encode_fields(EVERYTHING)
    for key, bad, error in (
        ("values", {}, TypeError),
        ("inner", {}, TypeError),
        ("by_name", [], TypeError),
        ("colour", "blue", ValueError),
    ):
        with pytest.raises(error):
            decode(Everything, {**good, key: bad})
    with pytest.raises(TypeError):
        decode(int, "three")
    with pytest.raises(TypeError):
        encode(object())


def test_unions_of_several_kinds_are_left_as_they_are() -> None:
    assert decode(Everything, encode(EVERYTHING)).mixed == {"a": 1.5, "b": "text"}
    with_inner = replace(EVERYTHING, perhaps=Inner(5.0))
    assert decode(Everything, encode(with_inner)).perhaps == Inner(5.0)


TARIFF = Tariff(
    buy=PriceRule(fee=0.4, windows=(Window(0, 22 * 60, 0.1),)),
    sell=PriceRule(fee=0.05),
    zone="UTC",
    currency="EUR",
)


def scenario(tariff: Tariff = TARIFF, market: Series | None = None) -> Scenario:
    slots = NOW // 300 * 300 - 300 * np.arange(2 * 288, 0, -1.0)
    load = Series(slots, slots + 300, np.full(len(slots), 2.0))
    return Scenario(
        NOW,
        replace(HOME, loads=(Load("plug", "Kettle"),)),
        tariff,
        History(load=load, market=market or Series.empty()),
        {BATTERY.id: 3.0},
        solar_given=Series.of([(NOW, NOW + DAY, 0.5)]),
        terminal_value={BATTERY.id: 0.2},
    )


def test_a_scenario_makes_the_same_plan_after_json() -> None:
    one = scenario().make()
    again = Scenario.from_json(json.loads(json.dumps(scenario().to_json()))).make()
    assert one.plan.status is Status.OPTIMAL
    assert again.plan.cost == pytest.approx(one.plan.cost, abs=1e-4)
    assert np.allclose(again.beliefs.load.mean, one.beliefs.load.mean, atol=1e-5)
    assert again.state.terminal_value == pytest.approx(one.state.terminal_value, abs=1e-4)


def test_a_scenario_keeps_what_the_neighbours_expect() -> None:
    """An hour of their surplus is bought for, and a download of it says the same again."""
    begin = NOW - NOW % 900
    surplus = np.where(np.arange(96) // 4 == 6, 9000.0, 0.0)
    surplus[-1] = np.nan
    shared = Neighbours(begin, 900.0, np.full(96, 500.0), surplus, 0.02, 0.01, NOW)
    alone = replace(scenario(), tariff=replace(TARIFF, buy=PriceRule(fee=0.4)))
    made = replace(alone, neighbours=shared)
    one = made.make()
    again = Scenario.from_json(json.loads(json.dumps(made.to_json(), allow_nan=False))).make()
    hour = np.flatnonzero(one.beliefs.prices.buy < 0.1)
    assert len(hour) == 4
    assert one.plan.grid_kw[hour].mean() > 3 > alone.make().plan.grid_kw[hour].mean()
    assert again.plan.cost == pytest.approx(one.plan.cost, abs=1e-4)
    late = replace(made, neighbours=replace(shared, issued=NOW - 3 * 900)).make()
    assert late.plan.prices.own is None, "an outlook that is too old counts for nothing"


def test_a_scenario_keeps_what_the_learners_handed_on() -> None:
    made = scenario(replace(TARIFF, buy=PriceRule(1.0, 0.1)))
    days = Days("UTC", HOUR_S)
    begin = days.midnight(days.day(NOW) - 30)
    start = begin + HOUR_S * np.arange(33 * 24.0)
    hour = np.arange(33 * 24) % 24
    load = Series(start, start + HOUR_S, 1.0 + (hour > 16) + 0.3 * np.sin(np.arange(33 * 24)))
    sun = Series(start, start + HOUR_S, np.maximum(0.0, 3 * np.sin((hour - 6) / 12 * np.pi)))
    market = Series(start, start + HOUR_S, 0.1 + 0.05 * np.cos(hour / 12 * np.pi))
    outdoor = Series(start, start + HOUR_S, 9.0 - 5 * np.cos(hour / 12 * np.pi) + hour % 3)
    past = History(load, sun, market, outdoor=outdoor)
    known, _ = learn(Learned(), past, "UTC", NOW, boosting=False)
    found = premise(known, past, days, NOW, known_until=NOW + DAY)
    assert found.load is not None
    made = replace(made, history=past, premise=found)
    one = made.make()
    text = json.dumps(made.to_json(), allow_nan=False)
    again = Scenario.from_json(json.loads(text)).make()
    assert one.beliefs.load.source == again.beliefs.load.source == "mix"
    assert again.plan.cost == pytest.approx(one.plan.cost, abs=1e-3)
    for told, kept in (
        (one.beliefs.market, again.beliefs.market),
        (one.beliefs.temperature, again.beliefs.temperature),
    ):
        assert told is not None
        assert kept is not None
        assert len(kept.paths) == 16
        assert kept.paths == pytest.approx(told.paths, abs=1e-4)
    assert len(text) < 1_000_000


def test_a_scenario_can_be_run_by_the_timer() -> None:
    plan = replace(scenario(), style=Style(Rule.TIMER)).make().plan
    assert plan.style == Style(Rule.TIMER)
    assert "timer_charges" in {each.code for each in plan.batteries[0].reason}


def test_a_basis_changes_nothing_but_time() -> None:
    first = scenario().make()
    second = scenario().make(replace(first.state, terminal_value={BATTERY.id: 0.2}))
    assert second.plan.cost == pytest.approx(first.plan.cost, abs=1e-4)


def test_an_anonymous_scenario_tells_no_names_and_plans_the_same() -> None:
    nameless = scenario().anonymous()
    text = json.dumps(nameless.to_json())
    assert not any(name in text for name in ("Store", "Roof", "Kettle"))
    assert nameless.make().plan.cost == pytest.approx(scenario().make().plan.cost)


def test_the_price_of_now_is_never_guessed() -> None:
    spot = replace(TARIFF, buy=PriceRule(factor=1.0))
    yesterday = Series.of([(NOW - DAY, NOW - HOUR_S, 0.1)])
    with pytest.raises(InputError, match="prices missing"):
        scenario(spot, yesterday).make()
    today = Series.of([(NOW - DAY, NOW + HOUR_S, 0.1)])
    assert scenario(spot, today).make().plan.prices.known[0]


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_download_replays(path: Path) -> None:
    download = json.loads(path.read_text())
    told = decode(Plan, download["plan"])
    plan = Scenario.from_json(download["scenario"]).make().plan
    assert plan.status is told.status
    assert np.allclose(plan.horizon.edges, told.horizon.edges, atol=1e-3)
    assert np.allclose(plan.load_kw, told.load_kw, atol=1e-3)
    assert np.allclose(plan.prices.buy, told.prices.buy, atol=1e-3)
    assert plan.cost == pytest.approx(told.cost, abs=0.01)
    for one, other in zip(plan.batteries, told.batteries, strict=True):
        assert one.mode[0] is other.mode[0]
        assert float(one.energy_kwh[-1]) == pytest.approx(float(other.energy_kwh[-1]), abs=0.05)


def test_there_are_downloads_to_replay() -> None:
    assert SCENARIOS


def dear_later(hours: int = 4) -> Plan:
    beliefs = certain(2.0, 0.0, [0.1, 0.1, *[0.5] * (hours - 2)], 0.05, horizon=hourly(hours))
    plan, _ = make_plan(HOME, beliefs, {BATTERY.id: 3.0}, PlanState({BATTERY.id: 0.1}), NOW)
    return plan


def test_the_next_change_is_the_next_other_mode() -> None:
    plan = dear_later()
    change = next_change(plan, BATTERY.id, NOW)
    part = plan.battery(BATTERY.id)
    assert change is not None
    assert part is not None
    assert change.mode is not part.mode[0]
    step = plan.horizon.index(change.at)
    assert step is not None
    assert change.mode is part.mode[step]
    assert change.power_kw == part.power_kw[step]
    assert all(mode is part.mode[0] for mode in part.mode[:step])


def test_without_another_mode_there_is_no_change() -> None:
    plan = dear_later()
    assert next_change(plan, "nobody", NOW) is None
    assert next_change(plan, BATTERY.id, NOW - 1) is None
    assert plan.batteries[0].mode[2] is plan.batteries[0].mode[3]
    assert next_change(plan, BATTERY.id, NOW + 2.5 * HOUR_S) is None
    assert next_change(plan, BATTERY.id, float(plan.horizon.edges[-1]) - 1) is None


def test_means_cover_only_the_horizon() -> None:
    plan = dear_later()
    values = np.array([1.0, 2.0, 3.0, 4.0])
    assert mean_kw(values, plan.horizon, NOW + 1800, NOW + 5400) == pytest.approx(1.5)
    assert mean_kw(values, plan.horizon, NOW + DAY, NOW + 2 * DAY) is None


def test_costs_stand_beside_what_else_could_be() -> None:
    plan = dear_later()
    result = costs(plan, HOME, {BATTERY.id: 3.0}, 24.0)
    assert result.without_battery == pytest.approx(2 * 2 * 0.1 + 2 * 2 * 0.5)
    assert result.plan < min(result.self_consumption, result.without_battery)
    first = costs(plan, HOME, {BATTERY.id: 3.0}, 1.0)
    assert first.without_battery == pytest.approx(2 * 0.1)


def test_the_rule_stores_surplus() -> None:
    beliefs = certain(1.0, [4.0, 0.0], 0.3, 0.05, horizon=hourly(2))
    plan, _ = make_plan(HOME, beliefs, {BATTERY.id: 1.0}, PlanState({BATTERY.id: 0.0}), NOW)
    result = costs(plan, HOME, {BATTERY.id: 1.0}, 2.0)
    assert result.without_battery == pytest.approx(0.3 - 3 * 0.05)
    assert result.self_consumption < result.without_battery


def test_a_battery_that_is_gone_changes_nothing() -> None:
    plan = dear_later()
    result = costs(plan, Home(), {BATTERY.id: 3.0}, 24.0)
    assert result.self_consumption == pytest.approx(result.without_battery)
    unknown = costs(plan, HOME, {}, 24.0)
    assert unknown.self_consumption == pytest.approx(unknown.without_battery)


def test_modes_keep_their_words() -> None:
    again = decode(Plan, encode(dear_later()))
    part = again.battery(BATTERY.id)
    assert part is not None
    assert all(isinstance(mode, Mode) for mode in part.mode)
    assert part.policy.buy.dtype.kind == "i"
