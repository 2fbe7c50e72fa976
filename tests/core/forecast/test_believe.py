"""What every plan rests on: learners where they have shown skill, plain means elsewhere."""

from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.forecast.believe import Premise, believe, premise
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.forecast.issue import Archive
from custom_components.shems.core.forecast.learned import Learned, learn, refreshed
from custom_components.shems.core.forecast.levels import COUNT, LEVELS, convolved
from custom_components.shems.core.forecast.residual import Residuals
from custom_components.shems.core.forecast.skill import skill
from custom_components.shems.core.horizon import DAY_S, HOUR_S, Horizon
from custom_components.shems.core.series import Series
from custom_components.shems.core.tariff import PriceRule, Tariff
from custom_components.shems.core.units import Floats, InputError

ZONE = "Europe/Berlin"
DAYS = Days(ZONE, HOUR_S)
ORIGIN = 20_600
NOW = DAYS.midnight(ORIGIN) + 10 * HOUR_S
FLAT = Tariff(PriceRule(0.0, 0.3), PriceRule(0.0, 0.08), ZONE, "EUR")
SPOT = Tariff(PriceRule(1.0, 0.1), PriceRule(0.9), ZONE, "EUR")


def series(days: int, value: Floats) -> Series:
    start: Floats = DAYS.midnight(ORIGIN - days) + HOUR_S * np.arange(len(value), dtype=np.float64)
    return Series(start, start + HOUR_S, value)


def past(days: int = 40, seed: int = 1) -> History:
    """Return a home with a daily rhythm, noise and a clear roof; it goes on after now."""
    random = np.random.default_rng(seed)
    hour = np.arange((days + 3) * 24) % 24
    load = 0.4 + 1.2 * np.exp(-((hour - 19) ** 2) / 8) + random.gamma(2.0, 0.1, len(hour))
    bright = np.repeat(random.uniform(0.2, 1.0, days + 3), 24)
    solar = bright * np.maximum(0.0, 4 * np.sin((hour - 5) / 14 * np.pi) * (hour > 5) * (hour < 19))
    price = 0.1 + 0.05 * np.sin(hour / 24 * 2 * np.pi) + random.normal(0, 0.01, len(hour))
    return History(series(days, load), series(days, solar), series(days, price))


def learned(history: History) -> Learned:
    return learn(Learned(), history, ZONE, NOW, boosting=False)[0]


def horizon(hours: int = 54) -> Horizon:
    return Horizon.uniform(NOW, HOUR_S, hours)


def checked(beliefs: Beliefs) -> Beliefs:
    beliefs.check()
    for outlook in (beliefs.load, beliefs.solar):
        assert (np.diff(outlook.quantiles, axis=0) >= -1e-9).all()
        assert (outlook.quantiles >= 0).all()
    assert len({len(each.paths) for each in (beliefs.load, beliefs.solar)} - {1}) <= 1
    return beliefs


@pytest.fixture(scope="module")
def home() -> tuple[History, Learned]:
    history = past()
    return history, learned(history)


def test_learners_that_have_shown_skill_are_believed(home: tuple[History, Learned]) -> None:
    history, known = home
    found = premise(known, history, DAYS, NOW, known_until=NOW + DAY_S)
    assert found.load is not None
    assert found.market is not None
    beliefs = checked(believe(found, history, SPOT, horizon(), NOW, known_until=NOW + DAY_S))
    assert beliefs.load.source == "mix"
    assert len(beliefs.load.paths) == 16
    assert beliefs.prices.known.tolist() == [True] * 24 + [False] * 30
    spread = np.ptp(beliefs.market.quantiles, axis=0)
    assert (spread[:24] == 0).all()
    assert (spread[24:] > 0).all()
    assert beliefs.prices.buy == pytest.approx(beliefs.market.mean + 0.1)
    flat = believe(found, history, FLAT, horizon(), NOW)
    assert flat.market is None
    dark = (np.arange(54) + 10) % 24 < 3
    assert (beliefs.solar.quantiles[:, dark] == 0).all()


def chilly(history: History, days: int = 40) -> History:
    """Return a home that draws less the warmer it is than on other days."""
    noise = np.random.default_rng(3).normal(0, 1.0, 24 * (days + 3))
    off = np.convolve(noise, 0.9 ** np.arange(60), "full")[: len(noise)]
    hour = np.arange(len(off)) % 24
    load = np.maximum(history.load.value - 0.15 * off, 0.05)
    outdoor = series(days, 8 + 4 * np.sin((hour - 9) / 12 * np.pi) + off)
    return replace(history, load=series(days, load), outdoor=outdoor)


