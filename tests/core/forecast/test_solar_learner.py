"""Solar power learned from what a roof gave, what was foreseen, and neither."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from custom_components.shems.core.assets.plane import Light, Plane, Site, clear_sky, power
from custom_components.shems.core.assets.sun import position
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.history import History, Weather
from custom_components.shems.core.forecast.levels import MEDIAN, covered, crps
from custom_components.shems.core.forecast.solar import SolarState, advance, refresh
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats

DAYS = Days("Europe/Berlin", 3600.0)
FIRST = 19_850  # 7 May 2024.
COUNT = 38
SITE = Site(50.0, 10.0)
ROOF = Plane(35.0, 200.0, 6.0)
LAST = FIRST + COUNT - 3


@dataclass(frozen=True)
class Home:
    """Days of a roof under a sky of known clearness.

    Attributes:
        start: (N,) of every hour.
        clear: (N,) kW without clouds.
        clearness: (N,) of each hour.
    """

    start: Floats
    clear: Floats
    clearness: Floats

    @property
    def power(self) -> Floats:
        return self.clear * self.clearness

    def series(self, value: Floats) -> Series:
        return Series(self.start, self.start + 3600.0, value)

    def history(self, value: Floats | None = None, **more: object) -> History:
        solar = self.series(self.power if value is None else value)
        return replace(History(solar=solar), **more)

    def by_slot(self, value: Floats) -> Floats:
        return DAYS.matrix(self.series(value), FIRST, COUNT)


def live(count: int = COUNT, first: int = FIRST, latitude: float = SITE.latitude) -> Home:
    """Let a roof stand under clear, mixed and grey days that come in spells."""
    rng = np.random.default_rng(3)
    start = np.arange(DAYS.midnight(first), DAYS.midnight(first + count) - 1, 3600.0)
    moments = start[:, np.newaxis] + 225.0 + 450.0 * np.arange(8)
    sun = position(moments, latitude, SITE.longitude)
    clear = power(ROOF, sun, clear_sky(sun)).mean(axis=1)
    day, spells = 0.0, []
    for _ in range(count + 1):
        day = 0.6 * day + rng.normal(0.3, 0.8)
        spells.append(day)
    number = ((start - start[0]) // 86400).astype(int)
    shade = np.array(spells)[number] + rng.normal(0, 0.5, len(start))
    return Home(start, clear, 0.1 + 0.9 / (1 + np.exp(-2 * shade)))


def issued(state: SolarState, lead: int = 0) -> Floats:
    """Return what was issued by day, (COUNT, S, L); NaN where nothing was."""
    rows = np.full((COUNT, DAYS.slots, 19), np.nan)
    for number, row in enumerate(state.archive.quantiles[:, lead]):
        day = state.archive.first + number + lead - FIRST
        if 0 <= day < COUNT:
            rows[day] = row
    return rows


def learn(history: History, day: int = LAST, site: Site | None = SITE) -> SolarState:
    return advance(None, history, DAYS, day, site=site)


def score(state: SolarState, home: Home, since: int = 20) -> float:
    value = crps(issued(state)[since:], home.by_slot(home.power)[since:])
    return float(np.nanmean(value))


@pytest.fixture(name="home", scope="module")
def fixture_home() -> Home:
    return live()


@pytest.fixture(name="state", scope="module")
def fixture_state(home: Home) -> SolarState:
    return learn(home.history())


def check(rows: Floats, home: Home) -> None:
    """Whatever was issued is in order, not negative, dark at night and below any sky."""
    rows = rows[np.isfinite(rows).all(axis=(1, 2))]
    assert len(rows)
    assert (np.diff(rows, axis=-1) >= -1e-6).all()
    assert (rows >= 0).all()
    clear = home.by_slot(home.clear)
    assert (rows[:, np.nanmax(clear, axis=0) == 0] == 0).all()
    assert rows.max() < 1.6 * np.nanmax(clear)


def test_issues_are_whole_ordered_and_dark_at_night(home: Home, state: SolarState) -> None:
    for lead in range(3):
        check(issued(state, lead), home)
    assert np.isfinite(state.archive.quantiles[5:]).all()
    assert state.archive.source == "mix"


def test_beats_yesterday_and_the_mean_of_a_week(home: Home, state: SolarState) -> None:
    truth = home.by_slot(home.power)
    week = np.stack([truth[day - 7 : day].mean(axis=0) for day in range(20, COUNT - 2)])
    truth = truth[20:-2]
    median = issued(state)[20:-2, :, MEDIAN]
    error = np.abs(median - truth).mean()
    assert error < np.abs(home.by_slot(home.power)[19:-3] - truth).mean()
    assert error < np.abs(week - truth).mean()


def test_intervals_hold_what_they_say(home: Home, state: SolarState) -> None:
    rows, truth = issued(state)[20:-2], home.by_slot(home.power)[20:-2]
    day = rows[..., -1] > 0.1
    assert 0.70 < covered(rows, truth, 0.8)[day].mean() < 0.90
    assert 0.38 < covered(rows, truth, 0.5)[day].mean() < 0.62


def test_nothing_after_the_midnight_is_used(home: Home, state: SolarState) -> None:
    later = home.start >= DAYS.midnight(LAST)
    other = learn(home.history(np.where(later, 99.0, home.power)))
    assert np.array_equal(other.archive.quantiles, state.archive.quantiles, equal_nan=True)


def test_slices_and_a_file_change_nothing(home: Home, state: SolarState) -> None:
    part = advance(None, home.history(), DAYS, LAST, site=SITE, most_days=30)
    assert part.day == part.begun + 30
    restored = SolarState.from_arrays(part.to_arrays())
    assert restored is not None
    rest = advance(restored, home.history(), DAYS, LAST, site=SITE)
    assert rest.day == LAST
    assert np.array_equal(rest.archive.quantiles, state.archive.quantiles, equal_nan=True)
    assert advance(state, home.history(), DAYS, LAST, site=SITE) is state


def test_another_version_is_learned_anew(state: SolarState) -> None:
    assert SolarState.from_arrays({**state.to_arrays(), "version": np.array(0)}) is None
    assert SolarState.from_arrays({}) is None
    cut = state.roof.top[1:]
    assert SolarState.from_arrays({**state.to_arrays(), "roof.top": cut}) is None


@pytest.mark.parametrize("change", ["slots", "place", "pause"])
def test_a_state_of_another_home_is_not_carried_on(
    home: Home, state: SolarState, change: str
) -> None:
    days, day, site = DAYS, LAST, SITE
    if change == "slots":
        days = Days(DAYS.zone, 1800.0)
    elif change == "place":
        site = replace(SITE, planes=(ROOF,))
    else:
        day += 400
    new = advance(state, home.history(), days, day, site=site, most_days=1)
    assert new.day == new.begun + 1
    assert not new.issued


def test_too_little_history_issues_nothing() -> None:
    home = live(2)
    state = advance(None, home.history(), DAYS, FIRST + 2, site=SITE)
    assert not state.issued
    assert state.weights == {}
    assert advance(None, History(), DAYS, FIRST, site=SITE).day == FIRST
    now = DAYS.midnight(FIRST + 2)
    assert refresh(state, home.history(), DAYS, FIRST + 2, now, site=SITE) is state


def test_past_that_becomes_known_later_is_learned(home: Home) -> None:
    short = home.start >= DAYS.midnight(FIRST + 10)
    late = Series(home.start[short], home.start[short] + 3600, home.power[short])
    state = advance(None, History(solar=late), DAYS, FIRST + 11, site=SITE)
    assert not state.issued
    more = advance(state, home.history(), DAYS, FIRST + 12, site=SITE)
    assert more.begun == FIRST
    assert more.issued


def noisy(home: Home, seed: int = 5) -> Floats:
    """Return the clearness as a fair forecast has it."""
    rng = np.random.default_rng(seed)
    return np.clip(home.clearness + rng.normal(0, 0.12, len(home.start)), 0.05, 1.0)


def provider(home: Home, shift_s: float = 0.0) -> Series:
    """Return a provider's forecast that is too low by a fifth, without its nights."""
    value = 0.8 * home.clear * noisy(home)
    sun = home.clear > 0
    start = home.start[sun] - shift_s
    return Series(start, start + 3600.0, value[sun])


