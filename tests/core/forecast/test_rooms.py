"""Rooms are learned from their heating where the form is wrong, and left where it is right."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.building import Building
from custom_components.shems.core.assets.comfort import Comfort
from custom_components.shems.core.assets.heating import Heating, HeatingState
from custom_components.shems.core.assets.performance import AIR_CONDITIONER, AIR_TO_WATER
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.rooms import Climate, learn_rooms
from custom_components.shems.core.forecast.usage import RoomsUsage, trusted
from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats

ZONE = "Europe/Copenhagen"
DAYS = Days(ZONE, HOUR_S)
COUNT = 60
TODAY = DAYS.day(1_770_000_000.0)
BEGIN = DAYS.midnight(TODAY - COUNT)
NOW = DAYS.midnight(TODAY) + 3 * HOUR_S
START = BEGIN + HOUR_S * np.arange(24 * COUNT, dtype=np.float64)
TRUE = Heating(
    "rooms",
    "Rooms",
    power_kw=4.0,
    least_kw=0.3,
    performance=AIR_TO_WATER,
    building=Building(loss_kw_per_k=0.2, aperture_m2=3.0, gains_kw=0.3),
    comfort=Comfort(20.5, 23.0),
)
WRONG = replace(TRUE, building=replace(TRUE.building, loss_kw_per_k=0.1))


def series(value: Floats) -> Series:
    return Series(START, START + HOUR_S, value)


def weather(mean_c: float = 2.0) -> Floats:
    shocks = np.random.default_rng(4).normal(0, 0.6, len(START))
    slow = np.convolve(shocks, 0.99 ** np.arange(400), "full")[: len(START)]
    swing: Floats = mean_c + slow + 2 * np.sin(START / DAY_S * 2 * np.pi - 2)
    return swing


def measured(heating: Heating = TRUE, mean_c: float = 2.0) -> Climate:
    """Return what was measured of rooms that a thermostat holds."""
    outdoor = weather(mean_c)
    sun = np.maximum(0.0, 0.4 * np.sin((START / HOUR_S % 24 - 6) / 12 * np.pi))
    state = HeatingState(20.5)
    power, indoor = np.empty(len(START)), np.empty(len(START))
    for hour, (at, outside, light) in enumerate(
        zip(START.tolist(), outdoor.tolist(), sun.tolist(), strict=True)
    ):
        wanted = heating.thermostat(state, outside, 20.5, 23.0)
        state, power[hour] = heating.step(state, wanted, at, 1.0, outside, light)
        indoor[hour] = state.indoor_c
    return Climate(series(power), series(outdoor), series(indoor), series(sun))


@pytest.fixture(scope="module")
def past() -> Climate:
    return measured()


def test_a_loss_of_half_is_found_out(past: Climate) -> None:
    usage = learn_rooms(WRONG, past, ZONE, NOW)
    assert trusted(usage.skill)
    assert usage.building is not None
    assert usage.building.loss_kw_per_k == pytest.approx(0.2, rel=0.2)
    assert usage.building.mass_kwh_per_k == WRONG.building.mass_kwh_per_k
    assert usage.days >= 20
    assert usage.at == NOW


def test_a_form_that_is_right_stays(past: Climate) -> None:
    usage = learn_rooms(TRUE, past, ZONE, NOW)
    assert usage.building is not None
    assert not trusted(usage.skill)


def test_without_a_thermometer_the_band_is_held(past: Climate) -> None:
    blind = Climate(past.power, past.outdoor)
    usage = learn_rooms(WRONG, blind, ZONE, NOW)
    assert trusted(usage.skill)
    odd = replace(past, indoor=series(np.full(len(START), 85.0)))
    assert trusted(learn_rooms(WRONG, odd, ZONE, NOW).skill)


def test_a_summer_leaves_what_the_winter_taught(past: Climate) -> None:
    before = learn_rooms(WRONG, past, ZONE, NOW)
    idle = replace(past, power=series(np.zeros(len(START))), outdoor=series(weather(25.0)))
    assert learn_rooms(WRONG, idle, ZONE, NOW, before) is before
    assert learn_rooms(WRONG, idle, ZONE, NOW) == RoomsUsage()


@pytest.mark.parametrize("factor", [1000.0, 0.001, np.nan])
def test_a_meter_in_another_unit_tells_nothing(past: Climate, factor: float) -> None:
    wrong = replace(past, power=series(past.power.value * factor))
    assert learn_rooms(WRONG, wrong, ZONE, NOW) == RoomsUsage()


def test_gaps_in_the_weather_are_bridged(past: Climate) -> None:
    outdoor = past.outdoor.value.copy()
    outdoor[::5] = np.nan
    outdoor[-24 * 12 :] = np.nan
    usage = learn_rooms(WRONG, replace(past, outdoor=series(outdoor)), ZONE, NOW)
    assert usage.building is None or np.isfinite(usage.building.loss_kw_per_k)


def test_nothing_is_learned_of_cooling_or_without_weather(past: Climate) -> None:
    cools = replace(WRONG, performance=None, cooling=AIR_CONDITIONER)
    assert learn_rooms(cools, past, ZONE, NOW) == RoomsUsage()
    assert learn_rooms(WRONG, replace(past, outdoor=Series.empty()), ZONE, NOW) == RoomsUsage()


def test_what_cools_on_warm_days_is_learned_from_the_cold_ones(past: Climate) -> None:
    both = replace(WRONG, cooling=AIR_CONDITIONER, changeover_c=10.0)
    outdoor = past.outdoor.value.copy()
    power = past.power.value.copy()
    power[:300], outdoor[:300] = 3.0 + 0.1 * np.sin(START[:300]), 28.0
    hot = replace(past, power=series(power), outdoor=series(outdoor))
    usage = learn_rooms(both, hot, ZONE, NOW)
    assert usage.building is not None
    assert usage.building.loss_kw_per_k == pytest.approx(0.2, rel=0.25)
