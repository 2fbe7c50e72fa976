"""Find when what a home takes at rest has risen, with a rate of alarms that is chosen.

Standby is what a home never takes less than. A device that is left on lifts it by its own
power, whatever the household does meanwhile; weather and guests lift other hours first. With
b(d) the least that an hour of day d took, what is watched is

    rise(d) = min b over the 6 days to d - second lowest b of the 28 days that ended 7 before,

against a threshold that follows what it lets pass: every alarm lifts it, every day without
one lowers it, so that there are no more alarms than one in N days and a few, whatever the
home is like (adaptive conformal inference, Gibbs and Candès 2021, proposition 4.1: over T days
alarms <= T / N + (highest rise / step)).
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ..units import Floats

WINDOW_DAYS: Final = 6
"""A week less a day: what rises is seen whole and still told within the week."""
REFERENCE_DAYS: Final = 28
"""Four weeks hold every day of the week four times and are one season."""
LAG_DAYS: Final = 7
"""The reference ends before anything began that is to be found within a week."""
OUTAGES: Final = 1
"""So many days of the reference may have been lowered by an outage or a silent meter."""
KNOWN: Final = 0.8
"""Share of hours, and of days, that must be known."""
LEAST_KW: Final = 0.15
"""Half of the 300 W that are to be found: nothing and 300 W are equally far from it."""
STEP: Final = 1.0 / 3.0
"""Three false alarms double the threshold, so that it answers a restless home within months
and no single one hides what comes after it."""
CLEAR: Final = 0.5
"""A rise is over below half of what it had to exceed: between them it stays what it was."""


@dataclass(frozen=True)
class Rise:
    """A rise of the standby.

    Attributes:
        found: number of the local day that showed it.
        since: of the first day on which it was there.
        until: of the day on which it was over, or had become usual; None while it lasts.
        before_kw, after_kw: the standby before, and when it was found.
        threshold_kw: what the rise had to exceed.
    """

    found: int
    since: int
    until: int | None
    before_kw: float
    after_kw: float
    threshold_kw: float

    @property
    def rise_kw(self) -> float:
        """By how much the standby rose."""
        return self.after_kw - self.before_kw


@dataclass(frozen=True)
class Standby:
    """What is known of a home's standby.

    Attributes:
        day: number of the last day judged.
        level_kw: of the last days; None where too little is known.
        usual_kw: of the weeks before; None where too little is known.
        threshold_kw: by how much it may rise on the next day.
        rises: all that were found, the oldest first.
    """

    day: int
    level_kw: float | None
    usual_kw: float | None
    threshold_kw: float
    rises: tuple[Rise, ...]

    @property
    def current(self) -> Rise | None:
        """The rise that lasts, None where there is none."""
        return self.rises[-1] if self.rises and self.rises[-1].until is None else None


def watch(load_kw: Floats, first: int, *, every_days: float, least_kw: float = LEAST_KW) -> Standby:
    """Return the standby of a home's past and the rises in it.

    Args:
        load_kw: (D, S) by local day and hour, D > 0, without what is moved in time, kW; NaN where
            unknown.
        first: number of the first day.
        every_days: how many days there are to be between alarms, in the mean, positive.
        least_kw: a smaller rise is not told, positive.
    """
    least = daily(load_kw)
    level = _kth_lowest(least, WINDOW_DAYS, 0)
    usual = np.full(len(least), np.nan)
    usual[LAG_DAYS:] = _kth_lowest(least, REFERENCE_DAYS, OUTAGES)[:-LAG_DAYS]
    rises: list[Rise] = []
    threshold, told = least_kw, 0.0
    for day, rise in enumerate((level - usual).tolist()):
        last = rises[-1] if rises and rises[-1].until is None else None
        told = min(told, max(rise, 0.0))  # What went back may rise anew.
        if last is not None and rise < CLEAR * last.threshold_kw:
            rises[-1], last, told = replace(last, until=first + day), None, 0.0
        if last is not None and first + day < last.found + WINDOW_DAYS:
            # Until all days of the window have it, it is the same rise that comes to light.
            told = max(told, rise)
            rises[-1] = replace(last, after_kw=max(last.after_kw, float(level[day])))
        found = rise > threshold + told  # Of what is not known nothing is found.
        if found:
            if last is not None:
                rises[-1] = replace(last, until=first + day)
            since = first + _since(least, day, float(usual[day]) + (told + rise) / 2)
            ends = float(usual[day]) + told, float(level[day])
            rises.append(Rise(first + day, since, None, *ends, threshold))
            told = rise
        threshold = max(least_kw, threshold + STEP * least_kw * (found - 1.0 / every_days))
    now = _perhaps(level[-1]), _perhaps(usual[-1])
    return Standby(first + len(least) - 1, *now, threshold, tuple(rises))


def daily(load_kw: Floats) -> Floats:
    """Return the least that an hour took of every day, (D,); NaN of days hardly known."""
    known = np.isfinite(load_kw)
    least: Floats = np.where(known, load_kw, np.inf).min(axis=1)
    return np.where(known.mean(axis=1) >= KNOWN, least, np.nan)


def _kth_lowest(values: Floats, days: int, k: int) -> Floats:
    """Return the k-th lowest, from 0, of the days to each; NaN where too few are known."""
    found = np.full(len(values), np.nan)
    for day in range(days - 1, len(values)):
        seen = values[day + 1 - days : day + 1]
        seen = np.sort(seen[np.isfinite(seen)])
        if len(seen) >= KNOWN * days:
            found[day] = seen[k]
    return found


def _since(least_kw: Floats, day: int, above_kw: float) -> int:
    """Return the first of the days up to one that never took less than a power."""
    below = np.flatnonzero(least_kw[:day] < above_kw)
    return int(below[-1]) + 1 if len(below) else 0


def _perhaps(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
