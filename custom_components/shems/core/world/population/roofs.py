"""The solar roofs of many homes: what stands before the sun, snow, inverters, curtailment."""

from dataclasses import dataclass, fields, replace
from typing import Final, Self

import numpy as np

from ...assets.plane import Light, relative_yield, risen, transposed
from ...assets.sun import Sun
from ...horizon import HOUR_S
from ...units import Bools, Floats
from ..chance import Integers
from .climate import Climate, wander

PROFILE: Final = 8
"""Points of the horizon that two heights stand for, evenly around from north."""
_LOWEST: Final = np.radians(-1.0)
"""Elevation of the sun below which no step delivers anything."""
_CURTAILED_H: Final = ((9.0, 12.0), (14.0, 17.5))
"""Between which hours of the sun curtailment begins and ends: around a low price at noon."""


@dataclass(frozen=True)
class Roofs:
    """Planes of modules, arrays that broadcast.

    Attributes:
        peak_kw: power at 1000 W/m² and 25 °C cells after all losses.
        tilt_deg: 0 lies flat.
        azimuth_deg: from north over east, 180 faces south.
        limit: of the inverter, as a share of the peak power.
        east_deg, west_deg: elevation of what stands before the sun there; it falls to nothing
            in the south.
    """

    peak_kw: Floats
    tilt_deg: Floats
    azimuth_deg: Floats
    limit: Floats
    east_deg: Floats
    west_deg: Floats

    def horizon(self, azimuth: Floats) -> Floats:
        """Return what stands at azimuths, radians.

        The eastern height between 45° and 90°, from there evenly down to nothing at 180°; the
        western one mirrored; in the north they pass into each other.
        """
        degrees = np.degrees(azimuth)
        from_south = np.abs(degrees - 180.0)
        here = np.where(degrees < 180.0, self.east_deg, self.west_deg)
        there = np.where(degrees < 180.0, self.west_deg, self.east_deg)
        beyond = np.maximum(from_south - 135.0, 0.0) / 90.0
        rise = np.minimum(from_south / 90.0, 1.0)
        return np.radians(rise * (here * (1.0 - beyond) + there * beyond))

    def delivered(
        self,
        sun: Sun,
        light: Light,
        temperature_c: Floats,
        *,
        edge_rad: Floats | float,
        nuisance: Nuisance | None = None,
    ) -> Floats:
        """Return the power that the planes could deliver before any limit, kW.

        Args:
            sun: where it stands, broadcasts with the planes.
            light: irradiance on the level.
            temperature_c: of the air.
            edge_rad: how far the sun moves up or down within half a step.
            nuisance: what differs between roofs beyond their parameters.
        """
        seen = risen(sun.elevation - self.horizon(sun.azimuth), edge_rad)
        if nuisance is None:
            shine = transposed(self.tilt_deg, self.azimuth_deg, sun, light, seen)
            share = relative_yield(shine, temperature_c)
        else:
            shine = transposed(self.tilt_deg, self.azimuth_deg, sun, light, seen, nuisance.albedo)
            share = relative_yield(
                shine * nuisance.clean, temperature_c, nuisance.wind_ms, nuisance.loss_per_k
            )
            share = share - nuisance.standby
        power: Floats = self.peak_kw * np.maximum(share, 0.0)
        return power

    def of(self, home: Integers) -> Self:
        """Return the planes of homes by number, which may occur repeatedly."""
        return replace(self, **{each.name: getattr(self, each.name)[home] for each in fields(self)})

    def profile(self) -> tuple[float, ...]:
        """Return one plane's horizon as `Plane.horizon_deg`."""
        azimuths = np.arange(PROFILE) * 2 * np.pi / PROFILE
        return tuple(float(degrees) for degrees in np.degrees(self.horizon(azimuths)))


@dataclass(frozen=True)
class Nuisance:
    """What roofs differ in without its being inferred, arrays that broadcast.

    Attributes:
        albedo: of the ground.
        loss_per_k: of power, 1/K.
        wind_ms: at the modules.
        clean: share of the light that passes dirt, which comes and goes with rain.
        standby: what the inverter takes, as a share of the peak power.
    """

    albedo: Floats
    loss_per_k: Floats
    wind_ms: Floats
    clean: Floats
    standby: Floats


def two_sided(rng: np.random.Generator, roofs: Roofs) -> tuple[Roofs, Roofs]:
    """Return the same power on two planes, one to the east and one to the west, (n,) each."""
    count = len(roofs.peak_kw)
    share = rng.uniform(0.35, 0.65, count)
    east, west = rng.uniform(70.0, 125.0, count), rng.uniform(235.0, 290.0, count)
    rest = (roofs.limit, roofs.east_deg, roofs.west_deg)
    return (
        Roofs(roofs.peak_kw * share, roofs.tilt_deg, east, *rest),
        Roofs(roofs.peak_kw * (1.0 - share), roofs.tilt_deg, west, *rest),
    )


