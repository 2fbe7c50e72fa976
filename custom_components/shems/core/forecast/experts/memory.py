"""What was known at each origin of the last year, kept for those who learn from many days."""

from typing import Final

import numpy as np
import numpy.typing as npt

from ...units import Floats
from .features import COLUMNS, ROOTS, Features, features
from .ground import AHEAD, REACH_DAYS, Ground, Origin

type Floats32 = npt.NDArray[np.float32]

LEADS: Final = 2
"""The day that begins and the one after; later days are taken as the latter."""
_CAPACITY: Final = REACH_DAYS + AHEAD
_WAVES: Final = 3
INPUTS: Final = COLUMNS + 2 + 2 * _WAVES
"""The features, the base, the lead and where in the day."""


class Memory:
    """A cache of inputs and outcomes by origin; it holds nothing the history does not.

    States that come from one another share it. `kept_for` tells which it was last filled
    for: from another it must not be used.

    Loads are roots in units of the home's level at the origin: neither a home's size nor
    its growth have to be learned.
    """

    def __init__(self, slots: int) -> None:
        """Make an empty one."""
        self.slots = slots
        self.kept_for: object = None
        self.day = np.full(_CAPACITY, -1)
        self.level = np.ones(_CAPACITY)
        self.inputs = np.zeros((_CAPACITY, LEADS, slots, INPUTS), np.float32)
        self.base = np.zeros((_CAPACITY, LEADS, slots), np.float32)
        self.target = np.full((_CAPACITY, LEADS, slots), np.nan, np.float32)
        angle = 2 * np.pi * (np.arange(slots) + 0.5)[:, np.newaxis] / slots
        angle = angle * np.arange(1, _WAVES + 1)
        self._waves = np.concatenate([np.sin(angle), np.cos(angle)], axis=1)

    def told(self, origin: Origin) -> Features:
        """Return the features at an origin; keep them, and what has come of older ones."""
        told = features(origin)
        at = self.place(origin.day)
        self.day[at] = origin.day
        self.level[at] = np.sqrt(origin.level)
        self.inputs[at], self.base[at] = self._scaled(told, self.level[at])
        self.target[at] = np.nan
        for lead in range(LEADS):
            self._learn(origin.ground, origin.day - 1 - lead, lead)
        return told

    def recall(self, ground: Ground, first: int, day: int) -> None:
        """Make sure of the origins from `first` to before `day`, as after a restart."""
        for each in range(max(first, day - REACH_DAYS), day):
            origin = Origin(ground, each)
            if self.day[self.place(each)] != each and origin.enough:
                self.told(origin)

    def place(self, day: int) -> int:
        """Return the row of an origin."""
        return day % _CAPACITY

    def rows(self, first: int, day: int) -> npt.NDArray[np.intp]:
        """Return where the origins from `first` to before `day` are kept, oldest first."""
        days = np.arange(max(first, day - REACH_DAYS), day)
        at = days % _CAPACITY
        kept: npt.NDArray[np.intp] = at[self.day[at] == days]
        return kept

    def outcomes(self, rows: npt.NDArray[np.intp], day: int) -> Floats32:
        """Return what came after the origins of `rows` before `day`, (N, LEADS, S)."""
        ended = self.day[rows, np.newaxis] + np.arange(LEADS) < day
        return np.where(ended[..., np.newaxis], self.target[rows], np.float32(np.nan))

    def _learn(self, ground: Ground, day: int, lead: int) -> None:
        at = self.place(day)
        if self.day[at] == day:
            self.target[at, lead] = np.sqrt(ground.learned_of(day + lead)) / self.level[at]

    def _scaled(self, told: Features, level: float) -> tuple[Floats, Floats]:
        values = told.values[:LEADS].copy()
        values[..., ROOTS] /= level
        base = told.base[:LEADS] / level
        lead = np.zeros((*base.shape, 1))
        lead[1] = 1.0
        waves = np.broadcast_to(self._waves, (*base.shape, self._waves.shape[1]))
        return np.concatenate([values, base[..., np.newaxis], lead, waves], axis=-1), base
