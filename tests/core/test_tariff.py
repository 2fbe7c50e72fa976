"""What a kilowatt-hour costs, by the wall clock of the home."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.horizon import Horizon
from custom_components.shems.core.tariff import (
    PriceRule,
    Prices,
    Tariff,
    Window,
    energy_cost,
    local_clock,
    offsets_s,
)

ZONES = [
    "UTC",
    "Europe/Brussels",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Africa/Casablanca",
]


@given(
    times=st.lists(st.integers(1_262_304_000, 2_000_000_000), min_size=1, max_size=20),
    zone=st.sampled_from(ZONES),
)
def test_the_wall_clock_is_zoneinfos(times: list[int], zone: str) -> None:
    check_clock(times, zone)


@pytest.mark.parametrize("zone", ZONES)
def test_the_wall_clock_around_every_change_of_a_year(zone: str) -> None:
    begin = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
    half_hours = range(begin, begin + 366 * 86400, 1800)
    check_clock([at + shift for at in half_hours for shift in (-1, 0)], zone)


def check_clock(times: list[int], zone: str) -> None:
    info = ZoneInfo(zone)
    local = [datetime.fromtimestamp(at, info) for at in times]
    asked = np.array(times, dtype=np.float64)
    minute, weekday = local_clock(asked, zone)
    assert minute.tolist() == [each.hour * 60 + each.minute for each in local]
    assert weekday.tolist() == [each.weekday() for each in local]
    expected = [(each.utcoffset() or timedelta()).total_seconds() for each in local]
    assert offsets_s(asked, zone).tolist() == expected


def test_windows_follow_the_clock_on_a_day_with_23_hours() -> None:
    rule = PriceRule(fee=0.3, windows=(Window(0, 180, 0.1),))
    tariff = Tariff(rule, PriceRule(fee=0.05), "Europe/Brussels", "EUR")
    midnight = datetime(2026, 3, 29, tzinfo=ZoneInfo("Europe/Brussels")).timestamp()
    horizon = Horizon.uniform(midnight, 3600, 23)
    prices = tariff.prices(np.full(23, np.nan), horizon)
    assert prices.buy.tolist() == [0.1] * 2 + [0.3] * 21  # 0:00 and 1:00; 2:00 never is.
    assert prices.complete
    assert prices.known.all()


def test_a_window_may_wrap_midnight_and_keep_to_weekdays() -> None:
    window = Window(22 * 60, 6 * 60, 0.1, weekdays=(0, 1, 2, 3, 4))
    minute = np.array([21, 22, 23, 0, 5, 6], dtype=np.float64) * 60
    assert window.holds(minute, np.full(6, 2.0)).tolist() == [False, True, True, True, True, False]
    assert not window.holds(minute, np.full(6, 5.0)).any()


def test_the_first_window_that_holds_counts() -> None:
    rule = PriceRule(1.0, 0.0, (Window(0, 60, 0.1), Window(0, 1440, 0.2)), vat=0.5)
    price = rule.price(np.array([1.0, 1.0]), np.array([30.0, 90.0]), np.zeros(2))
    assert price.tolist() == pytest.approx([1.65, 1.8])


def test_a_missing_market_price_is_missing_not_zero() -> None:
    tariff = Tariff(PriceRule(1.0, 0.1), PriceRule(0.9), "UTC", "EUR")
    assert tariff.needs_market
    prices = tariff.prices(np.array([0.1, np.nan]), Horizon.uniform(0, 3600, 2))
    assert np.isnan(prices.buy).tolist() == [False, True]
    assert prices.known.tolist() == [True, False]
    assert not prices.complete


@pytest.mark.parametrize("buy", [PriceRule(1.0, 0.1, vat=0.2), PriceRule(fee=0.3)])
def test_net_metering_sets_export_off_against_import(buy: PriceRule) -> None:
    tariff = Tariff(buy, PriceRule(0.9, -0.02), "UTC", "EUR", net_metering=True)
    prices = tariff.prices(np.array([0.1, 0.2]), Horizon.uniform(0, 3600, 2))
    assert prices.sell.tolist() == prices.buy.tolist()
    assert tariff.needs_market == bool(buy.factor)


def test_beyond_the_years_imports_a_kwh_has_the_price_of_feed_in() -> None:
    market, hours = np.array([0.1, 0.2]), Horizon.uniform(0, 3600, 2)
    tariff = Tariff(PriceRule(fee=0.3), PriceRule(1.0), "UTC", "EUR", net_metering=True)
    assert not tariff.needs_market
    half = replace(tariff, beyond=0.5)
    assert half.needs_market
    assert half.prices(market, hours).buy.tolist() == pytest.approx([0.2, 0.25])
    wholly = replace(tariff, beyond=1.0).prices(market, hours)
    assert wholly.sell.tolist() == wholly.buy.tolist() == pytest.approx([0.1, 0.2])
    apart = replace(tariff, net_metering=False, beyond=1.0)
    assert apart.prices(market, hours).buy.tolist() == [0.3, 0.3]


def test_what_is_known_can_be_told() -> None:
    tariff = Tariff(PriceRule(1.0), PriceRule(), "UTC", "EUR")
    known = np.array([True, False])
    prices = tariff.prices(np.array([0.1, 0.1]), Horizon.uniform(0, 3600, 2), known)
    assert prices.known.tolist() == [True, False]


@given(
    grid=st.lists(st.integers(-8, 8), min_size=1, max_size=20),
    scale=st.sampled_from([0.1, 7.5, 100]),
)
def test_cost_scales_with_the_currency(grid: list[int], scale: float) -> None:
    count = len(grid)
    power, hours = np.array(grid, dtype=np.float64), np.full(count, 0.25)
    buy, sell = np.linspace(-0.1, 0.4, count), np.linspace(0.2, -0.1, count)
    known = np.ones(count, dtype=np.bool_)
    cost = energy_cost(power, hours, Prices(buy, sell, known))
    by_hand = sum(
        0.25 * each * (buy[step] if each > 0 else sell[step]) for step, each in enumerate(grid)
    )
    assert cost == pytest.approx(by_hand)
    scaled = energy_cost(power, hours, Prices(buy * scale, sell * scale, known))
    assert scaled == pytest.approx(cost * scale)


def test_selling_may_follow_something_else_than_buying() -> None:
    horizon = Horizon.uniform(0.0, 3600.0, 2)
    market, feed_in = np.array([0.2, 0.3]), np.array([0.05, -0.01])
    contract = Tariff(PriceRule(1.0, 0.1, vat=0.2), PriceRule(1.0, -0.01), "UTC", "EUR")
    prices = contract.prices(market, horizon, feed_in=feed_in)
    assert prices.buy == pytest.approx([0.36, 0.48])
    assert prices.sell == pytest.approx([0.04, -0.02])
    netted = replace(contract, net_metering=True)
    assert not netted.pays_exports
    assert netted.prices(market, horizon, feed_in=feed_in).sell == pytest.approx([0.36, 0.48])
    half = replace(netted, beyond=0.5)
    assert half.pays_exports
    assert half.prices(market, horizon, feed_in=feed_in).sell == pytest.approx([0.2, 0.23])


@given(
    market=st.floats(-0.5, 1.0),
    feed_in=st.one_of(st.none(), st.floats(-0.5, 1.0)),
    vat=st.sampled_from([0.0, 0.21]),
    beyond=st.sampled_from([0.0, 0.4]),
    net=st.booleans(),
    hour=st.integers(0, 23),
)
def test_the_parts_of_a_price_add_up_to_it(
    market: float, feed_in: float | None, vat: float, beyond: float, net: bool, hour: int
) -> None:
    evening = Window(17 * 60, 21 * 60, 0.2)
    tariff = Tariff(
        PriceRule(1.0, 0.1, (evening,), vat),
        PriceRule(0.9, -0.02, (), vat),
        "Europe/Amsterdam",
        "EUR",
        net_metering=net,
        beyond=beyond,
    )
    at = 1767222000.0 + 3600.0 * hour
    priced = tariff.priced(at, market, feed_in)
    assert priced is not None
    told = None if feed_in is None else np.array([feed_in])
    prices = tariff.prices(np.array([market]), Horizon.uniform(at, 300, 1), feed_in=told)
    assert priced.buy.price == pytest.approx(float(prices.buy[0]))
    assert priced.sell.price == pytest.approx(float(prices.sell[0]))
    if not net:
        assert priced.buy.energy == market
        assert priced.buy.fee == (0.2 if 17 <= hour < 21 else 0.1)
        assert priced.buy.tax == pytest.approx(vat * (priced.buy.energy + priced.buy.fee))


def test_a_price_that_follows_an_unknown_market_has_no_parts() -> None:
    fixed, spot = PriceRule(fee=0.3), PriceRule(factor=1.0)
    assert Tariff(spot, fixed, "UTC", "EUR").priced(0.0, None) is None
    priced = Tariff(fixed, fixed, "UTC", "EUR").priced(0.0, None)
    assert priced is not None
    assert priced.buy.price == priced.buy.fee == 0.3
