"""Drawn years: what they take over from the past, and what they leave open."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.replay.run import protocol_battery
from custom_components.shems.core.replay.whatif.bounds import (
    Flows,
    Scene,
    Work,
    foreseen,
    ruled,
)
from custom_components.shems.core.replay.whatif.capture import Capture
from custom_components.shems.core.replay.whatif.diary import Diary
from custom_components.shems.core.replay.whatif.question import Subject
from custom_components.shems.core.replay.whatif.sky import Roofs
from custom_components.shems.core.replay.whatif.weeks import Ahead, unseen_days, weeks
from custom_components.shems.core.replay.whatif.years import Years, draw
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats, InputError
from tests.core.replay.asking import BERLIN, HOUR, subject_of


def drawn(subject: Subject, ahead: Ahead, count: int = 8) -> Years:
    diary = Diary.of(subject)
    roofs = None if subject.site is None else Roofs.of(subject.site, diary)
    return draw(subject, diary, roofs, ahead, range(count), np.random.default_rng(1))


def next_days(subject: Subject, count: int, after: int = 0) -> Ahead:
    diary = Diary.of(subject)
    return Ahead(diary.first + diary.count + after, count)


def done[T](work: Work[T]) -> T:
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: T = end.value
            return found


def test_the_sun_of_longer_days_is_more() -> None:
    winter = subject_of(21, begin="2024-01-08", sun_kw=1.0)
    years = drawn(winter, next_days(winter, 14, after=120))
    noon = years.clock.slot == 12
    assert years.solar_kw[:, noon].mean() > 1.5 * np.nanmean(winter.history.solar.value[12::24])
    assert (years.solar_kw[:, years.clock.slot == 1] == 0).all()


def test_without_a_place_the_sun_is_as_it_was() -> None:
    home = subject_of(21, site=None)
    years = drawn(home, next_days(home, 14, after=90))
    assert years.clearness is None
    assert years.outdoor_c is None
    assert years.solar_kw.max() < 1.6 * home.history.solar.value.max()
    plain = Diary.of(replace(home, history=replace(home.history, solar=Series.empty())))
    assert plain.solar_kw is None


def test_weeks_are_of_the_season_and_begin_on_their_weekday() -> None:
    year = subject_of(380, begin="2023-01-02")
    diary, ahead = Diary.of(year), next_days(year, 14)
    living, sky = weeks(year, diary, ahead, 64, np.random.default_rng(2))
    for found in (living, sky):
        day = diary.first + found.source
        assert (day % 7 == (ahead.first + np.arange(14)) % 7).all()
        away = np.abs(day - (ahead.first + np.arange(14)))
        away = np.minimum(away % 365, 365 - away % 365)
        assert np.median(away) < 25
    assert np.mean(living.source == sky.source) > 0.5


def test_a_short_past_lacks_weekdays() -> None:
    home = subject_of(8)
    years = drawn(home, next_days(home, 14, after=3))
    assert np.isfinite(years.load_kw).all()


def test_a_season_that_was_never_seen_is_told() -> None:
    winter = subject_of(60, begin="2024-01-01")
    diary = Diary.of(winter)
    assert unseen_days(winter, diary, Ahead(diary.first + 180, 30)) == 30
    assert unseen_days(winter, diary, Ahead(diary.first + 10, 30)) == 0


def test_a_past_of_torn_days_is_drawn_by_the_day() -> None:
    home = subject_of(30)
    load = home.history.load.value.copy()
    for day in range(0, 30, 3):
        load[24 * day + 2 : 24 * day + 12] = np.nan
    torn = replace(home, history=replace(home.history, load=replace(home.history.load, value=load)))
    years = drawn(torn, next_days(torn, 10))
    assert np.isfinite(years.load_kw).all()
    assert Diary.of(torn).masked > 0.1
    load[24 * 7 :] = np.nan
    shorter = replace(torn.history, load=replace(torn.history.load, value=load))
    with pytest.raises(InputError, match="what if history"):
        Diary.of(replace(torn, history=shorter))


def test_prices_are_of_the_season_and_the_kind_of_day() -> None:
    home = subject_of(21, begin="2024-06-03")
    load = home.history.load
    start = float(load.start[0]) - 366 * 24 * HOUR + HOUR * np.arange((366 + 21) * 24)
    day = np.arange(len(start)) // 24
    # The first of them is Saturday, 3 June 2023.
    value = np.where((day - 0) % 7 < 2, 0.01, 0.10) + np.where(day % 365 > 180, 1.0, 0.0)
    priced = replace(home, history=replace(home.history, market=Series(start, start + HOUR, value)))
    years = drawn(priced, next_days(priced, 7))
    weekend = (years.clock.day + 3) % 7 >= 5
    assert years.market[:, weekend].mean() < 0.5 * years.market[:, ~weekend].mean()
    assert years.market.max() < 0.5


def test_unknown_prices_stay_unknown() -> None:
    home = subject_of(9)
    blind = replace(home, history=replace(home.history, market=Series.empty()))
    assert np.isnan(drawn(blind, next_days(blind, 7)).market).all()


def scene_of(battery: Battery | None, **changes: object) -> Scene:
    noise = np.random.default_rng(3)
    shape = (4, 24 * 7)
    plain = Scene(
        noise.gamma(1.2, 0.8, shape),
        np.maximum(noise.normal(0.0, 2.0, shape), 0.0),
        noise.normal(0.2, 0.1, shape),
        noise.normal(0.05, 0.05, shape),
        battery,
        Connection(17.0, 10.0),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # names are those of fields


def cost_of(scene: Scene, flows: Flows) -> Floats:
    worth = np.maximum(scene.sell.mean(axis=1), 0.0) * 0.95
    total: Floats = flows.cost.sum(axis=1) - worth * (flows.stored[:, -1] - 4.0)
    return total


@pytest.mark.parametrize("able", [True, False])
def test_foresight_costs_least_and_energy_is_kept(able: bool) -> None:  # a case
    battery = protocol_battery()
    scene = scene_of(battery, able=able)
    none = done(ruled(replace(scene, battery=None)))
    rule, best = done(ruled(scene)), done(foreseen(scene))
    assert (cost_of(scene, best) < cost_of(scene, rule) + 1e-6).all()
    assert (cost_of(scene, best) < none.cost.sum(axis=1) + 1e-6).all()
    for flows in (rule, best):
        assert flows.stored.min() >= battery.min_kwh - 1e-9
        assert flows.stored.max() <= battery.max_kwh + 1e-9
        change = np.diff(flows.stored, axis=1, prepend=4.0)
        taken = np.maximum(change, 0.0) / 0.95
        given = np.maximum(-change, 0.0) * 0.95
        grid = scene.load_kw - scene.solar_kw + taken - given
        assert np.abs(np.maximum(grid, 0.0) - flows.bought).max() < 1e-9
    assert (done(foreseen(replace(scene, battery=None))).cost == none.cost).all()


def test_rights_of_the_contract_are_kept() -> None:
    battery = replace(protocol_battery(), may_charge_from_grid=False, may_discharge_to_grid=False)
    scene = scene_of(battery)
    best = done(foreseen(scene))
    none = done(ruled(replace(scene, battery=None)))
    assert (best.bought <= none.bought + 1e-9).all()
    assert (best.sold <= none.sold + 1e-9).all()


def capture_of(gap: list[float], got: list[float]) -> Capture:
    return Capture(np.array(gap), np.array(got), np.array(got), 168 * len(gap))


def test_the_share_that_is_captured_is_drawn_from_the_weeks() -> None:
    noise = np.random.default_rng(5)
    told = capture_of([4.0] * 12, [2.0] * 12)
    assert told.usual_share == pytest.approx(0.5)
    shares = told.draws(200, noise)
    assert shares.shape == (200, 1)
    assert np.median(shares) == pytest.approx(0.5, abs=0.05)
    few = capture_of([4.0] * 2, [4.0] * 2).draws(200, noise)
    assert np.median(few) == pytest.approx(0.65, abs=0.05)
    assert capture_of([0.0] * 8, [0.0] * 8).usual_share == 0.65


def test_a_place_is_not_needed_for_the_load() -> None:
    home = subject_of(9, sun_kw=0.0)
    years = drawn(replace(home, site=None), next_days(home, 3))
    assert (years.solar_kw == 0).all()
    assert years.load_kw.mean() > 0
    assert home.site == BERLIN
