"""The outdoor temperature: the forecast as the sensor finds it, or the sensor alone."""

import csv
import gzip
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from custom_components.shems.core.forecast.beliefs import Outlook
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.levels import covered
from custom_components.shems.core.forecast.temperature import (
    learn_temperature,
    temperature_outlook,
)
from custom_components.shems.core.horizon import DAY_S, HOUR_S, Horizon
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats

ZONE = "Europe/Brussels"
DAYS = Days(ZONE, HOUR_S)
TODAY = DAYS.day(datetime(2026, 3, 20, 12, tzinfo=UTC).timestamp())
NOW = DAYS.midnight(TODAY) + 9 * HOUR_S
AHEAD = Horizon.uniform(NOW, HOUR_S, 48)
BACK = tuple(range(3, 19))


def weather(days: int, offset: float = 0.0) -> Series:
    """Return two weeks' weather that wanders about a daily cycle, until three days from now."""
    start = np.arange(NOW - days * DAY_S, NOW + 3 * DAY_S, HOUR_S, dtype=np.float64)
    wander = np.random.default_rng(2).normal(0, 0.5, 200 * 24)[-len(start) :]
    slow = np.convolve(wander, 0.98 ** np.arange(100), "full")[: len(start)]
    daily = 4 * np.sin(2 * np.pi * (DAYS.position(start) / 24 - 0.4))
    return Series(start, start + HOUR_S, 5 + daily + slow + offset)


def until(series: Series, end: float) -> Series:
    keep = series.end <= end
    return Series(series.start[keep], series.end[keep], series.value[keep])


def outlook(outdoor: Series, given: Series, horizon: Horizon = AHEAD) -> Outlook:
    model = learn_temperature(None, outdoor, given, ZONE, NOW)
    found = temperature_outlook(model, outdoor, given, horizon, NOW, BACK)
    assert found is not None
    assert (np.diff(found.quantiles, axis=0) >= 0).all()
    assert np.isfinite(found.paths).all()
    assert found.paths.mean(axis=0) == pytest.approx(found.mean, abs=0.3)
    return found


def error(found: Outlook, truth: Series, horizon: Horizon = AHEAD) -> Floats:
    return np.abs(found.mean - truth.on(horizon))


def test_the_sensor_corrects_the_forecast() -> None:
    truth = weather(40)
    given = weather(40, offset=2.0)
    found = outlook(truth, given)
    assert error(found, truth).max() < 0.1
    assert found.source == "forecast"


def test_a_forecast_without_sensor_stands_as_it_is() -> None:
    given = weather(40)
    found = outlook(Series.empty(), given)
    assert found.mean == pytest.approx(given.on(AHEAD))
    width = np.ptp(found.quantiles, axis=0)
    assert (np.diff(width) > 0).all()


def test_beyond_a_forecast_without_sensor_the_day_before_is_repeated() -> None:
    given = until(weather(40), NOW + 24 * HOUR_S)
    found = outlook(Series.empty(), given)
    assert found.mean[24:] == pytest.approx(given.on(AHEAD)[:24])
    short = until(given, NOW + HOUR_S)
    only = Series(short.start[-1:], short.end[-1:], short.value[-1:])
    assert outlook(Series.empty(), only).mean == pytest.approx(only.value[-1])


def test_beyond_the_forecast_the_sensor_goes_on() -> None:
    truth = weather(40)
    found = outlook(truth, until(weather(40), NOW + 12 * HOUR_S))
    assert error(found, truth)[:12].max() < 0.1
    assert error(found, truth)[12:].mean() < 3.0
    assert np.ptp(found.quantiles[:, 30]) > 2.0


def test_the_sensor_alone_follows_the_day_and_where_it_stands() -> None:
    truth = weather(40)
    found = outlook(truth, Series.empty())
    assert found.source == "sensor"
    before = np.abs(truth.between(AHEAD.start - 2 * DAY_S, AHEAD.end - 2 * DAY_S) - found.mean)
    assert error(found, truth)[:6].mean() < 1.5
    assert before.mean() < 4.0
    future = Series(truth.start, truth.end, np.where(truth.end > NOW, 99.0, truth.value))
    assert outlook(future, Series.empty()).mean == pytest.approx(found.mean)