def test_courses_of_everything_follow_the_same_days() -> None:
    history = chilly(past())
    found = premise(learned(history), history, DAYS, NOW, known_until=NOW + DAY_S)
    beliefs = checked(believe(found, history, SPOT, horizon(), NOW, known_until=NOW + DAY_S))
    assert beliefs.market is not None
    assert beliefs.temperature is not None
    assert beliefs.temperature.source == "sensor"
    assert beliefs.load.days_back == beliefs.temperature.days_back == beliefs.market.days_back
    assert beliefs.load.days_back[:2] == (3, 4)
    assert beliefs.market.paths.shape == beliefs.temperature.paths.shape == (16, 54)
    assert (np.ptp(beliefs.market.paths[:, :24], axis=0) == 0).all()
    assert (np.ptp(beliefs.market.paths[:, 24:], axis=0) > 0).all()
    alike = [
        np.corrcoef(load, warm)[0, 1]
        for load, warm in zip(beliefs.load.paths.T, beliefs.temperature.paths.T, strict=True)
    ]
    assert np.mean(alike) < -0.4
    one = beliefs.expected
    assert one.market is not None
    assert one.temperature is not None
    assert one.load.days_back == ()
    assert {len(each.paths) for each in (one.load, one.market, one.temperature)} == {1}
    assert believe(found, history, FLAT, horizon(), NOW).expected.market is None
    changed = replace(
        history,
        outdoor=replace(
            history.outdoor,
            value=np.where(history.outdoor.end > NOW, 99.0, history.outdoor.value),
        ),
    )
    again = believe(found, changed, SPOT, horizon(), NOW, known_until=NOW + DAY_S)
    assert again.temperature is not None
    np.testing.assert_array_equal(again.temperature.paths, beliefs.temperature.paths)


def test_without_patterns_there_is_but_the_mean() -> None:
    history = chilly(past())
    found = replace(
        premise(learned(history), history, DAYS, NOW, known_until=NOW + HOUR_S),
        load=None,
        solar=None,
    )
    young = replace(history, load=series(0, history.load.value[:8]), solar=Series.empty())
    beliefs = believe(found, young, SPOT, horizon(6), NOW, known_until=NOW + HOUR_S)
    assert beliefs.market is not None
    assert beliefs.temperature is not None
    assert beliefs.market.paths == pytest.approx(beliefs.market.mean[np.newaxis])
    assert beliefs.temperature.paths == pytest.approx(beliefs.temperature.mean[np.newaxis])


def test_published_prices_have_one_course(home: tuple[History, Learned]) -> None:
    history, known = home
    found = premise(known, history, DAYS, NOW)
    beliefs = believe(found, history, SPOT, horizon(), NOW)
    assert beliefs.market is not None
    assert len(beliefs.market.paths) == 1
    assert beliefs.temperature is None


def test_the_future_changes_nothing() -> None:
    history = past(12)
    known = learned(history)
    found = premise(known, history, DAYS, NOW, known_until=NOW + DAY_S)
    later = history.load.end > NOW
    changed = replace(
        history,
        load=replace(history.load, value=np.where(later, 99.0, history.load.value)),
        solar=replace(history.solar, value=np.where(later, 99.0, history.solar.value)),
    )
    again = learned(changed)
    other = premise(again, changed, DAYS, NOW, known_until=NOW + DAY_S)
    one = believe(found, history, SPOT, horizon(), NOW, known_until=NOW + DAY_S)
    two = believe(other, changed, SPOT, horizon(), NOW, known_until=NOW + DAY_S)
    for name in ("mean", "quantiles", "paths"):
        for quantity in ("load", "solar"):
            np.testing.assert_array_equal(
                getattr(getattr(one, quantity), name), getattr(getattr(two, quantity), name)
            )
    np.testing.assert_array_equal(one.prices.buy, two.prices.buy)


@pytest.mark.parametrize("days", [0, 1, 3, 7, 14, 28])
def test_a_young_home_has_forecasts_from_the_first_hours(days: int) -> None:
    history = past(days)
    known = learned(history)
    found = premise(known, history, DAYS, NOW, known_until=NOW + DAY_S)
    beliefs = checked(believe(found, history, SPOT, horizon(), NOW, known_until=NOW + DAY_S))
    assert np.isfinite(beliefs.load.mean).all()
    if days <= 3:
        assert beliefs.load.source in ("seven_day_mean", "mean")


def test_without_any_load_there_is_nothing_to_believe() -> None:
    with pytest.raises(InputError, match="no load history"):
        believe(Premise(), History(), FLAT, horizon(), NOW)


def archived(quantile: Floats, days: int = 20) -> Archive:
    """Return an archive that said the same distribution every day."""
    rows = np.broadcast_to(quantile, (days, 3, 24, COUNT)).astype(np.float32)
    return Archive(ORIGIN + 1 - days, rows.copy(), "mix")


def test_a_learner_that_is_no_better_than_seven_days_is_not_believed(
    home: tuple[History, Learned],
) -> None:
    history, known = home
    wrong = archived(5.0 + LEVELS)
    gained = skill(wrong, ORIGIN, history.load, DAYS)
    assert gained is not None
    assert gained < 0
    assert known.load is not None
    worse = Learned(load=replace(known.load, archive=wrong))
    assert premise(worse, history, DAYS, NOW).load is None


