"""Heating follows the outdoor temperature and the hour, and is never negative."""

import csv
import gzip
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from custom_components.shems.core.assets.building import Building
from custom_components.shems.core.forecast.beliefs import Outlook
from custom_components.shems.core.forecast.building import building_of
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.heating import (
    Heating,
    heating_outlook,
    learn_heating,
)
from custom_components.shems.core.forecast.history import Habits
from custom_components.shems.core.forecast.levels import covered
from custom_components.shems.core.forecast.normal import SCORES
from custom_components.shems.core.horizon import DAY_S, HOUR_S, Horizon
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats

ZONE = "Europe/Copenhagen"
DAYS = Days(ZONE, HOUR_S)
TODAY = DAYS.day(datetime(2026, 2, 2, 12, tzinfo=UTC).timestamp())
NOW = DAYS.midnight(TODAY) + 6 * HOUR_S
AHEAD = Horizon.uniform(NOW, HOUR_S, 48)
HABITS = Habits()


def weather(days: int = 100) -> Series:
    """Return a cold winter's temperature until four days from now."""
    start = np.arange(NOW - days * DAY_S, NOW + 4 * DAY_S, HOUR_S, dtype=np.float64)
    shocks = np.random.default_rng(4).normal(0, 0.6, len(start))
    slow = np.convolve(shocks, 0.99 ** np.arange(400), "full")[: len(start)]
    return Series(start, start + HOUR_S, 3 + slow + 2 * np.sin(start / DAY_S * 2 * np.pi - 2))


def house(outdoor: Series, noise: float = 0.1) -> Series:
    """Return 0.1 kW/K below 15 degrees, half of it at night, and 0.2 kW besides."""
    felt = np.convolve(outdoor.value, np.exp(-np.arange(96) / 24) / 24.5, "full")
    felt[:96] = outdoor.value[:96].mean()
    hour = DAYS.position(outdoor.start) % 24
    night = np.where((hour < 6) | (hour >= 22), 0.5, 1.0)
    power = 0.1 * np.maximum(15 - felt[: len(outdoor)], 0) * night + 0.2
    power *= np.exp(np.random.default_rng(9).normal(0, noise, len(power)))
    return Series(outdoor.start, outdoor.end, power)


def told(value: Floats, deviation: float = 0.0) -> Outlook:
    quantiles = value + deviation * SCORES[:, np.newaxis]
    return Outlook(value, quantiles, value[np.newaxis], "test")


def until(series: Series, end: float) -> Series:
    keep = series.end <= end
    return Series(series.start[keep], series.end[keep], series.value[keep])


def expect(
    power: Series,
    outdoor: Series,
    temperature: Outlook | None,
    horizon: Horizon = AHEAD,
    model: Heating | None = None,
) -> Outlook:
    model = learn_heating(model, power, outdoor, ZONE, NOW, HABITS)
    found = heating_outlook(model, power, outdoor, temperature, horizon, NOW)
    assert found is not None
    assert found.quantiles.shape == (19, len(horizon))
    assert (np.diff(found.quantiles, axis=0) >= -1e-12).all()
    for each in (found.mean, found.quantiles, found.paths):
        assert np.isfinite(each).all()
        assert (each >= 0).all()
    return found


def test_the_power_follows_temperature_and_hour() -> None:
    outdoor = weather()
    power = house(outdoor)
    found = expect(power, outdoor, told(outdoor.on(AHEAD)))
    assert found.source == "signature"
    assert found.mean == pytest.approx(power.on(AHEAD), rel=0.35)
    assert found.mean.sum() == pytest.approx(power.on(AHEAD).sum(), rel=0.06)
    assert covered(found.quantiles.T, power.on(AHEAD), 0.9).mean() > 0.8
    assert found.paths.shape == (16, 48)


def test_a_colder_forecast_costs_more() -> None:
    outdoor = weather()
    power = house(outdoor)
    mild = expect(power, outdoor, told(np.full(48, 8.0)))
    cold = expect(power, outdoor, told(np.full(48, -12.0)))
    assert cold.mean[-12:].mean() - mild.mean[-12:].mean() == pytest.approx(1.1, abs=0.25)
    summer = expect(power, outdoor, told(np.full(48, 25.0)))
    assert summer.mean[-6:].mean() < 0.75 * mild.mean[-6:].mean()


def test_a_doubtful_forecast_widens() -> None:
    outdoor = weather()
    power = house(outdoor)
    sure = expect(power, outdoor, told(np.full(48, 0.0)))
    unsure = expect(power, outdoor, told(np.full(48, 0.0), deviation=4.0))
    assert np.ptp(unsure.quantiles[:, -12:]) > 1.2 * np.ptp(sure.quantiles[:, -12:])
    assert unsure.mean == pytest.approx(sure.mean)


def test_nothing_of_today_teaches_and_nothing_after_now_counts() -> None:
    outdoor = weather()
    power = house(outdoor)
    later = Series(power.start, power.end, np.where(power.end > NOW, 99.0, power.value))
    temperature = told(outdoor.on(AHEAD))
    assert expect(later, outdoor, temperature).mean.tolist() == (
        expect(power, outdoor, temperature).mean.tolist()
    )
    felt = Series(outdoor.start, outdoor.end, np.where(outdoor.end > NOW, 40, outdoor.value))
    assert expect(power, felt, temperature).mean.tolist() == (
        expect(power, outdoor, temperature).mean.tolist()
    )


