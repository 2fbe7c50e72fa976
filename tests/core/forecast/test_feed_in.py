"""What selling follows where it has prices of its own."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.forecast import simple
from custom_components.shems.core.forecast.believe import believe, premise
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.feed_in import feed_in_outlook
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.forecast.learned import Learned
from custom_components.shems.core.horizon import DAY_S, HOUR_S, Horizon
from custom_components.shems.core.series import Series
from custom_components.shems.core.tariff import PriceRule, Tariff
from custom_components.shems.core.units import Floats

ZONE = "UTC"
MIDNIGHT = 1_780_012_800.0
DAYS = 20
STARTS = MIDNIGHT + HOUR_S * np.arange(-24 * DAYS, 24)
HORIZON = Horizon.uniform(MIDNIGHT + 12 * HOUR_S, HOUR_S, 24)
TARIFF = Tariff(PriceRule(1.0, 0.1, vat=0.2), PriceRule(1.0, -0.01), ZONE, "EUR")


def hourly(values: Floats, starts: Floats = STARTS) -> Series:
    return Series(starts, starts + HOUR_S, values)


def course() -> Floats:
    """Return prices that are nothing like from day to day."""
    return 0.2 + 0.1 * np.sin(np.arange(len(STARTS)) ** 1.3)


def distance() -> Floats:
    """Return by how much selling brings less, by the hour of the day."""
    return -0.05 - 0.02 * ((STARTS // HOUR_S) % 24 >= 18)


def test_without_prices_of_its_own_there_is_nothing_to_follow() -> None:
    expected = np.full(24, 0.3)
    assert feed_in_outlook(Series.empty(), hourly(course()), expected, HORIZON, ZONE) is None


def test_published_prices_hold_and_then_the_usual_distance() -> None:
    feed_in = hourly(course() + distance())
    expected = np.linspace(0.1, 0.4, 24)
    found = feed_in_outlook(feed_in, hourly(course()), expected, HORIZON, ZONE)
    assert found is not None
    assert found[:12] == pytest.approx((course() + distance())[-12:])
    # From midnight on, 0.05 less, and 0.07 from 18:00, which the horizon does not reach.
    assert found[12:] == pytest.approx(expected[12:] - 0.05)


def test_what_is_not_yet_published_is_not_used() -> None:
    """A replay holds the whole past and tells what was known."""
    feed_in = hourly(course() + distance())
    spoilt = replace(feed_in, value=np.where(HORIZON.start[0] <= STARTS, 9.9, feed_in.value))
    expected = np.full(24, 0.3)
    until = float(HORIZON.start[0])
    plain = feed_in_outlook(feed_in, hourly(course()), expected, HORIZON, ZONE, until)
    other = feed_in_outlook(spoilt, hourly(course()), expected, HORIZON, ZONE, until)
    assert plain is not None
    assert other is not None
    assert plain == pytest.approx(other)
    assert plain[:6] == pytest.approx(0.25)
    assert plain[6:12] == pytest.approx(0.23)


def test_hours_never_seen_get_the_mean_distance() -> None:
    seen = slice(-30, -24)  # Six hours of yesterday evening.
    feed_in = hourly((course() - 0.04)[seen], STARTS[seen])
    found = feed_in_outlook(feed_in, hourly(course()), np.full(24, 0.3), HORIZON, ZONE)
    assert found == pytest.approx(np.full(24, 0.26))


def test_without_a_market_beside_it_its_mean_stands() -> None:
    seen = slice(-24, -18)
    feed_in = hourly(np.full(6, 0.08), STARTS[seen])
    found = feed_in_outlook(feed_in, Series.empty(), np.full(24, 0.3), HORIZON, ZONE)
    assert found == pytest.approx(np.full(24, 0.08))


def test_where_it_was_never_known_the_market_stands() -> None:
    feed_in = hourly(course() + distance())
    expected = np.full(24, 0.3)
    early = float(STARTS[0]) - DAY_S
    found = feed_in_outlook(feed_in, hourly(course()), expected, HORIZON, ZONE, early)
    assert found == pytest.approx(expected)


def test_beliefs_sell_at_its_prices() -> None:
    load = hourly(np.full(len(STARTS), 1.0))
    now = float(HORIZON.start[0])
    history = History(load=load, market=hourly(course()), feed_in=hourly(course() + distance()))
    plain = simple.believe(history, TARIFF, HORIZON, now).prices
    learned = believe(
        premise(Learned(), history, Days(ZONE, HOUR_S), now), history, TARIFF, HORIZON, now
    ).prices
    for prices in (plain, learned):
        assert prices.sell[:12] == pytest.approx((course() + distance())[-12:] - 0.01)
        assert prices.buy[:12] == pytest.approx((course()[-12:] + 0.1) * 1.2)
        assert np.isfinite(prices.sell).all()
        market = prices.buy[12:] / 1.2 - 0.1
        assert prices.sell[12:] == pytest.approx(market - 0.05 - 0.01)
