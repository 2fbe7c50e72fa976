"""Points dressed as distributions by the errors they made before."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from ...units import Floats
from ..levels import COUNT
from .ground import AHEAD
from .samples import beside, filled, quantiles_of

_DAYS: Final = 60
_LEAST_DAYS: Final = 3
_FADE_DAYS: Final = 40.0
_WIDTH: Final = 0.25
"""Points so far apart, in standard deviations of them all, share half of their errors."""
_HOURS: Final = 1.5
"""Errors made so much earlier or later in the day are looked at."""


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
        points: (days, AHEAD, S) the points they were made at.
        pending: (AHEAD, AHEAD, S) points issued at the last midnights.
    """

    errors: Floats
    points: Floats
    pending: Floats

    @classmethod
    def new(cls, slots: int) -> Self:
        """Make one that has seen nothing."""
        none = np.full((_DAYS, AHEAD, slots), np.nan)
        return cls(none, none, np.full((AHEAD, AHEAD, slots), np.nan))

    def advanced(self, truth: Floats, points: Floats) -> Self:
        """Return it with the errors of the day that ended, and new points pending."""
        said = due(self.pending)
        return type(self)(
            np.concatenate([self.errors[1:], (truth - said)[np.newaxis]]),
            np.concatenate([self.points[1:], said[np.newaxis]]),
            issued(self.pending, points),
        )

    def dress(self, points: Floats) -> Floats:
        """Return the quantiles of points (AHEAD, S), (AHEAD, S, L).

        Errors count the more, the younger they are, the closer their time of day, and the
        more alike the point they were made at: a home errs more where more is expected.
        The days after the first share the errors of the second. NaN before three days of
        errors: a point is no distribution.
        """
        slots = points.shape[1]
        if np.isfinite(self.errors[:, 1]).any(axis=1).sum() < _LEAST_DAYS:
            return np.full((AHEAD, slots, COUNT), np.nan)
        reach = max(1, round(_HOURS * slots / 24))
        steps = np.repeat(np.arange(-reach, reach + 1), _DAYS)
        fading = np.tile(np.exp(-np.arange(_DAYS)[::-1] / _FADE_DAYS), 2 * reach + 1)
        fading = fading * np.exp(-0.5 * (2 * steps / (reach + 0.5)) ** 2)
        dressed = [
            self._errors(lead, points[lead:until], reach, fading)
            for lead, until in ((0, 1), (1, AHEAD))
        ]
        return points[..., np.newaxis] + filled(np.concatenate(dressed))

    def _errors(self, lead: int, points: Floats, reach: int, fading: Floats) -> Floats:
        """Return the quantiles of a lead's errors at points (W, S), (W, S, L)."""
        errors = beside(self.errors[:, lead], reach)
        at = beside(self.points[:, lead], reach)
        width = _WIDTH * at[np.isfinite(at)].std() + 1e-6
        apart = (at - points[..., np.newaxis]) / width
        alike = fading / (1 + apart**2)
        return quantiles_of(errors, np.where(np.isfinite(alike), alike, 0.0))
