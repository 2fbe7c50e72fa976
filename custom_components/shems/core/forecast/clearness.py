"""Clearness: power as a share of a cloudless sky's, and what tells of that to come."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from ..units import Bools, Floats

AHEAD: Final = 3
PAST_DAYS: Final = 110
"""Days learned from: the sun's way of a season."""
WEATHER, GIVEN = 0, 1
SIGHTS: Final = {
    "own": (),
    "weather": (WEATHER,),
    "given": (GIVEN,),
    "all": (WEATHER, GIVEN),
}
"""What an opinion looks at beside the home's own past."""
NAMES: Final = tuple(f"{sight}_{kind}" for sight in SIGHTS for kind in ("residual", "analog"))
"""The experts, in the order of their rows."""

TOP: Final = 1.3
"""Clearness under a bright edge of cloud; more is a wrong reading."""
_DARK: Final = 0.01
"""Share of the strongest slot below which a slot counts as night."""
_FLOOR: Final = 0.02
"""The same, below which power is divided by no less."""
_DAY_MEMORY: Final = 0.8
_SLOT_MEMORY: Final = 0.93
_PERFORMANCE_MEMORY: Final = 0.7
_EVENING: Final = 0.6
"""From when on a day tells how its sky ended, share of the day."""
_KNOWN: Final = 0.7
"""Share of a day's light for which a forecast must be known."""
_SNOW_CM: Final = 0.5


@dataclass(frozen=True)
class Course:
    """N days gone by and `AHEAD` to come, by slot.

    Attributes:
        power: (N, S) kW as measured, NaN where unknown.
        most: (N + AHEAD, S) kW under a cloudless sky.
        expected: (N + AHEAD, 2, S) kW by the weather forecast and by the provider, NaN
            where unknown.
        veil: (N + AHEAD, 2, S) cloud cover, 0 to 1, and depth of snow, cm.
    """

    power: Floats
    most: Floats
    expected: Floats
    veil: Floats


@dataclass(frozen=True)
class Sense:
    """A course as clearness.

    Attributes:
        clearness: (N, S) of the past, NaN where unknown.
        scale: (N + AHEAD, S) kW by which power was divided.
        weight: (N + AHEAD, S) share of the strongest slot; 0 at night.
        own: (N + 1, S, C) what the past said at each midnight.
        performance: (N + 1, 2) how much of what was expected had come lately.
        expected: (N + AHEAD, 2, S); NaN on days without.
        veil: (N + AHEAD, 2, S), unknown as none.
    """

    clearness: Floats
    scale: Floats
    weight: Floats
    own: Floats
    performance: Floats
    expected: Floats
    veil: Floats


def sense_of(course: Course, strongest: float) -> Sense:
    """Return a course as clearness; `strongest` is the most of any slot, kW."""
    count = len(course.power)
    weight = np.where(course.most > _DARK * strongest, course.most / strongest, 0.0)
    scale = np.maximum(course.most, _FLOOR * strongest)
    clearness = np.clip(course.power / scale[:count], 0.0, TOP)
    clearness = np.where(weight[:count] > 0, clearness, np.nan)
    expected = np.stack(
        [_filled(course.expected[:, row] / scale, weight) for row in range(2)], axis=1
    )
    came = np.nan_to_num(course.power)[:, np.newaxis]
    promised = np.nan_to_num(expected[:count]) * scale[:count, np.newaxis]
    both = np.isfinite(course.power)[:, np.newaxis] & np.isfinite(expected[:count])
    fade = _fading(count, _PERFORMANCE_MEMORY)
    prior = strongest * _PERFORMANCE_MEMORY ** np.arange(count + 1.0)[:, np.newaxis] + _FLOOR
    performance = (fade @ np.where(both, came, 0.0).sum(axis=2) + prior) / (
        fade @ np.where(both, promised, 0.0).sum(axis=2) + prior
    )
    return Sense(
        clearness,
        scale,
        weight,
        _own(clearness, weight[:count]),
        np.clip(performance, 0.0, 1.5),
        np.clip(expected, 0.0, 2.0),
        np.nan_to_num(course.veil),
    )


def _filled(expected: Floats, weight: Floats) -> Floats:
    """Return a forecast with its gaps closed, (N, S); NaN on days of which it knows too little.

    Providers leave out the hours without sun: before the first and after the last it is 0.
    """
    known = np.isfinite(expected) & (weight > 0)
    total = weight.sum(axis=1)
    enough = (weight * known).sum(axis=1) > _KNOWN * total
    filled = np.where(known, expected, 0.0)
    slots = np.arange(expected.shape[1])
    for day in np.flatnonzero(enough & (total > 0) & (known != (weight > 0)).any(axis=1)):
        at = known[day]
        filled[day] = np.interp(slots, slots[at], expected[day, at], left=0.0, right=0.0)
    filled[~enough] = np.nan
    return filled


