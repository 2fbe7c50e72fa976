"""Beliefs come from the past, and from nothing else."""

import math
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.forecast.beliefs import Beliefs, Outlook
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.forecast.simple import believe, market_outlook, seven_day_mean
from custom_components.shems.core.horizon import DAY_S, HOUR_S, Horizon
from custom_components.shems.core.series import Series
from custom_components.shems.core.tariff import PriceRule, Prices, Tariff
from custom_components.shems.core.units import Floats, InputError
from tests.core.homes import NOW, certain, hourly, uncertain

ZONE = "Europe/Brussels"
SPOT = Tariff(PriceRule(1.0, 0.145), PriceRule(0.9), ZONE, "EUR")
FLAT = Tariff(PriceRule(fee=0.3), PriceRule(fee=0.08), ZONE, "EUR")
WEEK_S = 7 * DAY_S


def every(step_s: float, begin: float, end: float, values: Floats | float) -> Series:
    start = np.arange(begin, end, step_s)
    return Series(start, start + step_s, np.broadcast_to(values, start.shape).astype(np.float64))


def noisy(step_s: float, begin: float, end: float, seed: int = 1) -> Series:
    count = len(np.arange(begin, end, step_s))
    return every(step_s, begin, end, np.random.default_rng(seed).uniform(0, 3, count))


def history(until: float = NOW, prices_until: float | None = None) -> History:
    begin = NOW // HOUR_S * HOUR_S - 20 * DAY_S
    return History(
        noisy(HOUR_S, begin, until, 1),
        noisy(HOUR_S, begin, until, 2),
        noisy(HOUR_S, begin, prices_until or until + DAY_S, 3),
    )


def arrays(beliefs: Beliefs) -> list[Floats]:
    parts: list[Floats] = [beliefs.prices.buy, beliefs.prices.sell]
    for outlook in (beliefs.load, beliefs.solar):
        parts += [outlook.mean, outlook.quantiles, outlook.paths]
    return parts


def assert_same(one: Beliefs, two: Beliefs) -> None:
    assert one.prices.known.tolist() == two.prices.known.tolist()
    for mine, other in zip(arrays(one), arrays(two), strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-9, atol=1e-9)


def test_load_is_the_mean_of_seven_days_at_the_same_time() -> None:
    begin = NOW // HOUR_S * HOUR_S
    days = [
        every(HOUR_S, begin - (back + 1) * DAY_S, begin - back * DAY_S, float(back))
        for back in range(10)
    ]
    series = Series.of(
        (start, end, value)
        for day in days
        for start, end, value in zip(day.start, day.end, day.value, strict=True)
    )
    outlook = seven_day_mean(series, Horizon.uniform(begin, HOUR_S, 24), begin, "UTC")
    assert outlook is not None
    assert outlook.mean.tolist() == [3.0] * 24  # Days 0 to 6.
    assert len(outlook.paths) == 7
    assert (np.diff(outlook.quantiles, axis=0) >= 0).all()
    assert outlook.quantile(0.5).tolist() == [3.0] * 24


def test_a_day_without_values_is_replaced_by_an_older_one() -> None:
    now = NOW // HOUR_S * HOUR_S
    full = every(HOUR_S, now - 10 * DAY_S, now, 2.0)
    value = full.value.copy()
    value[-48:-24] = math.nan
    outlook = seven_day_mean(
        replace(full, value=value), Horizon.uniform(now, HOUR_S, 24), now, ZONE
    )
    assert outlook is not None
    assert outlook.mean.tolist() == [2.0] * 24
    assert np.isfinite(outlook.paths).all()


def test_a_time_of_day_never_seen_gets_the_mean_of_those_seen() -> None:
    now = NOW // HOUR_S * HOUR_S
    morning = every(HOUR_S, now - DAY_S, now - DAY_S + 4 * HOUR_S, 3.0)
    outlook = seven_day_mean(morning, Horizon.uniform(now, HOUR_S, 24), now, "UTC")
    assert outlook is not None
    assert outlook.mean.tolist() == [3.0] * 24


