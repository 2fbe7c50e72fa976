"""Prices that are not yet published come from the market's own past."""

import csv
import gzip
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.levels import MEDIAN, covered
from custom_components.shems.core.forecast.market import (
    MarketModel,
    MarketOutlook,
    learn_market,
    market_outlook,
    market_paths,
)
from custom_components.shems.core.horizon import DAY_S, HOUR_S, Horizon
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats, InputError

ZONE = "Europe/Amsterdam"
DAYS = Days(ZONE, HOUR_S)
MONDAY = DAYS.day(datetime(2026, 6, 1, 12, tzinfo=UTC).timestamp())


def midnight(day: int) -> float:
    return DAYS.midnight(MONDAY + day)


def times(begin: float, end: float, step_s: float) -> Floats:
    return np.arange(begin, end, step_s, dtype=np.float64)


def over(begin: float, end: float, step_s: float = HOUR_S) -> Horizon:
    return Horizon(times(begin, end + 1, step_s))


def series(begin: float, end: float, value: Floats | float, step_s: float = HOUR_S) -> Series:
    start = times(begin, end, step_s)
    return Series(start, start + step_s, np.broadcast_to(value, start.shape).astype(np.float64))


def market(days: int, *, step_s: float = HOUR_S, noise: float = 0.01, zone: str = ZONE) -> Series:
    """Return days of a market before Monday: a double hump, cheap weekends, days alike."""
    clock = Days(zone, step_s)
    start = times(clock.midnight(MONDAY - days), clock.midnight(MONDAY), step_s)
    place = clock.position(start) / clock.slots
    hour, day = 24 * (place % 1), np.floor(place)
    shape = 0.03 * np.sin(2 * np.pi * (hour - 4) / 12) + 0.1 - 0.05 * ((day + 3) % 7 >= 5)
    rng = np.random.default_rng(5)
    level = np.convolve(rng.normal(0, noise, days + 20), 0.7 ** np.arange(20), "valid")
    value = shape + level[np.clip(day - day[0], 0, days).astype(int)]
    return Series(start, start + step_s, value + rng.normal(0, noise / 3, len(start)))


def expect(
    past: Series,
    horizon: Horizon,
    *,
    zone: str = ZONE,
    until: float | None = None,
    model: MarketModel | None = None,
) -> MarketOutlook:
    model = learn_market(model, past, zone, known_until=until)
    outlook = market_outlook(model, past, horizon, known_until=until)
    assert np.isfinite(outlook.mean).all()
    assert outlook.quantiles.shape == (19, len(horizon))
    assert (np.diff(outlook.quantiles, axis=0) >= -1e-12).all()
    return outlook


def test_a_published_price_is_certain() -> None:
    past = market(28)
    horizon = over(midnight(-1), midnight(1))
    outlook = expect(past, horizon)
    assert outlook.known.tolist() == [True] * 24 + [False] * 24
    assert outlook.mean[:24] == pytest.approx(past.value[-24:])
    assert (outlook.quantiles[:, :24] == outlook.mean[:24]).all()
    assert (np.diff(outlook.quantiles[:, 24:], axis=0) > 0).all()
    assert outlook.source == "market_model"
    whole = market_outlook(None, past, Horizon(horizon.edges[:25]))
    assert whole.source == "published"
    assert whole.quantiles.shape == (19, 24)


@pytest.mark.parametrize("ahead", [0, 1, 2, 5, 6])
def test_the_days_ahead_are_those_of_their_own_kind(ahead: int) -> None:
    past = market(35, noise=0.0005)
    horizon = over(midnight(ahead), midnight(ahead + 1))
    week_before = past.between(horizon.start - 7 * DAY_S, horizon.end - 7 * DAY_S)
    assert expect(past, horizon).mean == pytest.approx(week_before, abs=0.01)


def test_a_holiday_trades_like_a_sunday() -> None:
    past = market(35, noise=0.0005)
    horizon = over(midnight(1), midnight(2))
    model = learn_market(None, past, ZONE)
    told = learn_market(model, past, ZONE, holidays=frozenset({MONDAY + 1}))
    drop = market_outlook(model, past, horizon).mean - market_outlook(told, past, horizon).mean
    assert drop == pytest.approx(0.05, abs=0.015)
    only = learn_market(None, past, ZONE, holidays=frozenset(range(MONDAY - 35, MONDAY)))
    assert np.isfinite(market_outlook(only, past, horizon).mean).all()


