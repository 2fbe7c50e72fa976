"""Whether networks were trained on the homes that the simulator makes now."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from ..units import Floats
from .block import Block
from .network import Network

_SEED: Final = 716_263
_HOMES: Final = 16
_TOLERANCE: Final = 1e-3
"""In standard deviations of a feature: other processors and versions of numpy round apart."""


def features_of_reference(block: Block[Any], twist: str | None = None) -> Floats:
    """Return the features of sixteen homes that are the same until the simulator changes."""
    return block.features(block.simulate(_SEED, _HOMES, twist=twist).observed)


def twisted_reference(block: Block[Any], twists: Sequence[str]) -> Floats:
    """Return the means of these homes' features with each twist, (A, F)."""
    return np.stack([features_of_reference(block, twist).mean(axis=0) for twist in twists])


def theta_of_reference(block: Block[Any]) -> Floats:
    """Return the parameters of these homes, (16, D)."""
    return block.simulate(_SEED, _HOMES).theta


def outdated(block: Block[Any], network: Network) -> bool:
    """Return whether prior, simulator, twists or features changed since training."""
    known = network.about["reference_features"].astype(float)
    now = features_of_reference(block)
    if known.shape != now.shape or block.prior.digest != network.prior.digest:
        return True
    pairs = [(now, known)]
    if network.classifier is not None:
        twists = list(map(str, network.about["classifier_twists"]))
        homes = network.about["classifier_homes"].astype(float)
        pairs.append((twisted_reference(block, twists), homes))
    apart = [np.abs(network.standard(a) - network.standard(b)).max() for a, b in pairs]
    return bool(max(apart) > _TOLERANCE)


def error_of_evaluation(block: Block[Any], network: Network) -> float:
    """Return by how much log densities and logits differ from those of PyTorch, at most."""
    features = network.about["reference_features"].astype(float)
    density = network.log_prob(features, theta_of_reference(block))
    errors = [density - network.about["reference_log_prob"]]
    if network.classifier is not None:
        said = network.classifier.logits(network.standard(features))
        errors.append(said - network.about["classifier_logits"])
    return max(float(np.abs(each).max()) for each in errors)
