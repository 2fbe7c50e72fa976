"""Two homes in one Home Assistant: whatever is asked for names the one it is about."""

from collections.abc import Callable
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator

from .conftest import ENTRY_ID, OPTIONS, settle, start, subentry

OTHER = "cottage"


@pytest.fixture
async def cottage(
    hass: HomeAssistant,
    home: HomeCoordinator,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> HomeCoordinator:
    """Return a second home, with nothing but a meter and a roof."""
    memory = remembered[f"{DOMAIN}.{ENTRY_ID}.memory"]
    key = f"{DOMAIN}.{OTHER}.memory"
    remembered[key] = {**memory, "key": key}
    entry = MockConfigEntry(
        domain=DOMAIN,
        entry_id=OTHER,
        title="Cottage",
        data={"kind": "home", "name": "Cottage"},
        options=OPTIONS,
        subentries_data=[
            subentry("connection", "Grid", "cottage_grid", grid_power=["sensor.grid"]),
            subentry("solar", "Roof", "cottage_roof", power="sensor.sun", peak_kw=3.0),
        ],
    )
    return await start(hass, entry, frozen)


ACTIONS: dict[str, dict[str, Any]] = {
    "optimize": {},
    "learn": {},
    "set_objective": {"objective": "self_sufficiency"},
    "set_grid_limit": {"import_kw": 1},
    "clear_grid_limit": {},
    "set_absence": {},
    "set_guests": {},
    "clear_occupancy": {},
    "export_data": {},
    "export_history": {},
    "erase_data": {"what": ["learned"], "confirm": True},
    "set_simulated_manners": {"device": "battery"},
}
READERS = ("get_plan", "get_forecast", "report")


async def test_an_action_without_a_home_asks_which_one(
    hass: HomeAssistant, cottage: HomeCoordinator
) -> None:
    for action, data in {**ACTIONS, **{key: {} for key in READERS}}.items():
        with pytest.raises(ServiceValidationError) as caught:
            await hass.services.async_call(
                DOMAIN, action, data, blocking=True, return_response=action in READERS
            )
        assert caught.value.translation_key == "home_not_named", action
        assert caught.value.translation_placeholders == {"homes": "Home, Cottage"}


async def test_an_action_reaches_the_home_that_it_names_alone(
    hass: HomeAssistant, home: HomeCoordinator, cottage: HomeCoordinator
) -> None:
    named = {"config_entry_id": OTHER}
    await hass.services.async_call(
        DOMAIN, "set_grid_limit", {**named, "import_kw": 1}, blocking=True
    )
    await hass.services.async_call(DOMAIN, "set_absence", named, blocking=True)
    await settle(hass)
    assert len(cottage.store.control.limits) == 1
    assert home.store.control.limits == ()
    assert hass.states.get("select.cottage_occupancy").state == "away"
    assert hass.states.get("select.home_occupancy").state == "normal"
    plan = await hass.services.async_call(
        DOMAIN, "get_plan", named, blocking=True, return_response=True
    )
    assert plan["steps"][0]["batteries"] == []


async def test_the_card_is_told_to_name_its_home(
    hass: HomeAssistant, cottage: HomeCoordinator, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "shems/plan/subscribe"})
    answer = await client.receive_json()
    assert answer["error"]["code"] == "home_not_named"
    assert "Home, Cottage" in answer["error"]["message"]
    await client.send_json_auto_id({"type": "shems/plan/subscribe", "entry_id": OTHER})
    assert (await client.receive_json())["success"]
    assert (await client.receive_json())["event"]["title"] == "Cottage"
    await hass.config_entries.async_unload(OTHER)
    await client.send_json_auto_id({"type": "shems/plan/subscribe", "entry_id": OTHER})
    answer = await client.receive_json()
    while "success" not in answer:
        answer = await client.receive_json()
    assert answer["error"]["code"] == "not_found"
    await client.send_json_auto_id({"type": "shems/plan/subscribe"})
    assert (await client.receive_json())["error"]["code"] == "home_not_named"


async def test_a_home_that_is_disabled_is_none_to_choose(
    hass: HomeAssistant, home: HomeCoordinator, cottage: HomeCoordinator
) -> None:
    await hass.config_entries.async_set_disabled_by(OTHER, ConfigEntryDisabler.USER)
    await settle(hass)
    assert await hass.services.async_call(
        DOMAIN, "get_plan", {}, blocking=True, return_response=True
    )
