"""Homes join communities by invitation."""

from collections.abc import Callable
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.community import meeting
from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from tests.ha.community.conftest import issues
from tests.ha.community.exchange import Exchange
from tests.ha.community.joining import (
    CONSENT,
    asked_to_join,
    community_of,
    invited,
    joined,
    roster,
    talk,
)
from tests.ha.conftest import ENTRY_ID, advance

Found = Callable[..., Any]


async def test_a_home_joins_by_invitation(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found()
    entry = await joined(hass, street, frozen)
    assert roster(entry) == roster(street)
    member = roster(street).members[1]
    assert (member.label, member.limit_wh) == ("Number 2", 4250)
    assert issues(hass, entry.entry_id) == set()
    assert not community_of(entry).waiting
    assert community_of(entry).home is home
    coordinator = community_of(street).coordinator
    assert coordinator is not None
    assert member.hid in coordinator.online


async def test_whose_community_it_is_and_what_holds_is_shown_before_joining(
    hass: HomeAssistant, home: HomeCoordinator, exchange: Exchange, found: Found
) -> None:
    street = await found()
    pages = await asked_to_join(hass, await invited(hass, street))
    facts = pages.result["description_placeholders"]
    assert facts["fingerprint"] == community_of(street).fingerprint
    assert (facts["name"], facts["price"], facts["minutes"]) == ("Our street", "14", "15")
    await pages.give(sharing=False, planning=True, small_outlook=False)
    assert pages.result["errors"] == {"sharing": "consent_needed"}
    assert exchange.topics("join") == [], "nothing is told before it is agreed to"


async def test_who_joined_settles_nothing_for_the_others(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    entry = await joined(hass, await found(), frozen)
    with pytest.raises(ServiceValidationError) as refused:
        await hass.services.async_call(
            DOMAIN,
            "community_import_settlement",
            {"config_entry_id": entry.entry_id, "csv": "", "points": {}},
            blocking=True,
        )
    assert refused.value.translation_key == "settlement_elsewhere"


async def test_an_invitation_admits_one_home(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found()
    text = await invited(hass, street)
    other = MockConfigEntry(domain=DOMAIN, entry_id="other", data={"kind": "home"})
    other.add_to_hass(hass)
    for each in (ENTRY_ID, "other"):
        pages = await asked_to_join(hass, text, home=each)
        await pages.give(**CONSENT)
        await talk(hass, frozen)
    assert len(roster(street).members) == 2
    assert community_of(pages.result["result"]).waiting


async def test_a_home_is_in_a_community_once(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found()
    await joined(hass, street, frozen)
    pages = await asked_to_join(hass, await invited(hass, street))
    await pages.give(**CONSENT)
    assert pages.result["reason"] == "already_configured"


async def test_an_invitation_is_read_whole_and_in_time(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    text = await invited(hass, await found())
    pages = await asked_to_join(hass, text[:-5])
    assert pages.result["errors"] == {"invitation": "invitation_unreadable"}
    assert pages.suggested["invitation"] == text[:-5]
    await pages.give(invitation=text, home="home", label="x" * 41)
    assert pages.result["errors"] == {"label": "name_long"}
    await pages.give(invitation=f" {text[:40]}\n{text[40:]} ", home="home")
    assert pages.result["step_id"] == "community_meet", "people paste blanks, too"
    frozen.tick(8 * 86_400)
    pages = await asked_to_join(hass, text)
    assert pages.result["errors"] == {"invitation": "invitation_over"}


@pytest.mark.parametrize("payload", [None, b"of somebody else", "no bytes"])
async def test_a_community_that_does_not_answer_is_not_joined(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    monkeypatch: pytest.MonkeyPatch,
    payload: Any,
) -> None:
    text = await invited(hass, await found())
    (topic,) = set(exchange.topics("pub/roster"))
    exchange.retained = {} if payload is None else {topic: payload}
    monkeypatch.setattr(meeting, "PATIENCE_S", 0.0)
    listening = len(exchange.heard)
    pages = await asked_to_join(hass, text)
    assert pages.result["errors"] == {"base": "community_silent"}
    assert pages.result["description_placeholders"]["community"] == "Our street"
    assert len(exchange.heard) == listening


async def test_a_community_is_not_joined_while_its_broker_is_away(
    hass: HomeAssistant, home: HomeCoordinator, exchange: Exchange, found: Found
) -> None:
    text = await invited(hass, await found())
    exchange.connected = False
    pages = await asked_to_join(hass, text)
    assert pages.result["errors"] == {"base": "mqtt_disconnected"}
    exchange.load(False)
    pages = await asked_to_join(hass, text)
    assert pages.result["errors"] == {"base": "mqtt_missing"}
    exchange.load(True)


async def test_who_joins_while_the_organiser_is_away_is_admitted_later(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found()
    text = await invited(hass, street)
    await hass.config_entries.async_unload(street.entry_id)
    pages = await asked_to_join(hass, text)
    await pages.give(**CONSENT)
    await talk(hass, frozen)
    entry = pages.result["result"]
    assert community_of(entry).waiting
    assert await hass.config_entries.async_reload(entry.entry_id)
    assert await hass.config_entries.async_setup(street.entry_id)
    await advance(hass, frozen, 301)
    await talk(hass, frozen)
    assert not community_of(entry).waiting
    assert len(roster(street).members) == 2


async def test_an_invitation_that_nobody_answered_ends(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found()
    text = await invited(hass, street)
    await hass.config_entries.async_unload(street.entry_id)
    pages = await asked_to_join(hass, text)
    await pages.give(**CONSENT)
    await talk(hass, frozen)
    entry = pages.result["result"]
    assert issues(hass, entry.entry_id) == set()
    asked = len(exchange.topics("join"))
    assert asked > 0
    await advance(hass, frozen, 8 * 86_400)
    await talk(hass, frozen)
    assert issues(hass, entry.entry_id) == {"community_invitation_over"}
    assert len(exchange.topics("join")) == asked
    await hass.config_entries.async_remove(entry.entry_id)
    assert issues(hass, entry.entry_id) == set()


async def test_who_joins_before_mqtt_is_there_asks_as_soon_as_it_is(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found()
    pages = await asked_to_join(hass, await invited(hass, street))
    exchange.load(False)
    await pages.give(**CONSENT)
    await talk(hass, frozen)
    exchange.load(True)
    await talk(hass, frozen)
    assert len(roster(street).members) == 2
