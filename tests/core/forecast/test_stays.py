"""What is expected of a car becomes a stay that ends early enough and wants enough."""

from dataclasses import replace

import pytest

from custom_components.shems.core.forecast.levels import LEVELS
from custom_components.shems.core.forecast.stays import expected_stay
from custom_components.shems.core.forecast.vehicle import VehicleOutlook
from custom_components.shems.core.horizon import HOUR_S

NOW = 1_780_000_200.0
OUTLOOK = VehicleOutlook(
    chance=0.9,
    arrival=NOW + HOUR_S * (1 + LEVELS),
    departure=NOW + HOUR_S * (10 + 5 * LEVELS),
    energy_kwh=20 * LEVELS,
    paths=(),
)


def test_a_car_is_ready_before_it_ever_leaves_with_what_it_seldom_exceeds() -> None:
    stay = expected_stay(OUTLOOK)
    assert stay.begin == pytest.approx(NOW + 1.5 * HOUR_S)
    assert stay.leaves == pytest.approx(NOW + 10.25 * HOUR_S)
    assert stay.energy_kwh == pytest.approx(10)
    assert stay.enough_kwh == pytest.approx(15)


def test_it_is_expected_where_it_probably_comes() -> None:
    assert expected_stay(OUTLOOK).probable
    assert not expected_stay(replace(OUTLOOK, chance=0.5)).probable
