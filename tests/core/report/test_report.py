"""Reports: periods, what the weather explains, planned days, and what is told of all that."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.assets.building import Building
from custom_components.shems.core.assets.heating import Heating
from custom_components.shems.core.assets.performance import Performance
from custom_components.shems.core.forecast.journal import Score, Scores
from custom_components.shems.core.horizon import HOUR_S
from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.plan.result import Plan
from custom_components.shems.core.report.period import Kind, Period, local, period
from custom_components.shems.core.report.planned import (
    Course,
    PlannedDay,
    plan_kept,
    planned_day,
)
from custom_components.shems.core.report.report import FIGURES, Report
from custom_components.shems.core.report.rows import Row
from custom_components.shems.core.report.slot import SlotRecord
from custom_components.shems.core.report.weather_adjusted import (
    Day,
    Slope,
    Source,
    adjusted,
    degree_days,
    slope_of_days,
    slope_of_rooms,
)
from custom_components.shems.core.units import InputError
from tests.core.homes import HOME, NOW, certain, hourly

ZONE = "Europe/Brussels"
BRUSSELS = ZoneInfo(ZONE)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


def slots(begin: datetime, hours: float, bought: float = 0.1) -> list[Row]:
    start = begin.timestamp()
    return [
        Row.of(
            SlotRecord(
                start=start + count * 300.0,
                end=start + (count + 1) * 300.0,
                bought_kwh=bought,
                sold_kwh=0.0,
                solar_kwh=0.05,
                charged_kwh=0.0,
                discharged_kwh=0.0,
                buy=0.3,
                sell=0.1,
                device_kwh={"pump": 0.02},
                carbon_kg_per_kwh=0.2,
            )
        )
        for count in range(round(hours * 12))
    ]


@pytest.mark.parametrize(
    ("kind", "begin", "end", "before"),
    [
        (Kind.DAY, "2026-03-29", "2026-03-30", "2026-03-28"),
        (Kind.WEEK, "2026-03-23", "2026-03-30", "2026-03-16"),
        (Kind.MONTH, "2026-03-01", "2026-04-01", "2026-02-01"),
        (Kind.YEAR, "2026-01-01", "2027-01-01", "2025-01-01"),
    ],
)
def test_a_period_begins_and_ends_at_local_midnights(
    kind: Kind, begin: str, end: str, before: str
) -> None:
    # The clock changes on this day: it has 23 hours.
    found = period(kind, at("2026-03-29T13:00"))
    assert (found.begin, found.end) == (at(begin), at(end))
    assert found.before() == Period(kind, at(before), at(begin))


@given(st.integers(1_577_836_800, 2_051_222_400), st.sampled_from(list(Kind)[:4]))
def test_periods_follow_one_another_without_a_gap(seconds: int, kind: Kind) -> None:
    moment = local(seconds, ZONE)
    found = period(kind, moment)
    assert found.begin <= moment < found.end
    assert found.before().end == found.begin
    assert period(kind, found.end).begin == found.end


def test_a_range_is_compared_with_as_much_before_it() -> None:
    found = Period(Kind.RANGE, at("2026-03-28"), at("2026-04-02"))
    assert found.before() == Period(Kind.RANGE, at("2026-03-23"), at("2026-03-28"))
    with pytest.raises(InputError):
        period(Kind.RANGE, at("2026-03-28"))
    with pytest.raises(InputError):
        Period(Kind.RANGE, at("2026-03-28"), at("2026-03-28"))


def test_what_is_not_over_is_compared_with_as_much_of_the_period_before() -> None:
    month = period(Kind.MONTH, at("2026-03-11T12:00"))
    now = at("2026-03-11T12:00").timestamp()
    assert month.until(now).end == at("2026-03-11T12:00")
    assert month.compared(now) == Period(Kind.MONTH, at("2026-02-01"), at("2026-02-11T12:00"))
    # The 31st day of March has none like it in February.
    late = at("2026-03-31T12:00").timestamp()
    assert month.compared(late).end == at("2026-03-01")
    assert month.compared(at("2026-05-01").timestamp()) == month.before()
    with pytest.raises(InputError):
        month.until(at("2026-02-01").timestamp())
    assert local(now, ZONE) == at("2026-03-11T12:00")


@pytest.mark.parametrize(("mean", "expected"), [(20.0, 0.0), (15.1, 0.0), (15.0, 3.0), (0.0, 18.0)])
def test_degree_days_are_eurostat_s(mean: float, expected: float) -> None:
    assert degree_days(mean) == pytest.approx(expected)


def test_known_rooms_and_their_heat_pump_tell_the_slope() -> None:
    heater = Heating("a", "Rooms", 3.0, performance=Performance.constant(3.0))
    cooler = Heating("b", "Cooler", 2.0, performance=None, cooling=Performance.constant(3.0))
    found = slope_of_rooms([replace(heater, building=Building(loss_kw_per_k=0.2)), cooler], 5.0)
    assert found == Slope(pytest.approx(24 * 0.2 / 3.0), Source.ROOMS)
    assert slope_of_rooms([cooler], 5.0) is None


def test_the_home_s_own_days_tell_the_slope_where_nothing_else_does() -> None:
    rng = np.random.default_rng(3)
    mean = {f"2026-01-{day:02}": float(rng.uniform(-5, 14)) for day in range(1, 31)}
    used = {key: 8.0 + 0.7 * degree_days(each) for key, each in mean.items()}
    found = slope_of_days(used, mean)
    assert found is not None
    assert found.kwh_per_degree_day == pytest.approx(0.7, rel=1e-6)
    assert found.source is Source.DAYS
    noise = {key: float(each) for key, each in zip(mean, rng.uniform(5, 9, 30), strict=True)}
    assert slope_of_days(noise, mean) is None
    assert slope_of_days(dict.fromkeys(mean, 8.0), mean) is None
    assert slope_of_days(used, dict.fromkeys(mean, 5.0)) is None
    assert slope_of_days(dict(list(used.items())[:20]), mean) is None


def test_a_period_before_is_told_for_this_one_s_weather() -> None:
    found = adjusted(Slope(0.5, Source.DAYS), [Day(0.0), Day(0.0)], [Day(10.0), Day(20.0)], 30.0)
    assert (found.degree_days, found.degree_days_before) == (36.0, 8.0)
    assert found.load_kwh_before == pytest.approx(30.0 + 0.5 * 28.0)
    assert adjusted(Slope(9.0, Source.DAYS), [Day(20.0)], [Day(0.0)], 10.0).load_kwh_before == 0.0


def test_a_planned_day_is_what_its_first_plan_expects() -> None:
    prices = [0.1] * 6 + [0.6] * 10
    beliefs = certain(1.0, 0.5, prices, 0.05, horizon=hourly(16))
    plan: Plan = make_plan(HOME, beliefs, {"store": 5.0}, PlanState(), NOW)[0]
    begin, end = float(plan.horizon.start[0]), float(plan.horizon.start[0]) + 12 * HOUR_S
    found = planned_day(plan, begin, end)
    assert found is not None
    balance = found.expected.bought_kwh - found.expected.sold_kwh
    inside = plan.horizon.start < end - 1e-6
    net = float(np.dot(plan.grid_kw[inside], plan.horizon.hours[inside]))
    assert balance == pytest.approx(net, abs=1e-6)
    assert planned_day(plan, begin, begin + HOUR_S) is None
    assert planned_day(plan, begin - HOUR_S, end) is None
    assert planned_day(plan, begin, float(plan.horizon.end[-1]) + 1) is None


def test_a_day_of_which_much_was_not_measured_is_not_compared() -> None:
    begin = at("2026-03-10")
    day = PlannedDay(begin.timestamp(), begin.timestamp() + 10 * HOUR_S, Course(cost=3.0))
    whole = day.ended(slots(begin, 10))
    assert whole.happened is not None
    assert whole.happened.cost == pytest.approx(120 * 0.1 * 0.3)
    assert whole.happened.load_kwh == pytest.approx(120 * 0.15)
    part = day.ended(slots(begin, 8))
    assert part.happened is None
    kept = plan_kept([whole, part, whole])
    assert kept is not None
    assert kept.days == 2
    assert kept.expected.cost == pytest.approx(6.0)
    assert plan_kept([part]) is None


def made(**changed: object) -> Report:
    day = period(Kind.DAY, at("2026-03-10T12:00"))
    now = at("2026-03-10T06:00").timestamp()
    total, before = Row(0.0, 1.0), Row(0.0, 1.0)
    for each in slots(day.begin, 3):
        total = total.plus(each)
    score = Score(0, 48, 9, 0.2, 0.0, 0.1, 0.5, 0.8, 0.9, None)
    values = {
        "period": day,
        "over": day.until(now),
        "compared": day.compared(now),
        "row": total,
        "before": before,
        "weather": adjusted(Slope(0.5, Source.DAYS), [Day(0.0, 0.25)], [Day(10.0, 0.25)], 4.0),
        "scores": {"load": Scores(3, score, ())},
        "kept": plan_kept([PlannedDay(0.0, 1.0, Course(), Course())]),
        "devices": {"pump": "Pool pump"},
        **changed,
    }
    return Report(**values)  # type: ignore[arg-type]  # One dictionary for all kinds.


def test_a_report_tells_all_it_knows_and_none_where_it_knows_nothing() -> None:
    told = made().to_json()
    assert json.loads(json.dumps(told)) == told
    assert tuple(told["figures"]) == FIGURES
    assert told["figures"]["cost"] == pytest.approx(36 * 0.1 * 0.3)
    assert told["figures"]["carbon_kg"] == pytest.approx(36 * 0.1 * 0.2)
    assert set(told["before"]["figures"].values()) == {None}
    assert told["coverage"] == pytest.approx(0.5)
    assert told["devices"][0]["name"] == "Pool pump"
    assert told["devices"][0]["energy_kwh"] == pytest.approx(36 * 0.02)
    assert told["devices"][0]["saving"] is None
    assert told["weather"]["source"] == "days"
    assert told["weather"]["change"] == pytest.approx(36 * 0.15 / (4.0 + 0.5 * 2.5) - 1, abs=1e-4)
    assert told["plan"]["days"] == 1
    assert told["forecasts"]["load"]["skill"] is None


@pytest.mark.parametrize(("compared_hours", "saving"), [(0.0, None), (1.0, 0.12)])
def test_what_nobody_knows_without_shems_is_no_saving(
    compared_hours: float, saving: float | None
) -> None:
    """Rebuilt hours tell what the meters did, and not what they would have done."""
    day = period(Kind.DAY, at("2026-03-10T12:00"))
    row = Row(0.0, 1.0)
    for each in slots(day.begin, 3):
        row = row.plus(each)
    for each in slots(day.begin + timedelta(hours=3), compared_hours):
        totals = replace(each.totals, left_out_hours=0.0, cost_self_consumption=0.04)
        row = row.plus(replace(each, totals=totals))
    told = made(row=row, before=row).to_json()
    assert told["left_out_hours"] == told["before"]["left_out_hours"] == pytest.approx(3.0)
    for figures in (told["figures"], told["before"]["figures"]):
        assert figures["saving"] == (None if saving is None else pytest.approx(saving))
        assert figures["cost"] is not None


def test_without_weather_or_plans_a_report_says_so() -> None:
    told = made(weather=None, kept=None).to_json()
    assert told["weather"] is None
    assert told["plan"] is None
    nothing = made(row=Row(0.0, 1.0))
    assert nothing.change_in_like_weather is None
    assert nothing.coverage == 0.0


def test_the_share_of_time_that_is_known_is_never_more_than_all() -> None:
    report = made()
    day = period(Kind.DAY, at("2026-03-10"))
    short = Period(Kind.DAY, day.begin, day.begin + timedelta(hours=1))
    assert replace(report, over=short).coverage == 1.0
