"""The weather of many homes, and the same weather as their owners' weather service had it."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ...assets.plane import Light, clear_sky, erbs
from ...assets.sun import Sun, position
from ...horizon import DAY_S, HOUR_S
from ...units import Bools, Floats

LATITUDES: Final = (36.0, 66.0)
_LONGITUDES: Final = (-10.0, 30.0)
_HIGHEST_M: Final = 700.0
_YEARS: Final = (1_577_836_800, 1_735_689_600)
"""2020 to 2024: the days that windows begin on."""
_YEAR_DAYS: Final = 365.2425
_STEEPNESS: Final = 1.7
"""Of the logistic function that stands for the normal distribution's."""
_SHARES: Final = (1.1, 0.8, 0.5)
_HOURS: Final = (30.0, 7.0, 1.2)
"""Fronts, their bands, single clouds: how much each moves the cover and how long it lasts.

With them the hourly clear-sky index keeps 0.8 of its deviation from one hour to the next and
its daily mean 0.3 from one day to the next, as at European stations.
"""
_DARK: Final = np.radians(-1.0)
"""Elevation of the sun's middle below which no beam and next to no light comes."""
_WEATHER_SERVICE_TURBIDITY: Final = 3.0
"""What a weather service takes the air's Linke turbidity for."""


@dataclass(frozen=True)
class Climate:
    """What n homes' weather was, (n, T) each unless said otherwise.

    Attributes:
        times: when each step begins, epoch seconds UTC.
        step_s: seconds a step lasts.
        latitude, longitude, altitude_m: (n, 1) degrees, metres.
        sun: where it stands in the middle of each step.
        light: irradiance on the level, mean of each step, W/m².
        cloud: covered share of the sky, 0 to 1.
        systems: the slow part of what moves the cover, in its own unit.
        temperature_c, wind_ms, snow_cm: air, wind at 10 m, snow on the level.
    """

    times: Floats
    step_s: int
    latitude: Floats
    longitude: Floats
    altitude_m: Floats
    sun: Sun
    light: Light
    cloud: Floats
    systems: Floats
    temperature_c: Floats
    wind_ms: Floats
    snow_cm: Floats

    @property
    def irradiance(self) -> Floats:
        """Global irradiance on the level, W/m²."""
        whole: Floats = self.light.direct + self.light.diffuse
        return whole

    @property
    def solar_hour(self) -> Floats:
        """Mean solar time in the middle of each step, hours."""
        middle = (self.times + self.step_s / 2) / HOUR_S
        hour: Floats = np.mod(middle + self.longitude / 15.0, 24.0)
        return hour


@dataclass(frozen=True)
class Seen:
    """The weather as a weather service tells it, hourly means, (n, H) each.

    Attributes:
        times: when each hour begins, epoch seconds UTC.
        irradiance: global on the level, W/m².
        cloud: covered share of the sky, 0 to 1.
        temperature_c, wind_ms, snow_cm: air, wind at 10 m, snow on the level.
    """

    times: Floats
    irradiance: Floats
    cloud: Floats
    temperature_c: Floats
    wind_ms: Floats
    snow_cm: Floats


def wander(rng: np.random.Generator, count: int, steps: int, keep: Floats | float) -> Floats:
    """Return standard normal first-order autoregressions, (count, steps).

    Args:
        rng: where chance comes from.
        count: how many, n.
        steps: how long, T.
        keep: correlation from one step to the next, a number or (n,).
    """
    noise = rng.standard_normal((steps, count), dtype=np.float32)
    fresh = np.float32(1.0) * np.sqrt(1.0 - np.square(keep))
    noise[1:] *= fresh.astype(np.float32)
    held = np.asarray(keep, dtype=np.float32)
    for step in range(1, steps):
        noise[step] += held * noise[step - 1]
    return noise.T.astype(np.float64)


