"""What is said of draws, what a person adds to them, and how windows are pooled."""

import numpy as np
import pytest

from custom_components.shems.core.infer.posterior import (
    LEVELS,
    Posterior,
    Verdict,
    entered,
    pool,
    prior_of,
)
from custom_components.shems.core.infer.prior import Parameter, Prior

PRIOR = Prior((Parameter("loss", "W/K", 0.0, 10.0), Parameter("gain", "W", 0.0, 100.0)))


def posterior(
    mean: tuple[float, float],
    spread: tuple[float, float],
    verdict: Verdict = Verdict.TRUSTED,
    seed: int = 1,
) -> Posterior:
    random = np.random.default_rng(seed)
    # What is lost more has been gained more.
    covariance = np.diag(np.square(spread))
    covariance[0, 1] = covariance[1, 0] = 0.9 * spread[0] * spread[1]
    draws = random.multivariate_normal(mean, covariance, 4000)
    return Posterior("house", PRIOR.names, draws, verdict, (), (0.0, 7.0), 7.0)


def test_a_summary_tells_where_and_how_sure() -> None:
    found = posterior((5.0, 50.0), (0.5, 20.0)).summary(PRIOR)
    assert found["loss"].mean == pytest.approx(5.0, abs=0.05)
    assert len(found["loss"].quantiles) == len(LEVELS)
    assert found["loss"].quantiles[4] == pytest.approx(5.0 + 1.645 * 0.5, abs=0.07)
    assert found["loss"].contraction == pytest.approx(1 - 0.25 / (100 / 12), abs=0.01)
    assert found["gain"].contraction < found["loss"].contraction


def test_nothing_is_learned_from_too_little() -> None:
    found = prior_of("house", PRIOR, np.random.default_rng(1), 20_000)
    assert found.verdict is Verdict.PRIOR
    assert not found.usable
    assert found.summary(PRIOR)["gain"].contraction == pytest.approx(0.0, abs=0.03)
    assert found.information(PRIOR) == pytest.approx(0.0, abs=0.03)


def test_what_a_person_knows_narrows_the_rest() -> None:
    random = np.random.default_rng(2)
    before = posterior((5.0, 50.0), (0.5, 10.0))
    after = entered(before, PRIOR, {"loss": (5.4, 0.1)}, random)
    assert after.draw_of("loss").mean() == pytest.approx(5.4, abs=0.05)
    # 50 + 0.9 · 10 / 0.5 · 0.4, what they have in common
    assert after.draw_of("gain").mean() == pytest.approx(57.2, abs=1.0)
    assert after.draw_of("gain").std() < 0.6 * before.draw_of("gain").std()
    assert entered(before, PRIOR, {}, random) is before


@pytest.mark.parametrize(("value", "deviation"), [(8.0, 0.1), (9.0, 1.0)])
def test_a_person_who_contradicts_is_right(value: float, deviation: float) -> None:
    random = np.random.default_rng(3)
    after = entered(posterior((5.0, 50.0), (0.2, 4.0)), PRIOR, {"loss": (value, deviation)}, random)
    assert np.median(after.draw_of("loss")) == pytest.approx(value, abs=0.1)
    assert after.draw_of("gain").mean() > 70
    assert np.all(np.isfinite(PRIOR.log_density(after.draws)))


def test_windows_that_are_trusted_and_telling_are_pooled() -> None:
    winter = posterior((5.0, 50.0), (0.1, 5.0))
    autumn = posterior((5.2, 40.0), (0.3, 5.0), seed=2)
    summer = posterior((6.0, 40.0), (3.0, 30.0), seed=3)
    wrong = posterior((1.0, 10.0), (0.05, 1.0), Verdict.REJECTED)
    least = posterior((5.0, 50.0), (4.0, 40.0), seed=4)
    found = pool([summer, least, wrong, autumn, winter], PRIOR)
    assert found is not None
    assert found.verdict is Verdict.TRUSTED
    assert found.days == 21.0
    assert found.draw_of("loss").mean() == pytest.approx((5.0 + 5.2 + 6.0) / 3, abs=0.1)
    assert winter.information(PRIOR) > autumn.information(PRIOR) > summer.information(PRIOR)


def test_doubtful_windows_are_used_only_alone() -> None:
    doubtful = posterior((7.0, 70.0), (0.1, 5.0), Verdict.EFFECTIVE)
    sure = posterior((5.0, 50.0), (0.5, 5.0))
    only = pool([doubtful], PRIOR)
    both = pool([doubtful, sure], PRIOR)
    assert only is not None
    assert only.verdict is Verdict.EFFECTIVE
    assert only.usable
    assert both is not None
    assert both.draw_of("loss").mean() == pytest.approx(5.0, abs=0.1)
    assert pool([posterior((1, 1), (1, 1), Verdict.REJECTED)], PRIOR) is None


def test_what_most_windows_say_of_a_home_holds_for_the_others_too() -> None:
    sure, short = posterior((5.0, 50.0), (0.5, 5.0)), posterior((1, 1), (1, 1), Verdict.PRIOR)
    doubted = [sure.doubted("coupling")] * 2
    most = pool([sure, short, *doubted], PRIOR, ["coupling"])
    half = pool([sure, sure, *doubted], PRIOR, ["coupling"])
    passing = pool([sure, short, *doubted], PRIOR)
    assert most is not None
    assert half is not None
    assert passing is not None
    assert (most.verdict, most.alarms) == (Verdict.EFFECTIVE, ("coupling",))
    assert (half.verdict, half.alarms) == (Verdict.TRUSTED, ())
    assert passing.verdict is Verdict.TRUSTED
    # Where every window says so it is said once.
    both = pool(doubted, PRIOR, ["coupling"])
    assert both is not None
    assert both.alarms == ("coupling",)


def test_a_parameter_that_stands_still_is_no_error() -> None:
    still = Posterior("house", PRIOR.names, np.full((50, 2), 5.0), Verdict.TRUSTED)
    assert np.isfinite(still.information(PRIOR))


def test_what_is_doubted_is_effective_at_best() -> None:
    trusted = posterior((5.0, 50.0), (0.5, 20.0))
    doubted = trusted.doubted("by_clouds")
    assert (doubted.verdict, doubted.alarms) == (Verdict.EFFECTIVE, ("by_clouds",))
    assert doubted.usable
    rejected = posterior((5.0, 50.0), (0.5, 20.0), Verdict.REJECTED).doubted("by_clouds")
    assert rejected.verdict is Verdict.REJECTED