def test_nothing_after_what_is_published_counts() -> None:
    past = market(30)
    horizon = over(midnight(-1), midnight(0))
    until = midnight(-2)
    value = np.where(past.end > until, 9.0, past.value)
    plain = expect(past, horizon, until=until)
    other = expect(Series(past.start, past.end, value), horizon, until=until)
    assert plain.mean.tolist() == other.mean.tolist()
    assert not plain.known.any()


def test_learning_day_by_day_is_learning_at_once() -> None:
    past = market(35)
    horizon = over(midnight(0), midnight(3))
    model = None
    for day in range(-33, 1):
        model = learn_market(model, past, ZONE, known_until=midnight(day))
    walked, leapt = expect(past, horizon, model=model), expect(past, horizon)
    assert walked.quantiles == pytest.approx(leapt.quantiles, abs=1e-9)


def test_how_wrong_it_was_long_ago_is_forgotten() -> None:
    past = market(160)
    wild = np.where(past.start < midnight(-150), 1.0, 0.0)
    horizon = over(midnight(0), midnight(2))

    def width(value: Floats) -> float:
        outlook = expect(Series(past.start, past.end, value), horizon)
        return float((outlook.quantiles[-1] - outlook.quantiles[0]).mean())

    assert width(past.value + wild) == pytest.approx(width(past.value), rel=0.1)


def test_a_plan_between_two_auctions_learns_nothing_anew() -> None:
    past = market(30)
    model = learn_market(None, past, ZONE, known_until=midnight(-1))
    assert learn_market(model, past, ZONE, known_until=midnight(-1)) is model
    assert learn_market(model, past, ZONE, known_until=midnight(0)) is not model


def test_what_was_learned_elsewhere_or_later_is_dropped() -> None:
    past = market(35)
    horizon = over(midnight(0), midnight(1))
    later = learn_market(None, past, ZONE)
    back = learn_market(later, past, ZONE, known_until=midnight(-5))
    fresh = learn_market(None, past, ZONE, known_until=midnight(-5))
    assert back is not None
    assert fresh is not None
    assert back.table.tolist() == fresh.table.tolist()
    moved = market(35, zone="Europe/Helsinki")
    assert expect(moved, horizon, zone="Europe/Helsinki", model=later).mean == pytest.approx(
        expect(moved, horizon, zone="Europe/Helsinki").mean
    )
    short = Series(past.start[-380:], past.end[-380:], past.value[-380:])
    more = expect(past, horizon, model=learn_market(None, short, ZONE))
    assert more.mean == pytest.approx(expect(past, horizon).mean)


@pytest.mark.parametrize("hours", [1, 20, 24, 72, 7 * 24, 13 * 24, 14 * 24, 28 * 24])
def test_a_short_past_is_enough(hours: int) -> None:
    past = market(30)
    short = Series(past.start[-hours:], past.end[-hours:], past.value[-hours:])
    outlook = expect(short, Horizon.tiered(midnight(0)))
    assert outlook.source == ("market_model" if hours >= 14 * 24 else "mean_by_hour")
    assert np.abs(outlook.mean - past.value.mean()).max() < 0.15
    one = Series(past.start[-1:], past.end[-1:], past.value[-1:])
    assert expect(one, Horizon.tiered(midnight(0))).mean == pytest.approx(past.value[-1])


def test_no_price_at_all_is_an_error() -> None:
    past = market(2)
    unknown = Series(past.start, past.end, np.full(len(past), np.nan))
    for nothing in (Series.empty(), unknown):
        assert learn_market(None, nothing, ZONE) is None
        with pytest.raises(InputError, match="no price history"):
            market_outlook(None, nothing, Horizon.tiered(midnight(0)))


