"""The load is learned from what was, told with its doubt, and from nothing that came later."""

import io
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import numpy as np
import pytest

from custom_components.shems.core.forecast import load as learner
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.experts.boosting import importable
from custom_components.shems.core.forecast.experts.panel import NAMES
from custom_components.shems.core.forecast.history import Habits, History, Weather
from custom_components.shems.core.forecast.levels import (
    LEVELS,
    MEDIAN,
    covered,
    crps,
    mean_of,
)
from custom_components.shems.core.forecast.load import LoadState
from custom_components.shems.core.horizon import HOUR_S
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats

ZONE = "Europe/Brussels"
HOURLY = Days(ZONE, HOUR_S)
FIRST = HOURLY.day(datetime(2026, 2, 2, 12, tzinfo=UTC).timestamp())  # A Monday.

type Shape = Callable[[Floats, Floats], Floats]


def usual(hour: Floats, weekday: Floats) -> Floats:
    """Return an evening peak, and on weekends a noon one."""
    evening = 1.5 * np.exp(-0.5 * ((hour - 19) / 1.5) ** 2)
    noon = 1.5 * np.exp(-0.5 * ((hour - 12) / 2) ** 2) * (weekday >= 5)
    peaks: Floats = 0.3 + evening + noon
    return peaks


def home(count: int, days: Days = HOURLY, shape: Shape = usual, *, noise: float = 0.3) -> Series:
    """Return days of load from `FIRST` on, each slot off by a random factor."""
    start = np.arange(days.midnight(FIRST), days.midnight(FIRST + count), days.step_s)
    position = days.position(start)
    hour = position % days.slots * 24 / days.slots
    weekday = days.weekday(np.floor(position / days.slots))
    random = np.random.default_rng(3)
    load = shape(hour, weekday) * np.exp(noise * random.normal(size=len(start)))
    return Series(start, start + days.step_s, load)


def learned(history: History, count: int, days: Days = HOURLY) -> LoadState:
    return learner.advance(None, history, days, FIRST + count, boosting=False)


def further(state: LoadState, history: History, count: int) -> LoadState:
    return learner.advance(state, history, HOURLY, FIRST + count, boosting=False)


@cache
def twelve_days() -> LoadState:
    """Return what is learned of the home in its first days, before anything special."""
    return learned(History(home(12)), 12)


def newest(state: LoadState) -> Floats:
    return state.archive.quantiles[-1].astype(np.float64)


def assert_sound(rows: Floats) -> None:
    assert np.isfinite(rows).all()
    assert (rows >= 0).all()
    assert (np.diff(rows, axis=-1) >= 0).all()


def test_nothing_is_issued_before_three_days_and_always_after() -> None:
    load = home(20)
    hole = (load.start > HOURLY.midnight(FIRST + 5)) & (load.start < HOURLY.midnight(FIRST + 14))
    state = learned(History(replace(load, value=np.where(hole, np.nan, load.value))), 20)
    unknown = np.isnan(state.archive.quantiles).all(axis=(1, 2, 3))
    assert unknown.tolist() == [True] * 3 + [False] * 18
    assert state.archive.first == FIRST
    assert_sound(state.archive.quantiles[3:].astype(np.float64))


def test_a_home_without_a_past_is_told_nothing() -> None:
    state = learned(History(), 0)
    assert not state.issued
    assert state.weights() == {}
    assert state.archive.issue(FIRST) is None
    again = learner.advance(state, History(home(9)), HOURLY, FIRST + 9, boosting=False)
    assert again.begun == FIRST
    assert again.issued


def test_what_comes_later_changes_nothing() -> None:
    load = home(20)
    late = load.start >= HOURLY.midnight(FIRST + 16)
    other = History(replace(load, value=np.where(late, 9.0, load.value)))
    one, two = further(twelve_days(), History(load), 16), further(twelve_days(), other, 16)
    np.testing.assert_array_equal(newest(one), newest(two))
    later = further(two, other, 20)
    np.testing.assert_array_equal(later.archive.quantiles[16], newest(one))
    apart, straight = further(one, History(load), 20), learned(History(load), 20)
    np.testing.assert_array_equal(newest(apart), newest(straight))
    assert not np.array_equal(newest(apart), newest(later))


def test_slices_and_files_lead_to_the_same() -> None:
    history = History(home(37))
    whole = learner.advance(None, history, HOURLY, FIRST + 37)
    state: LoadState | None = None
    for _ in range(3):
        state = learner.advance(state, history, HOURLY, FIRST + 37, most_days=16)
        file = io.BytesIO()
        np.savez(file, allow_pickle=False, **state.to_arrays())
        file.seek(0)
        state = LoadState.from_arrays(np.load(file))
    assert state is not None
    assert state.day == whole.day == FIRST + 37
    np.testing.assert_array_equal(state.archive.quantiles, whole.archive.quantiles)
    assert learner.advance(state, history, HOURLY, FIRST + 37) is state
    assert state.weights() == pytest.approx(whole.weights())


