"""The journal: forecasts are scored by what came, by lead, and nothing else is."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.forecast.beliefs import Outlook
from custom_components.shems.core.forecast.journal import (
    DAYS_KEPT,
    LEADS_H,
    WAIT_S,
    Journal,
    whole,
)
from custom_components.shems.core.forecast.levels import LEVELS, crps
from custom_components.shems.core.horizon import DAY_S, HOUR_S, Horizon
from custom_components.shems.core.series import Series

NOW = 20_000.0 * DAY_S
HOURS = 48


def hours(start: float, values: list[float]) -> Series:
    """Return hourly values."""
    return Series.of(
        (start + i * HOUR_S, start + (i + 1) * HOUR_S, v) for i, v in enumerate(values)
    )


def spread(horizon: Horizon, mean: float, half: float) -> Outlook:
    """Return the same uniform distribution, as wide as twice `half`, for every step."""
    levels = mean + (2 * LEVELS - 1) * half
    values = np.full(len(horizon), mean)
    return Outlook(values, np.tile(levels[:, np.newaxis], (1, len(horizon))), values[None], "test")


def noted(journal: Journal, now: float, mean: float, half: float = 1.0, **more: object) -> Journal:
    """Return the journal with a flat forecast."""
    horizon = Horizon.tiered(now)
    return journal.noted(now, "load", horizon, spread(horizon, mean, half), **more)


def test_a_forecast_is_scored_by_lead_when_its_hours_are_over() -> None:
    journal = noted(Journal(), NOW, 3.0)
    truth = hours(NOW, [2.0] * 72)
    early = journal.scored(NOW + 3599, "load", truth)
    assert early.scores("load") is None
    scores = early.scored(NOW + 4 * HOUR_S, "load", truth).scores("load")
    assert [(each.begin_h, each.end_h, each.count) for each in scores.by_lead] == [
        (0, 1, 1),
        (1, 3, 2),
        (3, 6, 1),
    ]
    full = early.scored(NOW + 3 * DAY_S, "load", truth).scores("load")
    assert [each.count for each in full.by_lead] == np.diff(LEADS_H).tolist()
    assert full.total.count == HOURS
    assert full.days == 2
    assert full.total.mae == pytest.approx(1.0)
    assert full.total.bias == pytest.approx(1.0)


def test_every_hour_is_scored_once_in_whatever_portions_the_truth_comes() -> None:
    rng = np.random.default_rng(1)
    truth = hours(NOW, rng.uniform(0, 5, 60).tolist())
    journal = noted(Journal(), NOW + 60, 2.5, baseline=np.full(138, 2.0))
    bit_by_bit = journal
    for hour in range(60):
        bit_by_bit = bit_by_bit.scored(NOW + hour * HOUR_S, "load", truth)
    at_once = journal.scored(NOW + 60 * HOUR_S, "load", truth)
    assert bit_by_bit.scores("load").total.count == HOURS
    for name in ("mae", "bias", "crps", "coverage_80", "skill"):
        one, other = (getattr(each.scores("load").total, name) for each in (bit_by_bit, at_once))
        assert one == pytest.approx(other)


def test_scores_are_those_of_the_textbook() -> None:
    truth = hours(NOW, [2.0] * HOURS)
    journal = noted(Journal(), NOW, 2.5, half=1.0, baseline=np.full(138, 4.0))
    total = journal.scored(NOW + 2 * DAY_S, "load", truth).scores("load").total
    every = 2.5 + (2 * LEVELS - 1)
    assert total.crps == pytest.approx(float(crps(every, np.array(2.0))))
    assert total.skill == pytest.approx(1 - 0.5 / 2.0)
    # F(2) = 0.25: on the edge of the middle half, inside the others.
    assert (total.coverage_50, total.coverage_80, total.coverage_90) == (1.0, 1.0, 1.0)
    off = noted(Journal(), NOW, 2.85).scored(NOW + 2 * DAY_S, "load", truth).scores("load").total
    assert (off.coverage_50, off.coverage_80, off.coverage_90) == (0.0, 0.0, 1.0)
    assert off.skill is None


def test_an_hour_s_forecast_is_the_first_and_made_in_its_first_minutes() -> None:
    truth = hours(NOW, [2.0] * HOURS)
    journal = noted(noted(Journal(), NOW + 5, 3.0), NOW + 305, 9.0)
    late = noted(journal, NOW + HOUR_S + 700, 9.0)
    scores = late.scored(NOW + 2 * DAY_S, "load", truth).scores("load")
    assert scores.total.count == HOURS
    assert scores.total.mae == pytest.approx(1.0)


def test_what_is_unknown_is_not_scored_and_not_waited_for_for_ever() -> None:
    values = [2.0] * 10 + [math.nan] * 20 + [2.0] * 70
    journal = noted(Journal(), NOW, 3.0)
    scored = journal.scored(NOW + 2 * DAY_S, "load", hours(NOW, values))
    assert scored.scores("load").total.count == HOURS - 20
    late = scored.scored(NOW + 2 * DAY_S + 1, "load", hours(NOW, [2.0] * HOURS))
    assert late.scores("load").total.count == HOURS
    given_up = scored.scored(NOW + 2 * DAY_S + WAIT_S, "load", Series.empty())
    assert len(given_up.pages["load"].origin) == 0
    assert given_up.scores("load").total.count == HOURS - 20
    assert given_up.scored(NOW + 9 * DAY_S, "load", hours(NOW, [2.0] * 60)) == given_up


def test_published_prices_are_no_forecast() -> None:
    horizon = Horizon.tiered(NOW)
    outlook = spread(horizon, 0.3, 0.1)
    known = horizon.end <= NOW + 20 * HOUR_S
    outlook = replace(outlook, mean=np.where(known, np.nan, outlook.mean))
    journal = Journal().noted(NOW, "price", horizon, outlook)
    scores = journal.scored(NOW + 2 * DAY_S, "price", hours(NOW, [0.25] * HOURS)).scores("price")
    assert [(each.begin_h, each.count) for each in scores.by_lead] == [(12, 4), (24, 24)]


def test_a_nought_that_was_sure_is_no_forecast() -> None:
    horizon = Horizon.tiered(NOW)
    night = Outlook.certain(np.zeros(len(horizon)), "test")
    journal = Journal().noted(NOW, "solar", horizon, night)
    truth = hours(NOW, [0.0] * 40 + [1.0] * 8)
    scores = journal.scored(NOW + 2 * DAY_S, "solar", truth).scores("solar")
    assert scores.total.count == 8
    assert scores.total.coverage_90 == 0.0


def test_quantities_do_not_mix_and_the_unheard_of_has_no_score() -> None:
    journal = noted(Journal(), NOW, 3.0)
    assert journal.scored(NOW + DAY_S, "solar", hours(NOW, [1.0] * 24)) == journal
    assert journal.scores("solar") is None
    assert journal.scores("load") is None


def test_the_journal_is_bounded_and_looks_back_as_far_as_asked() -> None:
    truth = hours(NOW, [2.0] * 24 * (DAYS_KEPT + 12))
    journal = Journal()
    for hour in range(0, 24 * (DAYS_KEPT + 10), 3):
        now = NOW + hour * HOUR_S
        error = 2.0 if hour >= 24 * (DAYS_KEPT + 3) else 1.0
        journal = noted(journal.scored(now, "load", truth), now, 2.0 + error)
    page = journal.pages["load"]
    assert len(page.origin) <= HOURS
    assert len(page.day) == DAYS_KEPT
    assert journal.scores("load", days=5).total.mae == pytest.approx(2.0)
    assert 1.0 < journal.scores("load", days=28).total.mae < 1.5
    assert journal.scores("load").days == 28
    assert sum(each.nbytes for each in journal.to_arrays().values()) < 200_000


def test_it_comes_back_from_its_arrays() -> None:
    journal = noted(noted(Journal(), NOW, 3.0), NOW + HOUR_S, 2.0, baseline=np.full(138, 2.0))
    journal = journal.scored(NOW + 5 * HOUR_S, "load", hours(NOW, [2.0] * 5))
    back = Journal.from_arrays(journal.to_arrays())
    truth = hours(NOW, [1.0] * 60)
    later = [each.scored(NOW + 55 * HOUR_S, "load", truth) for each in (journal, back)]
    assert later[0].scores("load") == later[1].scores("load")
    assert later[0].scores("load").total.count == 2 * HOURS


def test_other_arrays_are_refused() -> None:
    arrays = noted(Journal(), NOW, 3.0).to_arrays()
    with pytest.raises(ValueError, match="version"):
        Journal.from_arrays({**arrays, "version": np.array(99)})
    with pytest.raises(ValueError, match="page"):
        Journal.from_arrays({**arrays, "load.waiting": np.zeros((1, 2, 3), np.float32)})
    with pytest.raises(KeyError):
        Journal.from_arrays({"version": arrays["version"], "load.origin": arrays["load.origin"]})


def test_the_whole_load_is_known_where_all_of_it_is() -> None:
    load, car = hours(NOW, [1.0, 1.0, math.nan, 1.0]), hours(NOW + HOUR_S, [7.0, 7.0])
    assert whole(load, []).value.tolist()[:2] == [1.0, 1.0]
    value = whole(load, [car, hours(NOW, [0.5] * 4)]).value
    assert np.array_equal(value, [math.nan, 8.5, math.nan, math.nan], equal_nan=True)


@given(st.lists(st.floats(0, 20) | st.just(math.nan), min_size=1, max_size=60), st.integers(0, 90))
def test_scores_are_finite_whatever_comes(values: list[float], late_h: int) -> None:
    journal = noted(Journal(), NOW, 3.0).scored(NOW + late_h * HOUR_S, "load", hours(NOW, values))
    scores = journal.scores("load")
    seen = np.isfinite(values[: min(late_h, HOURS)]).sum()
    assert (0 if scores is None else scores.total.count) == seen
    if scores is not None:
        total = scores.total
        assert all(math.isfinite(each) for each in (total.mae, total.bias, total.crps))
        assert 0 <= total.coverage_50 <= total.coverage_80 <= total.coverage_90 <= 1
        assert sum(each.count for each in scores.by_lead) == total.count
