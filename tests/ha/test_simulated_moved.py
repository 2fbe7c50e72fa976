"""The simulated home's car, heat pump, hot water and machines are driven like real ones."""

from dataclasses import replace
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.assets.appliance import ApplianceState
from custom_components.shems.core.plan.result import DevicePlan

from .conftest import ENTRY_ID, advance, call, settle

FIXED = {
    "currency": "EUR",
    "buy": {
        "factor": 0.0,
        "fee": 0.1,
        "vat": 0.0,
        "windows": [{"begin": "08:00", "end": "22:00", "fee": 0.3}],
    },
    "sell": {"factor": 0.0, "fee": 0.01, "vat": 0.0, "windows": []},
    "price_source": {"type": "tou"},
}
"""Cheap at night, dear by day; noon in Amsterdam has just begun."""


@pytest.fixture
async def simulated(
    hass: HomeAssistant, remembered: dict[str, Any], frozen: FrozenDateTimeFactory
) -> HomeCoordinator:
    """Return the simulated home with its first plan."""
    await hass.config.async_update(
        latitude=52.1, longitude=5.1, time_zone="Europe/Amsterdam", currency="EUR"
    )
    memory = remembered[f"{DOMAIN}.{ENTRY_ID}.memory"]
    remembered[f"{DOMAIN}.sim.memory"] = {**memory, "key": f"{DOMAIN}.sim.memory"}
    entry = MockConfigEntry(
        domain=DOMAIN,
        entry_id="sim",
        title="Simulated home",
        data={"kind": "simulated", "name": "Simulated home", "seed": 1},
        options=FIXED,
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    await advance(hass, frozen, 2)
    return entry.runtime_data.coordinator


def state(hass: HomeAssistant, entity_id: str) -> str:
    found = hass.states.get(entity_id)
    assert found is not None
    return found.state


async def arm(hass: HomeAssistant, frozen: FrozenDateTimeFactory, name: str) -> None:
    """Let SHEMS drive a device, and the device answer."""
    await call(hass, "switch", "turn_on", f"switch.{name}_allow_control")
    await advance(hass, frozen, 5)


async def disarm(hass: HomeAssistant, frozen: FrozenDateTimeFactory, name: str) -> None:
    """Let it go, and see that nothing is held any more."""
    await call(hass, "switch", "turn_off", f"switch.{name}_allow_control")
    for _ in range(3):
        await advance(hass, frozen, 5)


def planned(home: HomeCoordinator, name: str) -> DevicePlan:
    """Return the plan of the device with a name."""
    (device,) = (each for each in home.configuration.moved if each.name == name)
    assert home.data.plan is not None
    part = home.data.plan.device(device.id)
    assert part is not None, home.director.known.missing
    return part


async def test_every_kind_is_in_the_plan(simulated: HomeCoordinator) -> None:
    assert simulated.data.status == "optimal"
    assert simulated.data.problem is None
    assert simulated.data.plan is not None
    assert {each.kind for each in simulated.data.plan.devices} == {
        "vehicle",
        "heating",
        "water",
        "appliance",
        "deferrable",
        "sheddable",
    }


async def test_the_car_waits_for_the_night_and_is_ready_in_the_morning(
    hass: HomeAssistant, simulated: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await call(hass, "select", "select_option", "select.sim_car_presence", option="away")
    await call(hass, "select", "select_option", "select.sim_car_presence", option="home")
    await call(hass, "number", "set_value", "number.sim_solar_limit", value=0)
    assert state(hass, "sensor.sim_car_status") == "charging"
    await arm(hass, frozen, "car")
    await advance(hass, frozen, 5)
    assert state(hass, "switch.sim_car_charging") == "off"
    assert state(hass, "sensor.sim_car_status") == "paused"
    part = planned(simulated, "Car")
    assert simulated.data.plan is not None
    starts = simulated.data.plan.horizon.start
    night = (starts - simulated.data.now) / 3600
    charged = part.power_kw * simulated.data.plan.horizon.hours
    assert charged[night < 9].sum() == pytest.approx(0.0, abs=0.01)
    assert charged[night < 20].sum() > 5
    assert not part.shortfalls
    frozen.move_to("2026-06-10T20:00:10+00:00")  # Ten in the evening: it is cheap.
    await advance(hass, frozen, 0)
    await simulated.async_plan_now()
    for _ in range(3):
        await advance(hass, frozen, 10)
    assert state(hass, "switch.sim_car_charging") == "on"
    assert state(hass, "sensor.sim_car_status") == "charging"
    await disarm(hass, frozen, "car")
    assert float(state(hass, "number.sim_car_current")) == 16
    assert simulated.store.control.owned == {}


async def test_hot_water_is_heated_by_the_plan_and_given_back(
    hass: HomeAssistant, simulated: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await arm(hass, frozen, "hot_water")
    await advance(hass, frozen, 5)
    assert state(hass, "water_heater.sim_hot_water") == "heat_pump"
    assert len(simulated.store.control.owned) == 1
    virtual = simulated.config_entry.runtime_data.virtual
    virtual.state = replace(virtual.state, heat=replace(virtual.state.heat, water_c=50.0))
    await call(hass, "select", "select_option", "select.hot_water_mode", option="on")
    for _ in range(3):
        await advance(hass, frozen, 5)
    assert float(state(hass, "sensor.sim_hot_water_power")) == 1700
    await call(hass, "select", "select_option", "select.hot_water_mode", option="off")
    for _ in range(3):
        await advance(hass, frozen, 5)
    assert float(state(hass, "sensor.sim_hot_water_power")) == 0
    await disarm(hass, frozen, "hot_water")
    assert state(hass, "water_heater.sim_hot_water") == "eco"
    assert simulated.store.control.owned == {}


async def test_the_rooms_are_kept_by_the_plan_and_given_back(
    hass: HomeAssistant, simulated: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await arm(hass, frozen, "heating")
    await advance(hass, frozen, 5)
    assert state(hass, "climate.sim_heat_pump") == "heat"
    await disarm(hass, frozen, "heating")
    assert state(hass, "climate.sim_heat_pump") == "auto"
    assert simulated.store.control.owned == {}


async def test_a_loaded_machine_is_started_when_it_is_cheap(
    hass: HomeAssistant, simulated: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await arm(hass, frozen, "dishwasher")
    assert state(hass, "switch.sim_dishwasher_remote") == "on"
    assert state(hass, "sensor.sim_dishwasher_status") == "ready"
    virtual = simulated.config_entry.runtime_data.virtual
    virtual.state = replace(virtual.state, loaded=(True, False))  # As people do after lunch.
    for _ in range(3):
        await advance(hass, frozen, 5)
    assert state(hass, "sensor.sim_dishwasher_status") == "waiting"
    await simulated.async_plan_now()
    (asked,) = (
        each
        for each in simulated.director.known.states.values()
        if isinstance(each, ApplianceState) and each.runs
    )
    assert asked.runs[0].deadline > simulated.data.now + 10 * 3600
    assert planned(simulated, "Dishwasher").power_kw[0] == pytest.approx(0.0)
    frozen.move_to("2026-06-10T20:00:10+00:00")
    for _ in range(4):
        await simulated.async_plan_now()
        await advance(hass, frozen, 10)
    started = {state(hass, "sensor.sim_dishwasher_status")}
    for _ in range(40):
        await advance(hass, frozen, 300)
        started.add(state(hass, "sensor.sim_dishwasher_status"))
    assert "running" in started
    assert state(hass, "sensor.sim_dishwasher_status") == "ready", "it ran once"
    assert simulated.store.control.overrides == {}
    await disarm(hass, frozen, "dishwasher")
    assert state(hass, "switch.sim_dishwasher_remote") == "off"


async def test_the_dehumidifier_runs_as_long_as_it_must(
    hass: HomeAssistant, simulated: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    wanted = "number.dehumidifier_energy_a_day"
    await call(hass, "number", "set_value", wanted, value=0.35)
    await arm(hass, frozen, "dehumidifier")
    frozen.move_to("2026-06-10T20:00:10+00:00")  # Ten in the evening: it is cheap.
    await advance(hass, frozen, 0)
    await simulated.async_plan_now()
    # Over longer steps the simulated home would live as if nobody looked.
    minutes = 0
    for _ in range(119):
        await advance(hass, frozen, 60)
        minutes += state(hass, "switch.sim_dehumidifier_plug") == "on"
    assert 60 <= minutes <= 60 + 5 + 1, "an hour of 350 W, to the end of a step and a look"
    await disarm(hass, frozen, "dehumidifier")
    assert state(hass, "switch.sim_dehumidifier_plug") == "off"


async def test_the_refrigerator_is_left_on_at_usual_prices(
    hass: HomeAssistant, simulated: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await arm(hass, frozen, "refrigerator")
    await advance(hass, frozen, 60)
    assert state(hass, "switch.sim_refrigerator_plug") == "on"
    await call(hass, "select", "select_option", "select.refrigerator_mode", option="off")
    await advance(hass, frozen, 5)
    assert state(hass, "switch.sim_refrigerator_plug") == "off"
    await disarm(hass, frozen, "refrigerator")
    assert state(hass, "switch.sim_refrigerator_plug") == "on"
