"""Walk through the flows of a community as its people do."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.community import Community
from custom_components.shems.core.market.roster import Roster
from tests.ha.conftest import ENTRY_ID, advance, settle
from tests.ha.flow_pages import WORDS, Pages, config_flow

CONSENT = {"sharing": True, "planning": True, "small_outlook": True}


def community_of(entry: MockConfigEntry) -> Community:
    """Return what an entry runs."""
    community: Community = entry.runtime_data
    return community


def roster(entry: MockConfigEntry) -> Roster:
    """Return the members as an entry knows them."""
    found = community_of(entry).roster
    assert found is not None
    return found


async def talk(hass: HomeAssistant, frozen: FrozenDateTimeFactory, turns: int = 3) -> None:
    """Let messages go to and fro."""
    for _ in range(turns):
        await advance(hass, frozen, 1)


async def options_flow(hass: HomeAssistant, entry: MockConfigEntry, *ways: str) -> Pages:
    """Begin to change a community, and choose from its menus."""
    pages = Pages(hass.config_entries.options, WORDS["options"])
    await pages.begin(entry.entry_id, {})
    for each in ways:
        await pages.choose(each)
    return pages


async def invited(hass: HomeAssistant, street: MockConfigEntry) -> str:
    """Return the text of an invitation."""
    pages = await options_flow(hass, street, "community_invite")
    text: str = pages.suggested["text"]
    assert (await pages.give(text=text))["type"] is FlowResultType.CREATE_ENTRY
    return text


async def asked_to_join(hass: HomeAssistant, text: str, **given: Any) -> Pages:
    """Enter an invitation."""
    pages = await config_flow(hass)
    await pages.choose("community")
    await pages.choose("community_join")
    await pages.give(**{"invitation": text, "home": ENTRY_ID, **given})
    return pages


async def joined(
    hass: HomeAssistant,
    street: MockConfigEntry,
    frozen: FrozenDateTimeFactory,
    home: str = ENTRY_ID,
    **consent: bool,
) -> MockConfigEntry:
    """Join a community with a home, by its flow."""
    pages = await asked_to_join(hass, await invited(hass, street), home=home, label="Number 2")
    assert pages.result["step_id"] == "community_meet", pages.result["errors"]
    await pages.give(**{**CONSENT, **consent})
    assert pages.result["type"] is FlowResultType.CREATE_ENTRY
    await settle(hass)
    await talk(hass, frozen)
    entry: MockConfigEntry = pages.result["result"]
    return entry
