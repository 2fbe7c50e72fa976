"""Homes that are other than their forms say, and what the forms say of them."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.solar import Solar
from custom_components.shems.core.horizon import DAY_S, FINE_S
from custom_components.shems.core.replay.course import join
from custom_components.shems.core.replay.household import Household
from custom_components.shems.core.replay.run import HISTORY_DAYS, Run, protocol_tariff
from custom_components.shems.core.replay.use.appliance import MachineUse
from custom_components.shems.core.replay.use.heating import RoomsUse
from custom_components.shems.core.replay.use.use import Use
from custom_components.shems.core.replay.use.vehicle import CarUse
from custom_components.shems.core.replay.use.water import TankUse
from custom_components.shems.core.series import Series
from custom_components.shems.core.world.prices import market

from ..simulation.equipment import CAR, HEAT_PUMP, TANK
from ..simulation.homes import AHEAD_DAYS
from ..simulation.seeded import MODULE_KW, Seeded, appliances, seeded, sessions

FORM: Final = Battery("battery", "Battery", 10.0, 5.0, 5.0, 0.95, 0.95, 0.05, wear_per_kwh=0.01)
"""The battery as every form here says it is."""


@dataclass(frozen=True)
class Error:
    """By how much a home differs from its forms.

    Attributes:
        name: in the table.
        capacity: the battery's, as a share of the form's.
        efficiency: one way.
        car: capacity and charging efficiency of the car, as shares.
        programmes: energy of appliances, as a share.
        loss: of the building, as a share.
        litres: of the tank, as a share.
        load: what nobody plans, as a share of what the seed has.
    """

    name: str
    capacity: float = 1.0
    efficiency: float = 0.95
    car: float = 1.0
    programmes: float = 1.0
    loss: float = 1.0
    litres: float = 1.0
    load: float = 1.0


ERRORS: Final = (
    Error("as its forms say"),
    Error("battery loses more", efficiency=0.87),
    Error("battery has aged", capacity=0.75, efficiency=0.91),
    Error("battery is better", capacity=1.1, efficiency=0.98),
    Error("devices differ", car=0.8, programmes=1.3, loss=1.3, litres=0.8),
    Error("all is worse", 0.75, 0.88, 0.85, 1.25, 1.25, 0.85, 1.3),
    Error("all is better", 1.1, 0.97, 1.1, 0.8, 0.8, 1.2, 0.7),
)


@dataclass(frozen=True)
class World:
    """A home as it is, and as its forms say.

    Attributes:
        household: as it is.
        form: what SHEMS is told exists.
    """

    household: Household
    form: Home


def world(seed: int, error: Error, days: int, kinds: str, tariff: str) -> World:
    """Return a seeded home's days.

    Args:
        seed: of the home.
        error: by how much it differs from its forms.
        days: scored, after two weeks of history.
        kinds: first letters of what it has besides the battery: car, rooms, tank, machines.
        tariff: `flat`, `tou` or `spot`.
    """
    begin = datetime(2025, 1, 6, tzinfo=ZoneInfo("Europe/Berlin")).timestamp()
    home = seeded(seed, begin - HISTORY_DAYS * DAY_S, HISTORY_DAYS + days + AHEAD_DAYS, FINE_S)
    course, inside = home.course, (error.load * home.inside[0], home.inside[1])
    course = replace(course, load_kw=inside[0].mean(axis=1))
    start, end = course.start, course.start + course.step_s
    # At negative prices every manager here holds back what it would sell, with or without.
    prices = Series(start, end, np.maximum(market(seed, start, course.zone), 0.001))
    efficiency = error.efficiency
    real = replace(
        FORM,
        capacity_kwh=error.capacity * FORM.capacity_kwh,
        charge_efficiency=efficiency,
        discharge_efficiency=efficiency,
    )
    per_day = round(DAY_S / course.step_s)
    first = HISTORY_DAYS * per_day
    run = Run(
        course,
        join(course, prices, course.zone, 0),
        protocol_tariff(tariff, course.zone, "EUR"),
        real,
        round(course.step_s / FINE_S),
        first,
        first + days * per_day,
        inside,
        Connection(40.0, 40.0),
    )
    uses = _uses(home, error, kinds)
    sun = (Solar("solar", "Solar", peak_kw=MODULE_KW, curtailable=True),)
    forms = tuple(each.device for each in _uses(home, Error(""), kinds))
    told = Home(Connection(40.0, 40.0), sun, (FORM,), devices=forms, zone=course.zone)
    return World(Household(run, uses, MODULE_KW, home.days.outdoor_c), told)


def _uses(home: Seeded, error: Error, kinds: str) -> tuple[Use, ...]:
    days, span = home.days, home.span
    uses: list[Use] = []
    if "c" in kinds:
        car = replace(
            CAR,
            capacity_kwh=error.car * CAR.capacity_kwh,
            charge_efficiency=CAR.charge_efficiency * min(error.car**0.25, 1.0),
        )
        uses.append(CarUse(car, sessions(home.world, *span)))
    if "r" in kinds:
        building = HEAT_PUMP.building
        building = replace(building, loss_kw_per_k=error.loss * building.loss_kw_per_k)
        rooms = replace(HEAT_PUMP, building=building)
        uses.append(RoomsUse(rooms, days.outdoor_c, days.solar_kw / MODULE_KW))
    if "t" in kinds:
        tank = replace(TANK, tank=replace(TANK.tank, litres=error.litres * TANK.tank.litres))
        uses.append(TankUse(tank, days.outdoor_c, days.drawn_kw))
    if "m" in kinds:
        for device, requests in appliances(home.world, *span):
            profile = tuple(error.programmes * each for each in device.profile_kw)
            uses.append(MachineUse(replace(device, profile_kw=profile), requests))
    return tuple(uses)
