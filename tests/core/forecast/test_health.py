"""What is wrong with a history is taken out and named; what is right is left alone."""

import csv
import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from custom_components.shems.core.assets.plane import Plane, Site, clear_sky, power
from custom_components.shems.core.assets.sun import position
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.finding import Finding
from custom_components.shems.core.forecast.health import inspect
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.forecast.plausible import Limits
from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats

ZONE = "Europe/Brussels"
DAYS = Days(ZONE, HOUR_S)
SITE = Site(50.8, 4.4)
BEGIN = datetime(2025, 3, 1, tzinfo=UTC).timestamp()
COUNT = 200 * 24
NOW = BEGIN + COUNT * HOUR_S
TIMES = BEGIN + np.arange(COUNT, dtype=np.float64) * HOUR_S
MIDDLE = COUNT * 2 // 3
"""Row of 12 July 2025, 8:00 UTC."""


def hourly(value: Floats, step_s: float = HOUR_S) -> Series:
    start = BEGIN + np.arange(len(value), dtype=np.float64) * step_s
    return Series(start, start + step_s, value)


def usual_load() -> Floats:
    rng = np.random.default_rng(7)
    hour = np.arange(COUNT) % 24
    evening = np.exp(-(((hour - 18) / 2.5) ** 2))
    return 0.25 + (0.3 + 1.5 * evening) * rng.gamma(2.0, 0.5, COUNT)


