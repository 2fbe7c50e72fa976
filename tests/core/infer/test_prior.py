"""A prior's axes, density and digest."""

import numpy as np
import pytest

from custom_components.shems.core.infer.prior import Parameter, Prior

PRIOR = Prior(
    (
        Parameter("tilt", "°", 5.0, 70.0),
        Parameter("peak", "kW", 0.8, 20.0, log=True),
        Parameter("share", "", -1.0, 1.0, natural=(False, True)),
    )
)


def test_draws_are_uniform_on_their_axis() -> None:
    draws = PRIOR.draw(np.random.default_rng(1), 20_000)
    assert draws.shape == (20_000, 3)
    assert np.median(draws[:, 0]) == pytest.approx(37.5, abs=0.7)
    assert np.median(draws[:, 1]) == pytest.approx(4.0, rel=0.04)
    assert PRIOR.share(draws).std(axis=0) == pytest.approx(PRIOR.deviation, rel=0.02)
    assert np.array_equal(draws, PRIOR.draw(np.random.default_rng(1), 20_000))


def test_unbounded_values_lead_back() -> None:
    draws = PRIOR.draw(np.random.default_rng(2), 500)
    assert PRIOR.bounded(PRIOR.unbounded(draws)) == pytest.approx(draws, rel=1e-9)
    edges = np.array([[5.0, 20.0, 3.0]])
    assert np.all(np.isfinite(PRIOR.unbounded(edges)))
    assert np.all(np.isfinite(PRIOR.bounded(np.array([[1e4, -1e4, 0.0]]))))


def test_the_jacobian_is_the_slope() -> None:
    draws = PRIOR.draw(np.random.default_rng(3), 50)
    small = 1e-6
    slopes = np.ones(50)
    for axis in range(3):
        step = np.zeros(3)
        step[axis] = small
        change = PRIOR.unbounded(draws + step) - PRIOR.unbounded(draws - step)
        slopes *= change[:, axis] / (2 * small)
    assert PRIOR.log_jacobian(draws) == pytest.approx(np.log(slopes), abs=1e-3)


def test_the_density_integrates_to_one() -> None:
    one = Prior((Parameter("peak", "kW", 0.8, 20.0, log=True),))
    grid = np.linspace(0.5, 25.0, 200_001)
    density = np.exp(one.log_density(grid[:, np.newaxis]))
    assert density.sum() * (grid[1] - grid[0]) == pytest.approx(1.0, abs=1e-3)
    assert one.log_density(np.array([-1.0])) == -np.inf


def test_draws_at_a_bound_are_counted() -> None:
    draws = PRIOR.draw(np.random.default_rng(4), 50_000)
    assert PRIOR.at_bounds(draws) == pytest.approx([0.04, 0.04, 0.02], abs=0.004)
    draws[:, 0] = 5.1
    assert PRIOR.at_bounds(draws[np.newaxis])[0, 0] == 1.0


def test_any_change_of_a_prior_changes_its_digest() -> None:
    same = Prior(tuple(PRIOR.parameters))
    other = Prior((Parameter("tilt", "°", 5.0, 71.0), *PRIOR.parameters[1:]))
    assert PRIOR.names == ("tilt", "peak", "share")
    assert same.digest == PRIOR.digest != other.digest
