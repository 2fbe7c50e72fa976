"""Points dressed as distributions by the errors they made before."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from ...units import Floats
from .ground import AHEAD
from .samples import beside, quantiles_of, reach_of

_DAYS: Final = 60
_FADE_DAYS: Final = 40.0


def due(pending: Floats) -> Floats:
    """Return what the last AHEAD origins said of the day that has ended, (AHEAD, ...).

    Row k of `pending` was issued k + 1 midnights ago, for AHEAD days.
    """
    leads = np.arange(AHEAD)
    said: Floats = pending[leads, leads]
    return said


def issued(pending: Floats, rows: Floats) -> Floats:
    """Return `pending` with what is issued now in front of it."""
    return np.concatenate([rows[np.newaxis], pending[:-1]])


@dataclass(frozen=True)
class Dressing:
    """Errors of a point forecast, per lead.

    Attributes:
        errors: (days, AHEAD, S) truth less point, the last day last; NaN where unknown.
        pending: (AHEAD, AHEAD, S) points issued at the last midnights.
    """

    errors: Floats
    pending: Floats

    @classmethod
    def new(cls, slots: int) -> Self:
        """Make one that has seen nothing."""
        return cls(np.full((_DAYS, AHEAD, slots), np.nan), np.full((AHEAD, AHEAD, slots), np.nan))

    def advanced(self, truth: Floats, points: Floats) -> Self:
        """Return it with the errors of the day that ended, and new points pending."""
        error = truth - due(self.pending)
        return type(self)(
            np.concatenate([self.errors[1:], error[np.newaxis]]), issued(self.pending, points)
        )

    def dress(self, points: Floats) -> Floats:
        """Return the quantiles of points (AHEAD, S), (AHEAD, S, L).

        Errors fade with their age. Before any were made the points stand alone.
        """
        slots = points.shape[1]
        reach = reach_of(slots)
        age = np.tile(np.arange(_DAYS)[::-1], 2 * reach + 1)
        weights = np.exp(-age / _FADE_DAYS)[np.newaxis, np.newaxis]
        dressed = np.empty((AHEAD, slots, 19))
        for lead in range(AHEAD):
            samples = beside(self.errors[:, lead], reach)
            dressed[lead] = quantiles_of(samples, weights)[0]
        return points[..., np.newaxis] + np.nan_to_num(dressed)
