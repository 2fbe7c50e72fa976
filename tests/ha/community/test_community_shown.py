"""What nodes hear and home ledgers know becomes what is shown."""

from typing import Any

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from custom_components.shems.community import Community
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.market.bodies import Outlook, PublicResult, SlotState
from custom_components.shems.core.market.home import OutlookView
from custom_components.shems.core.market.rules import CT, Rules
from custom_components.shems.core.market.verify import SlotView
from custom_components.shems.sources.error import SourceError
from tests.ha.community.running import enter, running, shared
from tests.ha.conftest import ENTRY_ID

SLOT = 900


def slot_now() -> int:
    return int(dt_util.utcnow().timestamp() // SLOT) * SLOT


def heard(community: Community, age_s: float, **changes: Any) -> None:
    """Let the home have heard an outlook."""
    told: dict[str, Any] = {"need_wh": (1000, 2000), "surplus_wh": (500, 0), **changes}
    body = Outlook(SLOT, 6, 12 * CT, told["need_wh"], told["surplus_wh"])
    issued = dt_util.utcnow().timestamp() - age_s
    assert community.node is not None
    community.node.outlook = OutlookView(slot_now(), issued, body, None)
    community.shown.async_refresh()


def shown(hass: HomeAssistant, key: str) -> str:
    return str(hass.states.get(f"sensor.our_street_{key}").state)


async def test_an_outlook_is_shown_until_it_is_too_old(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    community = await running(hass, ENTRY_ID)
    heard(community, 60)
    assert (shown(hass, "need"), shown(hass, "surplus")) == ("4.0", "2.0")
    assert shown(hass, "age_of_the_outlook") == "60"
    assert shown(hass, "price") == "0.15", "what was agreed holds, not what is expected"
    heard(community, 2 * SLOT + 1)
    assert (shown(hass, "need"), shown(hass, "surplus")) == ("unknown", "unknown")
    heard(community, 60, need_wh=None, surplus_wh=None)
    assert shown(hass, "need") == "unknown", "too few take part to tell their sums"
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_an_auction_shows_the_price_that_is_expected(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    community = await running(hass, ENTRY_ID, rules=Rules.of("AT", mode="p2p").to_json())
    heard(community, 60)
    assert shown(hass, "price") == "0.12"
    assert community.shown.view.binding is False
    await hass.async_block_till_done(wait_background_tasks=True)


@pytest.mark.parametrize("state", ["provisional", "final", "void"])
async def test_the_last_slot_is_as_far_as_was_heard(
    hass: HomeAssistant, home: HomeCoordinator, state: str
) -> None:
    community = await running(hass, ENTRY_ID)
    public = PublicResult(SlotState(state), 0, 2, 300, 200, 200, 14 * CT, bytes(32), bytes(32))
    slot = slot_now() - SLOT
    assert community.node is not None
    community.node.views[slot] = SlotView(slot, public=dict(public.to_json()))
    community.shown.async_refresh()
    told = hass.states.get("sensor.our_street_last_slot")
    assert (told.state, told.attributes["shared_kwh"]) == (state, 0.2)
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_without_the_homes_ledger_what_was_shared_is_shown_but_no_saving(
    hass: HomeAssistant, home: HomeCoordinator, monkeypatch: pytest.MonkeyPatch
) -> None:
    community = await running(hass, ENTRY_ID)

    async def unreadable(*_: Any) -> None:
        raise SourceError("ledger_unreadable", detail="")

    monkeypatch.setattr(home.insight.ledger, "async_rows", unreadable)
    now = dt_util.utcnow().timestamp()
    await enter(community, [shared(community.hid, slot_now() - SLOT, 400, 0)], now)
    assert shown(hass, "shared_today") == "0.4"
    assert shown(hass, "saved_by_sharing_today") == "unknown"
    assert shown(hass, "ledger_lag") == str(round(now - slot_now()))


async def test_a_ledger_that_fails_leaves_the_rest_shown(
    hass: HomeAssistant,
    home: HomeCoordinator,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    community = await running(hass, ENTRY_ID)

    def torn(*_: Any) -> None:
        raise OSError("no disk")

    monkeypatch.setattr(community.ledger, "head", torn)
    heard(community, 60)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert shown(hass, "need") == "4.0"
    community.shown.async_refresh()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert caplog.text.count("What was shared in Our street is not known") == 1