@pytest.mark.parametrize("shift_s", [0.0, 1500.0])
def test_a_providers_forecast_is_corrected(home: Home, state: SolarState, shift_s: float) -> None:
    given = provider(home, shift_s)
    told = learn(home.history(given=given))
    assert told.archive.source == "mix+given"
    assert score(told, home) < 0.8 * score(state, home)
    raw = np.abs(home.by_slot(home.power) - np.nan_to_num(DAYS.matrix(given, FIRST, COUNT)))
    assert score(told, home) < 0.8 * raw[20:-2].mean()
    assert sum(told.weights.values()) == pytest.approx(1.0)
    assert told.weights["given_residual"] + told.weights["given_analog"] > 0.5


def test_a_provider_who_falls_silent_is_not_missed(home: Home) -> None:
    given = provider(home)
    heard = given.start < DAYS.midnight(FIRST + 24)
    until = learn(
        home.history(given=Series(given.start[heard], given.end[heard], given.value[heard]))
    )
    assert until.archive.source == "mix"
    assert np.isfinite(issued(until)[25:-2]).all()


@pytest.mark.parametrize("kind", ["irradiance", "cloud"])
@pytest.mark.parametrize("site", [SITE, None])
def test_weather_is_turned_into_power(
    home: Home, state: SolarState, kind: str, site: Site | None
) -> None:
    sun = position(home.start + 1800.0, SITE.latitude, SITE.longitude)
    light: Light = clear_sky(sun)
    guess = noisy(home)
    if kind == "irradiance":
        weather = Weather(
            direct_w_m2=home.series(light.direct * guess),
            diffuse_w_m2=home.series(light.diffuse * guess),
            temperature_c=home.series(np.full(len(guess), 20.0)),
        )
    else:
        weather = Weather(cloud=home.series(((1 - guess) / 0.75) ** (1 / 3.4)))
    told = learn(home.history(weather=weather), site=site)
    assert told.archive.source == "mix+weather"
    assert score(told, home) < 0.85 * score(state, home)
    check(issued(told), home)


