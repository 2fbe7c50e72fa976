"""Whether rooms behave as their parameters say: what the checks of the block look at."""

from dataclasses import replace
from typing import Final

import numpy as np

from ..units import Floats
from .block import Check
from .thermal_features import features_of
from .thermal_predict import Model, days_ahead, drivers_of, mass_course
from .thermal_rooms import Rooms
from .thermal_water import WATER_BIAS, WATER_WEIGHTS

NAMES: Final = ("hot_water", "course")
_MILD: Final = frozenset({"hot_water"})
_DRAWS: Final = 8
"""Draws whose median course is looked at."""
_AT_ONCE: Final = 100
_LEAST_K: Final = 0.3
"""Below this a room's temperature stands still for its sensor."""


def checked(rooms: Rooms, draws: Floats) -> Check:
    """Return how ill rooms fit (n, S, D) draws of their parameters.

    `hot_water`: whether power does what it does where the meter counts hot water that nobody
    told of: pulses that warm no room, at certain hours, in warm weather. It is the linear
    discriminant of features that tells such homes best from others; NaN where it was told of.
    `course`: error of temperatures predicted a day ahead, relative to how much they vary.
    """
    water = features_of(rooms)[:, WATER_WEIGHTS[0].astype(np.int64)] @ WATER_WEIGHTS[1] + WATER_BIAS
    parts = [
        _course(rooms.at(slice(begin, begin + _AT_ONCE)), draws[begin : begin + _AT_ONCE, :_DRAWS])
        for begin in range(0, len(draws), _AT_ONCE)
    ]
    return Check(
        NAMES,
        np.stack([np.where(rooms.water, np.nan, water), np.concatenate(parts)], axis=1),
        _MILD,
    )


def _course(rooms: Rooms, draws: Floats) -> Floats:
    """Return the logarithm of the error of a day ahead over the temperature's deviation, (n,)."""
    model, drivers = Model.of(draws), drivers_of(replace(rooms, later=None))
    course = days_ahead(model, drivers, mass_course(model, drivers))
    ahead = np.median(course, axis=1)
    known = rooms.known
    number = np.maximum(known.sum(axis=1), 1)
    indoor = drivers.indoor[:, 0]
    mean = np.where(known, indoor, 0.0).sum(axis=1) / number
    varied = _size(np.where(known, indoor - mean[:, np.newaxis], 0.0), number)
    wrong = _size(np.where(known, ahead - indoor, 0.0), number)
    value: Floats = np.log((wrong + _LEAST_K) / (varied + _LEAST_K))
    return value


def _size(values: Floats, number: Floats) -> Floats:
    size: Floats = np.sqrt((values**2).sum(axis=1) / number)
    return size
