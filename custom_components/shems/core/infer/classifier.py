"""Networks that tell homes of other kinds from usual ones: alarms that were learned."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from ..units import Floats

_LAYERS: Final = 3


@dataclass(frozen=True)
class Classifier:
    """An ensemble of networks that see what a block's networks see, with a logit per kind.

    Trained with as many homes of a kind as usual ones, a logit is the logarithm of how much
    likelier the features are of that kind (K. Cranmer, J. Pavez, G. Louppe, 2015). What is said
    is the mean over the networks.

    Attributes:
        names: (A,) of the alarms.
        weights: three of (E, in, out).
        biases: three of (E, 1, out).
    """

    names: tuple[str, ...]
    weights: tuple[Floats, ...]
    biases: tuple[Floats, ...]

    @classmethod
    def of(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Self | None:
        """Return the networks in a block's file; None where it has none."""
        if "classifier_alarms" not in arrays:
            return None
        return cls(
            tuple(map(str, arrays["classifier_alarms"])),
            tuple(arrays[f"classifier_weights_{at}"].astype(float) for at in range(_LAYERS)),
            tuple(
                arrays[f"classifier_biases_{at}"].astype(float)[:, np.newaxis]
                for at in range(_LAYERS)
            ),
        )

    def logits(self, standard: Floats) -> Floats:
        """Return how much speaks for each kind, (n, A), from standardised features (n, F)."""
        inner = standard[np.newaxis]
        for weights, biases in zip(self.weights[:-1], self.biases[:-1], strict=True):
            inner = inner @ weights + biases
            inner = inner / (1 + np.exp(-inner))  # SiLU
        said: Floats = (inner @ self.weights[-1] + self.biases[-1]).mean(axis=0)
        return said