def draw_climate(
    rng: np.random.Generator,
    count: int,
    days: int,
    *,
    step_s: int = HOUR_S,
    latitude: Floats | None = None,
    start: Floats | None = None,
) -> Climate:
    """Return the weather of homes anywhere in Europe at any time of the year.

    Args:
        rng: where chance comes from.
        count: number of homes, n.
        days: length of the window; T = days · 86400 / step_s.
        step_s: 3600, 1800 or 900.
        latitude: (n,) degrees, south negative; drawn from 36 to 66° where not given.
        start: (n,) first moments, epoch seconds; drawn where not given, near midnight.
    """
    phi = rng.uniform(*LATITUDES, count) if latitude is None else latitude
    longitude = rng.uniform(*_LONGITUDES, (count, 1))
    altitude = _HIGHEST_M * rng.beta(1.0, 2.5, (count, 1))
    first = rng.integers(_YEARS[0] // DAY_S, _YEARS[1] // DAY_S, count) * float(DAY_S)
    first -= np.round(longitude[:, 0] / 15.0) * HOUR_S
    begin = first if start is None else start
    steps = days * DAY_S // step_s
    times = begin[:, np.newaxis] + np.arange(steps) * float(step_s)
    sun = position(times + step_s / 2, phi[:, np.newaxis], longitude)
    winter = _winter(times, phi)
    slow, mid, fast = (
        share * wander(rng, count, steps, np.exp(-step_s / HOUR_S / hours))
        for share, hours in zip(_SHARES, _HOURS, strict=True)
    )
    systems = rng.normal(0.35, 0.55, (count, 1)) + 0.45 * winter + slow + mid
    cloud = _cover(systems + fast)
    turbidity = rng.uniform(2.3, 4.3, (count, 1)) - 0.4 * winter
    turbidity += 0.4 * wander(rng, count, steps, np.exp(-step_s / HOUR_S / 40.0))
    edges = 1.0 + 0.2 * cloud * (1.0 - cloud) * rng.standard_normal(cloud.shape, dtype=np.float32)
    clear = _clear(sun, altitude, np.maximum(turbidity, 1.5))
    whole = np.maximum(clear * _transmitted(cloud, systems + fast) * edges, 0.0)
    temperature = _temperature(rng, times, phi[:, np.newaxis], longitude, winter, slow, cloud)
    temperature -= 0.006 * altitude
    return Climate(
        times,
        step_s,
        phi[:, np.newaxis],
        longitude,
        altitude,
        sun,
        _parted(whole, sun),
        cloud,
        systems,
        temperature,
        _wind(rng, count, steps, step_s, winter),
        _snow(rng, step_s, temperature, systems),
    )


def observe(
    rng: np.random.Generator,
    climate: Climate,
    *,
    noise: Floats | float = 1.0,
    bias: Floats | None = None,
) -> Seen:
    """Return the weather as a weather service told it, by the hour.

    Fronts are mostly right, single clouds are not in it, irradiance is off by up to 15 % and
    the thermometer stands elsewhere. How well the service does differs from home to home:
    some log a measurement, others the forecast of the day before.

    Args:
        rng: where chance comes from.
        climate: what the weather was.
        noise: factor on the errors that come and go, a number or (n, 1).
        bias: (n,) factor on irradiance; drawn where not given.
    """
    count, steps = climate.times.shape
    step_h = climate.step_s / HOUR_S
    skill = rng.uniform(0.15, 0.9, (count, 1)) * noise
    wrong = wander(rng, count, steps, np.exp(-step_h / rng.uniform(2.0, 9.0, count)))
    believed = climate.systems + skill * wrong
    cloud = _cover(believed)
    turbidity = np.broadcast_to(_WEATHER_SERVICE_TURBIDITY, cloud.shape)
    clear = _clear(climate.sun, climate.altitude_m, turbidity)
    factor = np.clip(rng.normal(1.0, 0.07, count), 0.85, 1.15) if bias is None else bias
    whole = clear * _transmitted(cloud, believed) * factor[:, np.newaxis]
    elsewhere = rng.normal(0.0, 1.0, (count, 1)) + noise * rng.uniform(0.2, 1.4, (count, 1)) * (
        wander(rng, count, steps, np.exp(-step_h / 8.0))
    )
    gusts = rng.normal(0.0, 0.25, (count, 1)) + 0.3 * noise * wander(
        rng, count, steps, np.exp(-step_h / 5.0)
    )
    depth = rng.lognormal(0.0, 0.3, (count, 1))
    return Seen(
        climate.times[:, :: round(1 / step_h)],
        hourly(whole, climate.step_s),
        hourly(cloud, climate.step_s),
        hourly(climate.temperature_c + elsewhere, climate.step_s),
        hourly(climate.wind_ms * np.exp(gusts), climate.step_s),
        hourly(climate.snow_cm * depth, climate.step_s),
    )


def hourly(values: Floats, step_s: int) -> Floats:
    """Return means of whole hours, (n, H), of values by steps, (n, T)."""
    mean: Floats = values.reshape(len(values), -1, HOUR_S // step_s).mean(axis=2)
    return mean


def _winter(times: Floats, latitude: Floats) -> Floats:
    """Return 1 in the coldest weeks, -1 in the warmest, (n, T)."""
    year = 2 * np.pi * np.mod(times / DAY_S / _YEAR_DAYS, 1.0)
    winter: Floats = np.cos(year - 0.35) * np.where(latitude >= 0, 1.0, -1.0)[:, np.newaxis]
    return winter


def _clear(sun: Sun, altitude_m: Floats, turbidity: Floats) -> Floats:
    """Return the irradiance of a cloudless sky, (n, T) W/m²; nights are not reckoned."""
    up = sun.elevation > _DARK
    here = np.broadcast_to(altitude_m, up.shape)[up]
    whole = np.zeros(up.shape)
    light = clear_sky(_of(sun, up), here, turbidity[up])
    whole[up] = light.direct + light.diffuse
    return whole


def _parted(whole: Floats, sun: Sun) -> Light:
    """Return irradiance as direct and diffuse light, (n, T) W/m²; nights are not reckoned."""
    up = sun.elevation > _DARK
    direct = np.zeros(up.shape)
    direct[up] = erbs(whole[up], _of(sun, up)).direct
    return Light(direct, whole - direct)


def _of(sun: Sun, where: Bools) -> Sun:
    return Sun(sun.elevation[where], sun.azimuth[where], sun.distance[where])


def _cover(drive: Floats) -> Floats:
    cover: Floats = 1.0 / (1.0 + np.exp(-_STEEPNESS * drive))
    return cover


def _transmitted(cloud: Floats, drive: Floats) -> Floats:
    """Return the clear-sky index: Kasten & Czeplak (1980), and less under thick layers.

    Their overcast sky is a mean of 0.25; what drives the cover beyond it makes it thicker.
    """
    share: Floats = (1.0 - 0.75 * cloud**3.4) * np.exp(-0.45 * np.maximum(drive - 1.0, 0.0))
    return share


def _temperature(
    rng: np.random.Generator,
    times: Floats,
    latitude: Floats,
    longitude: Floats,
    winter: Floats,
    slow: Floats,
    cloud: Floats,
) -> Floats:
    """Return outdoor temperature: season, the day's swing under its sky, passing air masses.

    Clear air is colder than its season in winter and warmer in summer.
    """
    count, steps = times.shape
    step_h = (times[0, 1] - times[0, 0]) / HOUR_S
    solar_hour = np.mod(times / HOUR_S + step_h / 2 + longitude / 15.0, 24.0)
    inland = rng.uniform(0.6, 1.5, (count, 1))
    season = 27.0 - 0.0062 * latitude**2 - 0.15 * inland * np.abs(latitude) * winter
    swing = (1.0 + 3.8 * (1.0 - cloud)) * (1.0 - 0.45 * winter) * inland
    keep = np.exp(-step_h / 5.0)
    for step in range(1, steps):
        swing[:, step] += keep * (swing[:, step - 1] - swing[:, step])
    masses = rng.uniform(2.5, 4.5, (count, 1)) * wander(rng, count, steps, np.exp(-step_h / 90.0))
    masses += 1.0 * wander(rng, count, steps, np.exp(-step_h / 9.0))
    value: Floats = (
        season
        + rng.normal(0.0, 2.0, (count, 1))
        + swing * np.cos(2 * np.pi * (solar_hour - 15.0) / 24.0)
        + masses
        + 1.3 * winter * slow
    )
    return value


def _wind(rng: np.random.Generator, count: int, steps: int, step_s: int, winter: Floats) -> Floats:
    step_h = step_s / HOUR_S
    mean = rng.uniform(1.2, 5.0, (count, 1)) * (1.0 + 0.2 * winter)
    wind: Floats = mean * np.exp(0.5 * wander(rng, count, steps, np.exp(-step_h / 15.0)) - 0.12)
    return wind


def _snow(rng: np.random.Generator, step_s: int, temperature: Floats, systems: Floats) -> Floats:
    """Return the depth of snow: it falls from deep cover below 1 °C and melts by degrees.

    Melting takes 4 mm of water a day and kelvin, of snow five times as deep. What lies there
    at first is what a season as cold as the window has left.
    """
    step_h = step_s / HOUR_S
    falling = np.where(temperature < 1.0, np.maximum(systems - 1.4, 0.0), 0.0)
    melting = np.maximum(temperature, 0.0) * 2.0 / 24.0
    change = (falling * rng.uniform(0.1, 0.5, (len(systems), 1)) - melting) * step_h
    mean = temperature.mean(axis=1, keepdims=True)
    lying = np.maximum(-1.0 - mean, 0.0) * rng.uniform(0.0, 5.0, mean.shape)
    depth = np.zeros(temperature.shape)
    white = ((lying > 0) | np.any(falling > 0, axis=1, keepdims=True))[:, 0]
    total = lying[white] + np.cumsum(change[white], axis=1)
    depth[white] = total - np.minimum(np.minimum.accumulate(total, axis=1), 0.0)
    return depth
