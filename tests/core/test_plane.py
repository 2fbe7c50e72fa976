"""The power of a plane, link by link and as a whole, against pvlib."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pvlib
import pytest

from custom_components.shems.core.assets.plane import (
    Light,
    Plane,
    clear_sky,
    cloudy,
    erbs,
    on_plane,
    power,
)
from custom_components.shems.core.assets.sun import Sun, position

_TIMES = pd.date_range("2024-01-01", "2024-12-31", freq="307min", tz="UTC")
_LATITUDE, _LONGITUDE = 50.0, 10.0
_TOLERANCE = 0.02


@pytest.fixture(name="theirs", scope="module")
def fixture_theirs() -> pd.DataFrame:
    return pvlib.solarposition.get_solarposition(_TIMES, _LATITUDE, _LONGITUDE)


@pytest.fixture(name="sun", scope="module")
def fixture_sun() -> Sun:
    return position(_TIMES.as_unit("s").asi8.astype(float), _LATITUDE, _LONGITUDE)


@pytest.fixture(name="light", scope="module")
def fixture_light(sun: Sun) -> Light:
    clear = clear_sky(sun)
    share = np.random.default_rng(1).uniform(0.05, 1.0, len(_TIMES))
    return erbs((clear.direct + clear.diffuse) * share, sun)


def up(theirs: pd.DataFrame) -> np.ndarray:
    return (theirs["elevation"] > 5).to_numpy()


def apart(ours: np.ndarray, right: pd.Series, where: np.ndarray) -> float:
    return float(np.abs(ours[where] / right.to_numpy()[where] - 1).max())


@pytest.mark.parametrize(("altitude", "turbidity"), [(0.0, 3.0), (800.0, 2.5), (300.0, 5.0)])
def test_clear_sky_is_ineichens(
    sun: Sun, theirs: pd.DataFrame, altitude: float, turbidity: float
) -> None:
    mass = pvlib.atmosphere.get_relative_airmass(theirs["apparent_zenith"])
    right = pvlib.clearsky.ineichen(
        theirs["apparent_zenith"],
        mass * np.exp(-altitude / 8434.5),
        turbidity,
        altitude,
        dni_extra=pvlib.irradiance.get_extra_radiation(_TIMES),
        perez_enhancement=True,
    )
    clear = clear_sky(sun, altitude, turbidity)
    assert apart(clear.direct + clear.diffuse, right["ghi"], up(theirs)) < _TOLERANCE
    assert apart(clear.diffuse, right["dhi"], up(theirs)) < _TOLERANCE


def test_parts_of_global_light_are_erbs(sun: Sun, theirs: pd.DataFrame, light: Light) -> None:
    right = pvlib.irradiance.erbs(light.direct + light.diffuse, theirs["zenith"], _TIMES)
    assert apart(light.diffuse, right["dhi"], up(theirs)) < _TOLERANCE


@pytest.mark.parametrize(
    ("tilt", "azimuth"), [(30.0, 180.0), (10.0, 90.0), (70.0, 250.0), (0.0, 0.0), (90.0, 180.0)]
)
def test_power_is_pvlibs(
    sun: Sun, theirs: pd.DataFrame, light: Light, tilt: float, azimuth: float
) -> None:
    plane = Plane(tilt, azimuth, 5.0)
    right = pvlib.irradiance.get_total_irradiance(
        tilt,
        azimuth,
        theirs["zenith"],
        theirs["azimuth"],
        light.direct / np.maximum(np.sin(sun.elevation), 0.01745),
        light.direct + light.diffuse,
        light.diffuse,
        dni_extra=pvlib.irradiance.get_extra_radiation(_TIMES),
        model="haydavies",
        albedo=0.2,
    )["poa_global"]
    cell = pvlib.temperature.faiman(right, 20.0, 1.0)
    delivered = pvlib.pvsystem.pvwatts_dc(right, cell, 5.0, -0.004) * (1 - 0.14)
    assert apart(on_plane(plane, sun, light), right, up(theirs)) < _TOLERANCE
    assert apart(power(plane, sun, light, 20.0), delivered, up(theirs)) < _TOLERANCE


def test_power_stops_at_the_limit_and_is_never_negative(sun: Sun, light: Light) -> None:
    free = power(Plane(30.0, 180.0, 5.0), sun, light)
    limited = power(Plane(30.0, 180.0, 5.0, limit_kw=2.0), sun, light)
    assert free.max() > 2.0
    assert (limited == np.clip(free, 0.0, 2.0)).all()
    assert (free[sun.elevation < np.radians(-2)] == 0).all()


def test_horizon_takes_the_beam_where_it_is_higher_than_the_sun(sun: Sun) -> None:
    clear = clear_sky(sun)
    free = Plane(30.0, 180.0, 5.0)
    walled = replace(free, horizon_deg=(0.0, 0.0, 0.0, 30.0))  # A hill in the west.
    west = (sun.azimuth > np.radians(265)) & (sun.azimuth < np.radians(275))
    low = west & (sun.elevation > 0.1) & (sun.elevation < np.radians(20))
    high = west & (sun.elevation > np.radians(31))
    east = (sun.azimuth < np.radians(180)) & (sun.elevation > 0.1)
    shaded, whole = on_plane(walled, sun, clear), on_plane(free, sun, clear)
    assert low.any()
    assert high.any()
    assert (shaded[low] < whole[low]).all()
    assert np.allclose(shaded[high], whole[high])
    assert np.allclose(shaded[east], whole[east])


def test_clouds_dim_the_sky_and_leave_a_quarter(sun: Sun) -> None:
    clear = clear_sky(sun)
    whole = clear.direct + clear.diffuse
    day = sun.elevation > 0.1
    grey = cloudy(np.ones(len(whole)), clear, sun)
    assert np.allclose((grey.direct + grey.diffuse)[day], 0.25 * whole[day])
    none = cloudy(np.zeros(len(whole)), clear, sun)
    assert np.allclose((none.direct + none.diffuse)[day], whole[day])
    assert (grey.direct[day] < none.direct[day]).all()
