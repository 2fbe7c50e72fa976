"""Whatever is drawn by habit, mostly not at all."""

from datetime import UTC, datetime

import numpy as np
import pytest

from custom_components.shems.core.forecast.beliefs import Outlook
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.history import Habits
from custom_components.shems.core.forecast.levels import MEDIAN, covered
from custom_components.shems.core.forecast.seasonal import learn_seasonal, seasonal_outlook
from custom_components.shems.core.horizon import HOUR_S, Horizon
from custom_components.shems.core.series import Series

ZONE = "Europe/Madrid"
DAYS = Days(ZONE, HOUR_S)
MONDAY = DAYS.day(datetime(2026, 6, 1, 12, tzinfo=UTC).timestamp())
NOW = DAYS.midnight(MONDAY) + 10 * HOUR_S
NOBODY_SAID = Habits()


def tomorrow(step_s: float = HOUR_S, day: int = 1) -> Horizon:
    begin = DAYS.midnight(MONDAY + day)
    return Horizon(np.arange(begin, begin + 24 * HOUR_S + 1, step_s, dtype=np.float64))


def drawn(days: int, step_s: float = HOUR_S, seed: int = 3) -> Series:
    """Return showers at 7 h on working days, 9 h else, and a bath on one evening in ten."""
    rng = np.random.default_rng(seed)
    begin = DAYS.midnight(MONDAY - days)
    start = np.arange(begin, DAYS.midnight(MONDAY + 4), step_s, dtype=np.float64)
    place = DAYS.position(start)
    day = np.floor(place / 24)
    hour = np.floor(place % 24)
    shower = np.where((day + 3) % 7 >= 5, 9, 7)
    bath = rng.random(days + 5)[(day - day[0]).astype(int)] < 0.1
    value = np.where(hour == shower, rng.uniform(1, 2, len(start)), 0.0)
    value += np.where((hour == 20) & bath, 4.0, 0.0)
    return Series(start, start + step_s, value)


def expect(
    past: Series, horizon: Horizon, habits: Habits = NOBODY_SAID, now: float = NOW
) -> Outlook:
    width = float(np.median(past.end - past.start))
    model = learn_seasonal(None, past, Days(ZONE, width), now, habits)
    assert model is not None
    found = seasonal_outlook(model, horizon)
    assert found.quantiles.shape == (19, len(horizon))
    assert (np.diff(found.quantiles, axis=0) >= -1e-12).all()
    for each in (found.mean, found.quantiles, found.paths):
        assert np.isfinite(each).all()
        assert (each >= 0).all()
    return found


def test_showers_and_a_bath_that_no_quantile_holds() -> None:
    found = expect(drawn(84), tomorrow())
    assert found.mean.argmax() in {6, 7, 8}
    assert found.mean[19:22].sum() == pytest.approx(0.4, abs=0.3)
    assert found.quantiles[MEDIAN, 20] == 0
    assert found.mean[2] == 0
    assert found.paths[:, 7].min() >= 1
    assert found.paths.sum(axis=1).mean() == pytest.approx(found.mean.sum(), rel=0.3)


def test_the_weekend_is_another_day() -> None:
    found = expect(drawn(84), tomorrow(), now=NOW - 3 * 24 * HOUR_S)
    weekend = expect(drawn(84), tomorrow(day=-1), now=NOW - 3 * 24 * HOUR_S)
    assert weekend.mean[9] > 2 * found.mean[9]
    holiday = expect(drawn(84), tomorrow(), Habits(holidays=frozenset({MONDAY + 1})))
    assert holiday.mean[9] > 2 * found.mean[9]


def test_quarters_are_told_in_quarters() -> None:
    found = expect(drawn(30, 900.0), tomorrow(900.0))
    assert found.mean.reshape(24, 4)[3].max() == 0
    assert found.mean[28:32].mean() == pytest.approx(1.2, abs=0.4)
    whole = expect(drawn(30, 900.0), tomorrow())
    assert whole.mean == pytest.approx(found.mean.reshape(24, 4).mean(axis=1))


def test_nothing_of_today_or_later_counts() -> None:
    past = drawn(30)
    after = past.end > DAYS.midnight(MONDAY)
    other = Series(past.start, past.end, np.where(after, 9.0, past.value))
    assert expect(other, tomorrow()).mean.tolist() == expect(past, tomorrow()).mean.tolist()


def test_an_empty_home_draws_nothing_and_teaches_nothing() -> None:
    past = drawn(40)
    away = (DAYS.midnight(MONDAY - 12), DAYS.midnight(MONDAY - 4))
    gone = (past.start >= away[0]) & (past.end <= away[1])
    quiet = Series(past.start, past.end, np.where(gone, 0.0, past.value))
    told = expect(quiet, tomorrow(), Habits(away=(away,)))
    untold = expect(quiet, tomorrow())
    assert told.mean[7] > untold.mean[7]
    leaving = (DAYS.midnight(MONDAY + 1), DAYS.midnight(MONDAY + 3))
    empty = expect(past, tomorrow(), Habits(away=(leaving,)))
    assert empty.mean.sum() == 0
    assert empty.paths.sum() == 0


@pytest.mark.parametrize("days", [0, 1, 2])
def test_of_a_new_consumer_nothing_is_known(days: int) -> None:
    assert learn_seasonal(None, drawn(days), DAYS, NOW, NOBODY_SAID) is None
    assert learn_seasonal(None, Series.empty(), DAYS, NOW, NOBODY_SAID) is None


def test_gaps_and_negative_values_are_survived() -> None:
    past = drawn(30)
    value = past.value.copy()
    value[::3] = np.nan
    value[5::11] = -2.0
    hour = np.floor(DAYS.position(past.start) % 24)
    value[(hour >= 2) & (hour <= 5)] = np.nan
    found = expect(Series(past.start, past.end, value), tomorrow())
    assert found.source == "seasonal"


def test_a_day_is_learned_once() -> None:
    past = drawn(20)
    model = learn_seasonal(None, past, DAYS, NOW, NOBODY_SAID)
    assert learn_seasonal(model, past, DAYS, NOW + HOUR_S, NOBODY_SAID) is model
    again = learn_seasonal(model, past, DAYS, NOW, Habits(holidays=frozenset({MONDAY})))
    assert again is not model


def test_the_quantiles_hold() -> None:
    past = drawn(84, seed=7)
    inside = []
    for day in range(-40, 0):
        now = DAYS.midnight(MONDAY + day)
        found = expect(past, tomorrow(day=day), now=now)
        truth = past.on(tomorrow(day=day))
        inside.append(covered(found.quantiles.T, truth, 0.8)[7:10].mean())
    assert np.mean(inside) > 0.75
