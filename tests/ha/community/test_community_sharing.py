"""Two homes of one Home Assistant in one community: they plan, meter and share."""

from collections.abc import Callable
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.market.entries import Entry
from custom_components.shems.core.market.rules import CT, Rules
from tests.ha.community.conftest import issues
from tests.ha.community.exchange import Exchange
from tests.ha.community.joining import community_of, joined, talk
from tests.ha.conftest import ENTRY_ID, OPTIONS, advance, settle, start, subentry

Found = Callable[..., Any]
OTHER = "cottage"
SLOT = 300
RULES = Rules.of("other", interval_s=SLOT, price=15 * CT).to_json()
TRADE = Rules.of("other", interval_s=SLOT, mode="p2p", fee=CT, feed_in=4 * CT).to_json()
PURPOSES = ["sharing", "planning", "small_outlook", "trading"]


@pytest.fixture
def cottage_shows(hass: HomeAssistant) -> Callable[[float], None]:
    """Return what sets the meter of the second home, which has more sun than it needs."""

    def show(grid_kw: float) -> None:
        unit = {"unit_of_measurement": "kW", "device_class": "power"}
        hass.states.async_set("sensor.cottage_grid", str(grid_kw), unit, force_update=True)
        hass.states.async_set("sensor.cottage_sun", "5", unit, force_update=True)

    return show


@pytest.fixture
async def cottage(
    hass: HomeAssistant,
    home: HomeCoordinator,
    remembered: dict[str, Any],
    cottage_shows: Callable[[float], None],
    frozen: FrozenDateTimeFactory,
) -> HomeCoordinator:
    """Return a second home, with a meter and a roof of its own."""
    memory = remembered[f"{DOMAIN}.{ENTRY_ID}.memory"]
    key = f"{DOMAIN}.{OTHER}.memory"
    hours = SLOT / 3600
    sunny = {"bought_kwh": 0.0, "sold_kwh": 3 * hours, "solar_kwh": 5 * hours}
    slots = [{**each, **sunny, "energy_kwh": {}} for each in memory["data"]["slots"]]
    remembered[key] = {**memory, "key": key, "data": {**memory["data"], "slots": slots}}
    cottage_shows(-3.0)
    entry = MockConfigEntry(
        domain=DOMAIN,
        entry_id=OTHER,
        title="Cottage",
        data={"kind": "home", "name": "Cottage"},
        options=OPTIONS,
        subentries_data=[
            subentry("connection", "Grid", "grid", grid_power=["sensor.cottage_grid"]),
            subentry("solar", "Roof", "roof", power="sensor.cottage_sun", peak_kw=6.0),
        ],
    )
    return await start(hass, entry, frozen)


async def live(
    hass: HomeAssistant,
    frozen: FrozenDateTimeFactory,
    until: float,
    *show: Callable[[], None],
) -> None:
    """Let time pass while meters count; a coordinator is not kept from renewing its lease."""
    while dt_util.utcnow().timestamp() < until:
        for each in show:
            each()
        await advance(hass, frozen, 20)


async def ledger(hass: HomeAssistant, entry: MockConfigEntry, slot: int) -> tuple[Entry, ...]:
    """Return what a community's ledger has of a slot."""
    kept = community_of(entry).ledger
    return await hass.async_add_executor_job(kept.current, slot, slot + SLOT)