def produce(
    rng: np.random.Generator,
    climate: Climate,
    roofs: tuple[Roofs, ...],
    *,
    curtailed: bool = False,
) -> Floats:
    """Return what roofs feed, (n, T) kW: means of the climate's steps.

    Args:
        rng: for what differs between roofs beyond their parameters.
        climate: of the n homes.
        roofs: planes, (n,) arrays each, behind one inverter.
        curtailed: whether something takes power away at noon of some days.
    """
    count, steps = climate.times.shape
    up = climate.sun.elevation > _LOWEST
    home = np.nonzero(up)[0]
    sun = Sun(climate.sun.elevation[up], climate.sun.azimuth[up], climate.sun.distance[up])
    light = Light(climate.light.direct[up], climate.light.diffuse[up])
    nuisance = _nuisance(rng, climate, up, home)
    edge = edge_of(climate.latitude[home, 0], climate.step_s)
    power = np.zeros((count, steps))
    for plane in roofs:
        power[up] += plane.of(home).delivered(
            sun, light, climate.temperature_c[up], edge_rad=edge, nuisance=nuisance
        )
    power *= 1.0 - _covered(rng, climate, roofs[0].tilt_deg)
    peak = np.sum([plane.peak_kw for plane in roofs], axis=0)
    limited = np.minimum(power, (peak * roofs[0].limit)[:, np.newaxis])
    if curtailed:
        highest = limited.max(axis=1, keepdims=True)
        limited = np.minimum(limited, _curtailment(rng, climate) * highest)
    return np.asarray(limited)


def edge_of(latitude: Floats, step_s: float) -> Floats:
    """Return by how much the sun moves up or down within half a step at most, radians."""
    edge: Floats = np.pi / 12.0 * step_s / HOUR_S / 2.0 * np.cos(np.radians(latitude))
    return edge


def _nuisance(rng: np.random.Generator, climate: Climate, up: Bools, home: Integers) -> Nuisance:
    """Draw what roofs differ in: ranges of data sheets and of pvlib's documentation."""
    count, steps = len(climate.times), climate.times.shape[1]
    dirt = wander(rng, count, steps, np.exp(-climate.step_s / HOUR_S / 200.0))
    clean = 1.0 - rng.uniform(0.0, 0.02, (count, 1)) * dirt
    return Nuisance(
        rng.uniform(0.12, 0.3, count)[home],
        rng.uniform(0.003, 0.0046, count)[home],
        np.minimum(climate.wind_ms[up] * rng.uniform(0.2, 0.8, count)[home], 8.0),
        clean[up],
        rng.uniform(0.0, 0.008, count)[home],
    )


def _covered(rng: np.random.Generator, climate: Climate, tilt_deg: Floats) -> Floats:
    """Return the share of the light that snow on the modules takes, (n, T).

    What falls stays as long as it freezes; it slides and melts the sooner the steeper and
    warmer they are (after Marion et al. 2013: from 0 °C on, by the sine of the tilt).
    """
    step_h = climate.step_s / HOUR_S
    fresh = np.maximum(np.diff(climate.snow_cm, axis=1, prepend=climate.snow_cm[:, :1]), 0.0)
    gain = fresh * rng.uniform(0.1, 0.6, (len(fresh), 1))
    light = climate.irradiance / 300.0
    mild = np.maximum(climate.temperature_c + 1.0 + light, 0.0)
    steep = np.sin(np.radians(tilt_deg))[:, np.newaxis]
    loss = (0.02 + rng.uniform(0.05, 0.3, (len(fresh), 1)) * mild) * (0.2 + steep) * step_h
    covered = np.empty(fresh.shape)
    now = np.minimum(climate.snow_cm[:, 0] * rng.uniform(0.0, 0.1, len(fresh)), 1.0)
    for step in range(fresh.shape[1]):
        now = np.clip(now + gain[:, step] - loss[:, step], 0.0, 1.0)
        covered[:, step] = now
    return covered


def _curtailment(rng: np.random.Generator, climate: Climate) -> Floats:
    """Return the share of the window's highest power that may be fed, (n, T)."""
    count = len(climate.times)
    hour = climate.solar_hour
    day = np.floor((climate.times - climate.times[:, :1]) / (24 * HOUR_S)).astype(np.int64)
    (first, last), (soonest, latest) = _CURTAILED_H
    begin = rng.uniform(first, last, (count, 1))
    end = rng.uniform(soonest, latest, (count, 1))
    often = rng.random((count, int(day.max()) + 1)) < rng.uniform(0.4, 0.9, (count, 1))
    taken = np.take_along_axis(often, day, axis=1) & (hour >= begin) & (hour < end)
    return np.where(taken, rng.uniform(0.0, 0.35, (count, 1)), np.inf)
