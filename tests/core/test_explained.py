"""What a device's own state, or its own schedule, explains is nobody's hand."""

from datetime import UTC, datetime, timedelta

import pytest

from custom_components.shems.core.assets.deferrable import Deferrable, DeferrableState
from custom_components.shems.core.assets.stay import Stay, VehicleState
from custom_components.shems.core.assets.vehicle import Vehicle
from custom_components.shems.core.dispatch.override import explained, habitual

CAR = Vehicle("car", "Car", capacity_kwh=50.0, charge_kw=11.0)
NOON = datetime(2026, 10, 24, 12, tzinfo=UTC)
NOW = NOON.timestamp()
HOUR = 3600.0
STAY = Stay(NOW - HOUR, NOW + HOUR, target_kwh=40.0)
LATER = Stay(NOW + 2 * HOUR, NOW + 3 * HOUR, target_kwh=40.0)


@pytest.mark.parametrize(
    ("energy_kwh", "stays", "wanted", "expected"),
    [
        (20.0, (STAY,), True, False),
        (39.5, (STAY, LATER), True, True),
        (39.5, (STAY, LATER), False, False),
        (20.0, (LATER,), True, True),
        (20.0, (), False, True),
    ],
)
def test_a_full_car_and_one_that_is_away_explain_that_nothing_flows(
    energy_kwh: float, stays: tuple[Stay, ...], wanted: bool, expected: bool
) -> None:
    assert explained(CAR, VehicleState(energy_kwh, stays), NOW, wanted=wanted) is expected


def test_where_nothing_is_known_nothing_is_explained() -> None:
    assert not explained(CAR, None, NOW, wanted=True)
    assert not explained(None, None, NOW, wanted=True)
    assert not explained(Deferrable("pump", "Pump", 1.0), DeferrableState(), NOW, wanted=True)


def days_before(*days: float, minutes: float = 0.0) -> list[float]:
    return [(NOON - timedelta(days=each) + timedelta(minutes=minutes)).timestamp() for each in days]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ([], False),
        (days_before(1), False),
        (days_before(1, 2), True),
        (days_before(9, 3), True),
        (days_before(20, 1), False),
        (days_before(1, 2, minutes=4), True),
        (days_before(1, 2, minutes=30), False),
        ([NOW - 60, NOW - 120, NOW - 180], False),
    ],
)
def test_the_same_minute_on_other_days_is_a_schedule(before: list[float], expected: bool) -> None:
    assert habitual(before, NOW, "UTC") is expected


def test_a_schedule_follows_the_clock_on_the_wall() -> None:
    # The clocks of Vienna went back in the night of the 25th.
    after = [NOW, NOW + 25 * HOUR]
    assert habitual(after, NOW + 49 * HOUR, "Europe/Vienna")
    assert not habitual(after, NOW + 48 * HOUR, "Europe/Vienna")


def test_midnight_is_no_border() -> None:
    midnight = NOW + 12 * HOUR
    before = [midnight - 48 * HOUR - 60, midnight - 24 * HOUR - 60]
    assert habitual(before, midnight + 60, "UTC")
