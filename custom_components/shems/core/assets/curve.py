"""Efficiency that changes with power: what is stored, or taken, at a power."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from ..units import Floats


@dataclass(frozen=True)
class Segment:
    """A range of power within which efficiency is the same.

    Attributes:
        up_to_kw: AC power at which it ends; it begins where the one before ends.
        efficiency: of the power within it.
    """

    up_to_kw: float
    efficiency: float


@dataclass(frozen=True)
class Curve:
    """Stored power over AC power, linear between knots and rising.

    Attributes:
        ac_kw, stored_kw: (S+1,) of each knot, from zero on.
    """

    ac_kw: Floats
    stored_kw: Floats

    @classmethod
    def of(cls, segments: tuple[Segment, ...], efficiency: float, most_kw: float) -> Self:
        """Return the curve of segments, or of one efficiency where there are none."""
        each = segments or (Segment(max(most_kw, 1.0), efficiency),)
        ends = np.array([0.0, *(one.up_to_kw for one in each)])
        widths = np.diff(ends) * np.array([one.efficiency for one in each])
        return cls(ends, np.concatenate([[0.0], np.cumsum(widths)]))

    def stored(self, ac_kw: Floats) -> Floats:
        """Return what an AC power stores, or takes from the store, kW."""
        stored: Floats = np.interp(ac_kw, self.ac_kw, self.stored_kw)
        return stored

    def power(self, stored_kw: Floats) -> Floats:
        """Return the AC power that goes with a stored power, kW; the last knot's at most."""
        power: Floats = np.interp(stored_kw, self.stored_kw, self.ac_kw)
        return power
