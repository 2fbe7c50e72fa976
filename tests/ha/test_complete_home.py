"""The complete simulated home: every kind of device, two batteries and two cars on three phases."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.devices import KINDS

from .conftest import ENTRY_ID, advance, call, settle

BATTERY = "sim_complete_plug_battery"


def made(size: str, name: str) -> MockConfigEntry:
    return MockConfigEntry(
        domain=DOMAIN,
        entry_id=size,
        title=name,
        data={"kind": "simulated", "name": name, "size": size, "seed": 1},
    )


async def begun(hass: HomeAssistant, entry: MockConfigEntry) -> HomeCoordinator:
    await hass.config.async_update(
        latitude=52.1, longitude=5.1, time_zone="Europe/Amsterdam", currency="EUR"
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    return entry.runtime_data.coordinator


@pytest.fixture
async def complete(
    hass: HomeAssistant, remembered: dict[str, Any], frozen: FrozenDateTimeFactory
) -> HomeCoordinator:
    memory = remembered[f"{DOMAIN}.{ENTRY_ID}.memory"]
    for entry in ("complete", "simple"):
        remembered[f"{DOMAIN}.{entry}.memory"] = {**memory, "key": f"{DOMAIN}.{entry}.memory"}
    home = await begun(hass, made("complete", "Big home"))
    await advance(hass, frozen, 6)
    return home


def state(hass: HomeAssistant, entity_id: str) -> str:
    found = hass.states.get(entity_id)
    assert found is not None, entity_id
    return found.state


def watts(hass: HomeAssistant, key: str) -> float:
    return float(state(hass, f"sensor.sim_complete_{key}_power"))


async def test_every_kind_of_device_is_there(
    hass: HomeAssistant, complete: HomeCoordinator
) -> None:
    kinds = Counter(each.kind for each in complete.configuration.devices)
    assert kinds.keys() == KINDS.keys()
    assert (kinds["battery"], kinds["vehicle"], kinds["heating"]) == (2, 2, 2)
    home = complete.configuration.home
    assert home.connection.phases == 3
    assert home.connection.fuse_a == 35.0
    assert {each.phase for each in complete.configuration.devices} >= {0, 1, 2, None}


async def test_everything_is_read_and_planned(
    hass: HomeAssistant, complete: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    assert complete.data.status == "optimal"
    assert complete.data.problem is None
    plan = complete.data.plan
    assert plan is not None
    moved = {each.id for each in complete.configuration.moved}
    assert {each.device_id for each in plan.devices} >= moved
    assert len(plan.batteries) == 2
    readings = complete.data.readings
    assert readings is not None
    amps = [each.usable for each in readings.phases_a]
    assert None not in amps
    assert sum(amps) * 0.23 == pytest.approx(readings.grid_kw.usable, abs=0.01)


async def test_the_balcony_battery_follows_a_setpoint(
    hass: HomeAssistant, complete: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    assert state(hass, f"select.{BATTERY}_control") == "automatic"
    await call(hass, "switch", "turn_on", "switch.balcony_battery_allow_control")
    await call(hass, "select", "select_option", "select.balcony_battery_mode", option="charge")
    for _ in range(4):
        await advance(hass, frozen, 6)
    assert state(hass, f"select.{BATTERY}_control") == "remote"
    assert float(state(hass, f"number.{BATTERY}_setpoint")) == -800
    assert watts(hass, "plug_battery") == -800
    await call(hass, "switch", "turn_off", "switch.balcony_battery_allow_control")
    for _ in range(4):
        await advance(hass, frozen, 6)
    assert state(hass, f"select.{BATTERY}_control") == "automatic"


async def test_the_rooms_are_cooled_when_told(
    hass: HomeAssistant, complete: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    thermostat = "climate.sim_complete_air_conditioner"
    virtual = complete.config_entry.runtime_data.virtual
    virtual.state = replace(virtual.state, heat=replace(virtual.state.heat, indoor_c=26.0))
    assert state(hass, thermostat) == "off"
    await call(hass, "climate", "turn_on", thermostat)
    await call(hass, "climate", "set_temperature", thermostat, temperature=21)
    await advance(hass, frozen, 6)
    shown = hass.states.get(thermostat)
    assert shown is not None
    assert (shown.state, shown.attributes["hvac_action"]) == ("cool", "cooling")
    assert watts(hass, "air_conditioner") == 900
    assert float(state(hass, "sensor.sim_complete_meter_current_l3")) > float(
        state(hass, "sensor.sim_complete_meter_current_l1")
    )
    await call(hass, "climate", "set_hvac_mode", thermostat, hvac_mode="off")
    assert watts(hass, "air_conditioner") == 0
    data = {"temperature": 26, "hvac_mode": "cool"}
    await call(hass, "climate", "set_temperature", thermostat, **data)
    shown = hass.states.get(thermostat)
    assert shown is not None
    assert shown.attributes["hvac_action"] == "idle"


async def test_the_grid_operator_limits_what_is_bought(
    hass: HomeAssistant, complete: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    assert complete.home.connection.import_limit_kw == pytest.approx(24.15)
    await call(hass, "switch", "turn_on", "switch.sim_complete_grid_dimmed")
    await advance(hass, frozen, 2)
    (limit,) = complete.home.connection.limits
    assert (limit.import_kw, limit.reason) == (4.2, "limiting_entity")


@pytest.mark.parametrize(
    ("plug", "meter", "told"),
    [("pool_pump", "pool_pump", 750.0), ("freezer", "freezer", 110.0)],
)
async def test_plugs_answer_at_once(
    hass: HomeAssistant,
    complete: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    plug: str,
    meter: str,
    told: float,
) -> None:
    switch = f"switch.sim_complete_{plug}_plug"
    await call(hass, "switch", "turn_off", switch)
    assert watts(hass, meter) == 0
    await call(hass, "switch", "turn_on", switch)
    assert watts(hass, meter) in {0, told}, "a compressor rests now and then"


async def test_the_small_car_goes_and_comes_and_charges(
    hass: HomeAssistant, complete: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    virtual = complete.config_entry.runtime_data.virtual
    annex = replace(virtual.state.annex, car_kwh=10.0, car_away=False, car_plugged=True)
    virtual.state = replace(virtual.state, annex=annex)
    status = "sensor.sim_complete_small_car_status"
    seen = set()
    for _ in range(24):
        await advance(hass, frozen, 3600)
        seen.add(state(hass, status))
    assert {"away", "charging"} <= seen
    annex = replace(virtual.state.annex, car_away=False, car_plugged=False)
    virtual.state = replace(virtual.state, annex=annex)
    await advance(hass, frozen, 6)
    assert state(hass, status) in {"unplugged", "away"}


async def test_a_device_that_goes_its_own_ways_takes_its_power_back(
    hass: HomeAssistant, complete: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await hass.services.async_call(
        DOMAIN,
        "set_simulated_manners",
        {"device": "pool_pump", "reverts_after": 60},
        blocking=True,
    )
    await call(hass, "switch", "turn_on", "switch.sim_complete_pool_pump_plug")
    assert watts(hass, "pool_pump") == 750
    await advance(hass, frozen, 61)
    assert watts(hass, "pool_pump") == 0


async def test_two_homes_live_side_by_side(
    hass: HomeAssistant, complete: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    """Their entities and devices are told apart by name, and each plans for itself."""
    simple = await begun(hass, made("simple", "Small home"))
    await advance(hass, frozen, 6)
    assert (simple.data.status, complete.data.status) == ("optimal", "optimal")
    registry = er.async_get(hass)
    both = [
        {each.entity_id for each in er.async_entries_for_config_entry(registry, entry)}
        for entry in ("simple", "complete")
    ]
    assert not [each for ids in both for each in ids if each.endswith("_2")]
    devices = dr.async_get(hass)
    small, big = (
        {each.name for each in dr.async_entries_for_config_entry(devices, entry)}
        for entry in ("simple", "complete")
    )
    assert "Pool pump (Big home)" in big
    assert small & big == set()
    await call(hass, "switch", "turn_off", "switch.sim_complete_refrigerator_plug")
    assert watts(hass, "refrigerator") == 0
    assert state(hass, "switch.sim_refrigerator_plug") == "on"
