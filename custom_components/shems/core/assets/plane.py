"""Power of photovoltaic planes: clear sky, direct and diffuse light, transposition, cells.

The chain is that of pvlib (Erbs, Hay-Davies, Faiman, PVWatts), against which it is tested.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..units import Floats
from .sun import Sun

_SOLAR_CONSTANT: Final = 1361.0
"""W/m² at one astronomical unit (Kopp & Lean 2011)."""
_ALBEDO: Final = 0.2
_LOSS_PER_K: Final = 0.004
LOSSES: Final = 0.14
"""Wiring, dirt, mismatch and inverter (PVWatts)."""
_FAIMAN_CONSTANT: Final = 25.0
_FAIMAN_WIND: Final = 6.84
_WIND_MS: Final = 1.0
_LOWEST_COSINE: Final = 0.01745
"""The sun's height below which light from around it is not scaled up further (1°)."""
_EDGE_RAD: Final = np.radians(0.25)
"""Half of the sun's disc: how softly it goes behind a roof or a hill."""


@dataclass(frozen=True)
class Plane:
    """Modules that face one way, and the limit of what they feed.

    Attributes:
        tilt_deg: 0 lies flat.
        azimuth_deg: from north over east, 180 faces south.
        peak_kw: power at 1000 W/m² and 25 °C cells.
        limit_kw: AC power they cannot exceed, None where there is none.
        horizon_deg: elevation of what stands before the sun, at azimuths evenly around from
            north over east; empty where the view is free.
    """

    tilt_deg: float
    azimuth_deg: float
    peak_kw: float
    limit_kw: float | None = None
    horizon_deg: tuple[float, ...] = ()


@dataclass(frozen=True)
class Site:
    """Where a home stands, and its planes as far as they are known.

    Attributes:
        latitude, longitude: degrees, north and east positive.
        planes: empty where they are to be learned.
        altitude_m: above the sea.
    """

    latitude: float
    longitude: float
    planes: tuple[Plane, ...] = ()
    altitude_m: float = 0.0


@dataclass(frozen=True)
class Light:
    """Irradiance, W/m², any one shape.

    Attributes:
        direct: beam on a horizontal plane.
        diffuse: from the rest of the sky on a horizontal plane.
    """

    direct: Floats
    diffuse: Floats


def extraterrestrial(sun: Sun) -> Floats:
    """Return the irradiance outside the air on a plane that faces the sun, W/m²."""
    value: Floats = _SOLAR_CONSTANT / sun.distance**2
    return value


def air_mass(apparent: Floats) -> Floats:
    """Return the relative air mass at apparent elevations, radians (Kasten & Young 1989)."""
    degrees = np.maximum(np.degrees(apparent), 0.0)
    mass: Floats = 1.0 / (np.sin(np.radians(degrees)) + 0.50572 * (degrees + 6.07995) ** -1.6364)
    return mass


def clear_sky(sun: Sun, altitude_m: Floats | float = 0.0, turbidity: Floats | float = 3.0) -> Light:
    """Return what a cloudless sky gives (Ineichen & Perez 2002), zero at night.

    Altitude and Linke turbidity are numbers, or arrays that broadcast with the sun's.
    """
    apparent = sun.apparent
    cosine = np.maximum(np.sin(apparent), 0.0)
    mass = air_mass(apparent) * np.exp(-altitude_m / 8434.5)
    outside = extraterrestrial(sun)
    near, far = np.exp(-altitude_m / 8000.0), np.exp(-altitude_m / 1250.0)
    dimming = np.exp(
        -(3.92e-5 * altitude_m + 0.0387) * mass * (near + far * (turbidity - 1.0))
        + 0.01 * mass**1.8
    )
    whole = (5.09e-5 * altitude_m + 0.868) * outside * cosine * np.maximum(dimming, 0.0)
    beam = (0.664 + 0.163 / near) * outside * np.exp(-0.09 * mass * (turbidity - 1.0))
    share = (1.0 - (0.1 - 0.2 * np.exp(-turbidity)) / (0.1 + 0.882 / near)) * whole
    direct = np.minimum(np.maximum(beam, 0.0) * cosine, np.maximum(share, 0.0))
    return Light(direct, whole - direct)


