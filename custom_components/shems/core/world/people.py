"""The people of a home: when they are up and in, and what they then use."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..units import Bools, Floats
from .chance import Integers, normal, smooth, uniform
from .days import Clock

LAMPS: Final = ("living_room", "kitchen", "bedroom")
"""The lamps that are devices of their own."""

LAMP_KW: Final = (0.042, 0.030, 0.016)
"""What each draws at full brightness."""

_STANDBY_KW: Final = 0.11
_DARK: Final = np.radians(4.0)

_FRIDGE_KW: Final = 0.088
_FRIDGE_CYCLE_S: Final = 3300
_FRIDGE_DUTY: Final = 0.36


@dataclass(frozen=True)
class Presence:
    """Who is where at moments, (N,) each.

    Attributes:
        up: at home and awake.
        evening: hours before going to bed, 0 at bedtime; negative after it.
        morning: hours since getting up.
    """

    up: Bools
    evening: Floats
    morning: Floats


def presence(seed: int, clock: Clock) -> Presence:
    """Return whether anybody is at home and awake."""
    day = clock.ordinal
    late = np.where(clock.weekend, 1.3, 0.0)
    wake = 6.8 + late + 0.4 * normal(seed, "wake", day)
    sleep = np.minimum(22.9 + 0.5 * normal(seed, "sleep", day), 23.9)
    works = ~clock.weekend & (uniform(seed, "office", day) < 0.6)
    leave = 8.3 + 0.3 * normal(seed, "leave", day)
    back = 17.1 + 0.6 * normal(seed, "back", day)
    outing = uniform(seed, "outing", day) < 0.35
    gone = (works & (clock.hour > leave) & (clock.hour < back)) | (
        outing & ~works & (clock.hour > 13.5) & (clock.hour < 16.5)
    )
    awake = (clock.hour >= wake) & (clock.hour < sleep)
    return Presence(awake & ~gone, sleep - clock.hour, clock.hour - wake)


def base_kw(seed: int, times: Floats, who: Presence) -> Floats:
    """Return what is always on, the screens, and what is plugged in for minutes, (N,)."""
    always = _STANDBY_KW * np.exp(0.12 * smooth(seed, "standby", times, 1800))
    screens = np.where(who.up, 0.11, 0.0)
    screens += np.where(who.up & (who.evening < 3.5), 0.17, 0.0)
    block = np.floor(times / 300).astype(np.int64)
    busy = np.where(who.up & (np.abs(who.morning - 0.7) < 0.7), 0.22, 0.07)
    used = who.up & (uniform(seed, "plug", block) < busy)
    plugs = np.where(used, 0.3 + 1.1 * uniform(seed, "plug/power", block), 0.0)
    total: Floats = always + screens + plugs
    return total


def cooking_kw(seed: int, times: Floats, clock: Clock) -> Floats:
    """Return kettle, hob and oven, (N,): their thermostats switch every few minutes."""
    total = np.zeros(len(times))
    block = np.floor(times / 150).astype(np.int64)
    duty = 0.35 + 0.65 * uniform(seed, "hob", block)
    meals = (
        ("breakfast", 7.4, 0.5, 0.25, 1.1, 0.9),
        ("lunch", 12.6, 0.4, 0.35, 1.0, 0.5),
        ("dinner", 18.2, 0.6, 0.85, 2.3, 0.92),
    )
    for name, hour, spread, length, power, often in meals:
        begin = hour + spread * normal(seed, name, clock.ordinal)
        end = begin + length * (0.7 + 0.6 * uniform(seed, f"{name}/length", clock.ordinal))
        happens = uniform(seed, f"{name}/happens", clock.ordinal) < often
        total += np.where(happens & (clock.hour >= begin) & (clock.hour < end), power * duty, 0.0)
    return total


def fridge_kw(seed: int, times: Floats) -> Floats:
    """Return the refrigerator's compressor, (N,): on for a third of each cycle."""
    phase = np.mod(times / _FRIDGE_CYCLE_S + 0.35 * smooth(seed, "fridge", times, 6 * 3600), 1.0)
    return np.where(phase < _FRIDGE_DUTY, _FRIDGE_KW, 0.002)


def lamps(seed: int, times: Floats, who: Presence, elevation: Floats) -> Floats:
    """Return the brightness people choose for each of LAMPS, (3, N), 0 to 1."""
    block = np.floor(times / 1800).astype(np.int64)
    dark = elevation < _DARK
    late = who.evening < 1.0
    rooms = (
        who.up & dark & (uniform(seed, "living_room", block) < 0.9),
        who.up & dark & ~late & (uniform(seed, "kitchen", block) < 0.55),
        who.up & dark & (late | (who.morning < 0.7)),
    )
    level = (np.where(late, 0.6, 0.9), np.ones(len(times)), np.full(len(times), 0.8))
    return np.stack([np.where(on, shine, 0.0) for on, shine in zip(rooms, level, strict=True)])


def hot_water_kw(seed: int, clock: Clock) -> Floats:
    """Return the heat drawn as hot water, (N,): showers in the morning, dishes in the evening."""
    total = np.full(len(clock.hour), 0.02)
    for name, hour, spread, length, power in (
        ("shower/1", 7.2, 0.4, 0.17, 13.0),
        ("shower/2", 7.9, 0.6, 0.15, 12.0),
        ("basin", 19.6, 0.7, 0.12, 7.0),
    ):
        begin = hour + spread * normal(seed, name, clock.ordinal)
        happens = uniform(seed, f"{name}/happens", clock.ordinal) < 0.8
        running = happens & (clock.hour >= begin) & (clock.hour < begin + length)
        total += np.where(running, power, 0.0)
    return total


def appliance_start(seed: int, name: str, ordinal: Integers, free: Bools) -> Floats:
    """Return the hour people start an appliance on each day, (D,); NaN on days without."""
    chance = uniform(seed, f"{name}/happens", ordinal)
    jitter = normal(seed, f"{name}/hour", ordinal)
    if name == "dishwasher":
        hour = 19.8 + 0.7 * jitter
        return np.where(chance < 0.72, hour, np.nan)
    hour = np.where(free, 10.5 + 1.3 * jitter, 18.0 + 0.6 * jitter)
    return np.where(chance < np.where(free, 0.75, 0.35), hour, np.nan)


@dataclass(frozen=True)
class Trips:
    """The car's day, (D,) each; NaN hours on days at home.

    Attributes:
        leave, back: hours of the day.
        used_kwh: taken from its battery.
        plugs: whether it is connected afterwards.
    """

    leave: Floats
    back: Floats
    used_kwh: Floats
    plugs: Bools


def trips(seed: int, ordinal: Integers, free: Bools) -> Trips:
    """Return where the car goes on each day."""
    goes = uniform(seed, "trip", ordinal) < np.where(free, 0.55, 0.8)
    leave = np.where(free, 11.0, 8.0) + 0.6 * normal(seed, "trip/leave", ordinal)
    back = np.where(free, 16.2, 17.4) + 0.9 * normal(seed, "trip/back", ordinal)
    back = np.clip(back, leave + 0.5, 22.5)
    used = np.clip(7.5 * np.exp(0.5 * normal(seed, "trip/used", ordinal)), 2.0, 28.0)
    plugs = uniform(seed, "trip/plugs", ordinal) < 0.9
    return Trips(
        np.where(goes, leave, np.nan),
        np.where(goes, back, np.nan),
        np.where(goes, used, 0.0),
        plugs,
    )
