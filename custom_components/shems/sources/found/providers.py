"""Providers of prices that are set up: each that leaves no doubt what to ask or to read."""

from collections.abc import Iterable
from typing import Any, Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from ..error import SourceError
from ..prices import epex
from ..prices.octopus import TODAY

type Offer = dict[str, Any]

_BY_ENTRY: Final = {
    "tibber": "tibber",
    "amberelectric": "amber",
    "easyenergy": "easyenergy",
    "energyzero": "energyzero",
    "green_planet_energy": "green_planet",
    "nordpool": "nordpool",
    "omie": "omie",
    "entsoe": "entsoe",
}
"""Integrations that are asked by an action, and what their price source is called."""
_BY_ENTITY: Final = {
    "octopus_energy": "octopus",
    "pvpc_hourly_pricing": "pvpc",
    "nordpool": "nordpool_hacs",
    "energidataservice": "energidata",
    "epex_spot": "epex",
}
"""Integrations whose entities are read, likewise."""
_ORDER: Final = (
    "tibber",
    "octopus_energy",
    "amberelectric",
    "easyenergy",
    "energyzero",
    "green_planet_energy",
    "pvpc_hourly_pricing",
    "nordpool",
    "energidataservice",
    "epex_spot",
    "omie",
    "entsoe",
)
"""Suppliers first: who has one of them buys there, a market can be anyone's."""


def offers(hass: HomeAssistant) -> dict[str, Offer]:
    """Return the fields of a contract by the integration that offers it, the likeliest first.

    One that has several entries or entities to choose from offers none.
    """
    found = {integration: _of(hass, integration) for integration in _ORDER}
    return {integration: offer for integration, offer in found.items() if offer}


def _of(hass: HomeAssistant, integration: str) -> Offer:
    if integration in _BY_ENTITY:
        bought, sold = _priced(hass, integration)
        if bought:
            sell = {"sell_entity": sold[0]} if len(sold) == 1 else {}
            offer = {"source": _BY_ENTITY[integration], "entity": bought[0], **sell}
            return offer if len(bought) == 1 else {}
    entries = [
        entry
        for entry in hass.config_entries.async_entries(
            integration, include_ignore=False, include_disabled=False
        )
        if entry.state is not ConfigEntryState.SETUP_ERROR
    ]
    if integration in _BY_ENTRY and len(entries) == 1:
        return {"source": _BY_ENTRY[integration], "config_entry": entries[0].entry_id}
    return {}


def _priced(hass: HomeAssistant, integration: str) -> tuple[list[str], list[str]]:
    """Return the entities of an integration that know prices: of buying, and of selling."""
    mine = [
        each
        for each in er.async_get(hass).entities.values()
        if each.platform == integration and not each.disabled_by
    ]
    match integration:
        case "octopus_energy":
            rates = [each for each in mine if each.unique_id.endswith(TODAY)]
            sold = [each for each in rates if "_export_" in each.unique_id]
            return _ids(each for each in rates if each not in sold), _ids(sold)
        case "pvpc_hourly_pricing":
            sold = [each for each in mine if each.unique_id.endswith("_INJECTION")]
            bought = [each for each in mine if each.unique_id == _entry_id(hass, each)]
            return _ids(bought), _ids(sold)
        case "epex_spot":
            listed = [each for each in mine if _lists(hass, each.entity_id)]
            market = [each for each in listed if "market" in each.unique_id.lower()]
            return _ids(market or listed), []
    return _ids(each for each in mine if _shows(hass, each.entity_id, "raw_today")), []


def _ids(entries: Iterable[er.RegistryEntry]) -> list[str]:
    return [each.entity_id for each in entries]


def _entry_id(hass: HomeAssistant, entity: er.RegistryEntry) -> str | None:
    """Return the unique id of an entity's config entry."""
    entry = hass.config_entries.async_get_entry(entity.config_entry_id or "")
    return entry.unique_id if entry else None


def _shows(hass: HomeAssistant, entity_id: str, attribute: str) -> bool:
    state = hass.states.get(entity_id)
    return state is not None and attribute in state.attributes


def _lists(hass: HomeAssistant, entity_id: str) -> bool:
    """Return whether a sensor of EPEX Spot lists prices: others list volumes and ranks."""
    state = hass.states.get(entity_id)
    if state is None:
        return False
    try:
        return bool(epex.parse(state.attributes, hass.config.currency, entity_id))
    except SourceError:
        return False
