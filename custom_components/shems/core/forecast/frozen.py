"""Meters that stand still, and meters that are silent."""

from typing import Final

import numpy as np

from ..assets.plane import Site
from ..assets.sun import position
from ..horizon import HOUR_S
from ..units import Bools, Floats
from .finding import LOAD, SOLAR, Finding, Track

GAP_H: Final = 6.0
_FROZEN_H: Final = 12.0
"""Twelve equal hours: no home's load and no sky does that."""
_ZERO_H: Final = 6.0
"""A home that is lived in or only heated draws something in six hours."""
_COARSE_FROZEN_H: Final = 14 * 24.0
_NIGHT_S: Final = 20 * HOUR_S
_DIGIT_KW: Final = 1e-6
_NATURAL: Final = 4.0
"""How much longer than usual for this meter a rest may last."""
_ENOUGH: Final = 100
_ENOUGH_RESTS: Final = 20


def gaps(track: Track, now: float, site: Site | None) -> tuple[Finding, ...]:
    """Name the stretches of `GAP_H` and more of which nothing is known.

    What is missing at the end, up to now, is named apart: the meter is silent. An inverter
    that sleeps at night misses nothing.
    """
    seen = np.flatnonzero(track.known)
    since, until = track.end[seen][:-1], track.start[seen][1:]
    hours = (until - since) / HOUR_S
    if track.quantity == SOLAR:
        long = np.flatnonzero(hours >= GAP_H - 1e-6)
        hours[long] = [
            _day_hours(begin, end, site)
            for begin, end in zip(since[long].tolist(), until[long].tolist(), strict=True)
        ]
    long = np.flatnonzero(hours >= GAP_H - 1e-6)
    found = []
    if len(long):
        args = {"times": len(long), "hours": round(float(hours[long].sum()), 1)}
        begin, end = float(since[long[0]]), float(until[long[-1]])
        found.append(Finding("missing", track.quantity, begin, end, args))
    last = float(track.end[seen[-1]])
    if now - last >= 24 * HOUR_S:
        silent = {"hours": round(float(now - last) / HOUR_S, 1)}
        found.append(Finding("silent", track.quantity, last, now, silent))
    return tuple(found)


def _day_hours(begin: float, end: float, site: Site | None) -> float:
    """Return how many hours of a stretch the sun is up.

    Without a place that is half of them, and none of a single night's.
    """
    if site is None:
        return (end - begin) / HOUR_S / 2 if end - begin > _NIGHT_S else 0.0
    hours: Floats = np.arange(begin, end, HOUR_S, dtype=np.float64)
    up = position(hours, site.latitude, site.longitude).elevation > 0
    return float(up.sum())


def thaw(track: Track) -> tuple[Track, tuple[Finding, ...]]:
    """Take out and name values that stand still for longer than the meter explains.

    A load that is zero for hours is a meter without a signal; a cottage that nobody is in
    still draws what its meter can count, now and then.
    """
    value = np.round(track.value / _DIGIT_KW) * _DIGIT_KW
    same = np.zeros(len(value), dtype=np.bool_)
    same[1:] = (value[1:] == value[:-1]) & (track.start[1:] - track.end[:-1] < 1.0)
    run = np.cumsum(~same) - 1
    first = np.flatnonzero(~same)
    hours: Floats = np.bincount(run, track.hours, minlength=len(first)).astype(np.float64)
    level = value[first]
    fine = np.isfinite(level)
    zero = fine & (level == 0)
    wrong_zero = zero & (hours >= _longest_zero(track, hours[zero]))
    if track.quantity == SOLAR:
        wrong_zero[:] = False
    wrong = fine & ~zero & (hours >= _longest_still(track, level, hours, fine & ~zero))
    found = []
    for code, each in (("zeros", wrong_zero), ("frozen", wrong)):
        if each.any():
            found.append(track.finding(code, each[run]))
    return track.without((wrong | wrong_zero)[run]), tuple(found)


def _longest_zero(track: Track, rests: Floats) -> float:
    """Return for how many hours a load may be zero.

    A counter of whole kilowatt-hours shows zero until the next one is full.
    """
    positive = track.value[track.known & (track.value > 0)]
    longest = _ZERO_H
    if len(positive):
        digit = _digit_kwh(track)
        longest = max(longest, 5.0 * digit / float(np.quantile(positive, 0.1)))
    if len(rests) >= _ENOUGH_RESTS:
        longest = max(longest, _NATURAL * float(np.quantile(rests, 0.9)))
    return longest


def _longest_still(track: Track, level: Floats, hours: Floats, runs: Bools) -> Floats:
    """Return for how many hours each run may stand still at a value above zero, (R,)."""
    longest = _FROZEN_H
    if runs.sum() >= _ENOUGH:
        longest = max(longest, _NATURAL * float(np.quantile(hours[runs], 0.99)))
    limit = np.full(len(level), longest)
    if track.quantity == LOAD and runs.any():
        low = level <= np.quantile(level[runs], 0.25)
        digit = _digit_kwh(track) / float(np.median(track.hours))
        limit[runs & low & (10.0 * digit >= level)] = max(longest, _COARSE_FROZEN_H)
    return limit


def _digit_kwh(track: Track) -> float:
    """Return the least difference that the meter shows, kWh."""
    energy = np.unique(np.round((track.value * track.hours)[track.known] / _DIGIT_KW)) * _DIGIT_KW
    return float(np.quantile(np.diff(energy), 0.1)) if len(energy) > 1 else 0.0
