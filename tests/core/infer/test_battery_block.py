"""A battery's block: what its regressions find, what it predicts, and what it notices."""

from dataclasses import fields, replace

import numpy as np
import pytest

from custom_components.shems.core.infer.battery import BatteryBlock, BatteryHistory
from custom_components.shems.core.infer.battery_features import bridged
from custom_components.shems.core.infer.block import Drawn

BLOCK = BatteryBlock()
HOMES = 150


@pytest.fixture(scope="module")
def drawn() -> Drawn[BatteryHistory]:
    return BLOCK.simulate(1, HOMES)


def told(drawn: Drawn[BatteryHistory]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return draws that know the truth."""
    return np.repeat(drawn.theta[:, np.newaxis], 16, axis=1)


def test_homes_are_reproducible(drawn: Drawn[BatteryHistory]) -> None:
    again = BLOCK.simulate(1, HOMES)
    for field in fields(BatteryHistory):
        one, other = (getattr(each.observed, field.name) for each in (drawn, again))
        assert np.array_equal(one, other, equal_nan=True)
    assert drawn.theta.shape == (HOMES, 4)
    assert drawn.observed.soc.shape == (HOMES, 28 * 24)
    assert np.nanmin(drawn.observed.soc) >= 0
    assert np.nanmax(drawn.observed.soc) <= 1


def test_regressions_find_what_was_put_in(drawn: Drawn[BatteryHistory]) -> None:
    features = BLOCK.features(drawn.observed)
    assert np.all(np.isfinite(features))
    # Where the error that they tell of themselves is small, so is the true one.
    sure = np.exp(features[:, 7]) < 0.02
    assert sure.sum() > 40
    error = features[sure, 0] - np.log(drawn.theta[sure, 0])
    assert np.median(np.abs(error)) < 0.06


def test_a_home_alone_has_the_features_it_has_among_others(drawn: Drawn[BatteryHistory]) -> None:
    observed = drawn.observed
    alone = replace(
        observed, **{each.name: getattr(observed, each.name)[5:6] for each in fields(observed)}
    )
    assert BLOCK.features(alone) == pytest.approx(BLOCK.features(observed)[5:6], abs=1e-6)


@pytest.mark.filterwarnings("error")
def test_a_home_without_any_reading_is_no_error() -> None:
    none = np.full((2, 28 * 24), np.nan)
    later = np.zeros((2, 0))
    empty = BatteryHistory(none, none, none, later, later, later)
    assert np.all(np.isfinite(BLOCK.features(empty)))
    assert BLOCK.predict(empty, np.ones((2, 3, 4))).shape == (2, 3, 0)
    assert np.all(np.isnan(BLOCK.check(empty, np.ones((2, 3, 4))).statistics[:, 2]))


def test_the_truth_predicts_what_comes_later(drawn: Drawn[BatteryHistory]) -> None:
    found = BLOCK.predict(drawn.observed, told(drawn))
    truth = drawn.observed.held_out
    assert found.shape == (HOMES, 16, truth.shape[1])
    inside = (truth >= found.min(axis=1)) & (truth <= found.max(axis=1))
    assert inside.mean() > 0.8
    # The bands are narrow beside what there is to predict.
    width = found.std(axis=1).mean()
    assert width < 0.4 * truth.std()


def test_a_wrong_clock_is_noticed(drawn: Drawn[BatteryHistory]) -> None:
    late = BLOCK.simulate(1, HOMES, twist="time_shift")
    statistics = [BLOCK.check(each.observed, told(each)).statistics for each in (drawn, late)]
    # How often it would be better off with another hour.
    assert np.mean(statistics[0][:, 0] > 0) < 0.05
    assert np.mean(statistics[1][:, 0] > 0) > 0.9


@pytest.mark.parametrize(
    ("twist", "name"), [("unmetered_charge", "gain"), ("module_lost", "change")]
)
def test_what_the_powers_cannot_explain_shows(
    drawn: Drawn[BatteryHistory], twist: str, name: str
) -> None:
    other = BLOCK.simulate(1, HOMES, twist=twist)
    checks = [BLOCK.check(each.observed, told(each)) for each in (drawn, other)]
    at = checks[0].names.index(name)
    limit = np.nanquantile(checks[0].statistics[:, at], 0.99)
    assert np.mean(checks[1].statistics[:, at] > limit) > 0.25


def test_short_gaps_are_bridged_and_long_ones_not() -> None:
    gap = np.nan
    values = np.array([[gap, 1.0, gap, gap, 4.0, gap, gap, gap, 8.0, gap]])
    expected = [gap, 1.0, 2.0, 3.0, 4.0, gap, gap, gap, 8.0, gap]
    assert bridged(values)[0] == pytest.approx(expected, nan_ok=True)
