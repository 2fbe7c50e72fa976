"""EnergyZero: market prices per kWh without VAT, by its action."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from homeassistant.core import HomeAssistant

from ...const import LOGGER
from ...core.series import Series
from ..error import SourceError
from .call import async_ask
from .interval import Row, rows, series
from .question import Question


async def async_prices(hass: HomeAssistant, question: Question) -> Series:
    """Return today's and, once published, tomorrow's prices."""
    today = datetime.fromtimestamp(question.now, question.zone).date()
    found: list[Row] = []
    for day in (today, today + timedelta(days=1)):
        data = {
            "config_entry": question.source["config_entry"],
            "incl_vat": False,
            "interval": question.source.get("interval", "hour"),
            "start": day.isoformat(),
            "end": day.isoformat(),
        }
        try:
            response = await async_ask(hass, "energyzero", "get_energy_prices", data)
        except SourceError as err:
            if day == today:
                raise
            LOGGER.debug("No prices for tomorrow yet: %s", err)
            break
        found += parse(response)
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
