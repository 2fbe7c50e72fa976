"""What draws of the rooms' parameters predict: temperatures a day ahead, and energy."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..assets.building import Stores, advance
from ..assets.performance import on_line
from ..units import Bools, Floats
from ..world.population.houses import COP_LIMITS
from .thermal_rooms import Places, Rooms, bridged

COUPLING: Final = 5.5
"""Of air and mass, multiple of the loss: the geometric mean of what houses are drawn with."""
_MASS_LOSS: Final = 0.6
_MASS_SUN: Final = 0.5
_COLD: Final = 0.9
"""Cold per electricity, relative to heat at 7 °C."""
_AT_ONCE: Final = 20
"""Homes that are predicted together: their arrays fit into a processor's cache."""
_LEAST_KNOWN: Final = 18
"""Hours of a day that make its residuals worth knowing."""


@dataclass(frozen=True)
class Drivers:
    """What acts on rooms by the hour, (n, 1, T) each; per unit of loss where it is heat.

    Attributes:
        indoor, outdoor: gaps bridged.
        sun: kW/m².
        heating, cooling: electricity, kW.
        known: (n, T) hours that were seen.
    """

    indoor: Floats
    outdoor: Floats
    sun: Floats
    heating: Floats
    cooling: Floats
    known: Bools


def drivers_of(rooms: Rooms) -> Drivers:
    """Return the window, and what came later behind it."""
    parts = [rooms] if rooms.later is None else [rooms, rooms.later]

    def whole(name: str) -> Floats:
        filled = bridged(np.concatenate([getattr(each, name) for each in parts], axis=1))
        return filled[:, np.newaxis]

    return Drivers(
        whole("indoor_c"),
        whole("outdoor_c"),
        whole("sun_kw_m2"),
        whole("heating_kw"),
        whole("cooling_kw"),
        np.concatenate([each.known for each in parts], axis=1),
    )


@dataclass(frozen=True)
class Model:
    """Draws of parameters as two heat stores by the hour, per unit of loss, (n, S) each."""

    loss: Floats
    stores: Stores[Floats]
    aperture: Floats
    gains: Floats
    slope: Floats

    @classmethod
    def of(cls, draws: Floats) -> Model:
        """Return the model of (n, S, D) draws."""
        loss, hours, air, aperture, gains, slope = np.moveaxis(draws, 2, 0)
        one = np.ones_like(loss)
        stores = Stores(
            hours * air,
            hours * (1.0 - air),
            (1.0 - _MASS_LOSS) * one,
            _MASS_LOSS * one,
            COUPLING * one,
        )
        return cls(loss, stores, aperture, gains, slope)

    def heat(self, drivers: Drivers, at: int | slice) -> Floats:
        """Return heat of the machine in hours, kelvins: (n, S) or (n, S, hours)."""
        wide = (..., np.newaxis) if isinstance(at, slice) else (...,)
        per_kw = on_line(drivers.outdoor[..., at], 1.0, self.slope[wide], COP_LIMITS)
        power = drivers.heating[..., at] * per_kw - _COLD * drivers.cooling[..., at]
        value: Floats = power / self.loss[wide]
        return value


def mass_course(model: Model, drivers: Drivers) -> Floats:
    """Return walls and floors at the end of each hour, with the air as it was seen, (T, n, S)."""
    stores = model.stores
    other = stores.mass + stores.walls + stores.coupling
    mass = drivers.indoor[..., 0] - (drivers.indoor - drivers.outdoor)[..., :24].mean(axis=2) * (
        stores.walls / (stores.walls + stores.coupling)
    )
    steps = drivers.indoor.shape[2]
    found = np.empty((steps, *mass.shape))
    for step in range(steps):
        given = stores.walls * drivers.outdoor[..., step]
        given = given + _MASS_SUN * model.aperture * drivers.sun[..., step]
        mass = (stores.mass * mass + stores.coupling * drivers.indoor[..., step] + given) / other
        found[step] = mass
    return found


def days_ahead(model: Model, drivers: Drivers, masses: Floats) -> Floats:
    """Return mean temperatures of each hour, predicted from each day's beginning, (n, S, T)."""
    steps = drivers.indoor.shape[2]
    first = np.arange(0, steps, 24)
    begin = np.maximum(first - 1, 0)
    air = np.broadcast_to(drivers.indoor[..., begin], (*model.loss.shape, len(first)))
    mass = np.moveaxis(masses[begin], 0, 2)
    stores = Stores(*(each[..., np.newaxis] for each in model.stores))
    sun_k = model.aperture[..., np.newaxis] * drivers.sun
    heat = model.heat(drivers, slice(None)) + model.gains[..., np.newaxis]
    found = np.empty((*model.loss.shape, steps))
    for hour in range(24):
        at = first + hour
        outdoor, sun = drivers.outdoor[..., at], sun_k[..., at]
        into = stores.leak * outdoor + heat[..., at] + (1.0 - _MASS_SUN) * sun
        after, mass = advance(stores, air, mass, into, stores.walls * outdoor + _MASS_SUN * sun)
        found[..., at] = (air + after) / 2
        air = after
    return found