@pytest.mark.parametrize("hours", [1, 5, 30, 60, 24 * 6])
def test_a_new_sensor(hours: int) -> None:
    truth = weather(10)
    keep = (truth.start >= NOW - hours * HOUR_S) & (truth.end <= NOW)
    new = Series(truth.start[keep], truth.end[keep], truth.value[keep])
    assert error(outlook(new, Series.empty()), truth).max() < 12
    assert error(outlook(new, truth), truth).max() < 1.0


def test_courses_run_like_the_days_they_follow() -> None:
    truth = weather(40)
    warm = NOW - 5 * DAY_S
    sudden = np.where((truth.start >= warm) & (truth.start < warm + DAY_S), 9.0, 0.0)
    found = outlook(replace(truth, value=truth.value + sudden), Series.empty())
    rank = np.argsort(np.argsort(found.paths, axis=0), axis=0)
    assert found.days_back == BACK
    assert (rank[BACK.index(5), 1:23] == len(BACK) - 1).all()
    near = [np.corrcoef(one, two)[0, 1] for one, two in pairwise(found.paths.T)]
    assert np.mean(near) > 0.8
    model = learn_temperature(None, truth, Series.empty(), ZONE, NOW)
    unknown = temperature_outlook(model, truth, Series.empty(), AHEAD, NOW, (1, 4, 99))
    assert unknown is not None
    assert np.isfinite(unknown.paths).all()
    alone = temperature_outlook(model, truth, Series.empty(), AHEAD, NOW, ())
    assert alone is not None
    assert alone.paths == pytest.approx(alone.mean[np.newaxis])


def test_neither_sensor_nor_forecast_is_nothing() -> None:
    model = learn_temperature(None, Series.empty(), Series.empty(), ZONE, NOW)
    assert temperature_outlook(model, Series.empty(), Series.empty(), AHEAD, NOW, BACK) is None


def test_a_day_is_learned_once() -> None:
    truth = weather(20)
    model = learn_temperature(None, truth, Series.empty(), ZONE, NOW)
    assert learn_temperature(model, truth, Series.empty(), ZONE, NOW + HOUR_S) is model
    tomorrow = learn_temperature(model, truth, Series.empty(), ZONE, NOW + DAY_S)
    assert tomorrow.day == model.day + 1


def test_a_frozen_or_silent_hour_is_survived() -> None:
    truth = weather(30)
    value = truth.value.copy()
    value[::5] = np.nan
    value[300:330] = np.nan
    outlook(Series(truth.start, truth.end, value), Series.empty())
    gone = until(truth, NOW - 5 * HOUR_S)
    outlook(gone, Series.empty())
    days_ago = until(truth, NOW - 5 * DAY_S)
    outlook(days_ago, weather(30))


def test_real_winters_are_covered_and_better_than_yesterday(shems_data: Path) -> None:
    path = shems_data / "be_weather" / "melle_winter_2022_23.csv.gz"
    with gzip.open(path, "rt") as file:
        rows = [(row["time"], row["temperature_c"]) for row in csv.DictReader(file)]
    start = np.array([datetime.fromisoformat(time).timestamp() for time, _ in rows])
    outdoor = Series(start, start + HOUR_S, np.array([float(value) for _, value in rows]))
    inside, ours, copied = [], [], []
    first = DAYS.day(float(start[0]))
    for day in range(first + 30, first + 130, 3):
        now = DAYS.midnight(day) + 15 * HOUR_S
        model = learn_temperature(None, outdoor, Series.empty(), ZONE, now)
        horizon = Horizon.uniform(now, HOUR_S, 24)
        found = temperature_outlook(model, outdoor, Series.empty(), horizon, now, BACK)
        assert found is not None
        truth = outdoor.on(horizon)
        yesterday = outdoor.between(horizon.start - DAY_S, horizon.end - DAY_S)
        inside.append(covered(found.quantiles.T, truth, 0.8).mean())
        ours.append(np.abs(found.mean - truth).mean())
        copied.append(np.abs(yesterday - truth).mean())
    assert 0.7 < np.mean(inside) < 0.9
    assert np.mean(ours) < 0.95 * np.mean(copied)
