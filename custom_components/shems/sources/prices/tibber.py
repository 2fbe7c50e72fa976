"""Tibber: prices per kWh with everything in them, by its action."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from homeassistant.core import HomeAssistant

from ...core.series import Series
from ..error import SourceError
from .call import async_ask
from .interval import Row, rows, series
from .question import Question


async def async_prices(hass: HomeAssistant, question: Question) -> Series:
    """Return today's and, once published, tomorrow's prices of one Tibber home."""
    now = datetime.fromtimestamp(question.now, question.zone)
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    day_after = (start + timedelta(days=2)).date()  # On the wall clock, whatever the hours.
    end = datetime(day_after.year, day_after.month, day_after.day, tzinfo=question.zone)
    data = {"start": start.isoformat(), "end": end.isoformat()}
    response = await async_ask(hass, "tibber", "get_prices", data)
    found = parse(response, question.source.get("home"))
    return series(found, question.zone, "tibber")


def parse(response: Mapping[str, Any], home: str | None) -> list[Row]:
    """Return rows from `{"prices": {home: [{start_time, price}]}}`.

    Raises:
        SourceError: the home is not in it, or several are and none was chosen.
    """
    homes = response.get("prices")
    if not isinstance(homes, Mapping):
        raise SourceError("price_shape_unknown", source="tibber")
    if home is None and len(homes) == 1:
        home = str(next(iter(homes)))
    if home is None or not isinstance(homes.get(home), list):
        raise SourceError("price_area_missing", source="tibber", areas=", ".join(homes))
    return rows(homes[home], "start_time", None, "price", "tibber")
