"""easyEnergy: what usage costs and what return brings, per kWh by its actions."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from homeassistant.core import HomeAssistant

from ...core.series import Series
from ..error import SourceError
from .call import async_by_day
from .interval import Row, per_kwh, rows, series
from .question import ALL_IN, Question

_USAGE: Final = ("easyenergy", "get_energy_usage_prices")
_RETURN: Final = ("easyenergy", "get_energy_return_prices")


async def async_prices(hass: HomeAssistant, question: Question) -> Series:
    """Return today's and, once published, tomorrow's prices of usage, or of return."""
    per_kwh(1.0, "EUR/kWh", question.currency)
    whole = question.source.get("price_type") == ALL_IN

    def data(day: date) -> dict[str, Any]:
        asked = {
            "config_entry": question.source["config_entry"],
            "start": day.isoformat(),
            "end": day.isoformat(),
            "granularity": question.source.get("interval", "hour"),
        }
        if question.selling:
            return asked
        return asked | {"incl_vat": whole, "price_type": "invoice" if whole else "market"}

    action = _RETURN if question.selling else _USAGE
    found = await async_by_day(hass, action, question.today, data, parse)
    return series(found, question.zone, "easyenergy")


def parse(response: Mapping[str, Any]) -> list[Row]:
    """Return rows from `{"prices": [{timestamp, price}]}`, which has no ends.

    Raises:
        SourceError: the response has another shape.
    """
    items = response.get("prices")
    if not isinstance(items, list):
        raise SourceError("price_shape_unknown", source="easyenergy")
    return rows(items, "timestamp", None, "price", "easyenergy")
