"""The weather of a population of homes has the statistics of real hours, by season and place."""

import numpy as np
import pytest

from custom_components.shems.core.assets.plane import clear_sky
from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.world.population.climate import (
    Climate,
    draw_climate,
    hourly,
    observe,
    wander,
)

_JANUARY, _JULY = 1_704_067_200.0, 1_719_792_000.0
_COUNT = 120


def weather_of(latitude: float, start: float, step_s: int = HOUR_S, days: int = 14) -> Climate:
    return draw_climate(
        np.random.default_rng(3),
        _COUNT,
        days,
        step_s=step_s,
        latitude=np.full(_COUNT, latitude),
        start=np.full(_COUNT, start),
    )


@pytest.fixture(name="climate", scope="module")
def fixture_climate() -> Climate:
    return draw_climate(np.random.default_rng(1), _COUNT, 28)


def test_same_seed_same_weather(climate: Climate) -> None:
    again = draw_climate(np.random.default_rng(1), _COUNT, 28)
    np.testing.assert_array_equal(again.irradiance, climate.irradiance)
    np.testing.assert_array_equal(again.temperature_c, climate.temperature_c)
    other = draw_climate(np.random.default_rng(2), _COUNT, 28)
    assert np.abs(other.temperature_c - climate.temperature_c).mean() > 1


def test_values_are_possible(climate: Climate) -> None:
    night = climate.sun.elevation < -0.02
    assert np.all(climate.irradiance[night] < 1)
    assert climate.irradiance.min() >= 0
    assert climate.irradiance.max() < 1400
    assert np.all((climate.cloud >= 0) & (climate.cloud <= 1))
    assert climate.wind_ms.min() > 0
    assert climate.snow_cm.min() >= 0
    assert np.all((climate.solar_hour >= 0) & (climate.solar_hour < 24))


def test_sky_is_as_clear_and_as_steady_as_in_europe(climate: Climate) -> None:
    clear = clear_sky(climate.sun, climate.altitude_m)
    most = clear.direct + clear.diffuse
    high = np.sin(climate.sun.elevation) > 0.17
    index = np.where(high, climate.irradiance / np.maximum(most, 1), np.nan)
    seen = high.sum(axis=1) > 50
    off = index[seen] - np.nanmean(index[seen], axis=1, keepdims=True)
    both = np.isfinite(off[:, 1:]) & np.isfinite(off[:, :-1])
    hour = np.corrcoef(off[:, 1:][both], off[:, :-1][both])[0, 1]
    assert 0.55 < np.nanmean(index) < 0.75
    assert 0.22 < np.nanstd(index) < 0.36
    assert 0.7 < hour < 0.9


@pytest.mark.parametrize(
    ("latitude", "start", "air_c", "shine"),
    [
        (38.0, _JANUARY, (4, 14), (60, 110)),
        (52.0, _JANUARY, (-5, 5), (15, 45)),
        (52.0, _JULY, (13, 20), (180, 270)),
        (63.0, _JULY, (8, 17), (160, 260)),
        (-38.0, _JANUARY, (17, 27), (210, 320)),
        (-38.0, _JULY, (4, 14), (60, 110)),
    ],
)
def test_seasons_and_places_differ(
    latitude: float, start: float, air_c: tuple[float, float], shine: tuple[float, float]
) -> None:
    climate = weather_of(latitude, start)
    assert air_c[0] < climate.temperature_c.mean() < air_c[1]
    assert shine[0] < climate.irradiance.mean() < shine[1]


def test_afternoon_is_warmer_the_clearer_the_day() -> None:
    climate = weather_of(50.0, _JULY)
    days = climate.temperature_c.reshape(_COUNT, 14, 24)
    hours = climate.solar_hour.reshape(_COUNT, 14, 24)
    swing = np.where(np.abs(hours - 15) < 2, days, 0).sum(axis=2) / (np.abs(hours - 15) < 2).sum(2)
    swing -= np.where(np.abs(hours - 4) < 2, days, 0).sum(axis=2) / (np.abs(hours - 4) < 2).sum(2)
    cover = climate.cloud.reshape(_COUNT, 14, 24).mean(axis=2)
    assert swing[cover < 0.4].mean() > swing[cover > 0.9].mean() + 3 > 3


def test_snow_lies_in_the_north_in_winter_only() -> None:
    assert (weather_of(63.0, _JANUARY).snow_cm > 1).mean() > 0.5
    assert (weather_of(52.0, _JANUARY).snow_cm > 1).mean() < 0.6
    assert (weather_of(63.0, _JULY).snow_cm > 1).mean() < 0.03


def test_quarter_hours_are_finer_steps_of_the_same_kind() -> None:
    fine = weather_of(50.0, _JULY, step_s=900)
    coarse = weather_of(50.0, _JULY)
    assert fine.times.shape == (_COUNT, 14 * 96)
    assert hourly(fine.irradiance, 900).mean() == pytest.approx(coarse.irradiance.mean(), rel=0.07)
    assert np.ptp(fine.times[0]) == 14 * DAY_S - 900


def test_weather_service_is_wrong_as_much_as_it_is_told_to_be(climate: Climate) -> None:
    seen = observe(np.random.default_rng(5), climate)
    worse = observe(np.random.default_rng(5), climate, noise=2.0)
    assert seen.irradiance.shape == climate.times.shape
    np.testing.assert_array_equal(seen.times, climate.times)
    day = climate.irradiance > 50
    error = np.abs(seen.irradiance - climate.irradiance)[day].mean()
    assert 0.1 < error / climate.irradiance[day].mean() < 0.35
    assert np.abs(worse.irradiance - climate.irradiance)[day].mean() > 1.15 * error
    assert 0.5 < (seen.temperature_c - climate.temperature_c).std() < 2.5


def test_weather_service_may_be_biased(climate: Climate) -> None:
    plain = observe(np.random.default_rng(5), climate, bias=np.ones(_COUNT))
    low = observe(np.random.default_rng(5), climate, bias=np.full(_COUNT, 0.85))
    np.testing.assert_allclose(low.irradiance, 0.85 * plain.irradiance)


def test_autoregression_keeps_what_it_is_told() -> None:
    path = wander(np.random.default_rng(1), 2000, 50, np.full(2000, 0.8))
    assert path.std() == pytest.approx(1, abs=0.03)
    assert np.corrcoef(path[:, 1:].ravel(), path[:, :-1].ravel())[0, 1] == pytest.approx(
        0.8, abs=0.02
    )
