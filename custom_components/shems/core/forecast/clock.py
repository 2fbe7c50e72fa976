"""Clocks of solar meters against the sun."""

from typing import Final

import numpy as np

from ..assets.plane import Site, clear_sky
from ..assets.sun import position
from ..horizon import DAY_S, HOUR_S
from ..units import Floats
from .daylight import Daylight
from .finding import Finding, Track

_SIDE_DAYS: Final = 14
_LEAST_DAYS: Final = 6
_APART_DAYS: Final = 7.0
_REACH_DAYS: Final = 40.0
_JUMP_H: Final = 0.7
_WHOLE_H: Final = 0.3
"""How far from a whole hour a jump may seem to be: trees, and roofs that face sideways."""
_SURE: Final = 5.0
_LOW_SUN_RAD: Final = np.radians(12.0)

_BELOW_RAD: Final = np.radians(-0.9)
"""The sun's upper rim is under the horizon, the air's refraction included."""
_SHINING: Final = 0.0025
_SHARE: Final = 0.1
"""On roofs whose clock is right this is at most one in a hundred days."""
_SLACK: Final = 0.02
_MIDNIGHT_H: Final = 1.5
_SHIFTS_H: Final = np.arange(-6, 7) / 2


def on_one_clock(track: Track, light: Daylight, site: Site) -> tuple[Track, tuple[Finding, ...]]:
    """Find where the clock jumps by hours and tell the past on the clock of today.

    The centroid of a bright day's power lies by so much before or after that of a clear
    sky's light as the roof faces sideways. That changes slowly with the seasons; a change
    by a whole hour from one day to the next is the clock's. A past that would have power
    while the sun is down is left as it is.
    """
    begin, centroid = _centroids(track, light, site)
    jumps = _jumps(begin / DAY_S, centroid)
    if not jumps:
        return track, ()
    far = np.flatnonzero(np.diff(begin) > _APART_DAYS * DAY_S) + 1
    parts = sorted({0, *(split for split, _ in jumps), *far.tolist()})
    edges = [-np.inf, *begin[parts[1:]].tolist(), np.inf]
    ends = _ends(track, light)
    value, wrong = track.value.copy(), np.zeros(len(track.value), dtype=np.bool_)
    for part, since, until in zip(parts, edges[:-1], edges[1:], strict=True):
        # How much later than today's the clock was then.
        shift = -HOUR_S * sum(size for split, size in jumps if split > part)
        mask = (track.start >= since) & (track.start < until) & (shift != 0)
        seen = ends[:, (ends[0] >= since) & (ends[0] < until)]
        if shift and _dark_share(seen - shift, site) <= _dark_share(seen, site) + _SLACK:
            there = track.without(~mask).series
            value[mask] = there.between(track.start[mask] + shift, track.end[mask] + shift)
        wrong |= mask
    for split, _ in jumps:  # Which clock the dull days before had is unknown.
        dull = (track.start >= begin[split - 1] + DAY_S) & (track.start < begin[split])
        value[dull] = np.nan
    split, size = jumps[-1]
    found = track.finding("clock_jump", wrong, offset_h=size, at=float(begin[split]))
    return track.having(value), (found,)


def _centroids(track: Track, light: Daylight, site: Site) -> tuple[Floats, Floats]:
    """Return when bright days begin, and by how many hours their power lies after the light."""
    shine = track.known & (track.value > 0)
    power = np.where(shine, track.value * track.hours, 0.0)
    middle = (track.start + track.end) / 2
    clear = clear_sky(position(middle, site.latitude, site.longitude))
    sky = (clear.direct + clear.diffuse) * track.hours
    whole = light.per_day(np.where(track.known, 0.0, sky)) <= 0.02 * light.per_day(sky)
    use = light.bright(track) & (light.noon > _LOW_SUN_RAD) & whole
    energy, irradiation = light.per_day(power), light.per_day(sky)
    use &= (energy > 0) & (irradiation > 0)
    apart = (
        light.per_day(power * light.hour)[use] / energy[use]
        - light.per_day(sky * light.hour)[use] / irradiation[use]
    )
    first = np.floor((middle[0] + site.longitude * DAY_S / 360) / DAY_S)
    days = first + np.flatnonzero(use)
    return days * DAY_S - site.longitude * DAY_S / 360, apart


