"""What people of a seeded home do, apart from the devices that can be moved."""

from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from custom_components.shems.core.world.household import Household, moments
from custom_components.shems.core.world.living import appliance_starts, car_stays, living
from custom_components.shems.core.world.people import LAMP_KW

DAY = 86400.0
HOUSEHOLD = Household(seed=3)
ZONE = ZoneInfo(HOUSEHOLD.zone)
BEGIN = datetime(2025, 10, 20, tzinfo=ZONE).timestamp()
"""Before the clocks go back."""


def test_a_home_lives_as_the_simulated_one_does() -> None:
    times = BEGIN + 60.0 * np.arange(1440)
    days = living(HOUSEHOLD, times)
    for row, moment in enumerate(moments(HOUSEHOLD, times, 60.0)):
        light = sum(level * kw for level, kw in zip(moment.lamps, LAMP_KW, strict=True))
        load = moment.base_kw + moment.cooking_kw + moment.fridge_kw + light
        assert days.load_kw[row] == pytest.approx(load)
        assert days.solar_kw[row] == moment.potential_kw
        assert days.outdoor_c[row] == moment.outdoor_c
        assert days.drawn_kw[row] == moment.drawn_kw
    assert days.solar_forecast_kw.shape == days.outdoor_forecast_c.shape == times.shape


def test_the_car_stays_between_its_trips_and_lacks_what_they_used() -> None:
    end = BEGIN + 28 * DAY
    stays = car_stays(HOUSEHOLD, BEGIN, end)
    assert len(stays) > 10
    for (came, left, lacks), (after, _, _) in zip(stays, [*stays[1:], (np.inf, 0, 0)], strict=True):
        assert BEGIN <= came < end
        assert came < left <= after
        assert 0 < lacks <= 45
        assert 9 < datetime.fromtimestamp(came, ZONE).hour < 23
        assert 5 < datetime.fromtimestamp(left, ZONE).hour < 15
    assert car_stays(HOUSEHOLD, BEGIN, BEGIN + 14 * DAY) == [
        each for each in stays if each[0] < BEGIN + 14 * DAY
    ]


def test_appliances_are_asked_for_when_the_simulated_people_start_them() -> None:
    end = BEGIN + 14 * DAY
    starts = appliance_starts(HOUSEHOLD, BEGIN, end)
    times = np.arange(BEGIN, end, 300.0)
    for number, asked in enumerate(starts.values()):
        seen = [
            time
            for time, each in zip(times, moments(HOUSEHOLD, times, 300.0), strict=True)
            if each.starts[number]
        ]
        assert len(asked) > 3
        assert len(asked) == len(seen)
        assert max(abs(a - b) for a, b in zip(asked, seen, strict=True)) < 300
