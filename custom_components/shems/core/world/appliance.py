"""Programmes of a dishwasher and a washing machine."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Programme:
    """A machine's programme: phases of (minutes, kW), one after the other."""

    name: str
    phases: tuple[tuple[float, float], ...]

    @property
    def hours(self) -> float:
        """Return how long it takes."""
        return sum(minutes for minutes, _ in self.phases) / 60.0

    @property
    def energy_kwh(self) -> float:
        """Return what it takes from the socket."""
        return sum(minutes * power for minutes, power in self.phases) / 60.0

    def mean_kw(self, begin_h: float, end_h: float) -> float:
        """Return the mean power between two moments of the programme."""
        energy, edge = 0.0, 0.0
        for minutes, power in self.phases:
            after = edge + minutes / 60.0
            energy += power * max(0.0, min(end_h, after) - max(begin_h, edge))
            edge = after
        return energy / (end_h - begin_h)


DISHWASHER: Final = Programme(
    "dishwasher",
    ((12, 0.06), (18, 1.95), (40, 0.08), (15, 1.9), (35, 0.03)),
)
WASHING_MACHINE: Final = Programme(
    "washing_machine",
    ((6, 0.08), (24, 2.05), (45, 0.17), (15, 0.12), (10, 0.42)),
)
PROGRAMMES: Final = (DISHWASHER, WASHING_MACHINE)
