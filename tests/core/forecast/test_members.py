"""Courses drawn from what is inferred count while days are few and they have told them no worse."""

from dataclasses import replace
from typing import Final

import numpy as np
import pytest

from custom_components.shems.core.assets.plane import Site
from custom_components.shems.core.forecast.beliefs import Outlook
from custom_components.shems.core.forecast.believe import believe, premise
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.forecast.learned import Learned
from custom_components.shems.core.forecast.members import SOURCE, scored, with_members
from custom_components.shems.core.forecast.residual import Residuals
from custom_components.shems.core.forecast.scenarios import outlooks
from custom_components.shems.core.forecast.skill import rests_on
from custom_components.shems.core.forecast.solar import KEPT, MEMBERS, SolarState, advance
from custom_components.shems.core.horizon import DAY_S, HOUR_S, Horizon
from custom_components.shems.core.series import Series
from custom_components.shems.core.tariff import PriceRule, Tariff
from custom_components.shems.core.units import Floats

ZONE: Final = "Europe/Berlin"
DAYS: Final = Days(ZONE, HOUR_S)
FIRST: Final = 19_850
"""7 May 2024."""
SITE: Final = Site(50.0, 10.0)
FLAT: Final = Tariff(PriceRule(0.0, 0.3), PriceRule(0.0, 0.08), ZONE, "EUR")
SHAPE: Final[Floats] = np.maximum(0.0, np.sin((np.arange(24) - 5) / 14 * np.pi))
SHAPE[:5] = 0.0
SHAPE[19:] = 0.0


def home(count: int, first: int = FIRST) -> tuple[History, Floats]:
    """Return a home whose days are bright by chance, and how bright they are."""
    bright = np.random.default_rng(2).uniform(0.1, 1.0, count + 4)
    start = DAYS.midnight(first) + HOUR_S * np.arange(24 * len(bright), dtype=np.float64)
    power = np.repeat(bright, 24) * 4 * np.tile(SHAPE, len(bright))
    load = np.full(len(start), 0.5)
    return (
        History(Series(start, start + HOUR_S, load), Series(start, start + HOUR_S, power)),
        bright,
    )


def learned(
    count: int, error: float | None, first: int = FIRST, *, told: bool = False
) -> tuple[SolarState, History]:
    """Return what was learned at a midnight, and members that know the days but for an error.

    Args:
        count: days of history.
        error: share by which they take a day for brighter; None for members that are silent.
        first: number of the first day.
        told: whether a provider forecasts the days, a little wrong.
    """
    history, bright = home(count, first)
    if told:
        sun, wrong = history.solar, np.random.default_rng(4).uniform(0.7, 1.3, len(bright))
        about = Series(sun.start, sun.end, np.repeat(wrong, 24) * sun.value)
        history = replace(history, given=about)
    state = advance(None, history, DAYS, first + count, site=SITE)
    assert np.isnan(state.members).all()
    if error is None:
        return state, history
    about = (1 + error) * np.linspace(0.9, 1.1, MEMBERS)
    rows = []
    for day in range(count - KEPT + 1, count + 1):
        known = bright[day : day + 3] if day >= 0 else np.full(3, np.nan)
        rows.append(about[:, np.newaxis, np.newaxis] * known[:, np.newaxis] * 4 * SHAPE)
    return replace(state, members=np.array(rows).astype(np.float32)), history


def at_midnight(state: SolarState, history: History) -> tuple[Residuals | None, Residuals | None]:
    now = DAYS.midnight(state.day)
    plain = rests_on(state.archive, history.solar, DAYS, now)
    return plain, with_members(plain, state, history, DAYS, now)


def expect(residuals: Residuals, history: History, hours: int = 24, late_h: int = 0) -> Outlook:
    now = DAYS.midnight(residuals.origin) + late_h * HOUR_S
    horizon = Horizon.uniform(now, HOUR_S, hours)
    (found,) = outlooks((residuals,), (history.solar,), horizon, now)
    return found


def energies(outlook: Outlook) -> Floats:
    total: Floats = outlook.paths[:, :24].sum(axis=1)
    return total


def test_members_that_know_the_days_make_half_of_the_courses() -> None:
    state, history = learned(8, 0.0)
    plain, found = at_midnight(state, history)
    assert found is not None
    assert found.source == SOURCE
    came = DAYS.matrix(history.solar, state.day, 1)[0].sum()
    outlook = expect(found, history)
    assert outlook.paths.shape == (16, 24)
    near = np.abs(energies(outlook) - came) < 0.15 * came
    assert 5 <= near.sum() <= 11
    assert (np.diff(outlook.quantiles, axis=0) >= 0).all()
    assert (outlook.paths[:, SHAPE == 0] == 0).all()
    without = expect(plain, history) if plain else None
    assert without is None or np.ptp(energies(without)) > np.ptp(energies(outlook)[near])
    # In the afternoon and for three days they go on.
    assert expect(found, history, hours=48, late_h=13).paths.shape == (16, 48)


