"""Entries of the previous release are upgraded; those of a newer one are refused intact."""

from typing import Any

from homeassistant.config_entries import ConfigEntryState, ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.config_flow import ShemsConfigFlow

from .flow_pages import WORDS, measure, subentry_flow

RULE = {"factor": 0.0, "fee": 0.3, "vat": 0.0, "windows": []}
GRID: ConfigSubentryData = {
    "subentry_type": "connection",
    "title": "Grid",
    "unique_id": None,
    "data": {"grid_power": ["sensor.grid"]},
}
ROOF: ConfigSubentryData = {
    "subentry_type": "solar",
    "title": "Roof",
    "unique_id": None,
    "data": {"power": "sensor.sun"},
}


def home(options: dict[str, Any] | None = None, **more: Any) -> MockConfigEntry:
    return MockConfigEntry(
        domain="shems",
        title="Casa",
        data={"kind": "home", "name": "Casa"},
        options={"buy": RULE, "sell": RULE, "price_source": {"type": "fixed"}, **(options or {})},
        subentries_data=[GRID, ROOF],
        **more,
    )


async def set_up(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    measure(hass, "sensor.grid", "W", 500)
    measure(hass, "sensor.sun", "W", 100)
    entry.add_to_hass(hass)
    await async_setup_component(hass, "shems", {})
    await hass.async_block_till_done()


def ids(entry: MockConfigEntry) -> dict[str, str | None]:
    return {each.subentry_type: each.unique_id for each in entry.subentries.values()}


async def test_a_home_of_the_previous_release_is_upgraded_and_runs(hass: HomeAssistant) -> None:
    entry = home(version=1, minor_version=1)
    before = [dict(each.data) for each in entry.subentries.values()]
    await set_up(hass, entry)
    assert entry.state is ConfigEntryState.LOADED
    assert (entry.version, entry.minor_version) == (
        ShemsConfigFlow.VERSION,
        ShemsConfigFlow.MINOR_VERSION,
    )
    assert ids(entry) == {"connection": "connection", "solar": None}
    assert [dict(each.data) for each in entry.subentries.values()] == before
    pages = await subentry_flow(hass, entry.entry_id, "connection")
    assert pages.result["reason"] == "single_connection"


async def test_options_that_named_surroundings_become_subentries(hass: HomeAssistant) -> None:
    hass.states.async_set("weather.home", "sunny", {"friendly_name": "Forecast"})
    around = {"weather": "weather.home", "temperature": "sensor.outdoor", "carbon": None}
    entry = home({**around, "presence": "person.ann"}, version=1, minor_version=2)
    kept = {"buy", "sell", "price_source"}
    await set_up(hass, entry)
    assert entry.state is ConfigEntryState.LOADED
    assert entry.minor_version == ShemsConfigFlow.MINOR_VERSION
    assert set(entry.options) == kept
    found = {each.subentry_type: each for each in entry.subentries.values()}
    assert dict(found["weather"].data) == {
        "weather": "weather.home",
        "temperature": "sensor.outdoor",
    }
    assert dict(found["presence"].data) == {"presence": "person.ann"}
    assert "carbon" not in found
    assert [found[kind].title for kind in ("weather", "presence")] == ["Forecast", "person.ann"]
    assert [found[kind].unique_id for kind in ("weather", "presence")] == ["weather", "presence"]
    around_it = entry.runtime_data.coordinator.configuration.surroundings
    assert (around_it.weather, around_it.presence) == ("weather.home", "person.ann")


async def test_a_home_that_is_up_to_date_stays_as_it_is(hass: HomeAssistant) -> None:
    entry = home(version=ShemsConfigFlow.VERSION, minor_version=ShemsConfigFlow.MINOR_VERSION)
    await set_up(hass, entry)
    assert entry.state is ConfigEntryState.LOADED
    assert ids(entry) == {"connection": None, "solar": None}


async def test_a_newer_minor_version_can_be_used_as_it_is(hass: HomeAssistant) -> None:
    """Home Assistant's rule: what older code cannot read needs a new major version."""
    entry = home(version=1, minor_version=ShemsConfigFlow.MINOR_VERSION + 1)
    await set_up(hass, entry)
    assert entry.state is ConfigEntryState.LOADED
    assert entry.minor_version == ShemsConfigFlow.MINOR_VERSION + 1


async def test_a_newer_home_is_refused_intact_and_the_user_is_told(hass: HomeAssistant) -> None:
    entry = home(version=2, minor_version=3)
    before = entry.as_dict()
    await set_up(hass, entry)
    assert entry.state is ConfigEntryState.MIGRATION_ERROR
    kept = ("version", "minor_version", "data", "options", "subentries")
    assert {key: entry.as_dict()[key] for key in kept} == {key: before[key] for key in kept}
    issue = ir.async_get(hass).async_get_issue("shems", f"{entry.entry_id}_newer")
    assert issue is not None
    assert issue.severity is ir.IssueSeverity.ERROR
    words = WORDS["issues"][str(issue.translation_key)]
    text = words["description"].format(**(issue.translation_placeholders or {}))
    assert "Casa" in text
    assert "2.3" in text