def test_the_sun_of_today_is_expected_anew_when_others_change_their_minds(
    home: tuple[History, Learned],
) -> None:
    history, known = home
    assert refreshed(Learned(), history, DAYS, NOW) == Learned()
    assert refreshed(known, history, DAYS, NOW + 2 * DAY_S) is known
    again = refreshed(known, history, DAYS, NOW)
    assert known.solar is not None
    assert again.solar is not None
    one, two = known.solar.archive, again.solar.archive
    assert len(one) == len(two)
    np.testing.assert_allclose(one.quantiles, two.quantiles, atol=1e-5)


def test_skill_needs_days_to_compare() -> None:
    history = past()
    assert skill(archived(LEVELS, 3), ORIGIN, history.load, DAYS) is None
    assert skill(archived(LEVELS), ORIGIN, Series.empty(), DAYS) is None
    still = series(40, np.ones(43 * 24))
    assert skill(archived(np.ones(COUNT)), ORIGIN, still, DAYS) is None


def test_yesterdays_forecast_serves_until_todays_is_there_and_no_longer(
    home: tuple[History, Learned],
) -> None:
    history, known = home
    assert known.load is not None
    issue = known.load.archive.issue(ORIGIN - 1)
    assert issue is not None
    old = Residuals.of(issue, history.load, DAYS)
    assert believe(Premise(load=old), history, FLAT, horizon(), NOW).load.source == "mix"
    tomorrow = Horizon.uniform(NOW + DAY_S, HOUR_S, 24)
    late = believe(Premise(load=old), history, FLAT, tomorrow, NOW + DAY_S)
    assert late.load.source == "seven_day_mean"


def test_load_and_sun_of_different_midnights_are_believed_each_for_itself(
    home: tuple[History, Learned],
) -> None:
    history, known = home
    found = premise(known, history, DAYS, NOW)
    assert found.load is not None
    older = replace(found.load, origin=ORIGIN - 1)
    both = checked(believe(Premise(older, found.load), history, FLAT, horizon(), NOW))
    assert both.load.source == both.solar.source == "mix"


def charging(days: int) -> Series:
    """Return a car that charges at two in the night, three nights of four."""
    hours = np.arange((days + 3) * 24)
    return series(days, np.where((hours % 24 == 2) & (hours // 24 % 4 > 0), 7.0, 0.0))


@pytest.mark.parametrize("days", [40, 2])
def test_what_shems_moves_is_expected_on_its_own(home: tuple[History, Learned], days: int) -> None:
    history, known = home
    flexible = {"car": charging(days), "new": Series.empty()}
    moved = replace(history, flexible=flexible)
    found = premise(known, moved, DAYS, NOW)
    assert set(found.flexible) == ({"car"} if days > 2 else set())
    assert premise(known, moved, DAYS, NOW + HOUR_S, before=found).flexible == found.flexible
    plain = believe(found, history, FLAT, horizon(), NOW).load
    more = checked(believe(found, moved, FLAT, horizon(), NOW)).load
    gained = more.mean - plain.mean
    assert gained[0] == pytest.approx(0.0, abs=0.01)
    assert gained[14:19].sum() == pytest.approx(7.0 * 3 / 4, abs=1.0)
    courses = more.paths - plain.paths
    assert {0.0, 7.0} <= set(np.round(courses[:, 16], 6)), "nights, not means of nights"
    assert (courses[:, 0] == 0).all()
    wide = more.quantile(0.9)[16] - more.quantile(0.1)[16]
    assert wide > plain.quantile(0.9)[16] - plain.quantile(0.1)[16] + 5
    assert more.quantiles[:, 0] == pytest.approx(plain.quantiles[:, 0], abs=0.05)


def test_sums_have_the_quantiles_of_independent_quantities() -> None:
    one, other = (NormalDist(5, sigma) for sigma in (3.0, 4.0))
    law = [np.array([[each.inv_cdf(level)] for level in LEVELS.tolist()]) for each in (one, other)]
    both = np.array([NormalDist(10, 5).inv_cdf(level) for level in LEVELS.tolist()])
    assert convolved(*law)[:, 0] == pytest.approx(both, abs=0.6)
    assert convolved(law[0], np.full((COUNT, 1), 2.0)) == pytest.approx(law[0] + 2)


def test_courses_of_a_mean_and_of_a_learner_are_matched(home: tuple[History, Learned]) -> None:
    history, known = home
    found = replace(premise(known, history, DAYS, NOW), solar=None)
    beliefs = checked(believe(found, history, FLAT, horizon(), NOW))
    assert beliefs.solar.source == "seven_day_mean"
    assert len(beliefs.scenarios) == 16
