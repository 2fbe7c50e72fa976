"""The diagnostics download, and that it replays."""

import json
from types import MappingProxyType

import numpy as np
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.replay.scenario import Scenario

from .conftest import around


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
