"""What a household wants stored by a time."""

from dataclasses import dataclass

from ..linear import INFINITY
from ..units import InputError


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
