"""The sky over a place: the sun, the weather, and the weather as it was forecast."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..horizon import DAY_S, HOUR_S
from ..units import Floats
from .chance import smooth

_YEAR_DAYS: Final = 365.2425
_SOLAR_CONSTANT: Final = 1361.0


@dataclass(frozen=True)
class Sun:
    """Where the sun stands, radians, (N,) each; azimuth from north over east."""

    elevation: Floats
    azimuth: Floats


@dataclass(frozen=True)
class Weather:
    """Weather at moments, (N,) each.

    Attributes:
        temperature_c: outdoor air.
        cloud: covered share of the sky, 0 to 1.
        wind_ms: at 10 m.
        humidity: relative, 0 to 1.
        global_wm2: irradiance on the level.
        direct_wm2: on a plane that faces the sun.
        diffuse_wm2: from the rest of the sky, on the level.
        sun: where the sun stands.
    """

    temperature_c: Floats
    cloud: Floats
    wind_ms: Floats
    humidity: Floats
    global_wm2: Floats
    direct_wm2: Floats
    diffuse_wm2: Floats
    sun: Sun


def _year_angle(times: Floats) -> Floats:
    """Return the angle of the year, 0 at New Year; 1970 began with one."""
    return 2.0 * np.pi * np.mod(times / DAY_S / _YEAR_DAYS, 1.0)


def sun(latitude: float, longitude: float, times: Floats) -> Sun:
    """Return the sun's position (Spencer's series for declination and equation of time)."""
    year = _year_angle(times)
    declination = (
        0.006918
        - 0.399912 * np.cos(year)
        + 0.070257 * np.sin(year)
        - 0.006758 * np.cos(2 * year)
        + 0.000907 * np.sin(2 * year)
    )
    equation_min = 229.18 * (
        0.000075
        + 0.001868 * np.cos(year)
        - 0.032077 * np.sin(year)
        - 0.014615 * np.cos(2 * year)
        - 0.040849 * np.sin(2 * year)
    )
    solar_hour = np.mod(times / HOUR_S + longitude / 15.0 + equation_min / 60.0, 24.0)
    hour_angle = np.radians(15.0 * (solar_hour - 12.0))
    phi = np.radians(latitude)
    sine = np.sin(phi) * np.sin(declination) + np.cos(phi) * np.cos(declination) * np.cos(
        hour_angle
    )
    elevation = np.arcsin(np.clip(sine, -1.0, 1.0))
    azimuth = np.pi + np.arctan2(
        np.sin(hour_angle),
        np.cos(hour_angle) * np.sin(phi) - np.tan(declination) * np.cos(phi),
    )
    return Sun(elevation, np.mod(azimuth, 2.0 * np.pi))


def weather(seed: int, latitude: float, longitude: float, times: Floats) -> Weather:
    """Return the weather at the moments, (N,)."""
    fine = 0.35 * smooth(seed, "cloud/2h", times, 2 * HOUR_S)
    fine += 0.25 * smooth(seed, "cloud/15min", times, 900)
    slow = 0.75 * smooth(seed, "cloud/9h", times, 9 * HOUR_S)
    surprise = np.zeros(len(times))
    return _weather(seed, latitude, longitude, times, slow + fine, surprise)


def foreseen(seed: int, latitude: float, longitude: float, times: Floats) -> Weather:
    """Return the weather as a forecast of the day before had it, (N,).

    The large systems are right, the passing of a front is partly wrong, single clouds are
    not in it.
    """
    slow = 0.5 * smooth(seed, "cloud/9h", times, 9 * HOUR_S)
    slow += 0.45 * smooth(seed, "forecast/cloud", times, 7 * HOUR_S)
    surprise = 0.9 * smooth(seed, "forecast/temperature", times, 14 * HOUR_S)
    return _weather(seed, latitude, longitude, times, slow, surprise)


def _weather(
    seed: int, latitude: float, longitude: float, times: Floats, local: Floats, surprise: Floats
) -> Weather:
    place = sun(latitude, longitude, times)
    winter = np.cos(_year_angle(times) - 0.35) * (1.0 if latitude >= 0 else -1.0)
    system = 1.1 * smooth(seed, "cloud/40h", times, 40 * HOUR_S)
    cloud = 1.0 / (1.0 + np.exp(-1.7 * (1.15 + 0.45 * winter + system + local)))

    solar_hour = np.mod(times / HOUR_S + longitude / 15.0, 24.0)
    swing = (1.5 + 4.0 * (1.0 - cloud)) * (1.0 - 0.4 * winter)
    temperature = (
        27.0
        - 0.0062 * latitude**2
        - 0.15 * abs(latitude) * winter
        + swing * np.cos(2.0 * np.pi * (solar_hour - 15.0) / 24.0)
        + 2.6 * smooth(seed, "temperature/4d", times, 4 * DAY_S)
        + 1.2 * smooth(seed, "temperature/1d", times, 1.3 * DAY_S)
        - 1.2 * winter * (0.5 - cloud)
        + surprise
    )
    gusts = smooth(seed, "wind/20h", times, 20 * HOUR_S) + 0.4 * smooth(
        seed, "wind/1h", times, HOUR_S
    )
    wind = (4.2 + 0.8 * winter) * np.exp(0.45 * gusts)
    humidity = np.clip(0.62 + 0.22 * (cloud - 0.4) + 0.08 * winter - 0.02 * swing, 0.2, 1.0)
    level, direct, diffuse = irradiance(place, cloud, times)
    return Weather(temperature, cloud, wind, humidity, level, direct, diffuse, place)


def irradiance(place: Sun, cloud: Floats, times: Floats) -> tuple[Floats, Floats, Floats]:
    """Return global, direct normal and diffuse irradiance in W/m², (N,) each.

    Clear sky: Haurwitz, 1098·cos z·exp(-0.059/cos z). Cloud: Kasten and Czeplak,
    1 - 0.75·cloud^3.4. Split into direct and diffuse: Erbs, by the clearness of the sky.
    """
    cosine = np.sin(place.elevation)
    up = cosine > 0.01
    safe = np.where(up, cosine, 1.0)
    clear = np.where(up, 1098.0 * safe * np.exp(-0.059 / safe), 0.0)
    level = clear * (1.0 - 0.75 * cloud**3.4)
    outside = _SOLAR_CONSTANT * (1.0 + 0.033 * np.cos(_year_angle(times))) * safe
    clearness = np.clip(level / outside, 0.0, 0.82)
    middle = np.polyval([12.336, -16.638, 4.388, -0.1604, 0.9511], clearness)
    share = np.where(
        clearness <= 0.22, 1.0 - 0.09 * clearness, np.where(clearness <= 0.8, middle, 0.165)
    )
    diffuse = share * level
    direct = np.where(up, np.minimum((level - diffuse) / np.maximum(safe, 0.05), 1000.0), 0.0)
    return level, direct, diffuse
