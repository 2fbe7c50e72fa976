"""What is known of the light over a home by local day and slot: a clear sky and forecasts."""

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Final, Self

import numpy as np

from ..assets.plane import Light, Plane, Site, clear_sky, cloudy, power
from ..assets.sun import Sun, position
from ..horizon import DAY_S
from ..series import Series
from ..units import Bools, Floats
from .clearness import AHEAD
from .days import Days
from .history import History

_MOMENT_S: Final = 900.0
"""How finely the sun's way through a slot is followed."""
_BLOCK: Final = 32
_TWILIGHT_RAD: Final = np.radians(-0.8)
"""The sun's upper edge, lifted by the air."""
_CANDIDATES: Final = (
    Plane(0.0, 180.0, 1.0),
    *(Plane(tilt, 45.0 * eighth, 1.0) for tilt in (30.0, 70.0) for eighth in range(8)),
)
"""Planes whose sum stands for a roof that nobody described."""
PLANES: Final = len(_CANDIDATES)
_FAINT_W_M2: Final = 3.0
_MOST_DIRECT: Final = 1.3
"""Over a clear sky's; more is a matter of the slot's edge."""
_MOST_DIFFUSE: Final = 5.0


@dataclass(frozen=True)
class Sky:
    """A cloudless sky on local days, by slot.

    Attributes:
        up: (N, S) whether the sun is up in any part of the slot.
        beam, around: (N, S, B) kW that each plane gets from the sun and from the sky.
        direct, diffuse: (N, S) W/m² on the level.
        elevation, distance: (N, S) of the sun in the middle of the slot.
    """

    up: Bools
    beam: Floats
    around: Floats
    direct: Floats
    diffuse: Floats
    elevation: Floats
    distance: Floats

    def of(self, begin: int, count: int) -> Sky:
        """Return some of its days."""
        return Sky(*(getattr(self, each.name)[begin : begin + count] for each in fields(self)))


@dataclass(frozen=True)
class Sunlight:
    """What is known of some local days.

    Attributes:
        first: number of the first of the N days.
        power: (N, S) kW measured, NaN where unknown.
        given: (N, S) kW by the provider's forecast.
        direct, diffuse: (N, S) W/m² on the level by the weather forecast.
        cloud, temperature, snow: (N, S) by the weather forecast.
        site: None where nobody knows where the home stands.
        sky: the cloudless sky; None without a site.
        days: the local days.
    """

    first: int
    power: Floats
    given: Floats
    direct: Floats
    diffuse: Floats
    cloud: Floats
    temperature: Floats
    snow: Floats
    site: Site | None
    sky: Sky | None
    days: Days

    @classmethod
    def of(cls, history: History, days: Days, first: int, last: int, site: Site | None) -> Self:
        """Read the days from `first` to the last that is issued at the midnight of `last`."""
        count = last + AHEAD - first
        weather = history.weather

        def by_slot(series: Series, until: float = np.inf) -> Floats:
            return days.matrix(series, first, count, until)

        return cls(
            first,
            np.maximum(by_slot(history.solar, days.midnight(last)), 0.0),
            np.maximum(by_slot(history.given), 0.0),
            by_slot(weather.direct_w_m2),
            by_slot(weather.diffuse_w_m2),
            by_slot(weather.cloud),
            by_slot(weather.temperature_c),
            by_slot(weather.snow_cm),
            site,
            skies(site, days, first, count) if site else None,
            days,
        )

    @property
    def slots(self) -> int:
        """Number of slots of a day."""
        return self.days.slots

    def measured(self, day: int) -> Floats:
        """Return the power of a day, (S,) kW."""
        row: Floats = self.power[day - self.first]
        return row

    def veil(self, day: int, count: int) -> Floats:
        """Return cloud and snow, (count, 2, S)."""
        rows = slice(day - self.first, day - self.first + count)
        return np.stack([self.cloud[rows], self.snow[rows]], axis=1)

    def clear(self, day: int, count: int) -> Sky | None:
        """Return the cloudless sky of some days."""
        return self.sky.of(day - self.first, count) if self.sky else None

    def whole(self, site: Site, day: int, count: int) -> Floats:
        """Return the power of each plane under a cloudless sky, (count, S, B) kW.

        The days may lie before the first.
        """
        blocks = _blocks(site, self.days, day, count)
        power = np.concatenate([block.beam + block.around for block in blocks])
        return power[day % _BLOCK : day % _BLOCK + count]

    def shares(self, day: int, count: int) -> tuple[Floats, Floats] | None:
        """Return direct and diffuse light as shares of a clear sky's, (count, S) each.

        By irradiance where it is forecast, else by cloud cover. None without a place.
        """
        sky = self.clear(day, count)
        if sky is None:
            return None
        rows = slice(day - self.first, day - self.first + count)
        veiled = cloudy(
            self.cloud[rows],
            Light(sky.direct, sky.diffuse),
            Sun(sky.elevation, np.zeros(sky.elevation.shape), sky.distance),
        )
        direct = np.where(np.isfinite(self.direct[rows]), self.direct[rows], veiled.direct)
        diffuse = np.where(np.isfinite(self.diffuse[rows]), self.diffuse[rows], veiled.diffuse)
        return (
            np.clip(direct / np.maximum(sky.direct, _FAINT_W_M2), 0.0, _MOST_DIRECT),
            np.clip(diffuse / np.maximum(sky.diffuse, _FAINT_W_M2), 0.0, _MOST_DIFFUSE),
        )


def skies(site: Site, days: Days, first: int, count: int) -> Sky:
    """Return the cloudless sky over `count` local days."""
    blocks = _blocks(site, days, first, count)
    whole = Sky(
        *(np.concatenate([getattr(block, each.name) for block in blocks]) for each in fields(Sky))
    )
    return whole.of(first % _BLOCK, count)


def _blocks(site: Site, days: Days, first: int, count: int) -> list[Sky]:
    numbers = range(first // _BLOCK, (first + count - 1) // _BLOCK + 1)
    return [_block(site, days, number) for number in numbers]


@lru_cache(maxsize=24)
def _block(site: Site, days: Days, number: int) -> Sky:
    """Return the sky over a block of days; every day's walk asks for the same again."""
    midnights = [days.midnight(number * _BLOCK + day) for day in range(_BLOCK)]
    parts = max(1, round(days.step_s / _MOMENT_S))
    moments = (np.arange(days.slots * parts) + 0.5) * days.step_s / parts
    times = np.array(midnights)[:, np.newaxis] + moments
    # Where the clock is changed, slots are those of the wall.
    wanted = (number * _BLOCK + np.arange(_BLOCK))[:, np.newaxis] * DAY_S + moments
    times += wanted - days.position(times) * days.step_s
    sun = position(times.reshape(_BLOCK, days.slots, parts), site.latitude, site.longitude)
    clear = clear_sky(sun, site.altitude_m)
    sky_alone = Light(np.zeros(clear.diffuse.shape), clear.diffuse)
    planes = site.planes or _CANDIDATES
    around = [power(plane, sun, sky_alone).mean(axis=-1) for plane in planes]
    whole = [power(plane, sun, clear).mean(axis=-1) for plane in planes]
    return Sky(
        (sun.elevation > _TWILIGHT_RAD).any(axis=-1),
        np.stack(whole, axis=-1) - np.stack(around, axis=-1),
        np.stack(around, axis=-1),
        clear.direct.mean(axis=-1),
        clear.diffuse.mean(axis=-1),
        sun.elevation.mean(axis=-1),
        sun.distance.mean(axis=-1),
    )
