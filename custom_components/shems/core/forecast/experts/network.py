"""A small quantile network, trained a little every night on days drawn from the last year."""

from dataclasses import dataclass
from typing import ClassVar, Final, Self

import numpy as np
import numpy.typing as npt

from ...units import Floats
from ..levels import COUNT, LEVELS
from .ground import AHEAD, Origin
from .memory import INPUTS, LEADS, Memory

type Floats32 = npt.NDArray[np.float32]
type Rows = npt.NDArray[np.intp]

_NETS: Final = 3
_HIDDEN: Final = 24
_BATCH: Final = 256
_STEPS: Final = 8
"""A night; a year of nights sees every slot about as often as sixty whole trainings."""
_RATE: Final = 6e-3
_FIRST_FADE, _SECOND_FADE = 0.9, 0.99
_AVERAGE: Final = 0.995
"""The weights used are the running mean of those trained: single steps move them too much."""
_LEAST_DAYS: Final = 14
_FADE_DAYS: Final = 90.0
_SHAPES: Final = (
    (INPUTS, _HIDDEN),
    (1, _HIDDEN),
    (_HIDDEN, _HIDDEN),
    (1, _HIDDEN),
    (_HIDDEN, COUNT),
    (1, COUNT),
)
_LEVELS32: Final = LEVELS.astype(np.float32)


@dataclass(frozen=True)
class Network:
    """An ensemble of perceptrons with two hidden layers and one output per level.

    Attributes:
        weights, average: (nets, P) as trained, and their running mean, which is used.
        first, second: (nets, P) Adam's moments.
        steps: () steps trained.
    """

    name: ClassVar[str] = "network"
    weights: Floats32
    average: Floats32
    first: Floats32
    second: Floats32
    steps: npt.NDArray[np.int64]

    @classmethod
    def new(cls) -> Self:
        """Make nets that have learned nothing: they say the base with a spread."""
        random = np.random.default_rng(1)
        parts = [
            random.normal(0.0, high**-0.5, (_NETS, high * wide)) * (high > 1)
            for high, wide in _SHAPES
        ]
        parts[-2] *= 0.1
        parts[-1][:] = 0.5 * (LEVELS - 0.5)
        weights = np.concatenate(parts, axis=1).astype(np.float32)
        zero = np.zeros_like(weights)
        return cls(weights, weights, zero, zero, np.array(0))

    def advanced(self, origin: Origin, memory: Memory, begun: int) -> tuple[Self, Floats]:
        """Train on what is known by now and issue the days ahead, (AHEAD, S, L).

        NaN while there are too few days.
        """
        rows = memory.rows(begun, origin.day)
        if len(rows) < _LEAST_DAYS:
            return self, np.full((AHEAD, origin.ground.slots, COUNT), np.nan)
        trained = self._trained(memory, rows, origin.day)
        at = memory.place(origin.day)
        inputs, base = memory.inputs[at], memory.base[at]
        parts = _parts(trained.average)
        out = _forward(parts, inputs.reshape(1, -1, INPUTS))[-1].mean(axis=0)
        roots = base[..., np.newaxis] + out.reshape(*base.shape, COUNT)
        quantiles = np.sort(np.maximum(roots, 0.0), axis=-1).astype(np.float64) ** 2
        quantiles *= memory.level[at] ** 2
        return trained, quantiles[[0] + [1] * (AHEAD - 1)]

    def _trained(self, memory: Memory, rows: Rows, day: int) -> Self:
        """Return the nets some steps of Adam later; the same day draws the same samples."""
        random = np.random.default_rng(day)
        chance = np.cumsum(np.exp(-np.arange(len(rows))[::-1] / _FADE_DAYS))
        shape = (_STEPS, _NETS, _BATCH)
        drawn = rows[np.searchsorted(chance, random.random(shape) * chance[-1])]
        lead = random.integers(LEADS, size=shape)
        slot = random.integers(memory.slots, size=shape)
        weights, average = self.weights.copy(), self.average.copy()
        first, second = self.first.copy(), self.second.copy()
        steps = int(self.steps)
        for place in zip(drawn, lead, slot, strict=True):
            slope = _slope(weights, memory.inputs[place], memory.base[place], memory.target[place])
            steps += 1
            first += (1 - _FIRST_FADE) * (slope - first)
            second += (1 - _SECOND_FADE) * (slope**2 - second)
            size = np.sqrt(second / (1 - _SECOND_FADE**steps)) + 1e-6
            weights -= _RATE / (1 - _FIRST_FADE**steps) * first / size
            average += (1 - min(_AVERAGE, steps / (steps + 10))) * (weights - average)
        return type(self)(weights, average, first, second, np.array(steps))


def _parts(weights: Floats32) -> list[Floats32]:
    parts, begin = [], 0
    for high, wide in _SHAPES:
        parts.append(weights[:, begin : begin + high * wide].reshape(-1, high, wide))
        begin += high * wide
    return parts


def _forward(parts: list[Floats32], inputs: Floats32) -> tuple[Floats32, Floats32, Floats32]:
    """Return both hidden layers and the output, (nets, N, ...)."""
    one = np.tanh(inputs @ parts[0] + parts[1])
    two = np.tanh(one @ parts[2] + parts[3])
    return one, two, two @ parts[4] + parts[5]


def _slope(weights: Floats32, inputs: Floats32, base: Floats32, target: Floats32) -> Floats32:
    """Return the slope of a batch's mean pinball loss by the weights, (nets, P).

    Samples without a known outcome pull nowhere.
    """
    parts = _parts(weights)
    one, two, out = _forward(parts, inputs)
    short = (target[..., np.newaxis] >= base[..., np.newaxis] + out).astype(np.float32)
    known = np.isfinite(target)[..., np.newaxis]
    slope = np.where(known, 1 - _LEVELS32 - short, np.float32(0)) / np.float32(_BATCH)
    back_two = (slope @ parts[4].swapaxes(1, 2)) * (1 - two**2)
    back_one = (back_two @ parts[2].swapaxes(1, 2)) * (1 - one**2)
    slopes = [
        inputs.swapaxes(1, 2) @ back_one,
        back_one.sum(axis=1, keepdims=True),
        one.swapaxes(1, 2) @ back_two,
        back_two.sum(axis=1, keepdims=True),
        two.swapaxes(1, 2) @ slope,
        slope.sum(axis=1, keepdims=True),
    ]
    return np.concatenate([each.reshape(len(each), -1) for each in slopes], axis=1)
