"""What outlives a restart, a crash and a removal."""

from collections.abc import Callable
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.coordinator import HomeCoordinator

from .conftest import BATTERY, ENTRY_ID, MODE, advance, call, settle, start

CONTROL = f"shems.{ENTRY_ID}.control"
MEMORY = f"shems.{ENTRY_ID}.memory"


def owned(hass_storage: dict[str, Any], armed: bool, enabled: bool = True) -> None:
    """Leave behind what a crash leaves while SHEMS holds the battery."""
    hass_storage[CONTROL] = {
        "version": 1,
        "minor_version": 1,
        "key": CONTROL,
        "data": {
            "enabled": enabled,
            "devices": {BATTERY: {"armed": armed, "mode": "auto", "reserve": 0.25, "target": None}},
            "owned": {BATTERY: 1.0},
            "overrides": {},
        },
    }


async def test_settings_are_on_disk_when_the_call_returns(
    hass: HomeAssistant, home: HomeCoordinator, remembered: dict[str, Any]
) -> None:
    await hass.services.async_call(
        "number",
        "set_value",
        {"entity_id": "number.battery_reserve", "value": 35},
        blocking=True,
    )
    device = remembered[CONTROL]["data"]["devices"][BATTERY]
    assert device["reserve"] == pytest.approx(0.35)
    await settle(hass)


async def test_the_last_plan_is_there_at_once(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    plan = home.data.plan
    await hass.config_entries.async_unload(ENTRY_ID)
    await hass.config_entries.async_setup(ENTRY_ID)
    again = home.config_entry.runtime_data.coordinator
    assert again is not home
    assert again.data.plan.created == plan.created
    assert again.data.plan.batteries[0].mode == plan.batteries[0].mode
    assert again.data.plan.horizon.edges.tolist() == plan.horizon.edges.tolist()
    assert hass.states.get("sensor.home_plan_status").state == "optimal"
    await settle(hass)


async def test_a_device_owned_in_a_crash_is_resumed_where_it_is_still_armed(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    owned(remembered, armed=True)
    home = await start(hass, entry, frozen)
    await advance(hass, frozen, 5)
    assert hass.states.get(MODE).state == "charge"
    assert BATTERY in home.store.control.owned
    assert float(hass.states.get("number.battery_reserve").state) == 25


@pytest.mark.parametrize(("armed", "enabled"), [(False, True), (True, False)])
async def test_a_device_owned_in_a_crash_is_given_back_where_it_is_not_armed(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    armed: bool,
    enabled: bool,
) -> None:
    await call(hass, "input_select", "select_option", MODE, option="discharge")
    owned(remembered, armed=armed, enabled=enabled)
    home = await start(hass, entry, frozen)
    await advance(hass, frozen, 5)
    assert hass.states.get(MODE).state == "automatic"
    assert home.store.control.owned == {}


async def test_a_device_that_comes_back_late_is_given_back_then(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    await call(hass, "input_select", "select_option", MODE, option="discharge")
    attributes = dict(hass.states.get(MODE).attributes)
    hass.states.async_set(MODE, "unavailable", attributes)
    owned(remembered, armed=False)
    home = await start(hass, entry, frozen)
    await advance(hass, frozen, 30)
    assert BATTERY in home.store.control.owned
    hass.states.async_set(MODE, "discharge", attributes)
    await advance(hass, frozen, 30)
    assert hass.states.get(MODE).state == "automatic"
    assert home.store.control.owned == {}


async def test_a_plan_of_another_shape_is_made_anew(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    remembered[MEMORY]["data"]["plan"] = {"created": "yesterday"}
    home = await start(hass, entry, frozen)
    assert "could not be read" in caplog.text
    assert home.data.plan is not None


async def test_a_newer_minor_version_is_read(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    owned(remembered, armed=True)
    remembered[CONTROL]["minor_version"] = 2
    remembered[CONTROL]["data"]["unheard_of"] = True
    home = await start(hass, entry, frozen)
    assert home.store.control.device(BATTERY).armed


async def test_removing_the_home_removes_its_files(
    hass: HomeAssistant, home: HomeCoordinator, remembered: dict[str, Any]
) -> None:
    await call(hass, "switch", "turn_on", "switch.battery_allow_control")
    assert CONTROL in remembered
    assert MEMORY in remembered
    await hass.config_entries.async_remove(ENTRY_ID)
    await settle(hass)
    assert CONTROL not in remembered
    assert MEMORY not in remembered
