"""A simulated household: its place, its devices and everything around them over time."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple, Self

import numpy as np

from ..assets.battery import Battery
from ..assets.plane import Plane, power
from ..horizon import HOUR_S
from ..units import Bools, Floats
from .annex import Annex, AnnexMoment, freezer_kw
from .appliance import PROGRAMMES
from .days import Clock
from .house import House
from .people import (
    appliance_start,
    base_kw,
    cooking_kw,
    fridge_kw,
    hot_water_kw,
    lamps,
    presence,
    trips,
)
from .sky import Weather, foreseen, weather

CAR_PHASES: Final = 3

_OTHER_DRIVER: Final = 7919
"""Added to the seed for whoever drives the second car."""


def _battery() -> Battery:
    return Battery(
        "battery", "Battery", capacity_kwh=10.0, charge_kw=5.0, discharge_kw=5.0, min_soc=0.1
    )


def _car() -> Battery:
    return Battery(
        "car", "Car", capacity_kwh=58.0, charge_kw=11.04, discharge_kw=0.0, charge_efficiency=0.9
    )


@dataclass(frozen=True)
class Household:
    """A home in this world; the seed decides its weather and its people.

    Attributes:
        latitude, longitude: degrees, north and east positive.
        zone: IANA name of the time zone people live by.
        planes, inverter_kw: the solar roof.
        battery: the house's battery with its inverter.
        car: the car's battery, seen from its charger.
        house: building, heat pump and hot water.
        annex: what a complete home has more, None in a simple one.
    """

    seed: int
    latitude: float = 52.1
    longitude: float = 5.1
    zone: str = "Europe/Amsterdam"
    planes: tuple[Plane, ...] = (Plane(35.0, 150.0, 3.1), Plane(35.0, 240.0, 2.2))
    inverter_kw: float = 4.6
    battery: Battery = field(default_factory=_battery)
    car: Battery = field(default_factory=_car)
    house: House = field(default_factory=House)
    annex: Annex | None = None

    @classmethod
    def at(
        cls, seed: int, latitude: float, longitude: float, zone: str, *, complete: bool = False
    ) -> Self:
        """Make the usual home at a place, or a complete one; its roof faces the equator."""
        home = cls(seed, latitude, longitude, zone, annex=Annex() if complete else None)
        if latitude >= 0:
            return home
        mirrored = tuple(
            replace(plane, azimuth_deg=(180.0 - plane.azimuth_deg) % 360.0) for plane in home.planes
        )
        return replace(home, planes=mirrored)

    def weather(self, times: Floats) -> Weather:
        """Return the weather at the moments, (N,)."""
        return weather(self.seed, self.latitude, self.longitude, times)

    def weather_forecast(self, times: Floats) -> Weather:
        """Return the weather as the day before expected it, (N,)."""
        return foreseen(self.seed, self.latitude, self.longitude, times)

    def solar_kw(self, sky: Weather) -> Floats:
        """Return what the roof can deliver under a sky, (N,), clipped at the inverter's power."""
        total = sum(power(plane, sky.sun, sky.light, sky.temperature_c) for plane in self.planes)
        clipped: Floats = np.minimum(total, self.inverter_kw)
        return clipped


class Moment(NamedTuple):
    """What surrounds the devices at one moment.

    Attributes:
        hour: of the local day.
        outdoor_c, sun_kwm2: the weather.
        potential_kw: what the roof can deliver.
        base_kw, cooking_kw, fridge_kw: consumption nobody plans.
        drawn_kw: heat taken as hot water.
        lamps: brightness people choose.
        car_away, trip_kwh, car_plugs: the car's day.
        starts: whether people start each of PROGRAMMES now.
        annex: the same for what a complete home has more.
    """

    hour: float
    outdoor_c: float
    sun_kwm2: float
    potential_kw: float
    base_kw: float
    cooking_kw: float
    fridge_kw: float
    drawn_kw: float
    lamps: tuple[float, float, float]
    car_away: bool
    trip_kwh: float
    car_plugs: bool
    starts: tuple[bool, bool]
    annex: AnnexMoment | None = None


def moments(household: Household, times: Floats, since_s: float) -> Iterator[Moment]:
    """Yield what surrounds the devices at each of the times, (N,).

    People's starts of appliances count for a moment when they fell within the `since_s`
    seconds up to it.
    """
    seed = household.seed
    sky = household.weather(times)
    clock = Clock.at(times, household.zone)
    who = presence(seed, clock)
    away, used, plugs = _car_day(seed, clock)
    columns = (
        clock.hour.tolist(),
        sky.temperature_c.tolist(),
        (sky.global_wm2 / 1000.0).tolist(),
        household.solar_kw(sky).tolist(),
        base_kw(seed, times, who).tolist(),
        cooking_kw(seed, times, clock).tolist(),
        fridge_kw(seed, times).tolist(),
        hot_water_kw(seed, clock).tolist(),
        zip(*lamps(seed, times, who, sky.sun.elevation).tolist(), strict=True),
        away.tolist(),
        used.tolist(),
        plugs.tolist(),
        zip(*_starts(seed, times, clock, since_s).tolist(), strict=True),
        _annex_moments(household, times, clock),
    )
    return (Moment(*row) for row in zip(*columns, strict=True))


def _annex_moments(
    household: Household, times: Floats, clock: Clock
) -> list[AnnexMoment] | list[None]:
    if household.annex is None:
        return [None] * len(times)
    away, used, plugs = _car_day(household.seed + _OTHER_DRIVER, clock)
    columns = (freezer_kw(household.seed, times), away, used, plugs)
    return [AnnexMoment(*row) for row in zip(*(each.tolist() for each in columns), strict=True)]


def _car_day(seed: int, clock: Clock) -> tuple[Bools, Floats, Bools]:
    day = trips(seed, clock.ordinal, clock.weekend)
    away = (clock.hour >= day.leave) & (clock.hour < day.back)
    return away, day.used_kwh, day.plugs


def _starts(seed: int, times: Floats, clock: Clock, since_s: float) -> Bools:
    """Return whether people start each of PROGRAMMES, (2, N)."""
    rows = []
    for programme in PROGRAMMES:
        hour = appliance_start(seed, programme.name, clock.ordinal, clock.weekend)
        begin = clock.dawn + hour * HOUR_S
        rows.append((begin <= times) & (begin > times - since_s))
    return np.stack(rows)