def _jumps(day: Floats, centroid: Floats) -> list[tuple[int, float]]:
    """Return at which bright days the centroid jumps, and by how many whole hours.

    Days far apart are not compared: in between shadows have wandered.
    """
    count = len(centroid)
    size, sure = np.zeros(count), np.zeros(count)
    for split in _steps(centroid):
        if day[split] - day[split - 1] > _APART_DAYS:
            continue
        near = np.abs(day - day[split]) <= _REACH_DAYS
        before = centroid[max(0, split - _SIDE_DAYS) : split]
        before = before[near[max(0, split - _SIDE_DAYS) : split]]
        after = centroid[split : split + _SIDE_DAYS][near[split : split + _SIDE_DAYS]]
        least = min(len(before), len(after))
        if least < _LEAST_DAYS:
            continue
        one, other = np.median(before), np.median(after)
        spread = max(np.median(np.abs(before - one)), np.median(np.abs(after - other)))
        size[split] = other - one
        # 1.85: standard error of a median by the median deviation of normal values.
        sure[split] = abs(size[split]) / (1.85 * spread / np.sqrt(least) + 1e-9)
    whole = np.round(size)
    fine = (np.abs(size) >= _JUMP_H) & (np.abs(size - whole) <= _WHOLE_H) & (sure >= _SURE)
    found: list[tuple[int, float]] = []
    while fine.any():
        split = int(np.argmax(np.where(fine, sure, 0.0)))
        near = slice(max(0, split - _SIDE_DAYS), split + _SIDE_DAYS)
        fine[near] = False
        one, other = np.median(centroid[near.start : split]), np.median(centroid[split : near.stop])
        nearer = np.cumsum(np.abs(centroid[near] - one) - np.abs(centroid[near] - other))
        found.append((near.start + int(np.argmin(nearer)) + 1, float(whole[split])))
    return sorted(found)


def _steps(centroid: Floats) -> list[int]:
    """Return where the means of the few days on both sides are far apart."""
    if len(centroid) < 2 * _LEAST_DAYS:
        return []
    mean = np.lib.stride_tricks.sliding_window_view(centroid, _LEAST_DAYS).mean(axis=1)
    apart = np.abs(mean[_LEAST_DAYS:] - mean[:-_LEAST_DAYS])
    return [int(each) + _LEAST_DAYS for each in np.flatnonzero(apart > _JUMP_H / 2)]


def against_the_sun(track: Track, light: Daylight, site: Site) -> tuple[Finding, ...]:
    """Name a clock that is wrong throughout: the roof has power while the sun is down.

    Which way a roof faces cannot bring power before sunrise or after sunset. The offset is
    in the middle of those that would leave none.
    """
    ends = _ends(track, light)
    if ends.shape[1] < _LEAST_DAYS or _dark_share(ends, site) < _SHARE:
        return ()
    fits = [
        hours
        for hours in _SHIFTS_H.tolist()
        if _dark_share(ends - hours * HOUR_S, site) < _SHARE / 2
    ]
    if not fits:
        return ()
    return (track.finding("clock", track.known, offset_h=round(fits[0] + fits[-1]) / 2),)


def _ends(track: Track, light: Daylight) -> Floats:
    """Return begin and end of the first and of the last power of bright days, (4, D).

    What a roof gives at midnight is no light, and tells nothing of a clock.
    """
    shining = track.value > _SHINING * track.quantile(0.995)
    midnight = np.minimum(light.hour, 24 - light.hour) < _MIDNIGHT_H
    bright = light.bright(track) & (light.per_day(shining & midnight) == 0)
    use = np.flatnonzero(shining & bright[light.day])
    first = use[np.flatnonzero(np.diff(light.day[use], prepend=-1))]
    last = use[np.flatnonzero(np.diff(light.day[use], append=-1))]
    return np.array([track.start[first], track.end[first], track.start[last], track.end[last]])


def _dark_share(ends: Floats, site: Site) -> float:
    """Return on which share of days the sun is down at the first or the last power."""
    down = position(ends, site.latitude, site.longitude).elevation < _BELOW_RAD
    dark = (down[0] & down[1]) | (down[2] & down[3])
    return float(dark.mean()) if len(dark) else 0.0