def test_what_another_version_wrote_is_not_read() -> None:
    arrays = learned(History(home(5)), 5).to_arrays()
    assert LoadState.from_arrays(arrays) is not None
    assert LoadState.from_arrays({**arrays, "version": np.array(0)}) is None
    assert LoadState.from_arrays({}) is None
    cut = arrays["panel.ridge.gram"][:1]
    assert LoadState.from_arrays({**arrays, "panel.ridge.gram": cut}) is None


@pytest.mark.parametrize("step_s", [900.0, 1800.0])
def test_other_meters_and_the_clock_change(step_s: float) -> None:
    days = Days(ZONE, step_s)
    # Six days before the last Sunday of March to the day after it.
    load = home(57, days)
    recent = load.start >= days.midnight(FIRST + 48)
    load = Series(load.start[recent], load.end[recent], load.value[recent])
    state = learned(History(load), 57, days)
    assert state.slots == 86400 / step_s
    assert_sound(state.archive.quantiles[-4:].astype(np.float64))
    carried = learner.advance(state, History(load), HOURLY, FIRST + 57, boosting=False)
    assert carried.slots == 24


def test_gaps_of_any_size_are_survived() -> None:
    load = home(24)
    random = np.random.default_rng(5)
    value = np.where(random.random(len(load)) < 0.3, np.nan, load.value)
    hour = HOURLY.position(load.start) % 24
    value[(hour >= 2) & (hour < 7)] = np.nan
    value[10 * 24 : 18 * 24] = np.nan
    state = learned(History(replace(load, value=value)), 24)
    assert_sound(state.archive.quantiles[8:].astype(np.float64))
    median = newest(state)[0, :, MEDIAN]
    assert median[19] > 2 * median[5]


def test_a_silent_season_leaves_what_was_known() -> None:
    load = home(12)
    end = HOURLY.midnight(FIRST + 106)
    late = Series(
        np.append(load.start, end - HOUR_S), np.append(load.end, end), np.append(load.value, 0.3)
    )
    state = learned(History(late), 106)
    assert_sound(state.archive.quantiles[-1].astype(np.float64))
    empty = learner.advance(state, History(late), HOURLY, FIRST + 400, most_days=1)
    assert empty.day == FIRST + 107


def test_the_mix_is_better_than_the_mean_of_seven_days_and_honest() -> None:
    load = home(45)
    truth = HOURLY.matrix(load, FIRST + 26, 19)
    said: dict[str, list[Floats]] = {}
    state = learner.advance(
        None,
        History(load),
        HOURLY,
        FIRST + 44,
        boosting=False,
        watch=lambda day, name, rows: said.setdefault(name, []).append(rows[0]),
    )
    assert set(said) == {*NAMES, "mix"}
    assert np.isnan(said.pop("boosting")).all()
    score = {name: np.nanmean(crps(np.array(rows[-19:]), truth)) for name, rows in said.items()}
    assert score["mix"] < 0.8 * score["seven_day_mean"]
    assert score["mix"] < 1.01 * min(score.values())
    inside = covered(np.array(said["mix"][-19:]), truth, 0.8).mean()
    assert 0.72 < inside < 0.88
    weights = state.weights()
    assert sum(weights.values()) == pytest.approx(1)
    assert weights["boosting"] == 0


def test_warm_days_are_told_from_cold_ones() -> None:
    random = np.random.default_rng(2)
    daily = random.uniform(-5, 15, 34)
    daily[30:32] = 13, -3
    degrees = np.repeat(daily, 24)
    load = home(30, shape=lambda hour, weekday: np.full(len(hour), 0.5))
    load = replace(load, value=load.value + 0.1 * (15 - degrees[: len(load)]))
    # Of the third day ahead no forecast is known: it is taken to be like the second.
    clock = np.arange(32 * 24) * HOUR_S + HOURLY.midnight(FIRST)
    weather = Weather(Series(clock, clock + HOUR_S, degrees[: len(clock)]))
    told = mean_of(newest(learned(History(load, weather=weather), 30))).mean(axis=1)
    assert told[0] < 1.0
    assert told[1] > 1.9
    assert told[2] == pytest.approx(told[1], abs=0.2)


