"""Nord Pool, Home Assistant's own: prices per MWh by the day of delivery."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ...core.series import Series
from ..error import SourceError
from .call import async_by_day
from .interval import Row, rows, series
from .question import Question

ACTION: Final = ("nordpool", "get_prices_for_date")
MARKET_ZONE: Final = ZoneInfo("Europe/Oslo")
"""A day of delivery is a day of Central European time in every area."""


async def async_prices(hass: HomeAssistant, question: Question) -> Series:
    """Return today's and, once published, tomorrow's prices of one area."""
    today = dt_util.utc_from_timestamp(question.now).astimezone(MARKET_ZONE).date()
    source = question.source

    def data(day: date) -> dict[str, Any]:
        return {
            "config_entry": source["config_entry"],
            "date": day,
            "areas": [source["area"]] if source.get("area") else [],
            "currency": question.currency,
        }

    found = await async_by_day(hass, ACTION, today, data, partial(parse, area=source.get("area")))
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
