"""Capacity tariffs: what is billed, and plans that pay no more for peaks than they must."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.horizon import Horizon
from custom_components.shems.core.peak import PeakState, PeakTariff
from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.plan.problem import build
from custom_components.shems.core.plan.result import Right
from custom_components.shems.core.plan.solve import solve
from custom_components.shems.core.tariff import Window, energy_cost
from custom_components.shems.core.units import Floats, InputError
from tests.core.homes import NOW, certain, hourly, uncertain

ZONE = "Europe/Brussels"
WORKDAYS = Window(7 * 60, 19 * 60, 0.0, (0, 1, 2, 3, 4))
STORE = Battery("store", "Store", 8.0, 3.0, 3.0, 1.0, 1.0)


def at(text: str, zone: str = ZONE) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()


def quarters(begin: str, count: int, zone: str = ZONE) -> Horizon:
    return Horizon.uniform(at(begin, zone), 900.0, count)


def by_hand(
    tariff: PeakTariff, horizon: Horizon, grid_kw: Floats, zone: str, reached: PeakState
) -> float:
    """Return what a course adds to a single month's charge, minute by minute."""
    taken: dict[tuple[object, ...], float] = {}
    begin = datetime.fromtimestamp(horizon.edges[0], ZoneInfo(zone))
    for minute in range(round(float(horizon.hours.sum()) * 60)):
        time = horizon.edges[0] + 60.0 * minute
        local = datetime.fromtimestamp(time, ZoneInfo(zone))
        length = tariff.interval_s // 60
        slot = (local.hour * 60 + local.minute) // length
        key = (local.date(), local.utcoffset(), slot)
        if minute == 0 and begin.minute % length:
            taken[key] = reached.interval_kwh
        power = max(float(grid_kw[horizon.index(time) or 0]), 0.0)
        taken[key] = taken.get(key, 0.0) + power / 60
    means: dict[tuple[object, ...], float] = {}
    for (day, offset, slot), energy in taken.items():
        first = slot * tariff.interval_s // 60
        inside = tariff.window.begin_min <= first < tariff.window.end_min
        if inside and day.weekday() in tariff.window.weekdays:
            key = (day,) if tariff.one_a_day else (day, offset, slot)
            means[key] = max(means.get(key, 0.0), energy * 3600 / tariff.interval_s)
    pad = [*reached.top_kw, *[0.0] * tariff.top][: tariff.top]
    pad = [max(each, reached.anticipated_kw) for each in pad]
    before = sorted([*pad, reached.today_kw])[::-1][: tariff.top]
    if tariff.one_a_day and (begin.date(),) in means:
        means[(begin.date(),)] = max(means[(begin.date(),)], reached.today_kw)
    after = sorted([*pad, *means.values()])[::-1][: tariff.top]
    floor = max(sum(before) / tariff.top, tariff.least_kw)
    return tariff.price_per_kw * max(0.0, sum(after) / tariff.top - floor)


def test_a_month_is_billed_by_its_highest_quarter_of_an_hour() -> None:
    horizon = Horizon.uniform(at("2026-01-31T23:30"), 300.0, 12)
    power = np.array([3.0, 6.0, 3.0, 1.0, 1.0, 1.0, 9.0, 0.0, 0.0, -5.0, 2.0, 2.0])
    tariff = PeakTariff(5.0)
    assert list(tariff.levels(horizon, power, ZONE).values()) == pytest.approx([4.0, 3.0])
    assert tariff.charge(horizon, power, ZONE) == pytest.approx(5.0 * 7.0)
    assert replace(tariff, least_kw=3.5).charge(horizon, power, ZONE) == pytest.approx(5.0 * 7.5)


def test_the_mean_of_the_highest_hours_is_billed_and_what_is_missing_is_nothing() -> None:
    horizon = quarters("2026-01-05T00:00", 96)
    power = np.zeros(96)
    power[[0, 1, 2, 3]] = 8.0
    power[[40, 41]] = 8.0
    tariff = PeakTariff(1.0, interval_s=3600, top=3)
    assert tariff.charge(horizon, power, ZONE) == pytest.approx((8.0 + 4.0) / 3)
    other = replace(tariff, one_a_day=True)
    assert other.charge(horizon, power, ZONE) == pytest.approx(8.0 / 3)


def test_only_import_inside_hours_weekdays_and_months_counts() -> None:
    tariff = PeakTariff(1.0, window=WORKDAYS, months=(11, 12, 1, 2, 3))
    cold = quarters("2026-01-09T00:00", 3 * 96)  # A Friday.
    power = np.zeros(3 * 96)
    power[7 * 4 - 1], power[7 * 4], power[96 + 40] = 9.0, 2.0, 9.0
    assert tariff.charge(cold, power, ZONE) == pytest.approx(2.0)
    assert tariff.charge(quarters("2026-07-10T00:00", 3 * 96), power, ZONE) == 0.0
    assert tariff.charge(cold, -power, ZONE) == 0.0


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_a_day_with_a_clock_change_has_all_its_hours(day: str) -> None:
    horizon = quarters(f"{day}T00:00", 92 if "03" in day[5:7] else 100)
    power = np.arange(len(horizon), dtype=np.float64)
    hours = power.reshape(-1, 4).mean(axis=1)
    count = len(hours)
    tariff = PeakTariff(1.0, interval_s=3600, top=count)
    assert tariff.charge(horizon, power, ZONE) == pytest.approx(hours.mean())
    metered = tariff.metered(horizon, ZONE)
    assert len(metered.begin) == count
    assert len(set(metered.day.tolist())) == 1


