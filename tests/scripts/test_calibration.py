"""Calibration: measures that know right from wrong posteriors, and the command itself."""

import numpy as np
import pytest

from scripts.calibration.coupling import noticed
from scripts.calibration.measures import covered, distance, measured, ranks, tarp_ranks
from scripts.calibration.plain import PlainBattery
from scripts.calibration.second import MOST, of_battery, of_toy, read, told_apart
from scripts.calibration.toy import Toy

COUNT, DRAWS = 2000, 200
LIMIT = 1.63 / COUNT**0.5


def posteriors(width: float, offset: float = 0.0) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]  # shapes say nothing here
    """Return truths and draws around what was seen of them, too wide or beside them."""
    random = np.random.default_rng(1)
    theta = 0.5 * random.standard_normal((COUNT, 2))
    seen = theta + 0.2 * random.standard_normal(theta.shape)
    kept = 0.5**2 / (0.5**2 + 0.2**2)
    noise = kept**0.5 * 0.2 * random.standard_normal((COUNT, DRAWS, 2))
    return theta, kept * seen[:, np.newaxis] + offset + width * noise


@pytest.mark.parametrize(
    ("width", "offset", "right"), [(1.0, 0.0, True), (0.6, 0.0, False), (1.0, 0.1, False)]
)
def test_ranks_tell_a_right_posterior_from_wrong_ones(
    width: float, offset: float, *, right: bool
) -> None:
    theta, draws = posteriors(width, offset)
    random = np.random.default_rng(2)
    assert bool(distance(ranks(theta, draws, random)).max() < LIMIT) is right
    assert bool(distance(tarp_ranks(Toy.prior, theta, draws, random)) < LIMIT) is right


def test_bands_cover_what_they_say() -> None:
    random = np.random.default_rng(3)
    predicted = random.standard_normal((400, 64, 20))
    truth = random.standard_normal((400, 20))
    predicted[:10, :, 3] = np.nan
    inside = covered(predicted, truth)
    assert np.isnan(inside).sum() == 10
    assert np.nanmean(inside) == pytest.approx(0.9, abs=0.02)


def test_a_classifier_tells_only_what_differs_apart() -> None:
    random = np.random.default_rng(4)
    one, same = random.standard_normal((2, 500, 3))
    assert told_apart(one, same) < 0.56
    assert told_apart(one, same + np.array([1.0, 0.0, 0.0])) > 0.65


def test_lines_have_their_exact_posterior() -> None:
    assert np.mean(of_toy(read(Toy()), 3)) <= MOST


def test_batteries_have_the_posterior_that_long_chains_find() -> None:
    assert np.mean(of_battery(read(PlainBattery()), 3)) <= MOST


def test_a_quality_tells_of_bent_lines() -> None:
    network = read(Toy())
    plain = measured(Toy(), network, 5, 1000)
    bent = measured(Toy(), network, 5, 1000, "bent")
    assert plain.rank_distance.max() < 1.63 / 1000**0.5
    assert plain.alarmed < 0.04
    assert bent.alarmed > 0.5
    assert bent.coverage[:, 2].min() < plain.coverage[:, 2].min() - 0.1
    assert plain.gain > 3.5
    assert plain.predicted > 0.85


def test_no_alarm_can_notice_a_third_of_a_coupling_that_is_known_to_a_sixth() -> None:
    """Exactly known it is the share of couplings below thrice the lowest 2 %; 70 % were asked."""
    exact = np.log(3 * 2.5 * 4.8**0.02 / 2.5) / np.log(4.8)
    found = [noticed(factor, own=True) for factor in (1.001, 1.15, 1.7, 20.0)]
    assert found[0] == pytest.approx(exact, abs=0.005)
    assert found[0] > 0.70 > found[1] > found[2] > found[3]
    assert found[3] < 0.05


def test_a_coupling_that_no_usual_home_has_can_be_noticed() -> None:
    found = [noticed(factor, own=False) for factor in (1.01, 1.15, 1.7, 20.0)]
    assert found[0] == pytest.approx(1.0, abs=1e-6)
    assert found[1] > 0.99
    # P((t - ln a/3) / s) at the t below which 2 % of the usual lie, solved by hand.
    assert found[2] == pytest.approx(0.815, abs=0.01)
    assert found[3] < 0.1
