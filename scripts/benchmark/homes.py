"""Seeded whole homes: car, heat pump, tank, two appliances, battery, roof and peak tariff."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from custom_components.shems.core.assets.appliance import Appliance, ApplianceState, RunRequest
from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.heating import Heating, HeatingState
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.kinds import MovableState
from custom_components.shems.core.assets.performance import WATER_PUMP
from custom_components.shems.core.assets.solar import Solar
from custom_components.shems.core.assets.stay import Stay, VehicleState
from custom_components.shems.core.assets.switching import Switching
from custom_components.shems.core.assets.vehicle import Vehicle
from custom_components.shems.core.assets.water import Water, WaterState
from custom_components.shems.core.forecast.beliefs import Beliefs, Outlook
from custom_components.shems.core.forecast.levels import LEVELS
from custom_components.shems.core.horizon import FINE_S, HOUR_S, Horizon
from custom_components.shems.core.peak import PeakState, PeakTariff
from custom_components.shems.core.tariff import Prices
from custom_components.shems.core.units import Floats

from .problems import BEGIN, weathers

_PUMP: Final = Heating(
    "pump", "Heat pump", 2.4, 0.45, switching=Switching(least_on_h=0.5, least_off_h=0.25)
)
_TANK: Final = Water("tank", "Tank", 0.6, performance=WATER_PUMP, fall_per_k=0.05)
_DISHES: Final = Appliance(
    "dishes", "Dishwasher", (0.1, 2.0, 2.0, 0.2, 0.1, 0.1, 1.8, 1.8, 0.1, 0.1), 600.0
)
_LAUNDRY: Final = Appliance("laundry", "Washing machine", (2.0, 1.6, 0.2, 0.2, 0.2, 0.4), 900.0)
_SPREAD: Final = 0.25
"""Relative error of a day's load and sun, about what forecasts have."""


@dataclass(frozen=True)
class Situation:
    """A home at a time, and what it expects.

    Attributes:
        energy_kwh: stored in each battery.
        states: of each device.
    """

    home: Home
    beliefs: Beliefs
    energy_kwh: dict[str, float]
    states: dict[str, MovableState]

    @property
    def now(self) -> float:
        """When it is, epoch seconds."""
        return float(self.beliefs.horizon.edges[0])


def whole_home(seed: int, *, pairs: int = 1, courses: int = 1) -> Situation:
    """Return a home of a seed at some minute of a spring day, on the tiered horizon.

    Args:
        seed: of the time, the weather, the prices and what every device has yet to do.
        pairs: how many batteries and how many cars.
        courses: in how many equally likely ways load and sun may come.
    """
    draw = np.random.default_rng(1000 + seed)
    horizon = Horizon.tiered(BEGIN + FINE_S * float(draw.integers(0, 288)))
    now = float(horizon.edges[0])
    met = weathers(seed, horizon)
    stored = {f"battery{number}": float(draw.uniform(1, 9)) for number in range(pairs)}
    cars = [_car(number, draw, now) for number in range(pairs)]
    states: dict[str, MovableState] = {
        "pump": HeatingState(float(draw.uniform(20, 22))),
        "tank": WaterState(float(draw.uniform(46, 54))),
        "dishes": _run(draw, now, 10),
        "laundry": _run(draw, now, 20),
        **{car.id: state for car, state in cars},
    }
    home = Home(
        Connection(peaks=(PeakTariff(4.0),), reached=(PeakState((float(draw.uniform(2, 5)),)),)),
        solar=(Solar("roof", "Roof", peak_kw=8.0, curtailable=True, module_kw=8.0),),
        batteries=tuple(Battery(name, name, 10.0, 5.0, 5.0, wear_per_kwh=0.01) for name in stored),
        devices=(*(car for car, _ in cars), _PUMP, _TANK, _DISHES, _LAUNDRY),
        zone="Europe/Berlin",
    )
    beliefs = Beliefs(
        horizon,
        _outlook(met.load_kw, courses, draw),
        _outlook(met.solar_kw, courses, draw),
        Prices(met.buy, met.sell, np.ones(len(horizon), dtype=np.bool_)),
        temperature=Outlook.certain(met.outdoor_c, "exact"),
    )
    return Situation(home, beliefs, stored, states)


def batteries_only(situation: Situation) -> Situation:
    """Return the home without its devices and their tariff."""
    home = replace(situation.home, devices=(), connection=Connection())
    return replace(situation, home=home, states={})


def _car(number: int, draw: np.random.Generator, now: float) -> tuple[Vehicle, VehicleState]:
    """Return a car that comes home within half a day, or is there, and wants to be full."""
    car = Vehicle(f"car{number}", f"Car {number}", 58.0, 11.0, 1.4, switchable_phases=True)
    arrives = now + HOUR_S * float(max(draw.uniform(-8, 10), -2))
    leaves = arrives + HOUR_S * float(draw.uniform(10, 15))
    held = float(draw.uniform(10, 35))
    stays = (
        Stay(arrives, leaves, target_kwh=float(draw.uniform(38, 52)), arrives_kwh=held),
        Stay(leaves + 10 * HOUR_S, leaves + 24 * HOUR_S, target_kwh=46.0, arrives_kwh=32.0),
    )
    return car, VehicleState(held, stays)


def _run(draw: np.random.Generator, now: float, hours: float) -> ApplianceState:
    earliest = now + HOUR_S * float(draw.uniform(-2, 6))
    return ApplianceState((RunRequest(earliest, earliest + HOUR_S * hours),))


def _outlook(mean: Floats, courses: int, draw: np.random.Generator) -> Outlook:
    """Return courses around a mean: each day is higher or lower as a whole."""
    if courses == 1:
        return Outlook.certain(mean, "exact")
    factors = draw.gamma(1 / _SPREAD**2, _SPREAD**2, courses)
    paths = mean * (factors / factors.mean())[:, np.newaxis]
    return Outlook(paths.mean(axis=0), np.quantile(paths, LEVELS, axis=0), paths, "drawn")
