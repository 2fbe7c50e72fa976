"""What the grid is expected to emit."""

import math

import numpy as np
import pytest

from custom_components.shems.core.forecast.carbon import carbon_outlook
from custom_components.shems.core.horizon import DAY_S, HOUR_S, Horizon
from custom_components.shems.core.series import Series

MIDNIGHT = 1_780_012_800.0  # 29 May 2026, 0:00 UTC.
ZONE = "Europe/Brussels"
NIGHT_G, NOON_G = 300.0, 100.0


def usual_g(start: float) -> float:
    """Clean between 10:00 and 16:00 on the clock of Brussels, two hours ahead of UTC."""
    hour = (start + 2 * HOUR_S) % DAY_S / HOUR_S
    return NOON_G if 10 <= hour < 16 else NIGHT_G


def past(days: int, until: float = MIDNIGHT, factor: float = 1.0) -> Series:
    starts = np.arange(until - days * DAY_S, until, HOUR_S)
    values = np.array([factor * usual_g(each) for each in starts.tolist()])
    return Series(starts, starts + HOUR_S, values)


def told(series: Series, now: float, value: float) -> Series:
    """Add what is told now, for the running hour."""
    return Series.of(
        [
            *zip(series.start, series.end, series.value, strict=True),
            (now // HOUR_S * HOUR_S, (now // HOUR_S + 1) * HOUR_S, value),
        ]
    )


def test_days_repeat_on_the_local_clock() -> None:
    horizon = Horizon.uniform(MIDNIGHT, HOUR_S, 48)
    expected = carbon_outlook(past(10), horizon, MIDNIGHT, ZONE)
    assert expected is not None
    assert expected.tolist() == pytest.approx([usual_g(each) for each in horizon.start.tolist()])


def test_what_is_emitted_now_fades_into_the_usual() -> None:
    now = MIDNIGHT + 600.0
    horizon = Horizon.uniform(MIDNIGHT + HOUR_S, HOUR_S, 72)
    expected = carbon_outlook(told(past(14), now, 2 * NIGHT_G), horizon, now, ZONE)
    assert expected is not None
    raised = expected / np.array([usual_g(each) for each in horizon.start.tolist()]) - 1
    assert (np.diff(raised) < 0).all()
    day = int(np.searchsorted(horizon.start, now + DAY_S - HOUR_S / 2))
    assert raised[0] > 0.9
    assert raised[day] == pytest.approx(math.exp(-1), abs=0.01)
    assert abs(raised[-1]) < 0.06


def test_an_old_value_says_nothing_of_now() -> None:
    now = MIDNIGHT + 5 * HOUR_S
    series = told(past(10), MIDNIGHT, 900.0)
    horizon = Horizon.uniform(now, HOUR_S, 2)
    expected = carbon_outlook(series, horizon, now, ZONE)
    assert expected is not None
    assert expected.tolist() == pytest.approx([NIGHT_G, NIGHT_G])


def test_hours_never_seen_get_the_mean_of_those_seen() -> None:
    seen = Series.of([(MIDNIGHT - 2 * HOUR_S, MIDNIGHT, 200.0), (MIDNIGHT, MIDNIGHT + 10, 400.0)])
    horizon = Horizon.uniform(MIDNIGHT + 40 * DAY_S, HOUR_S, 1)
    assert carbon_outlook(seen, horizon, MIDNIGHT + 40 * DAY_S, ZONE) is None, "too long ago"
    far = Horizon.uniform(MIDNIGHT + 12 * HOUR_S, HOUR_S, 1)
    expected = carbon_outlook(seen, far, MIDNIGHT + 12 * HOUR_S, ZONE)
    assert expected is not None
    assert 200.0 < float(expected[0]) < 210.0, "weighted with the time"


def test_the_future_is_not_used_and_nothing_is_made_of_nothing() -> None:
    horizon = Horizon.uniform(MIDNIGHT, HOUR_S, 2)
    later = Series.of([(MIDNIGHT + HOUR_S, MIDNIGHT + 2 * HOUR_S, 50.0)])
    assert carbon_outlook(later, horizon, MIDNIGHT, ZONE) is None
    assert carbon_outlook(Series.empty(), horizon, MIDNIGHT, ZONE) is None
    unknown = Series.of([(MIDNIGHT - HOUR_S, MIDNIGHT, math.nan)])
    assert carbon_outlook(unknown, horizon, MIDNIGHT, ZONE) is None


def test_where_the_usual_is_nothing_the_present_stands() -> None:
    starts = np.arange(MIDNIGHT - DAY_S, MIDNIGHT, HOUR_S)
    clean = Series(starts, starts + HOUR_S, np.zeros(len(starts)))
    horizon = Horizon.uniform(MIDNIGHT, HOUR_S, 3)
    expected = carbon_outlook(clean, horizon, MIDNIGHT, ZONE)
    assert expected is not None
    assert expected.tolist() == [0.0, 0.0, 0.0]


def test_the_first_value_of_all_stands_for_every_hour() -> None:
    horizon = Horizon.uniform(MIDNIGHT, HOUR_S, 30)
    expected = carbon_outlook(told(Series.empty(), MIDNIGHT, 240.0), horizon, MIDNIGHT, ZONE)
    assert expected is not None
    assert expected.tolist() == pytest.approx([240.0] * 30)


def given_from(start: float, values: list[float]) -> Series:
    starts = start + HOUR_S * np.arange(len(values))
    return Series(starts, starts + HOUR_S, np.array(values))


def test_a_services_forecast_holds_as_far_as_it_reaches() -> None:
    horizon = Horizon.uniform(MIDNIGHT, HOUR_S, 24)
    given = given_from(MIDNIGHT, [50.0, math.nan, 70.0])
    expected = carbon_outlook(past(10), horizon, MIDNIGHT, ZONE, given)
    plain = carbon_outlook(past(10), horizon, MIDNIGHT, ZONE)
    assert expected is not None
    assert plain is not None
    assert expected[[0, 2]].tolist() == [50.0, 70.0]
    assert expected[[1, *range(3, 24)]].tolist() == plain[[1, *range(3, 24)]].tolist()
    silent = carbon_outlook(past(10), horizon, MIDNIGHT, ZONE, given_from(MIDNIGHT, [math.nan]))
    assert silent is not None
    assert silent.tolist() == plain.tolist()


def test_a_forecast_alone_repeats_day_by_day() -> None:
    horizon = Horizon.uniform(MIDNIGHT, HOUR_S, 48)
    values = [100.0 + hour for hour in range(24)]
    expected = carbon_outlook(Series.empty(), horizon, MIDNIGHT, ZONE, given_from(MIDNIGHT, values))
    assert expected is not None
    assert expected.tolist() == pytest.approx([*values, *values])
