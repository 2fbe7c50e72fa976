"""Whether rooms behave as their parameters say: what the checks of the block look at."""

from dataclasses import replace
from typing import Final

import numpy as np

from ..units import Floats
from .block import Check
from .thermal_predict import Model, days_ahead, drivers_of, mass_course
from .thermal_rooms import Rooms

NAMES: Final = ("course",)
_DRAWS: Final = 8
"""Draws whose median course is looked at."""
_AT_ONCE: Final = 100
_LEAST_K: Final = 0.3
"""Below this a room's temperature stands still for its sensor."""


def checked(rooms: Rooms, draws: Floats) -> Check:
    """Return how ill rooms fit (n, S, D) draws of their parameters.

    `course`: error of temperatures predicted a day ahead, relative to how much they vary.
    """
    parts = [
        _course(rooms.at(slice(begin, begin + _AT_ONCE)), draws[begin : begin + _AT_ONCE, :_DRAWS])
        for begin in range(0, len(draws), _AT_ONCE)
    ]
    return Check(NAMES, np.concatenate(parts)[:, np.newaxis])


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
