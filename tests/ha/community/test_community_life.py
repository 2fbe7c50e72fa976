"""Communities are reloaded, unloaded and removed, and leave nothing behind."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant

from custom_components.shems.community.ledger_file import CommunityLedger
from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.insight.holdings import files
from custom_components.shems.ledger_database import NewerLedgerError
from tests.ha.community.conftest import STREET, issues
from tests.ha.community.exchange import Exchange
from tests.ha.community.joining import community_of, joined, roster, talk
from tests.ha.conftest import ENTRY_ID, advance

Found = Callable[..., Any]


async def test_who_is_reloaded_is_who_it_was(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found()
    entry = await joined(hass, street, frozen)
    before = [(community_of(each).hid, roster(each)) for each in (street, entry)]
    listening = len(exchange.heard)
    for each in (street, entry):
        assert await hass.config_entries.async_reload(each.entry_id)
    await talk(hass, frozen)
    assert [(community_of(each).hid, roster(each)) for each in (street, entry)] == before
    assert len(exchange.heard) == listening
    node = community_of(entry).node
    assert node is not None
    assert node.purposes == {"sharing", "planning", "small_outlook"}


async def test_who_ends_says_so_and_hears_nothing(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found()
    entry = await joined(hass, street, frozen)
    hid, coordinator = community_of(entry).hid, community_of(street).coordinator
    assert coordinator is not None
    assert await hass.config_entries.async_unload(entry.entry_id)
    await talk(hass, frozen)
    assert hid not in coordinator.online
    assert home.planner.neighbours is None
    assert await hass.config_entries.async_unload(STREET)
    assert exchange.heard == []
    sent = len(exchange.sent)
    await advance(hass, frozen, 1000)
    assert len(exchange.sent) == sent
    assert home.config_entry.state is ConfigEntryState.LOADED


async def test_a_community_that_is_removed_leaves_no_file(
    hass: HomeAssistant, exchange: Exchange, found: Found, array_folder: Path
) -> None:
    await found()
    assert {"neighbours"} <= set(files(hass, STREET).values())
    await hass.config_entries.async_remove(STREET)
    assert files(hass, STREET) == {}
    assert not hass.config_entries.async_entries(DOMAIN)


def damage(path: Path) -> None:
    """Put something else in the place of a database, with what belongs to it."""
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()
    path.write_bytes(b"no database" * 1000)


async def test_a_ledger_that_is_damaged_is_put_aside(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    array_folder: Path,
) -> None:
    await found(home=ENTRY_ID)
    await hass.config_entries.async_unload(STREET)
    path = array_folder / f"{DOMAIN}.{STREET}.neighbours.db"
    await hass.async_add_executor_job(damage, path)
    assert await hass.config_entries.async_setup(STREET)
    assert issues(hass) == {"unreadable_neighbours"}
    assert f"{path.name}.unreadable" in {each.name for each in files(hass, STREET)}


async def test_a_ledger_of_a_newer_release_is_left_alone(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    street = await found(home=ENTRY_ID)
    await hass.config_entries.async_unload(STREET)

    def newer(_: CommunityLedger) -> None:
        raise NewerLedgerError(99)

    with monkeypatch.context() as patched:
        patched.setattr(CommunityLedger, "open", newer)
        assert not await hass.config_entries.async_setup(STREET)
    assert street.error_reason_translation_key == "file_newer"
