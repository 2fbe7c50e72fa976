"""Many houses with heat pumps, air conditioners and heaters, and the habits of their people."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from ...assets.building import Stores, advance
from ...assets.performance import on_line
from ...units import Floats
from .climate import Climate, wander
from .thermostats import Habits, Plant, Thermostat

STEP_H: Final = 0.25
_PER_HOUR: Final = 4
COUPLINGS: Final = (2.5, 12.0)
"""Of air and mass, as a multiple of the loss to the outside."""
COP_LIMITS: Final = (0.4, 1.8)
"""Of the heat per electricity in frost and in mild weather, relative to that at 7 °C."""
_NOISE_K: Final = (0.3, 1.2)
_NOISE_KEPT: Final = 0.85
"""Per step: doors, cooking, guests, wind, as a share of the loss per kelvin."""


@dataclass(frozen=True)
class Shells:
    """Buildings in electric-equivalent units: heat by what a kWh of electricity gives at 7 °C.

    Each is (n,).

    Attributes:
        loss: kW/K, U.
        hours: time constant of both stores, C/U.
        air_share: of the air in both stores.
        aperture: m² per kW/K of loss: kelvins by which full sun (1 kW/m²) would warm it.
        gains_k: kelvins by which people and appliances would.
        slope: of the heat per electricity, relative to that at 7 °C, per K outdoors.
        coupling: of air and mass, multiple of the loss.
        mass_loss, mass_sun: shares of loss and sun that the mass has.
        sideways: how much more sun comes from the west than from the east, -1 to 1.
        airing: conductance of windows that are opened when it is warm, multiple of the loss.
        noise_k, evening: process noise and how much of the gains comes in the evening.
    """

    loss: Floats
    hours: Floats
    air_share: Floats
    aperture: Floats
    gains_k: Floats
    slope: Floats
    coupling: Floats
    mass_loss: Floats
    mass_sun: Floats
    sideways: Floats
    airing: Floats
    noise_k: Floats
    evening: Floats

    @classmethod
    def draw(cls, rng: np.random.Generator, theta: Floats) -> Self:
        """Draw what (n, 6) parameters leave open."""
        count = len(theta)
        loss, hours, air_share, aperture, gains_k, slope = np.moveaxis(theta, 1, 0)
        low, high = np.log(COUPLINGS)
        return cls(
            loss,
            hours,
            air_share,
            aperture,
            gains_k,
            slope,
            np.exp(rng.uniform(low, high, count)),
            rng.uniform(0.5, 0.7, count),
            rng.uniform(0.35, 0.65, count),
            rng.uniform(-0.6, 0.6, count),
            rng.uniform(0.0, 1.5, count) * (rng.random(count) < 0.5),
            rng.uniform(*_NOISE_K, count),
            rng.uniform(0.0, 0.6, count),
        )

    def stores(self) -> Stores[Floats]:
        """Return their two heat stores during a step."""
        mass_loss = self.mass_loss * self.loss
        store = self.loss * self.hours / STEP_H
        return Stores(
            store * self.air_share,
            store * (1.0 - self.air_share),
            self.loss - mass_loss,
            mass_loss,
            self.coupling * self.loss,
        )


@dataclass(frozen=True)
class Lived:
    """What happened in n houses, (n, T) each, by quarter-hours.

    Attributes:
        indoor_c: the air.
        felt_c: what its sensor shows before rounding.
        heating_kw, cooling_kw: electricity for the rooms.
        water_kw: electricity of the same machine for hot water.
    """

    indoor_c: Floats
    felt_c: Floats
    heating_kw: Floats
    cooling_kw: Floats
    water_kw: Floats


def by_quarters(hourly: Floats) -> Floats:
    """Return what hourly means (n, H) were by quarter-hours, (n, 4 H), on lines between them."""
    count, hours = hourly.shape
    before = np.concatenate([hourly[:, :1], hourly[:, :-1]], axis=1)
    after = np.concatenate([hourly[:, 1:], hourly[:, -1:]], axis=1)
    parts = [
        hourly + 0.375 * (before - hourly),
        hourly + 0.125 * (before - hourly),
        hourly + 0.125 * (after - hourly),
        hourly + 0.375 * (after - hourly),
    ]
    return np.stack(parts, axis=2).reshape(count, hours * _PER_HOUR)


def live(
    rng: np.random.Generator, shells: Shells, plant: Plant, habits: Habits, climate: Climate
) -> Lived:
    """Let n houses go through their weather by quarter-hours.

    Args:
        rng: where chance comes from.
        shells, plant, habits: the houses, their machines and their people.
        climate: hourly weather, (n, H).
    """
    # Time comes first: a step's values lie side by side.
    outdoor = np.ascontiguousarray(by_quarters(climate.temperature_c).T)
    hour = np.repeat(climate.solar_hour.T, _PER_HOUR, axis=0)
    sun = np.repeat(climate.irradiance.T / 1000.0, _PER_HOUR, axis=0)
    steps, count = outdoor.shape
    sun_k = shells.aperture * sun
    sun_k *= 1 + shells.sideways * np.sin(2 * np.pi * (hour - 12.0) / 24.0)
    gains_k = _gains(rng, shells, hour)
    heat_per_kw = on_line(outdoor, 1.0, shells.slope, COP_LIMITS)
    cold_per_kw = plant.cold * on_line(outdoor, 1.0, -0.025, (0.5, 2.0), 30.0)
    thermostat = Thermostat(rng, shells.loss, plant, habits, climate)
    stores = shells.stores()
    part = shells.mass_sun * shells.loss
    found = np.empty((5, steps, count))
    indoor = thermostat.wanted_c[0] + rng.normal(0.0, 0.5, count)
    share = shells.coupling / (shells.coupling + shells.mass_loss)
    mass = share * indoor + (1 - share) * outdoor[0] + rng.normal(0.0, 1.0, count)
    felt = indoor + plant.offset_k
    for step in range(steps):
        out, shine = outdoor[step], sun_k[step]
        room = felt - plant.offset_k
        warm, cool, water = thermostat.powers(step, room, out, heat_per_kw[step])
        heat = warm * heat_per_kw[step] - cool * cold_per_kw[step]
        airing = shells.airing * shells.loss * ((indoor > thermostat.airing_c) & (indoor > out))
        leak = stores.leak + airing
        air_kw = leak * out + heat + shells.loss * gains_k[step]
        indoor, mass = advance(
            stores._replace(leak=leak),
            indoor,
            mass,
            air_kw + (shells.loss - part) * shine,
            stores.walls * out + part * shine,
        )
        felt = felt + plant.reaction * (indoor + plant.offset_k - felt)
        for place, values in enumerate((indoor, felt, warm, cool, water)):
            found[place, step] = values
    return Lived(*(np.ascontiguousarray(each.T) for each in found))


def _gains(rng: np.random.Generator, shells: Shells, hour: Floats) -> Floats:
    """Return heat of people, appliances and chance, kelvins, (T, n)."""
    steps, count = hour.shape
    peak = rng.normal(19.0, 1.5, count)
    day = 1.0 + shells.evening * np.cos(2 * np.pi * (hour - peak) / 24.0)
    noise = wander(rng, count, steps, _NOISE_KEPT).T
    gains: Floats = shells.gains_k * day + shells.noise_k * noise
    return gains


def design_kw(shells: Shells, climate: Climate) -> Floats:
    """Return the electricity that houses need on the coldest day of their climate, (n,).

    That is 8 K below the mean of the coldest month, or this window's own coldest hour.
    """
    phi = np.abs(climate.latitude[:, 0])
    coldest = np.minimum(19.0 - 0.0062 * phi**2 - 0.15 * phi, climate.temperature_c.min(axis=1))
    per_kw = on_line(coldest, 1.0, shells.slope, COP_LIMITS)
    need: Floats = shells.loss * np.maximum(21.0 - coldest, 10.0) / per_kw
    return need
