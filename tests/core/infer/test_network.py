"""Mixture density networks in numpy, against densities written out and their own samples."""

import io
from typing import Any

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from custom_components.shems.core.infer.network import Network
from custom_components.shems.core.infer.prior import Parameter, Prior
from custom_components.shems.core.units import InputError

PRIOR = Prior((Parameter("loss", "W/K", 0.0, 10.0), Parameter("peak", "kW", 1.0, 20.0, log=True)))
FEATURES, WIDTH, NETS, COMPONENTS = 5, 7, 2, 3
OUT = COMPONENTS * (1 + 2 + 2 + 1)


def arrays(**changed: Any) -> dict[str, Any]:
    random = np.random.default_rng(1)
    widths = (FEATURES, WIDTH, WIDTH, WIDTH, OUT)
    made: dict[str, Any] = {
        "block": np.array("house"),
        "prior": np.array(PRIOR.digest),
        "mean": random.normal(size=FEATURES),
        "deviation": np.full(FEATURES, 2.0),
        "components": np.array(COMPONENTS),
        "alarms": np.array(["residual"]),
        "thresholds": np.array([1.5]),
    }
    for at in range(4):
        made[f"weights_{at}"] = random.normal(0.0, 0.3, (NETS, *widths[at : at + 2])).astype(
            np.float16
        )
        made[f"biases_{at}"] = random.normal(0.0, 0.3, (NETS, widths[at + 1])).astype(np.float16)
    return made | changed


def network(**changed: Any) -> Network:
    return Network.of(arrays(**changed), PRIOR)


def by_hand(
    made: dict[str, Any], features: np.ndarray[Any, Any], theta: np.ndarray[Any, Any]
) -> float:
    """Return one home's log density, one Gaussian after the other."""
    total = 0.0
    for net in range(NETS):
        inner = np.clip((features - made["mean"]) / made["deviation"], -6, 6)
        for at in range(4):
            inner = inner @ made[f"weights_{at}"][net].astype(float) + made[f"biases_{at}"][net]
            if at < 3:
                inner = inner / (1 + np.exp(-inner))
        logits, means, diagonal, rest = np.split(inner, np.cumsum([3, 6, 6]))
        weights = np.exp(logits) / np.exp(logits).sum()
        for part in range(COMPONENTS):
            factor = np.diag(np.exp(np.clip(diagonal[2 * part : 2 * part + 2], -8, 8)))
            factor[1, 0] = rest[part]
            normal = multivariate_normal(
                means[2 * part : 2 * part + 2], np.linalg.inv(factor @ factor.T)
            )
            total += weights[part] * normal.pdf(PRIOR.unbounded(theta)) / NETS
    return float(np.log(total) + PRIOR.log_jacobian(theta))


def test_the_density_is_that_of_the_mixture() -> None:
    random = np.random.default_rng(2)
    features = random.normal(size=(6, FEATURES)) * 3
    theta = PRIOR.draw(random, 6)
    found = network().log_prob(features, theta)
    expected = [by_hand(arrays(), *each) for each in zip(features, theta, strict=True)]
    assert found == pytest.approx(expected, abs=1e-6)


def test_features_beyond_all_training_tell_no_more() -> None:
    theta = PRIOR.draw(np.random.default_rng(3), 1)
    far, farther = (np.full((1, FEATURES), value) for value in (1e2, 1e6))
    assert network().log_prob(far, theta) == network().log_prob(farther, theta)


def test_samples_follow_the_density() -> None:
    random = np.random.default_rng(4)
    features = random.normal(size=(2, FEATURES))
    model = network()
    draws = model.sample(features, random, 20_000)
    assert draws.shape == (2, 20_000, 2)
    assert np.all(np.isfinite(PRIOR.log_density(draws)))
    # The share of samples in a box is the integral of the density over it.
    grid = np.linspace(0, 1, 101)[1:] - 1 / 200
    cells = np.stack(np.meshgrid(grid, grid, indexing="ij"), axis=-1).reshape(-1, 2)
    theta = PRIOR.from_share(cells)
    for home in range(2):
        shown = np.repeat(features[home : home + 1], len(theta), axis=0)
        mass = np.exp(model.log_prob(shown, theta) - PRIOR.log_density(theta)) / len(theta)
        assert mass.sum() == pytest.approx(1.0, abs=0.02)
        for share in (0.2, 0.5, 0.8):
            inside = np.all(cells < share, axis=1)
            drawn = np.mean(np.all(PRIOR.share(draws[home]) < share, axis=1))
            assert drawn == pytest.approx(mass[inside].sum(), abs=0.02)


def test_margins_are_set_right() -> None:
    # Truths of the second parameter were never found in the outer quarters of the draws.
    narrow = np.array([[0.0, 0.0], [0.5, 0.5], [1.0, 1.0]])
    narrow[[0, 2], 1] = 0.25, 0.75
    features = np.random.default_rng(7).normal(size=(3, FEATURES))
    plain, moved = (
        network(**changed).sample(features, np.random.default_rng(8), 4000)
        for changed in ({}, {"levels": narrow})
    )
    assert np.array_equal(plain[..., 0], moved[..., 0])
    levels = np.array([0.05, 0.5, 0.95])
    expected = np.quantile(plain[..., 1], 0.25 + levels / 2, axis=1)
    assert np.quantile(moved[..., 1], levels, axis=1) == pytest.approx(expected, rel=0.02)
    # Which draw is higher than which stays as it was: so does what parameters have in common.
    assert np.array_equal(np.argsort(plain[..., 1], axis=1), np.argsort(moved[..., 1], axis=1))


def test_samples_of_many_homes_are_made_in_parts() -> None:
    features = np.random.default_rng(5).normal(size=(700, FEATURES))
    draws = network().sample(features, np.random.default_rng(6), 1000)
    assert draws.shape == (700, 1000, 2)
    assert network().sample(features[:0], np.random.default_rng(6), 10).shape == (0, 10, 2)


def test_a_file_is_read_as_it_was_written() -> None:
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays())
    read = Network.read(stream.getvalue(), PRIOR)
    features, theta = np.ones((1, FEATURES)), np.array([[5.0, 3.0]])
    assert read.block == "house"
    assert read.alarms == ("residual",)
    assert read.log_prob(features, theta) == network().log_prob(features, theta)


def test_files_of_other_makings_are_refused() -> None:
    with pytest.raises(InputError, match="posterior of another prior"):
        network(prior=np.array("0" * 64))
    for data in (b"", b"PK not an archive", b"\x93NUMPY"):
        with pytest.raises(InputError, match="posterior unreadable"):
            Network.read(data, PRIOR)
