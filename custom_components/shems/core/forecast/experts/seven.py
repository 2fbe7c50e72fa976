"""The mean of the last seven days, dressed: the safe expert."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from ...units import Floats
from .dressing import Dressing
from .ground import AHEAD, Origin


@dataclass(frozen=True)
class Seven:
    """The mean of the last seven known days by slot, with its own errors around it."""

    name: ClassVar[str] = "seven_day_mean"
    dressing: Dressing

    @classmethod
    def new(cls, slots: int) -> Self:
        """Make one that has seen nothing."""
        return cls(Dressing.new(slots))

    def advanced(self, origin: Origin) -> tuple[Self, Floats]:
        """Learn the day that ended and issue the days ahead, (AHEAD, S, L)."""
        points = np.tile(origin.seven, (AHEAD, 1))
        dressing = self.dressing.advanced(origin.ground.learned_of(origin.day - 1), points)
        return type(self)(dressing), np.maximum(dressing.dress(points), 0.0)
