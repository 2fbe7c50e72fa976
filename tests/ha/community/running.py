"""A community that is run from here, with a ledger."""

from collections.abc import Iterable
from typing import Any

from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.community import Community
from custom_components.shems.const import DOMAIN
from custom_components.shems.core.market.entries import Entry
from custom_components.shems.core.market.rules import CT, Rules
from custom_components.shems.core.market.settle import Row
from tests.ha.community.founding import CID, founded

STREET = "street"
OTHER = "ponmlkjihgfedcba"
PRICE, FEE = 15 * CT, 6 * CT
RULES = Rules.of("AT", price=PRICE, fee=FEE)


async def running(hass: HomeAssistant, home: str | None, **more: Any) -> Community:
    """Return a community that was begun here."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        entry_id=STREET,
        title="Our street",
        data=founded(home=home, label="Number one", **{"rules": RULES.to_json(), **more}),
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(STREET)
    await hass.async_block_till_done(wait_background_tasks=True)
    community: Community = entry.runtime_data
    return community


def shared(hid: str, slot: int, got: int, gave: int, *, final: bool = False) -> Entry:
    """Return the entry of a home that got and gave energy, and had as much from the grid."""
    row = Row(
        hid, 2 * got, 2 * gave, got, gave, got, gave, PRICE, FEE, (got - gave) * PRICE, 0, got * FEE
    )
    return Entry(CID, slot, 1 if final else 0, "final" if final else "provisional", row)


async def enter(community: Community, entries: Iterable[Entry], at: float) -> None:
    """Enter rows in the ledger, and have them shown."""
    await community.hass.async_add_executor_job(community.ledger.append, tuple(entries), at)
    community.shown.async_refresh()
    await community.hass.async_block_till_done(wait_background_tasks=True)
