"""A broker, an organiser and what a community's tests have in common."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.community import Community
from custom_components.shems.const import DOMAIN
from tests.ha.community.brokers import Broker
from tests.ha.community.exchange import Exchange
from tests.ha.community.founding import founded
from tests.ha.conftest import settle

STREET = "street"


@pytest.fixture
def expected_lingering_timers() -> bool:
    """Let the mqtt client's own timer be: the test plugin's client never ends it."""
    return True


@pytest.fixture
async def broker(
    hass: HomeAssistant, mqtt_mock: Any, mqtt_client_mock: Any
) -> AsyncIterator[Broker]:
    """Connect Home Assistant's mqtt integration to a broker; in the end leave no timer."""
    yield Broker(hass, mqtt_client_mock)
    for domain in (DOMAIN, "mqtt"):
        for entry in hass.config_entries.async_loaded_entries(domain):
            await hass.config_entries.async_unload(entry.entry_id)


@pytest.fixture
async def exchange(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Exchange]:
    """Put a broker in the place of Home Assistant's mqtt client; in the end nobody listens."""
    made = Exchange(hass, monkeypatch)
    yield made
    for entry in hass.config_entries.async_loaded_entries(DOMAIN):
        await hass.config_entries.async_unload(entry.entry_id)
    assert made.heard == []


@pytest.fixture
def found(hass: HomeAssistant) -> Callable[..., Any]:
    """Return what sets a community up that is organised here."""

    async def make(entry_id: str = STREET, **data: Any) -> MockConfigEntry:
        entry = MockConfigEntry(
            domain=DOMAIN, entry_id=entry_id, title="Our street", data=founded(**data)
        )
        entry.add_to_hass(hass)
        await hass.config_entries.async_setup(entry.entry_id)
        await settle(hass)
        return entry

    return make


def community_of(entry: MockConfigEntry) -> Community:
    """Return what an entry runs."""
    community: Community = entry.runtime_data
    return community


def issues(hass: HomeAssistant, entry_id: str = STREET) -> set[str]:
    """Return the codes of the repair issues of an entry."""
    return {
        issue_id.removeprefix(f"{entry_id}_")
        for domain, issue_id in ir.async_get(hass).issues
        if domain == DOMAIN and issue_id.startswith(f"{entry_id}_")
    }
