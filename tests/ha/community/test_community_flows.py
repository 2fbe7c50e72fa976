"""Communities are begun by flows."""

from collections.abc import Callable
from typing import Any

import pytest
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.market.roster import Roster
from custom_components.shems.insight.privacy_record import PrivacyRecord
from tests.ha.community.brokers import Broker
from tests.ha.community.conftest import community_of
from tests.ha.conftest import ENTRY_ID, settle
from tests.ha.flow_pages import Pages, config_flow

Found = Callable[..., Any]
CONSENT = {"sharing": True, "planning": True, "small_outlook": False}


def roster(entry: MockConfigEntry) -> Roster:
    """Return the members as an entry knows them."""
    found = community_of(entry).roster
    assert found is not None
    return found


async def created(hass: HomeAssistant, **changes: Any) -> Pages:
    """Walk to the rules of a new community and submit them."""
    pages = await config_flow(hass)
    await pages.choose("community")
    await pages.choose("community_create")
    await pages.give(name="Our street", country="AT", home=ENTRY_ID)
    assert pages.result["step_id"] == "community_rules"
    await pages.give(**{**pages.suggested, **changes})
    return pages


async def test_a_community_is_begun_with_a_home_in_it(
    hass: HomeAssistant, home: HomeCoordinator, broker: Broker
) -> None:
    pages = await created(hass, price=15)
    assert pages.result["step_id"] == "community_consent"
    await pages.give(sharing=False, planning=True, small_outlook=False)
    assert pages.result["errors"] == {"sharing": "consent_needed"}
    assert pages.suggested["planning"] is True, "nothing chosen is lost"
    await pages.give(**CONSENT)
    assert pages.result["type"] is FlowResultType.CREATE_ENTRY
    await settle(hass)
    entry = pages.result["result"]
    assert entry.state is ConfigEntryState.LOADED
    assert roster(entry).rules.price == 15_000_000
    assert roster(entry).members[0].limit_wh == 4250, "17 kW in a quarter of an hour"
    (note,) = await PrivacyRecord(hass, ENTRY_ID).async_entries()
    assert note["what"] == "consented"
    assert note["purposes"] == ["sharing", "planning"]


async def test_an_organiser_needs_no_home(hass: HomeAssistant, broker: Broker) -> None:
    pages = await config_flow(hass)
    await pages.choose("community")
    await pages.choose("community_create")
    await pages.give(name="Our street", country="other")
    await pages.give(**pages.suggested)
    assert pages.result["type"] is FlowResultType.CREATE_ENTRY
    await settle(hass)
    community = community_of(pages.result["result"])
    assert community.node is None
    assert community.coordinator is not None


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"price": 7}, "rules_price_outside"),
        ({"fee": -1}, "rules_negative"),
        ({"fee": 25}, "rules_no_room"),
        ({"minutes": "60"}, "rules_interval_unsupported"),
        ({"mode": "p2p"}, "rules_basis_missing"),
    ],
)
async def test_rules_that_cannot_be_are_shown_again(
    hass: HomeAssistant,
    home: HomeCoordinator,
    broker: Broker,
    changes: dict[str, Any],
    error: str,
) -> None:
    pages = await created(hass, **changes)
    assert pages.result["errors"] == {"base": error}
    name, value = next(iter(changes.items()))
    assert pages.suggested[name] == value, "nothing typed is lost"


async def test_trading_is_agreed_to_where_there_is_any(
    hass: HomeAssistant, home: HomeCoordinator, broker: Broker
) -> None:
    pages = await created(hass, mode="p2p", legal_basis="§ 68 ElWG")
    assert "trading" in {str(each) for each in pages.result["data_schema"].schema}


@pytest.mark.parametrize(("name", "error"), [(" ", "name_empty"), ("x" * 41, "name_long")])
async def test_a_community_has_a_name_that_fits(
    hass: HomeAssistant, broker: Broker, name: str, error: str
) -> None:
    pages = await config_flow(hass)
    await pages.choose("community")
    await pages.choose("community_create")
    await pages.give(name=name, country="AT")
    assert pages.result["errors"] == {"name": error}


async def test_a_community_is_not_begun_without_mqtt(hass: HomeAssistant) -> None:
    pages = await config_flow(hass)
    await pages.choose("community")
    await pages.choose("community_create")
    await pages.give(name="Our street", country="AT")
    assert pages.result["errors"] == {"base": "mqtt_missing"}
    assert pages.suggested["name"] == "Our street"
