"""The home's last days under every style: played as they were, with what was known then."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.solar import Solar
from custom_components.shems.core.forecast.beliefs import Beliefs, Outlook
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.forecast.levels import LEVELS
from custom_components.shems.core.forecast.simple import believe as simple_believe
from custom_components.shems.core.horizon import Horizon
from custom_components.shems.core.plan.risk import RiskBudget
from custom_components.shems.core.plan.style import STANDARD, Method, Rule, Style
from custom_components.shems.core.replay.bankroll import risk_budget
from custom_components.shems.core.replay.controllers import Planner, self_consumption
from custom_components.shems.core.replay.rehearsal import CANDIDATES, RUN, Believe, Past
from custom_components.shems.core.replay.run import (
    CONNECTION,
    play,
    protocol_battery,
    protocol_tariff,
)
from custom_components.shems.core.replay.score import cost
from custom_components.shems.core.replay.shadow import (
    KEPT_DAYS,
    Shadow,
    published_until,
    replay,
)
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats, InputError
from tests.core.replay.courses import ZONE, at, run_of

HOUR = 3600.0
DAY = 86400.0
START_AS_RUN = replace(protocol_battery(), min_soc=0.0, max_soc=0.8)
"""Half full is what a run begins with."""
FIRST = "2024-05-01"
RULES = ("self_consumption", "timer")
PLAIN, TIMER = Style(Rule.SELF_CONSUMPTION), Style(Rule.TIMER)
PLANS = [name for name in CANDIDATES if name not in RULES]


def household(count: int, step_s: float = HOUR, seed: int = 5) -> dict[str, Floats]:
    """Return a home with a sunny roof, an evening peak and prices that move."""
    noise = np.random.default_rng(seed)
    hour = np.arange(count) * step_s / HOUR % 24
    bell = np.maximum(np.sin((hour - 6) / 12 * np.pi), 0.0)
    return {
        "load": 0.4 + 1.5 * (np.abs(hour - 19) < 2) + noise.uniform(0, 0.4, count),
        "solar": 4 * bell * noise.uniform(0.2, 1, count),
        "price": 0.1 - 0.12 * bell + 0.1 * (np.abs(hour - 19) < 2) + noise.normal(0, 0.02, count),
    }


def past_of(
    days: float,
    *,
    begin: str = FIRST,
    step_s: float = HOUR,
    home: Home | None = None,
    columns: dict[str, Floats] | None = None,
) -> Past:
    """Return a past of whole steps from a local midnight on."""
    count = round(days * DAY / step_s)
    start = at(begin) + step_s * np.arange(count)
    known = household(count, step_s) | (columns or {})
    load, solar, market = (
        Series(start, start + step_s, known[name]) for name in ("load", "solar", "price")
    )
    roof = (Solar("solar", "Solar", curtailable=True),)
    return Past(
        home or Home(CONNECTION, roof, (START_AS_RUN,)),
        protocol_tariff("tou", ZONE, "EUR"),
        History(load, solar, market),
    )


def two_ways(past: Past) -> Believe:
    """Return beliefs in the truth, give or take a fifth of it."""

    def believe(now: float, horizon: Horizon) -> Beliefs:
        history = past.history

        def outlook(series: Series) -> Outlook:
            true = np.nan_to_num(series.on(horizon), nan=0.5)
            paths = np.stack([0.8 * true, 1.2 * true])
            return Outlook(true, np.quantile(paths, LEVELS, axis=0), paths, "test")

        market = np.nan_to_num(history.market.on(horizon), nan=0.1)
        prices = past.tariff.prices(market, horizon)
        return Beliefs(horizon, outlook(history.load), outlook(history.solar), prices)

    return believe


def midnight(days: int, begin: str = FIRST) -> float:
    return at(begin) + days * DAY


def totals(shadow: Shadow) -> dict[str, float]:
    return {name: float(shadow.daily(name).sum()) for name in CANDIDATES}


@pytest.fixture(scope="module")
def played() -> tuple[Past, Shadow]:
    """Two days of a home with one battery."""
    past = past_of(3)
    return past, replay(None, past, two_ways(past), midnight(2))


def test_the_rule_costs_what_it_costs_in_the_closed_loop() -> None:
    columns = household(72)
    run = run_of(**columns, tariff="tou", battery=START_AS_RUN)
    past = Past(run.home, run.tariff, run.history)
    shadow = replay(None, past, nothing_known, midnight(3))
    outcome, name = play(run, self_consumption(run)), "self_consumption"
    assert sum(day.cost[name] for day in shadow.days) == pytest.approx(
        float(outcome.cost.sum()), abs=0.02
    )
    assert shadow.energy_kwh[name]["battery"] == pytest.approx(outcome.energy_kwh[-1], abs=0.1)
    assert sum(day.load_cost for day in shadow.days) == pytest.approx(run.gross_load_cost)


@pytest.mark.parametrize("style", [STANDARD, TIMER])
def test_a_style_and_its_run_cost_what_the_planner_pays(style: Style) -> None:
    columns = household(24 * 4)
    run = run_of(**columns, tariff="tou", battery=START_AS_RUN, first=48)
    past = Past(run.home, run.tariff, run.history)
    planner = Planner(run, style=style)
    outcome = play(run, planner)

    def believe(now: float, horizon: Horizon) -> Beliefs:
        step = round((now - run.course.start[0]) / HOUR)
        if step < run.first:
            raise InputError("no_load_history")
        return simple_believe(
            run.history, run.tariff, horizon, now, known_until=float(run.known_until[step])
        )

    begun = replay(None, past, believe, midnight(2))
    level = {name: {"battery": run.start_kwh} for name in (*CANDIDATES, RUN)}
    before = replace(begun, energy_kwh=level, days=())
    shadow = replay(before, past, believe, midnight(4), running=style)
    paid = cost(run, outcome, run.first, run.last)
    for name in (style.name, RUN):
        assert float(shadow.daily(name).sum()) == pytest.approx(
            paid, abs=0.01 * run.gross_load_cost
        )


def test_a_run_goes_on_with_its_own_store_when_the_style_changes() -> None:
    """A timer that filled its battery long ago needs to buy nothing; the home has yet to."""
    night = np.arange(72) % 24 < 3
    columns = {
        "solar": np.zeros(72),
        "load": np.where(np.arange(72) < 48, 0.0, 0.5),
        "price": np.where(night, 0.05, 0.06),
    }
    past = past_of(3, columns=columns)
    begun = replay(None, past, two_ways(past), midnight(1), running=PLAIN)
    level = begun.energy_kwh | {"timer": {"battery": START_AS_RUN.max_kwh}, RUN: {"battery": 0.0}}
    before = replace(begun, energy_kwh=level, days=())
    assert before.risk(PLAIN) == RiskBudget()
    once = replay(before, past, two_ways(past), midnight(2), running=TIMER)
    ran = once.risk(TIMER)
    assert once.energy_kwh[RUN]["battery"] > 0.0
    assert ran.won < -0.001
    assert risk_budget(once.days, "timer").won > ran.won + 0.001
    again = replay(once, past, two_ways(past), midnight(3), running=PLAIN)
    used = once.energy_kwh[RUN]["battery"] - again.energy_kwh[RUN]["battery"]
    assert used > 0.4, "what the timer bought is there for the rule to use"


def test_a_shadow_of_before_there_was_a_run_has_that_of_the_style_running(
    played: tuple[Past, Shadow],
) -> None:
    past, whole = played
    days = tuple(
        replace(
            day,
            cost={name: day.cost[name] for name in CANDIDATES},
            gained_kwh={name: day.gained_kwh[name] for name in CANDIDATES},
        )
        for day in whole.days
    )
    energy = {name: whole.energy_kwh[name] for name in CANDIDATES}
    old = Shadow.from_json(replace(whole, energy_kwh=energy, days=days).to_json())
    for style, name in ((TIMER, "timer"), (Style(margin_share=0.5), STANDARD.name)):
        assert old.risk(style) == risk_budget(old.days, name)
        later = replay(old, past, two_ways(past), midnight(3), running=style)
        assert [day.cost[RUN] for day in later.days[:2]] == [day.cost[name] for day in old.days]


def nothing_known(_now: float, _horizon: Horizon) -> Beliefs:
    raise InputError("no_load_history")


def test_without_beliefs_every_style_is_self_consumption() -> None:
    past = past_of(2)
    shadow = replay(None, past, nothing_known, midnight(2))
    cost_of = totals(shadow)
    assert {round(cost_of[name], 9) for name in PLANS} == {round(cost_of["self_consumption"], 9)}
    assert cost_of["timer"] == cost_of["self_consumption"]


def test_plans_that_know_much_save_money(played: tuple[Past, Shadow]) -> None:
    _, shadow = played
    cost_of = totals(shadow)
    assert max(cost_of[name] for name in PLANS) < min(cost_of[name] for name in RULES)
    assert len({round(cost_of[name], 6) for name in PLANS}) > 2


def test_slices_come_to_the_same(played: tuple[Past, Shadow]) -> None:
    past, whole = played
    shadow: Shadow | None = None
    for done in (1, 2, 2):
        shadow = replay(shadow, past, two_ways(past), midnight(2), most_days=1)
        assert len(shadow.days) == done
        shadow = Shadow.from_json(shadow.to_json())
    assert shadow is not None
    assert shadow.next_day == whole.next_day
    for name in CANDIDATES:
        assert shadow.daily(name) == pytest.approx(whole.daily(name), abs=1e-3)


def test_nothing_after_the_end_is_seen(played: tuple[Past, Shadow]) -> None:
    past, shadow = played
    asked: list[float] = []
    later = {name: each.copy() for name, each in household(72).items()}
    for each in later.values():
        each[48:] = 9.0

    def believe(now: float, horizon: Horizon) -> Beliefs:
        asked.append(now)
        return two_ways(past)(now, horizon)

    again = replay(None, past_of(3, columns=later), believe, midnight(2))
    assert again == replace(shadow, key=again.key)
    assert asked == [midnight(0) + HOUR * hour for hour in range(48)]


def test_a_day_that_is_not_over_is_not_played(played: tuple[Past, Shadow]) -> None:
    past, shadow = played
    assert replay(shadow, past, two_ways(past), midnight(3) - 1) == shadow


def test_another_home_begins_anew(played: tuple[Past, Shadow]) -> None:
    past, shadow = played
    larger = replace(START_AS_RUN, capacity_kwh=12.0)
    other = replace(past, home=replace(past.home, batteries=(larger,)))
    begun = replay(shadow, other, nothing_known, midnight(1))
    assert len(begun.days) == 1
    renamed = replace(START_AS_RUN, name="Cellar")
    same = replace(past, home=replace(past.home, batteries=(renamed,)))
    assert replay(shadow, same, nothing_known, midnight(2)) == shadow


def test_only_the_last_four_weeks_are_kept_and_long_ago_is_left_out() -> None:
    past = past_of(40)
    shadow = replay(None, past, nothing_known, midnight(40))
    assert len(shadow.days) == KEPT_DAYS
    assert shadow.days[0].day == shadow.next_day - KEPT_DAYS
    stale = replay(
        replay(None, past, nothing_known, midnight(2)), past, nothing_known, midnight(40)
    )
    assert len(stale.days) == KEPT_DAYS


def test_unknown_slots_cost_nothing_and_an_unknown_day_is_none() -> None:
    columns = household(72)
    columns["load"][24:48] = np.nan
    columns["load"][50] = np.nan
    shadow = replay(None, past_of(3, columns=columns), nothing_known, midnight(3))
    assert [each.day - shadow.next_day for each in shadow.days] == [-3, -1]
    whole = replay(None, past_of(3), nothing_known, midnight(3))
    assert shadow.days[0].cost == whole.days[0].cost
    assert shadow.days[1].load_cost < whole.days[2].load_cost


def test_a_home_without_battery_or_history_has_nothing_to_play() -> None:
    past = past_of(2)
    for empty in (
        replace(past, home=replace(past.home, batteries=())),
        replace(past, history=History()),
    ):
        shadow = replay(None, empty, nothing_known, midnight(2))
        assert shadow.days == ()
        assert shadow.sale_price == 0.0


def test_a_hole_in_the_meter_s_slots_is_jumped_over() -> None:
    past = past_of(3)
    kept = np.r_[0:5, 13:16, 50:53]
    load = past.history.load
    holed = Series(load.start[kept], load.end[kept], load.value[kept])
    asked: list[float] = []

    def believe(now: float, horizon: Horizon) -> Beliefs:
        asked.append(now)
        return two_ways(past)(now, horizon)

    history = replace(past.history, load=holed)
    shadow = replay(None, replace(past, history=history), believe, midnight(3))
    assert [each.day - shadow.next_day for each in shadow.days] == [-3, -1]
    assert [(each - midnight(0)) / HOUR for each in asked] == kept.tolist()


@pytest.mark.parametrize(
    ("begin", "hours"), [("2024-03-31", 23), ("2024-10-27", 25), ("2024-06-01", 24)]
)
def test_days_are_as_long_as_the_clock_makes_them(begin: str, hours: int) -> None:
    past = past_of(2, begin=begin)
    shadow = replay(None, past, nothing_known, at(begin) + hours * HOUR)
    count = slice(0, hours)
    buy = past.tariff.prices(past.history.market.value, _horizon(past)).buy
    expected = float(past.history.load.value[count] @ buy[count])
    assert len(shadow.days) == 1
    assert shadow.days[0].load_cost == pytest.approx(expected)


def _horizon(past: Past) -> Horizon:
    load = past.history.load
    return Horizon(np.append(load.start, load.end[-1]))


SMALL = Battery("small", "Small", 4.0, 2.0, 2.0, min_soc=0.1, wear_per_kwh=0.02)
LARGE = Battery("large", "Large", 9.0, 4.0, 3.0, reserve_soc=0.2, may_charge_from_grid=False)


@pytest.mark.parametrize("curtailable", [True, False])
def test_several_batteries_keep_their_limits_at_a_fine_meter(*, curtailable: bool) -> None:
    roof = (Solar("solar", "Solar", curtailable=curtailable),)
    home = Home(Connection(6.0, 2.0), roof, (SMALL, LARGE))
    columns = household(144, 600.0)
    columns["price"] = columns["price"] - 0.15
    past = past_of(1, step_s=600.0, home=home, columns=columns)
    shadow = replay(None, past, two_ways(past), midnight(1))
    for energy in shadow.energy_kwh.values():
        assert SMALL.floor_kwh - 1e-6 <= energy["small"] <= 4.0 + 1e-6
        assert LARGE.floor_kwh - 1e-6 <= energy["large"] <= 9.0 + 1e-6
    assert np.isfinite(list(totals(shadow).values())).all()
    held = shadow.energy_kwh["timer"]
    assert held["small"] != pytest.approx(0.5 * (SMALL.floor_kwh + 4.0))


def test_feed_in_that_costs_money_is_given_up_where_it_can_be() -> None:
    columns = household(24) | {"price": np.full(24, -0.2)}
    still = replace(START_AS_RUN, charge_kw=0.0, discharge_kw=0.0)

    def paid(*, curtailable: bool) -> float:
        roof = (Solar("solar", "Solar", curtailable=curtailable),)
        past = past_of(1, home=Home(CONNECTION, roof, (still,)), columns=columns)
        return replay(None, past, nothing_known, midnight(1)).days[0].cost["self_consumption"]

    surplus = np.maximum(columns["solar"] - columns["load"], 0.0).sum()
    assert paid(curtailable=False) - paid(curtailable=True) == pytest.approx(0.18 * surplus)


def test_what_is_left_in_store_counts() -> None:
    dark = {"solar": np.zeros(24), "load": np.full(24, 5.0), "price": np.full(24, 0.1)}
    shadow = replay(None, past_of(1, columns=dark), nothing_known, midnight(1))
    day = shadow.days[0]
    assert day.gained_kwh["self_consumption"] == pytest.approx(-4.0 * 0.95)
    assert shadow.daily("self_consumption")[0] == pytest.approx(
        day.cost["self_consumption"] + 4.0 * 0.95 * 0.09
    )


@pytest.mark.parametrize("broken", [None, [], {"key": 1}, {"key": "x", "days": 3}])
def test_what_is_no_shadow_is_refused(broken: object) -> None:
    read: Callable[[object], Shadow] = Shadow.from_json  # type: ignore[assignment]  # Wrong on purpose.
    with pytest.raises((TypeError, ValueError)):
        read(broken)


def test_candidates_have_names_of_their_own() -> None:
    assert next(iter(CANDIDATES.values())) == STANDARD
    assert len(CANDIDATES) == len({*CANDIDATES.values()}) == 14
    assert Style(method=Method.POINT, margin_share=0.0).name == "point_0"


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2024-03-30T00:00", "2024-03-31"),
        ("2024-03-30T13:14", "2024-03-31"),
        ("2024-03-30T13:15", "2024-04-01"),
        ("2024-05-01T23:59", "2024-05-03"),
    ],
)
def test_tomorrow_s_prices_are_known_from_noon_on(now: str, until: str) -> None:
    assert published_until(at(now), ZONE) == at(until)


def test_days_are_sold_at_what_selling_followed() -> None:
    """Where that is not known, a day is not played: the market's price is another."""
    past = past_of(3)
    load = past.history.load
    feed_in = Series(load.start, load.end, np.where(load.start < midnight(2), 0.123, np.nan))
    apart = replace(past, history=replace(past.history, feed_in=feed_in))
    shadow = replay(None, apart, nothing_known, midnight(3))
    fee = past.tariff.sell.fee
    factor, vat = past.tariff.sell.factor, past.tariff.sell.vat
    assert [day.day - shadow.next_day for day in shadow.days] == [-3, -2]
    for day in shadow.days:
        assert day.sale_price == pytest.approx((factor * 0.123 + fee) * (1 + vat))
