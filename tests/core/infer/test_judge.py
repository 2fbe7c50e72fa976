"""What is seen becomes a posterior with a verdict, and old networks are told from new ones."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from custom_components.shems.core.infer.judge import Seen, infer
from custom_components.shems.core.infer.network import Network
from custom_components.shems.core.infer.posterior import Verdict
from custom_components.shems.core.infer.reference import (
    error_of_evaluation,
    features_of_reference,
    outdated,
    theta_of_reference,
    twisted_reference,
)
from custom_components.shems.core.units import InputError
from scripts.calibration.toy import Line, Toy

TOY = Toy()
SEEN = Seen((0.0, 28 * 86_400.0), 28.0)


def network(slope: float, offset: float, *, threshold: float = 1.0) -> Network:
    """Return a network that is sure of one line, whatever it is shown."""
    biases = np.zeros((1, 6))
    biases[0, 1:3] = TOY.prior.unbounded(np.array([slope, offset]))
    biases[0, 3:5] = np.log(30.0)
    arrays: dict[str, Any] = {
        "block": np.array("toy"),
        "prior": np.array(TOY.prior.digest),
        "mean": np.zeros(12),
        "deviation": np.ones(12),
        "components": np.array(1),
        "alarms": np.array(["noise"]),
        "thresholds": np.array([threshold]),
        "reference_features": features_of_reference(TOY).astype(np.float32),
    }
    widths = (12, 2, 2, 2, 6)
    for at in range(4):
        arrays[f"weights_{at}"] = np.zeros((1, *widths[at : at + 2]))
        arrays[f"biases_{at}"] = biases if at == 3 else np.zeros((1, 2))
    made = Network.of(arrays, TOY.prior)
    density = made.log_prob(features_of_reference(TOY), theta_of_reference(TOY))
    return replace(made, about={**arrays, "reference_log_prob": density})


def line(slope: float, offset: float) -> Line:
    points = offset + slope * np.linspace(-1.0, 1.0, 12)
    return Line(points[np.newaxis], np.zeros((1, 0)))


def test_a_home_as_it_was_expected_is_trusted() -> None:
    random = np.random.default_rng(1)
    (found,) = infer(TOY, network(1.0, 0.5), line(1.0, 0.5), [SEEN], random)
    assert found.verdict is Verdict.TRUSTED
    assert found.alarms == ()
    assert found.names == ("slope", "offset")
    assert found.draws.mean(axis=0) == pytest.approx([1.0, 0.5], abs=0.05)
    assert (found.window, found.days) == (SEEN.window, SEEN.days)


def test_a_home_that_contradicts_its_posterior_is_rejected() -> None:
    random = np.random.default_rng(1)
    (found,) = infer(TOY, network(1.0, 0.5), line(-2.0, 0.5), [SEEN], random)
    assert found.verdict is Verdict.REJECTED
    assert found.alarms == ("noise",)


def classifying(threshold: float) -> Network:
    """Return a network whose classifier tells lines that begin high, with two layers of SiLU."""
    first = np.zeros((2, 12, 3))
    first[:, 0, 0] = 1.0
    last = np.zeros((2, 3, 1))
    last[:, 0, 0] = 1.0, 3.0
    arrays = dict(network(1.0, 0.5).about) | {
        "classifier_alarms": np.array(["high"]),
        "classifier_twists": np.array(["bent"]),
        "classifier_homes": twisted_reference(TOY, ["bent"]),
        "alarms": np.array(["noise", "high"]),
        "thresholds": np.array([1.0, threshold]),
    }
    for at, weights in enumerate((first, np.tile(np.eye(3), (2, 1, 1)), last)):
        arrays[f"classifier_weights_{at}"] = weights
        arrays[f"classifier_biases_{at}"] = np.zeros((2, weights.shape[2]))
    made = Network.of(arrays, TOY.prior)
    assert made.classifier is not None
    said = made.classifier.logits(made.standard(features_of_reference(TOY)))
    return replace(made, about=arrays | {"classifier_logits": said})


def test_a_learned_alarm_leaves_the_predictions() -> None:
    random = np.random.default_rng(1)

    def silu(value: float) -> float:
        return float(value / (1 + np.exp(-value)))

    # The line begins at -0.5; both networks weigh it, one thrice as much as the other.
    said = 2.0 * silu(silu(-0.5))
    for threshold, verdict in ((said - 0.01, Verdict.EFFECTIVE), (said + 0.01, Verdict.TRUSTED)):
        known = classifying(threshold)
        (found,) = infer(TOY, known, line(1.0, 0.5), [SEEN], random)
        assert found.verdict is verdict
        assert found.alarms == (("high",) if verdict is Verdict.EFFECTIVE else ())


def test_a_classifier_is_that_of_its_simulator() -> None:
    class Straight(Toy):
        def simulate(self, seed: int, count: int, *, twist: str | None = None) -> Any:
            return super().simulate(seed, count)

    known = classifying(1.0)
    assert not outdated(TOY, known)
    assert outdated(Straight(), known)
    assert error_of_evaluation(TOY, known) < 1e-4
    about = dict(known.about) | {"classifier_logits": known.about["classifier_logits"] + 0.1}
    assert error_of_evaluation(TOY, replace(known, about=about)) == pytest.approx(0.1)


def test_a_home_at_a_bound_may_lie_beyond_it() -> None:
    random = np.random.default_rng(1)
    (found,) = infer(TOY, network(2.9999, 0.5), line(3.0, 0.5), [SEEN], random)
    assert found.verdict is Verdict.EFFECTIVE
    assert found.alarms == ("at_bound",)


def test_too_few_days_leave_the_prior() -> None:
    random = np.random.default_rng(1)
    short = Seen((0.0, 6 * 86_400.0), 6.0)
    both = Line(np.repeat(line(1.0, 0.5).points, 2, axis=0), np.zeros((2, 0)))
    little, enough = infer(TOY, network(1.0, 0.5), both, [short, SEEN], random)
    assert little.verdict is Verdict.PRIOR
    assert little.draws.std() > 1.0
    assert enough.verdict is Verdict.TRUSTED


def test_networks_know_their_own_check() -> None:
    other = replace(network(1.0, 0.5), alarms=("hum", "noise"))
    with pytest.raises(InputError, match="posterior of another check"):
        infer(TOY, other, line(1.0, 0.5), [SEEN], np.random.default_rng(1))


def test_a_changed_simulator_is_noticed() -> None:
    class Louder(Toy):
        def features(self, observed: Line) -> Any:
            return 1.01 * observed.points

    class Shorter(Toy):
        def features(self, observed: Line) -> Any:
            return observed.points[:, 1:]

    known = network(1.0, 0.5)
    assert not outdated(TOY, known)
    assert outdated(Louder(), known)
    assert outdated(Shorter(), known)
    assert error_of_evaluation(TOY, known) < 1e-4
