"""Solar power against the sun: power at night, and power held back."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from ..assets.plane import Site
from ..assets.sun import position
from ..horizon import DAY_S, HOUR_S
from ..units import Bools, Floats
from .finding import Finding, Indices, Track

_NIGHT_RAD: Final = np.radians(-6.0)
"""End of civil twilight."""
_OFFSET_KW: Final = 0.03
_OFFSET_SHARE: Final = 0.02
"""What electronics show of a sleeping inverter."""
_NIGHT_H: Final = 3.0
_AROUND_DAYS: Final = 15
_BRIGHT: Final = 0.6
"""Share of the best day's energy in a month that a day without many clouds brings."""
_HIGH_RAD: Final = np.radians(25.0)
"""Noon from which on snow does not lie for days."""
_IDLE_DAYS: Final = 4
_TOP: Final = 0.005
_TOP_H: Final = 15.0
_DENSE: Final = 4.0
"""How many times as many hours there must be at the top as in as wide a band below."""
_FULL: Final = 0.4
_CUT_H: Final = 1.0


@dataclass(frozen=True)
class Daylight:
    """The sun over each interval of a track, and its solar days.

    Attributes:
        low, high: (N,) least and greatest elevation, radians.
        day: (N,) number of the solar day, from 0.
        hour: (N,) hour of the solar day in the middle of the interval.
        noon: (D,) elevation at noon.
    """

    low: Floats
    high: Floats
    day: Indices
    hour: Floats
    noon: Floats

    @classmethod
    def over(cls, track: Track, site: Site) -> Self:
        """Look up the sun over a track that is not empty."""
        middle = (track.start + track.end) / 2
        times = np.stack([track.start, middle, track.end])
        elevation = position(times, site.latitude, site.longitude).elevation
        clock = middle + site.longitude * DAY_S / 360
        day = np.floor(clock / DAY_S).astype(np.intp)
        first = int(day[0])
        noons = (np.arange(first, day[-1] + 1) + 0.5) * DAY_S - site.longitude * DAY_S / 360
        return cls(
            elevation.min(axis=0),
            elevation.max(axis=0),
            day - first,
            np.mod(clock, DAY_S) / HOUR_S,
            position(noons, site.latitude, site.longitude).elevation,
        )

    @property
    def up(self) -> Bools:
        """Where the sun is up all the time."""
        up: Bools = self.low > 0
        return up

    @property
    def night(self) -> Bools:
        """Where it is night all the time."""
        night: Bools = self.high < _NIGHT_RAD
        return night

    def per_day(self, weight: Floats | Bools) -> Floats:
        """Return the sum of weights (N,) on each day, (D,)."""
        return np.bincount(self.day, weight, minlength=len(self.noon)).astype(np.float64)

    def bright(self, track: Track) -> Bools:
        """Return the days without many clouds, (D,)."""
        energy = self.per_day(np.where(track.known, track.value * track.hours, 0.0))
        padded = np.pad(energy, _AROUND_DAYS)
        best = np.lib.stride_tricks.sliding_window_view(padded, 2 * _AROUND_DAYS + 1).max(axis=1)
        bright: Bools = (energy > _BRIGHT * best) & (best > 0)
        return bright


def dark(track: Track, light: Daylight) -> tuple[Track, tuple[Finding, ...]]:
    """Clip small power at night to nothing; take out large power at night and name it."""
    shining = light.night & (track.value > 0)
    if not shining.any():
        return track, ()
    small = max(_OFFSET_KW, _OFFSET_SHARE * track.quantile(0.995))
    large = shining & (track.value > small)
    track = track.having(np.where(shining & ~large, 0.0, track.value))
    if track.hours[large].sum() < _NIGHT_H:
        return track.without(large), ()
    return track.without(large), (track.finding("night", large),)


def idle(track: Track, light: Daylight) -> tuple[Track, tuple[Finding, ...]]:
    """Name days under a high sun without any power; take out those that are over.

    As long as it lasts nothing is to be expected of the roof, so it is kept.
    """
    known = light.per_day(track.known & light.up)
    some = light.per_day(track.known & (track.value > 0))
    high = light.noon > _HIGH_RAD
    none = high & (known > 0) & (some == 0)
    if not none.any() or none[high & (known > 0)].all():
        return track, ()
    mask = track.lasting((none[light.day]) & track.known, _IDLE_DAYS * 24.0)
    if not mask.any():
        return track, ()
    begin, _ = track.spells(mask)
    going_on = mask & (np.arange(len(mask)) >= begin[-1]) & bool(mask[-1])
    return track.without(mask & ~going_on), (track.finding("idle", mask),)


def held_back(track: Track) -> tuple[Finding, ...]:
    """Name power that rests at one highest value: an inverter's limit.

    Of an open roof's hours the fewer are the higher; where there are many times as many
    just below the highest as in the bands below them, something holds the power there.
    """
    shining = track.known & (track.value > 0)
    if not shining.any():
        return ()
    top = float(np.quantile(track.value[shining], 0.999))
    depth = 1.0 - track.value / top
    at_top = shining & (np.abs(depth) <= _TOP)
    below = shining & (depth > _TOP) & (depth <= 9 * _TOP)
    hours = float(track.hours[at_top].sum())
    if hours < _TOP_H or hours < _DENSE * float(track.hours[below].sum()) / 4:
        return ()
    return (track.finding("clipped", at_top, limit_kw=round(top, 2)),)


def interrupted(track: Track, light: Daylight) -> tuple[Finding, ...]:
    """Name hours in which the roof gives nothing in the middle of a bright day: curtailed."""
    best = track.quantile(0.995)
    if best <= 0:
        return ()
    none = track.lasting(track.known & (track.value <= 0.01 * best) & light.up, _CUT_H)
    begin, stop = track.spells(none)
    inside = (begin > 0) & (stop < len(none))
    begin, stop = begin[inside], stop[inside]
    strong = np.minimum(track.value[begin - 1], track.value[stop]) > _FULL * best
    cut = np.zeros(len(none), dtype=np.bool_)
    for one, other in zip(begin[strong], stop[strong], strict=True):
        cut[one:other] = True
    return (track.finding("curtailed", cut),) if strong.sum() >= 3 else ()
