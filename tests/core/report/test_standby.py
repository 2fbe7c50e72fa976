"""The standby: what rises is found within a week, and restless homes are told of it seldom."""

import numpy as np
import pytest

from custom_components.shems.core.report.standby import LEAST_KW, Standby, daily, watch
from custom_components.shems.core.units import Floats

FIRST = 20000
STANDBY_KW = 0.12


def life(days: int, seed: int = 1, noise_kw: float = 0.01) -> Floats:
    """Return hours of a home: standby with some noise, and a busy day."""
    rng = np.random.default_rng(seed)
    busy = np.where(np.arange(24) > 6, rng.exponential(0.4, (days, 24)), 0.0)
    load: Floats = STANDBY_KW + noise_kw * rng.random((days, 24)) + busy
    return load


def watched(load_kw: Floats, every_days: float = 60.0, least_kw: float = LEAST_KW) -> Standby:
    return watch(load_kw, FIRST, every_days=every_days, least_kw=least_kw)


def test_a_quiet_home_is_told_of_nothing() -> None:
    seen = watched(life(200))
    assert seen.rises == ()
    assert seen.current is None
    assert seen.day == FIRST + 199
    assert seen.level_kw == pytest.approx(STANDBY_KW, abs=0.01)
    assert seen.usual_kw == pytest.approx(STANDBY_KW, abs=0.01)
    assert seen.threshold_kw == LEAST_KW


@pytest.mark.parametrize("begin", [60, 83, 111])
def test_a_rise_is_found_within_a_week_with_its_size_and_day(begin: int) -> None:
    load = life(begin + 7)
    load[begin:] += 0.3
    seen = watched(load)
    assert seen.current is not None
    assert seen.current.since == FIRST + begin
    assert begin <= seen.current.found - FIRST < begin + 7
    assert seen.current.rise_kw == pytest.approx(0.3, abs=0.02)
    assert watched(load[: begin + 4]).rises == ()


def test_less_than_what_is_worth_telling_is_not_told() -> None:
    load = life(120)
    load[90:] += 0.08
    assert watched(load).rises == ()
    assert len(watched(load, least_kw=0.05).rises) == 1


def test_a_rise_ends_where_it_is_over() -> None:
    load = life(120)
    load[60:75] += 0.3
    (rise,) = watched(load).rises
    assert rise.since == FIRST + 60
    assert rise.until == FIRST + 75


def test_what_lasts_becomes_usual_and_is_told_once() -> None:
    load = life(160)
    load[60:] += 0.3
    seen = watched(load)
    (rise,) = seen.rises
    assert rise.until is not None
    assert rise.until - rise.found < 40
    assert seen.usual_kw == pytest.approx(STANDBY_KW + 0.3, abs=0.01)


def test_a_second_rise_on_top_of_the_first_is_told_too() -> None:
    load = life(100)
    load[60:] += 0.3
    load[75:] += 0.4
    first, second = watched(load).rises
    assert first.until == second.found
    assert second.since == FIRST + 75
    assert second.rise_kw == pytest.approx(0.4, abs=0.02)


def test_a_rise_that_is_seen_in_parts_is_one() -> None:
    load = life(80)
    load[60:] += 0.3
    load[60, 3] -= 0.1
    (rise,) = watched(load).rises
    assert rise.rise_kw == pytest.approx(0.3, abs=0.02)


def test_an_outage_and_a_silent_meter_are_no_standby() -> None:
    load = life(120)
    load[70, 4] = 0.0
    load[80] = np.nan
    assert watched(load).rises == ()
    load[90:] += 0.3
    assert watched(load).current is not None


def test_nothing_is_said_of_too_short_a_past() -> None:
    load = life(20)
    load[10:] += 0.5
    seen = watched(load)
    assert seen.rises == ()
    assert seen.usual_kw is None
    assert watched(np.full((3, 24), np.nan)).level_kw is None


def test_a_restless_home_is_told_no_oftener_than_was_chosen() -> None:
    rng = np.random.default_rng(3)
    load = life(720) + np.repeat(rng.choice([0.0, 0.2, 0.35], 72), 10)[:, np.newaxis]
    often, seldom = watched(load, every_days=20.0), watched(load, every_days=120.0)
    assert len(seldom.rises) < len(often.rises)
    # Gibbs and Candès: days / N and what one threshold's climb to the highest rise takes.
    assert len(seldom.rises) <= 720 / 120 + 0.45 / (LEAST_KW / 3) + 1
    assert seldom.threshold_kw > LEAST_KW


def test_a_day_is_known_where_most_of_its_hours_are() -> None:
    load = np.ones((2, 24))
    load[0, :4] = np.nan
    load[1, :6] = np.nan
    least = daily(load)
    assert least[0] == 1.0
    assert np.isnan(least[1])


def test_gaps_of_whole_weeks_are_stepped_over() -> None:
    load = life(140)
    load[50:80] = np.nan
    load[120:] += 0.3
    seen = watched(load)
    assert seen.current is not None
    assert seen.current.since == FIRST + 120


def test_what_was_always_there_began_with_the_first_day() -> None:
    load = life(60)
    load[36:] += np.linspace(0.0, 0.4, 24)[:, np.newaxis]
    load[:20, 5] = np.nan
    load[0, 0] = 0.05
    (rise,) = watched(load).rises
    assert FIRST + 36 < rise.since <= rise.found
