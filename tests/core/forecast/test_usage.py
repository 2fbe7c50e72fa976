"""What was learned of cars and tanks acts only where it was better than the form."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.draws import USUAL
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.stays import expected_stay
from custom_components.shems.core.forecast.usage import (
    LEAST_CASES,
    CarTold,
    CarUsage,
    gained,
    learn_car,
    learn_tank,
    trusted,
)
from custom_components.shems.core.forecast.vehicle import Session, vehicle_outlook
from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats

ZONE = "Europe/Amsterdam"
DAYS = Days(ZONE, HOUR_S)
MONDAY = DAYS.day(1_780_300_000.0)
NOW = DAYS.midnight(MONDAY) + 3 * HOUR_S
LATE = CarTold(ready_min=13 * 60, arrives_min=12 * 60, session_kwh=40.0)
RIGHT = CarTold(ready_min=6 * 60, arrives_min=18 * 60, session_kwh=12.0)


def nights(count: int, seed: int = 1) -> tuple[Session, ...]:
    """Return nights at home from about 18 to 8 o'clock, with about 10 kWh."""
    rng = np.random.default_rng(seed)
    found = []
    for day in range(MONDAY - count, MONDAY):
        midnight = DAYS.midnight(day)
        come, leave = 18 + 0.5 * rng.standard_normal(), 32 + 0.5 * rng.standard_normal()
        energy = float(np.clip(10 + 2 * rng.standard_normal(), 1, 20))
        found.append(Session(midnight + come * HOUR_S, midnight + leave * HOUR_S, energy))
    return tuple(found)


def test_a_car_that_comes_and_goes_as_always_is_known_better_than_by_a_wrong_form() -> None:
    usage = learn_car(nights(30), LATE, ZONE)
    assert all(trusted(each) for each in (usage.departure, usage.arrival, usage.energy))
    assert usage.departure is not None
    assert usage.departure > 0.5
    assert usage.days == pytest.approx(29.6, abs=0.2)


def test_a_form_that_is_right_is_not_replaced_by_noise() -> None:
    rng = np.random.default_rng(2)
    wild = tuple(
        replace(each, energy_kwh=float(rng.choice([2.0, 12.0, 30.0]))) for each in nights(30)
    )
    exact = tuple(
        replace(each, plug_in=DAYS.midnight(MONDAY - 30 + number) + 18 * HOUR_S)
        for number, each in enumerate(wild)
    )
    usage = learn_car(exact, RIGHT, ZONE)
    assert not trusted(usage.arrival)


def test_where_the_form_is_silent_it_is_held_against_the_last_time() -> None:
    usage = learn_car(nights(30), replace(RIGHT, arrives_min=None), ZONE)
    assert trusted(usage.arrival)


@pytest.mark.parametrize("count", [0, 4, 5 + LEAST_CASES - 1])
def test_a_few_stays_tell_nothing(count: int) -> None:
    usage = learn_car(nights(count), LATE, ZONE)
    assert (usage.departure, usage.arrival, usage.energy) == (None, None, None)
    assert len(usage.sessions) == count


def test_stays_that_make_no_sense_are_survived() -> None:
    broken = tuple(replace(each, energy_kwh=-1.0) for each in nights(20))
    assert learn_car(broken, LATE, ZONE).departure is None
    assert CarUsage().days == 0.0


def test_a_meter_that_shows_nothing_tells_of_stays_but_not_of_energy() -> None:
    silent = tuple(replace(each, energy_kwh=0.01) for each in nights(30))
    usage = learn_car(silent, LATE, ZONE)
    assert trusted(usage.departure)
    assert usage.energy is None


@pytest.mark.parametrize(("weeks", "comes"), [(0, True), (5, False)])
def test_a_car_that_is_away_for_weeks_is_not_expected_today(weeks: int, comes: bool) -> None:
    noon = DAYS.midnight(MONDAY + 7 * weeks) + 12 * HOUR_S
    outlook = vehicle_outlook(nights(30), noon, ZONE)
    assert outlook is not None
    stay = expected_stay(outlook)
    assert stay.probable == comes
    assert np.isfinite([stay.begin, stay.leaves, stay.energy_kwh, stay.enough_kwh]).all()


def test_a_holiday_is_lived_like_a_sunday() -> None:
    everyday = frozenset(range(MONDAY - 40, MONDAY))
    assert trusted(learn_car(nights(30), LATE, ZONE, holidays=everyday).departure)


def test_skill_needs_cases_and_a_rival() -> None:
    assert gained([1.0] * 7, [2.0] * 7) is None
    assert gained([0.0] * 8, [0.0] * 8) is None
    assert gained([1.0] * 8, [2.0] * 8) == pytest.approx(0.5)
    assert not trusted(None)
    assert not trusted(0.0)


def drawn(count: int, by_hour: Floats, seed: int = 1) -> Series:
    """Return draws of days before today, each hour somewhat different."""
    rng = np.random.default_rng(seed)
    start = DAYS.midnight(MONDAY - count) + HOUR_S * np.arange(24 * count, dtype=np.float64)
    value = np.tile(by_hour, count) * rng.uniform(0.8, 1.2, len(start))
    return Series(start, start + HOUR_S, value)


EVENING = np.where(np.arange(24) == 20, 8.0, 0.0)


def test_who_bathes_in_the_evening_is_known_after_two_weeks() -> None:
    usage = learn_tank(drawn(20, EVENING), USUAL, ZONE, NOW)
    assert trusted(usage.skill)
    assert usage.by_hour[20] == pytest.approx(9.0, abs=0.7)
    assert usage.by_hour[7] == 0.0
    assert usage.days == 20


def test_a_usual_household_is_as_its_form_says() -> None:
    rng = np.random.default_rng(3)
    past = drawn(30, np.array(USUAL))
    noisy = replace(past, value=past.value * rng.choice([0.0, 3.0], len(past), p=[0.7, 0.3]))
    ideal = np.quantile(noisy.value.reshape(-1, 24), 0.8, axis=0)
    assert not trusted(learn_tank(noisy, ideal.tolist(), ZONE, NOW).skill)


def test_days_of_absence_and_days_half_known_are_no_lesson() -> None:
    past = drawn(20, EVENING)
    value = past.value.copy()
    value[24 * 10 : 24 * 15] = 0.0
    value[24 * 2 + 5 : 24 * 2 + 12] = np.nan
    gone = (DAYS.midnight(MONDAY - 10), DAYS.midnight(MONDAY - 5) - 1.0)
    usage = learn_tank(replace(past, value=value), USUAL, ZONE, NOW, (gone,))
    assert usage.days == 14
    assert usage.by_hour[20] > 7
    long_ago = (NOW - 300 * DAY_S, NOW - 290 * DAY_S)
    assert learn_tank(past, USUAL, ZONE, NOW, (long_ago,)).days == 20


@pytest.mark.parametrize("count", [0, 3, 6])
def test_a_new_tank_is_as_its_form_says(count: int) -> None:
    usage = learn_tank(drawn(count, EVENING), USUAL, ZONE, NOW)
    assert usage.by_hour == ()
    assert usage.skill is None
