"""What is expected of a car becomes a stay that leaves early enough and wants enough."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.vehicle import Vehicle
from custom_components.shems.core.forecast.levels import LEVELS
from custom_components.shems.core.forecast.stays import expected_stays
from custom_components.shems.core.forecast.vehicle import VehicleOutlook
from custom_components.shems.core.horizon import HOUR_S

NOW = 1_780_000_200.0
CAR = Vehicle("car", "Car", 50.0, 11.0, charge_efficiency=0.9, limit_soc=0.8)
OUTLOOK = VehicleOutlook(
    chance=0.9,
    arrival=NOW + HOUR_S * (1 + LEVELS),
    departure=NOW + HOUR_S * (10 + 5 * LEVELS),
    energy_kwh=20 * LEVELS,
    paths=(),
)


def test_a_car_that_is_there_is_ready_early_with_what_it_seldom_exceeds() -> None:
    (stay,) = expected_stays(CAR, OUTLOOK, NOW, 10.0, since=NOW - HOUR_S, charged_kwh=5.0)
    assert stay.begin == NOW - HOUR_S
    assert stay.end == pytest.approx(NOW + 11 * HOUR_S)
    assert stay.target_kwh == pytest.approx(10 + (15 - 5) * 0.9)


def test_no_target_exceeds_the_limit_nor_asks_for_less_than_nothing() -> None:
    (full,) = expected_stays(CAR, OUTLOOK, NOW, 39.0, since=NOW)
    assert full.target_kwh == pytest.approx(40)
    (done,) = expected_stays(CAR, OUTLOOK, NOW, 10.0, since=NOW, charged_kwh=30.0)
    assert done.target_kwh == pytest.approx(10)


def test_who_stays_longer_than_expected_is_not_gone() -> None:
    late = replace(OUTLOOK, departure=np.full(19, NOW))
    (stay,) = expected_stays(CAR, late, NOW, 10.0, since=NOW - HOUR_S)
    assert stay.end > NOW


def test_a_car_that_is_away_is_expected_where_it_probably_comes() -> None:
    (stay,) = expected_stays(CAR, OUTLOOK, NOW, 10.0)
    assert stay.begin == pytest.approx(NOW + 1.5 * HOUR_S)
    assert stay.end == pytest.approx(NOW + 11 * HOUR_S)
    assert stay.arrives_kwh == pytest.approx(40 - 15 * 0.9)
    assert stay.target_kwh == pytest.approx(40)
    assert expected_stays(CAR, replace(OUTLOOK, chance=0.5), NOW, 10.0) == ()


def test_a_departure_never_comes_before_the_arrival() -> None:
    mixed = replace(OUTLOOK, departure=OUTLOOK.arrival - HOUR_S)
    (stay,) = expected_stays(CAR, mixed, NOW, 10.0)
    assert stay.begin < stay.end
