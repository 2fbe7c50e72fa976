"""Time steps of a plan: UTC, of uneven width, DST-proof and constant in number."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

import numpy as np

from .units import Bools, Floats

FINE_S: Final = 300
QUARTER_S: Final = 900
HOUR_S: Final = 3600
DAY_S: Final = 86400

_FINE_STEPS: Final = 12
_QUARTER_STEPS: Final = 92
_HOUR_STEPS: Final = 34


@dataclass(frozen=True)
class Horizon:
    """Half-open steps [edges[k], edges[k+1]) in epoch seconds UTC.

    Attributes:
        edges: (K+1,) strictly increasing.
    """

    edges: Floats

    def __post_init__(self) -> None:
        """Reject edges that do not increase."""
        if self.edges.ndim != 1 or len(self.edges) < 2 or not (np.diff(self.edges) > 0).all():
            raise ValueError("horizon edges must increase")

    def __len__(self) -> int:
        """Return the number of steps K."""
        return len(self.edges) - 1

    @property
    def start(self) -> Floats:
        """Start of each step, (K,) epoch seconds."""
        return self.edges[:-1]

    @property
    def end(self) -> Floats:
        """End of each step, (K,) epoch seconds."""
        return self.edges[1:]

    @cached_property
    def hours(self) -> Floats:
        """Width of each step, (K,) hours."""
        return np.diff(self.edges) / HOUR_S

    def condensed(self, kept: Bools) -> Horizon:
        """Return the same span in fewer steps: those of the first hour, hours to a day, two hours.

        Borders are counted from the end, which lies on that of a price slot.

        Args:
            kept: (K + 1,) edges that stay.
        """
        ahead, left = self.edges - self.edges[0], self.edges[-1] - self.edges

        def border(width_s: float) -> Bools:
            number = np.ceil(left / width_s - 1e-9)
            return np.append(True, number[1:] != number[:-1])

        later = np.where(ahead <= DAY_S, border(HOUR_S), border(2 * HOUR_S))
        return Horizon(self.edges[(ahead <= HOUR_S) | later | kept])

    def index(self, at: float) -> int | None:
        """Return the step that holds the time, or None outside the horizon."""
        if not self.edges[0] <= at < self.edges[-1]:
            return None
        return int(np.searchsorted(self.edges, at, side="right")) - 1

    @classmethod
    def uniform(cls, start: float, step_s: float, count: int) -> Self:
        """Make `count` equal steps."""
        return cls(start + step_s * np.arange(count + 1, dtype=np.float64))

    @classmethod
    def tiered(cls, now: float, *, phase_s: float = 0.0) -> Self:
        """Make 12 steps of 5 min, quarters to about 24 h, hours to 54-58 h.

        The number of steps is the same at every minute, so that a basis carries over from
        plan to plan. A plan made inside a slot begins with what is left of it. The widths
        change only on the borders of price slots; `phase_s` shifts these for zones whose
        hours do not begin on the UTC hour.
        """
        shifted = now - phase_s
        first = math.floor(shifted / FINE_S + 1e-9) * FINE_S
        quarter = math.ceil((first + _FINE_STEPS * FINE_S) / QUARTER_S) * QUARTER_S
        fine = round((quarter - first) / FINE_S)
        hour = math.ceil((quarter + (_QUARTER_STEPS - 3) * QUARTER_S) / HOUR_S) * HOUR_S
        quarters = round((hour - quarter) / QUARTER_S)
        total = _FINE_STEPS + _QUARTER_STEPS + _HOUR_STEPS
        edges = np.concatenate(
            [
                first + FINE_S * np.arange(fine, dtype=np.float64),
                quarter + QUARTER_S * np.arange(quarters, dtype=np.float64),
                hour + HOUR_S * np.arange(total - fine - quarters + 1, dtype=np.float64),
            ]
        )
        edges += phase_s
        edges[0] = max(edges[0], now)
        return cls(edges)
