"""What a household wants stored by a time."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..horizon import Horizon
from ..linear import INFINITY
from ..units import Floats, InputError

_INSTANT_S: Final = 1.0
"""Times closer than this are the same."""


@dataclass(frozen=True)
class Goal:
    """Energy that is to be stored by a time, as far as that can be had.

    Attributes:
        at: epoch seconds.
        energy_kwh: stored then, at least.
        most: whether it is to be that at most instead, to leave room for the sun.
        importance: times as much as other wishes.
    """

    at: float
    energy_kwh: float
    most: bool = False
    importance: float = 1.0

    def __post_init__(self) -> None:
        """Reject amounts that cannot be."""
        for name in ("energy_kwh", "importance"):
            if not 0 <= getattr(self, name) < INFINITY:
                raise InputError("device_parameter", name="goals", value=getattr(self, name))

    @property
    def code(self) -> str:
        """Of the wish that names what is missing of it."""
        return "energy_over" if self.most else "energy_short"

    def step(self, horizon: Horizon) -> int | None:
        """Return the step with whose end it comes, None where it is past, or too far ahead."""
        if not horizon.edges[0] < self.at <= horizon.edges[-1] + _INSTANT_S:
            return None
        found = int(np.searchsorted(horizon.end, self.at - _INSTANT_S))
        return min(found, len(horizon) - 1)

    def missing(self, energy_kwh: Floats) -> Floats:
        """Return by how much stored energies miss it, kWh, same shape."""
        sign = -1.0 if self.most else 1.0
        missing: Floats = np.maximum(sign * (self.energy_kwh - energy_kwh), 0.0)
        return missing
