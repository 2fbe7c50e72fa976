"""The join of a home with prices: by the wall clock, never wrapped."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from custom_components.shems.core.replay.course import (
    Course,
    Market,
    default_shift_weeks,
    join,
    southern,
)
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats, InputError
from tests.core.replay.courses import HOUR, at

DAY = 24 * HOUR


def home(zone: str, begin: str, days: int, step_s: float = HOUR) -> Course:
    start = at(begin, zone) + step_s * np.arange(round(days * DAY / step_s))
    return Course(start, step_s, np.ones(len(start)), None, None, zone)


def prices(zone: str, begin: str, days: int, step_s: float = HOUR) -> Series:
    """Return prices that say the hour of the week of their own wall clock."""
    start = at(begin, zone) + step_s * np.arange(round(days * DAY / step_s))
    return Series(start, start + step_s, hour_of_week(start, zone))


def hour_of_week(times: Floats, zone: str) -> Floats:
    local = [datetime.fromtimestamp(each, ZoneInfo(zone)) for each in times.tolist()]
    return np.array([24.0 * each.weekday() + each.hour for each in local])


def of_home(market: Market, course: Course) -> Floats:
    return market.price[-len(course.start) :]


@pytest.mark.parametrize(
    ("zone", "price_zone", "weeks"),
    [
        ("Europe/Paris", "Europe/Amsterdam", -52),
        ("America/Los_Angeles", "Europe/Amsterdam", -52),
        ("Australia/Sydney", "Europe/Amsterdam", -26),
        ("Europe/Berlin", "UTC", -52),
        ("UTC", "America/New_York", -52),
        ("Asia/Kolkata", "Europe/Amsterdam", -52),
    ],
)
def test_prices_are_met_at_the_same_hour_of_the_same_weekday(
    zone: str, price_zone: str, weeks: int
) -> None:
    course = home(zone, "2024-03-01", 300)
    market = join(course, prices(price_zone, "2023-01-01", 800), price_zone, weeks)
    met, own = of_home(market, course), hour_of_week(course.start, zone)
    differs = np.flatnonzero(met != own)
    # Where the prices' clock skips an hour, that hour has the price of the next one.
    assert len(differs) <= 1
    assert (met[differs] == own[differs] + 1).all()


def test_both_hours_of_a_home_clock_set_back_have_one_price() -> None:
    course = home("America/Los_Angeles", "2023-11-05", 1)
    market = join(course, prices("Europe/Amsterdam", "2023-10-01", 60), "Europe/Amsterdam", 0)
    assert of_home(market, course)[:4].tolist() == [144, 145, 145, 146]


def test_weather_of_the_season_is_kept_between_hemispheres() -> None:
    file = prices("Europe/Amsterdam", "2019-01-01", 5 * 365)
    sydney = home("Australia/Sydney", "2013-01-01", 30)
    weeks = default_shift_weeks(sydney, file, "Europe/Amsterdam")
    assert weeks % 52 == 26
    met = datetime.fromisoformat("2013-01-01") + timedelta(weeks=weeks)
    assert met.month in (6, 7)


@pytest.mark.parametrize(
    ("zone", "begin", "price_zone", "first", "days", "weeks"),
    [
        ("Europe/Paris", "2024-03-20", "Europe/Amsterdam", "2019-01-01", 1826, -52),
        ("Europe/Paris", "2021-03-20", "Europe/Amsterdam", "2019-01-01", 1826, 0),
        ("Europe/Paris", "2012-03-20", "Europe/Amsterdam", "2019-01-01", 1826, 364),
        # Summer time in July does not make a zone southern, whatever the other side keeps.
        ("America/Los_Angeles", "2016-07-31", "UTC", "2019-01-01", 1826, 156),
        ("America/Los_Angeles", "2016-07-31", "Europe/Amsterdam", "2019-01-01", 1826, 156),
        ("America/Los_Angeles", "2016-07-31", "Pacific/Auckland", "2015-01-01", 1826, -26),
        ("Pacific/Auckland", "2016-07-31", "Australia/Sydney", "2015-01-01", 1826, 0),
        # No summer time: a southern zone is taken for a northern one.
        ("Australia/Brisbane", "2022-01-01", "Europe/Amsterdam", "2019-01-01", 1826, 0),
        # The wall clocks decide: 23:00 in Los Angeles is met by 23:00 in Amsterdam.
        ("America/Los_Angeles", "2024-03-20T23:00", "Europe/Amsterdam", "2024-03-20", 2, 0),
        ("America/Los_Angeles", "2024-03-20T23:00", "Europe/Amsterdam", "2024-03-21", 364, 52),
    ],
)
def test_nearest_whole_years_put_the_start_inside_the_prices(
    zone: str, begin: str, price_zone: str, first: str, days: int, weeks: int
) -> None:
    found = default_shift_weeks(home(zone, begin, 7), prices(price_zone, first, days), price_zone)
    assert found == weeks


def test_no_whole_year_may_fit() -> None:
    file = prices("Europe/Berlin", "2023-01-01", 90)
    with pytest.raises(InputError) as caught:
        default_shift_weeks(home("Europe/Berlin", "2024-07-01", 7), file, "Europe/Berlin")
    assert (caught.value.code, caught.value.arguments) == ("prices_too_short", {"weeks": 12})


@pytest.mark.parametrize("year", ["2012", "2024"])
@pytest.mark.parametrize("month", ["01", "07", "12"])
def test_hemisphere_is_known_by_summer_time_at_any_time_of_the_year(year: str, month: str) -> None:
    time = at(f"{year}-{month}-15")
    assert [southern(zone, time) for zone in ("Australia/Sydney", "America/Santiago")] == [True] * 2
    assert not any(southern(zone, time) for zone in ("Europe/Paris", "America/New_York", "UTC"))


def test_what_lies_beyond_the_prices_stays_unknown() -> None:
    course = home("Europe/Berlin", "2024-05-01", 10)
    market = join(course, prices("Europe/Berlin", "2024-05-04", 3), "Europe/Berlin", 0)
    known = np.isfinite(of_home(market, course))
    assert np.flatnonzero(known).tolist() == list(range(3 * 24, 6 * 24))
    assert market.shift_weeks == 0


def test_four_weeks_of_prices_before_the_home_are_at_hand() -> None:
    course = home("Europe/Berlin", "2024-05-01", 1)
    market = join(course, prices("Europe/Berlin", "2024-01-01", 200), "Europe/Berlin", 0)
    assert market.start[0] == course.start[0] - 28 * DAY
    assert np.isfinite(market.price).all()
    assert all(b - a == HOUR for a, b in pairwise(market.start.tolist()))


def test_prices_are_averaged_over_longer_steps_and_held_over_shorter_ones() -> None:
    quarters = prices("Europe/Berlin", "2024-05-01", 1, 900)
    quarters = replace(quarters, value=np.arange(96.0))
    hourly, fine = (home("Europe/Berlin", "2024-05-01", 1, step) for step in (HOUR, 300))
    coarse = of_home(join(hourly, quarters, "Europe/Berlin", 0), hourly)
    assert coarse[:2].tolist() == [1.5, 5.5]
    held = of_home(join(fine, quarters, "Europe/Berlin", 0), fine)
    assert held[:4].tolist() == [0, 0, 0, 1]


def test_prices_that_never_meet_the_home_are_refused() -> None:
    course = home("Europe/Berlin", "2024-05-01", 3)
    with pytest.raises(InputError, match="prices do not meet home") as caught:
        join(course, prices("Europe/Berlin", "2023-01-01", 30), "Europe/Berlin", -1)
    assert caught.value.arguments == {"shift_weeks": -1}


@pytest.mark.parametrize(
    ("start", "code"), [([0.0], "course_too_short"), ([0, 60, 180], "course_irregular")]
)
def test_a_home_is_on_a_regular_grid(start: list[float], code: str) -> None:
    with pytest.raises(InputError) as caught:
        Course(np.array(start), 60.0, np.ones(len(start)), None, None, "UTC")
    assert caught.value.code == code
