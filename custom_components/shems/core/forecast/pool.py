"""Experts pooled with one weight each, and levels moved until they hold.

Slots of a day share one sky: what a day teaches about one of them it teaches about all.
Weights and levels for every slot alone learned too slowly: 5 to 13 % more CRPS on four
roofs.
"""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from ..units import Bools, Floats
from .levels import COUNT, LEVELS, crps

_RATE: Final = 0.3
"""How far a day's regret moves a weight; 0.1 to 1 differ by under 1 %."""
_MEMORY: Final = 0.99
"""What a day's regret counts a day later: it halves in ten weeks."""
_SCALE_MEMORY: Final = 0.95
_STEP: Final = 0.03
"""How far a day on which a level never held moves it."""
_RETURN: Final = 0.98
"""How much of that is left a day later: without it a bad month widened the whole year."""
_OUTER: Final = np.concatenate([[0.0], LEVELS, [1.0]])
_EDGE: Final = 0.002
_NOTHING: Final = 0.1


@dataclass(frozen=True)
class Pool:
    """Exponentiated gradients on the pinball loss of averaged quantiles, per day ahead.

    Kivinen & Warmuth 1997; experts may sleep (Freund et al. 1997), and are then as good as
    the rest.

    Attributes:
        prior: (E,) logarithm of the weights before anything is known.
        credit: (A, E) what was learned beyond.
        scale: (A,) what the pool's score is lately, 0 before the first.
    """

    prior: Floats
    credit: Floats
    scale: Floats

    @classmethod
    def new(cls, prior: Floats, ahead: int) -> Self:
        """Make one that has seen nothing."""
        return cls(prior, np.zeros((ahead, len(prior))), np.zeros(ahead))

    def weights(self, awake: Bools) -> Floats:
        """Return weights by day ahead, (E, A) to (E, A); zero where asleep or none is awake."""
        power = np.where(awake, self.prior[:, np.newaxis] + self.credit.T, -np.inf)
        top = np.where(awake.any(axis=0), power.max(axis=0), 0.0)
        size = np.exp(power - top)
        weights: Floats = size / np.maximum(size.sum(axis=0), 1e-300)
        return weights

    def mixed(self, said: Floats) -> Floats:
        """Return the mix of (E, A, S, L), (A, S, L); NaN on days of which nobody speaks."""
        awake = _awake(said)
        weights = self.weights(awake)[:, :, np.newaxis, np.newaxis]
        mix: Floats = (weights * np.nan_to_num(said)).sum(axis=0)
        mix[~awake.any(axis=0)] = np.nan
        return mix

    def learned(self, said: Floats, truth: Floats) -> Self:
        """Return it after the truth, (S,), about what was said, (E, A, S, L).

        Slots of which the truth is unknown, or where there was nothing to say, do not count.
        """
        awake = _awake(said)
        mix = self.mixed(said)
        credit, scale = _MEMORY * self.credit, self.scale.copy()
        for ahead, rows in enumerate(mix):
            use = np.isfinite(truth) & (rows[:, -1] > 0)
            if not use.any():
                continue
            score = float(crps(rows[use], truth[use]).mean())
            known = scale[ahead] > 0
            scale[ahead] += (1 - _SCALE_MEMORY if known else 1.0) * (score - scale[ahead])
            slope = 2 * ((truth[use, np.newaxis] < rows[use]) - LEVELS)
            regret = (slope * (rows[use] - said[:, ahead, use])).mean(axis=(1, 2))
            regret = np.where(awake[:, ahead], regret, 0.0)
            credit[ahead] += _RATE * regret / max(float(scale[ahead]), 1e-9)
        return type(self)(self.prior, credit, scale)


def _awake(said: Floats) -> Bools:
    """Return who speaks of which day ahead, (E, A)."""
    awake: Bools = np.logical_and.reduce(np.isfinite(said), axis=(2, 3))
    return awake


@dataclass(frozen=True)
class Held:
    """Levels that hold: at which level to read so that a level comes true (Gibbs & Candès 2021).

    Attributes:
        level: (A, L).
    """

    level: Floats

    @classmethod
    def new(cls, ahead: int) -> Self:
        """Make one that reads each level where it stands."""
        return cls(np.tile(LEVELS, (ahead, 1)))

    def applied(self, quantiles: Floats) -> Floats:
        """Return quantiles (A, S, L) read at the learned levels, not negative.

        Beyond the outer levels the quantile function goes on at the slope of its last piece.
        """
        low = np.maximum(2 * quantiles[..., :1] - quantiles[..., 1:2], 0.0)
        high = 2 * quantiles[..., -1:] - quantiles[..., -2:-1]
        outer = np.concatenate([low, quantiles, high], axis=-1)
        place = np.interp(np.clip(np.sort(self.level, axis=1), _EDGE, 1 - _EDGE), _OUTER, _PLACES)
        below = np.minimum(place.astype(np.intp), COUNT)
        part = (place - below)[:, np.newaxis]
        rows = np.arange(len(place))[:, np.newaxis, np.newaxis]
        slots = np.arange(quantiles.shape[1])[:, np.newaxis]
        at = below[:, np.newaxis]
        moved = (1 - part) * outer[rows, slots, at] + part * outer[rows, slots, at + 1]
        read: Floats = np.maximum(moved, 0.0)
        return read

    def learned(self, said: Floats, truth: Floats, least: float) -> Self:
        """Return it after the truth (S,) about quantiles as they were handed out, (A, S, L).

        Slots whose highest quantile is not above `least` say nothing about spread, nor does
        nothing where nothing was said.
        """
        use = np.isfinite(truth) & (said[..., -1] > least)
        nothing = np.maximum(truth[:, np.newaxis], said) < _NOTHING * least
        miss = np.where(nothing, 0.0, LEVELS - (truth[:, np.newaxis] <= said))
        total = np.where(use[..., np.newaxis], miss, 0.0).sum(axis=1)
        mean = total / np.maximum(use.sum(axis=1), 1)[:, np.newaxis]
        return type(self)(LEVELS + _RETURN * (self.level - LEVELS) + _STEP * mean)


_PLACES: Final = np.arange(COUNT + 2.0)
