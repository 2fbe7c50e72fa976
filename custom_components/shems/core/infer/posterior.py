"""What is known of a home's parameters: draws, and whether they may be believed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from ..units import Floats
from .prior import Prior

LEVELS: Final = (0.05, 0.1, 0.5, 0.9, 0.95)

_ENOUGH: Final = 100.0
"""Effective draws below which weights say too little and the draws are moved instead."""

_POOLED: Final = 3
"""Windows that are pooled at most: a quarter of a year of the most telling weeks."""


class Verdict(StrEnum):
    """Whether a posterior may be used, from the best to none at all."""

    TRUSTED = "trusted"
    EFFECTIVE = "effective"
    """Predictions fit; the parameters are only what best explains them."""
    REJECTED = "rejected"
    """Predictions do not fit: only data may be trusted."""
    PRIOR = "prior"
    """Too little was seen: the draws are the prior's."""


@dataclass(frozen=True)
class Summary:
    """What is said of one parameter.

    Attributes:
        mean: of the draws.
        quantiles: at LEVELS.
        contraction: 1 - (posterior variance / prior variance), on the prior's own axis; 0 where
            nothing was learned.
    """

    mean: float
    quantiles: tuple[float, ...]
    contraction: float


@dataclass(frozen=True)
class Posterior:
    """Draws of a block's parameters.

    Attributes:
        block: the name of the block.
        names: (D,) of the parameters.
        draws: (S, D) in physical units.
        verdict: whether they may be used.
        alarms: what the checks found, by name.
        window: begin and end of what was seen, epoch seconds.
        days: that were seen in it.
    """

    block: str
    names: tuple[str, ...]
    draws: Floats
    verdict: Verdict
    alarms: tuple[str, ...] = ()
    window: tuple[float, float] = (0.0, 0.0)
    days: float = 0.0

    @property
    def usable(self) -> bool:
        """Whether predictions with it are better than without."""
        return self.verdict in (Verdict.TRUSTED, Verdict.EFFECTIVE)

    def doubted(self, alarm: str) -> Posterior:
        """Return it with an alarm that makes the parameters doubtful, not the predictions."""
        trusted = self.verdict is Verdict.TRUSTED
        verdict = Verdict.EFFECTIVE if trusted else self.verdict
        return replace(self, verdict=verdict, alarms=(*self.alarms, alarm))

    def draw_of(self, name: str) -> Floats:
        """Return the draws of one parameter, (S,)."""
        return self.draws[:, self.names.index(name)]

    def summary(self, prior: Prior) -> dict[str, Summary]:
        """Return what is said of each parameter."""
        share = prior.share(self.draws)
        contraction = 1 - share.var(axis=0) / prior.deviation**2
        quantiles = np.quantile(self.draws, LEVELS, axis=0)
        means = self.draws.mean(axis=0)
        return {
            name: Summary(
                float(means[at]), tuple(map(float, quantiles[:, at])), float(contraction[at])
            )
            for at, name in enumerate(self.names)
        }

    def information(self, prior: Prior) -> float:
        """Return by how much all parameters together are narrower than the prior, nats.

        Half the difference of the covariances' log-determinants, on the prior's own axes.
        """
        spread = np.atleast_2d(np.cov(prior.share(self.draws), rowvar=False))
        spread += 1e-12 * np.eye(len(spread))  # A parameter may stand still.
        _, size = np.linalg.slogdet(spread)
        return float(np.log(prior.deviation).sum() - size / 2)


def prior_of(block: str, prior: Prior, random: np.random.Generator, count: int) -> Posterior:
    """Return what is known of a home that has shown too little."""
    return Posterior(block, prior.names, prior.draw(random, count), Verdict.PRIOR)


def entered(
    posterior: Posterior,
    prior: Prior,
    known: dict[str, tuple[float, float]],
    random: np.random.Generator,
) -> Posterior:
    """Return the posterior with what a person knows: a value and its standard deviation each.

    The draws are weighted with it and drawn again. Where fewer than a hundred would count,
    they contradict it; then the person is right, and the other parameters follow as they
    did among the draws (an ensemble Kalman update on the unbounded axes).
    """
    draws = posterior.draws
    places = [posterior.names.index(name) for name in known]
    if not places:
        return posterior
    value, deviation = np.array(list(known.values()), dtype=float).T
    apart = (draws[:, places] - value) / deviation
    weights = np.exp(-0.5 * ((apart**2).sum(axis=1) - (apart**2).sum(axis=1).min()))
    weights /= weights.sum()
    near = np.any(np.all(np.abs(apart) < 1.0, axis=1))
    if near and 1 / (weights**2).sum() >= _ENOUGH:
        chosen = random.choice(len(draws), size=len(draws), p=weights)
        return replace(posterior, draws=draws[chosen])
    wanted = draws.copy()
    wanted[:, places] = value + deviation * random.standard_normal((len(draws), len(places)))
    free, told = prior.unbounded(draws), prior.unbounded(wanted)[:, places]
    moved = told - free[:, places]
    spread = np.atleast_2d(np.cov(free, rowvar=False))
    inner = spread[np.ix_(places, places)] + 1e-9 * np.eye(len(places))
    free = free + moved @ np.linalg.solve(inner, spread[places])
    free[:, places] = told
    return replace(posterior, draws=prior.bounded(free))


def pool(
    windows: Sequence[Posterior], prior: Prior, lasting: Sequence[str] = ()
) -> Posterior | None:
    """Return what several windows of one home say together, or None where none may be used.

    The linear pool of the most telling trusted windows, else of effective ones: windows share
    the errors of the model, so that multiplying them would be too sure, and what a winter
    told of the rooms' loss is not lost in summer.

    Args:
        windows: each judged on its own.
        prior: of their parameters.
        lasting: alarms of what is true of a home at all times: if most windows raise one, those
            that do not are doubted, too.
    """
    usable = [each for each in windows if each.verdict is Verdict.TRUSTED]
    usable = usable or [each for each in windows if each.verdict is Verdict.EFFECTIVE]
    if not usable:
        return None
    best = sorted(usable, key=lambda each: -each.information(prior))[:_POOLED]
    count = min(len(each.draws) for each in best)
    # Equal parts of each, in the order of their draws, which is none.
    draws = np.concatenate([each.draws[at : count : len(best)] for at, each in enumerate(best)])
    pooled = replace(
        best[0],
        draws=draws,
        alarms=tuple(dict.fromkeys(name for each in best for name in each.alarms)),
        window=(min(each.window[0] for each in best), max(each.window[1] for each in best)),
        days=sum(each.days for each in best),
    )
    judged = [each.alarms for each in windows if each.verdict is not Verdict.PRIOR]
    for alarm in lasting:
        most = 2 * sum(alarm in alarms for alarms in judged) > len(judged)
        if most and alarm not in pooled.alarms:
            pooled = pooled.doubted(alarm)
    return pooled
