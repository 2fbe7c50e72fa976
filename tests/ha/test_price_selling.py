"""What selling brings may have a source of its own: it is entered, kept, tried and left again."""

from datetime import timedelta
from typing import Any

import pytest
from homeassistant.core import HomeAssistant, ServiceCall, SupportsResponse
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.flows import contract

from .flow_pages import WORDS, Pages, measure

FIXED: dict[str, Any] = {
    "currency": "EUR",
    "buy": {"factor": 0.0, "fee": 0.3, "vat": 0.0, "windows": []},
    "sell": {"factor": 0.0, "fee": 0.1, "vat": 0.0, "windows": []},
    "price_source": {"type": "fixed"},
}
BUYING = {"buy_factor": 1.0, "buy_fee": 0.1, "buy_vat": 25.0}
PLAIN = {"sell_factor": 1.0, "sell_fee": 0.0, "sell_vat": 0.0}
EASY = {"config_entry": "ee", "interval": "hour", "price_type": "market"}


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    """Return a home with a fixed price."""
    home = MockConfigEntry(domain="shems", data={"kind": "home", "name": "Casa"}, options=FIXED)
    home.add_to_hass(hass)
    return home


async def source(hass: HomeAssistant, entry: MockConfigEntry, kind: str) -> Pages:
    """Choose another price source."""
    pages = Pages(hass.config_entries.options, WORDS["options"])
    await pages.begin(entry.entry_id, {"source": "user"})
    await pages.choose("price_source")
    await pages.give(source=kind)
    return pages


def provide_easyenergy(hass: HomeAssistant, *services: str) -> list[str]:
    """Register actions of easyEnergy; return which were called."""
    called: list[str] = []

    async def prices(call: ServiceCall) -> dict[str, Any]:
        called.append(call.service)
        start = dt_util.start_of_local_day(dt_util.parse_date(call.data["start"]))
        return {
            "prices": [
                {"timestamp": str(dt_util.as_utc(start) + timedelta(hours=hour)), "price": 0.1}
                for hour in range(24)
            ]
        }

    for service in services:
        hass.services.async_register(
            "easyenergy", service, prices, supports_response=SupportsResponse.ONLY
        )
    return called


