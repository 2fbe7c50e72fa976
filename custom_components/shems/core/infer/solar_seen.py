"""What a home shows of its solar roof, and the hours of it in which the sun shines."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Final, Self

import numpy as np

from ..assets.plane import Light, clear_sky, erbs
from ..assets.sun import Sun, position
from ..horizon import HOUR_S
from ..units import Bools, Floats
from ..world.chance import Integers

LOWEST: Final = np.radians(1.0)
"""Elevation of the sun in the middle of an hour that is worth looking at."""
_ALTITUDE_M: Final = 200.0
"""Of a home whose altitude is not known: the clear sky changes by 1 % in 500 m."""
SNOW_CM: Final = 1.0
"""Depth from which modules may be covered."""
_FREEZING_C: Final = 0.5
"""Air below which they may be, where nobody tells the depth of snow."""


@dataclass(frozen=True)
class SolarSeen:
    """Hourly history of n homes as Home Assistant shows it, and the hours after it.

    Attributes:
        times: when each hour begins, epoch seconds UTC, (n, H + H').
        latitude, longitude: (n,) degrees.
        power_kw: of the roof, (n, H) means; NaN where unknown.
        irradiance: global on the level as the weather service has it, (n, H + H') W/m².
        temperature_c: likewise.
        snow_cm: likewise; NaN where the service does not tell.
        held_out: power afterwards, (n, H'), which only checks look at.
    """

    times: Floats
    latitude: Floats
    longitude: Floats
    power_kw: Floats
    irradiance: Floats
    temperature_c: Floats
    snow_cm: Floats
    held_out: Floats

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Return the homes of all parts, in their order."""
        return cls(
            *(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(cls))
        )

    def homes(self, which: slice) -> Self:
        """Return some of the homes."""
        return replace(
            self, **{each.name: getattr(self, each.name)[which] for each in fields(self)}
        )

    @cached_property
    def window(self) -> Daylight:
        """The sunlit hours of the history whose power and weather are known."""
        hours = self.power_kw.shape[1]
        return daylight(self, slice(0, hours), np.isfinite(self.power_kw))

    @cached_property
    def later(self) -> Daylight:
        """The sunlit hours afterwards whose weather is known."""
        hours = self.power_kw.shape[1]
        known = np.ones((len(self.times), self.times.shape[1] - hours), dtype=bool)
        return daylight(self, slice(hours, None), known)


@dataclass(frozen=True)
class Daylight:
    """Sunlit hours of n homes in one line, home by home, (M,) each unless said otherwise.

    Attributes:
        count: n.
        home, hour: whose hour it is, and which of that home's.
        sun: in the middle of the hour; in the south mirrored, so that noon is at 180°.
        light: as the weather service has it.
        clear: irradiance of a cloudless sky, W/m².
        temperature_c: of the air.
        snowy: whether modules may be covered.
        latitude: (n,) degrees.
    """

    count: int
    home: Integers
    hour: Integers
    sun: Sun
    light: Light
    clear: Floats
    temperature_c: Floats
    snowy: Bools
    latitude: Floats

    @cached_property
    def irradiance(self) -> Floats:
        """Global on the level, W/m²."""
        whole: Floats = self.light.direct + self.light.diffuse
        return whole

    @cached_property
    def clearness(self) -> Floats:
        """Irradiance as a share of a cloudless sky's."""
        share: Floats = np.clip(self.irradiance / np.maximum(self.clear, 5.0), 0.0, 1.3)
        return share

    @cached_property
    def _firsts(self) -> Integers:
        return np.searchsorted(self.home, np.arange(self.count))

    def total(self, values: Floats) -> Floats:
        """Return sums by home, (M, ...) -> (n, ...)."""
        result = np.zeros((self.count, *values.shape[1:]))
        if len(values):
            some = np.bincount(self.home, minlength=self.count) > 0
            result[some] = np.add.reduceat(values, self._firsts[some], axis=0)
        return result

    def binned(self, bins: Integers, count: int, values: Floats) -> Floats:
        """Return sums by home and bin, (M,) -> (n, count)."""
        place = self.home * count + bins
        sums = np.bincount(place, weights=values, minlength=self.count * count)
        return np.asarray(sums, dtype=float).reshape(self.count, count)


def daylight(seen: SolarSeen, hours: slice, known: Bools, lowest: float = LOWEST) -> Daylight:
    """Return the hours with the sun over `lowest` in which (n, H) is known and the weather too."""
    times = seen.times[:, hours]
    irradiance, temperature = seen.irradiance[:, hours], seen.temperature_c[:, hours]
    latitude = seen.latitude[:, np.newaxis]
    sun = position(times + HOUR_S / 2, latitude, seen.longitude[:, np.newaxis])
    where = (sun.elevation > lowest) & known & np.isfinite(irradiance) & np.isfinite(temperature)
    home, hour = np.nonzero(where)
    azimuth = sun.azimuth[where]
    azimuth = np.where(seen.latitude[home] < 0, np.mod(np.pi - azimuth, 2 * np.pi), azimuth)
    here = Sun(sun.elevation[where], azimuth, sun.distance[where])
    clear = clear_sky(here, _ALTITUDE_M)
    snow = seen.snow_cm[:, hours][where]
    return Daylight(
        len(times),
        home,
        hour,
        here,
        erbs(np.maximum(irradiance[where], 0.0), here),
        clear.direct + clear.diffuse,
        temperature[where],
        np.where(np.isnan(snow), temperature[where] < _FREEZING_C, snow > SNOW_CM),
        np.abs(seen.latitude),
    )