@pytest.mark.parametrize("minutes", [5, 10])
def test_a_home_that_has_just_begun_expects_the_mean_of_what_it_knows(minutes: int) -> None:
    begin = NOW - 60.0 * minutes
    young = Series.of([(begin, NOW - 200, 1.0), (NOW - 200, NOW, 4.0), (NOW, NOW + 3600, 99.0)])
    horizon = Horizon.tiered(NOW)
    outlook = seven_day_mean(young, horizon, NOW, ZONE)
    assert outlook is not None
    expected = 1.0 + 3.0 * 200 / (60 * minutes)
    assert outlook.mean == pytest.approx(np.full(len(horizon), expected))
    assert outlook.paths == pytest.approx(expected)
    assert believe(History(load=young), FLAT, horizon, NOW).load.mean[0] == outlook.mean[0]


def test_the_future_alone_is_nothing_known() -> None:
    ahead = every(HOUR_S, NOW, NOW + DAY_S, 2.0)
    assert seven_day_mean(ahead, Horizon.tiered(NOW), NOW, ZONE) is None


def test_nothing_seen_is_nothing_believed() -> None:
    horizon = hourly(4)
    assert seven_day_mean(Series.empty(), horizon, NOW, ZONE) is None
    unknown = every(HOUR_S, NOW - DAY_S, NOW, math.nan)
    assert seven_day_mean(unknown, horizon, NOW, ZONE) is None
    with pytest.raises(InputError) as caught:
        believe(History(load=unknown), FLAT, horizon, NOW)
    assert caught.value.code == "no_load_history"


def test_the_neighbours_of_a_step_are_not_those_of_the_other_end() -> None:
    now = NOW // DAY_S * DAY_S
    series = every(HOUR_S, now - 8 * DAY_S, now, 1.0)
    hour = (series.start % DAY_S) / HOUR_S
    loud = replace(series, value=np.where(hour == 5, 9.0, 1.0))
    outlook = seven_day_mean(loud, Horizon.uniform(now, HOUR_S, 6), now, "UTC")
    assert outlook is not None
    assert outlook.quantile(0.9)[0] == 1.0
    assert outlook.quantile(0.9)[4] == 9.0


@pytest.mark.parametrize(
    ("zone", "date"),
    [
        (ZONE, (2026, 3, 29)),
        (ZONE, (2026, 10, 25)),
        ("America/New_York", (2026, 3, 8)),
        ("America/New_York", (2026, 11, 1)),
        ("Australia/Lord_Howe", (2026, 10, 4)),
        ("Australia/Lord_Howe", (2026, 4, 5)),
    ],
)
@pytest.mark.parametrize("days_after", [0, 1, 5])
def test_habits_keep_to_the_wall_clock_when_it_changes(
    zone: str, date: tuple[int, int, int], days_after: int
) -> None:
    """Breakfast at seven is believed at seven, on the day of the change and after it."""
    info = ZoneInfo(zone)
    midnight = datetime(*date, tzinfo=info).timestamp() + days_after * DAY_S
    start = np.arange(midnight - 15 * DAY_S, midnight, 900.0)
    local = [datetime.fromtimestamp(at, info) for at in start.tolist()]
    value = np.array([5.0 if each.hour == 7 else 1.0 for each in local])
    horizon = Horizon.uniform(midnight, 900.0, 100)
    outlook = seven_day_mean(Series(start, start + 900.0, value), horizon, midnight, zone)
    assert outlook is not None
    hours = [datetime.fromtimestamp(at, info).hour for at in horizon.start.tolist()]
    assert outlook.mean.tolist() == [5.0 if hour == 7 else 1.0 for hour in hours]