async def test_two_homes_share_a_slot(
    hass: HomeAssistant,
    home: HomeCoordinator,
    cottage: HomeCoordinator,
    cottage_shows: Callable[[float], None],
    meters: Callable[..., None],
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found(home=ENTRY_ID, rules=RULES, purposes=PURPOSES[:3])
    entry = await joined(hass, street, frozen, OTHER)
    first, second = community_of(street), community_of(entry)
    assert second.home is cottage
    slot = int(dt_util.utcnow().timestamp() // SLOT + 1) * SLOT
    await live(
        hass, frozen, slot + 2 * SLOT + 90, lambda: meters(grid_kw=2.0), lambda: cottage_shows(-3.0)
    )

    rows = {each.hid: each.row for each in await ledger(hass, street, slot)}
    assert rows.keys() == {first.hid, second.hid}
    bought, sold = rows[first.hid], rows[second.hid]
    assert bought is not None
    assert sold is not None
    assert bought.import_wh == pytest.approx(167, abs=1)
    assert sold.export_wh == pytest.approx(250, abs=1)
    assert bought.from_community == sold.to_community == bought.import_wh, "the lesser is shared"
    assert bought.paid_nct == -sold.paid_nct == bought.import_wh * 15 * CT
    (own,) = await ledger(hass, entry, slot)
    assert own.row == sold, "a home has its own row, and no other"

    for each in (first, second):
        assert each.node is not None
        verdict = each.node.verify(slot)
        assert verdict is not None
        assert verdict.sound
        assert each.node.unsent <= 2, "what was settled is told no more"
        assert each.refused == {}
    answer = await hass.services.async_call(
        DOMAIN,
        "verify_result",
        {"config_entry_id": entry.entry_id, "slot": dt_util.utc_from_timestamp(slot).isoformat()},
        blocking=True,
        return_response=True,
    )
    assert answer["row"]["to_community_wh"] == sold.to_community
    assert issues(hass) == issues(hass, entry.entry_id) == set()


async def test_each_plans_with_what_the_other_expects(
    hass: HomeAssistant,
    home: HomeCoordinator,
    cottage: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found(home=ENTRY_ID, rules=RULES, purposes=PURPOSES[:3])
    entry = await joined(hass, street, frozen, OTHER)
    assert len(exchange.topics("plan")) >= 2
    await live(hass, frozen, dt_util.utcnow().timestamp() + SLOT)
    known = home.planner.neighbours
    assert known is not None
    assert known.price == pytest.approx(0.15)
    assert exchange.topics("outlook") != []
    node = community_of(entry).node
    assert node is not None
    assert node.outlook is not None
    assert node.outlook.own is not None, "what a home told itself is taken off for it"
    assert cottage.planner.neighbours is not None
    # Without a community both go on with their own prices.
    await hass.config_entries.async_unload(street.entry_id)
    assert home.planner.neighbours is None


async def test_who_did_not_agree_to_it_tells_no_plan(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found(rules=RULES)
    await joined(hass, street, frozen, planning=False)
    home.async_request_plan()
    await advance(hass, frozen, 61)
    assert exchange.topics("plan") == []


async def test_orders_follow_from_the_plan_of_who_agreed_to_trade(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found(rules=TRADE)
    entry = await joined(hass, street, frozen, trading=True)
    await talk(hass, frozen, 15)
    assert exchange.topics("order") != []
    assert {topic.split("/")[-2] for topic in exchange.topics("order")} == {community_of(entry).hid}
    coordinator = community_of(street).coordinator
    assert coordinator is not None
    assert any(book.orders for book in coordinator.books.values())


async def test_two_homes_trade_a_slot(
    hass: HomeAssistant,
    home: HomeCoordinator,
    cottage: HomeCoordinator,
    cottage_shows: Callable[[float], None],
    meters: Callable[..., None],
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found(home=ENTRY_ID, rules=TRADE, purposes=PURPOSES)
    entry = await joined(hass, street, frozen, OTHER, trading=True)
    # The first slot whose gate has not closed yet.
    slot = int(dt_util.utcnow().timestamp() // SLOT + 2) * SLOT
    await live(
        hass, frozen, slot + 2 * SLOT + 90, lambda: meters(grid_kw=2.0), lambda: cottage_shows(-3.0)
    )
    rows = {each.hid: each.row for each in await ledger(hass, street, slot)}
    bought, sold = (rows[community_of(each).hid] for each in (street, entry))
    assert bought is not None
    assert sold is not None
    assert bought.from_community == sold.to_community > 0
    assert bought.paid_nct == -sold.paid_nct > 0
    node = community_of(entry).node
    assert node is not None
    verdict = node.verify(slot)
    assert verdict is not None
    assert verdict.sound


async def test_a_home_that_comes_and_goes_is_followed(
    hass: HomeAssistant,
    home: HomeCoordinator,
    exchange: Exchange,
    found: Found,
    frozen: FrozenDateTimeFactory,
) -> None:
    street = await found(home=ENTRY_ID, rules=RULES, purposes=PURPOSES[:3])
    await talk(hass, frozen, 12)
    assert home.planner.neighbours is not None
    told = len(exchange.topics("plan"))
    assert told > 0
    await hass.config_entries.async_unload(ENTRY_ID)
    assert community_of(street).home is None
    await hass.config_entries.async_setup(ENTRY_ID)
    await settle(hass)
    await talk(hass, frozen)
    again = community_of(street).home
    assert again is not None
    assert again is not home
    assert again.planner.neighbours is not None
    assert len(exchange.topics("plan")) > told
