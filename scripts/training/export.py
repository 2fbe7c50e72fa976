"""The file of a block's networks: weights, and what they were made from."""

from typing import Any

import numpy as np

from custom_components.shems.core.infer.block import Block
from custom_components.shems.core.infer.network import Network
from custom_components.shems.core.infer.reference import features_of_reference, theta_of_reference
from custom_components.shems.core.units import Floats

from .fit import COMPONENTS, ensemble_log_density


def arrays_of(
    block: Block[Any],
    weights: list[np.ndarray[Any, Any]],
    standard: tuple[Floats, Floats],
    about: dict[str, int],
) -> dict[str, np.ndarray[Any, Any]]:
    """Return all arrays but the alarms', with weights rounded as they are shipped."""
    mean, deviation = (each.astype(np.float32) for each in standard)
    rounded = [each.astype(np.float16) for each in weights]
    arrays = {
        "block": np.array(block.name),
        "prior": np.array(block.prior.digest),
        "mean": mean,
        "deviation": deviation,
        "components": np.array(COMPONENTS),
        "alarms": np.array([], dtype=str),
        "thresholds": np.zeros(0, dtype=np.float32),
        **{f"weights_{at}": each for at, each in enumerate(rounded[0::2])},
        **{f"biases_{at}": each for at, each in enumerate(rounded[1::2])},
        **{name: np.array(value) for name, value in about.items()},
    }
    features = features_of_reference(block).astype(np.float32)
    theta = theta_of_reference(block)
    network = Network.of(arrays, block.prior)
    density = ensemble_log_density(
        rounded, network.standard(features.astype(float)), block.prior.unbounded(theta)
    )
    arrays["reference_features"] = features
    arrays["reference_log_prob"] = density + block.prior.log_jacobian(theta)
    return arrays
