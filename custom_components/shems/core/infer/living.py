"""The people of a home and their car, inferred from the home's load."""

from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np

from ..units import Floats
from ..world.population.days import Place
from ..world.population.habits import Habits, Ways
from ..world.population.meters import Meters, coverage, delayed, masked
from ..world.population.occupants import PER_DAY, STEP_H, live
from ..world.population.pulses import Ints
from .block import Check, Drawn
from .living_check import LATER_DAYS, LEAD_DAYS, living_check, living_predict
from .living_features import DAYS, HOURS, living_features
from .prior import Parameter, Prior

_STREAM: Final = 3
"""Tells this block's chance from the others'."""
_AT_ONCE: Final = 500
"""Homes that are simulated together: six weeks by quarters are 16 MB an array."""
_SHIFT_H: Final = 1.0
_HEATED_KWH: Final = (15.0, 60.0)
_HEATER_KW: Final = (4.0, 9.0)


@dataclass(frozen=True)
class LivingSeen:
    """What Home Assistant shows of n homes' loads.

    Attributes:
        load_kw: (n, 672) means of local hours of 28 days, NaN where unknown.
        weekday: (n,) of the first day, 0 is Monday.
        latitude: (n,) degrees, north positive.
        day: (n,) of the year, of the window's first day, 0 to 364.
        held_out: (n, 336) the same of the fortnight after it, or (n, 0).
    """

    load_kw: Floats
    weekday: Ints
    latitude: Floats
    day: Ints
    held_out: Floats


class Living:
    """The block of behaviour and car."""

    name: Final = "living"
    prior: Final = Prior(
        (
            Parameter("base_kw", "kW", 0.02, 1.5, log=True),
            Parameter("morning_h", "h", 5.0, 10.5),
            Parameter("morning_kwh", "kWh", 0.05, 5.0, log=True),
            Parameter("evening_h", "h", 15.5, 22.0),
            Parameter("evening_kwh", "kWh", 0.2, 12.0, log=True),
            Parameter("jitter_h", "h", 0.2, 1.8),
            Parameter("appliances", "1/d", 0.0, 3.0, natural=(True, False)),
            Parameter("away", "", 0.0, 0.3, natural=(True, False)),
            Parameter("car_kw", "kW", 1.8, 22.0, log=True),
            Parameter("charging_h", "h", 12.0, 28.0),
            Parameter("session_kwh", "kWh", 3.0, 45.0, log=True),
            Parameter("sessions", "1/d", 0.0, 1.0, natural=(True, False)),
        )
    )
    twists: Final = ("clock_shift", "second_car", "heating")

    def simulate(self, seed: int, count: int, *, twist: str | None = None) -> Drawn[LivingSeen]:
        """Return homes drawn from the prior, as they would be seen.

        Args:
            seed: the same seed and count give the same homes.
            count: how many, n.
            twist: what differs from what the inference reckons with.
        """
        rng = np.random.default_rng([seed, _STREAM])
        theta = self.prior.draw(rng, count)
        parts = [
            _seen(rng, theta[begin : begin + _AT_ONCE], twist)
            for begin in range(0, count, _AT_ONCE)
        ]
        return Drawn(
            theta,
            LivingSeen(
                *(
                    np.concatenate([getattr(part, each.name) for part in parts])
                    for each in fields(LivingSeen)
                )
            ),
        )

    def features(self, observed: LivingSeen) -> Floats:
        """Return what the network is shown, (n, F), finite."""
        place = _place(observed)
        return living_features(observed.load_kw, observed.weekday, place.daylight_h(DAYS // 2))

    def check(self, observed: LivingSeen, draws: Floats) -> Check:
        """Compare what was seen with what homes with (n, S, D) draws of the posterior show."""
        return living_check(observed.load_kw, _place(observed), draws)

    def predict(self, observed: LivingSeen, draws: Floats) -> Floats:
        """Return draws of the fortnight after the window, (n, S, 336): own days and simulated."""
        return living_predict(observed.load_kw, _place(observed), draws)


def _place(observed: LivingSeen) -> Place:
    return Place(observed.latitude, observed.day, observed.weekday)


def _seen(rng: np.random.Generator, theta: Floats, twist: str | None) -> LivingSeen:
    count = len(theta)
    habits = Habits.of(theta)
    ways = Ways.draw(rng, count)
    place = Place.draw(rng, count)
    if twist == "heating":
        ways = replace(
            ways,
            climate_kwh=rng.uniform(*_HEATED_KWH, count),
            climate_kw=rng.uniform(*_HEATER_KW, count),
            heats=np.ones(count, dtype=np.bool_),
        )
        cold = rng.integers(305, 420, count) + np.where(place.latitude < 0, 182, 0)
        place = replace(place, first=cold % 365)
    length = LEAD_DAYS + DAYS + LATER_DAYS
    load = live(rng, habits, length, ways, place).load_kw
    if twist == "second_car":
        # Strangers' cars: of other homes of this batch.
        load = load + live(rng, _turned(habits), length).car_kw
    if twist == "clock_shift":
        load = delayed(load, np.full(count, _SHIFT_H / STEP_H))
    shown = Meters.draw(rng, count).read(rng, load, STEP_H, PER_DAY // HOURS)
    first, last = LEAD_DAYS * HOURS, (LEAD_DAYS + DAYS) * HOURS
    return LivingSeen(
        masked(shown[:, first:last], coverage(rng, count, DAYS, HOURS)),
        (place.weekday + LEAD_DAYS) % 7,
        place.latitude,
        (place.first + LEAD_DAYS) % 365,
        shown[:, last:],
    )


def _turned(habits: Habits) -> Habits:
    """Return habits of which each home has those of the one before it."""
    return Habits(*(np.roll(getattr(habits, each.name), 1) for each in fields(Habits)))
