"""Prices are proposed from what is set up, where there is no doubt which."""

import json
from pathlib import Path
from typing import Any

import pytest
from custom_components.shems.sources.energy_preferences import Found
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.flows import contract

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
    assert contract.proposed(hass, None) == {"source": source, "config_entry": "one"}
    MockConfigEntry(
        domain=domain, entry_id="off", disabled_by=ConfigEntryDisabler.USER
    ).add_to_hass(hass)
    assert contract.proposed(hass, None) == {"source": source, "config_entry": "one"}
    MockConfigEntry(domain=domain, entry_id="two").add_to_hass(hass)
    assert contract.proposed(hass, None) == {"source": "fixed"}, "no guess between two"


async def test_octopus_import_and_export_are_told_apart(hass: HomeAssistant) -> None:
    meter = "octopus_energy_electricity_21L_123"
    bought = add(hass, "octopus_energy", f"{meter}_current_day_rates", domain="event")
    add(hass, "octopus_energy", f"{meter}_next_day_rates", domain="event")
    sold = add(hass, "octopus_energy", f"{meter}_export_current_day_rates", domain="event")
    found = {"source": "octopus", "entity": bought, "sell_entity": sold}
    assert contract.proposed(hass, None) == found
    add(hass, "octopus_energy", "octopus_energy_electricity_9_current_day_rates", domain="event")
    assert contract.proposed(hass, None) == {"source": "fixed"}


async def test_pvpc_pays_its_injection_price(hass: HomeAssistant) -> None:
    entry = MockConfigEntry(domain="pvpc_hourly_pricing", unique_id="2.0TD")
    entry.add_to_hass(hass)
    bought = add(hass, "pvpc_hourly_pricing", "2.0TD", "pvpc", entry=entry)
    assert contract.proposed(hass, None) == {"source": "pvpc", "entity": bought}
    sold = add(hass, "pvpc_hourly_pricing", "2.0TD_INJECTION", "pvpc", entry=entry)
    add(hass, "pvpc_hourly_pricing", "2.0TD_OMIE", "pvpc", entry=entry)
    assert contract.proposed(hass, None)["sell_entity"] == sold


async def test_sensors_that_list_prices_are_found(hass: HomeAssistant) -> None:
    await hass.config.async_update(currency="DKK")
    add(hass, "energidataservice", "gas")
    listed = add(hass, "energidataservice", "power", "energidata")
    assert contract.proposed(hass, None) == {"source": "energidata", "entity": listed}


async def test_the_market_price_of_epex_spot_is_taken(hass: HomeAssistant) -> None:
    add(hass, "epex_spot", "DE Volume")
    hass.states.async_set("sensor.epex_spot_de_volume", "1", {"data": [{"volume_mwh": 1}]})
    add(hass, "epex_spot", "DE Total Price", "epex")
    market = add(hass, "epex_spot", "DE Market Price", "epex")
    assert contract.proposed(hass, None) == {"source": "epex", "entity": market}
    hass.states.async_remove(market)
    assert contract.proposed(hass, None)["entity"] == "sensor.epex_spot_de_total_price"


async def test_nord_pool_of_hacs_is_no_entry_to_ask(hass: HomeAssistant) -> None:
    entry = MockConfigEntry(domain="nordpool", entry_id="np")
    entry.add_to_hass(hass)
    listed = add(hass, "nordpool", "nordpool_kWh_SE3_SEK", "nordpool_hacs_cents", entry=entry)
    assert contract.proposed(hass, None) == {"source": "nordpool_hacs", "entity": listed}


async def test_the_provider_whose_sensor_the_dashboard_counts_with_comes_first(
    hass: HomeAssistant,
) -> None:
    MockConfigEntry(domain="tibber", entry_id="tibber").add_to_hass(hass)
    entry = MockConfigEntry(domain="omie", entry_id="omie")
    entry.add_to_hass(hass)
    assert contract.proposed(hass, Found())["source"] == "tibber"
    counted = add(hass, "omie", "es_spot_price", entry=entry)
    found = contract.proposed(hass, Found(price_entity=counted))
    assert found == {"source": "omie", "config_entry": "omie"}
    other = add(hass, "demo", "price")
    assert contract.proposed(hass, Found(price_entity=other))["source"] == "tibber"
