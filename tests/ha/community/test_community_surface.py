"""What a user sees of a community: its entities, and what its card is told."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components import shems
from custom_components.shems.community import Community
from custom_components.shems.community.view import LastSlot, Outlook, Span, View
from custom_components.shems.const import DOMAIN
from tests.ha.community.founding import founded
from tests.ha.conftest import advance
from tests.ha.test_entities import STANDARD

STREET = "street"
SLOT = 900
SUBSCRIBE = {"type": "shems/community/subscribe"}


def seen(now: float) -> View:
    """Return a view with everything in it."""
    begin = int(now // SLOT) * SLOT
    return View(
        now=now,
        connection="connected",
        currency="EUR",
        mode="sharing",
        binding=True,
        members=6,
        online=5,
        price=0.15,
        fee=0.06,
        own_import=0.32,
        own_export=0.08,
        slot=LastSlot(begin - SLOT, begin, "provisional", 2500),
        outlook=Outlook(begin, SLOT, [1000, 500, 0], [0, 250, 2000], now - 30),
        spans={
            "day": Span(begin - 3600.0, 1500, 500, 0.25, 3, 1, 0),
            "month": Span(begin - 90_000.0, 15_000, 5000, 2.5, 10, 80, 1),
            "total": Span(None, 15_000, 5000, None, 10, 80, 1),
        },
        rejected={"bad_signature": 2, "late": 1},
        settled_until=begin,
    )


@pytest.fixture
async def community(hass: HomeAssistant) -> Community:
    """Return a community that takes part with a home that does not run."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        entry_id=STREET,
        title="Our street",
        data=founded(home="elsewhere"),
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(STREET)
    await hass.async_block_till_done()
    return entry.runtime_data


@pytest.fixture
def shown(
    hass: HomeAssistant, community: Community, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., View]:
    """Return a function that has the community show something."""

    def show(**changes: Any) -> View:
        view = replace(seen(dt_util.utcnow().timestamp()), **changes)
        monkeypatch.setattr(community.shown, "_look", lambda: view)
        community.shown.async_refresh()
        return view

    return show


def entities(hass: HomeAssistant) -> list[er.RegistryEntry]:
    return er.async_entries_for_config_entry(er.async_get(hass), STREET)


async def test_states_say_what_is_seen(hass: HomeAssistant, shown: Callable[..., View]) -> None:
    shown()
    expected = {
        "surplus": "0.0",
        "need": "4.0",
        "shared_today": "2.0",
        "price": "0.15",
        "saved_by_sharing_today": "0.25",
        "saved_by_sharing_this_month": "2.5",
        "saved_by_sharing": "unknown",
        "members_online": "5",
        "last_slot": "provisional",
        "rejected_messages": "3",
        "age_of_the_outlook": "30",
        "ledger_lag": "30",
    }
    found = {key: hass.states.get(f"sensor.our_street_{key}").state for key in expected}
    assert found == expected
    assert hass.states.get("binary_sensor.our_street_connection").state == "on"
    ahead = hass.states.get("sensor.our_street_surplus").attributes["forecast"]
    assert [each["power_kw"] for each in ahead] == [0.0, 1.0, 8.0]
    assert hass.states.get("sensor.our_street_rejected_messages").attributes["by_reason"] == {
        "bad_signature": 2,
        "late": 1,
    }
    assert hass.states.get("sensor.our_street_price").attributes["unit_of_measurement"] == "EUR/kWh"
    shared = hass.states.get("sensor.our_street_shared_today").attributes
    assert (shared["from_neighbours_kwh"], shared["to_neighbours_kwh"]) == (1.5, 0.5)
    assert shared["last_reset"] < dt_util.utcnow().isoformat()


async def test_what_is_unknown_is_not_nothing(
    hass: HomeAssistant, community: Community, shown: Callable[..., View]
) -> None:
    told = {
        str(each.translation_key): hass.states.get(each.entity_id).state
        for each in entities(hass)
        if each.domain == "sensor"
    }
    known = {key for key, state in told.items() if state != "unknown"}
    agreed = {"community_price", "community_members_online", "community_rejected"}
    assert known == {*agreed, "community_slot_state", "community_shared_today"}
    assert told["community_shared_today"] == "0.0"
    assert told["community_slot_state"] == "measuring"
    view = shown()
    assert view.outlook is not None
    shown(outlook=replace(view.outlook, stale=True))
    assert hass.states.get("sensor.our_street_need").state == "unknown"
    shown(outlook=replace(view.outlook, start=view.outlook.start - 86_400))
    assert hass.states.get("sensor.our_street_need").state == "unknown"
    assert hass.states.get("sensor.our_street_need").attributes["forecast"] == []


