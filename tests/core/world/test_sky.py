"""The sun, the weather and the light on a roof."""

from datetime import UTC, datetime

import numpy as np
import pytest

from custom_components.shems.core.world.roof import Plane, solar_kw
from custom_components.shems.core.world.sky import foreseen, irradiance, sun, weather

DAY = 300.0 * np.arange(288)


def epoch(*moment: int) -> float:
    return datetime(*moment, tzinfo=UTC).timestamp()  # type: ignore[arg-type, misc]  # y, m, d, …


@pytest.mark.parametrize(
    ("moment", "place", "elevation", "azimuth"),
    [
        # NOAA's solar calculator, rounded to a degree.
        ((2026, 6, 21, 11, 42), (52.0, 5.0), 61.4, 180.0),
        ((2026, 12, 21, 11, 38), (52.0, 5.0), 14.6, 180.0),
        ((2026, 3, 20, 6, 0), (0.0, 0.0), -1.9, 90.0),
        ((2026, 1, 1, 2, 23), (-37.8, 145.0), 75.2, 0.0),
    ],
)
def test_sun_position(
    moment: tuple[int, ...], place: tuple[float, float], elevation: float, azimuth: float
) -> None:
    where = sun(*place, np.array([epoch(*moment)]))
    assert np.degrees(where.elevation[0]) == pytest.approx(elevation, abs=0.7)
    off = (np.degrees(where.azimuth[0]) - azimuth + 180) % 360 - 180
    assert off == pytest.approx(0.0, abs=1.5)


def test_clear_sky_is_bright_and_clouds_are_not() -> None:
    times = np.array([epoch(2026, 6, 21, 11, 42)])
    where = sun(52.0, 5.0, times)
    clear, direct, diffuse = irradiance(where, np.zeros(1), times)
    dull, *_ = irradiance(where, np.ones(1), times)
    assert 850 < clear[0] < 1000
    assert direct[0] * np.sin(where.elevation[0]) + diffuse[0] == pytest.approx(clear[0])
    assert dull[0] == pytest.approx(0.25 * clear[0])


def test_there_is_no_light_at_night() -> None:
    times = epoch(2026, 6, 21) + DAY
    sky = weather(1, 52.0, 5.0, times)
    night = sky.sun.elevation < 0
    assert night.any()
    assert sky.global_wm2[night].max() == 0
    assert sky.direct_wm2[night].max() == 0
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


def test_a_plane_faces_its_sun() -> None:
    times = epoch(2026, 6, 21) + DAY
    sky = weather(4, 52.0, 5.0, times)
    east, west = Plane(3.0, 35.0, 90.0).power_kw(sky), Plane(3.0, 35.0, 270.0).power_kw(sky)
    morning, evening = times < times[0] + 9 * 3600, times > times[0] + 15 * 3600
    assert east[morning].sum() > west[morning].sum()
    assert west[evening].sum() > east[evening].sum()


def test_the_inverter_clips() -> None:
    sky = weather(1, 52.0, 5.0, epoch(2026, 5, 1) + 300.0 * np.arange(288 * 20))
    planes = (Plane(4.0, 35.0, 180.0), Plane(4.0, 10.0, 180.0))
    assert solar_kw(planes, 3.0, sky).max() == 3.0
    assert solar_kw(planes, 30.0, sky).max() > 4.5
