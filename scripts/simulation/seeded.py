"""A seeded home, minute by minute: its course, and what its people do with devices."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from custom_components.shems.core.assets.appliance import Appliance, RunRequest
from custom_components.shems.core.forecast.vehicle import Session
from custom_components.shems.core.horizon import DAY_S, FINE_S, HOUR_S, QUARTER_S
from custom_components.shems.core.replay.course import Course
from custom_components.shems.core.units import Floats
from custom_components.shems.core.world.appliance import PROGRAMMES, Programme
from custom_components.shems.core.world.household import Household
from custom_components.shems.core.world.living import Living, appliance_starts, car_stays, living

ZONE: Final = "Europe/Berlin"
MODULE_KW: Final = sum(plane.peak_kw for plane in Household(1).planes)
_DONE_BY_H: Final = {"dishwasher": 11.0, "washing_machine": 6.0}
"""Hours from being asked to being done: by the next morning, and while somebody is up."""
_CAR_EFFICIENCY: Final = Household(1).car.charge_efficiency


@dataclass(frozen=True)
class Seeded:
    """A seeded home's days.

    Attributes:
        course: quarters of an hour: what meters keep and forecasts see.
        inside: (N, parts) load and solar power in every step of execution.
        days: what surrounds the devices, in every step of execution.
    """

    world: Household
    course: Course
    inside: tuple[Floats, Floats]
    days: Living

    @property
    def span(self) -> tuple[float, float]:
        """Begin and end, epoch seconds."""
        return float(self.course.start[0]), float(self.course.start[-1]) + self.course.step_s


def seeded(seed: int, begin: float, days: int, step_s: float) -> Seeded:
    """Play a home's days in steps of execution that divide a quarter of an hour."""
    world = Household(seed, zone=ZONE)
    count, parts = round(days * DAY_S / QUARTER_S), round(QUARTER_S / step_s)
    times = begin + step_s * np.arange(count * parts, dtype=np.float64)
    lived = living(world, times)

    def inside(value: Floats) -> Floats:
        return value.reshape(count, parts)

    load, solar = inside(lived.load_kw), inside(lived.solar_kw)
    course = Course(
        times[::parts],
        QUARTER_S,
        load.mean(axis=1),
        solar.mean(axis=1),
        inside(lived.solar_forecast_kw).mean(axis=1),
        ZONE,
    )
    return Seeded(world, course, (load, solar), lived)


def sessions(world: Household, begin: float, end: float) -> tuple[Session, ...]:
    """Return the stays of a seeded home's car."""
    return tuple(
        Session(came, left, lacks / _CAR_EFFICIENCY)
        for came, left, lacks in car_stays(world, begin, end)
    )


def appliances(
    world: Household, begin: float, end: float
) -> list[tuple[Appliance, tuple[RunRequest, ...]]]:
    """Return a seeded home's appliances and when they are asked for."""
    starts = appliance_starts(world, begin, end)
    return [
        (
            Appliance(each.name, each.name.replace("_", " "), _profile(each)),
            tuple(RunRequest(at, at + HOUR_S * _DONE_BY_H[each.name]) for at in starts[each.name]),
        )
        for each in PROGRAMMES
    ]


def _profile(programme: Programme) -> tuple[float, ...]:
    """Return a programme in parts of five minutes."""
    width = FINE_S / HOUR_S
    count = math.ceil(programme.hours / width - 1e-9)
    return tuple(programme.mean_kw(k * width, (k + 1) * width) for k in range(count))
