"""EnergyZero: prices per kWh by its action, the market's without VAT or all in all."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from homeassistant.core import HomeAssistant

from ...core.series import Series
from ..error import SourceError
from .call import async_by_day
from .interval import Row, per_kwh, rows, series
from .question import ALL_IN, Question

ACTION: Final = ("energyzero", "get_energy_prices")


async def async_prices(hass: HomeAssistant, question: Question) -> Series:
    """Return today's and, once published, tomorrow's prices."""
    per_kwh(1.0, "EUR/kWh", question.currency)
    whole = question.source.get("price_type") == ALL_IN

    def data(day: date) -> dict[str, Any]:
        return {
            "config_entry": question.source["config_entry"],
            "incl_vat": whole,
            "interval": question.source.get("interval", "hour"),
            "price_type": "all_in" if whole else "market",
            "start": day.isoformat(),
            "end": day.isoformat(),
        }

    found = await async_by_day(hass, ACTION, question.today, data, parse)
    return series(found, question.zone, "energyzero")


def parse(response: Mapping[str, Any]) -> list[Row]:
    """Return rows from `{"prices": [{price, timestamp, start, end}]}`.

    Raises:
        SourceError: the response has another shape.
    """
    items = response.get("prices")
    if not isinstance(items, list):
        raise SourceError("price_shape_unknown", source="energyzero")
    return rows(items, "start", "end", "price", "energyzero")
