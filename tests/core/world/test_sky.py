"""The sun, the weather and the light on a roof."""

from datetime import UTC, datetime

import numpy as np
import pytest

from custom_components.shems.core.assets.plane import Plane
from custom_components.shems.core.world.household import Household
from custom_components.shems.core.world.sky import foreseen, weather

DAY = 300.0 * np.arange(288)


def epoch(*moment: int) -> float:
    return datetime(*moment, tzinfo=UTC).timestamp()  # type: ignore[arg-type, misc]  # y, m, d, …


def test_noon_is_bright_where_clouds_are_few() -> None:
    noons = epoch(2026, 6, 1, 11, 40) + 86400.0 * np.arange(30)
    sky = weather(1, 52.0, 5.0, noons)
    assert np.degrees(sky.sun.elevation) == pytest.approx(np.full(30, 61.0), abs=1.5)
    assert np.degrees(sky.sun.azimuth) == pytest.approx(np.full(30, 180.0), abs=3.0)
    clear, dull = sky.cloud < 0.2, sky.cloud > 0.95
    assert clear.any()
    assert dull.any()
    assert 850 < sky.global_wm2[clear].min() <= sky.global_wm2[clear].max() < 1000
    assert 200 < sky.global_wm2[dull].min() <= sky.global_wm2[dull].max() < 500
    assert (sky.light.direct > sky.light.diffuse)[clear].all()
    assert (sky.light.direct < 0.1 * sky.light.diffuse)[dull].all()


def test_there_is_no_light_at_night() -> None:
    times = epoch(2026, 6, 21) + DAY
    sky = weather(1, 52.0, 5.0, times)
    night = sky.sun.apparent < 0
    assert night.any()
    assert sky.global_wm2[night].max() == 0
    assert sky.global_wm2[~night].max() > 100


def test_weather_stays_within_its_bounds() -> None:
    sky = weather(1, 52.0, 5.0, epoch(2026, 1, 1) + 3600.0 * np.arange(8760))
    for share in (sky.cloud, sky.humidity):
        assert 0 <= share.min() < share.max() <= 1
    assert 0 < sky.wind_ms.min() < 4 < sky.wind_ms.max() < 35


def test_a_forecast_follows_the_weather() -> None:
    times = epoch(2026, 4, 1) + 3600.0 * np.arange(24 * 60)
    real, expected = weather(1, 52.0, 5.0, times), foreseen(1, 52.0, 5.0, times)
    assert 0.7 < np.corrcoef(real.cloud, expected.cloud)[0, 1] < 0.97
    assert 0.3 < np.abs(real.temperature_c - expected.temperature_c).mean() < 2


def test_a_roof_gives_when_its_planes_face_the_sun() -> None:
    times = epoch(2026, 6, 21) + DAY
    east, west = (
        home.solar_kw(home.weather(times))
        for home in (Household(4, planes=(Plane(35.0, azimuth, 3.0),)) for azimuth in (90.0, 270.0))
    )
    morning, evening = times < times[0] + 9 * 3600, times > times[0] + 15 * 3600
    assert east[morning].sum() > west[morning].sum()
    assert west[evening].sum() > east[evening].sum()


def test_the_inverter_clips_the_sum_of_its_planes() -> None:
    times = epoch(2026, 5, 1) + 300.0 * np.arange(288 * 20)
    planes = (Plane(35.0, 180.0, 4.0), Plane(10.0, 180.0, 4.0))
    small, large = (
        home.solar_kw(home.weather(times))
        for home in (Household(1, planes=planes, inverter_kw=limit) for limit in (3.0, 30.0))
    )
    assert small.max() == 3.0
    assert large.max() > 4.5
    assert small == pytest.approx(np.minimum(large, 3.0))
