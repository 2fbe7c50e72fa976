"""Trained networks that turn features into a posterior: mixture density networks in numpy."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from ..units import Floats, InputError
from .classifier import Classifier
from .prior import Prior

_LAYERS: Final = 4
_FARTHEST: Final = 6.0
"""Standard deviations beyond which a feature tells nothing more: no network has seen it."""

SHARPEST: Final = 8.0
"""Logarithm of the highest precision per axis, and of its inverse the lowest: exp(-8) of a
logit is finer than anything a meter shows."""

_AS_THEY_COME: Final = np.array([[0.0], [1.0]])
"""Levels of margins that were not set right."""

_AT_ONCE: Final = 500_000
"""Numbers that sampling holds in one array: 4 MB."""

type Arrays = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class Network:
    """An ensemble of mixture density networks of one block.

    Each maps features through three layers with SiLU to a mixture of Gaussians on the
    unbounded axes of the prior (C. M. Bishop, Mixture Density Networks, 1994). A Gaussian's
    precision is L·Lᵀ, with the logarithm of the diagonal of L and its rest as outputs. The
    posterior is the mean of the networks' mixtures, with its margins set right: a mean of
    calibrated distributions is too wide (T. Gneiting, R. Ranjan, 2013).

    Attributes:
        block: the name of the block.
        prior: which the parameters have.
        mean, deviation: (F,) of the features in training.
        weights: four of (E, in, out).
        biases: four of (E, 1, out).
        components: Gaussians of a network.
        levels: (L, D) at which level of the networks' mean the evenly spaced levels from 0 to 1
            of each parameter are found: the quantiles of the truths' ranks among draws.
        alarms: names of the statistics of the block's check, then of the classifier's kinds.
        thresholds: (A,) above which a statistic is an alarm.
        about: what else the file tells of its making.
        classifier: tells homes of other kinds; None where there is none.
    """

    block: str
    prior: Prior
    mean: Floats
    deviation: Floats
    weights: tuple[Floats, ...]
    biases: tuple[Floats, ...]
    components: int
    levels: Floats
    alarms: tuple[str, ...]
    thresholds: Floats
    about: Arrays
    classifier: Classifier | None = None

    @classmethod
    def read(cls, data: bytes, prior: Prior) -> Self:
        """Return the networks of a file's contents.

        Raises:
            InputError: the file was not made for this prior, or is none.
        """
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
        except (OSError, ValueError, EOFError) as error:
            raise InputError("posterior_unreadable") from error
        return cls.of(arrays, prior)

    @classmethod
    def of(cls, arrays: Arrays, prior: Prior) -> Self:
        """Return the networks of arrays named as `scripts/train-posterior` names them.

        Raises:
            InputError: they were not trained for this prior.
        """
        if str(arrays["prior"]) != prior.digest:
            raise InputError("posterior_of_another_prior", block=str(arrays["block"]))
        return cls(
            block=str(arrays["block"]),
            prior=prior,
            mean=arrays["mean"].astype(float),
            deviation=arrays["deviation"].astype(float),
            weights=tuple(arrays[f"weights_{at}"].astype(float) for at in range(_LAYERS)),
            biases=tuple(
                arrays[f"biases_{at}"].astype(float)[:, np.newaxis] for at in range(_LAYERS)
            ),
            components=int(arrays["components"]),
            levels=arrays.get("levels", _AS_THEY_COME).astype(float),
            alarms=tuple(map(str, arrays["alarms"])),
            thresholds=arrays["thresholds"].astype(float),
            about=arrays,
            classifier=Classifier.of(arrays),
        )

    @property
    def learned(self) -> tuple[str, ...]:
        """Names of the alarms that its classifier tells."""
        return () if self.classifier is None else self.classifier.names

    def standard(self, features: Floats) -> Floats:
        """Return features as the networks take them, (n, F)."""
        return np.clip((features - self.mean) / self.deviation, -_FARTHEST, _FARTHEST)

    def _mixture(self, features: Floats) -> tuple[Floats, Floats, Floats]:
        """Return log weights (n, M), means (n, M, D) and factors of the precision (n, M, D, D)."""
        inner = self.standard(features)[np.newaxis]
        for weights, biases in zip(self.weights[:-1], self.biases[:-1], strict=True):
            inner = inner @ weights + biases
            inner = inner / (1 + np.exp(-inner))  # SiLU
        out = inner @ self.weights[-1] + self.biases[-1]
        size, count = len(self.prior.parameters), self.components
        ends = np.cumsum([0, count, count * size, count * size, count * size * (size - 1) // 2])
        parts = [
            out[..., begin:end].reshape(*out.shape[:2], count, -1) for begin, end in pairwise(ends)
        ]
        logits = parts[0][..., 0]
        logits = logits - logits.max(axis=-1, keepdims=True)
        logits -= np.log(np.exp(logits).sum(axis=-1, keepdims=True)) + np.log(len(out))
        factors = np.zeros((*parts[1].shape, size))
        axis = np.arange(size)
        factors[..., axis, axis] = np.exp(np.clip(parts[2], -SHARPEST, SHARPEST))
        factors[..., *np.tril_indices(size, -1)] = parts[3]
        return _joined(logits), _joined(parts[1]), _joined(factors)

    def log_prob(self, features: Floats, theta: Floats) -> Floats:
        """Return the log density of each home's parameters, physical units: (n, F), (n, D) -> (n,).

        That of the networks' mean, log Σ w · N(z; m, (L·Lᵀ)⁻¹) + log |dz/dθ|, whose margins
        are as they come.
        """
        logits, means, factors = self._mixture(features)
        apart = self.prior.unbounded(theta)[:, np.newaxis] - means
        scaled = np.einsum("nmij,nmi->nmj", factors, apart)
        size = scaled.shape[-1]
        each = logits - 0.5 * ((scaled**2).sum(axis=-1) + size * np.log(2 * np.pi))
        each += np.log(np.diagonal(factors, axis1=-2, axis2=-1)).sum(axis=-1)
        most = each.max(axis=-1)
        total = most + np.log(np.exp(each - most[:, np.newaxis]).sum(axis=-1))
        return np.asarray(total + self.prior.log_jacobian(theta))

    def sample(self, features: Floats, random: np.random.Generator, count: int) -> Floats:
        """Return draws of each home's posterior, (n, count, D) in physical units."""
        size = len(self.prior.parameters)
        step = max(1, _AT_ONCE // (count * size**2))
        parts = [
            self._drawn(features[begin : begin + step], random, count)
            for begin in range(0, len(features), step)
        ]
        return self._set_right(np.concatenate([np.zeros((0, count, size)), *parts]))

    def _set_right(self, draws: Floats) -> Floats:
        """Move each parameter's draws, in their order, to the levels at which truths are found."""
        count = draws.shape[1]
        order = np.argsort(draws, axis=1)
        ordered = np.take_along_axis(draws, order, axis=1)
        even = np.linspace(0.0, 1.0, len(self.levels))
        middle = (np.arange(count) + 0.5) / count
        shape = len(even), draws.shape[2]
        for at, levels in enumerate(np.broadcast_to(self.levels, shape).T):
            place = np.clip(np.interp(middle, even, levels) * count - 0.5, 0.0, count - 1.0)
            below = np.floor(place).astype(np.intp)
            above = np.minimum(below + 1, count - 1)
            column = ordered[..., at]
            ordered[..., at] = column[:, below] + (place - below) * (
                column[:, above] - column[:, below]
            )
        moved = np.empty_like(draws)
        np.put_along_axis(moved, order, ordered, axis=1)
        return moved

    def _drawn(self, features: Floats, random: np.random.Generator, count: int) -> Floats:
        logits, means, factors = self._mixture(features)
        summed = np.cumsum(np.exp(logits), axis=1)
        thrown = random.random((len(features), count)) * summed[:, -1:]
        chosen = (thrown[..., np.newaxis] > summed[:, np.newaxis]).sum(axis=-1)
        home = np.arange(len(features))[:, np.newaxis]
        # The inverse of Lᵀ turns white noise into that of precision L·Lᵀ.
        spread = np.linalg.inv(factors).swapaxes(-1, -2)[home, chosen]
        noise = random.standard_normal((len(features), count, means.shape[-1]))
        return self.prior.bounded(means[home, chosen] + (spread @ noise[..., np.newaxis])[..., 0])


def _joined(parts: Floats) -> Floats:
    """Return the components of all networks side by side: (E, n, K, ...) -> (n, E·K, ...)."""
    moved = np.moveaxis(parts, 0, 1)
    return moved.reshape(moved.shape[0], -1, *moved.shape[3:])
