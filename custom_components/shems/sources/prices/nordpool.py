"""Nord Pool, Home Assistant's own: prices per MWh by the day of delivery."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ...const import LOGGER
from ...core.series import Series
from ..error import SourceError
from .call import async_ask
from .interval import Row, rows, series
from .question import Question

_MARKET_ZONE: Final = ZoneInfo("Europe/Oslo")
"""A day of delivery is a day of Central European time in every area."""


async def async_prices(hass: HomeAssistant, question: Question) -> Series:
    """Return today's and, once published, tomorrow's prices of one area."""
    today = dt_util.utc_from_timestamp(question.now).astimezone(_MARKET_ZONE).date()
    source = question.source
    found: list[Row] = []
    for day in (today, today + timedelta(days=1)):
        data = {
            "config_entry": source["config_entry"],
            "date": day,
            "areas": [source["area"]] if source.get("area") else [],
            "currency": question.currency,
        }
        try:
            response = await async_ask(hass, "nordpool", "get_prices_for_date", data)
        except SourceError as err:
            if day == today:
                raise
            LOGGER.debug("No prices for tomorrow yet: %s", err)
            break
        found += parse(response, source.get("area"))
    return series(found, question.zone, "nordpool")


def parse(response: Mapping[str, Any], area: str | None) -> list[Row]:
    """Return rows in currency/kWh from `{"SE3": [{start, end, price}]}`, per MWh.

    Raises:
        SourceError: the area is not in it, or several are and none was chosen.
    """
    if area is None and len(response) == 1:
        area = next(iter(response))
    if area is None or not isinstance(response.get(area), list):
        raise SourceError("price_area_missing", source="nordpool", areas=", ".join(response))
    found = rows(response[area], "start", "end", "price", "nordpool")
    return [(start, end, price / 1000) for start, end, price in found]