async def test_a_provider_tells_what_selling_brings(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    provide_easyenergy(hass, "get_energy_usage_prices")
    pages = await source(hass, entry, "easyenergy")
    await pages.give(**EASY, sell_apart=True)
    assert pages.result["errors"] == {"base": "price_action_missing"}
    assert pages.result["description_placeholders"] == {
        "source": "easyenergy.get_energy_return_prices"
    }
    called = provide_easyenergy(hass, "get_energy_return_prices")
    await pages.give(**EASY, sell_apart=True)
    assert called == ["get_energy_return_prices"] * 2
    await pages.give(**BUYING, selling=PLAIN)
    own = {"type": "easyenergy", **EASY}
    assert entry.options["price_source"] == own
    assert entry.options["sell_source"] == {**own, "side": "sell"}

    pages = await source(hass, entry, "easyenergy")
    assert pages.suggested == {**EASY, "sell_apart": True}
    await pages.give(**EASY, sell_apart=False)
    await pages.give(**BUYING, selling=PLAIN)
    assert "sell_source" not in entry.options, "nothing of the old contract stays"
    pages = await source(hass, entry, "easyenergy")
    assert pages.suggested["sell_apart"] is False


@pytest.mark.parametrize(
    ("kind", "page", "given"),
    [
        ("fixed", {"buy_fee": 0.3, "sell_fee": 0.01}, {"sell_entity": "sensor.export"}),
        (
            "tou",
            {
                "buy_fee": 0.3,
                "sell_fee": 0.01,
                "buy_windows": [{"begin": "22:00:00", "end": "06:00:00", "fee": 0.2}],
            },
            {"sell_entity": "sensor.export"},
        ),
        ("sensor", BUYING, {"selling": {**PLAIN, "sell_entity": "sensor.export"}}),
    ],
)
async def test_an_entity_tells_what_selling_brings(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    kind: str,
    page: dict[str, Any],
    given: dict[str, Any],
) -> None:
    measure(hass, "sensor.price", "EUR/kWh", 0.25)
    pages = await source(hass, entry, kind)
    if kind == "sensor":
        await pages.give(entity="sensor.price")
    await pages.give(**page, **given)
    assert pages.result["errors"] == {"sell_entity": "entity_not_found"}
    measure(hass, "sensor.export", "W", 8)
    await pages.give(**page, **given)
    assert pages.result["errors"] == {"base": "price_unit_unknown"}
    measure(hass, "sensor.export", "ct/kWh", 8)
    await pages.give(**page, **given)
    assert entry.options["sell_source"] == {"type": "entity", "entity": "sensor.export"}
    assert entry.options["sell"]["factor"] == 1.0

    pages = await source(hass, entry, kind)
    if kind == "sensor":
        await pages.give(entity="sensor.price")
    assert pages.suggested["sell_entity"] == "sensor.export"
    await pages.give(**page, **({"selling": PLAIN} if kind == "sensor" else {}))
    assert "sell_source" not in entry.options
    assert entry.options["sell"]["factor"] == (1.0 if kind == "sensor" else 0.0)


async def test_what_selling_brings_may_depend_on_the_time_of_day(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    evening = {"begin": "16:00:00", "end": "19:00:00", "fee": 0.25, "weekdays": ["mon"]}
    night = {"begin": "02:00:00", "end": "05:00:00", "fee": 0.15, "weekdays": []}
    pages = await source(hass, entry, "tou")
    page = {"buy_fee": 0.3, "sell_fee": 0.1, "buy_windows": [night]}
    await pages.give(**page, sell_windows=[{**evening, "end": "16:00:00"}])
    assert pages.result["errors"] == {"sell_windows": "window_empty"}
    await pages.give(**page, sell_windows=[evening])
    assert entry.options["sell"]["windows"] == [evening | {"weekdays": [0]}]
    pages = await source(hass, entry, "tou")
    assert pages.suggested["sell_windows"] == [evening]

    measure(hass, "sensor.price", "EUR/kWh", 0.25)
    pages = await source(hass, entry, "sensor")
    await pages.give(entity="sensor.price")
    await pages.give(**BUYING, selling={**PLAIN, "sell_windows": [night]})
    assert entry.options["sell"]["windows"] == [night]


async def test_a_source_without_the_price_of_now_is_not_kept(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """Someone chose the event of tomorrow's rates."""
    await hass.config.async_update(currency="GBP")
    tomorrow = dt_util.start_of_local_day() + timedelta(days=1)
    rates = [
        {
            "start": (tomorrow + timedelta(minutes=30 * each)).isoformat(),
            "end": (tomorrow + timedelta(minutes=30 * each + 30)).isoformat(),
            "value_inc_vat": 0.2,
        }
        for each in range(48)
    ]
    hass.states.async_set("event.next", "1", {"rates": rates})
    pages = await source(hass, entry, "octopus")
    await pages.give(entity="event.next")
    assert pages.result["errors"] == {"base": "price_empty"}
    assert pages.result["description_placeholders"] == {"source": "event.next"}


async def test_a_source_is_told_only_what_it_asks_for(hass: HomeAssistant) -> None:
    """What a proposal knows beside that would make it another source later."""
    proposed = {"source": "tibber", "config_entry": "tibber", "home": "Huset", "entity": "sensor.p"}
    kept = contract.options(proposed, "EUR")["price_source"]
    assert kept == {"type": "tibber", "home": "Huset"}
    kept = contract.options({**proposed, "source": "fixed"}, "EUR")["price_source"]
    assert kept == {"type": "fixed"}
