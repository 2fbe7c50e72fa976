"""Prices: what the household pays, as far as Home Assistant knows it already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.components.sensor import DOMAIN as SENSOR
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ...const import DOMAIN
from ...core.horizon import HOUR_S
from ...devices.form import unit_of
from ..error import SourceError
from ..prices import PROVIDERS, async_source, attributes
from ..prices.interval import per_kwh
from .parts import entry_of, existing

type Source = Mapping[str, Any]

_BY_ENTRY: Final[Mapping[str, str]] = {
    "nordpool": "nordpool",
    "tibber": "tibber",
    "energyzero": "energyzero",
    "easyenergy": "easyenergy",
    "omie": "omie",
    "green_planet_energy": "green_planet",
    "amberelectric": "amber",
}
"""Integrations that are asked by an action, and what their price source is called."""
_ALL_IN: Final = frozenset({"tibber", "amber"})
"""Sources whose prices have the fees and taxes in them."""
_AHEAD_S: Final = 2.0 * HOUR_S
"""A sensor that knows prices so far ahead knows more than that of now."""

SOURCE: Final = "price_source"
TARIFF: Final = "tariff_market"


@dataclass(frozen=True)
class Contract:
    """What is known of the contract.

    Attributes:
        data: the fields of its form.
        ask: the page that has to be looked at, None where all is known.
    """

    data: dict[str, Any] = field(default_factory=dict)
    ask: str | None = SOURCE


async def async_contract(hass: HomeAssistant, grids: Iterable[Source]) -> Contract:
    """Return the contract: what the Energy dashboard counts, else a provider that is set up."""
    known = list(grids)
    priced = next((each for each in known if _price(hass, each) != (None, None)), {})
    entity, number = _price(hass, priced)
    providers = _providers(hass)
    if entity is not None:
        source, all_in = _of_entity(hass, entity)
    elif number is not None and not providers:
        selling = priced.get("number_energy_price_export") or 0.0
        return Contract({"source": "fixed", "buy_fee": number, "sell_fee": selling}, None)
    elif providers:
        source = _of_entry(providers[0])
        all_in = source["source"] in _ALL_IN
        if number is not None or len({each.domain for each in providers}) > 1:
            return Contract(source)
    elif listed := await _async_listed(hass):
        source, all_in = _of_sensor(hass, listed[0]), False
        if len(listed) > 1:
            return Contract(source)
    else:
        return Contract({"source": "fixed"})
    selling, told = _selling(known, entity)
    return Contract({**source, **selling}, None if all_in and told else TARIFF)


def _price(hass: HomeAssistant, source: Source) -> tuple[str | None, float | None]:
    """Return the price entity and the price; an entity of ours would feed on itself."""
    entity = existing(hass, source.get("entity_energy_price"))
    entry = entry_of(hass, entity)
    if entry is not None and entry.platform == DOMAIN:
        entity = None
    return entity, source.get("number_energy_price")


def _providers(hass: HomeAssistant) -> list[ConfigEntry]:
    """Return the entries of providers that are in use, in the order of the table."""
    return [
        entry
        for domain, kind in _BY_ENTRY.items()
        if kind in PROVIDERS
        for entry in hass.config_entries.async_entries(
            domain, include_ignore=False, include_disabled=False
        )
        if entry.state is not ConfigEntryState.SETUP_ERROR
    ]


def _of_entry(entry: ConfigEntry) -> dict[str, Any]:
    return {"source": _BY_ENTRY[entry.domain], "config_entry": entry.entry_id}


def _of_entity(hass: HomeAssistant, entity_id: str) -> tuple[dict[str, Any], bool]:
    """Return the source of the dashboard's price, and whether it is all that is paid.

    An entity of a provider shows the price of now; its provider is asked for those to come.
    """
    entry = entry_of(hass, entity_id)
    for provider in _providers(hass):
        if entry is not None and entry.config_entry_id == provider.entry_id:
            source = _of_entry(provider)
            return source, source["source"] in _ALL_IN
    return _of_sensor(hass, entity_id), True


def _of_sensor(hass: HomeAssistant, entity_id: str) -> dict[str, Any]:
    return {"source": _generic(hass, entity_id), "entity": entity_id}


def _generic(hass: HomeAssistant, entity_id: str) -> str:
    """Return the source type that suits what an entity shows."""
    state = hass.states.get(entity_id)
    if state is None:
        return "sensor"
    if "raw_today" in state.attributes:
        return "nordpool_hacs"
    zone = ZoneInfo(hass.config.time_zone)
    try:
        attributes.parse(state.attributes, hass.config.currency, dt_util.now(zone), zone, entity_id)
    except SourceError:
        return "sensor"
    return "attributes"


async def _async_listed(hass: HomeAssistant) -> list[str]:
    """Return the sensors that know prices to come."""
    found = []
    for state in hass.states.async_all(SENSOR):
        entry = entry_of(hass, state.entity_id)
        if entry is not None and entry.platform == DOMAIN:
            continue
        now = dt_util.utcnow().timestamp()
        source = {"type": _generic(hass, state.entity_id), "entity": state.entity_id}
        currency = hass.config.currency
        try:
            per_kwh(1.0, unit_of(hass, state.entity_id), currency)
            prices = await async_source(
                hass, source, now, zone=hass.config.time_zone, currency=currency
            )
        except SourceError:
            continue
        if prices.last is not None and prices.last > now + _AHEAD_S:
            found.append(state.entity_id)
    return sorted(found)


def _selling(grids: Iterable[Source], bought: str | None) -> tuple[dict[str, Any], bool]:
    """Return the fields of what selling brings, and whether that is known."""
    selling = [each for each in grids if each.get("stat_energy_to")]
    if not selling:
        return {}, True
    number = selling[0].get("number_energy_price_export")
    if number is not None:
        return {"sell_factor": 0.0, "sell_fee": number}, True
    entity = selling[0].get("entity_energy_price_export")
    return {}, entity is not None and entity == bought
