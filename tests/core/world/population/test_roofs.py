"""A population's roofs deliver what the assets' planes deliver, less what takes it away."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.plane import Plane, clear_sky, power
from custom_components.shems.core.assets.sun import position
from custom_components.shems.core.world.population.climate import (
    Climate,
    draw_climate,
    hourly,
)
from custom_components.shems.core.world.population.roofs import (
    Roofs,
    edge_of,
    produce,
    two_sided,
)

_COUNT = 80
_JANUARY, _JUNE = 1_704_067_200.0, 1_717_200_000.0


def alike(**given: float) -> Roofs:
    values = {
        "peak_kw": 5.0,
        "tilt_deg": 35.0,
        "azimuth_deg": 180.0,
        "limit": 1.5,
        "east_deg": 0.0,
        "west_deg": 0.0,
    } | given
    return Roofs(**{name: np.full(_COUNT, value) for name, value in values.items()})


@pytest.fixture(name="summer", scope="module")
def fixture_summer() -> Climate:
    return draw_climate(
        np.random.default_rng(1),
        _COUNT,
        7,
        step_s=1800,
        latitude=np.full(_COUNT, 50.0),
        start=np.full(_COUNT, _JUNE),
    )


@pytest.fixture(name="winter", scope="module")
def fixture_winter() -> Climate:
    return draw_climate(
        np.random.default_rng(1),
        _COUNT,
        14,
        latitude=np.full(_COUNT, 60.0),
        start=np.full(_COUNT, _JANUARY),
    )


def made(climate: Climate, *roofs: Roofs, curtailed: bool = False) -> np.ndarray:
    return produce(np.random.default_rng(2), climate, roofs, curtailed=curtailed)


@pytest.mark.parametrize(("east", "west"), [(0.0, 0.0), (20.0, 8.0)])
def test_roof_is_the_assets_plane(east: float, west: float) -> None:
    sun = position(_JUNE + 1800.0 * np.arange(96), 50.0, 10.0)
    light = clear_sky(sun)
    roof = Roofs(*(np.array(x) for x in (5.0, 35.0, 150.0, 1.5, east, west)))
    plane = Plane(35.0, 150.0, 5.0 / 0.86, horizon_deg=roof.profile())
    ours = roof.delivered(sun, light, np.full(96, 15.0), edge_rad=np.radians(0.25))
    np.testing.assert_allclose(ours, power(plane, sun, light), atol=1e-9)


def test_what_stands_in_the_east_takes_the_morning(summer: Climate) -> None:
    free = made(summer, alike(azimuth_deg=110.0))
    shaded = made(summer, alike(azimuth_deg=110.0, east_deg=25.0))
    morning = summer.solar_hour < 12
    assert np.all(shaded <= free + 1e-9)
    evening = summer.solar_hour > 13
    np.testing.assert_allclose(shaded[evening], free[evening])
    assert shaded[morning].sum() < 0.9 * free[morning].sum()


def test_inverter_and_curtailment_take_the_noon(summer: Climate) -> None:
    free = made(summer, alike())
    clipped = made(summer, alike(limit=0.6))
    curtailed = made(summer, alike(), curtailed=True)
    assert clipped.max() == pytest.approx(3.0)
    np.testing.assert_allclose(clipped, np.minimum(free, 3.0))
    assert np.all(curtailed <= free + 1e-9)
    untouched = (summer.solar_hour < 9) | (summer.solar_hour > 17.5)
    np.testing.assert_allclose(curtailed[untouched], free[untouched])
    assert 0.3 < curtailed.sum() / free.sum() < 0.95


def test_snow_covers_flat_roofs_longer(winter: Climate) -> None:
    bare = replace(winter, snow_cm=np.zeros_like(winter.snow_cm))
    lost = [
        1 - made(winter, alike(tilt_deg=tilt)).sum() / made(bare, alike(tilt_deg=tilt)).sum()
        for tilt in (10.0, 60.0)
    ]
    assert 0.0 < lost[1] < lost[0] < 0.9


def test_two_sides_share_the_peak(summer: Climate) -> None:
    roof = alike()
    east, west = two_sided(np.random.default_rng(3), roof)
    np.testing.assert_allclose(east.peak_kw + west.peak_kw, roof.peak_kw)
    both = hourly(made(summer, east, west), 1800)
    hour = hourly(summer.solar_hour, 1800)
    early = both[(hour > 4.5) & (hour < 6.5)].mean()
    assert early > 1.1 * hourly(made(summer, roof), 1800)[(hour > 4.5) & (hour < 6.5)].mean()


def test_sun_rises_faster_near_the_equator() -> None:
    low, high = edge_of(np.array([0.0, 60.0]), 3600.0)
    assert low == pytest.approx(np.radians(7.5))
    assert high == pytest.approx(low / 2)


def test_same_seed_same_power(summer: Climate) -> None:
    np.testing.assert_array_equal(made(summer, alike()), made(summer, alike()))
    assert made(summer, alike()).min() >= 0
