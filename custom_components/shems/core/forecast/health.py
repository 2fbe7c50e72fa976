"""The health of a history: what is wrong with it is taken out and named before learning."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from ..assets.plane import Site
from ..series import Series
from .clock import against_the_sun, on_one_clock
from .daylight import Daylight, dark, held_back, idle, interrupted
from .days import Days
from .finding import LOAD, SOLAR, Finding, Track
from .frozen import gaps, thaw
from .history import History
from .newcomer import newcomer
from .plausible import Limits, rescaled, without_counters, without_jumps

type Step = Callable[[Track], tuple[Track, tuple[Finding, ...]]]

NO_LIMITS: Final = Limits()


def inspect(
    history: History,
    days: Days,
    now: float,
    *,
    site: Site | None = None,
    limits: Limits = NO_LIMITS,
    derived: bool = False,
) -> tuple[History, tuple[Finding, ...]]:
    """Return the history without what cannot be true, and what was found.

    What is wrong becomes unknown, never zero, unless what it should be is beyond doubt: a
    factor of a thousand, hours by which a clock jumped, electronics at night. Only what was
    over by `now` is looked at; the rest is handed on as it is.

    Args:
        history: as measured.
        days: local days.
        now: epoch seconds.
        site: where the home stands; without it nothing is held against the sun.
        limits: what the home cannot exceed.
        derived: whether the load is a sum with the solar power in it: then what is put right
            of that puts the load right, and where that is unknown the load is as well.
    """
    solar, about_solar = _solar(history.solar, days, now, site, limits)
    load = _without_error(history.load, history.solar, solar) if derived else history.load
    load, about_load = _load(load, days, now, limits)
    missing = _gaps(Track.of(LOAD, history.load, now), now, None)
    return replace(history, load=load, solar=solar), (*missing, *about_load, *about_solar)


def _without_error(load: Series, told: Series, true: Series) -> Series:
    """Return a load from which is taken what was wrong with the solar power in it."""
    nothing = ~np.isfinite(told.value) | (told.value == 0)
    error = np.where(nothing, np.nan_to_num(told.value - true.value), told.value - true.value)
    wrong = Series(told.start, told.end, np.isnan(error).astype(np.float64))
    known = Series(told.start, told.end, np.nan_to_num(error))
    excess, lost = (np.nan_to_num(each.between(load.start, load.end)) for each in (known, wrong))
    return replace(load, value=np.where(lost > 0, np.nan, load.value - excess))


def _load(
    series: Series, days: Days, now: float, limits: Limits
) -> tuple[Series, tuple[Finding, ...]]:
    track, found = _through(Track.of(LOAD, series, now), *_common(days, limits))
    return track.into(series), (*found, *newcomer(track, days))


def _gaps(measured: Track, now: float, site: Site | None) -> tuple[Finding, ...]:
    return gaps(measured, now, site) if measured.known.any() else ()


def _solar(
    series: Series, days: Days, now: float, site: Site | None, limits: Limits
) -> tuple[Series, tuple[Finding, ...]]:
    measured = Track.of(SOLAR, series, now)
    track, found = _through(measured, *_common(days, limits))
    if site is None or not track.known.any():
        return track.into(series), (*_gaps(measured, now, site), *found, *_top(track))
    light = Daylight.over(track, site)
    track, jumped = on_one_clock(track, light, site)
    clock = against_the_sun(track, light, site)
    if not clock:  # Else what is known of the sun does not fit what the clock says.
        track, more = _through(
            track, lambda track: dark(track, light), lambda track: idle(track, light)
        )
        clock = more
    found = (*_gaps(measured, now, site), *found, *jumped, *clock, *_top(track))
    return track.into(series), (*found, *interrupted(track, light))


def _top(track: Track) -> tuple[Finding, ...]:
    return held_back(track) if track.known.any() else ()


def _common(days: Days, limits: Limits) -> tuple[Step, ...]:
    """Return what load and solar power are both put through, in order."""
    return (
        without_counters,
        lambda track: rescaled(track, days),
        lambda track: without_jumps(track, limits),
        thaw,
    )


def _through(track: Track, *steps: Step) -> tuple[Track, tuple[Finding, ...]]:
    """Return a track after all steps, and everything they found."""
    found: list[Finding] = []
    for step in steps:
        track, more = step(track)
        found += more
    return track, tuple(found)