def test_hours_begin_on_the_local_hour() -> None:
    horizon = quarters("2026-01-05T00:00", 8, "Asia/Kolkata")
    power = np.array([1.0, 1.0, 1.0, 1.0, 5.0, 5.0, 5.0, 5.0])
    assert PeakTariff(1.0, 3600).charge(horizon, power, "Asia/Kolkata") == pytest.approx(5.0)


def test_the_month_to_date_tells_what_is_reached() -> None:
    begin, now = at("2026-01-30T00:00"), at("2026-02-02T10:20")
    horizon = Horizon.uniform(begin, 300.0, round((now - begin) / 300))
    power = np.full(len(horizon), 0.5)
    power[:12] = 20.0  # January.
    midnight = round((at("2026-02-01T00:00") - begin) / 300)
    power[midnight : midnight + 3] = 7.0
    power[midnight + 288 : midnight + 291] = 6.0  # Today.
    power[-1] = 3.0
    state = PeakTariff(1.0, top=2).state(horizon, power, ZONE, 4.0)
    assert state.top_kw == pytest.approx((7.0, 6.0))
    assert (state.today_kw, state.anticipated_kw) == (0.0, 4.0)
    assert state.interval_kwh == pytest.approx(3.0 / 12)
    daily = PeakTariff(1.0, top=2, one_a_day=True).state(horizon, power, ZONE)
    assert daily.top_kw == pytest.approx((7.0,))
    assert daily.today_kw == pytest.approx(6.0)


@pytest.mark.parametrize(
    "change",
    [
        {"price_per_kw": -1.0},
        {"price_per_kw": float("nan")},
        {"interval_s": 600},
        {"top": 0},
        {"least_kw": float("inf")},
    ],
)
def test_contracts_that_nobody_has_are_refused(change: dict[str, float]) -> None:
    with pytest.raises(InputError, match="connection parameter"):
        replace(PeakTariff(1.0), **change)


@pytest.mark.parametrize(
    "change",
    [{"top_kw": (1.0, float("nan"))}, {"interval_kwh": -1.0}, {"anticipated_kw": float("inf")}],
)
def test_peaks_that_no_meter_shows_are_refused(change: dict[str, float]) -> None:
    with pytest.raises(InputError, match="connection parameter"):
        replace(PeakState(), **change)


powers = st.integers(0, 16).map(lambda count: 0.5 * count)


@st.composite
def contracts(draw: st.DrawFn) -> tuple[PeakTariff, PeakState]:
    one_a_day = draw(st.booleans())
    interval_s = draw(st.sampled_from([900, 3600]))
    tariff = PeakTariff(
        draw(st.sampled_from([0.5, 5.0])),
        interval_s,
        draw(st.integers(1, 3)),
        one_a_day,
        draw(st.sampled_from([Window(0, 1440, 0.0), WORKDAYS])),
        least_kw=draw(st.sampled_from([0.0, 2.5])),
    )
    top = sorted(draw(st.lists(powers, max_size=tariff.top)))[::-1]
    return tariff, PeakState(
        tuple(top),
        draw(powers) if one_a_day else 0.0,
        draw(powers) * 0.1,
        draw(st.sampled_from([0.0, 2.0])),
    )


@settings(max_examples=40)
@given(contracts(), st.lists(powers, min_size=46, max_size=46))
def test_a_course_costs_what_it_adds_to_the_bill(
    contract: tuple[PeakTariff, PeakState], power: list[float]
) -> None:
    tariff, state = contract
    begin = at("2026-01-08T22:10")
    edges = begin + np.cumsum([0.0, 300.0, *[900.0] * 30, *[3600.0] * 15])
    horizon, grid = Horizon(edges), np.array(power)
    connection = Connection(peaks=(tariff,), reached=(state,))
    wanted = by_hand(tariff, horizon, grid, ZONE, state)
    assert connection.peak_cost(horizon, grid, ZONE) == pytest.approx(wanted)
    home = Home(connection, zone=ZONE)
    beliefs = certain(power, horizon=horizon)
    problem = build(home, beliefs, {}, {}, frozenset())
    solution = solve(problem.arrays)
    energy = energy_cost(grid, horizon.hours, beliefs.prices)
    assert float(problem.arrays.cost @ solution.column) == pytest.approx(energy + wanted, abs=1e-5)
    (part,) = problem.scenarios[0].grid.peaks or (None,)
    if part is not None:
        rise = wanted / tariff.price_per_kw
        assert part.level_kw(solution.column) == pytest.approx(part.floor_kw + rise, abs=1e-5)


