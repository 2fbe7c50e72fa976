"""Prices: what the household pays, as far as Home Assistant knows it already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.components.sensor import DOMAIN as SENSOR
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ...const import DOMAIN
from ...core.horizon import HOUR_S
from ...devices.form import unit_of
from ..error import SourceError
from ..prices import PROVIDERS, async_source, attributes
from ..prices.interval import per_kwh
from .parts import entry_of, existing
from .providers import Offer, offers

type Source = Mapping[str, Any]

_ALL_IN: Final = frozenset({"tibber", "amber", "octopus"})
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
    providers = offers(hass)
    if entity is not None:
        source, all_in = _of_entity(hass, entity, providers)
    elif number is not None and not providers:
        selling = priced.get("number_energy_price_export") or 0.0
        return Contract({"source": "fixed", "buy_fee": number, "sell_fee": selling}, None)
    elif providers:
        source = next(iter(providers.values()))
        all_in = source["source"] in _ALL_IN
        if number is not None or len(providers) > 1:
            return Contract(source)
    elif listed := await _async_listed(hass):
        source, all_in = _of_sensor(hass, listed[0]), False
        if len(listed) > 1:
            return Contract(source)
    else:
        return Contract({"source": "fixed"})
    source, told = _selling(hass, known, entity, source)
    return Contract(source, None if all_in and told else TARIFF)


def _price(hass: HomeAssistant, source: Source) -> tuple[str | None, float | None]:
    """Return the price entity and the price; an entity of ours would feed on itself."""
    entity = existing(hass, source.get("entity_energy_price"))
    entry = entry_of(hass, entity)
    if entry is not None and entry.platform == DOMAIN:
        entity = None
    return entity, source.get("number_energy_price")


def _of_entity(
    hass: HomeAssistant, entity_id: str, providers: Mapping[str, Offer]
) -> tuple[dict[str, Any], bool]:
    """Return the source of the dashboard's price, and whether it is all that is paid.

    An entity of a provider shows the price of now; its provider is asked for those to come.
    """
    entry = entry_of(hass, entity_id)
    offer = providers.get(entry.platform) if entry is not None else None
    if offer is None:
        return _of_sensor(hass, entity_id), True
    return offer, offer["source"] in _ALL_IN


def _of_sensor(hass: HomeAssistant, entity_id: str) -> dict[str, Any]:
    return {"source": _generic(hass, entity_id), "entity": entity_id}


def _generic(hass: HomeAssistant, entity_id: str) -> str:
    """Return the source type that suits what an entity shows."""
    state = hass.states.get(entity_id)
    if state is None:
        return "sensor"
    if "raw_today" in state.attributes:
        rows = state.attributes["raw_today"]
        by_hour = isinstance(rows, list) and rows and "hour" in rows[0]
        return "energidata" if by_hour else "nordpool_hacs"
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
        currency = hass.config.currency
        try:
            per_kwh(1.0, unit_of(hass, state.entity_id), currency)
            source = {"type": _generic(hass, state.entity_id), "entity": state.entity_id}
            prices = await async_source(
                hass, source, now, zone=hass.config.time_zone, currency=currency
            )
        except SourceError:
            continue
        if prices.last is not None and prices.last > now + _AHEAD_S:
            found.append(state.entity_id)
    return sorted(found)


def _selling(
    hass: HomeAssistant, grids: Iterable[Source], bought: str | None, source: Offer
) -> tuple[Offer, bool]:
    """Return the source with what selling brings, and whether that is known.

    A provider that tells it itself knows the prices to come, the dashboard's entity may not.
    """
    selling = [each for each in grids if each.get("stat_energy_to")]
    if not selling:
        return source, True
    number = selling[0].get("number_energy_price_export")
    if number is not None:
        plain = {key: each for key, each in source.items() if key != "sell_entity"}
        return {**plain, "sell_factor": 0.0, "sell_fee": number}, True
    if "sell_entity" in source or PROVIDERS[source["source"]].sells:
        return source, True
    entity = existing(hass, selling[0].get("entity_energy_price_export"))
    entry = entry_of(hass, entity)
    if entity is None or (entry is not None and entry.platform == DOMAIN):
        return source, False
    return source if entity == bought else {**source, "sell_entity": entity}, True
