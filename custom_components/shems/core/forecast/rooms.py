"""Rooms as their heating tells of them, held against what their form says."""

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from ..assets.comfort import Comfort
from ..assets.heating import Heating, HeatingState
from ..horizon import DAY_S, HOUR_S
from ..series import Series
from ..units import Floats
from .building import building_of
from .days import Days
from .heating import learn_heating
from .history import Habits
from .plugged import believable
from .usage import RoomsUsage, gained

_WEEK: Final = 7
_WEEKS: Final = 4
_SETTLING_DAYS: Final = 3
"""After which walls have forgotten from what they began."""
_COMPLETE_H: Final = 22
_HEATS_SHARE: Final = 0.02
"""Of its most power over a day: less is a pump at rest, and no day of heating."""
_BAND_K: Final = 3.0
_SUN_S: Final = 42.0 * DAY_S
"""The days that a signature mostly rests on."""
_LIVED_IN_C: Final = (10.0, 30.0)


@dataclass(frozen=True)
class Climate:
    """What was measured around a heating.

    Attributes:
        power: kW.
        outdoor, indoor: °C; nothing where nobody measures it.
        sun_kw_m2: light on the roof, as solar power tells of it; may know nothing.
    """

    power: Series
    outdoor: Series
    indoor: Series = field(default_factory=Series.empty)
    sun_kw_m2: Series = field(default_factory=Series.empty)


@dataclass(frozen=True)
class _Days:
    """Hours of the days that are looked at, (D, 24) each.

    Attributes:
        first: number of the first day.
    """

    first: int
    power: Floats
    outdoor: Floats
    sun: Floats


def learn_rooms(
    heating: Heating,
    measured: Climate,
    zone: str,
    now: float,
    before: RoomsUsage | None = None,
) -> RoomsUsage:
    """Return the building that the past tells of, and how well it tells the next week.

    Every week of the last four is told from what was before it, by the thermostat in the
    learned building and in the one of the form, in the weather that came. Where too few of
    its days were heated, what was learned before holds.

    Args:
        heating: the device as its form says.
        measured: what was measured.
        zone: the home's.
        now: epoch seconds.
        before: what was learned before.
    """
    kept = before or RoomsUsage()
    if heating.performance is None or not len(measured.outdoor):
        return kept
    days = Days(zone, HOUR_S)
    today = days.day(now)
    power = _heated(heating, believable(measured.power, heating.power_kw), measured.outdoor)
    held_c = _held_c(heating, measured, now - _WEEKS * _WEEK * DAY_S, zone)
    steady = _steady(heating, held_c)
    own: list[float] = []
    told: list[float] = []
    for week in range(_WEEKS, 0, -1):
        first = today - week * _WEEK
        found = _found(steady, power, measured, zone, days.midnight(first), held_c)
        if found is None:
            continue
        seen = _days(days, measured, power, first)
        real = np.nansum(seen.power, axis=1)
        counts = np.isfinite(seen.power).sum(axis=1) >= _COMPLETE_H
        counts &= real >= _HEATS_SHARE * heating.power_kw * 24
        counts[:_SETTLING_DAYS] = False
        for losses, building in ((own, found), (told, heating)):
            taken = _taken(building, seen, days, held_c, zone)
            losses.extend(np.abs(taken - real)[counts].tolist())
    final = _found(steady, power, measured, zone, now, held_c)
    skill = gained(own, told)
    if final is None or skill is None:
        return kept
    return RoomsUsage(final.building, skill, float(len(own)), now)


def _heated(heating: Heating, power: Series, outdoor: Series) -> Series:
    """Return the power that heats: what can also cool does so on warm days."""
    if heating.cooling is None:
        return power
    outside = outdoor.between(power.start, power.end)
    cold = outside < heating.changeover_c
    return Series(power.start, power.end, np.where(cold, power.value, np.nan))


def _held_c(heating: Heating, measured: Climate, since: float, zone: str) -> float:
    """Return the temperature that is held: as measured, else the lower edge of the band."""
    lately = measured.indoor.value[measured.indoor.end > since]
    low, high = _LIVED_IN_C
    lived_in = lately[(lately >= low) & (lately <= high)]
    if len(lived_in):
        return float(np.median(lived_in))
    hours = since + HOUR_S * np.arange(24 * _WEEK, dtype=np.float64)
    return float(heating.comfort.limits(hours, zone)[0].mean())


def _steady(heating: Heating, held_c: float) -> Heating:
    """Return the heating where the same temperature is held all day."""
    return replace(heating, comfort=Comfort(held_c, held_c + _BAND_K))


def _found(
    heating: Heating, power: Series, measured: Climate, zone: str, now: float, held_c: float
) -> Heating | None:
    """Return the heating in the building that the days before now tell of."""
    outside = measured.outdoor.between(power.start, power.end)
    heat = Series(power.start, power.end, power.value * heating.heat_along(outside))
    signature = learn_heating(None, heat, measured.outdoor, zone, now, Habits()).signature
    if signature is None:
        return None
    sun = measured.sun_kw_m2
    lately = sun.value[(sun.end <= now) & (sun.end > now - _SUN_S) & np.isfinite(sun.value)]
    shone = float(lately.mean()) if len(lately) else 0.0
    building = building_of(signature, held_c, heating.building, shone)
    return None if building is None else replace(heating, building=building)


def _days(days: Days, measured: Climate, power: Series, first: int) -> _Days:
    """Return the week that begins with a day, and those before it in which walls settle."""
    begin, count = first - _SETTLING_DAYS, _SETTLING_DAYS + _WEEK

    def hours(series: Series) -> Floats:
        return days.matrix(series, begin, count)

    sun = hours(measured.sun_kw_m2)
    return _Days(begin, hours(power), hours(measured.outdoor), np.nan_to_num(sun))


def _taken(heating: Heating, seen: _Days, days: Days, held_c: float, zone: str) -> Floats:
    """Return what a thermostat takes on each day in the weather that was, kWh, (D,)."""
    outdoor = seen.outdoor.ravel()
    known = np.flatnonzero(np.isfinite(outdoor))
    if not len(known):
        return np.zeros(len(seen.outdoor))
    outdoor = np.interp(np.arange(len(outdoor)), known, outdoor[known])
    start = days.midnight(seen.first) + HOUR_S * np.arange(len(outdoor), dtype=np.float64)
    low, high = held_c, held_c + _BAND_K
    state, taken = HeatingState(held_c), np.empty(len(outdoor))
    for hour, (at, outside, sun) in enumerate(
        zip(start.tolist(), outdoor.tolist(), seen.sun.ravel().tolist(), strict=True)
    ):
        power = heating.thermostat(state, outside, low, high)
        state, taken[hour] = heating.step(state, power, at, 1.0, outside, sun)
    daily: Floats = taken.reshape(seen.outdoor.shape).sum(axis=1)
    return daily
