"""A level that has changed at once and stayed so: when, by how much, and beyond what chance."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ...units import Floats

_WIDTH: Final = 10
"""Known days on either side: more would take a season for a step, fewer a weekend."""
_NEAR: Final = 60
"""Known days in which it is looked for."""
_SURE: Final = 3.0
"""Standard deviations beyond what days do by themselves."""
_KNOWN: Final = 0.1
"""Share to which a step is known at best: ten days are also otherwise than others."""
_LASTS: Final = 0.5


@dataclass(frozen=True)
class Step:
    """A change of level.

    Attributes:
        size: + = higher.
        deviation: of that.
        before: the level before.
        place: of the first day that has it.
    """

    size: float
    deviation: float
    before: float
    place: int


def step_of(value: Floats, sign: float) -> Step | None:
    """Return the step that the last weeks have seen; None where none stands out.

    The median of ten days is compared with that of the ten before, at every place.

    Args:
        value: (D,) of each day; NaN where unknown.
        sign: +1 for a rise, -1 for a fall.
    """
    known = np.flatnonzero(np.isfinite(value))
    if len(known) < 3 * _WIDTH:
        return None
    jump = sign * _jumps(value[known])
    first = max(len(jump) - _NEAR, 0)
    best = first + int(np.argmax(jump[first:]))
    found = step_at(value, int(known[best + _WIDTH]))
    return found if found is not None and sign * found.size > 0 else None


def step_at(value: Floats, place: int) -> Step | None:
    """Return the step at a place; None where it is not clear, or has not stayed.

    How much ten days differ from the ten before by themselves is told by all other places of
    the past, seasons included.

    Args:
        value: (D,) of each day; NaN where unknown.
        place: the first day that may have it.
    """
    known = np.flatnonzero(np.isfinite(value))
    at = int(np.searchsorted(known, place))
    if not _WIDTH <= at <= len(known) - _WIDTH:
        return None
    told = value[known]
    jump = _jumps(told)
    others = np.abs(np.arange(len(jump)) - (at - _WIDTH)) >= _WIDTH
    if not others.any():
        return None
    size, before = float(jump[at - _WIDTH]), float(np.median(told[at - _WIDTH : at]))
    deviation = max(float(np.sqrt(np.mean(jump[others] ** 2))), _KNOWN * abs(size))
    sign = 1.0 if size > 0 else -1.0
    stayed = sign * (float(np.median(told[-_WIDTH:])) - before) >= _LASTS * abs(size)
    if abs(size) < _SURE * deviation or not stayed:
        return None
    return Step(size, deviation, before, int(known[at]))


def _jumps(told: Floats) -> Floats:
    """Return by how much the median of ten days is above that of the ten before."""
    middle = np.median(np.lib.stride_tricks.sliding_window_view(told, _WIDTH), axis=1)
    jumps: Floats = middle[_WIDTH:] - middle[:-_WIDTH]
    return jumps
