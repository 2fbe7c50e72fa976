"""The sun's position, against pvlib."""

import numpy as np
import pandas as pd
import pvlib
import pytest

from custom_components.shems.core.assets.sun import position

_TOLERANCE_DEG = 0.2


@pytest.mark.parametrize("latitude", [-78.0, -34.0, 0.5, 52.0, 78.0])
@pytest.mark.parametrize("longitude", [-117.4, 150.0])
def test_position_is_pvlibs(latitude: float, longitude: float) -> None:
    times = pd.date_range("2000-01-01", "2050-12-31", periods=500, tz="UTC")
    theirs = pvlib.solarposition.get_solarposition(times, latitude, longitude)
    ours = position(times.as_unit("s").asi8.astype(float), latitude, longitude)
    elevation = theirs["elevation"].to_numpy()
    assert np.abs(np.degrees(ours.elevation) - elevation).max() < _TOLERANCE_DEG
    turned = np.degrees(ours.azimuth) - theirs["azimuth"].to_numpy()
    apart = np.abs((turned + 180) % 360 - 180) * np.cos(np.radians(elevation))
    assert apart.max() < _TOLERANCE_DEG
    up = elevation > -0.5
    lifted = np.degrees(ours.apparent) - theirs["apparent_elevation"].to_numpy()
    assert np.abs(lifted[up]).max() < _TOLERANCE_DEG


def test_distance_is_pvlibs() -> None:
    times = pd.date_range("2024-01-01", "2024-12-31", periods=100, tz="UTC")
    theirs = pvlib.solarposition.nrel_earthsun_distance(times).to_numpy()
    ours = position(times.as_unit("s").asi8.astype(float), 50.0, 10.0).distance
    assert np.abs(ours / theirs - 1).max() < 1e-3


def test_any_shape_is_kept() -> None:
    times = 1_700_000_000.0 + np.arange(24.0).reshape(2, 3, 4) * 3600
    sun = position(times, 48.0, 11.0)
    assert sun.elevation.shape == sun.azimuth.shape == (2, 3, 4)
    assert sun.elevation[1, 2, 3] == position(times[1, 2, 3:], 48.0, 11.0).elevation[0]
