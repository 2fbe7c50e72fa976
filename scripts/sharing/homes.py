"""A community of seeded homes under one sky: some with a roof, a battery or a car."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.plane import Plane, Site
from custom_components.shems.core.assets.vehicle import Vehicle
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.horizon import DAY_S, FINE_S, QUARTER_S, Horizon
from custom_components.shems.core.market.rules import CT
from custom_components.shems.core.replay.believer import Believer
from custom_components.shems.core.replay.course import Course, join
from custom_components.shems.core.replay.household import Household
from custom_components.shems.core.replay.run import Run
from custom_components.shems.core.replay.use.vehicle import CarUse
from custom_components.shems.core.series import Series
from custom_components.shems.core.tariff import PriceRule, Tariff
from custom_components.shems.core.units import Bools, Floats
from custom_components.shems.core.world.household import Household as World
from custom_components.shems.core.world.living import living
from custom_components.shems.core.world.prices import market

from ..simulation.seeded import sessions

ZONE: Final = "Europe/Vienna"
_PLACE: Final = (48.2, 16.4, ZONE)
IMPORT: Final = 32 * CT
FEED_IN: Final = 8 * CT
"""µct/kWh, the same for every home: about what households pay and get in Austria and Germany."""
_TARIFF: Final = Tariff(
    PriceRule(fee=IMPORT / CT / 100), PriceRule(fee=FEED_IN / CT / 100), ZONE, "EUR"
)
SEASONS: Final = {"winter": 1, "spring": 4, "summer": 7, "autumn": 10}
"""Months whose first days are played."""
_YEAR: Final = 2025
_HISTORY_DAYS: Final = 28
"""Four of each weekday, from which forecasts are made and cars are known."""
_BEGIN_H: Final = 15
"""Days are scored from three in the afternoon, when the sun has been shared and cars are not home
yet: whoever ends with cars that wait for tomorrow's sun would look dearer than it is."""
_ROOFS: Final = 0.4
_CARS: Final = 0.5
_BATTERIES: Final = 0.5
"""Homes with a roof, with a car, and of those with a roof with a battery."""
_CAR: Final = Vehicle("car", "Car", 58.0, 11.0, least_kw=4.14, limit_soc=0.8)
_NO_BATTERY: Final = Battery("battery", "Battery", 0.0, 0.0, 0.0)
_SPREAD: Final = 0.35
"""Standard deviation of the logarithm of what homes use."""
_PARTS: Final = QUARTER_S // FINE_S


@dataclass
class Remembering(Believer):
    """The learners of a home, whom every variant of its community asks the same."""

    given: Series | None = None
    _last: dict[float, Beliefs] = field(default_factory=dict)

    def believe(
        self,
        now: float,
        horizon: Horizon,
        *,
        known_until: float,
        solar_given: Series | None = None,
    ) -> Beliefs:
        """Return what was to be expected at an origin; see `Believer`."""
        if now not in self._last:
            given = self.given if solar_given is None else solar_given
            made = super().believe(now, horizon, known_until=known_until, solar_given=given)
            self._last = {now: made}
        return self._last[now]


@dataclass(frozen=True)
class Member:
    """A home of a community.

    Attributes:
        hid: its name there.
        household: all that happens in it.
    """

    hid: str
    household: Household

    @property
    def run(self) -> Run:
        """Its load, its sun and its battery."""
        return self.household.run

    @property
    def flexible(self) -> bool:
        """Whether there is anything to be planned."""
        return self.run.battery.capacity_kwh > 0 or bool(self.household.uses)

    @cached_property
    def believer(self) -> Remembering:
        """What it learns, which no variant changes."""
        course = self.run.course
        foreseen = course.solar_forecast_kw
        given = (
            None
            if foreseen is None
            else Series(course.start, course.start + course.step_s, foreseen)
        )
        return Remembering(self.household.history, self.run.tariff, Site(*_PLACE[:2]), given=given)


def community(seed: int, count: int, season: str, slots: int) -> list[Member]:
    """Return seeded homes with four weeks of history and the slots that are scored.

    Args:
        seed: of the community.
        count: of homes.
        season: one of `SEASONS`.
        slots: quarters of an hour.
    """
    first = datetime(_YEAR, SEASONS[season], 1, _BEGIN_H, tzinfo=ZoneInfo(ZONE)).timestamp()
    past = round(_HISTORY_DAYS * DAY_S / QUARTER_S)
    times = first + FINE_S * np.arange(-past * _PARTS, slots * _PARTS, dtype=np.float64)
    chance = np.random.default_rng([seed, count])
    roof, car = _some(chance, count, _ROOFS), _some(chance, count, _CARS)
    battery = roof & (chance.random(count) < _BATTERIES)
    return [
        _member(_Drawn(seed, number, chance, *has), times, past)
        for number, has in enumerate(
            zip(roof.tolist(), car.tolist(), battery.tolist(), strict=True)
        )
    ]


def _some(chance: np.random.Generator, count: int, share: float) -> Bools:
    """Return who has it, (count,): a share of all."""
    chosen = np.zeros(count, dtype=np.bool_)
    chosen[chance.permutation(count)[: round(share * count)]] = True
    return chosen


@dataclass(frozen=True)
class _Drawn:
    """What is drawn for a home."""

    seed: int
    number: int
    chance: np.random.Generator
    roof: bool
    car: bool
    battery: bool

    @property
    def people(self) -> World:
        """Who lives there."""
        return World(1000 * self.seed + self.number, *_PLACE)

    def sky(self) -> World:
        """Return the roof under the sky that all share: its seed is the community's."""
        peak_kw = float(self.chance.uniform(4.0, 12.0))
        plane = Plane(
            float(self.chance.uniform(15, 45)), float(self.chance.normal(180, 45)), peak_kw
        )
        return World(self.seed, *_PLACE, planes=(plane,), inverter_kw=0.85 * peak_kw)

    def store(self) -> Battery:
        """Return the battery, of none the capacity 0."""
        if not self.battery:
            return _NO_BATTERY
        size = float(self.chance.uniform(5.0, 12.0))
        return Battery("battery", "Battery", size, 5.0, 5.0, min_soc=0.05, wear_per_kwh=0.01)


def _member(drawn: _Drawn, times: Floats, past: int) -> Member:
    def quarters(value: Floats) -> Floats:
        mean: Floats = value.reshape(-1, _PARTS).mean(axis=1)
        return mean

    start = times[::_PARTS]
    people = drawn.people
    load = quarters(living(people, times).load_kw) * float(drawn.chance.lognormal(0.0, _SPREAD))
    solar = foreseen = None
    if drawn.roof:
        roof = drawn.sky()
        solar = quarters(roof.solar_kw(roof.weather(times)))
        foreseen = quarters(roof.solar_kw(roof.weather_forecast(times)))
    course = Course(start, QUARTER_S, load, solar, foreseen, ZONE)
    prices = Series(start, start + QUARTER_S, market(drawn.seed, start, ZONE))
    run = Run(
        course,
        join(course, prices, ZONE, 0, 0),
        _TARIFF,
        drawn.store(),
        1,
        past,
        len(start),
    )
    cars = sessions(people, float(start[0]), float(start[-1]) + QUARTER_S) if drawn.car else ()
    uses = (CarUse(_CAR, cars),) if drawn.car else ()
    module_kw = None if solar is None else float(solar.max())
    return Member(f"home{drawn.number:04d}", Household(run, uses, module_kw))
