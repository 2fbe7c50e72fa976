"""The block of behaviour and car."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.infer.block import Drawn
from custom_components.shems.core.infer.living import Living, LivingSeen
from custom_components.shems.core.infer.living_features import quantiles

BLOCK = Living()
COUNT = 40


@pytest.fixture(scope="module")
def drawn() -> Drawn[LivingSeen]:
    return BLOCK.simulate(3, COUNT)


def cut(seen: LivingSeen, first: int, last: int) -> LivingSeen:
    """Return some of the homes."""
    return LivingSeen(
        seen.load_kw[first:last],
        seen.weekday[first:last],
        seen.latitude[first:last],
        seen.day[first:last],
        seen.held_out[first:last],
    )


def test_homes_are_those_of_their_seed(drawn: Drawn[LivingSeen]) -> None:
    again = BLOCK.simulate(3, COUNT)
    assert np.array_equal(drawn.theta, again.theta)
    assert np.array_equal(drawn.observed.load_kw, again.observed.load_kw, equal_nan=True)
    assert not np.array_equal(drawn.theta, BLOCK.simulate(4, COUNT).theta)
    assert drawn.observed.load_kw.shape == (COUNT, 672)
    assert drawn.observed.held_out.shape == (COUNT, 336)
    assert np.isfinite(drawn.observed.held_out).all()
    assert 0.02 < np.isnan(drawn.observed.load_kw).mean() < 0.6
    assert np.isfinite(BLOCK.prior.log_density(drawn.theta)).all()


def test_features_are_finite_whatever_is_missing(drawn: Drawn[LivingSeen]) -> None:
    features = BLOCK.features(drawn.observed)
    assert np.isfinite(features).all()
    nothing = replace(drawn.observed, load_kw=np.full((COUNT, 672), np.nan))
    assert np.isfinite(BLOCK.features(nothing)).all()
    still = replace(drawn.observed, load_kw=np.full((COUNT, 672), 0.2))
    assert np.isfinite(BLOCK.features(still)).all()


def test_homes_are_looked_at_one_by_one(drawn: Drawn[LivingSeen]) -> None:
    alone = BLOCK.features(cut(drawn.observed, 7, 8))
    assert alone[0] == pytest.approx(BLOCK.features(drawn.observed)[7], abs=1e-4)


def test_features_tell_the_habits_apart() -> None:
    drawn = BLOCK.simulate(11, 800)
    features = BLOCK.features(drawn.observed)
    shown = (features - features.mean(axis=0)) / (features.std(axis=0) + 1e-9)
    design = np.hstack([np.clip(shown, -3, 3), np.ones((len(shown), 1))])
    target = BLOCK.prior.share(drawn.theta) - 0.5
    known, fresh = slice(0, 600), slice(600, 800)
    inner = design[known].T @ design[known] + 30.0 * np.eye(design.shape[1])
    told = design[fresh] @ np.linalg.solve(inner, design[known].T @ target[known])
    left = np.mean((told - target[fresh]) ** 2, axis=0) * 12.0
    gained = dict(zip(BLOCK.prior.names, 1 - left, strict=True))
    assert gained["base_kw"] > 0.85
    assert min(gained[name] for name in ("car_kw", "charging_h", "session_kwh")) > 0.25
    assert gained["sessions"] > 0.15
    assert gained["evening_kwh"] > 0.1


@pytest.mark.parametrize("twist", BLOCK.twists)
def test_twists_change_what_is_seen_and_not_what_is_inferred(
    drawn: Drawn[LivingSeen], twist: str
) -> None:
    twisted = BLOCK.simulate(3, COUNT, twist=twist)
    assert np.array_equal(twisted.theta, drawn.theta)
    mean = np.nanmean(twisted.observed.load_kw) - np.nanmean(drawn.observed.load_kw)
    assert mean == pytest.approx(0, abs=0.1) if twist == "clock_shift" else mean > 0.1


def test_check_doubts_homes_with_heating(drawn: Drawn[LivingSeen]) -> None:
    draws = np.repeat(drawn.theta[:, np.newaxis], 16, axis=1)
    good = BLOCK.check(drawn.observed, draws)
    assert good.statistics.shape == (COUNT, len(good.names))
    assert np.isfinite(good.statistics).all()
    limit = np.quantile(good.statistics, 0.97, axis=0)
    heated = BLOCK.simulate(3, COUNT, twist="heating").observed
    alarms = (BLOCK.check(heated, draws).statistics > limit).any(axis=1)
    assert alarms.mean() > 0.5


@pytest.mark.parametrize("twist", [None, "heating"])
def test_predictions_cover_what_comes(twist: str | None) -> None:
    drawn = BLOCK.simulate(8, 40, twist=twist)
    draws = np.repeat(drawn.theta[:, np.newaxis], 48, axis=1)
    told = BLOCK.predict(drawn.observed, draws)
    assert told.shape == (40, 48, 336)
    assert told.min() >= 0
    low, high = np.quantile(told, [0.05, 0.95], axis=1)
    later = drawn.observed.held_out
    assert np.mean((later >= low) & (later <= high)) >= 0.85


def test_predictions_without_own_days_are_simulated(drawn: Drawn[LivingSeen]) -> None:
    seen = cut(drawn.observed, 0, 2)
    blind = replace(seen, load_kw=np.full((2, 672), np.nan))
    draws = np.repeat(drawn.theta[:2, np.newaxis], 8, axis=1)
    told = BLOCK.predict(blind, draws)
    assert np.isfinite(told).all()
    assert np.array_equal(told, BLOCK.predict(blind, draws))


def test_quantiles_leave_out_what_is_missing() -> None:
    values = np.array([[np.nan, 3.0, 1.0, 2.0], [np.nan] * 4], dtype=np.float32)
    told = quantiles(values, (0.0, 0.25, 1.0))
    assert told[0] == pytest.approx([1.0, 1.5, 3.0])
    assert np.isnan(told[1]).all()
