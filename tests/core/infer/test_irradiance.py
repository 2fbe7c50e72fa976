"""Light on the level: as it is told, and by the clouds where it is not."""

import numpy as np
import pytest

from custom_components.shems.core.assets.plane import Site, clear_sky
from custom_components.shems.core.assets.sun import position
from custom_components.shems.core.horizon import HOUR_S
from custom_components.shems.core.infer.irradiance import Overhead, irradiance
from custom_components.shems.core.series import Series

SITE = Site(52.0, 5.0)
HOURS = 1_782_000_000.0 // HOUR_S * HOUR_S + HOUR_S * np.arange(48)
NOTHING = Series.empty()


def series(hours: np.ndarray, value: float) -> Series:
    return Series(hours, hours + HOUR_S, np.full(len(hours), value))


def test_what_is_told_counts_and_clouds_fill_the_rest() -> None:
    told = Overhead(series(HOURS[:10], 200.0), series(HOURS[:10], 100.0), series(HOURS[:30], 0.0))
    level, clouds = irradiance(told, HOURS, SITE)
    assert (level[:10] == 300.0).all()
    assert clouds.tolist() == [False] * 10 + [True] * 20 + [False] * 18
    assert np.isnan(level[30:]).all()
    clear = clear_sky(position(HOURS + HOUR_S / 2, SITE.latitude, SITE.longitude))
    wanted = (clear.direct + clear.diffuse)[10:30]
    assert level[10:30] == pytest.approx(wanted, abs=25.0)
    assert level[10:30].max() > 500.0


def test_an_overcast_sky_gives_a_fourth() -> None:
    clear, veiled = (
        irradiance(Overhead(NOTHING, NOTHING, series(HOURS, cover)), HOURS, SITE)[0]
        for cover in (0.0, 1.0)
    )
    assert veiled.sum() == pytest.approx(0.25 * clear.sum())
    assert (irradiance(Overhead(NOTHING, NOTHING, NOTHING), HOURS, SITE)[1] == 0).all()
