"""Measures of a posterior's calibration and of what it tells."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from custom_components.shems.core.infer.block import Block
from custom_components.shems.core.infer.network import Network
from custom_components.shems.core.infer.prior import Prior
from custom_components.shems.core.units import Floats

LEVELS: Final = (0.5, 0.8, 0.9)
DRAWS: Final = 1000
_BATCH: Final = 500


@dataclass(frozen=True)
class Quality:
    """How a block's posterior does on homes with known parameters.

    Attributes:
        names: (D,) of the parameters.
        count: homes.
        gain: mean log density of the truth over the prior's, nats.
        contraction: (D,) 1 - mean posterior variance / prior variance.
        coverage: (D, 3) of central intervals at LEVELS.
        rank_distance: (D,) Kolmogorov-Smirnov distance of the ranks from uniform ones.
        tarp: the same of the joint posterior's expected coverage.
    """

    names: tuple[str, ...]
    count: int
    gain: float
    contraction: Floats
    coverage: Floats
    rank_distance: Floats
    tarp: float


def distance(values: Floats) -> Floats:
    """Return the Kolmogorov-Smirnov distance from uniform on 0 to 1, (n, ...) -> (...)."""
    ordered = np.sort(values, axis=0)
    count = len(values)
    grid = np.arange(count).reshape(-1, *[1] * (values.ndim - 1)) / count
    return np.asarray(np.maximum(grid + 1 / count - ordered, ordered - grid).max(axis=0))


def ranks(theta: Floats, draws: Floats, random: np.random.Generator) -> Floats:
    """Return the truth's rank among its draws within 0 to 1: (n, D), (n, S, D) -> (n, D).

    Uniform if the posterior is right (simulation-based calibration, S. Talts et al., 2018).
    """
    below = (draws < theta[:, np.newaxis]).sum(axis=1)
    return np.asarray((below + random.random(theta.shape)) / (draws.shape[1] + 1))


def tarp_ranks(prior: Prior, theta: Floats, draws: Floats, random: np.random.Generator) -> Floats:
    """Return how many draws are nearer to a random point than the truth is, (n,).

    Uniform if and only if the joint posterior is right (P. Lemos et al., 2023).
    """
    points = random.random(theta.shape)
    far = ((prior.share(theta) - points) ** 2).sum(axis=-1)
    near = ((prior.share(draws) - points[:, np.newaxis]) ** 2).sum(axis=-1)
    below = (near < far[:, np.newaxis]).sum(axis=1)
    return np.asarray((below + random.random(len(theta))) / (draws.shape[1] + 1))


def quality(
    prior: Prior, theta: Floats, draws: Floats, log_prob: Floats, random: np.random.Generator
) -> Quality:
    """Return all measures of draws (n, S, D) and of the truths' log densities (n,)."""
    place = ranks(theta, draws, random)
    covered = [np.mean(np.abs(place - 0.5) <= level / 2, axis=0) for level in LEVELS]
    spread = prior.share(draws).var(axis=1).mean(axis=0)
    return Quality(
        names=prior.names,
        count=len(theta),
        gain=float(np.mean(log_prob - prior.log_density(theta))),
        contraction=1 - spread / prior.deviation**2,
        coverage=np.stack(covered, axis=1),
        rank_distance=distance(place),
        tarp=float(distance(tarp_ranks(prior, theta, draws, random))),
    )


def measured(
    block: Block[Any], network: Network, seed: int, count: int, twist: str | None = None
) -> Quality:
    """Return the quality on fresh homes."""
    random = np.random.default_rng([seed, 2])
    parts: list[tuple[Floats, Floats, Floats]] = []
    for number in range(-(-count // _BATCH)):
        drawn = block.simulate(seed + number, _BATCH, twist=twist)
        features = block.features(drawn.observed)
        draws = network.sample(features, random, DRAWS)
        parts.append((drawn.theta, draws, network.log_prob(features, drawn.theta)))
    theta, draws, log_prob = (
        np.concatenate([part[at] for part in parts])[:count] for at in range(3)
    )
    return quality(block.prior, theta, draws, log_prob, random)


def told_quality(block: Block[Any], network: Network, seed: int, count: int = 2000) -> str:
    """Return the quality on fresh homes as a table for the terminal."""
    found = measured(block, network, seed, count)
    lines = [f"{found.count} fresh homes: gain {found.gain:.2f} nats, TARP {found.tarp:.3f}"]
    lines += [f"{'':22}contraction  cov50  cov80  cov90     KS"]
    lines += [
        f"{name:22}{found.contraction[at]:11.3f}"
        + "".join(f"{share:7.3f}" for share in found.coverage[at])
        + f"{found.rank_distance[at]:7.3f}"
        for at, name in enumerate(found.names)
    ]
    return "\n".join(lines)
