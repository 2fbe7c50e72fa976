"""What a day would have cost one who had known it."""

from dataclasses import replace
from typing import Any

import pytest

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.solar import Solar
from custom_components.shems.core.assets.vehicle import Vehicle
from custom_components.shems.core.report.counterfactual.advance import WITHOUT
from custom_components.shems.core.report.counterfactual.store import Store
from custom_components.shems.core.report.foresight import foreseen
from custom_components.shems.core.report.slot import Alternative, SlotRecord
from tests.core.homes import NOW

SLOT_S = 300.0
HOURS = SLOT_S / 3600
BATTERY = Battery("store", "Store", 10.0, 5.0, 5.0, min_soc=0.05, wear_per_kwh=0.02)
CAR = Vehicle("car", "Car", 50.0, 11.0)
ROOF = Solar("roof", "Roof", curtailable=True)
GRID = Connection(30.0, 20.0)
CHEAP, DEAR = 0.1, 0.4
EVEN = [CHEAP] * 12 + [DEAR] * 12


def day(prices: list[float] = EVEN, **changes: Any) -> list[SlotRecord]:
    """Return slots of a home that buys half a kWh each and sells for five cents."""
    first = SlotRecord(NOW, NOW + SLOT_S, 0.5, 0, 0, 0, 0, 0.0, 0.05, energy_kwh={"store": 5.0})
    return [
        replace(
            first, start=NOW + SLOT_S * number, end=NOW + SLOT_S * (number + 1), buy=buy, **changes
        )
        for number, buy in enumerate(prices)
    ]


def test_a_battery_would_have_moved_what_it_can_from_cheap_to_dear_hours() -> None:
    found = foreseen(day(), Home(GRID, (), (BATTERY,)), {})
    assert found is not None
    # The first slot only tells what was held.
    assert found.hours == pytest.approx(23 * HOURS)
    assert found.cost == pytest.approx(0.5 * (11 * CHEAP + 12 * DEAR))
    charged = 11 * BATTERY.charge_kw * HOURS
    given = charged * BATTERY.charge_efficiency * BATTERY.discharge_efficiency
    won = given * (DEAR - BATTERY.wear_per_kwh) - charged * CHEAP
    assert found.missed == pytest.approx(won)


def test_a_worse_battery_would_have_moved_less() -> None:
    worse = replace(BATTERY, charge_efficiency=0.8, discharge_efficiency=0.8)
    one, other = (foreseen(day(), Home(GRID, (), (each,)), {}) for each in (BATTERY, worse))
    assert one is not None
    assert other is not None
    assert 0 < other.missed < one.missed
    # A store that is known as good as its form says changes nothing.
    same = foreseen(day(), Home(GRID, (), (BATTERY,)), {"store": Store(0.5, 0.5)})
    assert same is not None
    assert same.missed == pytest.approx(one.missed, rel=1e-3)


def test_where_all_hours_are_alike_nothing_was_missed() -> None:
    found = foreseen(day([0.3] * 24), Home(GRID, (), (BATTERY,)), {})
    assert found is not None
    assert found.missed == pytest.approx(0.0, abs=1e-9)


def test_a_car_would_have_charged_in_the_cheap_hours_of_its_stay() -> None:
    slots = day()
    # It charged in dear hours; without SHEMS it would have in its fifth slot.
    slots[20] = replace(slots[20], bought_kwh=1.4, device_kwh={"car": 0.9})
    other = Alternative(1.4, 0.0, 0.14, device_kwh={"car": 0.9})
    slots[5] = replace(slots[5], otherwise={WITHOUT: other})
    found = foreseen(slots, Home(GRID, devices=(CAR,)), {})
    assert found is not None
    assert found.missed == pytest.approx(0.9 * (DEAR - CHEAP))
    slots[5] = replace(slots[5], otherwise={})
    kept = foreseen(slots, Home(GRID, devices=(CAR,)), {})
    assert kept is not None
    assert kept.missed == pytest.approx(0.0, abs=1e-9)


def test_what_did_not_run_would_not_have_run() -> None:
    found = foreseen(day(), Home(GRID, devices=(CAR,)), {})
    assert found is not None
    assert found.missed == pytest.approx(0.0, abs=1e-9)


def test_what_went_both_ways_inside_a_slot_still_does() -> None:
    slots = day([0.3] * 12, bought_kwh=0.8, sold_kwh=0.3)
    found = foreseen(slots, Home(GRID), {})
    assert found is not None
    assert found.cost == pytest.approx(11 * (0.8 * 0.3 - 0.3 * 0.05))
    assert found.missed == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(
    ("roof", "missed"), [(ROOF, 11 * 0.5 * 0.2), (replace(ROOF, curtailable=False), 0.0)]
)
def test_sun_is_given_up_where_selling_costs(roof: Solar, missed: float) -> None:
    slots = day([0.3] * 12, bought_kwh=0.0, sold_kwh=0.5, solar_kwh=1.0, sell=-0.2)
    found = foreseen(slots, Home(GRID, (roof,)), {})
    assert found is not None
    assert found.missed == pytest.approx(missed, abs=1e-9)


def test_what_cannot_be_told_is_not() -> None:
    home = Home(GRID, (), (BATTERY,))
    assert foreseen(day()[:2], home, {}) is None
    assert foreseen(day(energy_kwh={}), home, {}) is None
    # It came to hold what it cannot have charged: nobody could have done that.
    slots = day([0.3] * 4)
    slots[-1] = replace(slots[-1], energy_kwh={"store": 9.5})
    assert foreseen(slots, home, {}) is None
