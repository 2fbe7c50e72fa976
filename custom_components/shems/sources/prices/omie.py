"""OMIE: the Iberian market's prices per kWh by its action."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ...core.series import Series
from ..error import SourceError
from .call import async_by_day
from .interval import HOUR, Row, day_rows, per_kwh, rows, series
from .nordpool import MARKET_ZONE
from .question import Question

ACTION: Final = ("omie", "get_prices_for_date")
COUNTRIES: Final = ("es", "pt")


async def async_prices(hass: HomeAssistant, question: Question) -> Series:
    """Return today's and, once published, tomorrow's prices of one country.

    A day of delivery is one of Central European time, in Portugal too.
    """
    per_kwh(1.0, "EUR/kWh", question.currency)
    country = str(question.source.get("country", COUNTRIES[0]))
    today = dt_util.utc_from_timestamp(question.now).astimezone(MARKET_ZONE).date()

    def data(day: date) -> dict[str, Any]:
        return {"date": day, "countries": [country]}

    found = await async_by_day(hass, ACTION, today, data, partial(parse, country=country))
    return series(found, question.zone, "omie")


def parse(response: Mapping[str, Any], country: str) -> list[Row]:
    """Return rows from `{"es": [{start, end, price}]}`.

    On days when the clock changes, the integration counts quarter-hours on the wall clock: in
    autumn what comes after the change is told an hour late, in spring an hour early, and the
    prices of the first hour after it are overwritten.

    Raises:
        SourceError: the country is not in it.
    """
    items = response.get(country)
    if not isinstance(items, list):
        raise SourceError("price_shape_unknown", source="omie")
    found = rows(items, "start", "end", "price", "omie")
    if not found:
        return found
    day = found[0][0].astimezone(MARKET_ZONE).date()
    try:
        return day_rows([price for _, _, price in found], day, MARKET_ZONE, "omie")
    except SourceError:
        offset = found[0][0].astimezone(MARKET_ZONE).utcoffset()
        return [
            (at, None, price)
            if at.astimezone(MARKET_ZONE).utcoffset() == offset
            else (at + HOUR, None, price)
            for at, _, price in found
        ]
