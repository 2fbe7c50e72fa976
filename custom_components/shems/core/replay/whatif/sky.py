"""What a cloudless sky would give the home's modules, as far as their past tells.

From one half of a year the other is told only by how the modules lie, which months without a
high sun tell badly. So planes are drawn: of each the best hours of every 30 days are compared
with a cloudless sky's, a mean square deviation of 7 % being usual (haze, dust, days that were
not quite clear), and weighed by how roofs are built.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ...assets.plane import Plane, Site, clear_sky, power
from ...assets.sun import position
from ...forecast.days import Days
from ...forecast.envelope import best
from ...horizon import DAY_S, HOUR_S
from ...series import Series
from ...units import Floats
from .diary import HOURS, Clock, Diary, Indices

_TILTS: Final = (5.0, 15.0, 25.0, 35.0, 45.0, 60.0)
_FACING: Final = tuple(-90.0 + 22.5 * step for step in range(9))
"""From where the sun stands at noon."""
_USUAL_TILT: Final = (30.0, 12.0)
_USUAL_FACING: Final = (0.0, 60.0)
_BLOCK: Final = 30
_DEVIATION: Final = 0.07
_APART: Final = 3.0
"""Hours of a day that tell something of their own."""
_BRIGHT: Final = 0.05
_MOMENTS: Final = 2
_WARM_C: Final = 8.0
"""By how much the warmest day of a year differs from the mean, in mild climates."""
_MILD_C: Final = 15.0
_YEAR: Final = 365.2425
_WARMEST: Final = 200.0


type Roof = tuple[Plane, ...]


@dataclass(frozen=True)
class Roofs:
    """How the modules may lie.

    Attributes:
        site: where.
        roofs: B of them, each of one or more planes.
        scale: (B,) how much of each there is.
        weight: (B,) how likely each is, sum 1.
    """

    site: Site
    roofs: tuple[Roof, ...]
    scale: Floats
    weight: Floats

    @classmethod
    def of(cls, site: Site, diary: Diary, told: Sequence[Roof] = ()) -> Roofs:
        """Weigh the planes that the past of a home with sun allows.

        Args:
            site: where the home stands; planes that it describes are believed.
            diary: the past.
            told: draws of them from elsewhere, equally likely.
        """
        roofs = tuple(told) or _candidates(site)
        known = bool(site.planes or told)
        start, solar = diary.clock.start, diary.solar_kw
        value = np.zeros(len(start)) if solar is None else solar
        measured = diary.days.matrix(Series(start, start + HOUR_S, value), diary.first, diary.count)
        whole = cloudless(site, roofs, diary.days, diary.first, diary.count)
        top, clear = _tops(measured, whole)
        bright = (top > _BRIGHT * top.max())[..., np.newaxis] & (clear >= 0)
        scale = (clear * top[..., np.newaxis] * bright).sum(axis=(0, 1)) / np.maximum(
            (clear**2 * bright).sum(axis=(0, 1)), 1e-9
        )
        if known:
            weight = np.ones(len(roofs))
        else:
            off = (clear * scale - top[..., np.newaxis]) / max(float(top.max()), 1e-9)
            square = (off**2 * bright).sum(axis=1) / np.maximum(bright.sum(axis=1), 1)
            likely = -0.5 * _APART * square.sum(axis=0) / _DEVIATION**2
            likely += _usual(site, roofs)
            weight = np.exp(likely - likely.max())
        return cls(site, roofs, scale, weight / weight.sum())

    def choose(self, count: int, noise: np.random.Generator) -> Indices:
        """Return drawn planes, (N,)."""
        return np.asarray(noise.choice(len(self.roofs), count, p=self.weight), dtype=np.intp)

    def clear(self, clock: Clock, days: Days, chosen: Indices) -> Floats:
        """Return what a cloudless sky gives the chosen planes in some hours, (N, T) kW."""
        apart, place = np.unique(chosen, return_inverse=True)
        first, last = int(clock.day[0]), int(clock.day[-1])
        roofs = tuple(self.roofs[each] for each in apart)
        table = cloudless(self.site, roofs, days, first, last + 1 - first)
        clear: Floats = (table * self.scale[apart])[clock.day - first, clock.slot].T[place]
        return clear


def cloudless(site: Site, roofs: Sequence[Roof], days: Days, first: int, count: int) -> Floats:
    """Return what a cloudless sky gives roofs on local days by the hour, (D, 24, B) kW.

    Modules are warmer in summer: by the temperature of the season.
    """
    midnight = np.array([days.midnight(first + day) for day in range(count)])
    moments = (np.arange(HOURS * _MOMENTS) + 0.5) * HOUR_S / _MOMENTS
    times = midnight[:, np.newaxis] + moments
    # Where the clock is changed, hours are those of the wall.
    wanted = (first + np.arange(count))[:, np.newaxis] * DAY_S + moments
    times += wanted - days.position(times) * HOUR_S
    sun = position(times, site.latitude, site.longitude)
    light = clear_sky(sun, site.altitude_m)
    warmest = _WARMEST if site.latitude >= 0 else _WARMEST + _YEAR / 2
    angle = 2.0 * np.pi * (first + np.arange(count)[:, np.newaxis] - warmest) / _YEAR
    warm = _MILD_C + _WARM_C * np.cos(angle)
    given = [sum(power(plane, sun, light, warm) for plane in roof) for roof in roofs]
    return np.stack(
        [np.asarray(each).reshape(count, HOURS, _MOMENTS).mean(axis=-1) for each in given], axis=-1
    )


def _candidates(site: Site) -> tuple[Roof, ...]:
    if site.planes:
        return (site.planes,)
    noon = 180.0 if site.latitude >= 0 else 0.0
    return tuple((Plane(tilt, (noon + off) % 360.0, 1.0),) for tilt in _TILTS for off in _FACING)


def _usual(site: Site, roofs: tuple[Roof, ...]) -> Floats:
    noon = 180.0 if site.latitude >= 0 else 0.0
    found = []
    for (plane,) in roofs:
        off = (plane.azimuth_deg - noon + 180.0) % 360.0 - 180.0
        tilt = (plane.tilt_deg - _USUAL_TILT[0]) / _USUAL_TILT[1]
        facing = (off - _USUAL_FACING[0]) / _USUAL_FACING[1]
        found.append(-0.5 * (tilt**2 + facing**2))
    return np.array(found)


def _tops(measured: Floats, whole: Floats) -> tuple[Floats, Floats]:
    """Return the best hours of every 30 days, (M, 24) kW, and a cloudless sky's, (M, 24, B)."""
    begins = range(0, max(len(measured) - _BLOCK // 2, 1), _BLOCK)
    rows = [slice(begin, begin + _BLOCK) for begin in begins]
    top = np.array([best(measured[row]) for row in rows])
    return top, np.array([whole[row].mean(axis=0) for row in rows])
