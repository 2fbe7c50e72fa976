"""A meter that stands still is told from one that is slow, coarse or in a quiet house."""

import csv
import gzip
import os
from datetime import datetime
from pathlib import Path

import pytest

from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.observe.steadiness import Steadiness

BEGIN = 1_780_000_000.0 // DAY_S * DAY_S
DATA = Path(os.environ.get("SHEMS_DATA", "../shared/data"))


def seen(days: float, every_s: float, *, stands_s: float = 0.0) -> tuple[Steadiness, float]:
    """Return what is known of a meter that shows something new so often, and once stood."""
    meter, now, number = Steadiness(), BEGIN, 0
    end = BEGIN + days * DAY_S
    while now < end:
        meter = meter.after(str(number), now, now)
        now += stands_s if number == 5 and stands_s else every_s
        meter = meter.after(str(number), meter.since, now)
        number += 1
    return meter, meter.since


def test_a_quick_meter_is_told_of_after_ten_minutes() -> None:
    meter, last = seen(1.1, 60.0)
    assert meter.limit_s(last) == 600.0
    assert not meter.frozen(last + 599)
    assert meter.frozen(last + 601)


@pytest.mark.parametrize("every_s", [900.0, 4 * HOUR_S])
def test_a_meter_that_moves_rarely_is_given_three_times_as_long(every_s: float) -> None:
    """Also longer than what holds for a meter that nobody knows yet."""
    meter, last = seen(2.0, every_s)
    assert meter.limit_s(last) == pytest.approx(3 * every_s)


def test_before_a_day_has_passed_nobody_knows_the_meter() -> None:
    meter, last = seen(0.5, 60.0)
    assert not meter.frozen(last + 5.9 * HOUR_S)
    assert meter.frozen(last + 6.1 * HOUR_S)
    assert Steadiness().limit_s(BEGIN) == 6 * HOUR_S


def test_who_stood_still_by_itself_once_is_believed_for_a_week() -> None:
    meter, last = seen(1.1, 60.0, stands_s=2 * HOUR_S)
    assert meter.limit_s(last) == pytest.approx(6 * HOUR_S)
    meter, last = seen(9.0, 120.0, stands_s=2 * HOUR_S)
    assert meter.limit_s(last) == 600.0


def test_an_outage_is_no_time_of_standing_still() -> None:
    meter, last = seen(1.1, 60.0)
    later = last + 5 * HOUR_S
    meter = meter.after("new", later, later).after("newer", later + 5, later + 5)
    assert meter.limit_s(later) == 600.0


def test_no_meter_is_given_longer_than_a_day() -> None:
    meter, last = seen(4.0, 20 * HOUR_S)
    assert meter.limit_s(last) == DAY_S


def test_a_coarse_meter_of_a_real_house_is_never_told_of() -> None:
    """Four and a half months in steps of 60 W, every ten minutes: nights stand still for long."""
    file = DATA / "be_lowenergy_house" / "house_feb_apr.csv.gz"
    if not file.exists():
        pytest.skip("the measured house is not here (SHEMS_DATA)")
    with gzip.open(file, "rt") as text:
        rows = [
            (datetime.fromisoformat(each["time"]).timestamp(), each["load_appliances_kw"])
            for each in csv.DictReader(text)
        ]
    meter, alarms, limits, last = Steadiness(), 0, [], ""
    for at, shown in rows:
        meter = meter.after(shown, at if shown != last else meter.since, at)
        alarms += meter.frozen(at)
        limits.append(meter.limit_s(at))
        last = shown
    assert len(rows) > 10000
    assert alarms == 0
    assert sorted(limits)[len(limits) // 2] < 4 * HOUR_S, "and would be told of sooner than before"
