"""The diagnostics download, and that it replays."""

import json
from types import MappingProxyType

import numpy as np
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.replay.scenario import Scenario
from custom_components.shems.insight.redacted import Redaction

from .conftest import around, call


async def test_the_download_replays_to_the_same_plan(
    hass: HomeAssistant, home: HomeCoordinator, hass_client: ClientSessionGenerator
) -> None:
    assert await async_setup_component(hass, "diagnostics", {})
    data = await get_diagnostics_for_config_entry(hass, hass_client, home.config_entry)
    plan = home.data.plan
    again = Scenario.from_json(data["scenario"]).make().plan
    assert again.status is plan.status
    assert np.isclose(again.cost, plan.cost, atol=1e-3)
    assert again.batteries[0].mode[0] is plan.batteries[0].mode[0]
    assert data["plan"]["created"] == plan.created
    assert data["status"] == "optimal"
    assert data["learning"]["problem"] is None
    assert data["provenance"]["load"]["source"]
    assert data["readings"]["grid_kw"]["value"] == 2.0
    assert data["audit"][0]["outcome"] == "dry_run"
    assert data["slots"]
    assert data["ledger"]


async def test_the_download_tells_no_names(
    hass: HomeAssistant, home: HomeCoordinator, hass_client: ClientSessionGenerator
) -> None:
    assert await async_setup_component(hass, "diagnostics", {})
    entry = home.config_entry
    for each in around(weather="weather.springfield", presence="person.homer"):
        hass.config_entries.async_add_subentry(
            entry, ConfigSubentry(**{**each, "data": MappingProxyType(each["data"])})
        )
    data = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    assert data["entry"]["data"]["name"] == "**REDACTED**"
    for name in ("Roof", "springfield", "homer"):
        assert name not in json.dumps(data)


async def test_the_download_tells_no_entity_no_place_and_nobody(
    hass: HomeAssistant,
    home: HomeCoordinator,
    hass_client: ClientSessionGenerator,
    hass_admin_user: MockUser,
) -> None:
    assert await async_setup_component(hass, "diagnostics", {})
    hass.config.latitude, hass.config.longitude = 52.3731, 4.8922
    hass.config.location_name = "Evergreen Terrace"
    hass_admin_user.name = "Homer Simpson"
    hass.states.async_set("person.homer", "home", {"friendly_name": "Homer"})
    hass.states.async_set("sensor.homers_meter", "1")
    await call(hass, "switch", "turn_on", "switch.battery_allow_control")
    await home.async_plan_now()
    data = await get_diagnostics_for_config_entry(hass, hass_client, home.config_entry)
    text = json.dumps(data)
    known = {*hass.states.async_entity_ids(), *er.async_get(hass).entities}
    assert {each for each in known if each in text} == set()
    for place in ("52.37", "4.892", "Evergreen", "Homer", hass_admin_user.id):
        assert place not in text
    # What was written can still be followed: the same entity has the same name throughout.
    battery = next(each for each in data["entry"]["subentries"] if each["type"] == "battery")
    select = battery["data"]["mode_select"]
    assert select.startswith("input_select.entity_")
    assert any(select in line for each in data["audit"] for line in each["written"])
    assert Scenario.from_json(data["scenario"]).make().plan.status is home.data.plan.status


def test_what_is_no_entity_and_too_short_a_name_stays() -> None:
    redaction = Redaction(["sensor.mine"], ["Al", "Roof (south)"])
    told = redaction.all(
        {"sensor.mine": ("sensor.mine", "sensor.of_others"), "on": "Al on Roof (south)", 1: 2.5}
    )
    assert told == {
        "sensor.entity_1": ["sensor.entity_1", "sensor.of_others"],
        "on": "Al on **REDACTED**",
        1: 2.5,
    }
    assert Redaction([], []).all("Roof") == "Roof"
