"""Uses of power with a begin and an end, laid onto the grids of many homes."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from ...units import Floats

type Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Pulses:
    """Constant powers for some time, (M,) each.

    Attributes:
        home: index of the home.
        begin: hours since the window began; may lie outside of it.
        hours: how long.
        kw: how much.
    """

    home: Ints
    begin: Floats
    hours: Floats
    kw: Floats

    @classmethod
    def joined(cls, parts: list[Self]) -> Self:
        """Return all of several lists as one."""
        return cls(
            np.concatenate([part.home for part in parts]),
            np.concatenate([part.begin for part in parts]),
            np.concatenate([part.hours for part in parts]),
            np.concatenate([part.kw for part in parts]),
        )

    def laid(self, count: int, steps: int, step_h: float) -> Floats:
        """Return mean powers on `steps` steps of `count` homes, (count, steps), kW.

        Exact for any begin and end: a mean power's change from step to step is shared between
        the step in which a pulse begins or ends and the next one, so energy is conserved.
        """
        width = steps + 2
        places: list[Ints] = []
        changes: list[Floats] = []
        for edge, sign in ((self.begin, 1.0), (self.begin + self.hours, -1.0)):
            at = np.clip(edge / step_h, 0.0, steps)
            floor = at.astype(np.int64)
            part = sign * self.kw * (at - floor)
            first = self.home * width + floor
            places += [first, first + 1]
            changes += [sign * self.kw - part, part]
        change = np.bincount(np.concatenate(places), np.concatenate(changes), count * width)
        power = np.cumsum(np.asarray(change, dtype=np.float64).reshape(count, width), axis=1)
        return np.maximum(power[:, :steps], 0.0)


def spread(counts: Ints) -> tuple[Ints, Ints]:
    """Return the home and the day of each of (n, D) numbers of events, (M,) both."""
    place = np.repeat(np.arange(counts.size), counts.ravel())
    home: Ints = place // counts.shape[1]
    return home, place % counts.shape[1]
