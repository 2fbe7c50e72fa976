"""Values that no home's meter shows: wrong units, counters, jumps and wrong signs."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from ..horizon import DAY_S, HOUR_S
from ..units import Bools, Floats
from .days import Days
from .finding import LOAD, Finding, Track

_LEVEL: Final = {LOAD: 0.5, "solar": 0.85}
"""Quantile of a day's hours that tells its level: the sun shines in a quarter of them."""
_MOST_KW: Final = 30.0
"""No home draws that all day: 260 MWh a year."""
_HIGHEST_KW: Final = 100.0
"""No home draws or makes that for hours."""
_LEAST_KW: Final = 0.005
"""Less than a router takes."""
_WIDTH_DAYS: Final = 7
_THOUSAND: Final = (2.5, 3.5)
"""Decades between kW and W, with what homes and seasons do in a week."""
_WINTER_DAYS: Final = 120
"""Under snow and a low sun a roof gives a thousandth of what it can for months."""
_ALIKE: Final = np.log10(2.5)
_FALLING: Final = 0.15
_CHANGES: Final = 48
_LONE_H: Final = 1.5
_LONE_KW: Final = 25.0
"""More than a car charges with, in one hour alone."""
_SEEN_H: Final = 14 * 24.0
_RARE: Final = 0.01
_SMALL_KW: Final = 0.05
"""Meters do not report at the same instant: so much less than nothing is nothing."""


@dataclass(frozen=True)
class Limits:
    """What the home cannot exceed, kW.

    Attributes:
        load: what its connection, roof and batteries can give together.
        solar: what its inverters can give.
    """

    load: float = _HIGHEST_KW
    solar: float = _HIGHEST_KW

    def of(self, quantity: str) -> float:
        """Return the limit of a quantity."""
        return self.load if quantity == LOAD else self.solar


def without_counters(track: Track) -> tuple[Track, tuple[Finding, ...]]:
    """Take out and name weeks in which the value hardly ever falls: it counts energy."""
    change = np.diff(track.value, prepend=np.nan)
    week = np.floor(track.start / (_WIDTH_DAYS * DAY_S)).astype(np.int64)
    week -= week[0] if len(week) else 0
    count = int(week[-1]) + 1 if len(week) else 0
    moves = np.bincount(week[np.abs(change) > 0], minlength=count)
    falls = np.bincount(week[change < 0], minlength=count)
    counts = (moves >= _CHANGES) & (falls < _FALLING * moves)
    beside = counts.copy()
    beside[1:] |= counts[:-1]
    beside[:-1] |= counts[1:]
    # The first and the last week of it are partly counted: they go with it, if they rise.
    wrong = (counts | (beside & (falls < 2 * _FALLING * moves)))[week] & track.known
    if not wrong.any():
        return track, ()
    return track.without(wrong), (track.finding("counter", wrong),)


def rescaled(track: Track, days: Days) -> tuple[Track, tuple[Finding, ...]]:
    """Bring what was counted in W or MW to kW where that is beyond doubt; name it.

    The history is cut where its level changes by three decades from one week to the next.
    A part that no home can reach is a thousandth of what it says, if that is a home's; a
    part far below a home is a thousand times more, if that is like the rest. The days of
    change are unknown, and in a part that fits neither way those that no home has.
    """
    hourly = Days(days.zone, HOUR_S)
    if not track.known.any():
        return track, ()
    first = hourly.day(float(track.start[0]))
    count = hourly.day(float(track.end[-1]) - 1.0) - first + 1
    matrix = hourly.matrix(track.series, first, count)
    level = _levels(matrix, _LEVEL[track.quantity])
    cuts = [0, *_changes(level), count]
    logs = [_decades(level[begin:end]) for begin, end in pairwise(cuts)]
    least = 1 if track.quantity == LOAD else _WINTER_DAYS
    factor = np.ones(count)
    for index, (begin, end) in enumerate(pairwise(cuts)):
        others = [each for each in logs if each is not logs[index]]
        each = _factor(matrix[begin:end], logs[index], others, least)
        factor[begin:end] = _possible(matrix[begin:end], level[begin:end]) if each is None else each
    torn = np.zeros(count, dtype=np.bool_)
    for cut in cuts[1:-1]:
        if factor[cut] != factor[cut - 1]:
            torn[cut - 1 : cut + 1] = True
    return _apply(track, hourly, first, np.where(torn, np.nan, factor))


def _apply(
    track: Track, days: Days, first: int, factor: Floats
) -> tuple[Track, tuple[Finding, ...]]:
    """Multiply each day by its factor and name those that are not one."""
    if (factor == 1).all():
        return track, ()
    day = np.floor(days.position(track.start) / days.slots).astype(np.intp) - first
    each = factor[np.clip(day, 0, len(factor) - 1)]
    found: list[Finding] = []
    for code, scale in (("watts", 1e-3), ("megawatts", 1e3), ("unit_unclear", np.nan)):
        mask = track.known & ((each == scale) | (np.isnan(each) & np.isnan(scale)))
        if mask.any() and not (np.isnan(scale) and found):
            found.append(track.finding(code, mask))
    return track.having(track.value * each), tuple(found)


