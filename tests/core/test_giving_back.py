"""A car that gives back, now: what the home takes, and not a charge in its place."""

import numpy as np
import pytest

from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.kinds import MovableState
from custom_components.shems.core.assets.stay import VehicleState
from custom_components.shems.core.assets.vehicle import Vehicle
from custom_components.shems.core.dispatch.devices import DirectState, direct
from custom_components.shems.core.horizon import Horizon
from custom_components.shems.core.observe.readings import Readings
from custom_components.shems.core.plan.result import DevicePlan, Plan, Reason, Status
from custom_components.shems.core.tariff import Prices
from tests.core.homes import NOW, value_of

CAR = Vehicle("car", "Car", 60.0, 11.0, least_kw=4.14, discharge_kw=5.0)
SELLER = Vehicle("car", "Car", 60.0, 11.0, least_kw=4.14, discharge_kw=5.0, to_grid=True)
GIVES = Reason("device_idle")


def told(
    car: Vehicle,
    planned_kw: float,
    grid_kw: float | None,
    seen_kw: float,
    state: DirectState | None = None,
    now: float = NOW,
) -> tuple[float, DirectState]:
    """Return what the car is told to take, + = charging, and what is remembered."""
    none = np.zeros(4)
    part = DevicePlan("car", "vehicle", np.full(4, planned_kw), None, None, (), (GIVES,) * 4)
    plan = Plan(
        NOW,
        Horizon.uniform(NOW, 3600.0, 4),
        Prices(np.full(4, 0.3), np.full(4, 0.08), np.ones(4, dtype=np.bool_)),
        Status.OPTIMAL,
        none,
        none,
        none,
        none,
        (),
        0.0,
        0.0,
        devices=(part,),
    )
    seen = Readings(now, grid_kw=value_of(grid_kw), devices={"car": value_of(seen_kw)})
    states: dict[str, MovableState] = {"car": VehicleState(40.0)}
    home = Home(devices=(car,))
    (command,), after = direct(plan, home, seen, states, (), state or DirectState(), now)
    assert command.on == (command.power_kw != 0)
    return command.power_kw, after


@pytest.mark.parametrize(
    ("grid_kw", "seen_kw", "given_kw"),
    [
        (4.0, 0.0, 3.0),  # The home takes more than is planned.
        (1.0, 0.0, 1.0),  # It takes less.
        (-2.0, -3.0, 1.0),  # It has come to take less since the car began to give.
        (-1.0, 0.0, 0.0),  # The sun covers it.
    ],
)
def test_what_may_not_be_sold_follows_the_home(
    grid_kw: float, seen_kw: float, given_kw: float
) -> None:
    assert told(CAR, -3.0, grid_kw, seen_kw)[0] == pytest.approx(-given_kw)


def test_what_may_be_sold_is_given_as_planned() -> None:
    assert told(SELLER, -3.0, 1.0, 0.0)[0] == -3.0


def test_without_a_meter_the_plan_is_followed() -> None:
    assert told(CAR, -3.0, None, 0.0)[0] == -3.0


def test_a_car_that_stops_giving_does_not_charge_instead() -> None:
    _, state = told(CAR, 0.0, 4.0, 0.0)
    power, state = told(CAR, -3.0, 4.0, 0.0, state, NOW + 600)
    assert power == -3.0
    power, _ = told(CAR, 0.0, 1.0, -3.0, state, NOW + 660)
    assert power == 0.0
