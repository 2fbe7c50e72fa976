"""Any entity with prices: read as what it shows suggests."""

from collections.abc import Awaitable, Callable
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from ...core.series import Series
from ..error import SourceError
from . import attributes, energidata, epex, nordpool_hacs, octopus, pvpc, sensor
from .question import Question

type Ask = Callable[[HomeAssistant, Question], Awaitable[Series]]

_BY_PLATFORM: Final[dict[str, Ask]] = {
    "nordpool": nordpool_hacs.async_prices,
    "energidataservice": energidata.async_prices,
    "epex_spot": epex.async_prices,
    "octopus_energy": octopus.async_prices,
    "pvpc_hourly_pricing": pvpc.async_prices,
}
_SHAPELESS: Final = ("price_attribute_missing", "price_shape_unknown")


async def async_prices(hass: HomeAssistant, question: Question) -> Series:
    """Return what the entity knows: prices to come, or the present one alone.

    Raises:
        SourceError: it is unavailable, or shows no price.
    """
    entry = er.async_get(hass).async_get(str(question.source.get("entity")))
    own = _BY_PLATFORM.get(entry.platform) if entry else None
    for ask in (own, attributes.async_prices):
        try:
            if ask is not None:
                return await ask(hass, question)
        except SourceError as err:
            if err.code not in _SHAPELESS:
                raise
    return await sensor.async_prices(hass, question)
