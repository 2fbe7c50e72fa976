"""Totals of whole days hold as often as the courses say, whatever a home is like."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.forecast.beliefs import Outlook
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.issue import Issue
from custom_components.shems.core.forecast.levels import COUNT, LEVELS
from custom_components.shems.core.forecast.normal import SCORES
from custom_components.shems.core.forecast.residual import Residuals
from custom_components.shems.core.forecast.scenarios import outlooks
from custom_components.shems.core.forecast.totals import Totals
from custom_components.shems.core.horizon import HOUR_S, Horizon
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats

DAYS = Days("Europe/Berlin", HOUR_S)
ORIGIN = 20_600  # 27 May 2026.
PAST = 60
QUIET = 0.1 + 0.03 * SCORES
WIDER = Totals(1.5 * SCORES, 0.8)


def issued(margin: Floats, truth: Floats) -> tuple[Residuals, Series]:
    """Return what a home rests on that is told the same, (24, L), every day of the truth."""
    start: Floats = DAYS.midnight(ORIGIN - PAST) + HOUR_S * np.arange(truth.size, dtype=np.float64)
    series = Series(start, start + HOUR_S, truth.ravel())
    issue = Issue(ORIGIN, np.tile(margin, (PAST + 2, 1, 1)), PAST, "mix")
    return Residuals.of(issue, series, DAYS), series


def seldom(seed: int, days: int = PAST + 1) -> Floats:
    """Return hours (days, 24) of a quiet home that on every third day or so takes 3 kW once."""
    random = np.random.default_rng(seed)
    truth: Floats = np.maximum(0.1 + 0.03 * random.normal(size=(days, 24)), 0.0)
    event = np.flatnonzero(random.random(days) < 0.35)
    truth[event, random.integers(24, size=len(event))] += 3.0
    return truth


def courses(residuals: Residuals, series: Series, at_h: int = 0) -> Outlook:
    now = DAYS.midnight(ORIGIN) + at_h * HOUR_S
    horizon = Horizon.uniform(now, HOUR_S, 24)
    (found,) = outlooks((residuals,), (series,), horizon, now, paths=PAST)
    return found


def inside(paths: Floats, total: float) -> float:
    low, high = np.quantile(paths.sum(axis=1), [0.1, 0.9], method="weibull")
    return float(low <= total <= high)


def test_a_home_that_is_quiet_but_for_an_hour_has_quiet_days() -> None:
    held, bare, trust = [], [], []
    for seed in range(40):
        truth = seldom(seed)
        residuals, series = issued(np.tile(QUIET, (24, 1)), truth)
        total = float(truth[-1].sum())
        trust.append(residuals.totals.trust)
        held.append(inside(courses(residuals, series).paths, total))
        without = replace(residuals, totals=Totals())
        bare.append(inside(courses(without, series).paths, total))
    assert np.median(trust) > 0.5
    assert 0.7 <= np.mean(held) <= 0.95
    assert np.mean(bare) < np.mean(held) - 0.1


def test_where_totals_hold_already_they_are_left_alone() -> None:
    random = np.random.default_rng(1)
    trust = []
    for _ in range(20):
        day = random.normal(size=(PAST + 1, 1))
        score = np.sqrt(0.5) * (day + random.normal(size=(PAST + 1, 24)))
        residuals, series = issued(np.tile(QUIET, (24, 1)), 0.1 + 0.03 * score)
        trust.append(residuals.totals.trust)
    assert np.median(trust) == 0.0
    assert np.mean(trust) < 0.2
    untouched = replace(residuals, totals=Totals(3 * SCORES, 0.0))
    np.testing.assert_array_equal(
        courses(replace(residuals, totals=Totals()), series).paths,
        courses(untouched, series).paths,
    )


@pytest.mark.parametrize(("at_h", "least", "most"), [(0, 1.3, 1.6), (13, 1.1, 1.3)])
def test_totals_move_and_their_order_and_the_mean_stay(
    at_h: int, least: float, most: float
) -> None:
    truth = 0.1 + 0.03 * np.random.default_rng(2).normal(size=(PAST + 1, 24))
    residuals, series = issued(np.tile(QUIET, (24, 1)), truth)
    bare = courses(replace(residuals, totals=Totals()), series, at_h)
    wider = courses(replace(residuals, totals=WIDER), series, at_h)
    np.testing.assert_allclose(wider.paths.mean(axis=0), bare.mean, rtol=1e-6)
    np.testing.assert_array_equal(wider.quantiles, bare.quantiles)
    today = slice(0, 24 - at_h)
    before, after = (found.paths[:, today].sum(axis=1) for found in (bare, wider))
    assert np.corrcoef(before, after)[0, 1] > 0.99
    assert least < after.std() / before.std() < most


def test_a_part_of_a_day_is_moved_in_part() -> None:
    totals = np.array([3.0, 1.0, 2.0, 4.0])
    among = np.linspace(0.5, 4.5, 81)
    whole = WIDER.moved(totals, among, 1.0)
    assert np.argsort(whole).tolist() == np.argsort(totals).tolist()
    assert np.ptp(whole) > np.ptp(totals)
    np.testing.assert_allclose(WIDER.moved(totals, among, 0.25), totals + (whole - totals) / 4)


def test_a_night_stays_dark() -> None:
    margin = np.zeros((24, COUNT))
    margin[6:20] = 2.0 + 0.5 * SCORES
    truth = np.zeros((PAST + 1, 24))
    truth[:, 6:20] = 2.0 + 0.5 * np.random.default_rng(3).normal(size=(PAST + 1, 14))
    residuals, series = issued(margin, truth)
    found = courses(replace(residuals, totals=WIDER), series, 21)
    assert np.isfinite(found.paths).all()
    assert not found.paths[:, :9].any()
    assert (found.paths[:, 9:23] > 0).all()


def test_few_days_and_certain_totals_tell_nothing() -> None:
    margin = np.tile(QUIET, (PAST, 2, 1))
    score = np.random.default_rng(4).normal(size=(PAST, 2))
    known = Totals.of(margin, 0.1 + 0.09 * score, 3 * score, 1.0, 0.6)
    assert known.trust > 0
    assert known.score[LEVELS > 0.89].min() > SCORES[-1]
    few = Totals.of(margin[:13], 0.1 + 0.09 * score[:13], 3 * score[:13], 1.0, 0.6)
    nothing = Totals.of(margin, np.full((PAST, 2), np.nan), np.full((PAST, 2), np.nan), 1.0, 0.6)
    opposite = np.stack([score[:, 0], -score[:, 0]], axis=1)
    flat_ends = margin[..., np.clip(np.arange(COUNT), 1, COUNT - 2)]
    certain = Totals.of(flat_ends, 0.1 + 0.03 * opposite, opposite, 1.0, 0.0)
    assert few.trust == nothing.trust == certain.trust == 0.0
