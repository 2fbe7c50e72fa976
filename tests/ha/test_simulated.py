"""SHEMS drives the simulated home."""

from typing import Any

import numpy as np
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator, now

from .conftest import ENTRY_ID, advance, call, settle


@pytest.fixture
async def simulated(hass: HomeAssistant, frozen: FrozenDateTimeFactory) -> HomeCoordinator:
    """Return a simulated home that has measured for some slots."""
    await hass.config.async_update(
        latitude=52.1, longitude=5.1, time_zone="Europe/Amsterdam", currency="EUR"
    )
    entry = MockConfigEntry(
        domain=DOMAIN,
        entry_id="sim",
        title="Simulated home",
        data={"kind": "simulated", "name": "Simulated home", "seed": 1},
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    return entry.runtime_data.coordinator


def state(hass: HomeAssistant, entity_id: str) -> str:
    found = hass.states.get(entity_id)
    assert found is not None
    return found.state


async def test_without_a_past_the_first_plan_goes_by_what_the_meters_show(
    hass: HomeAssistant, simulated: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await advance(hass, frozen, 2)
    assert simulated.data.status == "optimal"
    assert simulated.data.problem is None
    assert simulated.data.plan.load_kw.mean() > 0
    assert state(hass, "sensor.simulated_home_plan_status") == "optimal"


async def test_a_lamp_can_be_driven_and_is_left_as_it_is(
    hass: HomeAssistant, simulated: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await call(hass, "switch", "turn_on", "switch.kitchen_lamp_allow_control")
    await advance(hass, frozen, 2)
    assert state(hass, "light.sim_kitchen") == "off"
    await call(hass, "select", "select_option", "select.kitchen_lamp_mode", option="on")
    await advance(hass, frozen, 2)
    assert state(hass, "light.sim_kitchen") == "on"
    assert len(simulated.store.control.owned) == 1
    await call(hass, "select", "select_option", "select.kitchen_lamp_mode", option="off")
    await advance(hass, frozen, 2)
    assert state(hass, "light.sim_kitchen") == "off"
    await call(hass, "select", "select_option", "select.kitchen_lamp_mode", option="on")
    await advance(hass, frozen, 2)
    await call(hass, "select", "select_option", "select.kitchen_lamp_mode", option="auto")
    await advance(hass, frozen, 2)
    assert state(hass, "light.sim_kitchen") == "on"
    assert simulated.store.control.owned == {}


async def test_the_meter_follows_the_battery(
    hass: HomeAssistant, simulated: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await call(hass, "switch", "turn_on", "switch.battery_allow_control")
    await call(hass, "select", "select_option", "select.battery_mode", option="hold")
    for _ in range(3):
        await advance(hass, frozen, 5)
    before = float(state(hass, "sensor.sim_meter_power"))
    await call(hass, "select", "select_option", "select.battery_mode", option="charge")
    for _ in range(3):
        await advance(hass, frozen, 5)
    battery_w = float(state(hass, "sensor.sim_battery_power"))
    assert battery_w < -1000
    moved = float(state(hass, "sensor.sim_meter_power")) - before
    assert moved == pytest.approx(-battery_w, rel=0.05)


async def test_the_sun_is_throttled_while_feed_in_costs_money(
    hass: HomeAssistant,
    remembered: dict[str, Any],
    simulated: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
) -> None:
    memory = remembered[f"{DOMAIN}.{ENTRY_ID}.memory"]
    remembered[f"{DOMAIN}.sim.memory"] = {**memory, "key": f"{DOMAIN}.sim.memory"}
    entry = simulated.config_entry
    options = {
        **entry.options,
        "buy": {"factor": 0.0, "fee": 0.3, "windows": []},
        "sell": {"factor": 0.0, "fee": -0.2, "windows": []},
        "price_source": {"type": "fixed"},
    }
    await hass.config_entries.async_unload("sim")
    remembered[f"{DOMAIN}.sim.memory"] = {**memory, "key": f"{DOMAIN}.sim.memory"}
    hass.config_entries.async_update_entry(entry, options=options)
    await hass.config_entries.async_setup("sim")
    await settle(hass)
    await advance(hass, frozen, 2)
    assert float(state(hass, "sensor.simulated_home_export_price")) == pytest.approx(-0.2)
    for name in ("battery", "solar_roof"):
        await call(hass, "switch", "turn_on", f"switch.{name}_allow_control")
    await call(hass, "select", "select_option", "select.battery_mode", option="hold")
    for _ in range(8):
        await advance(hass, frozen, 5)
    limit_w = float(state(hass, "number.sim_solar_limit"))
    assert 0 <= limit_w < 4600
    assert float(state(hass, "sensor.sim_meter_power")) > -300
    await call(hass, "switch", "turn_off", "switch.solar_roof_allow_control")
    for _ in range(3):
        await advance(hass, frozen, 5)
    assert float(state(hass, "number.sim_solar_limit")) == pytest.approx(4600)


async def test_removing_the_home_leaves_nothing(
    hass: HomeAssistant, simulated: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await call(hass, "switch", "turn_on", "switch.battery_allow_control")
    await hass.config_entries.async_remove("sim")
    await settle(hass)
    assert er.async_entries_for_config_entry(er.async_get(hass), "sim") == []


async def test_the_weather_is_the_simulated_homes_own(
    hass: HomeAssistant, simulated: HomeCoordinator
) -> None:
    hass.states.async_set("weather.aaa", "sunny")
    at = now()
    outside = await simulated.config_entry.runtime_data.inputs.async_current(at)
    for series, low, high in (
        (outside.weather.temperature_c, -20.0, 40.0),
        (outside.weather.cloud, 0.0, 1.0),
    ):
        ahead = series.between(*(at // 3600 * 3600 + 3600 * np.array([[0, 47], [1, 48]])))
        assert (low <= ahead).all()
        assert (ahead <= high).all()
