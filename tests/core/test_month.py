"""How far a month has come follows from the grid meter, and is kept as rows come and go."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.shems.core.horizon import DAY_S, HOUR_S, Horizon
from custom_components.shems.core.observe.month import MonthPeaks, Peak, usual_peak_kw
from custom_components.shems.core.peak import PeakState, PeakTariff
from custom_components.shems.core.replay.codec import decode, encode
from custom_components.shems.core.series import Series
from custom_components.shems.core.tariff import Window
from custom_components.shems.core.units import Floats

NOW = datetime(2026, 6, 10, 10, 20, tzinfo=UTC).timestamp()
ZONE = "Europe/Brussels"
QUARTER = PeakTariff(4.0, least_kw=2.5)
DAILY = PeakTariff(4.0, 3600, top=2, one_a_day=True)


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).timestamp()


def steps(begin: str, end: str) -> Horizon:
    return Horizon.uniform(at(begin), 300.0, round((at(end) - at(begin)) / 300))


def course(horizon: Horizon, **peaks: float) -> Floats:
    """Return 1 kW, and more in the hours named like `h2026_03_02T10`."""
    power = np.ones(len(horizon))
    for name, kw in peaks.items():
        begin = at(name[1:].replace("_", "-") + ":00")
        power[(horizon.start >= begin) & (horizon.start < begin + 3600)] = kw
    return power


def test_a_month_keeps_its_highest_and_forgets_them_with_its_end() -> None:
    first = steps("2026-03-01T00:00", "2026-03-03T00:00")
    month = MonthPeaks(QUARTER).noted(first, course(first, h2026_03_02T10=6.0), ZONE)
    assert month.level_kw == pytest.approx(6.0)
    later = steps("2026-03-20T00:00", "2026-03-20T10:00")
    month = month.noted(later, course(later), ZONE)
    assert month.level_kw == pytest.approx(6.0)
    assert month.state(later, course(later), ZONE, 3.0).anticipated_kw == 3.0
    april = steps("2026-03-31T23:00", "2026-04-01T00:20")
    assert month.state(april, course(april), ZONE) == PeakState((), 0.0, 1 / 12)
    month = month.noted(april, course(april), ZONE)
    assert month.highest == (Peak(at("2026-04-01T00:00"), 1.0),)
    assert month.level_kw == 2.5, "billed at least"


def test_what_is_read_again_with_gaps_changes_nothing() -> None:
    horizon = steps("2026-03-02T00:00", "2026-03-03T00:00")
    month = MonthPeaks(QUARTER).noted(horizon, course(horizon, h2026_03_02T10=6.0), ZONE)
    assert month.noted(horizon, np.zeros(len(horizon)), ZONE) == month


def test_a_running_interval_waits_for_its_end() -> None:
    running = steps("2026-03-02T10:00", "2026-03-02T10:10")
    month = MonthPeaks(QUARTER).noted(running, np.full(len(running), 9.0), ZONE)
    assert month.highest == ()
    state = month.state(running, np.full(len(running), 9.0), ZONE)
    assert state.interval_kwh == pytest.approx(1.5)
    assert state.top_kw == ()


def test_of_each_day_one_counts_where_the_tariff_says_so() -> None:
    horizon = steps("2026-03-02T00:00", "2026-03-05T12:00")
    power = course(
        horizon,
        h2026_03_02T10=6.0,
        h2026_03_02T18=5.5,
        h2026_03_03T10=4.0,
        h2026_03_04T10=3.0,
        h2026_03_05T10=5.0,
    )
    month = MonthPeaks(DAILY).noted(horizon, power, ZONE)
    assert month.level_kw == pytest.approx((6.0 + 5.0) / 2)
    state = month.state(horizon, power, ZONE)
    assert state.top_kw == pytest.approx((6.0, 4.0)), "today's may still be exceeded"
    assert state.today_kw == pytest.approx(5.0)


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_a_month_noted_in_parts_is_the_month_read_at_once(data: st.DataObject) -> None:
    tariff = data.draw(st.sampled_from([QUARTER, DAILY, PeakTariff(1.0, top=3)]))
    whole = steps("2026-03-02T00:00", "2026-03-05T00:00")
    hours = data.draw(st.lists(st.integers(0, 8), min_size=72, max_size=72))
    power = np.repeat(np.array(hours, dtype=np.float64), 12)
    month = MonthPeaks(tariff)
    parts = sorted(data.draw(st.sets(st.integers(1, 70), max_size=5)))
    for first, last in zip([0, *parts], [*parts, 72], strict=True):
        part = slice(12 * first, 12 * last)
        month = month.noted(Horizon(whole.edges[12 * first : 12 * last + 1]), power[part], ZONE)
    known = tariff.state(whole, power, ZONE)
    state = month.state(whole, power, ZONE)
    assert state.top_kw == pytest.approx(known.top_kw)
    assert state.today_kw == pytest.approx(known.today_kw)
    assert max(tariff.levels(whole, power, ZONE).values()) == pytest.approx(month.level_kw)


def test_a_month_survives_json() -> None:
    horizon = steps("2026-03-02T00:00", "2026-03-03T00:00")
    month = MonthPeaks(DAILY).noted(horizon, course(horizon), ZONE)
    assert decode(MonthPeaks, encode(month)) == month


def test_a_usual_day_has_its_peak() -> None:
    start = NOW // DAY_S * DAY_S - 2 * HOUR_S - DAY_S * 10 + HOUR_S * np.arange(240.0)
    load = Series(start, start + HOUR_S, np.where(np.arange(240) % 24 == 18, 3.0, 0.5))
    solar = Series(start, start + HOUR_S, np.full(240, 1.0))
    assert usual_peak_kw(QUARTER, load, Series.empty(), NOW, ZONE) == pytest.approx(3.0)
    assert usual_peak_kw(QUARTER, load, solar, NOW, ZONE) == pytest.approx(2.0)
    assert usual_peak_kw(QUARTER, Series.empty(), solar, NOW, ZONE) == 0.0
    sunny = Series(start, start + HOUR_S, np.full(240, 5.0))
    assert usual_peak_kw(QUARTER, load, sunny, NOW, ZONE) == 0.0


def test_a_usual_night_has_a_peak_of_its_own() -> None:
    start = NOW // DAY_S * DAY_S - 2 * HOUR_S - DAY_S * 10 + HOUR_S * np.arange(240.0)
    load = Series(start, start + HOUR_S, np.where(np.arange(240) % 24 == 18, 3.0, 0.5))
    night = PeakTariff(5.0, window=Window(22 * 60, 6 * 60, 0.0), months=(1,))
    assert usual_peak_kw(night, load, Series.empty(), NOW, ZONE) == pytest.approx(0.5)
    never = PeakTariff(5.0, window=Window(0, 1440, 0.0, ()))
    assert usual_peak_kw(never, load, Series.empty(), NOW, ZONE) == 0.0
