"""The health of a history: what is wrong with it is taken out and named before learning."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from ..series import Series
from .clock import against_the_sun, on_one_clock
from .daylight import Daylight, dark, held_back, idle, interrupted
from .days import Days
from .finding import LOAD, SOLAR, Finding, Track
from .frozen import gaps, thaw
from .history import History
from .newcomer import newcomer
from .plane import Site
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
    """
    load, about_load = _load(history.load, days, now, limits)
    solar, about_solar = _solar(history.solar, days, now, site, limits)
    return replace(history, load=load, solar=solar), (*about_load, *about_solar)


def _load(
    series: Series, days: Days, now: float, limits: Limits
) -> tuple[Series, tuple[Finding, ...]]:
    measured = Track.of(LOAD, series, now)
    if not measured.known.any():
        return series, ()
    track, found = _through(measured, *_common(days, limits))
    return track.into(series), (*gaps(measured, now, None), *found, *newcomer(track, days))


def _solar(
    series: Series, days: Days, now: float, site: Site | None, limits: Limits
) -> tuple[Series, tuple[Finding, ...]]:
    measured = Track.of(SOLAR, series, now)
    if not measured.known.any():
        return series, ()
    track, found = _through(measured, *_common(days, limits))
    if site is None or not track.known.any():
        return track.into(series), (*gaps(measured, now, None), *found, *_top(track))
    light = Daylight.over(track, site)
    track, jumped = on_one_clock(track, light, site)
    clock = against_the_sun(track, light, site)
    if not clock:  # Else what is known of the sun does not fit what the clock says.
        track, more = _through(
            track, lambda track: dark(track, light), lambda track: idle(track, light)
        )
        clock = more
    found = (*gaps(measured, now, site), *found, *jumped, *clock, *_top(track))
    return track.into(series), (*found, *interrupted(track, light))


def _top(track: Track) -> tuple[Finding, ...]:
    return held_back(track) if track.known.any() else ()


def _common(days: Days, limits: Limits) -> tuple[Step, ...]:
    """Return what load and solar power are both put through, in order."""
    return (
        without_counters,
        lambda track: rescaled(track, days, limits),
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
