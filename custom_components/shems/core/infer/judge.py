"""From what was seen of homes to posteriors that say whether they may be believed."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..units import Bools, Floats, InputError
from .block import Block, Check, Observed
from .network import Network
from .posterior import Posterior, Verdict, prior_of

LEAST_DAYS: Final = 7.0
"""Days that must have been seen: the networks have not been shown less."""

DRAWS: Final = 1000
CHECKED: Final = 64
"""Draws that predictions are made with: their mean's error is an eighth of their spread."""

AT_BOUND: Final = "at_bound"
_MOST_AT_BOUND: Final = 0.5
"""Share of a parameter's draws at a bound from which the home may well lie beyond it."""


@dataclass(frozen=True)
class Seen:
    """When a home was seen.

    Attributes:
        window: begin and end, epoch seconds.
        days: that were seen within it.
    """

    window: tuple[float, float]
    days: float


def checked[H: Observed](
    block: Block[H], network: Network, observed: H, features: Floats, draws: Floats
) -> Check:
    """Return how ill homes fit their (n, S, D) draws, and how much they look like other kinds.

    What a classifier tells makes parameters doubtful; whether predictions fit is told by
    predicting.
    """
    check = block.check(observed, draws)
    if network.classifier is None:
        return check
    names = network.classifier.names
    logits = network.classifier.logits(network.standard(features))
    return Check(
        (*check.names, *names),
        np.concatenate([check.statistics, logits], axis=1),
        check.mild | frozenset(names),
    )


def alarms_of(check: Check, network: Network) -> Bools:
    """Return which statistics are higher than the networks' own homes had them, (n, A).

    What cannot be told is no alarm.

    Raises:
        InputError: the networks were trained for another check.
    """
    if check.names != network.alarms:
        raise InputError("posterior_of_another_check", block=network.block)
    return np.asarray(check.statistics > network.thresholds)


def verdicts(
    check: Check, alarms: Bools, network: Network, draws: Floats
) -> list[tuple[Verdict, tuple[str, ...]]]:
    """Return for each home whether its (n, S, D) draws may be believed, and the alarms' names."""
    bound = network.prior.at_bounds(draws).max(axis=-1) > _MOST_AT_BOUND
    found = []
    for row, beyond in zip(alarms, bound, strict=True):
        names = tuple(name for name, alarm in zip(check.names, row, strict=True) if alarm)
        verdict = Verdict.TRUSTED
        if set(names) - check.mild:
            verdict = Verdict.REJECTED
        elif names or beyond:
            verdict = Verdict.EFFECTIVE
        found.append((verdict, (*names, AT_BOUND) if beyond else names))
    return found


def infer[H: Observed](
    block: Block[H],
    network: Network,
    observed: H,
    seen: list[Seen],
    random: np.random.Generator,
) -> list[Posterior]:
    """Return the posterior of each home, or of each window of one home.

    Args:
        block: whose parameters are inferred.
        network: trained for it.
        observed: what was seen, n homes or windows.
        seen: (n) when; fewer than 7 days leave the prior.
        random: what the draws come from.
    """
    features = block.features(observed)
    draws = network.sample(features, random, DRAWS)
    check = checked(block, network, observed, features, draws[:, :CHECKED])
    judged = verdicts(check, alarms_of(check, network), network, draws)
    return [
        Posterior(block.name, block.prior.names, draws[at], *judged[at], each.window, each.days)
        if each.days >= LEAST_DAYS
        else prior_of(block.name, block.prior, random, DRAWS)
        for at, each in enumerate(seen)
    ]