def _levels(matrix: Floats, quantile: float) -> Floats:
    """Return a quantile of each day's known hours, (D,); NaN where six are not known."""
    ordered = np.sort(matrix, axis=1)  # NaN last.
    known = np.isfinite(matrix).sum(axis=1)
    place = np.floor(quantile * np.maximum(known - 1, 0)).astype(np.intp)
    level = ordered[np.arange(len(matrix)), place]
    return np.where(known >= 6, level, np.nan)


def _decades(level: Floats) -> Floats:
    """Return the decimal logarithms of what is above zero."""
    return np.log10(level[np.isfinite(level) & (level > 0)])


def _changes(level: Floats) -> list[int]:
    """Return the days at which the level changes by three decades from week to week."""
    logs = np.log10(np.where(np.isfinite(level) & (level > 0), level, 1e-12))
    padded = np.pad(logs, _WIDTH_DAYS, constant_values=-12.0)
    windows = np.lib.stride_tricks.sliding_window_view(padded, _WIDTH_DAYS).max(axis=1)
    before, after = windows[: len(level)], windows[_WIDTH_DAYS : _WIDTH_DAYS + len(level)]
    step = np.where((before > -12) & (after > -12), after - before, 0.0)
    rise, fall = (_within(step), _within(-step))
    # A rise is seen as soon as the window ahead meets it, a fall as long as that behind does.
    last = rise & ~np.append(rise[1:], False)
    begun = fall & ~np.insert(fall[:-1], 0, False)
    return [int(each) for each in np.flatnonzero(last | begun) if each > 0]


def _within(step: Floats) -> Bools:
    inside: Bools = (step > _THOUSAND[0]) & (step < _THOUSAND[1])
    return inside


def _possible(matrix: Floats, level: Floats) -> Floats:
    """Return one for days on which nothing is out of reach of a home, NaN for others, (D,)."""
    most = np.where(np.isfinite(matrix), matrix, 0.0).max(axis=1)
    return np.where((most > _HIGHEST_KW) | (level > _MOST_KW), np.nan, 1.0)


def _factor(matrix: Floats, logs: Floats, others: list[Floats], least_days: int) -> float | None:
    """Return by what a part is to be multiplied, None where it is wrong either way.

    Args:
        matrix: (D, 24) kW of the part.
        logs: of its days' levels.
        others: the same of the other parts.
        least_days: how long a history without another part must be to be called too small.
    """
    known = matrix[np.isfinite(matrix)]
    if not len(logs):
        return 1.0
    level = float(np.median(logs))
    low, high = np.quantile(known, 0.05), np.quantile(known, 0.95)
    if level > np.log10(_MOST_KW) or high > _HIGHEST_KW:
        fits = high / 1000 <= _HIGHEST_KW and (low == 0 or low / 1000 >= _LEAST_KW)
        return 1e-3 if fits else None
    if level >= np.log10(_LEAST_KW):
        return 1.0
    alone = not others and known.max() < 10 * _LEAST_KW and len(matrix) >= least_days
    return 1e3 if alone or any(_alike(logs + 3.0, each) for each in others) else 1.0


def _alike(one: Floats, other: Floats) -> bool:
    """Return whether two sets of levels have nearly the same quartiles."""
    levels = (0.25, 0.5, 0.75)
    apart = np.abs(np.quantile(one, levels) - np.quantile(other, levels))
    return bool(apart.max() < _ALIKE)


def without_jumps(track: Track, limits: Limits) -> tuple[Track, tuple[Finding, ...]]:
    """Take out and name what a meter's reset, overflow or catching up looks like, and signs.

    What is less than nothing by a little is nothing.
    """
    if not track.known.any():
        return track, ()
    top = float(np.quantile(np.abs(track.value[track.known]), 0.995))
    small = max(_SMALL_KW, 0.02 * top)
    value = np.where((track.value < 0) & (track.value >= -small), 0.0, track.value)
    track = track.having(value)
    large = max(_LONE_KW if track.quantity == LOAD else 1.0, 3.0 * top)
    far = (np.abs(value) > large) & (track.hours[track.known].sum() >= _SEEN_H)
    lone = far & ~track.lasting(far, _LONE_H + 1e-3)
    over = np.abs(value) > limits.of(track.quantity)
    if over[track.known].mean() > _RARE:  # The limit is what is wrong.
        over = np.abs(value) > _HIGHEST_KW
    jump = lone | over | _caught_up(track, top)
    negative = (value < 0) & ~jump
    found = []
    for code, mask in (("meter_jump", jump), ("negative", negative)):
        if mask.any():
            found.append(track.finding(code, mask))
    return track.without(jump | negative), tuple(found)


def _caught_up(track: Track, top: float) -> Bools:
    """Return where a counter tells at once what it missed while it was silent or at rest."""
    still = ~(track.known & (track.value != 0))
    begin, stop = track.spells(still)
    waited = np.zeros(len(track.value))
    inside = stop < len(track.value)
    waited[stop[inside]] = (track.end[stop - 1] - track.start[begin])[inside] / HOUR_S
    waited[1:] += (track.start[1:] - track.end[:-1]) / HOUR_S
    usual = float(track.value[track.known].mean())
    energy = track.value * track.hours
    return (waited >= 3) & (track.value > 2.5 * top) & (energy < 3 * usual * (waited + 1))
