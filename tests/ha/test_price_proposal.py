"""Prices are proposed from what is set up, where there is no doubt which."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.sources.found.prices import SOURCE, TARIFF, async_contract
from custom_components.shems.sources.found.providers import offers

FIXTURES = Path(__file__).parent / "fixtures" / "prices"


def add(
    hass: HomeAssistant,
    platform: str,
    unique_id: str,
    payload: str | None = None,
    *,
    domain: str = "sensor",
    entry: MockConfigEntry | None = None,
    **more: Any,
) -> str:
    """Register an entity and show what it shows."""
    entity_id = (
        er.async_get(hass)
        .async_get_or_create(domain, platform, unique_id, config_entry=entry, **more)
        .entity_id
    )
    shown = json.loads((FIXTURES / f"{payload}.json").read_text()) if payload else {}
    hass.states.async_set(entity_id, "1", shown)
    return entity_id


def only(hass: HomeAssistant) -> dict[str, Any]:
    """Return the only offer there is."""
    (offer,) = offers(hass).values()
    return offer


def grid(**data: Any) -> dict[str, Any]:
    """Return a grid of the Energy dashboard that is sold to."""
    return {"stat_energy_from": "sensor.bought", "stat_energy_to": "sensor.sold", **data}


@pytest.mark.parametrize(
    ("domain", "source"),
    [
        ("tibber", "tibber"),
        ("amberelectric", "amber"),
        ("easyenergy", "easyenergy"),
        ("energyzero", "energyzero"),
        ("green_planet_energy", "green_planet"),
        ("nordpool", "nordpool"),
        ("omie", "omie"),
        ("entsoe", "entsoe"),
    ],
)
async def test_the_only_entry_of_a_provider_is_proposed(
    hass: HomeAssistant, domain: str, source: str
) -> None:
    MockConfigEntry(domain=domain, entry_id="one").add_to_hass(hass)
    assert only(hass) == {"source": source, "config_entry": "one"}
    MockConfigEntry(
        domain=domain, entry_id="off", disabled_by=ConfigEntryDisabler.USER
    ).add_to_hass(hass)
    assert only(hass) == {"source": source, "config_entry": "one"}
    MockConfigEntry(domain=domain, entry_id="two").add_to_hass(hass)
    assert offers(hass) == {}, "no guess between two"


async def test_octopus_import_and_export_are_told_apart(hass: HomeAssistant) -> None:
    meter = "octopus_energy_electricity_21L_123"
    bought = add(hass, "octopus_energy", f"{meter}_current_day_rates", domain="event")
    add(hass, "octopus_energy", f"{meter}_next_day_rates", domain="event")
    sold = add(hass, "octopus_energy", f"{meter}_export_current_day_rates", domain="event")
    found = {"source": "octopus", "entity": bought, "sell_entity": sold}
    assert only(hass) == found
    add(hass, "octopus_energy", "octopus_energy_electricity_9_current_day_rates", domain="event")
    assert offers(hass) == {}


async def test_pvpc_pays_its_injection_price(hass: HomeAssistant) -> None:
    entry = MockConfigEntry(domain="pvpc_hourly_pricing", unique_id="2.0TD")
    entry.add_to_hass(hass)
    bought = add(hass, "pvpc_hourly_pricing", "2.0TD", "pvpc", entry=entry)
    assert only(hass) == {"source": "pvpc", "entity": bought}
    sold = add(hass, "pvpc_hourly_pricing", "2.0TD_INJECTION", "pvpc", entry=entry)
    add(hass, "pvpc_hourly_pricing", "2.0TD_OMIE", "pvpc", entry=entry)
    assert only(hass)["sell_entity"] == sold


async def test_sensors_that_list_prices_are_found(hass: HomeAssistant) -> None:
    await hass.config.async_update(currency="DKK")
    add(hass, "energidataservice", "gas")
    listed = add(hass, "energidataservice", "power", "energidata")
    assert only(hass) == {"source": "energidata", "entity": listed}


async def test_the_market_price_of_epex_spot_is_taken(hass: HomeAssistant) -> None:
    add(hass, "epex_spot", "DE Volume")
    hass.states.async_set("sensor.epex_spot_de_volume", "1", {"data": [{"volume_mwh": 1}]})
    add(hass, "epex_spot", "DE Total Price", "epex")
    market = add(hass, "epex_spot", "DE Market Price", "epex")
    assert only(hass) == {"source": "epex", "entity": market}
    hass.states.async_remove(market)
    assert only(hass)["entity"] == "sensor.epex_spot_de_total_price"


async def test_nord_pool_of_hacs_is_no_entry_to_ask(hass: HomeAssistant) -> None:
    entry = MockConfigEntry(domain="nordpool", entry_id="np")
    entry.add_to_hass(hass)
    listed = add(hass, "nordpool", "nordpool_kWh_SE3_SEK", "nordpool_hacs_cents", entry=entry)
    assert only(hass) == {"source": "nordpool_hacs", "entity": listed}


async def test_the_provider_whose_sensor_the_dashboard_counts_with_is_taken(
    hass: HomeAssistant,
) -> None:
    MockConfigEntry(domain="tibber", entry_id="tibber").add_to_hass(hass)
    entry = MockConfigEntry(domain="omie", entry_id="omie")
    entry.add_to_hass(hass)
    both = await async_contract(hass, ())
    assert (both.data["source"], both.ask) == ("tibber", SOURCE), "which, is asked"
    counted = add(hass, "omie", "es_spot_price", entry=entry)
    found = await async_contract(hass, [grid(entity_energy_price=counted)])
    assert (found.data, found.ask) == ({"source": "omie", "config_entry": "omie"}, TARIFF)
    other = add(hass, "demo", "price")
    found = await async_contract(hass, [grid(entity_energy_price=other)])
    assert found.data == {"source": "sensor", "entity": other}


async def test_what_the_dashboard_is_paid_is_taken(hass: HomeAssistant) -> None:
    bought, sold = add(hass, "demo", "bought"), add(hass, "demo", "sold")
    found = await async_contract(
        hass, [grid(entity_energy_price=bought, entity_energy_price_export=sold)]
    )
    assert found.data == {"source": "sensor", "entity": bought, "sell_entity": sold}
    assert found.ask is None
    own = add(hass, "shems", "export_price")
    found = await async_contract(
        hass, [grid(entity_energy_price=bought, entity_energy_price_export=own)]
    )
    assert found.data == {"source": "sensor", "entity": bought}
    assert found.ask == TARIFF, "a price of ours would feed on itself"


async def test_a_provider_tells_itself_what_selling_brings(hass: HomeAssistant) -> None:
    entry = MockConfigEntry(domain="amberelectric", entry_id="am")
    entry.add_to_hass(hass)
    counted = add(hass, "amberelectric", "01-current-general", entry=entry)
    sold = add(hass, "amberelectric", "01-current-feed_in", entry=entry)
    found = await async_contract(
        hass, [grid(entity_energy_price=counted, entity_energy_price_export=sold)]
    )
    assert (found.data, found.ask) == ({"source": "amber", "config_entry": "am"}, None)


async def test_a_number_for_selling_comes_before_an_export_tariff(hass: HomeAssistant) -> None:
    meter = "octopus_energy_electricity_21L_123"
    bought = add(hass, "octopus_energy", f"{meter}_current_day_rates", domain="event")
    add(hass, "octopus_energy", f"{meter}_export_current_day_rates", domain="event")
    rate = add(hass, "octopus_energy", f"{meter}_current_rate")
    found = await async_contract(hass, [grid(entity_energy_price=rate)])
    assert found.data["sell_entity"]
    assert found.ask is None
    found = await async_contract(
        hass, [grid(entity_energy_price=rate, number_energy_price_export=0.15)]
    )
    assert found.data == {
        "source": "octopus",
        "entity": bought,
        "sell_factor": 0.0,
        "sell_fee": 0.15,
    }


async def test_a_fixed_price_of_the_dashboard_is_all_that_is_needed(hass: HomeAssistant) -> None:
    found = await async_contract(hass, [grid(number_energy_price=0.3)])
    assert (found.data, found.ask) == ({"source": "fixed", "buy_fee": 0.3, "sell_fee": 0.0}, None)
    sold = await async_contract(
        hass, [grid(number_energy_price=0.3, number_energy_price_export=0.08)]
    )
    assert sold.data["sell_fee"] == 0.08


async def test_a_fixed_price_beside_a_provider_is_asked_about(hass: HomeAssistant) -> None:
    MockConfigEntry(domain="tibber", entry_id="tibber").add_to_hass(hass)
    found = await async_contract(hass, [grid(number_energy_price=0.3)])
    assert (found.data["source"], found.ask) == ("tibber", SOURCE)
    alone = await async_contract(hass, [grid(number_energy_price_export=0.07)])
    assert alone.data == {
        "source": "tibber",
        "config_entry": "tibber",
        "sell_factor": 0.0,
        "sell_fee": 0.07,
    }
    assert alone.ask is None, "its price has everything in it"
    only_bought = await async_contract(hass, [{"stat_energy_from": "sensor.bought"}])
    assert only_bought.ask is None


async def test_of_sensors_that_know_the_future_the_only_one_is_taken(hass: HomeAssistant) -> None:
    nothing = await async_contract(hass, ())
    assert (nothing.data, nothing.ask) == ({"source": "fixed"}, SOURCE)
    hours = [
        {"time": (dt_util.utcnow() + timedelta(hours=hour)).isoformat(), "price": 0.2}
        for hour in range(-1, 8)
    ]
    unit = {"unit_of_measurement": "EUR/kWh"}
    hass.states.async_set("sensor.of_now", "0.2", unit)
    hass.states.async_set("sensor.temperature", "20", {"unit_of_measurement": "°C"})
    assert (await async_contract(hass, ())).data == {"source": "fixed"}
    hass.states.async_set("sensor.listed", "0.2", unit | {"prices": hours})
    own = add(hass, "shems", "price")
    hass.states.async_set(own, "0.2", unit | {"prices": hours})
    one = await async_contract(hass, ())
    assert one.data["entity"] == "sensor.listed"
    assert one.ask == TARIFF
    hass.states.async_set("sensor.a_second", "0.2", unit | {"prices": hours})
    assert (await async_contract(hass, ())).ask == SOURCE


async def test_a_price_of_ours_is_not_the_dashboards(hass: HomeAssistant) -> None:
    own = add(hass, "shems", "import_price")
    found = await async_contract(hass, [grid(entity_energy_price=own)])
    assert found.data == {"source": "fixed"}


async def test_the_same_price_may_be_bought_and_sold_at(hass: HomeAssistant) -> None:
    price = add(hass, "demo", "price")
    hass.states.async_set(price, "0.2", {"raw_today": []})
    both = grid(entity_energy_price=price, entity_energy_price_export=price)
    found = await async_contract(hass, [both])
    assert (found.data["entity"], found.ask) == (price, None)
    er.async_get(hass).async_get_or_create("sensor", "demo", "new", suggested_object_id="new")
    found = await async_contract(hass, [both | {"entity_energy_price": "sensor.new"}])
    assert found.data["source"] == "sensor", "an entity that has not shown itself yet"


async def test_one_of_several_sensors_is_read_as_what_it_is(hass: HomeAssistant) -> None:
    await hass.config.async_update(currency="DKK")
    one = add(hass, "energidataservice", "west", "energidata")
    add(hass, "energidataservice", "east", "energidata")
    assert offers(hass) == {}
    found = await async_contract(hass, [grid(entity_energy_price=one)])
    assert found.data == {"source": "energidata", "entity": one}