@pytest.mark.parametrize("step_s", [300.0, 900.0, 1800.0])
def test_what_happens_inside_the_hour_is_learned(step_s: float) -> None:
    past = market(28, step_s=step_s, noise=0.001)
    saw = 0.02 * ((past.start % HOUR_S) / HOUR_S - 0.5 + step_s / HOUR_S / 2)
    past = Series(past.start, past.end, past.value + saw)
    horizon = over(midnight(0), midnight(2), step_s)
    outlook = expect(past, horizon)
    parts = round(HOUR_S / step_s)
    inside = outlook.mean.reshape(-1, parts)
    week_before = past.between(horizon.start - 7 * DAY_S, horizon.end - 7 * DAY_S)
    week_before = week_before.reshape(-1, parts)
    off = inside - inside.mean(axis=1, keepdims=True)
    assert off == pytest.approx(week_before - week_before.mean(axis=1, keepdims=True), abs=0.002)
    by_hour = expect(past, Horizon(horizon.edges[::parts]))
    assert by_hour.mean == pytest.approx(inside.mean(axis=1), abs=2e-3)


def test_a_market_that_turned_to_quarters_keeps_its_past() -> None:
    fine = market(28, step_s=900.0)
    turn = 23 * 96
    coarse = Horizon(np.append(fine.start[:turn:4], fine.end[turn - 1]))
    past = Series(
        np.concatenate([coarse.start, fine.start[turn:]]),
        np.concatenate([coarse.end, fine.end[turn:]]),
        np.concatenate([fine.on(coarse), fine.value[turn:]]),
    )
    quarters = over(midnight(0), midnight(1), 900.0)
    outlook = expect(past, quarters)
    assert outlook.source == "market_model"
    assert outlook.mean == pytest.approx(expect(fine, quarters).mean, abs=0.01)


@pytest.mark.parametrize("month", [3, 10])
def test_days_of_23_and_25_hours(month: int) -> None:
    change = datetime(2026, month, {3: 29, 10: 25}[month], 12, tzinfo=UTC)
    day = DAYS.day(change.timestamp())
    start = times(DAYS.midnight(day - 30), DAYS.midnight(day + 2), HOUR_S)
    hour = DAYS.position(start) % 24
    past = Series(start, start + HOUR_S, 0.1 + 0.01 * hour)
    for until in (day - 1, day, day + 1):
        horizon = over(DAYS.midnight(until), DAYS.midnight(until + 2))
        outlook = expect(past, horizon, until=DAYS.midnight(until))
        clock = DAYS.position(horizon.start) % 24
        assert outlook.mean == pytest.approx(0.1 + 0.01 * clock, abs=0.01)


def test_gaps_are_bridged() -> None:
    past = market(35)
    value = past.value.copy()
    value[200:350] = np.nan
    value[-60:-50] = np.nan
    value[::37] = np.nan
    broken = Series(past.start, past.end, value)
    horizon = over(midnight(0), midnight(2))
    assert np.abs(expect(broken, horizon).mean - expect(past, horizon).mean).mean() < 0.03


def test_too_few_known_days_teach_nothing() -> None:
    past = market(28)
    value = past.value.copy()
    value[48:-48] = np.nan
    outlook = expect(Series(past.start, past.end, value), Horizon.tiered(midnight(0)))
    assert outlook.source == "mean_by_hour"


def test_prices_long_out_of_date_still_give_a_week() -> None:
    past = market(28)
    outlook = expect(past, over(midnight(9), midnight(11)))
    assert not outlook.known.any()
    assert np.abs(outlook.mean - 0.1).max() < 0.15


def test_a_market_that_ends_an_hour_before_midnight() -> None:
    past = market(28)
    until = midnight(0) - HOUR_S
    horizon = over(until, midnight(1))
    outlook = expect(past, horizon, until=until)
    assert not outlook.known.any()
    assert abs(outlook.mean[0] - past.value[-2]) < 0.03
    whole = expect(past, horizon)
    assert np.abs(outlook.mean[1:] - whole.mean[1:]).max() < 0.02


