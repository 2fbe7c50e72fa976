"""What goes wrong with a community is told, taken back, and harms no home."""

from collections.abc import Callable
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant

from custom_components.shems.community import Community
from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.market.bodies import PublicResult, SlotState
from custom_components.shems.core.market.outgoing import Event
from custom_components.shems.core.market.verify import SlotView
from custom_components.shems.files import HomeFile, UnwrittenError
from tests.ha.community.conftest import STREET, issues
from tests.ha.community.exchange import Exchange
from tests.ha.community.joining import community_of, joined, roster, talk
from tests.ha.conftest import ENTRY_ID, advance, settle

Found = Callable[..., Any]


async def happens(community: Community, code: str, value: float = 0.0) -> None:
    """Let the home of a community find something out."""
    node = community.node
    assert node is not None
    node.events.append(Event(code, 0.0, value=value))
    await community.async_try(lambda _parties, _at: [])


async def test_without_mqtt_a_home_goes_on(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found(home=ENTRY_ID)
    assert issues(hass) == set()
    exchange.load(False)
    assert exchange.heard == [], "nothing is kept for the next start of mqtt"
    await settle(hass)
    assert issues(hass) == {"community_mqtt_missing"}
    await advance(hass, frozen, 1000)
    assert issues(hass) == {"community_mqtt_missing"}, "one thing is wrong, not two"
    assert home.config_entry.state is ConfigEntryState.LOADED
    assert home.data.plan is not None
    exchange.load(True)
    await talk(hass, frozen)
    assert issues(hass) == set()
    assert exchange.heard != []
    assert community_of(street).peers.connected


async def test_a_broker_that_stays_away_is_told_after_a_while(
    hass: HomeAssistant, exchange: Exchange, found: Found, frozen: FrozenDateTimeFactory
) -> None:
    await found()
    exchange.connect(False)
    await advance(hass, frozen, 800)
    assert issues(hass) == set()
    sent = len(exchange.sent)
    await advance(hass, frozen, 200)
    assert issues(hass) == {"community_offline"}
    assert len(exchange.sent) == sent, "nobody acts who hears nobody"
    exchange.connect(True)
    await talk(hass, frozen)
    assert issues(hass) == set()
    assert len(exchange.sent) > sent


async def test_a_clock_that_is_wrong_is_told_until_it_is_right(
    hass: HomeAssistant, home: HomeCoordinator, exchange: Exchange, found: Found
) -> None:
    street = community_of(await found(home=ENTRY_ID))
    await happens(street, "skewed", -44.6)
    assert issues(hass) == {"community_skewed"}
    await happens(street, "skew_over")
    assert issues(hass) == set()


async def test_an_organiser_hears_of_a_clock_that_keeps_a_home_out(
    hass: HomeAssistant, home: HomeCoordinator, exchange: Exchange, found: Found
) -> None:
    street = community_of(await found(home=ENTRY_ID))
    await happens(street, "join_skewed", -300.4)
    assert issues(hass) == {"community_join_skewed"}
    await happens(street, "joined")
    assert issues(hass) == set()


async def test_coordinators_that_contradict_each_other_are_told_until_the_community_goes(
    hass: HomeAssistant, home: HomeCoordinator, exchange: Exchange, found: Found
) -> None:
    street = await found(home=ENTRY_ID)
    await happens(community_of(street), "conflict")
    assert issues(hass) == {"community_conflict"}
    await hass.config_entries.async_remove(STREET)
    assert issues(hass) == set()


async def test_a_slot_that_coordinators_contradict_each_other_about_is_void(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    entry = await joined(hass, await found(), frozen)
    community = community_of(entry)
    public = PublicResult(SlotState.PROVISIONAL, 0, 2, 300, 200, 200, 14, bytes(32), bytes(32))
    node = community.node
    assert node is not None
    node.views[900] = SlotView(900, public=dict(public.to_json()))
    node.events.append(Event("conflict", 0.0, slot=900))
    await community.async_try(lambda _parties, _at: [])
    (kept,) = await hass.async_add_executor_job(community.ledger.current, 900, 1800)
    assert kept.state == "void"
    assert issues(hass, entry.entry_id) == {"community_conflict"}


async def test_a_home_that_is_gone_is_told(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found(home=ENTRY_ID)
    await hass.config_entries.async_unload(ENTRY_ID)
    await advance(hass, frozen, 61)
    assert issues(hass) == set(), "it is only away"
    assert community_of(street).home is None
    await hass.config_entries.async_remove(ENTRY_ID)
    await advance(hass, frozen, 61)
    assert issues(hass) == {"community_home_missing"}


async def test_who_was_removed_is_told_so_and_goes_on_alone(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found()
    entry = await joined(hass, street, frozen)
    gone = community_of(entry).hid
    await community_of(street).async_change(roster(street).without_member(gone))
    await talk(hass, frozen)
    assert issues(hass, entry.entry_id) == {"community_removed"}
    sent = [topic for topic, _ in exchange.sent if f"/{gone}/" in topic]
    home.async_request_plan()
    await advance(hass, frozen, 61)
    assert [topic for topic, _ in exchange.sent if f"/{gone}/" in topic] == sent
    assert home.data.plan is not None


async def test_brokers_of_an_older_protocol_will_do(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found()
    entry = await joined(hass, street, frozen)
    exchange.old = True
    await community_of(entry).async_leave(erase=False)
    await talk(hass, frozen)
    assert len(exchange.topics("leave")) == 1, "what has an expiry is sent without"
    assert len(roster(street).members) == 1
    exchange.refusing = True
    sent = len(exchange.sent)
    await advance(hass, frozen, 61)
    assert len(exchange.sent) == sent


async def test_what_a_broker_did_not_take_is_said_again(
    hass: HomeAssistant, exchange: Exchange, found: Found, frozen: FrozenDateTimeFactory
) -> None:
    exchange.deaf = True
    await found()
    assert exchange.sent == []
    exchange.deaf = False
    exchange.connect(False)
    exchange.connect(True)
    await talk(hass, frozen)
    assert exchange.topics("pub/roster") != []


async def test_nonsense_is_refused_and_counted(
    hass: HomeAssistant, home: HomeCoordinator, exchange: Exchange, found: Found
) -> None:
    street = community_of(await found(home=ENTRY_ID))
    base = f"shems/v1/{street.entry.data['cid']}"
    for topic, payload in (
        (f"{base}/coord/lease", b"nonsense"),
        (f"{base}/pub/outlook", "text"),
        (f"{base}/aaaaaaaaaaaaaaaa/join", b"nonsense"),
        (f"{base}/pub/what", b""),
    ):
        exchange.tell(topic, payload)  # type: ignore[arg-type]  # Brokers are asked for bytes.
    await settle(hass)
    assert sum(street.refused.values()) > 0
    assert issues(hass) == set()


async def test_nothing_is_told_before_it_can_be_saved(
    hass: HomeAssistant,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    street = await found()

    async def full(*_: Any) -> None:
        raise UnwrittenError("disk_unwritable", free_mb="0", disk="/config")

    with monkeypatch.context() as patched:
        patched.setattr(HomeFile, "async_write", full)
        sent = len(exchange.sent)
        await advance(hass, frozen, 61)
        await community_of(street).async_try(lambda parties, at: parties.connected(at))
        assert len(exchange.sent) == sent
        assert "tells nobody anything until it can be saved" in caplog.text
        await hass.config_entries.async_unload(STREET)
        assert "could not be saved at its end" in caplog.text
    assert await hass.config_entries.async_setup(STREET)
    await talk(hass, frozen)
    assert len(exchange.sent) > sent


async def test_a_node_that_fails_has_another_chance(
    hass: HomeAssistant,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    street = community_of(await found())

    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(street.coordinator, "tick", broken)
        for seconds, failures in ((61, 1), (5, 1), (6, 2)):
            await advance(hass, frozen, seconds)
            assert caplog.text.count("could not be looked at") == failures
    sent = len(exchange.topics("coord/lease"))
    await advance(hass, frozen, 61)
    assert len(exchange.topics("coord/lease")) > sent


@pytest.mark.parametrize("part", ["identity", "community"])
async def test_who_one_was_is_not_made_anew(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    hass_storage: dict[str, Any],
    part: str,
) -> None:
    street = await found(home=ENTRY_ID)
    await hass.config_entries.async_unload(STREET)
    kept = hass_storage.pop(f"{DOMAIN}.{STREET}.{part}")
    assert not await hass.config_entries.async_setup(STREET)
    assert street.state is ConfigEntryState.SETUP_ERROR
    hass_storage[f"{DOMAIN}.{STREET}.{part}"] = kept
    assert await hass.config_entries.async_reload(STREET)


async def test_a_file_of_a_newer_release_is_left_alone(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    hass_storage: dict[str, Any],
) -> None:
    street = await found(home=ENTRY_ID)
    await hass.config_entries.async_unload(STREET)
    hass_storage[f"{DOMAIN}.{STREET}.community"]["version"] = 99
    assert not await hass.config_entries.async_setup(STREET)
    assert street.error_reason_translation_key == "file_newer"


async def test_a_home_whose_file_is_damaged_asks_to_be_admitted(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
    hass_storage: dict[str, Any],
) -> None:
    street = await found()
    entry = await joined(hass, street, frozen)
    await hass.config_entries.async_unload(entry.entry_id)
    hass_storage[f"{DOMAIN}.{entry.entry_id}.community"]["data"]["roster"] = {"of": "nobody"}
    assert await hass.config_entries.async_setup(entry.entry_id)
    await talk(hass, frozen)
    assert "unreadable_community" in issues(hass, entry.entry_id)
    assert roster(entry) == roster(street), "the roster names it still"
    assert not community_of(entry).waiting


async def test_a_community_without_mqtt_at_all_says_so(
    hass: HomeAssistant, hass_storage: dict[str, Any], found: Found
) -> None:
    await found()
    assert issues(hass) == {"community_mqtt_missing"}
    assert await hass.config_entries.async_unload(STREET)
