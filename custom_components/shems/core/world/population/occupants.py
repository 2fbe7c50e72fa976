"""The people of many homes and the power they use, by the quarter of an hour."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ...units import Bools, Floats
from .climate import wander
from .days import Place, stretches
from .driving import Sessions, charge
from .habits import Habits, Ways
from .pulses import Pulses
from .routines import (
    Days,
    always_on,
    boiler,
    lights,
    programmes,
    taps,
    timers,
    uses,
)

PER_DAY: Final = 96
STEP_H: Final = 0.25

_MEMORY: Final = 0.3
"""What of a busy day is left on the next: 0.2 to 0.4 in the homes of the realism report."""
_BASE_MEMORY: Final = 0.9
_GUESTS_DAYS: Final = 2.5
_GUESTS: Final = (1.3, 2.0)
"""How much more is used with guests."""
_DESK_SHARE: Final = 0.5
"""Of homes in which somebody is in on working days."""


@dataclass(frozen=True)
class Lived:
    """What n homes did, (n, T) each by quarters unless said otherwise.

    Attributes:
        house_kw: everything but the car.
        car_kw: the car.
        drawn: heat taken as hot water.
        awake: whether somebody is at home and awake.
        sessions: the car's charges.
    """

    house_kw: Floats
    car_kw: Floats
    drawn: Pulses
    awake: Bools
    sessions: Sessions

    @property
    def drawn_kw(self) -> Floats:
        """Heat taken as hot water."""
        count, steps = self.house_kw.shape
        return self.drawn.laid(count, steps, STEP_H)

    @property
    def load_kw(self) -> Floats:
        """What the home takes."""
        total: Floats = self.house_kw + self.car_kw
        return total


def live(
    rng: np.random.Generator,
    habits: Habits,
    days: int,
    ways: Ways | None = None,
    place: Place | None = None,
) -> Lived:
    """Return what homes with habits do on `days` days by local standard time.

    Args:
        rng: where all chance comes from.
        habits: of n homes.
        days: how many.
        ways: what else differs between homes; drawn where not given.
        place: where and when they are; drawn where not given.
    """
    count = len(habits.base_kw)
    ways = Ways.draw(rng, count) if ways is None else ways
    place = Place.draw(rng, count) if place is None else place
    calendar = _days(rng, habits, ways, place.free(days))
    drawn = taps(rng, habits, ways, calendar)
    sessions = charge(rng, habits, ways, calendar)
    pulses = Pulses.joined(
        [
            uses(rng, habits, ways, calendar),
            programmes(rng, habits, ways, calendar),
            boiler(ways, calendar, drawn),
            timers(ways, days),
        ]
    )
    steps = days * PER_DAY
    awake = _awake(rng, habits, ways, calendar)
    house = pulses.laid(count, steps, STEP_H)
    drift = ways.drift[:, np.newaxis] * wander(rng, count, days, _BASE_MEMORY)
    base = always_on(rng, habits, ways, steps, STEP_H)
    house += base * np.repeat(np.exp(drift - drift.mean(axis=1, keepdims=True)), PER_DAY, axis=1)
    house += lights(ways, awake, place.dark(days, PER_DAY)).reshape(count, steps)
    house += _climate(rng, ways, calendar, place.winter(days))
    return Lived(
        house,
        sessions.pulses.laid(count, steps, STEP_H),
        drawn,
        awake.reshape(count, steps),
        sessions,
    )


def _days(rng: np.random.Generator, habits: Habits, ways: Ways, free: Bools) -> Days:
    """Return what each day is like."""
    count, days = free.shape
    home = ~stretches(rng, habits.away, ways.trip_days, days)
    guests = stretches(rng, ways.guest_share, np.full(count, _GUESTS_DAYS), days)
    unsteady = ways.unsteady[:, np.newaxis]
    busy = np.exp(unsteady * wander(rng, count, days, _MEMORY) - unsteady**2 / 2.0)
    busy *= np.where(guests, rng.uniform(*_GUESTS, (count, 1)), 1.0) * home
    jitter = habits.jitter_h[:, np.newaxis]
    morning = jitter * rng.standard_normal((count, days))
    morning += np.where(free, ways.lie_in_h[:, np.newaxis], 0.0)
    return Days(home, free, busy, morning, jitter * rng.standard_normal((count, days)))


def _awake(rng: np.random.Generator, habits: Habits, ways: Ways, days: Days) -> Bools:
    """Return when somebody is at home and awake, (n, D, 96)."""
    count = len(habits.base_kw)
    hour = ((np.arange(PER_DAY) + 0.5) * STEP_H).astype(np.float32)

    def each(value: Floats) -> npt.NDArray[np.float32]:
        return value.astype(np.float32)[..., np.newaxis]

    wake = each((habits.morning_h - 1.0)[:, np.newaxis] + days.morning)
    bed = each(ways.bed_h[:, np.newaxis] + 0.5 * days.evening)
    out = ways.leave_h[:, np.newaxis] + days.morning
    works = (rng.random((count, 1)) < _DESK_SHARE) & ~days.free
    back = np.where(works, habits.evening_h[:, np.newaxis] - 1.0 + days.evening, 0.0)
    up = (hour >= wake) & (hour < bed) & ~((hour >= each(out)) & (hour < each(back)))
    awake: Bools = up & days.home[..., np.newaxis]
    return awake


def _climate(rng: np.random.Generator, ways: Ways, days: Days, winter: Floats) -> Floats:
    """Return heating or cooling that is part of the home's load, (n, T), kW.

    Weather makes its energy differ from day to day, the hour within the day; the machine
    switches.
    """
    count, length = days.home.shape
    power = np.zeros((count, length * PER_DAY))
    has = np.flatnonzero(ways.climate_kwh > 0)
    heats = ways.heats[has, np.newaxis]
    season = np.maximum(np.where(heats, winter[has], -winter[has]) + 0.5, 0.0)
    front = wander(rng, len(has), length, ways.cool[has])
    energy = season * (1.0 + ways.swing[has, np.newaxis] * front)
    energy *= ways.climate_kwh[has, np.newaxis] * np.where(days.home[has], 1.0, 0.4)
    hour = (np.arange(PER_DAY) + 0.5) * STEP_H
    warm = 1.0 + 0.6 * np.cos(2.0 * np.pi * (hour - 6.0) / 24.0)
    warm += 0.4 * np.cos(2.0 * np.pi * (hour - 7.0) / 12.0)
    hot = np.maximum(0.25 + np.cos(2.0 * np.pi * (hour - 16.5) / 24.0), 0.0) ** 1.5
    profile = np.where(heats, warm / warm.mean(), hot / hot.mean())
    wanted = np.maximum(energy, 0.0)[:, :, np.newaxis] * profile[:, np.newaxis] / 24.0
    share = wanted.reshape(len(has), length * PER_DAY) / ways.climate_kw[has, np.newaxis]
    runs = rng.random(share.shape, dtype=np.float32) < share
    power[has] = np.where(runs, np.maximum(share, 1.0), 0.0) * ways.climate_kw[has, np.newaxis]
    return power