@lru_cache(maxsize=8)
def _fading(count: int, memory: float) -> Floats:
    """Return how much day j counts at midnight i, (count + 1, count)."""
    age = np.arange(count + 1.0)[:, np.newaxis] - 1 - np.arange(count)
    share: Floats = memory**age * (age >= 0)
    return share


def _own(clearness: Floats, weight: Floats) -> Floats:
    """Return what the past says at each midnight, (N + 1, S, 6).

    The clearness of the last day, of the day before, of the last week, of the last evening;
    that of the slot lately and on the last day, with the slots beside it.
    """
    count, slots = clearness.shape
    known = np.isfinite(clearness)
    value = np.where(known, clearness, 0.0)
    light = np.where(known, weight, 0.0)
    fade = _fading(count, _SLOT_MEMORY)
    slot = (fade @ value + 0.5 * _guess(fade)) / (fade @ known + _guess(fade))
    last = np.concatenate([slot[:1], _kept(value, known, slot)])
    beside = np.pad(last, ((0, 0), (1, 1)), mode="edge")
    smooth = (beside[:, :-2] + 2 * last + beside[:, 2:]) / 4
    day = _daily(value, light)
    evening = _daily(value, light * (np.arange(slots) >= _EVENING * slots))
    before = np.concatenate([day[:1], day[:-1]])
    fade = _fading(count, _DAY_MEMORY)
    week = (fade @ day[1:] + 0.5 * _guess(fade)[:, 0]) / (fade.sum(axis=1) + _guess(fade)[:, 0])
    days = np.stack([day, before, week, evening])[..., np.newaxis]
    return np.stack([*np.broadcast_to(days, (4, count + 1, slots)), slot, smooth], axis=-1)


def _guess(fade: Floats) -> Floats:
    """Return the weight of half a clear sky, which is believed before anything is known."""
    weight: Floats = 0.5 / (1.0 + fade.sum(axis=1, keepdims=True))
    return weight


def _kept(value: Floats, known: Bools, otherwise: Floats) -> Floats:
    """Return the last known value of each slot at the midnights after each day, (N, S)."""
    rows = np.arange(len(value))[:, np.newaxis]
    last = np.maximum.accumulate(np.where(known, rows, -1), axis=0)
    found = np.take_along_axis(value, np.maximum(last, 0), axis=0)
    kept: Floats = np.where(last >= 0, found, otherwise[1:])
    return kept


def _daily(value: Floats, light: Floats) -> Floats:
    """Return the clearness of the last known day at each midnight, (N + 1,)."""
    total = light.sum(axis=1)
    known = total > 0
    ratio = np.divide((value * light).sum(axis=1), total, out=np.zeros(len(total)), where=known)
    last = np.maximum.accumulate(np.where(known, np.arange(len(total)), -1))
    kept = np.where(last >= 0, ratio[np.maximum(last, 0)], 0.5)
    return np.concatenate([[0.5], kept])


def inputs_of(sense: Sense, lead: int, sources: tuple[int, ...]) -> tuple[Floats, Floats]:
    """Return the inputs at each midnight that is learned from and now, (M + 1, S, C).

    And a first guess of their coefficients, (C,): what the forecast says, in the measure of
    what came of it lately, or else the slot's own average.
    """
    count = len(sense.clearness)
    origin = np.r_[0 : count - lead, count]
    target = np.r_[lead:count, count + lead]
    own = sense.own[origin]
    columns = [np.ones(own.shape[:2]), *np.moveaxis(own, -1, 0)]
    guess = [0.0] * len(columns) if sources else [0.0, 0.15, 0.0, 0.0, 0.0, 0.7, 0.15]
    light = sense.weight[target]
    for source in sources:
        power = sense.expected[target, source]
        power = np.where(np.isfinite(power), power, own[..., 4])
        came = np.broadcast_to(sense.performance[origin, source][:, np.newaxis], power.shape)
        mean = (power * light).sum(axis=1) / np.maximum(light.sum(axis=1), 1e-9)
        day = np.broadcast_to(mean[:, np.newaxis], power.shape)
        beside = np.pad(power, ((0, 0), (1, 1)), mode="edge")
        columns += [power * came, power, beside[:, :-2], beside[:, 2:], day, day * came, came]
        guess += [1.0 / len(sources), *[0.0] * 6]
        if source == WEATHER:
            cloud, snow = np.moveaxis(sense.veil[target], 1, 0)
            columns += [cloud, (snow > _SNOW_CM) * power]
            guess += [0.0, 0.0]
    return np.stack(columns, axis=-1), np.array(guess)