def test_a_holiday_is_lived_like_a_sunday() -> None:
    load = History(home(30))
    before = further(twelve_days(), load, 29)
    noon = slice(10, 15)
    workday = mean_of(newest(further(before, load, 30)))[:, noon].mean(axis=1)  # A Wednesday.
    feast = replace(load, habits=Habits(holidays=frozenset({FIRST + 30})))
    holiday = mean_of(newest(further(before, feast, 30)))[:, noon].mean(axis=1)
    assert holiday[0] > 1.5 * workday[0]
    assert holiday[1] == pytest.approx(workday[1], rel=0.05)


def span(first: int, count: int) -> tuple[float, float]:
    return HOURLY.midnight(FIRST + first), HOURLY.midnight(FIRST + first + count)


def test_an_empty_home_draws_its_base_load() -> None:
    away = History(home(13), habits=Habits(away=(span(14, 1),)))
    here, empty, back = mean_of(newest(further(twelve_days(), away, 13)))
    assert empty.max() < 0.5
    assert here.max() > 1
    assert back.max() > 1


def test_an_absence_is_not_learned_but_remembered() -> None:
    load = home(21)
    begin, end = span(12, 8)
    empty = (load.start >= begin) & (load.start < end)
    quiet = replace(load, value=np.where(empty, 0.1, load.value))
    told = Habits(away=(span(12, 8), span(22, 2)))
    announced = further(twelve_days(), History(quiet, habits=told), 21)
    silent = further(twelve_days(), History(quiet), 21)
    as_ever = further(twelve_days(), History(load), 21)
    evening = slice(18, 21)
    peaks = [mean_of(newest(each))[0, evening].mean() for each in (as_ever, announced, silent)]
    assert peaks[1] == pytest.approx(peaks[0], rel=0.2)
    assert peaks[2] < peaks[1]
    np.testing.assert_allclose(newest(announced)[1:], 0.1, atol=1e-6)


def test_guests_change_the_load_as_they_did_before() -> None:
    load = home(21)
    visits = (span(12, 3), span(17, 3))
    seen = np.zeros(len(load), dtype=np.bool_)
    for begin, end in visits:
        seen |= (load.start >= begin) & (load.start < end)
    lively = replace(load, value=np.where(seen, 2 * load.value, load.value))
    gone = Habits(guests=visits)
    before = further(twelve_days(), History(lively, habits=gone), 20)
    alone = newest(further(before, History(lively, habits=gone), 21))
    coming = Habits(guests=(*visits, span(22, 1)))
    crowd = newest(further(before, History(lively, habits=coming), 21))
    ratio = crowd[:, :, MEDIAN].sum(axis=1) / alone[:, :, MEDIAN].sum(axis=1)
    assert ratio[[0, 2]] == pytest.approx(1)
    assert 1.4 < ratio[1] < 2.2


def test_the_first_guests_change_nothing() -> None:
    load = home(13)
    visited = further(twelve_days(), History(load, habits=Habits(guests=(span(14, 1),))), 13)
    np.testing.assert_allclose(newest(visited), newest(further(twelve_days(), History(load), 13)))


def test_a_state_that_lasts_is_no_exception() -> None:
    away = Habits(away=((HOURLY.midnight(FIRST - 90), HOURLY.midnight(FIRST + 60)),))
    state = further(twelve_days(), History(home(14), habits=away), 14)
    assert mean_of(newest(state))[0].max() > 1


def test_a_changed_home_is_learned_within_a_week_or_so() -> None:
    load = home(38, shape=lambda hour, weekday: np.full(len(hour), 1.0), noise=0.1)
    before = learned(History(load), 30)
    late = load.start >= span(30, 1)[0]
    night = HOURLY.position(load.start) % 24 < 6
    for change in (1.5, -0.9):
        other = History(replace(load, value=load.value + change * (late & night)))
        median = newest(further(before, other, 38))[0, :, MEDIAN]
        assert median[:6].mean() == pytest.approx(1 + change, abs=0.25)
        assert median[8:].mean() == pytest.approx(1, abs=0.15)


def test_without_scikit_learn_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.ensemble", None)
    importable.cache_clear()
    state = learner.advance(None, History(home(5)), HOURLY, FIRST + 5)
    assert state.weights()["boosting"] == 0
    assert_sound(newest(state))
    importable.cache_clear()


def test_boosting_joins_where_it_can() -> None:
    # Asked here and not beside the name: the import takes seconds in every worker.
    if not importable():
        pytest.skip("scikit-learn is not installed")
    days = Days(ZONE, 900.0)
    said: dict[str, Floats] = {}
    state = learner.advance(
        None,
        History(home(36, days)),
        days,
        FIRST + 36,
        watch=lambda day, name, rows: said.update({name: rows}),
    )
    assert_sound(said["boosting"])
    assert state.weights()["boosting"] > 0
    assert said["boosting"].shape == (3, 96, len(LEVELS))