def test_all_forecasts_together_are_heard(home: Home) -> None:
    cloud = home.series(((1 - noisy(home, 6)) / 0.75) ** (1 / 3.4))
    one = learn(home.history(given=provider(home)))
    both = learn(home.history(given=provider(home), weather=Weather(cloud=cloud)))
    assert score(both, home) < score(one, home)
    assert any(name.startswith("all_") for name in both.weights)


def test_without_a_place_the_best_days_are_the_sky(home: Home, state: SolarState) -> None:
    placeless = learn(home.history(), site=None)
    check(issued(placeless), home)
    assert score(placeless, home) < 1.1 * score(state, home)


def test_known_planes_need_no_history_to_know_the_sky(home: Home) -> None:
    site = replace(SITE, planes=(replace(ROOF, limit_kw=3.0),))
    state = learn(home.history(np.minimum(home.power, 3.0)), FIRST + 6, site)
    assert state.course.most[-3:].max() <= 3.0 + 1e-6
    assert issued(state)[6].max() <= 1.3 * 3.0
    assert np.isfinite(issued(state)[6]).all()


def test_throttled_hours_are_not_taken_for_clouds(home: Home, state: SolarState) -> None:
    clear = replace(home, clearness=np.full(len(home.start), 0.98))
    hour = home.start / 3600 % 24
    throttled = np.where((hour > 8) & (hour < 15), np.minimum(clear.power, 1.5), clear.power)
    since = home.start >= DAYS.midnight(FIRST + 24)
    value = np.where(since, throttled, clear.power)
    told, free = learn(home.history(value)), learn(home.history(clear.power))
    noon = issued(told)[-4, 12, MEDIAN]
    assert noon > 0.9 * issued(free)[-4, 12, MEDIAN] > 2.0


def test_an_inverters_limit_is_the_truth(home: Home) -> None:
    state = learn(home.history(np.minimum(home.power, 2.0)))
    rows = issued(state)[20:-2]
    assert np.nanmax(rows[..., MEDIAN]) < 2.2
    assert (rows[:, 12, MEDIAN] > 1.0).any()


