"""Prices of the market: one parser for each provider."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant

from ...core.series import Series
from ..configuration import Configuration
from ..error import SourceError
from . import (
    amber,
    attributes,
    easyenergy,
    energidata,
    energyzero,
    entity,
    entsoe,
    epex,
    green_planet,
    nordpool,
    nordpool_hacs,
    octopus,
    omie,
    pvpc,
    sensor,
    template,
    tibber,
)
from .question import Question


@dataclass(frozen=True)
class Provider:
    """A kind of price source.

    Attributes:
        ask: returns its prices in currency/kWh.
        far: whether asking it may go over the network, and should be rare.
        sells: whether it tells what selling brings apart from what buying costs.
    """

    ask: entity.Ask
    far: bool = False
    sells: bool = False


PROVIDERS: Final[dict[str, Provider]] = {
    "nordpool": Provider(nordpool.async_prices, far=True),
    "nordpool_hacs": Provider(nordpool_hacs.async_prices),
    "tibber": Provider(tibber.async_prices, far=True),
    "energyzero": Provider(energyzero.async_prices, far=True),
    "easyenergy": Provider(easyenergy.async_prices, far=True, sells=True),
    "omie": Provider(omie.async_prices, far=True),
    "green_planet": Provider(green_planet.async_prices),
    "amber": Provider(amber.async_prices, sells=True),
    "pvpc": Provider(pvpc.async_prices),
    "octopus": Provider(octopus.async_prices),
    "entsoe": Provider(entsoe.async_prices, far=True),
    "energidata": Provider(energidata.async_prices),
    "epex": Provider(epex.async_prices),
    "attributes": Provider(attributes.async_prices),
    "sensor": Provider(sensor.async_prices),
    "template": Provider(template.async_prices),
    "entity": Provider(entity.async_prices),
}
"""Sources of market prices by the type in the configuration."""

OFFERED_AS: Final = {"entity": "attributes"}
"""How a kind of source is called that is not offered by itself."""

WITHOUT_MARKET: Final = ("fixed", "tou")
"""Contracts whose prices do not follow a market."""


def is_far(source: Mapping[str, Any]) -> bool:
    """Return whether asking a source may go over the network."""
    provider = PROVIDERS.get(str(source.get("type")))
    return provider is not None and provider.far


def watched(hass: HomeAssistant, source: Mapping[str, Any]) -> frozenset[str]:
    """Return the entities whose changes are new prices of a source."""
    found: set[str | None] = set()
    if isinstance(entity_id := source.get("entity"), str):
        found |= {entity_id, *octopus.tomorrow(hass, entity_id)}
    if source.get("type") == "amber":
        entry_id = str(source.get("config_entry"))
        found.add(amber.sensor_of(hass, entry_id, amber.channel_of(source)))
    return frozenset(each for each in found if each is not None)


async def async_market(hass: HomeAssistant, configuration: Configuration, now: float) -> Series:
    """Return what buying follows, currency/kWh; nothing where it follows no market.

    Raises:
        SourceError: the source has nothing usable.
    """
    if not configuration.tariff.needs_market:
        return Series.empty()
    return await _async_ask(hass, configuration, configuration.price_source, now)


async def async_feed_in(
    hass: HomeAssistant, configuration: Configuration, now: float
) -> Series | None:
    """Return what selling follows, currency/kWh; None where that is what buying follows.

    Raises:
        SourceError: the source has nothing usable.
    """
    if configuration.sell_source is None or not configuration.tariff.pays_exports:
        return None
    return await _async_ask(hass, configuration, configuration.sell_source, now)


async def _async_ask(
    hass: HomeAssistant, configuration: Configuration, source: Mapping[str, Any], now: float
) -> Series:
    zone, currency = configuration.zone, configuration.tariff.currency
    return await async_source(hass, source, now, zone=zone, currency=currency)


async def async_source(
    hass: HomeAssistant, source: Mapping[str, Any], now: float, *, zone: str, currency: str
) -> Series:
    """Return the prices of one source, configured or about to be.

    Raises:
        SourceError: it has nothing usable.
    """
    kind = str(source.get("type"))
    if kind in WITHOUT_MARKET:
        return Series.empty()
    if kind not in PROVIDERS:
        raise SourceError("price_source_unknown", source=kind)
    prices = await PROVIDERS[kind].ask(hass, Question(source, now, ZoneInfo(zone), currency))
    if prices.last is None or prices.last <= now:
        raise SourceError("price_empty", source=str(source.get("entity", kind)))
    return prices
