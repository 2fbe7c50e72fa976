"""What was learned of a home, as it is in force and in its file."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from .arrays import Arrays
from .core.forecast.learned import Learned

_REST: Final = "learning."
"""How the names of what is not the learners' own begin in the file."""


@dataclass(frozen=True)
class Knowledge:
    """What is in force.

    Attributes:
        learned: the state of the learners.
        day: number of the local day at whose midnight it ends; None where a run was cut short.
        at: when it was learned, epoch seconds.
        history_days: days of measured load it rests on.
        ground: names the meters and the place it was learned from; others are learned anew.
    """

    learned: Learned
    day: int | None
    at: float
    history_days: float
    ground: int

    def to_arrays(self) -> Arrays:
        """Return it as named arrays."""
        day = np.nan if self.day is None else float(self.day)
        rest = np.array([day, self.at, self.history_days, float(self.ground)])
        return {**self.learned.to_arrays(), f"{_REST}rest": rest}

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Knowledge:
        """Restore from `to_arrays`.

        Raises:
            KeyError, TypeError, ValueError: the arrays are something else.
        """
        day, at, history_days, ground = arrays[f"{_REST}rest"].tolist()
        own = {key: each for key, each in arrays.items() if not key.startswith(_REST)}
        learned, until = Learned.from_arrays(own), None if np.isnan(day) else int(day)
        return cls(learned, until, at, history_days, int(ground))
