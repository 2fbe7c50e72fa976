"""Experts combined by their scores: the average of their quantiles, weights learned online."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from ..units import Floats
from .levels import COUNT, LEVELS

_MEMORY: Final = 0.98
"""What a day's regret counts a day later: it halves in five weeks."""
_HOURS: Final = 3.0
"""Slots this far apart share most of their regret."""
_LEVELS: Final = 2.0
"""Levels this many twentieths apart share most of their regret."""
_LEAST: Final = 1e-9
"""kW, against a division by nothing."""


@dataclass(frozen=True)
class Mixture:
    """Bernstein online aggregation of quantiles with gradients, by lead, slot and level.

    Wintenberger 2017; pointwise with smoothing as in Berrisch & Ziel 2021, CRPS learning.
    Besides, experts gain and lose as a whole: who is good anywhere shows in weeks, who is
    good at a slot and level in months. Fading regrets let it follow a home that changes.

    Attributes:
        regret, variance: (E, A, S, L) faded sums of what each expert would have gained,
            and of its square.
        largest: (A, S, L) the largest gain or loss met.
        joint: (E, A, 1, 1) faded sum of the squares of each day's mean gain.
    """

    regret: Floats
    variance: Floats
    largest: Floats
    joint: Floats

    @classmethod
    def new(cls, experts: int, ahead: int, slots: int) -> Self:
        """Make one that has seen nothing."""
        shape = (experts, ahead, slots, COUNT)
        return cls(
            np.zeros(shape),
            np.zeros(shape),
            np.full(shape[1:], _LEAST),
            np.zeros((experts, ahead, 1, 1)),
        )

    def weights(self, awake: Floats) -> Floats:
        """Return the weights of experts, (E, A, S, L); zero where asleep.

        w ∝ η·exp(η·R + η'·R'), η = min(1/(2·largest), sqrt(ln(E + 1) / V)), and R', η' those
        of the mean over slots and levels.
        """
        rate = _rate(self.variance, self.largest)
        mean = self.regret.mean(axis=(2, 3), keepdims=True)
        power = rate * self.regret + _steady(self.joint) * mean
        power = np.where(awake > 0, power, -np.inf)
        size = rate * np.exp(power - power.max(axis=0)) * awake
        weights: Floats = size / size.sum(axis=0)
        return weights

    def mixed(self, quantiles: Floats) -> Floats:
        """Return the mix of experts' quantiles (E, A, S, L), (A, S, L).

        An expert asleep is NaN and counts for nothing; at least one is awake.
        """
        awake = np.isfinite(quantiles).astype(np.float64)
        mix = (self.weights(awake) * np.nan_to_num(quantiles)).sum(axis=0)
        ordered: Floats = np.maximum.accumulate(mix, axis=-1)
        return ordered

    def learned(self, quantiles: Floats, mix: Floats, truth: Floats) -> Self:
        """Return the mixture after the truth (S,) about what was said, (E, A, S, L).

        The gain is the slope of the mix's pinball loss times the step to the expert.
        """
        slope = 2 * ((truth[:, np.newaxis] < mix) - LEVELS)
        gain = slope * (mix - quantiles)
        known = np.isfinite(gain) & np.isfinite(truth[:, np.newaxis])
        gain = _smoothed(np.where(known, gain, 0.0))
        largest = np.maximum(self.largest, np.abs(gain).max(axis=0))
        variance = _MEMORY * self.variance + gain**2
        regret = _MEMORY * self.regret + gain * (1 - _rate(variance, largest) * gain)
        joint = _MEMORY * self.joint + gain.mean(axis=(2, 3), keepdims=True) ** 2
        return type(self)(regret, variance, largest, joint)


def _rate(variance: Floats, largest: Floats) -> Floats:
    rate: Floats = np.minimum(0.5 / largest, _steady(variance))
    return rate


def _steady(variance: Floats) -> Floats:
    steady: Floats = np.sqrt(np.log(len(variance) + 1) / np.maximum(variance, _LEAST**2))
    return steady


def _smoothed(gain: Floats) -> Floats:
    """Return gains shared with the slots and levels around, (E, A, S, L)."""
    slots, count = gain.shape[-2:]
    apart = np.abs(np.subtract.outer(np.arange(slots), np.arange(slots)))
    apart = np.minimum(apart, slots - apart) * 24 / slots
    by_slot = np.exp(-0.5 * (apart / _HOURS) ** 2)
    apart = np.abs(np.subtract.outer(np.arange(count), np.arange(count)))
    by_level = np.exp(-0.5 * (apart / _LEVELS) ** 2)
    by_slot /= by_slot.sum(axis=1, keepdims=True)
    by_level /= by_level.sum(axis=1, keepdims=True)
    shared: Floats = by_slot @ gain @ by_level.T
    return shared
