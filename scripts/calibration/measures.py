"""Measures of a posterior's calibration, of what it tells, and of its alarms and predictions."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from custom_components.shems.core.infer.block import Block
from custom_components.shems.core.infer.judge import CHECKED, alarms_of, checked
from custom_components.shems.core.infer.network import Network
from custom_components.shems.core.infer.prior import Prior
from custom_components.shems.core.units import Floats

LEVELS: Final = (0.5, 0.8, 0.9)
DRAWS: Final = 1000
_BATCH: Final = 500
_BAND: Final = 0.9


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
        alarms: share of homes that raise each alarm, by name.
        alarmed: share of homes that raise any.
        predicted: share of what came later within the predictive 90 % bands; NaN where
            nothing was predicted.
    """

    names: tuple[str, ...]
    count: int
    gain: float
    contraction: Floats
    coverage: Floats
    rank_distance: Floats
    tarp: float
    alarms: dict[str, float]
    alarmed: float
    predicted: float


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


def covered(predicted: Floats, truth: Floats) -> Floats:
    """Return whether truths lie within the central 90 % of draws: (n, S, T), (n, T) -> (n, T).

    NaN where one of both is missing.
    """
    ordered = np.sort(predicted, axis=1)
    count = predicted.shape[1]
    # Between order statistics k and count + 1 - k lie (count + 1 - 2k) / (count + 1).
    outer = max(1, round((count + 1) * (1 - _BAND) / 2))
    low, high = ordered[:, outer - 1], ordered[:, count - outer]
    inside = ((truth >= low) & (truth <= high)).astype(float)
    return np.where(np.isfinite(low + high + truth), inside, np.nan)


def measured(
    block: Block[Any], network: Network, seed: int, count: int, twist: str | None = None
) -> Quality:
    """Return the quality on fresh homes, as they are or with a twist."""
    random = np.random.default_rng([seed, 2])
    parts: list[tuple[Floats, ...]] = []
    for number, begin in enumerate(range(0, count, _BATCH)):
        drawn = block.simulate(seed + number, min(_BATCH, count - begin), twist=twist)
        features = block.features(drawn.observed)
        draws = network.sample(features, random, DRAWS)
        few = draws[:, :CHECKED]
        alarms = alarms_of(checked(block, network, drawn.observed, features, few), network)
        predicted = covered(block.predict(drawn.observed, few), drawn.observed.held_out)
        parts.append(
            (
                ranks(drawn.theta, draws, random),
                tarp_ranks(block.prior, drawn.theta, draws, random),
                block.prior.share(draws).var(axis=1),
                network.log_prob(features, drawn.theta) - block.prior.log_density(drawn.theta),
                alarms.astype(float),
                predicted.reshape(-1),
            )
        )
    place, tarp, spread, gain, raised, inside = (
        np.concatenate(each) for each in zip(*parts, strict=True)
    )
    shares = [np.mean(np.abs(place - 0.5) <= level / 2, axis=0) for level in LEVELS]
    known = inside[np.isfinite(inside)]
    return Quality(
        names=block.prior.names,
        count=count,
        gain=float(gain.mean()),
        contraction=1 - spread.mean(axis=0) / block.prior.deviation**2,
        coverage=np.stack(shares, axis=1),
        rank_distance=distance(place),
        tarp=float(distance(tarp)),
        alarms=dict(zip(network.alarms, map(float, raised.mean(axis=0)), strict=True)),
        alarmed=float(raised.any(axis=1).mean()),
        predicted=float(known.mean()) if len(known) else float("nan"),
    )


def told_quality(block: Block[Any], network: Network, seed: int, count: int = 2000) -> str:
    """Return the quality on fresh homes as a table for the terminal."""
    found = measured(block, network, seed, count)
    alarms = f"any alarm {found.alarmed:.3f}, 90 % bands cover {found.predicted:.3f}"
    lines = [f"{count} fresh homes: gain {found.gain:.2f} nats, TARP {found.tarp:.3f}, {alarms}"]
    lines += [f"{'':22}contraction  cov50  cov80  cov90     KS"]
    lines += [
        f"{name:22}{found.contraction[at]:11.3f}"
        + "".join(f"{share:7.3f}" for share in found.coverage[at])
        + f"{found.rank_distance[at]:7.3f}"
        for at, name in enumerate(found.names)
    ]
    return "\n".join(lines)
