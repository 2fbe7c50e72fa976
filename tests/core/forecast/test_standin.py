"""What was inferred stands in for what cannot be learned yet, and never where it was rejected."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.plane import Site
from custom_components.shems.core.forecast.history import History, Weather
from custom_components.shems.core.forecast.standin import known_days, load_before, solar_ahead
from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.infer.living import Living
from custom_components.shems.core.infer.posterior import Posterior, Verdict, prior_of
from custom_components.shems.core.infer.solar import SolarBlock
from custom_components.shems.core.series import Series

NOW = 1_780_000_000.0 // DAY_S * DAY_S + 10 * HOUR_S
SITE = Site(52.0, 5.0)
LIVING = prior_of("living", Living.prior, np.random.default_rng(1), 200)


def hours(first: float, count: int, value: float) -> Series:
    start = first + HOUR_S * np.arange(count, dtype=np.float64)
    return Series(start, start + HOUR_S, np.full(count, value))


def roof(peak: float, verdict: Verdict = Verdict.TRUSTED) -> Posterior:
    prior = SolarBlock().prior
    draws = np.tile([peak, 35.0, 180.0, 1.1, 5.0, 5.0], (100, 1))
    return Posterior("solar", prior.names, draws, verdict, days=10.0)


def history(solar: Series | None = None) -> History:
    begin = NOW - 10 * DAY_S
    light = hours(begin, 24 * 12, 150.0)
    weather = Weather(
        temperature_c=hours(begin, 24 * 12, 15.0), direct_w_m2=light, diffuse_w_m2=light
    )
    return History(solar=solar or Series.empty(), weather=weather)


def test_the_sun_is_told_by_the_panels_as_far_as_the_sky_is_known() -> None:
    small, large = (solar_ahead(roof(peak), history(), SITE, NOW) for peak in (3.0, 6.0))
    assert large.value.sum() == pytest.approx(2 * small.value.sum(), rel=0.1)
    assert large.value.max() > 0.5
    assert large.start[0] == NOW
    assert large.end[-1] == NOW + 2 * DAY_S
    midnight = large.at(NOW + 14 * HOUR_S)
    assert midnight == 0.0


def test_clouds_do_where_no_irradiance_is_told() -> None:
    begin = NOW - 10 * DAY_S
    sky = Weather(temperature_c=hours(begin, 24 * 12, 15.0), cloud=hours(begin, 24 * 12, 0.2))
    told = solar_ahead(roof(4.0), History(weather=sky), SITE, NOW)
    assert 2.0 < told.value.max() < 4.5
    assert told.end[-1] == NOW + 2 * DAY_S


def test_the_homes_own_usual_error_counts() -> None:
    plain = solar_ahead(roof(4.0), history(), SITE, NOW)
    begin = NOW - 10 * DAY_S
    half = Series(
        begin + (plain.start - plain.start[0]),
        begin + (plain.end - plain.start[0]),
        plain.value / 2,
    )
    long = [
        Series(half.start + back * DAY_S, half.end + back * DAY_S, half.value)
        for back in (0, 2, 4, 6)
    ]
    past = Series(
        np.concatenate([each.start for each in long]),
        np.concatenate([each.end for each in long]),
        np.concatenate([each.value for each in long]),
    )
    told = solar_ahead(roof(4.0), history(past), SITE, NOW)
    assert told.value.sum() < 0.8 * plain.value.sum()


def test_what_was_rejected_tells_nothing() -> None:
    assert not len(solar_ahead(roof(4.0, Verdict.REJECTED), history(), SITE, NOW))
    load = hours(NOW - DAY_S, 24, 0.4)
    rejected = replace(LIVING, verdict=Verdict.REJECTED)
    assert load_before(rejected, load, "Europe/Amsterdam", 52.0, NOW, car=True) is load


@pytest.mark.parametrize("car", [False, True])
def test_days_of_such_homes_come_before_the_homes_own(car: bool) -> None:
    load = hours(NOW - 2 * DAY_S, 48, 0.4)
    filled = load_before(LIVING, load, "Europe/Amsterdam", 52.0, NOW, car=car)
    assert filled.between(load.start, load.end) == pytest.approx(load.value)
    assert 11 < known_days(filled) - known_days(load) < 13
    assert (filled.value >= 0).all()


def test_a_home_that_knows_nothing_begins_with_such_days_alone() -> None:
    filled = load_before(LIVING, Series.empty(), "UTC", 52.0, NOW, car=True)
    assert 13 < known_days(filled) <= 14.5
    assert filled.end[-1] <= NOW


def test_a_known_week_needs_no_other() -> None:
    load = hours(NOW - 8 * DAY_S, 8 * 24, 0.4)
    assert load_before(LIVING, load, "UTC", 52.0, NOW, car=True) is load