def case(peaks: tuple[PeakTariff, ...], load: list[float]) -> tuple[Home, Beliefs]:
    home = Home(Connection(peaks=peaks), batteries=(STORE,), zone=ZONE)
    return home, certain(load, buy=0.3, sell=0.05, horizon=hourly(len(load)))


def grid_of(home: Home, beliefs: Beliefs, held: float = 4.0) -> Floats:
    plan, _ = make_plan(home, beliefs, {"store": held}, PlanState({"store": 0.3}), NOW)
    assert plan.problem is None
    return plan.grid_kw


def test_a_battery_shaves_the_peak_and_no_more_than_is_reached() -> None:
    load = [1.0, 5.0, 2.0, 1.0]
    home, beliefs = case((PeakTariff(5.0),), load)
    assert grid_of(home, beliefs).max() == pytest.approx(2.0, abs=1e-5)
    reached = replace(home, connection=replace(home.connection, reached=(PeakState((6.0,)),)))
    state = PlanState({"store": 0.31})  # Nothing is gained by discharging then.
    plan, _ = make_plan(reached, beliefs, {"store": 4.0}, state, NOW)
    assert plan.grid_kw.max() > 4.0


def test_a_running_interval_counts_what_it_has_taken() -> None:
    """Of a quarter 10 minutes are over, so that the last 5 must make up for them."""
    horizon = Horizon(NOW + np.array([600.0, 900.0, 1800.0]))
    tariff, reached = PeakTariff(5.0), PeakState(interval_kwh=0.4)
    home = Home(Connection(peaks=(tariff,), reached=(reached,)), batteries=(STORE,))
    beliefs = certain(3.0, buy=0.3, sell=0.05, horizon=horizon)
    plan, _ = make_plan(home, beliefs, {"store": 4.0}, PlanState({"store": 0.31}), NOW + 600.0)
    assert plan.grid_kw.tolist() == pytest.approx([0.0, 1.6], abs=1e-5)


def test_a_new_month_begins_at_what_is_anticipated() -> None:
    begin = at("2026-01-31T22:00")
    beliefs = certain([3.0, 3.0, 6.0, 3.0], buy=0.3, horizon=Horizon.uniform(begin, 3600.0, 4))
    tariff = PeakTariff(5.0)
    connection = Connection(peaks=(tariff,), reached=(PeakState((5.0,), anticipated_kw=2.0),))
    problem = build(Home(connection, zone=ZONE), beliefs, {}, {}, frozenset())
    column = solve(problem.arrays).column
    old, new = problem.scenarios[0].grid.peaks
    assert (old.floor_kw, new.floor_kw, new.month) == (5.0, 2.0, old.month + 1)
    assert old.level_kw(column) == pytest.approx(5.0)
    assert new.level_kw(column) == pytest.approx(6.0)


def test_several_tariffs_each_have_their_peak() -> None:
    tariffs = (PeakTariff(5.0), PeakTariff(3.0, 3600, top=2, window=WORKDAYS))
    connection = Connection(peaks=tariffs, reached=(PeakState((1.0,)),))
    load = np.array([1.0, 4.0, 2.0, 3.0])
    horizon = Horizon.uniform(at("2026-01-09T08:00"), 3600.0, 4)
    assert connection.peak_cost(horizon, load, ZONE) == pytest.approx(5.0 * 3.0 + 3.0 * 3.5)


def test_the_rule_stands_in_only_where_peaks_are_counted_against_it_too() -> None:
    """What shaving saves is far above a percent of the bill: the plan is followed."""
    home, beliefs = case((PeakTariff(8.0),), [1.0, 5.0, 2.0, 1.0] * 3)
    plan, _ = make_plan(
        home, uncertain(beliefs, (0.9, 1.0, 1.1)), {"store": 4.0}, PlanState({"store": 0.3}), NOW
    )
    assert "little_to_win" not in {each.code for each in plan.batteries[0].reason}
    flat, _ = make_plan(
        replace(home, connection=Connection()),
        uncertain(beliefs, (0.9, 1.0, 1.1)),
        {"store": 4.0},
        PlanState({"store": 0.3}),
        NOW,
    )
    assert "little_to_win" in {each.code for each in flat.batteries[0].reason}


def test_in_a_peak_a_battery_may_cover_the_load_and_elsewhere_it_waits() -> None:
    """The value of what is stored is then far above every price but that of the peak."""
    home, beliefs = case((PeakTariff(8.0),), [1.0, 1.0, 5.0, 1.0, 1.0, 1.0])
    home = replace(home, batteries=(replace(STORE, may_charge_from_grid=False),))
    state = PlanState({"store": 0.3})
    held = {"store": 2.0}
    plan, _ = make_plan(home, uncertain(beliefs, (0.95, 1.0, 1.05)), held, state, NOW)
    (part,) = plan.batteries
    assert part.power_kw[2] > 1.5
    assert part.policy.cover[2] != Right.NO
    assert part.policy.cover[1] == Right.NO
