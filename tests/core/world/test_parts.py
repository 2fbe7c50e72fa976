"""Chance, prices, people and appliances of the simulated household."""

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from custom_components.shems.core.world.appliance import PROGRAMMES, Programme
from custom_components.shems.core.world.chance import normal, smooth, uniform
from custom_components.shems.core.world.days import Clock
from custom_components.shems.core.world.people import appliance_start, fridge_kw, trips
from custom_components.shems.core.world.prices import market, published_until

ZONE = "Europe/Amsterdam"
INDEX = np.arange(-10_000, 10_000, dtype=np.int64)


def local(*moment: int) -> float:
    return datetime(*moment, tzinfo=ZoneInfo(ZONE)).timestamp()  # type: ignore[arg-type, misc]  # y, m, d, …


def test_chance_is_even() -> None:
    number = uniform(1, "test", INDEX)
    assert 0 < number.min() < 0.001
    assert 0.999 < number.max() < 1
    assert np.histogram(number, 10)[0] == pytest.approx(np.full(10, 2000), rel=0.1)
    assert abs(np.corrcoef(number[1:], number[:-1])[0, 1]) < 0.03
    assert abs(np.corrcoef(number, uniform(2, "test", INDEX))[0, 1]) < 0.03


def test_chance_is_normal_where_it_says_so() -> None:
    number = normal(1, "test", INDEX)
    assert number.mean() == pytest.approx(0, abs=0.03)
    assert number.std() == pytest.approx(1, abs=0.03)
    assert (np.abs(number) < 1.96).mean() == pytest.approx(0.95, abs=0.01)


def test_smooth_chance_is_continuous() -> None:
    times = np.arange(0, 400_000.0, 10)
    number = smooth(1, "test", times, 1000.0)
    assert number.std() == pytest.approx(1, abs=0.15)
    assert np.abs(np.diff(number)).max() < 0.12


def test_prices_hold_for_a_quarter() -> None:
    times = local(2026, 5, 1) + 60.0 * np.arange(24 * 60)
    price = market(1, times, ZONE).reshape(-1, 15)
    assert (price == price[:, :1]).all()
    assert len(np.unique(price[:, 0])) > 60


def test_prices_follow_the_day() -> None:
    times = local(2026, 5, 1) + 900.0 * np.arange(96 * 60)
    price = market(1, times, ZONE).reshape(60, 24, 4).mean(axis=(0, 2))
    assert price[19] > price[8] > price[3] > price[13]


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ((2026, 5, 1, 13, 14), (2026, 5, 2)),
        ((2026, 5, 1, 13, 15), (2026, 5, 3)),
        ((2026, 3, 28, 14, 0), (2026, 3, 30)),
        ((2026, 10, 24, 23, 59), (2026, 10, 26)),
    ],
)
def test_tomorrows_prices_are_known_from_a_quarter_past_one(
    now: tuple[int, ...], until: tuple[int, ...]
) -> None:
    assert published_until(local(*now), ZONE) == local(*until)


def test_the_clock_knows_weekends() -> None:
    times = np.array([local(2026, 5, day, 12) for day in range(1, 8)])  # Friday to Thursday.
    assert Clock.at(times, ZONE).weekend.tolist() == [False, True, True, *[False] * 4]


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda programme: programme.name)
def test_a_programme_takes_its_energy_however_it_is_cut(programme: Programme) -> None:
    edges = np.append(np.arange(0, programme.hours, 0.07), programme.hours + 0.05)
    pieces = sum(programme.mean_kw(begin, end) * (end - begin) for begin, end in pairwise(edges))
    assert pieces == pytest.approx(programme.energy_kwh)
    assert 0.8 < programme.energy_kwh < 1.4


def test_people_use_appliances_on_some_days() -> None:
    days = np.arange(739_000, 739_364, dtype=np.int64)
    clock = Clock(days, np.zeros(364), np.zeros(364))
    dishes = appliance_start(1, "dishwasher", days, clock.weekend)
    washing = appliance_start(1, "washing_machine", days, clock.weekend)
    assert 0.6 < np.isfinite(dishes).mean() < 0.85
    assert 17 < np.nanmean(dishes) < 21
    assert np.isfinite(washing[clock.weekend]).mean() > np.isfinite(washing[~clock.weekend]).mean()


def test_the_car_comes_back_after_it_left() -> None:
    days = np.arange(739_000, 739_364, dtype=np.int64)
    trip = trips(1, days, np.zeros(364, dtype=np.bool_))
    goes = np.isfinite(trip.leave)
    assert 0.65 < goes.mean() < 0.9
    assert (trip.back[goes] > trip.leave[goes]).all()
    assert (trip.used_kwh[goes] >= 2).all()
    assert (trip.used_kwh[~goes] == 0).all()


def test_the_refrigerator_cycles() -> None:
    power = fridge_kw(1, datetime(2026, 5, 1, tzinfo=UTC).timestamp() + 60.0 * np.arange(1440))
    assert 0.5 < power.sum() / 60 < 1.0
    assert 15 < np.count_nonzero(np.diff(power)) / 2 < 40
