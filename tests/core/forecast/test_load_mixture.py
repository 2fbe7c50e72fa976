"""Experts are weighed by what they were worth, and intervals hold what they say."""

from statistics import NormalDist

import numpy as np

from custom_components.shems.core.forecast.conformal import Conformal
from custom_components.shems.core.forecast.levels import LEVELS, covered, crps
from custom_components.shems.core.forecast.mixture import Mixture
from custom_components.shems.core.units import Floats

SLOTS = 24
NORMAL = np.array([NormalDist().inv_cdf(float(level)) for level in LEVELS])


def normal(mean: float, spread: float) -> Floats:
    return np.tile(np.maximum(mean + spread * NORMAL, 0.0), (1, SLOTS, 1))


def truths(days: int, mean: float = 5.0) -> Floats:
    return np.random.default_rng(7).normal(mean, 1.0, (days, SLOTS))


def test_the_better_expert_gets_the_weight() -> None:
    experts = np.stack([normal(5, 1), normal(7, 1), normal(3, 4)])
    mixture = Mixture.new(3, 1, SLOTS)
    first = mixture.mixed(experts)
    np.testing.assert_allclose(first, experts.mean(axis=0))
    for truth in truths(60):
        mixture = mixture.learned(experts, mixture.mixed(experts), truth)
    truth = truths(1)
    score = [crps(each, truth).mean() for each in experts]
    assert crps(mixture.mixed(experts), truth).mean() < 1.01 * min(score)
    assert mixture.weights(np.ones_like(experts))[0].mean() > 0.6


def test_an_expert_that_becomes_good_is_heard() -> None:
    experts = np.stack([normal(5, 1), normal(8, 1)])
    mixture = Mixture.new(2, 1, SLOTS)
    for truth in (*truths(60), *truths(40, 8.0)):
        mixture = mixture.learned(experts, mixture.mixed(experts), truth)
    assert mixture.weights(np.ones_like(experts))[1].mean() > 0.9


def test_an_expert_asleep_counts_for_nothing() -> None:
    experts = np.stack([normal(5, 1), normal(7, 1)])
    asleep = experts.copy()
    asleep[1] = np.nan
    mixture = Mixture.new(2, 1, SLOTS)
    np.testing.assert_allclose(mixture.mixed(asleep)[0], experts[0, 0])
    learned = mixture.learned(asleep, mixture.mixed(asleep), truths(1)[0])
    assert not learned.regret.any()


def test_an_unknown_truth_teaches_nothing() -> None:
    experts = np.stack([normal(5, 1), normal(7, 1)])
    unknown = np.full(SLOTS, np.nan)
    mixture = Mixture.new(2, 1, SLOTS)
    assert not mixture.learned(experts, mixture.mixed(experts), unknown).regret.any()
    conformal = Conformal.new(1, SLOTS)
    assert not conformal.learned(experts[0], unknown).offset.any()


def test_narrow_and_wide_intervals_are_set_right() -> None:
    for spread in (0.7, 1.5):
        said = normal(5, spread)
        conformal = Conformal.new(1, SLOTS)
        inside = []
        for truth in truths(120):
            told = conformal.applied(said)
            inside.append(covered(told[0], truth, 0.8).mean())
            conformal = conformal.learned(told, truth)
        assert abs(np.mean(inside[:5]) - 0.8) > 0.08
        assert abs(np.mean(inside[-60:]) - 0.8) < 0.03
        assert (np.diff(told, axis=-1) >= 0).all()
