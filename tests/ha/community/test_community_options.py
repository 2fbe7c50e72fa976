"""Communities are changed and left by flows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import InvalidData
from homeassistant.helpers.selector import QrCodeSelector
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.market import invitation
from custom_components.shems.files import HomeFile, UnwrittenError
from custom_components.shems.insight.holdings import files
from custom_components.shems.insight.privacy_record import PrivacyRecord
from tests.ha.community.conftest import issues
from tests.ha.community.exchange import Exchange
from tests.ha.community.joining import (
    community_of,
    invited,
    joined,
    options_flow,
    roster,
    talk,
)
from tests.ha.conftest import ENTRY_ID

Found = Callable[..., Any]


async def test_an_invitation_is_shown_as_text_and_as_qr_code(
    hass: HomeAssistant,
    exchange: Exchange,
    found: Found,
    hass_storage: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await hass.config.async_set_time_zone("UTC")
    street = await found()
    pages = await options_flow(hass, street, "community_invite")
    text = pages.suggested["text"]
    fields = {str(key): field for key, field in pages.result["data_schema"].schema.items()}
    assert isinstance(fields["qr"], QrCodeSelector)
    assert fields["qr"].config["data"] == text
    assert pages.result["description_placeholders"] == {
        "until": "2026-06-17 10:00",
        "fingerprint": community_of(street).fingerprint,
    }
    kept = hass_storage["shems.street.community"]["data"]["organiser"]
    assert len(kept["invitations"]) == 1, "it holds even if nothing is saved in order any more"
    await pages.again()
    assert pages.suggested["text"] == text, "a page that is shown again invites nobody else"
    monkeypatch.setattr(invitation, "MOST_OPEN", 1)
    pages = await options_flow(hass, street, "community_invite")
    assert pages.result["reason"] == "invitations_open"


async def test_what_can_be_changed_depends_on_who_one_is(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found()
    entry = await joined(hass, street, frozen)
    assert (await options_flow(hass, street)).result["menu_options"] == [
        "community_about",
        "community_invite",
        "community_members",
        "community_changes",
    ]
    assert (await options_flow(hass, entry)).result["menu_options"] == [
        "community_about",
        "community_consents",
        "community_home",
        "community_leave",
    ]
    pages = await options_flow(hass, entry, "community_about")
    assert community_of(street).fingerprint in pages.said
    assert community_of(entry).fingerprint in pages.said
    assert "Number 2" in pages.said
    await pages.choose("init")
    await hass.config_entries.async_unload(street.entry_id)
    pages = await options_flow(hass, street)
    assert pages.result["reason"] == "community_not_running"


async def change(hass: HomeAssistant, street: MockConfigEntry, hid: str, **given: Any) -> Any:
    """Change a member; return what the flow answers."""
    pages = await options_flow(hass, street, "community_members")
    await pages.give(member=hid)
    return await pages.give(**given)


async def test_the_organiser_changes_rules_and_members(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found()
    entry = await joined(hass, street, frozen)
    pages = await options_flow(hass, street, "community_changes")
    before = pages.suggested
    await pages.give(**{**before, "price": 40})
    assert pages.result["errors"] == {"base": "rules_price_outside"}
    await pages.give(**{**before, "price": 12, "key": "static"})
    await talk(hass, frozen)
    assert roster(entry).rules.price == 12_000_000

    hid = roster(entry).members[1].hid
    await change(hass, street, hid, role="standby", key_percent=25, remove=False)
    await talk(hass, frozen)
    assert roster(entry).member(hid).key_ppm == 250_000
    assert roster(entry).order[-1] == hid
    assert community_of(entry).coordinator is not None

    await change(hass, street, hid, role="coordinator", key_percent=25, remove=False)
    await talk(hass, frozen)
    assert roster(entry).order[0] == hid

    own = community_of(street).hid
    await change(hass, street, own, role="home", key_percent=0)
    await talk(hass, frozen)
    assert roster(entry).order == (hid,)
    assert community_of(street).coordinator is None
    assert hass.states.get("sensor.our_street_last_slot").state == "unknown"
    await change(hass, street, own, role="coordinator", key_percent=0)

    await change(hass, street, hid, role="home", key_percent=25, remove=True)
    await talk(hass, frozen)
    assert hid not in roster(street)
    assert issues(hass, entry.entry_id) == {"community_removed"}
    assert community_of(entry).coordinator is None
    assert home.planner.neighbours is None


async def test_somebody_has_to_coordinate(
    hass: HomeAssistant, exchange: Exchange, found: Found
) -> None:
    street = await found()
    result = await change(hass, street, roster(street).members[0].hid, role="home")
    assert result["errors"] == {"base": "members_do_not_fit"}


async def test_what_cannot_be_saved_is_told_nobody(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    street = await found()
    entry = await joined(hass, street, frozen)

    async def full(*_: Any) -> None:
        raise UnwrittenError("disk_unwritable", free_mb="0", disk="/config")

    sent = len(exchange.sent)
    with monkeypatch.context() as patched:
        patched.setattr(HomeFile, "async_write", full)
        pages = await options_flow(hass, street, "community_changes")
        await pages.give(**{**pages.suggested, "price": 12})
        assert pages.result["errors"] == {"base": "disk_unwritable"}
        hid = roster(street).members[0].hid
        result = await change(hass, street, hid, role="coordinator")
        assert result["errors"] == {"base": "disk_unwritable"}
        pages = await options_flow(hass, entry, "community_consents")
        await pages.give(sharing=False, planning=False, small_outlook=False)
        assert pages.result["errors"] == {"base": "disk_unwritable"}
        pages = await options_flow(hass, entry, "community_leave")
        await pages.give(erase=True, confirm=True)
        assert pages.result["errors"] == {"base": "disk_unwritable"}
        pages = await options_flow(hass, street, "community_invite")
        assert pages.result["errors"] == {"base": "disk_unwritable"}
    assert len(exchange.sent) == sent
    await pages.give()
    assert pages.suggested["text"].startswith("shems1:"), "there is room again"


async def test_a_home_takes_its_consent_back(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    entry = await joined(hass, await found(), frozen)
    pages = await options_flow(hass, entry, "community_consents")
    assert pages.suggested["planning"] is True
    await pages.give(sharing=True, planning=False, small_outlook=False)
    node = community_of(entry).node
    assert node is not None
    assert node.purposes == {"sharing"}
    assert entry.data["purposes"] == ["sharing"]
    notes = await PrivacyRecord(hass, ENTRY_ID).async_entries()
    assert [each["purposes"] for each in notes][-1] == ["sharing"]


async def test_another_home_takes_part(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found(home="gone")
    assert "community_home_missing" in issues(hass)
    pages = await options_flow(hass, street, "community_home")
    await pages.give(home=ENTRY_ID)
    await talk(hass, frozen)
    assert community_of(street).home is home
    assert issues(hass) == set()
    assert street.unique_id == f"{street.data['cid']}_{ENTRY_ID}"


async def test_a_home_that_is_in_the_community_cannot_stand_for_another(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found(home="gone")
    await joined(hass, street, frozen)
    pages = await options_flow(hass, street, "community_home")
    with pytest.raises(InvalidData):
        await pages.give(home=ENTRY_ID)
    assert street.data["home"] == "gone"


@pytest.mark.parametrize("erase", [True, False])
async def test_a_home_leaves(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
    array_folder: Path,
    erase: bool,
) -> None:
    street = await found()
    entry = await joined(hass, street, frozen)
    assert files(hass, entry.entry_id)
    asked: list[str] = []
    accounts = community_of(street).coordinator.ledger  # type: ignore[union-attr]  # The organiser coordinates.
    accounts.erase = asked.append  # type: ignore[attr-defined]  # The file's, which can erase.
    hid = community_of(entry).hid
    pages = await options_flow(hass, entry, "community_leave")
    await pages.give(erase=erase, confirm=False)
    assert pages.result["errors"] == {"confirm": "leave_unconfirmed"}
    await pages.give(erase=erase, confirm=True)
    assert pages.result["reason"] == "community_left"
    await talk(hass, frozen)
    assert hass.config_entries.async_get_entry(entry.entry_id) is None
    assert files(hass, entry.entry_id) == {}
    assert hid not in roster(street)
    assert set(asked) == ({hid} if erase else set())
    assert (await PrivacyRecord(hass, ENTRY_ID).async_entries())[-1]["purposes"] == []


async def test_who_left_can_be_invited_again(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found()
    entry = await joined(hass, street, frozen)
    pages = await options_flow(hass, entry, "community_leave")
    await pages.give(erase=True, confirm=True)
    await talk(hass, frozen)
    again = await joined(hass, street, frozen)
    assert len(roster(again).members) == 2
    assert await invited(hass, street)