@pytest.mark.parametrize(("count", "error"), [(8, 1.5), (8, None), (2, 0.0), (KEPT + 1, 0.0)])
def test_they_do_not_count_where_they_were_worse_or_nothing_can_be_said(
    count: int, error: float | None
) -> None:
    state, history = learned(count, error)
    plain, found = at_midnight(state, history)
    assert found is plain


def test_a_day_of_which_they_say_nothing_is_as_without_them() -> None:
    state, history = learned(8, 0.0)
    members = state.members.copy()
    members[-1, :, 2] = np.nan
    _, found = at_midnight(replace(state, members=members), history)
    _, whole = at_midnight(state, history)
    assert found is not None
    assert whole is not None
    assert np.isfinite(found.quantiles).all()
    np.testing.assert_allclose(found.quantiles[:2], whole.quantiles[:2])
    assert not np.allclose(found.quantiles[2], whole.quantiles[2])
    members[-1, :, 0] = np.nan
    plain, silent = at_midnight(replace(state, members=members), history)
    assert silent is plain


def test_days_without_a_reading_are_not_compared() -> None:
    state, history = learned(5, 0.0)
    assert at_midnight(state, history)[1] is not None
    sun = history.solar
    lost = (sun.start >= DAYS.midnight(FIRST + 1)) & (sun.end <= DAYS.midnight(FIRST + 4))
    gap = replace(history, solar=Series(sun.start, sun.end, np.where(lost, np.nan, sun.value)))
    plain, found = at_midnight(state, gap)
    assert found is plain


def test_an_issue_of_yesterday_has_no_members() -> None:
    state, history = learned(8, 0.0)
    now = DAYS.midnight(state.day + 1)
    plain = rests_on(state.archive, history.solar, DAYS, now)
    assert with_members(plain, state, history, DAYS, now) is plain


def test_a_clock_change_among_the_days_is_no_error() -> None:
    first = 19_808  # 26 March 2024; summer time begins on the 31st.
    state, history = learned(8, 0.0, first)
    _, found = at_midnight(state, history)
    assert found is not None
    assert expect(found, history, hours=48).paths.shape == (16, 48)


def test_a_learner_that_has_skill_is_a_rival_that_can_be_beaten() -> None:
    state, history = learned(30, 0.0, told=True)
    assert at_midnight(state, history)[1].source == "mix+given"
    young = state.day - 10
    plain, found = at_midnight(replace(state, begun=young), history)
    assert plain is not None
    assert plain.source == "mix+given"
    assert found is not None
    assert found.source == SOURCE
    state, history = learned(30, 0.8, told=True)
    assert at_midnight(replace(state, begun=young), history)[1].source == "mix+given"


def test_plans_are_made_from_them_beside_a_load_of_few_days() -> None:
    state, history = learned(8, 0.0)
    now = DAYS.midnight(state.day) + 6 * HOUR_S
    found = premise(Learned(solar=state), history, DAYS, now)
    beliefs = believe(found, history, FLAT, Horizon.uniform(now, HOUR_S, 36), now)
    beliefs.check()
    assert beliefs.solar.source == SOURCE
    assert len(beliefs.scenarios) == 16
    assert beliefs.load.source == "seven_day_mean"


def test_scores_are_proper() -> None:
    random = np.random.default_rng(5)
    truth = random.normal(0.0, 1.0, (400, 6))
    right, narrow, off = (
        np.mean([scored(random.normal(middle, width, (16, 6)), came) for came in truth], axis=0)
        for middle, width in ((0.0, 1.0), (0.0, 0.2), (1.0, 1.0))
    )
    assert (right < narrow).all()
    assert (right < off).all()
    came = np.array([1.0, np.nan])
    assert scored(np.array([[2.0, 9.0]]), came) == pytest.approx([1.0, 1.0])


def test_few_days_make_as_many_courses_as_many() -> None:
    state, history = learned(6, None)
    issue = state.archive.issue(state.day)
    assert issue is not None
    residuals = Residuals.of(issue, history.solar, DAYS)
    now = DAYS.midnight(state.day)
    horizon = Horizon.uniform(now, HOUR_S, 24)
    (few,) = outlooks((residuals,), (history.solar,), horizon, now)
    assert few.paths.shape == (16, 24)
    assert set(few.days_back) == set(range(1, 1 + len(set(few.days_back))))
    # They reach as far into the margins as sixteen equal parts do.
    noon = int(SHAPE.argmax())
    assert few.paths[:, noon].max() > few.quantile(0.9)[noon]
    assert few.paths[:, noon].min() < few.quantile(0.1)[noon]
    assert history.solar.end[-1] > now + DAY_S
