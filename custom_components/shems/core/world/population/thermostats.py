"""Machines that heat and cool many houses, and how people set their thermostats."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from ...units import Bools, Floats
from .climate import Climate

_PER_HOUR: Final = 4
_STEP_H: Final = 0.25
_WATER_MEAN_K: Final = 12.0
"""Mean of what the rooms are heated over a heating season: hot water is a share of that."""
_SIZED: Final = (0.9, 2.2)
"""What machines can do, as a multiple of what the coldest day needs."""
_PROTECTED_K: Final = 2.0
"""A plan that heats by price still keeps rooms within this of what is wanted."""


@dataclass(frozen=True)
class Plant:
    """Machines and sensors of n houses, (n,) each.

    Attributes:
        rated_kw, least_kw: electricity they take at most, and at least while they run.
        stepless: whether they modulate.
        cools: whether they cool, too.
        cold: cold per electricity at 30 °C, relative to the heat at 7 °C.
        changeover_c: outdoors, between heating and cooling.
        water_kwh: electricity for hot water a day.
        reaction: share of a gap that the room sensor closes in a step.
        offset_k: of the room sensor.
    """

    rated_kw: Floats
    least_kw: Floats
    stepless: Bools
    cools: Bools
    cold: Floats
    changeover_c: Floats
    water_kwh: Floats
    reaction: Floats
    offset_k: Floats

    @classmethod
    def draw(
        cls, rng: np.random.Generator, design_kw: Floats, loss: Floats, water_share: Floats
    ) -> Self:
        """Draw machines whose meters also count a share for hot water.

        Args:
            rng: where chance comes from.
            design_kw: electricity that the rooms need on the coldest day.
            loss: kW/K.
            water_share: of the meter's energy over a heating season.
        """
        count = len(loss)
        stepless = rng.random(count) < 0.7
        rated = design_kw * np.exp(rng.uniform(np.log(_SIZED[0]), np.log(_SIZED[1]), count))
        water = loss * _WATER_MEAN_K * 24.0 * water_share / (1.0 - water_share)
        lag_h = rng.uniform(0.0, 0.5, count)
        return cls(
            rated,
            np.where(stepless, rng.uniform(0.0, 0.4, count), 1.0) * rated,
            stepless,
            rng.random(count) < 0.35,
            rng.uniform(0.6, 1.2, count),
            rng.uniform(16.0, 20.0, count),
            water,
            _STEP_H / (_STEP_H + lag_h),
            rng.uniform(-0.5, 0.5, count),
        )


@dataclass(frozen=True)
class Habits:
    """How n households heat, (n,) each.

    Attributes:
        day_c, night_k: what they want by day, and by how much less at night.
        morning, evening: hours at which night ends and begins.
        away: share of days on which they are away, with `away_k` less.
        cool_c: from where on they cool.
        forward, gain, hysteresis_k: of the thermostat: how much of the loss to the outside it
            reckons with, kW of heat per kW/K of loss and K of gap, and its band.
        planned: share of hours in which a timetable lets it heat; 1 without one.
        airing_k: above what they want, from where on they open windows.
    """

    day_c: Floats
    night_k: Floats
    morning: Floats
    evening: Floats
    away: Floats
    away_k: Floats
    cool_c: Floats
    forward: Floats
    gain: Floats
    hysteresis_k: Floats
    planned: Floats
    airing_k: Floats

    @classmethod
    def draw(cls, rng: np.random.Generator, count: int) -> Self:
        """Draw the habits of `count` households.

        Half lower the rooms at night. A sixth heat by a curve of the outdoor temperature with
        little heed of the rooms, a tenth by a timetable of cheap hours.
        """
        by_curve = rng.random(count) < 1 / 6
        planned = rng.random(count) < 0.1
        return cls(
            rng.uniform(18.0, 23.5, count),
            rng.uniform(0.5, 4.0, count) * (rng.random(count) < 0.5),
            rng.uniform(4.5, 8.5, count),
            rng.uniform(20.5, 24.0, count),
            rng.uniform(0.0, 0.15, count),
            rng.uniform(1.0, 5.0, count),
            rng.uniform(23.0, 27.0, count),
            rng.uniform(0.5, 1.1, count),
            np.where(by_curve, rng.uniform(0.3, 1.5, count), rng.uniform(3.0, 15.0, count)),
            np.where(by_curve, rng.uniform(0.8, 2.0, count), rng.uniform(0.1, 0.6, count)),
            np.where(planned, rng.uniform(0.25, 0.75, count), 1.0),
            rng.uniform(1.5, 4.0, count),
        )


class Thermostat:
    """The controls of n houses: they remember whether they are on."""

    def __init__(
        self,
        rng: np.random.Generator,
        loss: Floats,
        plant: Plant,
        habits: Habits,
        climate: Climate,
    ) -> None:
        """Draw the course of what is wanted, (T, n), and when hot water is made."""
        count, hours = climate.times.shape
        self._loss, self._plant, self._habits = loss, plant, habits
        self.wanted_c = _wanted(rng, habits, climate)
        self.airing_c = habits.day_c + habits.airing_k
        self._water_kw = _water(rng, plant, climate)
        self._on: Bools = np.asarray(rng.random(count) < 0.5)
        self._cold: Bools = np.zeros(count, dtype=bool)
        blocks = rng.random((count, hours // 2 + 1)) < habits.planned[:, np.newaxis]
        # Blocks of two hours, each shifted by up to an hour, as cheap hours of markets are.
        place = (np.arange(hours) + rng.integers(0, 2, (count, 1))) // 2
        self._allowed = np.repeat(np.take_along_axis(blocks, place, axis=1).T, _PER_HOUR, axis=0)
        self._planned = habits.planned < 1.0

    def powers(
        self, step: int, room_c: Floats, outdoor_c: Floats, heat_per_kw: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """Return electricity for heat, cold and hot water in a step, kW, (n,) each.

        Hot water goes first: meanwhile the rooms get nothing.
        """
        plant, habits = self._plant, self._habits
        gap = self.wanted_c[step] - room_c
        band = habits.hysteresis_k
        on = gap > np.where(self._on, -band, band)
        allowed = self._allowed[step]
        planned = (allowed & (gap > -_PROTECTED_K)) | (gap > _PROTECTED_K)
        on = np.where(self._planned, planned, on)
        summer = outdoor_c > plant.changeover_c
        on = on & ~(summer & plant.cools)
        water = self._water_kw[step]
        free = water <= 0
        need = self._loss * (habits.forward * (self.wanted_c[step] - outdoor_c) + habits.gain * gap)
        most = np.where(plant.stepless & ~self._planned, need / heat_per_kw, plant.rated_kw)
        warm = np.where(on & free, np.clip(most, plant.least_kw, plant.rated_kw), 0.0)
        excess = room_c - habits.cool_c
        cold = (excess > np.where(self._cold, -0.3, 0.3)) & summer & plant.cools
        need = self._loss * (0.5 * np.maximum(outdoor_c - habits.cool_c, 0.0) + 6.0 * excess)
        cool = np.where(cold & free, np.clip(need, 0.3 * plant.rated_kw, plant.rated_kw), 0.0)
        self._on, self._cold = on, cold
        return warm, cool, water


def _wanted(rng: np.random.Generator, habits: Habits, climate: Climate) -> Floats:
    """Return what is wanted by quarter-hours, (T, n)."""
    count, hours = climate.times.shape
    days = hours // 24
    late = np.repeat(rng.normal(0.0, 0.4, (count, days)), 24, axis=1)
    hour = climate.solar_hour + late
    night = (hour < habits.morning[:, np.newaxis]) | (hour > habits.evening[:, np.newaxis])
    gone = np.repeat(rng.random((count, days)) < habits.away[:, np.newaxis], 24, axis=1)
    wanted = (
        habits.day_c[:, np.newaxis]
        - habits.night_k[:, np.newaxis] * night
        - habits.away_k[:, np.newaxis] * gone
    )
    # Some touch the dial now and then.
    touched = rng.random((count, days)) < 0.1
    wanted += np.repeat(rng.normal(0.0, 0.7, (count, days)) * touched, 24, axis=1)
    return np.repeat(wanted.T, _PER_HOUR, axis=0)


def _water(rng: np.random.Generator, plant: Plant, climate: Climate) -> Floats:
    """Return power for hot water by quarter-hours, (T, n): a run or two a day."""
    count, hours = climate.times.shape
    days, steps = hours // 24, hours * _PER_HOUR
    runs: Floats = rng.integers(1, 3, count).astype(float)
    energy = plant.water_kwh[:, np.newaxis] * np.exp(rng.normal(0.0, 0.3, (count, days)))
    energy = energy / runs[:, np.newaxis]
    least = plant.water_kwh / runs / 3.0  # No run lasts more than about three hours.
    power = np.maximum(plant.rated_kw * rng.uniform(0.4, 1.0, count), least)
    length = energy / power[:, np.newaxis] / _STEP_H
    shown = np.zeros((count, steps + 1))
    rows = np.repeat(np.arange(count)[:, np.newaxis], days, axis=1)
    first = np.arange(days) * 24 * _PER_HOUR
    for run in range(2):
        at = rng.uniform(0.0, 24.0, (count, 1)) + rng.normal(0.0, 0.8, (count, days))
        begin = np.clip(first + np.round(at * _PER_HOUR), 0, steps - 1).astype(np.int64)
        lasting = np.where((runs > run)[:, np.newaxis], length, 0.0)
        for number in range(16):
            place = np.minimum(begin + number, steps)
            part = np.clip(lasting - number, 0.0, 1.0)
            held = np.maximum(shown[rows, place], part)
            shown[rows, place] = held
    course: Floats = (shown[:, :steps] * power[:, np.newaxis]).T
    return course
