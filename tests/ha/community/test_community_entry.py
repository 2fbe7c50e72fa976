"""A community is an entry of its own: homes neither see it nor stand for it."""

import pytest
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from tests.ha.community.founding import founded


@pytest.fixture
async def community(hass: HomeAssistant) -> MockConfigEntry:
    """Set a community up beside the home."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        entry_id="street",
        title="Our street",
        data=founded(),
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    return entry


async def test_a_home_need_not_be_named_beside_a_community(
    hass: HomeAssistant, home: HomeCoordinator, community: MockConfigEntry
) -> None:
    assert community.state is ConfigEntryState.LOADED
    answer = await hass.services.async_call(
        DOMAIN, "get_plan", {}, blocking=True, return_response=True
    )
    assert answer["status"] == home.data.status


async def test_an_action_of_homes_refuses_a_community(
    hass: HomeAssistant, home: HomeCoordinator, community: MockConfigEntry
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await hass.services.async_call(
            DOMAIN,
            "get_plan",
            {"config_entry_id": community.entry_id},
            blocking=True,
            return_response=True,
        )
    assert refused.value.translation_key == "not_a_home"


async def test_a_community_is_unloaded_and_removed(
    hass: HomeAssistant, community: MockConfigEntry
) -> None:
    assert await hass.config_entries.async_unload(community.entry_id)
    assert community.state is ConfigEntryState.NOT_LOADED
    await hass.config_entries.async_remove(community.entry_id)
    assert not hass.config_entries.async_entries(DOMAIN)
