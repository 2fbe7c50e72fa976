"""Whether networks were trained on the homes that the simulator makes now."""

from typing import Any, Final

import numpy as np

from ..units import Floats
from .block import Block
from .network import Network

_SEED: Final = 716_263
_HOMES: Final = 16
_TOLERANCE: Final = 1e-3
"""In standard deviations of a feature: other processors and versions of numpy round apart."""


def features_of_reference(block: Block[Any]) -> Floats:
    """Return the features of sixteen homes that are the same until the simulator changes."""
    return block.features(block.simulate(_SEED, _HOMES).observed)


def theta_of_reference(block: Block[Any]) -> Floats:
    """Return the parameters of these homes, (16, D)."""
    return block.simulate(_SEED, _HOMES).theta


def outdated(block: Block[Any], network: Network) -> bool:
    """Return whether prior, simulator or features changed since the networks were trained."""
    known = network.about["reference_features"].astype(float)
    now = features_of_reference(block)
    if known.shape != now.shape or block.prior.digest != network.prior.digest:
        return True
    apart = np.abs(network.standard(now) - network.standard(known))
    return bool(apart.max() > _TOLERANCE)


def error_of_evaluation(block: Block[Any], network: Network) -> float:
    """Return by how much log densities differ from those that PyTorch had, at most."""
    features = network.about["reference_features"].astype(float)
    density = network.log_prob(features, theta_of_reference(block))
    return float(np.abs(density - network.about["reference_log_prob"]).max())
