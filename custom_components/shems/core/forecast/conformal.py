"""Adaptive conformal quantiles: each level moved until it holds as often as it says."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from ..units import Floats
from .levels import COUNT, LEVELS, index_of

_STEP: Final = 0.1
"""How far a day in which a level never held moves it, in widths of the middle half."""
_HOURS: Final = 12.0
"""Slots this far apart share most of their misses: with fewer the offsets chase chance."""
_MOST: Final = 1.5
"""Widths a level is moved at most: beyond it the experts will have learned."""


@dataclass(frozen=True)
class Conformal:
    """Online quantile tracking (Gibbs & Candès 2021; Angelopoulos et al. 2023).

    Attributes:
        offset: (A, S, L) in widths of the issued middle half.
    """

    offset: Floats

    @classmethod
    def new(cls, ahead: int, slots: int) -> Self:
        """Make one that moves nothing yet."""
        return cls(np.zeros((ahead, slots, COUNT)))

    def applied(self, quantiles: Floats) -> Floats:
        """Return quantiles (A, S, L) moved, in order and not negative."""
        moved = quantiles + self.offset * _width(quantiles)
        ordered: Floats = np.sort(np.maximum(moved, 0.0), axis=-1)
        return ordered

    def learned(self, said: Floats, truth: Floats) -> Self:
        """Return it after the truth (S,) about quantiles as they were handed out, (A, S, L)."""
        below = truth[:, np.newaxis] <= said
        miss = np.where(np.isfinite(truth[:, np.newaxis] + said), LEVELS - below, 0.0)
        slots = said.shape[1]
        apart = np.abs(np.subtract.outer(np.arange(slots), np.arange(slots)))
        near = np.exp(-0.5 * (np.minimum(apart, slots - apart) * 24 / slots / _HOURS) ** 2)
        shared = (near / near.sum(axis=1, keepdims=True)) @ miss
        return type(self)(np.clip(self.offset + _STEP * shared, -_MOST, _MOST))


def _width(quantiles: Floats) -> Floats:
    return quantiles[..., [index_of(0.75)]] - quantiles[..., [index_of(0.25)]]
