"""Scores of truths under what was issued, their memory, and courses of what may come."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.forecast.beliefs import Outlook
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.issue import Archive, Issue
from custom_components.shems.core.forecast.levels import COUNT, LEVELS, covered
from custom_components.shems.core.forecast.normal import (
    EXPONENTIAL,
    SCORES,
    at_scores,
    scores,
    tail_of,
)
from custom_components.shems.core.forecast.residual import Memory, Residuals
from custom_components.shems.core.forecast.scenarios import outlooks
from custom_components.shems.core.horizon import HOUR_S, Horizon
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats

DAYS = Days("Europe/Berlin", HOUR_S)
ORIGIN = 20_600  # 27 May 2026.
NORMAL = np.array([NormalDist(3.0, 0.5).inv_cdf(float(level)) for level in LEVELS])


def wave(days: int, seed: int, keep: float = 0.9) -> Floats:
    """Return scores that remember, (days · 24,)."""
    random = np.random.default_rng(seed)
    found = np.empty(days * 24)
    last = 0.0
    for slot in range(len(found)):
        last = keep * last + np.sqrt(1 - keep**2) * random.normal()
        found[slot] = last
    return found


def home(score: Floats, past: int = 40) -> tuple[Issue, Series]:
    """Return a normal forecast for every hour, and truths that have these scores under it."""
    quantiles = np.tile(NORMAL, (past + 3, 24, 1))
    start: Floats = DAYS.midnight(ORIGIN - past) + HOUR_S * np.arange(len(score), dtype=np.float64)
    truth = Series(start, start + HOUR_S, 3.0 + 0.5 * score)
    return Issue(ORIGIN, quantiles, past, "mix"), truth


def expect(now_h: float, score: Floats, paths: int = 16, hours: int = 36) -> Outlook:
    issue, truth = home(score)
    now = DAYS.midnight(ORIGIN) + now_h * HOUR_S
    residuals = Residuals.of(issue, truth, DAYS)
    horizon = Horizon.uniform(now, HOUR_S, hours)
    (found,) = outlooks((residuals,), (truth,), horizon, now, paths=paths)
    return found


@given(st.lists(st.floats(0.01, 2.0), min_size=19, max_size=19), st.floats(-2.5, 1.6))
def test_a_score_and_its_value_belong_together(rises: list[float], score: float) -> None:
    quantiles = np.cumsum(rises)[np.newaxis]
    value = at_scores(quantiles, np.array([[score]]))
    back = scores(quantiles, value[:, 0])
    assert back[0] == pytest.approx(score, abs=1e-6)
    assert (np.diff(at_scores(quantiles, SCORES[np.newaxis])[0]) > 0).all()


def test_rare_peaks_reach_as_far_as_they_have_done() -> None:
    random = np.random.default_rng(9)
    quantiles = np.tile(-np.log(1 - LEVELS), (4000, 1))
    exponential = random.exponential(1.0, 4000)
    assert tail_of(quantiles, exponential) == pytest.approx(EXPONENTIAL, rel=0.15)
    capped = np.minimum(exponential, quantiles[0, -1] + 0.1)
    assert tail_of(quantiles, capped) < 0.2
    assert tail_of(quantiles, np.full(4000, np.nan)) == EXPONENTIAL
    assert tail_of(quantiles[:3], np.array([1.0, 2.0, 90.0])) > EXPONENTIAL
    rare = np.array([[NormalDist().inv_cdf(0.999)]])
    assert at_scores(quantiles[:1], rare)[0, 0] == pytest.approx(-np.log(0.001), rel=0.01)


def test_where_levels_coincide_the_middle_counts_and_one_value_tells_nothing() -> None:
    half_dark = np.concatenate([np.zeros(11), np.arange(1.0, 9.0)])
    dark = np.zeros(19)
    found = scores(np.array([half_dark, dark, half_dark]), np.array([0.0, 0.0, np.nan]))
    assert SCORES[0] < found[0] < SCORES[10]
    assert np.isnan(found[1:]).all()
    assert scores(half_dark[np.newaxis], np.array([1e6]))[0] == 3.0


def test_a_memory_is_found_and_none_where_there_is_none() -> None:
    found = Memory.of(wave(60, 1), 1.0)
    lags = np.array([1.0, 3.0, 12.0])
    np.testing.assert_allclose(found.correlation(lags), 0.9**lags, atol=0.12)
    assert found.correlation(np.array([0.0]))[0] == 1.0
    assert found.spread == pytest.approx(1.0, abs=0.25)
    noise = Memory.of(np.random.default_rng(2).normal(size=60 * 24), 1.0)
    assert abs(noise.correlation(lags)).max() < 0.1
    assert Memory.of(wave(5, 1), 1.0) == Memory()
    upside_down = Memory.of(np.tile([1.0, -1.0], 800), 1.0)
    assert upside_down.fast == upside_down.slow == 0.0


def test_slots_of_the_night_leave_the_day_its_memory() -> None:
    score = wave(60, 3).reshape(60, 24)
    score[:, :6] = np.nan
    lag = np.array([2.0])
    assert Memory.of(score.ravel(), 1.0).correlation(lag)[0] == pytest.approx(0.81, abs=0.15)


def test_the_last_hours_move_and_narrow_the_next() -> None:
    score = wave(41, 4)
    score[40 * 24 : 40 * 24 + 13] = 2.0
    seen = expect(13, score)
    assert seen.mean[0] > 3.5
    assert seen.mean[-1] < 3.2
    width = seen.quantile(0.9) - seen.quantile(0.1)
    assert width[0] < 0.7 * width[-1]
    assert seen.source == "mix"


def test_nothing_after_now_is_used() -> None:
    score = wave(41, 5)
    before = expect(13, score)
    score[40 * 24 + 13 :] += 5.0
    after = expect(13, score)
    for one, other in (
        (before.mean, after.mean),
        (before.quantiles, after.quantiles),
        (before.paths, after.paths),
    ):
        np.testing.assert_array_equal(one, other)


def test_courses_have_the_margins_and_the_memory_of_the_home() -> None:
    found = expect(0, wave(41, 6), paths=30)
    assert len(found.paths) == 30
    np.testing.assert_allclose(found.paths.mean(axis=0), found.mean, atol=0.05)
    np.testing.assert_allclose(
        np.quantile(found.paths, 0.5, axis=0), found.quantile(0.5), atol=0.08
    )
    centred = found.paths - found.paths.mean(axis=0)
    neighbours = (centred[:, 1:] * centred[:, :-1]).sum() / (centred**2).sum()
    assert neighbours > 0.6
    assert len(expect(0, wave(41, 6), paths=5).paths) == 5


def test_totals_of_a_day_are_covered_as_promised() -> None:
    inside, inside_hour = [], []
    for seed in range(60):
        score = wave(42, 100 + seed)
        found = expect(0, score, paths=40, hours=24)
        truth = 3.0 + 0.5 * score[40 * 24 : 41 * 24]
        low, high = np.quantile(found.paths.sum(axis=1), [0.1, 0.9])
        inside.append(low <= truth.sum() <= high)
        inside_hour.append(covered(found.quantiles.T, truth, 0.8).mean())
    assert 0.65 <= np.mean(inside) <= 0.92
    assert 0.72 <= np.mean(inside_hour) <= 0.88


def test_the_courses_of_a_short_past_reach_as_far_as_its_margins() -> None:
    issue, truth = home(wave(3, 7), past=2)
    now = DAYS.midnight(ORIGIN)
    residuals = Residuals.of(issue, truth, DAYS)
    assert residuals.first == ORIGIN - 2
    issue, truth = home(wave(3, 7), past=0)
    none = Residuals.of(issue, truth, DAYS)
    (bare,) = outlooks((none,), (truth,), Horizon.uniform(now, HOUR_S, 48), now)
    assert bare.paths.shape == (1, 48)
    (found,) = outlooks((residuals,), (truth,), Horizon.uniform(now, HOUR_S, 48), now)
    assert found.paths.shape == (16, 48)
    np.testing.assert_allclose(found.paths.mean(axis=0), found.mean)
    assert (found.paths.max(axis=0) > found.quantile(0.95)).all()
    assert set(found.days_back) == {2}


def test_load_and_sun_follow_the_same_days() -> None:
    shared = wave(41, 8)
    issue, truth = home(shared)
    _, other = home(-shared)
    now = DAYS.midnight(ORIGIN)
    pair = Residuals.of(issue, truth, DAYS), Residuals.of(issue, other, DAYS)
    one, two = outlooks(pair, (truth, other), Horizon.uniform(now, HOUR_S, 24), now)
    np.testing.assert_allclose(one.paths + two.paths, 6.0, atol=0.2)


def test_an_archive_tells_what_was_known_at_a_midnight() -> None:
    archive = Archive(0, np.empty((0, 3, 24, COUNT), np.float32), "mix")
    for day in (5, 6, 9):
        archive = archive.with_row(day, np.full((3, 24, COUNT), float(day)), "mix")
    assert (archive.first, len(archive)) == (5, 5)
    issue = archive.issue(6)
    assert issue is not None
    assert (issue.first, issue.past) == (5, 1)
    assert issue.quantiles[:, 0, 0].tolist() == [5.0, 6.0, 6.0, 6.0]
    assert archive.issue(7) is None
    assert archive.issue(4) is archive.issue(10) is None
    again = archive.with_row(9, np.full((3, 24, COUNT), 1.0), "given")
    assert len(again) == 5
    assert (again.source, float(again.quantiles[-1, 0, 0, 0])) == ("given", 1.0)
