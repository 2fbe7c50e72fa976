"""What is seen of heated rooms, hour by hour, of one home or of many."""

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import numpy.typing as npt

from ..units import Bools, Floats

type Places = npt.NDArray[np.int64]

WINDOW_H: Final = 28 * 24
"""What is looked at together: long enough for weather to change, short enough for a season."""


@dataclass(frozen=True)
class Rooms:
    """Hourly means of n homes, (n, T) each; NaN is what is not known.

    Attributes:
        hour: of the day in the middle of each hour, mean solar time.
        heating_kw, cooling_kw: electricity of the machine that heats and cools.
        indoor_c: of the room whose thermostat leads.
        outdoor_c, sun_kw_m2: as the weather service has them; irradiance on the level.
        water: (n,) whether the meter is known to count hot water, too.
        later: what came after, where checks are to know it.
    """

    hour: Floats
    heating_kw: Floats
    cooling_kw: Floats
    indoor_c: Floats
    outdoor_c: Floats
    sun_kw_m2: Floats
    water: Bools
    later: Rooms | None = None

    @property
    def held_out(self) -> Floats:
        """Later indoor temperatures by the hour, then energy for heating by the day, (n, T')."""
        if self.later is None:
            return np.empty((len(self.hour), 0))
        energy = self.later.heating_kw.reshape(len(self.hour), -1, 24).sum(axis=2)
        return np.concatenate([self.later.indoor_c, energy], axis=1)

    @property
    def known(self) -> Bools:
        """Whether an hour has all that the balance of heat needs, (n, T)."""
        return np.isfinite(
            self.heating_kw + self.cooling_kw + self.indoor_c + self.outdoor_c + self.sun_kw_m2
        )

    def at(self, homes: slice | Places) -> Rooms:
        """Return some of the homes."""
        arrays = {
            each.name: getattr(self, each.name)[homes]
            for each in fields(Rooms)
            if each.name != "later"
        }
        return Rooms(**arrays, later=None if self.later is None else self.later.at(homes))


def bridged(values: Floats) -> Floats:
    """Return values with gaps filled on lines between their edges, (n, T).

    Before the first and after the last goes on what is known there; zero where nothing is.
    """
    count, steps = values.shape
    seen = np.isfinite(values)
    at = np.broadcast_to(np.arange(steps), values.shape)
    before = np.maximum.accumulate(np.where(seen, at, -1), axis=1)
    after = np.minimum.accumulate(np.where(seen, at, steps)[:, ::-1], axis=1)[:, ::-1]
    left = np.where(before < 0, np.minimum(after, steps - 1), before)
    right = np.where(after >= steps, np.maximum(left, 0), after)
    rows = np.arange(count)[:, np.newaxis]
    filled = np.where(seen, values, 0.0)
    share = (at - left) / np.maximum(right - left, 1)
    low, high = filled[rows, left], filled[rows, right]
    line: Floats = low + np.clip(share, 0.0, 1.0) * (high - low)
    return line


def followed(values: Floats, hours: float) -> Floats:
    """Return what follows hourly values with a time constant, (n, T)."""
    keep = np.exp(-1.0 / hours)
    course = values.T.copy()
    held = course[: max(1, min(24, len(course)))].mean(axis=0)
    for step in range(len(course)):
        held = held + (1.0 - keep) * (course[step] - held)
        course[step] = held
    return course.T