@given(later=st.integers(0, 47), value=st.sampled_from([-5.0, 0.0, 99.0]))
def test_the_future_never_changes_beliefs(later: int, value: float) -> None:
    known_until = (NOW // HOUR_S + 4) * HOUR_S
    horizon = Horizon.tiered(NOW)
    past = history(until=NOW + 2 * DAY_S, prices_until=NOW + 2 * DAY_S)
    changed = [
        replace(each, value=np.where(each.end > limit, value, each.value))
        for each, limit in (
            (past.load, NOW + later * HOUR_S),
            (past.solar, NOW + later * HOUR_S),
            (past.market, known_until + later * HOUR_S),
        )
    ]
    one = believe(past, SPOT, horizon, NOW, known_until=known_until)
    two = believe(History(*changed), SPOT, horizon, NOW, known_until=known_until)
    assert_same(one, two)


@pytest.mark.parametrize("weeks", [-3, 1, 4])
def test_a_shift_by_whole_weeks_changes_nothing(weeks: int) -> None:
    shift = weeks * WEEK_S  # No clock change lies between in UTC.
    past = history()
    moved = History(
        *(
            replace(each, start=each.start + shift, end=each.end + shift)
            for each in (past.load, past.solar, past.market)
        )
    )
    tariff = replace(SPOT, zone="UTC")
    here = believe(past, tariff, Horizon.tiered(NOW), NOW)
    there = believe(moved, tariff, Horizon.tiered(NOW + shift), NOW + shift)
    assert_same(here, there)


def test_beliefs_are_sound_whatever_the_history_holds() -> None:
    past = history()
    broken = past.load.value.copy()
    broken[::3], broken[1::7], broken[2::11] = math.nan, -4.0, math.inf
    beliefs = believe(replace(past, load=replace(past.load, value=broken)), SPOT, hourly(48), NOW)
    beliefs.check()
    assert beliefs.load.mean.max() <= 3.0
    assert (np.diff(beliefs.load.quantiles, axis=0) >= 0).all()
    assert beliefs.uncertain


def test_a_provider_that_knows_its_spread_is_believed() -> None:
    past = History(
        load=every(HOUR_S, NOW - DAY_S, NOW, 1.0),
        given_low=every(HOUR_S, NOW, NOW + 2 * HOUR_S, 1.0),
        given_high=every(HOUR_S, NOW, NOW + 2 * HOUR_S, 5.0),
    )
    horizon = Horizon.uniform(NOW, HOUR_S, 3)
    given_kw = every(HOUR_S, NOW, NOW + 3 * HOUR_S, 3.0)
    told = believe(past, FLAT, horizon, NOW, solar_given=given_kw).solar
    assert told.quantile(0.1)[0] == pytest.approx(1.0)
    assert told.quantile(0.5)[0] == pytest.approx(3.0)
    assert told.quantile(0.9)[0] == pytest.approx(5.0)
    assert told.quantile(0.05)[0] == pytest.approx(0.433, abs=0.01)
    assert told.quantile(0.1)[2] == told.quantile(0.9)[2] == 3.0, "where nothing is told"


def test_a_given_forecast_counts_where_it_reaches() -> None:
    past = history()
    horizon = hourly(4)
    given_kw = Series.of([(NOW, NOW + 3600, 7.0), (NOW + 3600, NOW + 7200, -1.0)])
    plain = believe(past, FLAT, horizon, NOW)
    told = believe(past, FLAT, horizon, NOW, solar_given=given_kw)
    assert told.solar.source == "given"
    assert told.solar.mean.tolist() == [7.0, 0.0, *plain.solar.mean[2:].tolist()]
    assert (told.solar.quantiles >= 0).all()
    told.check()
    silent = believe(past, FLAT, horizon, NOW, solar_given=Series.empty())
    assert silent.solar.source == "seven_day_mean"


def test_a_home_without_solar_history_has_no_sun() -> None:
    beliefs = believe(History(load=history().load), FLAT, hourly(4), NOW)
    assert beliefs.solar.mean.tolist() == [0.0] * 4
    assert beliefs.solar.source == "none"


def test_unpublished_prices_are_the_mean_of_like_days() -> None:
    monday = datetime(2026, 6, 1, tzinfo=UTC).timestamp()
    start = np.arange(monday - 14 * DAY_S, monday, HOUR_S)
    weekend = (np.floor(start / DAY_S) + 3) % 7 >= 5
    market = Series(start, start + HOUR_S, np.where(weekend, 0.02, 0.1))
    value, known = market_outlook(market, Horizon.uniform(monday, DAY_S / 4, 28), "UTC")
    assert not known.any()
    assert value == pytest.approx([0.1] * 20 + [0.02] * 8)


def test_published_prices_stand_as_they_are() -> None:
    market = every(HOUR_S, NOW, NOW + DAY_S, np.linspace(-0.1, 0.4, 24))
    value, known = market_outlook(market, Horizon.uniform(NOW, HOUR_S, 24), ZONE)
    assert value.tolist() == pytest.approx(market.value.tolist())
    assert known.all()


def test_a_day_type_never_seen_takes_every_day_and_an_hour_never_seen_the_mean() -> None:
    monday = datetime(2026, 6, 1, tzinfo=UTC).timestamp()
    saturday = every(HOUR_S, monday - 2 * DAY_S, monday - 2 * DAY_S + 6 * HOUR_S, 0.05)
    value, _ = market_outlook(saturday, Horizon.uniform(monday, 6 * HOUR_S, 2), "UTC")
    assert value == pytest.approx([0.05, 0.05])


def test_without_any_price_there_is_an_error_and_no_zero() -> None:
    unknown = every(HOUR_S, NOW - DAY_S, NOW, math.nan)
    with pytest.raises(InputError) as caught:
        believe(replace(history(), market=unknown), SPOT, hourly(4), NOW)
    assert caught.value.code == "no_price_history"
    late = every(HOUR_S, NOW, NOW + DAY_S, 0.1)
    with pytest.raises(InputError, match="no price history"):
        market_outlook(late, hourly(4), ZONE, known_until=NOW)


def test_a_fixed_tariff_needs_no_market() -> None:
    beliefs = believe(replace(history(), market=Series.empty()), FLAT, hourly(4), NOW)
    assert beliefs.prices.buy.tolist() == [0.3] * 4
    assert beliefs.prices.known.all()


def test_scenarios_pair_what_is_certain_with_every_path() -> None:
    beliefs = uncertain(certain(load=[1.0, 2.0], solar=3.0, horizon=hourly(2)), (0.5, 1.5))
    assert [(load.tolist(), solar.tolist()) for load, solar in beliefs.scenarios] == [
        ([0.5, 1.0], [3.0, 3.0]),
        ([1.5, 3.0], [3.0, 3.0]),
    ]


GOOD = certain(horizon=hourly(3))


def outlook(*values: float) -> Outlook:
    return Outlook.certain(np.array(values), "exact")


def prices(*values: float) -> Prices:
    given = np.array(values)
    return Prices(given, given, np.ones(len(given), dtype=np.bool_))


@pytest.mark.parametrize(
    ("beliefs", "code"),
    [
        (replace(GOOD, load=outlook(1, math.nan, 1)), "belief_missing"),
        (replace(GOOD, solar=outlook(1, math.inf, 1)), "belief_missing"),
        (replace(GOOD, load=outlook(1, -1, 1)), "belief_negative"),
        (replace(GOOD, solar=outlook(1, 1)), "belief_length"),
        (replace(GOOD, prices=prices(0.1, math.nan, 0.1)), "prices_missing"),
        (replace(GOOD, prices=prices(0.1, math.inf, 0.1)), "prices_missing"),
        (replace(GOOD, prices=prices(0.1, 0.1)), "prices_missing"),
        (
            replace(GOOD, load=replace(GOOD.load, paths=np.array([[1.0, math.nan, 1.0]]))),
            "belief_missing",
        ),
        (
            replace(GOOD, load=replace(GOOD.load, paths=np.array([[1.0, -2.0, 1.0]]))),
            "belief_negative",
        ),
    ],
)
def test_beliefs_that_cannot_be_are_refused(beliefs: Beliefs, code: str) -> None:
    with pytest.raises(InputError) as caught:
        beliefs.check()
    assert caught.value.code == code