def usual_solar(azimuth: float = 160.0) -> Floats:
    """Return the power of a roof under skies that change by the day and by the hour."""
    rng = np.random.default_rng(8)
    times = TIMES[:, np.newaxis] + (np.arange(4) + 0.5) * HOUR_S / 4
    sun = position(times, SITE.latitude, SITE.longitude)
    free = power(Plane(35.0, azimuth, 6.0), sun, clear_sky(sun)).mean(axis=1)
    clear = np.repeat(rng.beta(1.2, 0.8, COUNT // 24), 24) * rng.uniform(0.85, 1.0, COUNT)
    shining: Floats = np.round(free * np.maximum(clear, 0.1), 4)
    return shining


LOAD, SOLAR = usual_load(), usual_solar()


def changed(value: Floats, begin: int, stop: int, change: Callable[[Floats], Floats]) -> Floats:
    value = value.copy()
    value[begin:stop] = change(value[begin:stop])
    return value


def look(
    load: Floats = LOAD, solar: Floats = SOLAR, **given: object
) -> tuple[Floats, Floats, dict[tuple[str, str], Finding]]:
    """Return load and solar as cleaned, and the findings by code and quantity."""
    history = History(hourly(load), hourly(solar))
    limits = given.pop("limits", Limits())
    assert isinstance(limits, Limits)
    site = given.pop("site", SITE)
    assert site is None or isinstance(site, Site)
    clean, found = inspect(history, DAYS, NOW, site=site, limits=limits)
    named = {(each.code, each.quantity): each for each in found}
    assert len(named) == len(found)
    return clean.load.value, clean.solar.value, named


def unknown(value: Floats) -> list[int]:
    return [int(row) for row in np.flatnonzero(np.isnan(value))]


def test_a_home_in_order_is_left_as_it_is() -> None:
    load, solar, found = look()
    assert found == {}
    np.testing.assert_array_equal(load, LOAD)
    np.testing.assert_array_equal(solar, SOLAR)


@pytest.mark.parametrize("azimuth", [90.0, 270.0, 0.0])
def test_a_roof_that_faces_sideways_is_no_wrong_clock(azimuth: float) -> None:
    _, _, found = look(solar=usual_solar(azimuth))
    assert found == {}


def test_an_empty_history_is_healthy() -> None:
    clean, found = inspect(History(), DAYS, NOW, site=SITE)
    assert (len(clean.load), len(clean.solar), found) == (0, 0, ())
    _, _, named = look(np.full(COUNT, np.nan), np.full(COUNT, np.nan))
    assert named == {}


@pytest.mark.parametrize("hours", [1, 2, 7, 30])
def test_a_short_history_is_healthy(hours: int) -> None:
    history = History(hourly(LOAD[:hours]), hourly(SOLAR[:hours]))
    clean, found = inspect(history, DAYS, BEGIN + hours * HOUR_S, site=SITE)
    assert found == ()
    np.testing.assert_array_equal(clean.load.value, LOAD[:hours])


def test_nothing_after_now_is_looked_at() -> None:
    wild = changed(LOAD, MIDDLE, COUNT, lambda part: part * 1e4 - 3)
    now = float(TIMES[MIDDLE])
    clean, found = inspect(History(hourly(wild), hourly(-wild)), DAYS, now, site=SITE)
    assert {each.code for each in found} == {"negative"}
    np.testing.assert_array_equal(clean.load.value, wild)
    np.testing.assert_array_equal(clean.solar.value[MIDDLE:], -wild[MIDDLE:])


def test_days_with_a_clock_change_are_healthy() -> None:
    begin = datetime(2025, 10, 20, tzinfo=UTC).timestamp()
    start = begin + np.arange(15 * 48, dtype=np.float64) * 1800
    value = 0.3 + np.random.default_rng(1).gamma(2.0, 0.3, len(start))
    history = History(Series(start, start + 1800, value))
    clean, found = inspect(history, Days(ZONE, 1800.0), start[-1] + 1800, site=SITE)
    assert found == ()
    np.testing.assert_array_equal(clean.load.value, value)


# Gaps


def test_gaps_are_named() -> None:
    nothing = changed(LOAD, MIDDLE, MIDDLE + 48, lambda part: part * np.nan)
    load, _, found = look(load=nothing)
    assert found.keys() == {("missing", "load")}
    gap = found["missing", "load"]
    assert (gap.since, gap.until) == (TIMES[MIDDLE], TIMES[MIDDLE + 48])
    assert gap.args == {"times": 1, "hours": 48.0}
    assert unknown(load) == list(range(MIDDLE, MIDDLE + 48))


def test_a_gap_without_rows_is_one_too() -> None:
    keep = np.ones(COUNT, dtype=np.bool_)
    keep[MIDDLE : MIDDLE + 10] = False
    load = Series(TIMES[keep], TIMES[keep] + HOUR_S, LOAD[keep])
    _, found = inspect(History(load), DAYS, NOW)
    assert [(each.code, each.args["hours"]) for each in found] == [("missing", 10.0)]


@pytest.mark.parametrize("site", [SITE, None])
def test_an_inverter_may_sleep_at_night(site: Site | None) -> None:
    asleep = np.where(SOLAR > 0, SOLAR, np.nan)
    _, _, found = look(solar=asleep, site=site)
    assert found == {}


def test_a_silent_meter_is_named() -> None:
    silent = changed(LOAD, COUNT - 50, COUNT, lambda part: part * np.nan)
    _, _, found = look(load=silent)
    assert found["silent", "load"].args == {"hours": 50.0}
    assert found["silent", "load"].until == NOW


# Meters that stand still


def test_a_month_of_zeros_is_unknown_not_zero() -> None:
    load, _, found = look(load=changed(LOAD, MIDDLE, MIDDLE + 720, np.zeros_like))
    assert found.keys() == {("zeros", "load")}
    assert unknown(load) == list(range(MIDDLE, MIDDLE + 720))


def test_a_load_that_was_always_zero_is_unknown() -> None:
    load, _, found = look(load=np.zeros(COUNT))
    assert found.keys() == {("zeros", "load")}
    assert len(unknown(load)) == COUNT


def test_an_empty_cottage_is_healthy() -> None:
    weekend = np.repeat(np.arange(COUNT // 24) % 7 >= 5, 24)
    away = 0.012 + 0.004 * np.random.default_rng(3).random(COUNT)
    load, _, found = look(load=np.where(weekend, LOAD, away))
    assert found == {}
    assert unknown(load) == []


def test_a_coarse_counter_may_rest() -> None:
    small = LOAD * 0.04  # Half a kilowatt-hour a day: whole ones come days apart.
    whole = np.diff(np.floor(np.cumsum(small)), prepend=0.0)
    load, _, found = look(load=whole)
    assert found == {}
    assert unknown(load) == []


def test_a_coarse_sensor_may_show_the_same_for_a_week_of_absence() -> None:
    coarse = np.round(changed(LOAD, MIDDLE, MIDDLE + 168, lambda part: part * 0 + 0.1), 1)
    _, _, found = look(load=coarse)
    assert found == {}


@pytest.mark.parametrize("hours", [14, 400])
def test_a_frozen_meter_is_unknown(hours: int) -> None:
    frozen = changed(LOAD, MIDDLE, MIDDLE + hours, lambda part: part * 0 + 0.731)
    sun = changed(SOLAR, MIDDLE, MIDDLE + hours, lambda part: part * 0 + 1.234)
    load, solar, found = look(load=frozen, solar=sun)
    assert found.keys() == {("frozen", "load"), ("frozen", "solar")}
    assert unknown(load) == unknown(solar) == list(range(MIDDLE, MIDDLE + hours))


# Units


@pytest.mark.parametrize(
    ("factor", "code"), [(1000.0, "watts"), (0.001, "megawatts")], ids=["watts", "megawatts"]
)
@pytest.mark.parametrize("begin", [0, MIDDLE + 7])
def test_a_wrong_unit_is_put_right(factor: float, code: str, begin: int) -> None:
    def wrong(part: Floats) -> Floats:
        return part * factor

    load, solar, found = look(
        changed(LOAD, begin, COUNT, wrong), changed(SOLAR, begin, COUNT, wrong)
    )
    assert found.keys() == {(code, "load"), (code, "solar")}
    for value, right in ((load, LOAD), (solar, SOLAR)):
        sure = np.isfinite(value)
        np.testing.assert_allclose(value[sure], right[sure])
        assert sure.sum() >= COUNT - 48
    assert abs(found[code, "load"].since - TIMES[begin]) <= 2 * DAY_S


def test_a_wrong_unit_that_was_put_right_is_put_right() -> None:
    load, _, found = look(changed(LOAD, 0, MIDDLE, lambda part: part * 1000.0))
    assert found.keys() == {("watts", "load")}
    sure = np.isfinite(load)
    np.testing.assert_allclose(load[sure], LOAD[sure])


def test_a_mixture_of_units_is_unknown() -> None:
    mixed = LOAD + 1000.0 * SOLAR
    load, _, found = look(changed(LOAD, MIDDLE, COUNT, lambda _: mixed[MIDDLE:]))
    assert found.keys() == {("unit_unclear", "load")}
    assert np.nanmax(load) < 100.0
    np.testing.assert_array_equal(load[: MIDDLE - 48], LOAD[: MIDDLE - 48])


def test_a_few_days_far_too_high_do_not_spoil_the_rest() -> None:
    load, _, _ = look(changed(LOAD, COUNT - 400, COUNT, lambda part: 4321 + np.cumsum(part)))
    np.testing.assert_array_equal(load[: COUNT - 600], LOAD[: COUNT - 600])
    assert np.nanmax(load) < 100.0


def test_a_roof_under_snow_is_no_wrong_unit() -> None:
    month = 30 * 24
    snow = History(solar=hourly(SOLAR[:month] * 1e-3))
    clean, found = inspect(snow, DAYS, BEGIN + month * HOUR_S, site=SITE)
    assert found == ()
    np.testing.assert_array_equal(clean.solar.value, SOLAR[:month] * 1e-3)


def test_a_house_that_is_left_for_good_is_no_wrong_unit() -> None:
    day = np.repeat(np.arange(COUNT // 24) % 3, 24)  # The freezer runs every third day.
    alarm = 0.0001 + 0.0006 * (day == 0) + 1e-5 * np.random.default_rng(4).random(COUNT)
    load, _, found = look(changed(LOAD, MIDDLE, COUNT, lambda _: alarm[MIDDLE:]))
    assert found == {}
    np.testing.assert_array_equal(load[MIDDLE:], alarm[MIDDLE:])


def test_days_hardly_known_tell_no_unit() -> None:
    few = np.where(np.arange(COUNT) % 24 < 4, LOAD, np.nan)
    load, _, found = look(load=few)
    assert found.keys() == {("missing", "load")}
    np.testing.assert_array_equal(load, few)


# Counters, resets and signs


def test_a_counter_read_as_a_power_is_unknown() -> None:
    load, solar, found = look(np.cumsum(LOAD), np.cumsum(SOLAR))
    assert found.keys() == {("counter", "load"), ("counter", "solar")}
    assert len(unknown(load)) == len(unknown(solar)) == COUNT


def test_a_counter_that_begins_anew_every_day_is_unknown() -> None:
    total = np.cumsum(LOAD.reshape(-1, 24), axis=1).ravel()
    load, _, found = look(changed(LOAD, MIDDLE, COUNT, lambda _: total[MIDDLE:]))
    assert found.keys() == {("counter", "load")}
    sure = np.isfinite(load)
    np.testing.assert_array_equal(load[sure], LOAD[sure])
    assert sure.sum() >= MIDDLE - 14 * 24


def test_resets_and_overflows_are_unknown() -> None:
    reset = LOAD.copy()
    reset[[MIDDLE, MIDDLE + 40, MIDDLE + 90]] = 12_345.0, -12_345.0, 45.0
    sun = SOLAR.copy()
    sun[MIDDLE] = 40.0
    load, solar, found = look(reset, sun)
    assert found.keys() == {("meter_jump", "load"), ("meter_jump", "solar")}
    assert found["meter_jump", "load"].args["times"] == 3
    assert unknown(load) == [MIDDLE, MIDDLE + 40, MIDDLE + 90]
    assert unknown(solar) == [MIDDLE]


def test_a_counter_that_catches_up_tells_no_power() -> None:
    caught = changed(LOAD, MIDDLE, MIDDLE + 40, lambda part: part * np.nan)
    caught[MIDDLE + 40] = LOAD[MIDDLE : MIDDLE + 41].sum()
    load, _, found = look(caught)
    assert found.keys() == {("missing", "load"), ("meter_jump", "load")}
    assert unknown(load) == list(range(MIDDLE, MIDDLE + 41))


def test_a_car_that_charges_for_the_first_time_is_no_jump() -> None:
    load, _, found = look(changed(LOAD, MIDDLE, MIDDLE + 1, lambda part: part + 22.0))
    assert found == {}
    assert unknown(load) == []


def test_what_the_connection_cannot_carry_is_unknown() -> None:
    high = changed(LOAD, MIDDLE, MIDDLE + 5, lambda part: part + 20.0)
    load, _, found = look(high, limits=Limits(load=17.0))
    assert found.keys() == {("meter_jump", "load")}
    assert len(unknown(load)) == 5


def test_a_load_below_zero_is_unknown() -> None:
    load, _, found = look(changed(LOAD, MIDDLE, MIDDLE + 9, lambda part: part - 4.0))
    assert found.keys() == {("negative", "load")}
    assert unknown(load) == list(range(MIDDLE, MIDDLE + 9))


def test_a_hair_below_zero_is_nothing() -> None:
    asleep = np.where(SOLAR > 0, SOLAR, -0.012)
    _, solar, found = look(solar=asleep)
    assert found == {}
    np.testing.assert_array_equal(solar, SOLAR)


def test_a_sign_that_is_wrong_throughout_is_named() -> None:
    _, solar, found = look(solar=-SOLAR)
    assert found.keys() == {("negative", "solar")}
    assert not (solar < 0).any()


def test_a_limit_that_is_wrong_is_no_limit() -> None:
    load, solar, found = look(limits=Limits(load=1.0, solar=0.5))
    assert found == {}
    np.testing.assert_array_equal(load, LOAD)
    np.testing.assert_array_equal(solar, SOLAR)


def test_the_first_sunny_moment_is_no_jump() -> None:
    dull = SOLAR[:70] * 0.05
    dull[60] = 2.5
    clean, found = inspect(History(solar=hourly(dull)), DAYS, BEGIN + 70 * HOUR_S, site=SITE)
    assert found == ()
    np.testing.assert_array_equal(clean.solar.value, dull)


# Loads that are sums


@pytest.mark.parametrize("factor", [1000.0, 0.001])
def test_a_load_is_put_right_with_the_solar_power_in_it(factor: float) -> None:
    solar = changed(SOLAR, MIDDLE, COUNT, lambda part: part * factor)
    history = History(hourly(LOAD - SOLAR + solar), hourly(solar))
    clean, found = inspect(history, DAYS, NOW, site=SITE, derived=True)
    assert {each.quantity for each in found} == {"solar"}
    sure = np.isfinite(clean.load.value)
    np.testing.assert_allclose(clean.load.value[sure], LOAD[sure], atol=1e-9)
    assert sure.sum() >= COUNT - 48


def test_a_load_is_unknown_with_the_solar_power_in_it() -> None:
    frozen = changed(SOLAR, MIDDLE, MIDDLE + 30, lambda part: part * 0 + 2.2)
    idle = changed(frozen, MIDDLE + 480, MIDDLE + 720, np.zeros_like)
    silent = changed(idle, 480, 500, lambda part: part * np.nan)
    wrong = np.where(np.arange(COUNT) < MIDDLE + 30, frozen - SOLAR, 0.0)
    history = History(hourly(LOAD + wrong), hourly(silent))
    clean, found = inspect(history, DAYS, NOW, site=SITE, derived=True)
    codes = {(each.code, each.quantity) for each in found}
    assert codes >= {("frozen", "solar"), ("idle", "solar"), ("missing", "solar")}
    assert unknown(clean.load.value) == list(range(MIDDLE, MIDDLE + 30))


# The sun


def test_what_electronics_show_at_night_is_nothing() -> None:
    _, solar, found = look(solar=np.maximum(SOLAR, 0.02))
    assert found == {}
    assert (solar[np.arange(COUNT) % 24 == 0] == 0).all()


def test_power_at_night_is_unknown() -> None:
    late = changed(SOLAR, MIDDLE, MIDDLE + 72, lambda part: part + 1.0)
    _, solar, found = look(solar=late)
    assert found.keys() == {("night", "solar")}
    wrong = unknown(solar)
    assert wrong
    assert set(wrong) <= set(range(MIDDLE, MIDDLE + 72))
    single = changed(SOLAR, MIDDLE - 8, MIDDLE - 7, lambda part: part + 1.0)
    _, solar, found = look(solar=single)
    assert found == {}
    assert unknown(solar) == [MIDDLE - 8]


@pytest.mark.parametrize("hours", [-2, -1, 1, 2])
def test_a_clock_that_is_wrong_throughout_is_named(hours: int) -> None:
    moved = np.roll(SOLAR, hours)
    _, solar, found = look(solar=moved)
    assert found.keys() == {("clock", "solar")}
    assert found["clock", "solar"].args["offset_h"] == hours
    np.testing.assert_array_equal(solar, moved)


@pytest.mark.parametrize("hours", [-1, 1])
@pytest.mark.parametrize("azimuth", [90.0, 180.0])
def test_the_past_is_told_on_the_clock_of_today(hours: int, azimuth: float) -> None:
    right = usual_solar(azimuth)
    moved = changed(right, 0, MIDDLE, lambda _: np.roll(right, hours)[:MIDDLE])
    _, solar, found = look(solar=moved)
    assert found.keys() == {("clock_jump", "solar")}
    jump = found["clock_jump", "solar"]
    assert jump.args["offset_h"] == -hours
    assert abs(float(jump.args["at"]) - TIMES[MIDDLE]) <= 7 * DAY_S
    sure = np.isfinite(solar)
    assert sure.sum() > COUNT - 7 * 24
    assert np.abs(solar - right)[sure].sum() < 0.03 * right.sum()


def test_a_summer_on_another_clock_is_put_right() -> None:
    stop = MIDDLE + 900
    moved = changed(SOLAR, MIDDLE, stop, lambda _: np.roll(SOLAR, 1)[MIDDLE:stop])
    _, solar, found = look(solar=moved)
    assert found.keys() == {("clock_jump", "solar")}
    sure = np.isfinite(solar)
    assert np.abs(solar - SOLAR)[sure].sum() < 0.03 * SOLAR.sum()


def test_a_past_that_would_shine_in_the_dark_is_left() -> None:
    # Its first jump is hidden in a month without a bright day.
    hidden = changed(SOLAR, 30 * 24, 75 * 24, lambda part: part * np.nan)
    moved = changed(hidden, 50 * 24, MIDDLE, lambda _: np.roll(hidden, 1)[50 * 24 : MIDDLE])
    _, solar, found = look(solar=moved)
    assert ("clock_jump", "solar") in found
    np.testing.assert_array_equal(solar[: 28 * 24], SOLAR[: 28 * 24])


def test_a_few_bright_days_tell_no_clock() -> None:
    # Four days between two long gaps, then days on another clock.
    known = np.concatenate([np.arange(30), np.arange(88, 92), np.arange(92, 130)])
    rare = np.where(np.isin(np.arange(COUNT) // 24, known), SOLAR, np.nan)
    moved = changed(rare, 92 * 24, 130 * 24, lambda _: np.roll(SOLAR, 1)[92 * 24 : 130 * 24])
    _, solar, found = look(solar=moved)
    assert ("clock_jump", "solar") not in found
    np.testing.assert_array_equal(solar, moved)


def test_five_minutes_after_hours_are_healthy() -> None:
    cut = COUNT - 10 * 24
    fine = TIMES[cut] + np.arange(10 * 288, dtype=np.float64) * 300
    start, width = np.append(TIMES[:cut], fine), np.repeat([3600.0, 300.0], [cut, len(fine)])
    rng = np.random.default_rng(9)

    def both(value: Floats) -> Series:
        noisy = np.repeat(value[cut:], 12) * rng.gamma(4.0, 0.25, len(fine))
        return Series(start, start + width, np.append(value[:cut], noisy))

    clean, found = inspect(History(both(LOAD), both(SOLAR)), DAYS, NOW, site=SITE)
    assert found == ()
    assert np.isfinite(clean.load.value).all()


def test_without_a_place_nothing_is_held_against_the_sun() -> None:
    moved = np.roll(SOLAR, 2)
    _, solar, found = look(solar=moved, site=None)
    assert found == {}
    np.testing.assert_array_equal(solar, moved)


def test_a_roof_that_stands_still_in_summer_is_named() -> None:
    dead = changed(SOLAR, MIDDLE, MIDDLE + 240, np.zeros_like)
    _, solar, found = look(solar=dead)
    assert found.keys() == {("idle", "solar")}
    assert 8 * 24 <= len(unknown(solar)) <= 10 * 24
    still = changed(SOLAR, COUNT - 240, COUNT, np.zeros_like)
    _, solar, found = look(solar=still)
    assert found.keys() == {("idle", "solar")}
    assert unknown(solar) == []


def test_a_home_without_sun_is_not_idle() -> None:
    _, solar, found = look(solar=np.zeros(COUNT))
    assert found == {}
    assert unknown(solar) == []


def test_an_inverter_at_its_limit_is_named() -> None:
    _, solar, found = look(solar=np.minimum(SOLAR, 2.5))
    assert found.keys() == {("clipped", "solar")}
    assert found["clipped", "solar"].args["limit_kw"] == 2.5
    assert unknown(solar) == []


def test_power_cut_at_noon_is_named() -> None:
    cut = SOLAR.copy()
    noons = [row for row in range(11, COUNT, 24) if SOLAR[row - 1 : row + 2].min() > 2.8]
    cut[noons[:5]] = 0.0
    _, solar, found = look(solar=cut)
    assert found.keys() == {("curtailed", "solar")}
    assert found["curtailed", "solar"].args["times"] == len(noons[:5])
    assert unknown(solar) == []


# New consumers


def with_car(power_kw: float, hours: int, first_day: int) -> Floats:
    load = LOAD.copy()
    for day in range(first_day, COUNT // 24):
        if day % 5 in {0, 2}:
            load[day * 24 + 22 : day * 24 + 22 + hours] += power_kw
    return load


@pytest.mark.parametrize(("power_kw", "hours"), [(11.0, 1), (7.4, 2), (3.7, 4)])
def test_a_new_car_is_named_and_kept(power_kw: float, hours: int) -> None:
    mine = with_car(power_kw, hours, 175)
    load, _, found = look(mine)
    assert found.keys() == {("new_consumer", "load")}
    car = found["new_consumer", "load"]
    assert abs(car.since - TIMES[175 * 24]) <= 2 * DAY_S
    assert abs(float(car.args["step_kw"]) - power_kw) < 1.5
    np.testing.assert_array_equal(load, mine)


@pytest.mark.parametrize("first_day", [10, 120, 198], ids=["ever", "long", "yesterday"])
def test_a_car_that_is_not_new_is_not_named(first_day: int) -> None:
    _, _, found = look(with_car(7.4, 2, first_day))
    assert found == {}


def test_a_cold_spell_is_no_new_consumer() -> None:
    _, _, found = look(changed(LOAD, 175 * 24, COUNT, lambda part: part * 1.5 + 2.0))
    assert found == {}


def test_a_party_is_no_new_consumer() -> None:
    _, _, found = look(changed(LOAD, 175 * 24, 177 * 24, lambda part: part + 6.0))
    assert found == {}


# Real homes


def table(path: Path, column: str) -> tuple[Series, float]:
    with gzip.open(path, "rt") as file:
        rows = list(csv.DictReader(file))[:17520]
    start = np.array([datetime.fromisoformat(row["time"]).timestamp() for row in rows])
    value = np.array([float(row[column] or "nan") for row in rows])
    step = float(np.median(np.diff(start)))
    return Series(start, start + step, value), step


@pytest.mark.parametrize(
    ("file", "zone", "expected"),
    [
        ("fontana/home_01.csv.gz", "America/Los_Angeles", set()),
        # The first days of the year, before the meters were told from their neighbours'.
        ("fontana/home_02.csv.gz", "America/Los_Angeles", {"zeros"}),
        ("fontana/home_04.csv.gz", "America/Los_Angeles", set()),
        ("fontana/home_08.csv.gz", "America/Los_Angeles", {"zeros"}),
        ("emhass_home/home.csv.gz", "Europe/Paris", {"missing"}),
        # Once 17 and once 7 hours of nothing, the second with all of it in the hour after.
        ("hue/home_01.csv.gz", "America/Vancouver", {"zeros", "meter_jump"}),
        ("sgsc/home_10006414.csv.gz", "Australia/Sydney", {"missing"}),
        ("sgsc/home_10017936.csv.gz", "Australia/Sydney", {"missing"}),
        ("sgsc/home_10018064.csv.gz", "Australia/Sydney", set()),
    ],
)
def test_real_loads_raise_no_false_alarm(
    shems_data: Path, file: str, zone: str, expected: set[str]
) -> None:
    load, step = table(shems_data / file, "load_kw")
    _, found = inspect(History(load), Days(zone, step), float(load.end[-1]))
    assert {each.code for each in found} == expected


@pytest.mark.parametrize(
    ("file", "column", "site", "expected"),
    [
        # Stamped an hour early: power before sunrise, none in the hour before sunset.
        ("fontana/home_01.csv.gz", "pv_kw", Site(34.1, -117.4), {"clock"}),
        ("fontana/home_04.csv.gz", "pv_kw", Site(34.1, -117.4), {"clock"}),
        ("emhass_home/home.csv.gz", "pv_kw", Site(45.0, 4.0), {"missing"}),
        ("pv_nwp_norway/site_A_pv_history.csv.gz", "pv_norm", Site(63.4, 10.4), set()),
        # Known for stuck values, one of them at zero from the night of a clock change.
        (
            "pv_nwp_norway/site_B_pv_history.csv.gz",
            "pv_norm",
            Site(63.4, 10.4),
            {"frozen", "idle"},
        ),
    ],
)
def test_real_roofs_raise_no_false_alarm(
    shems_data: Path, file: str, column: str, site: Site, expected: set[str]
) -> None:
    solar, step = table(shems_data / file, column)
    _, found = inspect(History(solar=solar), Days("UTC", step), float(solar.end[-1]), site=site)
    assert {each.code for each in found} <= expected