def test_what_the_morning_shows_moves_the_evening() -> None:
    past = market(35, noise=0.01)
    now = midnight(-1) + 8 * HOUR_S
    horizon = over(now, midnight(1))
    plain = expect(past, horizon, until=now)
    today = (past.start >= midnight(-1)) & (past.end <= now)
    dear = Series(past.start, past.end, past.value + 0.05 * today)
    moved = expect(dear, horizon, until=now).mean - plain.mean
    assert moved[0] > 0.025
    assert (np.diff(moved[:16]) <= 1e-12).all()
    assert moved[16:] == pytest.approx(np.zeros(24), abs=1e-12)
    first = expect(past, horizon, until=midnight(-1) + HOUR_S / 2)
    assert np.isfinite(first.mean).all()
    silent = Series(past.start, past.end, np.where(past.end == now - HOUR_S, np.nan, past.value))
    expect(silent, horizon, until=now)


def test_a_spike_is_not_the_rule() -> None:
    past = market(90)
    value = past.value.copy()
    value[-200:-180] = 2.0
    value[-500:-480] = -0.5
    outlook = expect(
        Series(past.start, past.end, value),
        over(midnight(0), midnight(3)),
    )
    assert outlook.quantiles[MEDIAN].max() < 0.4
    assert outlook.quantiles[MEDIAN].min() > -0.2
    flat = expect(series(midnight(-40), midnight(0), 0.0), Horizon.tiered(midnight(0)))
    assert flat.mean == pytest.approx(np.zeros(138))


def test_courses_hold_the_level_and_the_quantiles() -> None:
    past = market(70)
    horizon = over(midnight(-1), midnight(2))
    model = learn_market(None, past, ZONE)
    outlook = market_outlook(model, past, horizon)
    paths = market_paths(model, outlook, horizon, range(MONDAY - 40, MONDAY - 20))
    assert paths.shape == (20, 72)
    assert (paths[:, :24] == outlook.mean[:24]).all()
    assert paths.mean(axis=0) == pytest.approx(outlook.mean, abs=0.002)
    score = paths[:, 24:] - outlook.quantiles[MEDIAN, 24:]
    near = [np.corrcoef(one, two)[0, 1] for one, two in pairwise(score.T)]
    assert 0.5 < np.mean(near) < 0.999  # The day's level, and some noise.


@pytest.mark.parametrize("days", [5, 20])
def test_without_errors_to_follow_courses_stay_on_their_level(days: int) -> None:
    past = market(days)
    horizon = Horizon.tiered(midnight(0) - 5 * HOUR_S)
    model = learn_market(None, past, ZONE)
    outlook = market_outlook(model, past, horizon)
    paths = market_paths(model, outlook, horizon, range(MONDAY - 19, MONDAY))
    assert (np.diff(paths, axis=0) >= -1e-12).all()


def test_a_day_whose_errors_are_unknown_is_replaced() -> None:
    past = market(35)
    horizon = Horizon.tiered(midnight(0) + 5 * HOUR_S)
    model = learn_market(None, past, ZONE)
    outlook = market_outlook(model, past, horizon)
    paths = market_paths(model, outlook, horizon, [MONDAY - 400, MONDAY - 20, MONDAY - 1])
    assert np.isfinite(paths).all()
    assert len(paths) == 3


def test_the_second_day_ahead_beats_a_copy_of_the_first(shems_data: Path) -> None:
    with gzip.open(shems_data / "prices" / "be_2022_2023h1.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    start = np.array([datetime.fromisoformat(row["time"]).timestamp() for row in rows])
    past = Series(start, start + HOUR_S, np.array([float(row[list(row)[1]]) for row in rows]))
    days = Days("Europe/Brussels", HOUR_S)
    late = start > datetime(2022, 9, 1, tzinfo=UTC).timestamp()
    past = Series(past.start[late], past.end[late], past.value[late])
    model = None
    error, copied, inside = [], [], []
    first = days.day(datetime(2023, 1, 15, tzinfo=UTC).timestamp())
    for day in range(first, first + 75):
        until = days.midnight(day)
        model = learn_market(model, past, days.zone, known_until=until)
        horizon = Horizon.uniform(until, HOUR_S, 24)
        outlook = market_outlook(model, past, horizon, known_until=until)
        truth = past.on(horizon)
        error.append(np.abs(outlook.mean - truth).mean())
        copied.append(np.abs(past.between(horizon.start - DAY_S, horizon.start) - truth).mean())
        inside.append(covered(outlook.quantiles.T, truth, 0.8).mean())
    assert np.mean(error) < 0.88 * np.mean(copied)
    assert 0.75 < np.mean(inside) < 0.87