def daily_energy(model: Model, drivers: Drivers, masses: Floats) -> Floats:
    """Return electricity that keeps the air as it was seen, by the day, (n, S, T / 24), kWh."""
    stores = model.stores
    indoor, outdoor = drivers.indoor, drivers.outdoor
    change = np.diff(indoor, axis=2, prepend=indoor[..., :1])
    behind = indoor - np.moveaxis(masses, 0, 2)
    need = (
        stores.air[..., np.newaxis] * change
        + COUPLING * behind
        + (1.0 - _MASS_LOSS) * (indoor - outdoor)
        - (1.0 - _MASS_SUN) * model.aperture[..., np.newaxis] * drivers.sun
        - model.gains[..., np.newaxis]
    )
    per_kw = on_line(outdoor, 1.0, model.slope[..., np.newaxis], COP_LIMITS)
    power = model.loss[..., np.newaxis] * need / per_kw + _COLD * drivers.cooling
    energy = power.reshape(*power.shape[:2], -1, 24).sum(axis=3)
    least: Floats = np.maximum(energy, 0.0)
    return least


def predicted(rooms: Rooms, draws: Floats) -> Floats:
    """Return predictive draws of `Rooms.held_out`, (n, S, T').

    Each draw is corrected with the residuals that it leaves on one day of the window, so that
    what the model lacks shows in the bands, and only what weather does beyond it is believed.
    """
    if rooms.later is None:
        return np.empty((*draws.shape[:2], 0))
    parts = []
    for begin in range(0, len(draws), _AT_ONCE):
        some = slice(begin, begin + _AT_ONCE)
        parts.append(_corrected(rooms.at(some), draws[some]))
    return np.concatenate(parts)


def _corrected(rooms: Rooms, draws: Floats) -> Floats:
    model, drivers = Model.of(draws), drivers_of(rooms)
    masses = mass_course(model, drivers)
    ahead = days_ahead(model, drivers, masses)
    energy = daily_energy(model, drivers, masses)
    window = rooms.indoor_c.shape[1]
    days = window // 24
    known = drivers.known[:, :window].reshape(len(draws), days, 24)
    seen = np.where(known, rooms.indoor_c.reshape(len(draws), days, 24), np.nan)
    inside = ahead[..., :window].reshape(*ahead.shape[:2], days, 24)
    number = known.sum(axis=2)
    power = np.where(known, rooms.heating_kw.reshape(known.shape), 0.0)
    spent = 24.0 * power.sum(axis=2) / np.maximum(number, 1)
    chosen, wide = _days(number, draws.shape[1])
    rows, lines = np.arange(len(draws))[:, np.newaxis], np.arange(draws.shape[1])
    wrong = seen[rows, chosen] - inside[rows, lines, chosen]
    wrong = _widened(bridged(wrong.reshape(-1, 24)).reshape(wrong.shape), wide)
    missed = spent[rows, chosen] - energy[..., :days][rows, lines, chosen]
    missed = _widened(missed[..., np.newaxis], wide)
    later_c = ahead[..., window:]
    repeated = np.tile(wrong, (1, 1, later_c.shape[2] // 24))
    later_kwh = np.maximum(energy[..., days:] + missed, 0.0)
    return np.concatenate([later_c + repeated, later_kwh], axis=2)


def _days(known_h: Places, count: int) -> tuple[Places, Floats]:
    """Return the day whose residuals each draw has, (n, S), and how much these are widened.

    Days go around; residuals of g days vary by less than the next one's: √((g + 1) / (g - 1)).
    """
    good = known_h >= _LEAST_KNOWN
    order = np.argsort(~good, axis=1, kind="stable")
    number = np.maximum(good.sum(axis=1), 1)
    place = np.arange(count) % number[:, np.newaxis]
    wide = np.sqrt((number + 1.0) / np.maximum(number - 1.0, 1.0))
    return np.take_along_axis(order, place, axis=1), wide


def _widened(values: Floats, wide: Floats) -> Floats:
    """Return (n, S, k) residuals farther from their mean."""
    middle = values.mean(axis=1, keepdims=True)
    farther: Floats = middle + wide[:, np.newaxis, np.newaxis] * (values - middle)
    return farther