def test_the_roof_is_remembered_through_a_month_of_snow(home: Home) -> None:
    snow = home.start >= DAYS.midnight(FIRST + 20)
    state = learn(home.history(np.where(snow, 0.0, home.power)))
    assert state.course.most[-3:].max() > 0.6 * home.clear.max()
    assert issued(state)[-4, :, MEDIAN].max() < 0.1
    check(issued(state), home)


def test_gaps_and_wrong_readings_do_no_harm(home: Home, state: SolarState) -> None:
    rng = np.random.default_rng(8)
    value = home.power.copy()
    value[rng.random(len(value)) < 0.2] = np.nan
    value[(home.start > DAYS.midnight(FIRST + 25)) & (home.start < DAYS.midnight(FIRST + 31))] = (
        np.nan
    )
    value[780] = 300.0
    value[830] = -5.0
    told = learn(home.history(value))
    check(issued(told), home)
    assert np.isfinite(told.archive.quantiles[7:]).all()
    assert score(told, home) < 1.25 * score(state, home)


def test_the_day_of_the_changed_clock_is_one_like_others() -> None:
    autumn = 20_022  # 27 October 2024.
    home = live(40, autumn - 25)
    state = advance(None, home.history(), DAYS, autumn + 1, site=SITE)
    row = state.archive.issue(autumn)
    assert row is not None
    today, clear = row.quantiles[row.past], DAYS.matrix(home.series(home.clear), autumn, 1)[0]
    assert (today[clear == 0] == 0).all()
    assert (today[clear > 0.2, -1] > 0).all()


@pytest.mark.parametrize("late_s", [-3600.0, 3600.0])
def test_a_clock_an_hour_wrong_does_little_harm(
    home: Home, state: SolarState, late_s: float
) -> None:
    moved = Home(home.start + late_s, home.clear, home.clearness)
    told = learn(moved.history())
    assert score(told, moved) < 1.15 * score(state, home)
    rows, truth = issued(told)[20:-2], moved.by_slot(moved.power)[20:-2]
    day = truth > 0.1 * truth.max()
    assert (truth <= rows[..., -1])[day].mean() > 0.85


def test_polar_night_is_foreseen_dark() -> None:
    first = 19_672  # 11 November 2023.
    home = live(20, first, 69.5)
    state = advance(None, home.history(), DAYS, first + 20, site=Site(69.5, SITE.longitude))
    row = state.archive.issue(first + 20)
    assert row is not None
    assert home.power[:24].max() > 0
    assert (row.quantiles[row.past :] == 0).all()


def test_refreshed_by_a_newer_forecast(home: Home) -> None:
    given = provider(home)
    history = home.history(given=given)
    state = learn(history)
    now = DAYS.midnight(LAST) + 10 * 3600
    row = state.archive.issue(LAST)
    same = refresh(state, history, DAYS, LAST, now, site=SITE).archive.issue(LAST)
    assert row is not None
    assert same is not None
    np.testing.assert_allclose(same.quantiles, row.quantiles, atol=1e-5)
    duller = Series(given.start, given.end, np.where(given.end > now, 0.3, 1.0) * given.value)
    newer = replace(history, given=duller)
    less = refresh(state, newer, DAYS, LAST, now, site=SITE).archive.issue(LAST)
    assert less is not None
    tomorrow = row.past + 1
    dull, bright = (each.quantiles[tomorrow, :, MEDIAN].sum() for each in (less, same))
    assert dull < 0.7 * bright
    assert refresh(state, history, DAYS, LAST + 1, now, site=SITE) is state


def test_experts_can_be_watched(home: Home) -> None:
    heard: dict[str, Floats] = {}

    def watch(day: int, name: str, rows: Floats) -> None:
        if day == FIRST + 8:
            heard[name] = rows

    advance(None, home.history(), DAYS, FIRST + 8, site=SITE, watch=watch)
    assert np.isfinite(heard["own_analog"]).all()
    assert np.isfinite(heard["mix"]).all()
    assert np.isnan(heard["given_analog"]).all()
