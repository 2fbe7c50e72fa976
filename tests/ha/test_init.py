"""Setting up, reloading and unloading a home."""

from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.frontend import DATA_EXTRA_MODULE_URL, UrlManager
from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import issue_registry as ir
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator

from .conftest import BATTERY, ENTRY_ID, OPTIONS, advance, settle, start, subentries


async def test_a_home_is_set_up_planned_and_unloaded(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    assert home.data.status == "optimal"
    assert hass.states.get("sensor.home_plan_status").state == "optimal"
    assert await hass.config_entries.async_unload(ENTRY_ID)
    assert home.config_entry.state is ConfigEntryState.NOT_LOADED
    assert hass.states.get("sensor.home_plan_status").state == "unavailable"


async def test_each_driven_device_hangs_on_the_home_and_its_subentry(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    devices = dr.async_get(hass)
    hub = devices.async_get_device_by_identifier((DOMAIN, ENTRY_ID), ENTRY_ID)
    battery = devices.async_get_device_by_identifier((DOMAIN, f"{ENTRY_ID}_{BATTERY}"), ENTRY_ID)
    assert hub.name == "Home"
    assert battery.name == "Battery"
    assert battery.via_device_id == hub.id
    entity = er.async_get(hass).async_get("switch.battery_allow_control")
    assert entity.config_subentry_id == BATTERY
    assert entity.unique_id == f"{ENTRY_ID}_{BATTERY}_allow_control"


async def test_a_device_that_is_added_appears(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    data = next(each for each in subentries() if each["subentry_type"] == "battery")["data"]
    hass.config_entries.async_add_subentry(
        home.config_entry,
        ConfigSubentry(
            data=MappingProxyType({**data, "mode_select": "select.garage", "power_number": None}),
            subentry_id="second",
            subentry_type="battery",
            title="Garage",
            unique_id=None,
        ),
    )
    await settle(hass)
    await advance(hass, frozen, 1)
    assert hass.states.get("select.garage_mode").state == "auto"
    assert home.config_entry.runtime_data.coordinator is not home


async def test_changes_that_come_together_reload_once_and_a_title_never(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    entry = home.config_entry
    hass.config_entries.async_update_entry(entry, title="Our place")
    await advance(hass, frozen, 1)
    assert entry.runtime_data.coordinator is home
    for fee in (0.5, 0.6):
        changed = {**OPTIONS, "buy": {**OPTIONS["buy"], "fee": fee}}
        hass.config_entries.async_update_entry(entry, options=changed)
    await settle(hass)
    assert entry.runtime_data.coordinator is home
    await advance(hass, frozen, 1)
    again = entry.runtime_data.coordinator
    assert again is not home
    assert again.configuration.tariff.buy.fee == 0.6
    await advance(hass, frozen, 5)
    assert entry.runtime_data.coordinator is again


async def test_a_home_without_a_connection_says_so(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    hass.config_entries.async_remove_subentry(home.config_entry, "connection_id")
    await settle(hass)
    await advance(hass, frozen, 1)
    assert home.config_entry.state is ConfigEntryState.SETUP_ERROR
    assert home.config_entry.error_reason_translation_key == "connection_count"


async def test_a_setpoint_without_a_unit_of_power_says_so(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    entry: MockConfigEntry,
    frozen: FrozenDateTimeFactory,
) -> None:
    battery = entry.subentries[BATTERY]
    entry.add_to_hass(hass)
    hass.states.async_set("input_number.odd", "unavailable", {"unit_of_measurement": "°C"})
    hass.config_entries.async_update_subentry(
        entry, battery, data={**battery.data, "power_number": "input_number.odd"}
    )
    assert await hass.config_entries.async_setup(ENTRY_ID)
    await settle(hass)
    home: HomeCoordinator = entry.runtime_data.coordinator
    await home.async_set_device(BATTERY, None, armed=True, mode="charge")
    await advance(hass, frozen, 30)
    issue_id = f"{ENTRY_ID}_drive_device_untold_{BATTERY}"
    assert ir.async_get(hass).async_get_issue(DOMAIN, issue_id) is None, "it may have none yet"
    hass.states.async_set("input_number.odd", "1", {"unit_of_measurement": "°C"})
    await advance(hass, frozen, 30)
    issue = ir.async_get(hass).async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.translation_placeholders == {"home": "Home", "device": "Battery"}
    assert not home.actuator.owned(BATTERY)
    hass.states.async_set("input_number.odd", "1", {"unit_of_measurement": "kW"})
    await advance(hass, frozen, 30)
    assert ir.async_get(hass).async_get_issue(DOMAIN, issue_id) is None


@pytest.mark.parametrize("kind", ["sensor.grid"])
async def test_a_meter_that_comes_back_makes_a_new_plan(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    kind: str,
) -> None:
    hass.states.async_set(kind, "unavailable")
    await advance(hass, frozen, 5)
    before = home.data.plan.created
    meters()
    await advance(hass, frozen, 5)
    assert home.data.plan.created > before


async def test_the_card_is_served_where_there_is_a_frontend(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    entry: MockConfigEntry,
    frozen: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    hass.config.components.add("frontend")
    hass.data[DATA_EXTRA_MODULE_URL] = UrlManager(lambda change, url: None, [])
    await start(hass, entry, frozen)
    (url,) = hass.data[DATA_EXTRA_MODULE_URL].urls
    client = await hass_client_no_auth()
    response = await client.get(url)
    assert response.status == HTTPStatus.OK
    module = await response.text()
    assert "ll-strategy-dashboard-shems" in module
    assert url.partition("?v=")[2] == sha256(module.encode()).hexdigest()[:12]


async def test_another_zone_reloads_the_home(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await hass.config.async_set_time_zone("Europe/Amsterdam")
    await hass.config.async_update(time_zone="Europe/Amsterdam")
    await settle(hass)
    await advance(hass, frozen, 1)
    again = home.config_entry.runtime_data.coordinator
    assert again.configuration.zone == "Europe/Amsterdam"