def test_a_day_above_the_line_is_followed_by_another() -> None:
    outdoor = weather()
    power = house(outdoor)
    day = np.floor(DAYS.position(power.start) / 24)
    lasting = np.convolve(np.random.default_rng(1).normal(0, 0.3, 300), 0.8 ** np.arange(20))
    factor = np.exp(lasting[(day - day[0]).astype(int)])
    recent = power.start > NOW - DAY_S
    moody = Series(power.start, power.end, power.value * np.where(recent, 1.0, factor))
    high = Series(power.start, power.end, moody.value * np.where(recent, 1.6, 1.0))
    temperature = told(outdoor.on(AHEAD))
    more = expect(high, outdoor, temperature).mean / expect(moody, outdoor, temperature).mean
    assert more[0] > 1.05
    assert 1.0 < more[-1] < more[0]


@pytest.mark.parametrize("days", [3, 5, 9])
def test_a_short_past_is_told_by_the_hour(days: int) -> None:
    outdoor = weather(days)
    found = expect(house(outdoor), outdoor, told(outdoor.on(AHEAD)))
    assert found.source == "seasonal"


def test_without_a_temperature_it_is_told_by_the_hour() -> None:
    outdoor = weather()
    assert expect(house(outdoor), Series.empty(), None).source == "seasonal"
    assert expect(house(outdoor), outdoor, None).source == "seasonal"


def test_nothing_known_is_nothing_told() -> None:
    model = learn_heating(None, Series.empty(), Series.empty(), ZONE, NOW, HABITS)
    assert heating_outlook(model, Series.empty(), Series.empty(), None, AHEAD, NOW) is None


def test_a_heating_that_is_off_stays_off() -> None:
    outdoor = weather()
    off = Series(outdoor.start, outdoor.end, np.zeros(len(outdoor)))
    assert expect(off, outdoor, told(outdoor.on(AHEAD))).mean.sum() == 0


def test_what_does_not_heat_has_no_slope() -> None:
    outdoor = weather()
    hour = DAYS.position(outdoor.start) % 24
    boiler = Series(outdoor.start, outdoor.end, np.where(hour == 5, 2.0, 0.1))
    found = expect(boiler, outdoor, told(np.full(48, -20.0)))
    assert found.mean[23] == pytest.approx(2.0, abs=0.4)
    assert found.mean[12] == pytest.approx(0.1, abs=0.1)
    cooling = Series(outdoor.start, outdoor.end, np.maximum(outdoor.value, 0.0) / 10)
    assert expect(cooling, outdoor, told(np.full(48, -5.0))).mean.max() < 1.5


def test_gaps_are_survived() -> None:
    outdoor = weather()
    power = house(outdoor)
    value, felt = power.value.copy(), outdoor.value.copy()
    value[::7], value[500:600], felt[::5], felt[800:900] = np.nan, np.nan, np.nan, np.nan
    value[3::50] = -1.0
    value[np.floor(DAYS.position(power.start) % 24) == 3] = np.nan
    broken, sensor = (
        Series(power.start, power.end, value),
        Series(outdoor.start, outdoor.end, felt),
    )
    temperature = told(outdoor.on(AHEAD))
    whole = expect(power, outdoor, temperature).mean
    assert expect(broken, sensor, temperature).mean.sum() == pytest.approx(whole.sum(), rel=0.15)
    expect(until(power, NOW - 2 * DAY_S), until(outdoor, NOW - 12 * DAY_S), temperature)


def test_a_day_is_learned_once() -> None:
    outdoor = weather(30)
    power = house(outdoor)
    model = learn_heating(None, power, outdoor, ZONE, NOW, HABITS)
    assert learn_heating(model, power, outdoor, ZONE, NOW + HOUR_S, HABITS) is model


def test_a_measured_house_of_six_days(shems_data: Path) -> None:
    with gzip.open(shems_data / "flexhouse_prbs" / "prbs1.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    start = np.array([datetime.fromisoformat(row["time"]).timestamp() for row in rows])
    power, outdoor = (
        Series(start, start + 300, np.array([float(row[name] or "nan") for row in rows]))
        for name in ("heating_kw", "temperature_outdoor_c")
    )
    now = float(start[-1])
    model = learn_heating(None, power, outdoor, ZONE, now, HABITS)
    horizon = Horizon.tiered(now)
    found = heating_outlook(model, power, outdoor, told(np.full(138, 2.0)), horizon, now)
    assert found is not None
    assert np.isfinite(found.quantiles).all()
    assert found.mean.min() >= 0
    assert found.mean.mean() == pytest.approx(power.value.mean(), rel=0.3)


def test_a_signature_tells_of_the_building() -> None:
    outdoor = weather()
    model = learn_heating(None, house(outdoor, 0.0), outdoor, ZONE, NOW, HABITS)
    assert model.signature is not None
    form = Building(loss_kw_per_k=0.3, mass_kwh_per_k=12.0, aperture_m2=2.0)
    found = building_of(model.signature, 20.0, form)
    assert found is not None
    # 0.1 kW/K by day and half of it in eight hours of the night, below 15 degrees, and 0.2 kW.
    assert found.loss_kw_per_k == pytest.approx(0.083, abs=0.02)
    assert found.gains_kw == pytest.approx(5 * found.loss_kw_per_k - 0.2, abs=0.05)
    assert found.mass_kwh_per_k == 12.0
    sunny = building_of(model.signature, 20.0, form, 0.05)
    assert sunny is not None
    assert sunny.gains_kw == pytest.approx(found.gains_kw - 2.0 * 0.05)
    flat = replace(model.signature, slope=np.zeros(24))
    assert building_of(flat, 20.0, form) is None