async def test_without_mqtt_the_connection_says_so(
    hass: HomeAssistant, community: Community
) -> None:
    state = hass.states.get("binary_sensor.our_street_connection")
    assert (state.state, state.attributes["mqtt"]) == ("off", False)


async def test_every_entity_has_a_name_an_icon_and_what_belongs_to_it(
    hass: HomeAssistant, shown: Callable[..., View]
) -> None:
    shown()
    folder = Path(shems.__file__).parent
    names = json.loads((folder / "translations" / "en.json").read_text())["entity"]
    icons = json.loads((folder / "icons.json").read_text())["entity"]
    for each in entities(hass):
        assert str(each.translation_key).startswith("community_"), "the dashboard tells by that"
        words = names[each.domain][each.translation_key]
        assert words["name"]
        assert icons[each.domain][each.translation_key]["default"].startswith("mdi:")
        for option in (each.capabilities or {}).get("options") or ():
            assert words["state"][option]
        state = hass.states.get(each.entity_id)
        for attribute in state.attributes.keys() - STANDARD:
            assert words["state_attributes"][attribute]["name"]


async def test_an_organiser_without_a_home_has_no_savings(hass: HomeAssistant) -> None:
    entry = MockConfigEntry(
        domain=DOMAIN,
        entry_id=STREET,
        title="Our street",
        data=founded(),
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(STREET)
    keys = {str(each.translation_key) for each in entities(hass)}
    assert "community_price" in keys
    assert not any("saving" in key or "shared" in key for key in keys)


async def test_the_card_is_told_what_changes(
    hass: HomeAssistant,
    shown: Callable[..., View],
    hass_ws_client: WebSocketGenerator,
    frozen: FrozenDateTimeFactory,
) -> None:
    view = shown()
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(SUBSCRIBE)
    assert (await client.receive_json())["success"]
    told = (await client.receive_json())["event"]
    assert told["name"] == "Our street"
    assert told["prices"] == {"community": 0.15, "fee": 0.06, "import": 0.32, "export": 0.08}
    assert told["outlook"]["need_kwh"] == [1.0, 0.5, 0.0]
    assert told["spans"]["total"]["saving"] is None
    assert told["slot"]["state"] == "provisional"
    # A minute in which nothing else happened is not told.
    shown(outlook=view.outlook, now=view.now + 1)
    shown(outlook=view.outlook, online=4)
    assert (await client.receive_json())["event"]["online"] == 4
    await advance(hass, frozen, 61)


async def test_a_card_is_refused_what_is_not_there_or_not_to_be_seen(
    hass: HomeAssistant,
    community: Community,
    hass_ws_client: WebSocketGenerator,
    hass_admin_user: MockUser,
) -> None:
    client = await hass_ws_client(hass)

    async def code(**named: str) -> str:
        await client.send_json_auto_id(SUBSCRIBE | named)
        return str((await client.receive_json())["error"]["code"])

    assert await code(entry_id="nowhere") == "not_found"
    other = MockConfigEntry(domain=DOMAIN, title="Hill", data=founded("Hill"))
    other.add_to_hass(hass)
    assert await code() == "home_not_named"
    assert await code(entry_id=other.entry_id) == "not_found"
    hass_admin_user.groups = []
    hass_admin_user.mock_policy({"entities": {"entity_ids": {"light.lamp": {POLICY_READ: True}}}})
    assert await code(entry_id=STREET) == "unauthorized"


async def test_an_organiser_tells_everything_again(
    hass: HomeAssistant, community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []

    async def send(outgoing: Any) -> bool:
        sent.append(outgoing.topic)
        return True

    monkeypatch.setattr(community.peers, "async_send", send)
    await hass.services.async_call(
        "button",
        "press",
        {"entity_id": "button.our_street_tell_everything_again"},
        blocking=True,
    )
    assert any(topic.endswith("pub/roster") for topic in sent)
