"""The sky over a place: the sun, the weather, and the weather as it was forecast."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..assets.plane import Light, clear_sky, cloudy
from ..assets.sun import Sun, position
from ..horizon import DAY_S, HOUR_S
from ..units import Floats
from .chance import smooth

_YEAR_DAYS: Final = 365.2425


@dataclass(frozen=True)
class Weather:
    """Weather at moments, (N,) each.

    Attributes:
        temperature_c: outdoor air.
        cloud: covered share of the sky, 0 to 1.
        wind_ms: at 10 m.
        humidity: relative, 0 to 1.
        light: irradiance on the level, from the sun and from the rest of the sky.
        sun: where it stands.
    """

    temperature_c: Floats
    cloud: Floats
    wind_ms: Floats
    humidity: Floats
    light: Light
    sun: Sun

    @property
    def global_wm2(self) -> Floats:
        """Irradiance on the level, (N,)."""
        whole: Floats = self.light.direct + self.light.diffuse
        return whole


def _year_angle(times: Floats) -> Floats:
    """Return the angle of the year, 0 at New Year; 1970 began with one."""
    return 2.0 * np.pi * np.mod(times / DAY_S / _YEAR_DAYS, 1.0)


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
    sun = position(times, latitude, longitude)
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
    light = cloudy(cloud, clear_sky(sun), sun)
    return Weather(temperature, cloud, wind, humidity, light, sun)
