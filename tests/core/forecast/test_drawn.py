"""Draws are found in what heated a tank and how warm it was."""

import numpy as np
import pytest

from custom_components.shems.core.assets.performance import WATER_PUMP, Performance
from custom_components.shems.core.assets.tank import Tank
from custom_components.shems.core.assets.water import Water
from custom_components.shems.core.forecast.drawn import drawn_of
from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats

BEGIN = 1_780_000_000.0 // DAY_S * DAY_S
DAYS = 12
STEPS = 12
TANK = Water("tank", "Tank", power_kw=2.0, tank=Tank(200.0), low_c=46.0, high_c=56.0)
SHOWERS_KWH = 3.0


def hourly(value: Floats) -> Series:
    start = BEGIN + HOUR_S * np.arange(DAYS * 24, dtype=np.float64)
    return Series(start, start + HOUR_S, value.reshape(-1, STEPS).mean(axis=1))


def lived(
    water: Water = TANK, heat: float = 1.0, resolution_k: float = 0.0
) -> tuple[Series, Series]:
    """Return temperature and power of a tank from which is drawn at 7 and at 20 o'clock."""
    hour = np.arange(DAYS * 24 * STEPS) / STEPS % 24
    drawn = np.where((hour == 7) | (hour == 20), SHOWERS_KWH / 2, 0.0)
    temp, heats = 50.0, False
    warm, power = np.empty(len(hour)), np.empty(len(hour))
    for step, taken in enumerate(drawn.tolist()):
        heats = temp < (water.high_c if heats else water.low_c)
        power[step] = water.power_kw * heats
        temp = water.tank.step(temp, heat * power[step], taken, 1 / STEPS)
        warm[step] = temp
    if resolution_k:
        warm = np.round(warm / resolution_k) * resolution_k
    return hourly(warm), hourly(power)


def by_day(found: Series) -> float:
    return float(np.nansum(found.value)) / DAYS


@pytest.mark.parametrize("resolution_k", [0.0, 0.5])
def test_what_was_drawn_is_found_when_it_was_drawn(resolution_k: float) -> None:
    warm, power = lived(resolution_k=resolution_k)
    found = drawn_of(TANK, warm, power, Series.empty())
    assert by_day(found) == pytest.approx(SHOWERS_KWH, rel=0.15)
    near = np.isin(((found.start - BEGIN) / HOUR_S % 24 - 0.5).round(), (6, 7, 19, 20))
    assert np.nansum(found.value[near]) > 0.9 * np.nansum(found.value)
    assert np.nanmin(found.value) >= 0


def test_a_heat_pump_gives_more_heat_than_it_takes() -> None:
    pump = Water("tank", "Tank", power_kw=1.0, performance=WATER_PUMP, tank=Tank(200.0))
    warm, power = lived(pump, heat=pump.heat_per_kwh(7.0))
    assert by_day(drawn_of(pump, warm, power, Series.empty())) == pytest.approx(3.0, rel=0.2)
    cold = Series(power.start, power.end, np.full(len(power), -15.0))
    assert by_day(drawn_of(pump, warm, power, cold)) < 2.5


def test_gaps_are_no_draws() -> None:
    warm, power = lived()
    value = warm.value.copy()
    value[50:90] = np.nan
    value[120] = 4000.0
    found = drawn_of(TANK, Series(warm.start, warm.end, value), power, Series.empty())
    assert np.isnan(found.value).sum() == pytest.approx(43, abs=1)
    assert by_day(found) < SHOWERS_KWH * 1.15


def test_meters_that_do_not_belong_together_tell_nothing() -> None:
    warm, power = lived()
    weak = Series(power.start, power.end, power.value / 1000)
    assert len(drawn_of(TANK, warm, weak, Series.empty())) == 0
    strong = Series(power.start, power.end, power.value * 1000)
    found = drawn_of(TANK, warm, strong, Series.empty())
    assert not np.isfinite(found.value).any()


def test_little_is_nothing() -> None:
    warm, power = lived()
    assert len(drawn_of(TANK, Series.empty(), power, Series.empty())) == 0
    assert len(drawn_of(TANK, warm, Series.empty(), Series.empty())) == 0
    short = Series(warm.start[:20], warm.end[:20], warm.value[:20])
    assert len(drawn_of(TANK, short, power, Series.empty())) == 0


def test_a_performance_that_is_steady_needs_no_weather() -> None:
    assert Performance.constant().steady
    warm, power = lived()
    weather = Series(power.start, power.end, np.full(len(power), -20.0))
    one, other = (drawn_of(TANK, warm, power, each).value for each in (weather, Series.empty()))
    assert np.array_equal(one, other, equal_nan=True)
