"""Prices of the market: one parser for each provider."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant

from ...core.series import Series
from ..configuration import Configuration
from ..error import SourceError
from . import attributes, energyzero, nordpool, nordpool_hacs, sensor, tibber
from .question import Question

type Provider = Callable[[HomeAssistant, Question], Awaitable[Series]]

PROVIDERS: Final[dict[str, Provider]] = {
    "nordpool": nordpool.async_prices,
    "nordpool_hacs": nordpool_hacs.async_prices,
    "tibber": tibber.async_prices,
    "energyzero": energyzero.async_prices,
    "attributes": attributes.async_prices,
    "sensor": sensor.async_prices,
}
"""Sources of market prices by the type in the configuration."""

WITHOUT_MARKET: Final = ("fixed", "tou")
"""Contracts whose prices do not follow a market."""


async def async_market(hass: HomeAssistant, configuration: Configuration, now: float) -> Series:
    """Return the market's prices in currency/kWh, before the tariff's rule.

    Raises:
        SourceError: the source has nothing usable; what it does not know is absent.
    """
    if not configuration.tariff.needs_market:
        return Series.empty()
    return await async_source(
        hass,
        configuration.price_source,
        now,
        zone=configuration.zone,
        currency=configuration.tariff.currency,
    )


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
    prices = await PROVIDERS[kind](hass, Question(source, now, ZoneInfo(zone), currency))
    if prices.last is None or prices.last <= now:
        raise SourceError("price_empty", source=str(source.get("entity", kind)))
    return prices
