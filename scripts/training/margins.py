"""What is set by homes that took no part in training: margins, and when there is an alarm."""

from typing import Any, Final

import numpy as np

from custom_components.shems.core.infer.block import Block
from custom_components.shems.core.infer.judge import CHECKED, checked
from custom_components.shems.core.infer.network import Arrays, Network
from custom_components.shems.core.units import Floats

from ..calibration.measures import ranks
from .homes import Homes
from .kinds import LEARNED, NONE

_BATCH: Final = 500
_LEVELS: Final = 41
"""Every fortieth: of ten thousand homes, each level is known to half a percent."""
_DRAWS: Final = 400


def with_margins(block: Block[Any], arrays: Arrays, homes: Homes, seed: int) -> dict[str, Any]:
    """Return the arrays with the quantiles of the truths' ranks, so that ranks become even."""
    plain = {name: array for name, array in arrays.items() if name != "levels"}
    network = Network.of(plain, block.prior)
    random = np.random.default_rng([seed, 4])
    places = []
    for begin in range(0, len(homes.theta), _BATCH):
        part = slice(begin, begin + _BATCH)
        draws = network.sample(homes.features[part].astype(float), random, _DRAWS)
        places.append(ranks(homes.theta[part], draws, random))
    levels = np.quantile(np.concatenate(places), np.linspace(0, 1, _LEVELS), axis=0)
    levels[0], levels[-1] = 0.0, 1.0
    return {**plain, "levels": levels.astype(np.float32)}


def with_alarms(block: Block[Any], arrays: Arrays, seed: int, count: int) -> dict[str, Any]:
    """Return the arrays with thresholds that well-behaved homes rarely pass.

    A learned alarm has its own share of homes that may raise it; to all of the block's checks
    applies one level.
    """
    network = Network.of(arrays, block.prior)
    random = np.random.default_rng([seed, 1])
    names: tuple[str, ...] = ()
    parts = []
    for number in range(-(-count // _BATCH)):
        drawn = block.simulate(seed + number, _BATCH)
        features = block.features(drawn.observed)
        draws = network.sample(features, random, CHECKED)
        check = checked(block, network, drawn.observed, features, draws)
        names = check.names
        parts.append(check.statistics)
    statistics = np.concatenate(parts)
    alarms = LEARNED.get(block.name, NONE)
    own = len(names) - len(alarms.kinds)
    learned = [
        np.quantile(each, 1 - kind.false_alarms)
        for each, kind in zip(statistics[:, own:].T, alarms.kinds.values(), strict=True)
    ]
    limits = np.concatenate([thresholds(statistics[:, :own], alarms.checked), learned])
    return {
        **arrays,
        "alarms": np.array(names, dtype=str),
        "thresholds": limits.astype(np.float32),
    }


def thresholds(statistics: Floats, share: float) -> Floats:
    """Return the thresholds at one common level of which some is passed by a share of homes.

    Args:
        statistics: (n, A), NaN where it cannot be told.
        share: of homes that may have an alarm.
    """
    ranks = np.zeros(statistics.shape)
    ordered = np.sort(np.where(np.isnan(statistics), -np.inf, statistics), axis=0)
    for at in range(statistics.shape[1]):
        below = np.searchsorted(ordered[:, at], statistics[:, at], side="left")
        ranks[:, at] = np.where(np.isnan(statistics[:, at]), 0, below) / len(statistics)
    level = np.quantile(ranks.max(axis=1, initial=0.0), 1 - share)
    place = min(len(statistics) - 1, int(np.ceil(level * len(statistics))))
    return np.asarray(ordered[place])
