"""Days that followed days like the last ones."""

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np

from ...units import Floats
from ..levels import COUNT
from .ground import AHEAD, Origin
from .samples import beside, filled, quantiles_of, reach_of

_LEAST: Final = 8
"""Days to choose from before anything is issued."""
_NEAREST: Final = 40
_FADE_DAYS: Final = 60.0
_OTHER_KIND: Final = 1.0
_WEATHER_C: Final = 4.0


@dataclass(frozen=True)
class Analog:
    """The days after the origins most like this one, their load scaled to the recent level.

    Alike are origins whose last day had the same shape, whose last week had the same level,
    whose day is of the same type, not long ago, and as warm.
    """

    name: ClassVar[str] = "analog"

    def issue(self, origin: Origin) -> Floats:
        """Issue the days ahead, (AHEAD, S, L); NaN while there are too few days."""
        slots = origin.ground.slots
        load = np.sqrt(origin.load)
        count = len(load)
        seen = np.isfinite(load).any(axis=1)
        if seen[AHEAD:].sum() < _LEAST:
            return np.full((AHEAD, slots, COUNT), np.nan)
        distance, week = self._distance(origin, load)
        kinds = origin.kinds(count)
        reach = reach_of(slots)
        found = np.empty((AHEAD, slots, COUNT))
        for lead in range(AHEAD):
            targets = np.flatnonzero(seen[1 + lead :]) + 1 + lead
            apart = distance[targets - 1 - lead] + _OTHER_KIND * (
                kinds[targets] != kinds[count + lead]
            )
            near = np.argsort(apart, kind="stable")[:_NEAREST]
            rows = targets[near]
            scale = week[-1] / np.maximum(week[rows - 1 - lead], 1e-3)
            scale = np.clip(scale, 0.5, 2.0)
            samples = load[rows] * scale[:, np.newaxis]
            weights = np.exp(-0.5 * (apart[near] - apart[near[0]]))
            tiled = np.tile(weights, 2 * reach + 1)[np.newaxis, np.newaxis]
            found[lead] = quantiles_of(beside(samples, reach), tiled)[0]
        return filled(found**2)

    def _distance(self, origin: Origin, load: Floats) -> tuple[Floats, Floats]:
        """Return how unlike the newest row each row is, and the level of its week, (N,).

        A row is a day as seen from the midnight after it.
        """
        whole = np.where(np.isfinite(load), load, np.sqrt(origin.seven))
        level = whole.mean(axis=1)
        sums = np.concatenate([[0.0], np.cumsum(level)])
        ends = np.arange(1, len(load) + 1)
        begins = np.maximum(ends - 7, 0)
        week = (sums[ends] - sums[begins]) / (ends - begins)
        shape = _blocks(whole)
        spread = shape.std(axis=0).mean() + 1e-6
        distance = ((shape - shape[-1]) ** 2).mean(axis=1) / spread**2
        distance += ((week - week[-1]) / (level.std() + 1e-6)) ** 2
        distance += np.arange(len(load))[::-1] / _FADE_DAYS
        return distance + self._warmth(origin, len(load)), week

    def _warmth(self, origin: Origin, count: int) -> Floats:
        """Return how unlike the temperatures of the days after each row are, (count,)."""
        degrees = origin.ground.temperature[origin.row - count : origin.row + 1]
        daily = np.array(
            [row[known].mean() if (known := np.isfinite(row)).any() else np.nan for row in degrees]
        )
        apart = ((daily[1:] - daily[-1]) / _WEATHER_C) ** 2
        return np.where(np.isfinite(apart), apart, 0.0)


def _blocks(rows: Floats) -> Floats:
    """Return the means of twelve parts of each day, (N, 12)."""
    parts: Floats = rows.reshape(len(rows), 12, -1).mean(axis=2)
    return parts
