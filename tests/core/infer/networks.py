"""Networks that nobody trained: they know nothing, and show that everything fits together."""

import itertools

import numpy as np

from custom_components.shems.core.infer.block import Block, Observed
from custom_components.shems.core.infer.network import Network


def untrained[H: Observed](block: Block[H], observed: H, alarms: tuple[str, ...]) -> Network:
    """Return networks for a block's features that answer with about the middle of the prior."""
    features = block.features(observed).shape[1]
    size, components = len(block.prior.parameters), 1
    out = components * (1 + 2 * size + size * (size - 1) // 2)
    widths = (features, 4, 4, 4, out)
    random = np.random.default_rng(5)
    return Network(
        block.name,
        block.prior,
        np.zeros(features),
        np.ones(features),
        tuple(
            0.01 * random.standard_normal((1, into, to)) for into, to in itertools.pairwise(widths)
        ),
        tuple(np.zeros((1, 1, to)) for to in widths[1:]),
        components,
        np.tile([[0.0], [1.0]], size),
        alarms,
        np.full(len(alarms), np.inf),
        {},
    )
