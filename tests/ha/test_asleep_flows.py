"""What sleeps now can be chosen, after a warning; a home that cannot be is not made."""

from collections.abc import Generator
from typing import Any
from unittest.mock import patch

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.devices import KINDS
from custom_components.shems.flows.subentry import DeviceFlow
from custom_components.shems.sources.error import SourceError

from .flow_pages import config_flow, measure, subentry_flow


@pytest.fixture(autouse=True)
def _alone() -> Generator[None]:
    """Set nothing up: the flows are looked at alone."""
    with patch("custom_components.shems.async_setup_entry", return_value=True):
        yield


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    measure(hass, "sensor.plug", "W", "unavailable")
    home = MockConfigEntry(domain="shems", data={"kind": "home", "name": "Casa"}, options={})
    home.add_to_hass(hass)
    return home


async def test_a_device_that_sleeps_is_stored_after_a_warning(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "load")
    await pages.give(name="Plug", power="sensor.plug")
    assert pages.result["step_id"] == "asleep"
    assert "plug is unavailable since" in pages.said
    assert entry.subentries == {}
    await pages.again()
    assert pages.result["step_id"] == "asleep", "a page that is loaded again stores nothing"
    await pages.give()
    assert pages.result["type"] is FlowResultType.CREATE_ENTRY
    (plug,) = entry.subentries.values()
    assert plug.data == {"power": "sensor.plug"}


async def test_surroundings_that_sleep_are_stored_after_a_warning(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    hass.states.async_set("weather.home", "unavailable")
    pages = await subentry_flow(hass, entry.entry_id, "weather")
    await pages.give(weather="weather.home")
    assert pages.result["step_id"] == "asleep"
    await pages.again()
    assert entry.subentries == {}
    await pages.give()
    (weather,) = entry.subentries.values()
    assert weather.data == {"weather": "weather.home"}


async def test_a_home_that_cannot_be_is_not_offered_to_be_made(hass: HomeAssistant) -> None:
    measure(hass, "sensor.grid", "W")
    pages = await config_flow(hass)
    await pages.choose("home")
    await pages.choose("manual")
    await pages.give(name="Casa")
    limits: dict[str, Any] = {"import_limit_kw": 17.0, "export_limit_kw": 17.0}
    await pages.give(
        name="Grid", grid_power=["sensor.grid"], grid_power_inverted=False, limits=limits
    )
    await pages.give(source="fixed")
    problem = SourceError("device_invalid", device="Grid", detail="too small")
    with patch("custom_components.shems.flows.setup.configured", side_effect=problem):
        await pages.give(buy_fee=0.3, sell_fee=0.0)
        assert pages.result["menu_options"] == ["change"]
        assert "Grid" in pages.said
        assert "too small" in pages.said
    await pages.choose("change")
    await pages.give(check=[])
    assert pages.result["menu_options"] == ["finish", "change"]


async def test_a_second_home_gets_a_name_of_its_own(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    pages = await config_flow(hass)
    await pages.choose("home")
    await pages.choose("manual")
    assert pages.suggested == {"name": "My home"}
    for name in ("My home", "My home 2"):
        MockConfigEntry(domain="shems", data={"kind": "home", "name": name}).add_to_hass(hass)
    pages = await config_flow(hass)
    await pages.choose("home")
    await pages.choose("manual")
    assert pages.suggested == {"name": "My home 3"}


def test_a_step_that_is_no_page_of_a_device_is_none() -> None:
    with pytest.raises(AttributeError):
        _ = DeviceFlow().async_step_elsewhere


def test_a_thermostat_that_sleeps_offers_what_was_chosen(hass: HomeAssistant) -> None:
    data = {"thermostat": "climate.room", "driven_mode": "heat", "driven_preset": "eco"}
    page = KINDS["heating"].forms(data)[-1]
    offered = {str(key): each for key, each in page.fields(hass, data).items()}
    assert offered["released_mode"].config["options"] == ["heat"]
    assert offered["driven_preset"].config["options"] == ["eco"]
    plain = page.keys(hass, {"thermostat": "climate.room"})
    assert plain == {"released_c", "hysteresis_k"}, "a choice of nothing is none"
