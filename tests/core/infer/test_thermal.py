"""The block of the rooms."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.infer.block import Drawn
from custom_components.shems.core.infer.thermal import Thermal
from custom_components.shems.core.infer.thermal_features import regress
from custom_components.shems.core.infer.thermal_rooms import Rooms, bridged, followed
from custom_components.shems.core.units import Floats

BLOCK = Thermal()
COUNT = 40


@pytest.fixture(scope="module")
def drawn() -> Drawn[Rooms]:
    return BLOCK.simulate(3, COUNT)


def scattered(drawn: Drawn[Rooms], count: int) -> Floats:
    """Return draws around the truth: a posterior that is not wrong."""
    rng = np.random.default_rng(1)
    free = BLOCK.prior.unbounded(drawn.theta)[:, np.newaxis]
    noise = rng.standard_normal((len(drawn.theta), count, free.shape[2]))
    return BLOCK.prior.bounded(free + 0.3 * noise)


@pytest.fixture(scope="module")
def few() -> Drawn[Rooms]:
    return BLOCK.simulate(8, 4)


def test_homes_are_those_of_their_seed(drawn: Drawn[Rooms], few: Drawn[Rooms]) -> None:
    again = BLOCK.simulate(8, 4)
    assert np.array_equal(few.theta, again.theta)
    assert np.array_equal(few.observed.indoor_c, again.observed.indoor_c, equal_nan=True)
    assert not np.array_equal(few.theta, drawn.theta[:4])
    assert drawn.observed.indoor_c.shape == (COUNT, 672)
    assert drawn.observed.held_out.shape == (COUNT, 175)
    assert np.isfinite(drawn.observed.held_out).all()
    assert 0.02 < np.isnan(drawn.observed.heating_kw).mean() < 0.6
    assert np.isfinite(BLOCK.prior.log_density(drawn.theta)).all()


def test_features_are_finite_whatever_is_missing(drawn: Drawn[Rooms]) -> None:
    nothing = np.full((COUNT, 672), np.nan)
    for rooms in (
        drawn.observed,
        replace(drawn.observed, heating_kw=nothing),
        replace(drawn.observed, heating_kw=0.0 * nothing, cooling_kw=0.0 * nothing),
        replace(drawn.observed, heating_kw=np.zeros((COUNT, 672)), indoor_c=nothing + 20.0),
        replace(drawn.observed, indoor_c=np.full((COUNT, 672), 20.0)),
    ):
        assert np.isfinite(BLOCK.features(rooms)).all()


def test_homes_are_looked_at_one_by_one(drawn: Drawn[Rooms]) -> None:
    alone = drawn.observed.at(slice(7, 8))
    before = alone.indoor_c.copy()
    assert BLOCK.features(alone)[0] == pytest.approx(
        BLOCK.features(drawn.observed)[7], rel=1e-4, abs=1e-4
    )
    assert np.array_equal(alone.indoor_c, before, equal_nan=True)


def test_predictions_cover_what_comes_later(drawn: Drawn[Rooms]) -> None:
    shown = BLOCK.predict(drawn.observed, scattered(drawn, 32))
    assert shown.shape == (COUNT, 32, 175)
    assert np.isfinite(shown).all()
    low, high = np.quantile(shown, [0.05, 0.95], axis=1)
    later = drawn.observed.held_out
    inside = (later >= low - 1e-9) & (later <= high + 1e-9)
    assert 0.85 < inside[:, :168].mean() < 0.99
    assert inside[:, 168:].mean() > 0.85
    # A band that always holds may be wide: this one is narrower than the weather's own.
    usual = np.quantile(later[:, :168], 0.95, axis=1) - np.quantile(later[:, :168], 0.05, axis=1)
    assert np.median((high - low)[:, :168]) < 1.5 * np.median(usual)


def test_nothing_later_is_predicted_without_its_weather(drawn: Drawn[Rooms]) -> None:
    window = replace(drawn.observed, later=None)
    assert BLOCK.predict(window, scattered(drawn, 4)).shape == (COUNT, 4, 0)
    assert window.held_out.shape == (COUNT, 0)


def test_a_room_that_goes_its_own_way_is_noticed(drawn: Drawn[Rooms]) -> None:
    draws = scattered(drawn, 8)
    usual = BLOCK.check(drawn.observed, draws).statistics[:, 0]
    other = replace(drawn.observed, indoor_c=np.roll(drawn.observed.indoor_c, 1, axis=0))
    assert np.median(BLOCK.check(other, draws).statistics[:, 0]) > np.median(usual) + 0.2


@pytest.mark.parametrize("twist", ["coupling", "own_coupling", "gains", "outdoor_bias"])
def test_twists_leave_the_parameters_alone(twist: str, few: Drawn[Rooms]) -> None:
    changed = BLOCK.simulate(8, 4, twist=twist)
    assert np.array_equal(changed.theta, few.theta)
    assert not np.array_equal(
        changed.observed.outdoor_c + changed.observed.indoor_c,
        few.observed.outdoor_c + few.observed.indoor_c,
        equal_nan=True,
    )


def test_gaps_are_bridged_on_lines() -> None:
    gaps = np.array([[np.nan, 1.0, np.nan, np.nan, 4.0, np.nan], [np.nan] * 6])
    assert bridged(gaps)[0] == pytest.approx([1.0, 1.0, 2.0, 3.0, 4.0, 4.0])
    assert not bridged(gaps)[1].any()


def test_what_follows_lags_behind_by_its_time_constant() -> None:
    ramp = np.tile(np.arange(400.0), (2, 1))
    assert (ramp - followed(ramp, 20.0))[:, -1] == pytest.approx(19.5, abs=0.1)


def test_regressions_tell_how_sure_they_are() -> None:
    rng = np.random.default_rng(4)
    columns = [rng.standard_normal((300, 80)) for _ in range(2)]
    target = 0.7 * columns[0] - 0.2 * columns[1] + 0.5 * rng.standard_normal((300, 80))
    seen = rng.random((300, 80)) < 0.8
    fit = regress(np.where(seen, target, np.nan), columns, seen)
    assert fit.coefficients.mean(axis=0) == pytest.approx([0.7, -0.2], abs=0.02)
    off = (fit.coefficients - np.array([0.7, -0.2])) / fit.deviations
    assert off.std(axis=0) == pytest.approx([1.0, 1.0], abs=0.15)
    assert fit.noise.mean() == pytest.approx(0.5, abs=0.02)