def erbs(whole: Floats, sun: Sun) -> Light:
    """Return the parts of global irradiance on a horizontal plane (Erbs et al. 1982)."""
    cosine = np.maximum(np.sin(sun.elevation), 0.065)
    clearness = np.clip(whole / (extraterrestrial(sun) * cosine), 0.0, 1.0)
    middle = (
        0.9511
        - 0.1604 * clearness
        + 4.388 * clearness**2
        - 16.638 * clearness**3
        + 12.336 * clearness**4
    )
    share = np.where(clearness <= 0.22, 1.0 - 0.09 * clearness, middle)
    share = np.where(clearness > 0.8, 0.165, share)
    share = np.where(sun.elevation > 0, share, 1.0)
    return Light(whole * (1.0 - share), whole * share)


def cloudy(cloud: Floats, clear: Light, sun: Sun) -> Light:
    """Return the light under a cloud cover of 0 to 1 (Kasten & Czeplak 1980)."""
    whole = (clear.direct + clear.diffuse) * (1.0 - 0.75 * np.clip(cloud, 0.0, 1.0) ** 3.4)
    return erbs(whole, sun)


def transposed(
    tilt_deg: Floats | float,
    azimuth_deg: Floats | float,
    sun: Sun,
    light: Light,
    seen: Floats | float = 1.0,
    albedo: Floats | float = _ALBEDO,
) -> Floats:
    """Return the irradiance on tilted planes, W/m² (Hay & Davies 1980); all broadcast.

    POA = (B + D·A)·R·s + D·(1 - A)·(1 + cos β)/2 + ρ·G·(1 - cos β)/2, where A is the beam's
    share of the light outside the air, R = cos θ / sin(elevation) and s the share of the sun
    that nothing stands before.
    """
    tilt, azimuth = np.radians(tilt_deg), np.radians(azimuth_deg)
    height = np.maximum(np.sin(sun.elevation), _LOWEST_COSINE)
    facing = np.sin(sun.elevation) * np.cos(tilt) + np.cos(sun.elevation) * np.sin(tilt) * np.cos(
        sun.azimuth - azimuth
    )
    ratio = np.maximum(facing, 0.0) / height
    anisotropy = np.minimum(light.direct / (height * extraterrestrial(sun)), 1.0)
    around = (light.direct + light.diffuse * anisotropy) * ratio * seen
    sky = light.diffuse * (1.0 - anisotropy) * (1.0 + np.cos(tilt)) / 2.0
    ground = albedo * (light.direct + light.diffuse) * (1.0 - np.cos(tilt)) / 2.0
    total: Floats = around + sky + ground
    return total


def on_plane(plane: Plane, sun: Sun, light: Light) -> Floats:
    """Return the irradiance on a plane, W/m²."""
    return transposed(plane.tilt_deg, plane.azimuth_deg, sun, light, _seen(plane, sun))


def _seen(plane: Plane, sun: Sun) -> Floats | float:
    """Return the share of the sun's disc that stands over the plane's horizon."""
    if not plane.horizon_deg:
        return 1.0
    profile = np.radians(np.array([*plane.horizon_deg, plane.horizon_deg[0]]))
    around = np.linspace(0.0, 2 * np.pi, len(profile))
    return risen(sun.elevation - np.interp(sun.azimuth, around, profile))


def risen(above: Floats, edge_rad: Floats | float = _EDGE_RAD) -> Floats:
    """Return the share of a sun that is to be seen, by how far its middle is over the edge.

    A wider edge than the disc's stands for what the sun moves within a step.
    """
    share: Floats = np.clip(0.5 + above / (2 * edge_rad), 0.0, 1.0)
    return share


def relative_yield(
    shine: Floats,
    temperature_c: Floats | float,
    wind_ms: Floats | float = _WIND_MS,
    loss_per_k: Floats | float = _LOSS_PER_K,
) -> Floats:
    """Return what modules give as a share of their peak power, before losses.

    Cells are as warm as Faiman (2008) has it and the power falls with them (PVWatts).
    """
    cell = temperature_c + shine / (_FAIMAN_CONSTANT + _FAIMAN_WIND * wind_ms)
    share: Floats = shine / 1000.0 * (1.0 - loss_per_k * (cell - 25.0))
    return share


def power(plane: Plane, sun: Sun, light: Light, temperature_c: Floats | float = 15.0) -> Floats:
    """Return the power that a plane delivers, kW, no more than its limit."""
    share = relative_yield(on_plane(plane, sun, light), temperature_c)
    delivered = plane.peak_kw * (1.0 - LOSSES) * share
    return np.clip(delivered, 0.0, np.inf if plane.limit_kw is None else plane.limit_kw)
