"""Ridge regression by slot on recent days, calendar and weather, dressed with its errors."""

from dataclasses import dataclass
from typing import ClassVar, Final, Self

import numpy as np

from ...units import Floats
from .dressing import Dressing, issued
from .features import COLUMNS, Features
from .ground import AHEAD, Origin

_SETS: Final = 2
"""One set of weights for the day that begins, one for those after it."""
_MEMORY: Final = 0.99
"""What a day's evidence is worth a day later: it halves in ten weeks."""
_POOL_DAYS: Final = 20.0
"""How many days of its own a slot needs to weigh as much as all slots together."""
_LEAST_DAYS: Final = 12.0
"""Of less the weights are not yet to be trusted, nor the errors made with them kept."""
_SHRINK_DAYS: Final = 3.0
"""How many days of evidence the plain guess is worth."""


@dataclass(frozen=True)
class Ridge:
    """Normal equations of each slot, fading.

    Attributes:
        gram: (sets, S, F, F) and moment: (sets, S, F) sums over the days seen.
        pending: (sets, AHEAD, S, F + 1) features and base issued at the last midnights.
        dressing: errors in roots of kW.
    """

    name: ClassVar[str] = "ridge"
    gram: Floats
    moment: Floats
    pending: Floats
    dressing: Dressing

    @classmethod
    def new(cls, slots: int) -> Self:
        """Make one that has seen nothing."""
        return cls(
            np.zeros((_SETS, slots, COLUMNS, COLUMNS)),
            np.zeros((_SETS, slots, COLUMNS)),
            np.full((AHEAD, AHEAD, slots, COLUMNS + 1), np.nan),
            Dressing.new(slots),
        )

    def advanced(self, origin: Origin, told: Features) -> tuple[Self, Floats]:
        """Learn the day that ended and issue the days ahead, (AHEAD, S, L)."""
        truth = np.sqrt(origin.ground.learned_of(origin.day - 1))
        gram, moment = self.gram * _MEMORY, self.moment * _MEMORY
        for which in range(_SETS):
            said = self.pending[which, which]
            error = truth - said[:, -1]
            fine = np.isfinite(error)
            row = np.where(fine[:, np.newaxis], said[:, :-1], 0.0)
            gram[which] += row[:, :, np.newaxis] * row[:, np.newaxis, :]
            moment[which] += row * np.where(fine, error, 0.0)[:, np.newaxis]
        weights = np.stack([_solve(gram[which], moment[which]) for which in (0, 1, 1)])
        points = told.base + (told.values * weights).sum(axis=-1)
        points = np.maximum(points, 0.0)
        if gram[1, :, 11, 11].mean() < _LEAST_DAYS:
            points = np.full_like(points, np.nan)
        pending = issued(
            self.pending, np.concatenate([told.values, told.base[..., np.newaxis]], axis=-1)
        )
        dressing = self.dressing.advanced(truth, points)
        roots = np.maximum(dressing.dress(points), 0.0)
        return type(self)(gram, moment, pending, dressing), roots**2


def _solve(gram: Floats, moment: Floats) -> Floats:
    """Return the weights of each slot, (S, F), drawn towards those of all slots together.

    (G_s + k·D) w_s = m_s + k·D·w, (Σ G/S + h·D) w = Σ m/S, D the features' mean squares.
    """
    pooled = gram.mean(axis=0)
    days = max(float(gram[:, 11, 11].mean()), 1.0)
    size = np.diagonal(pooled) / days + 1e-6
    shrink = np.diag(size)
    whole = np.linalg.solve(pooled + _SHRINK_DAYS * shrink, moment.mean(axis=0))
    towards = _POOL_DAYS * size * whole
    weights = np.linalg.solve(gram + _POOL_DAYS * shrink, (moment + towards)[..., np.newaxis])
    return np.asarray(weights[..., 0], dtype=np.float64)
