"""ENTSO-e from HACS: day-ahead prices by its action, in the unit chosen there."""

from collections.abc import Mapping
from datetime import date, datetime, time
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant

from ...core.series import Series
from ..error import SourceError
from .call import async_by_day
from .interval import Row, per_kwh, rows, series
from .question import Question

DOMAIN: Final = "entsoe"
ACTION: Final = (DOMAIN, "get_energy_prices")


async def async_prices(hass: HomeAssistant, question: Question) -> Series:
    """Return today's and, once published, tomorrow's prices."""
    entry_id = str(question.source["config_entry"])
    entry = hass.config_entries.async_get_entry(entry_id)
    chosen = {} if entry is None else {**entry.data, **entry.options}
    unit = f"{chosen.get('currency', 'EUR')}/{chosen.get('energy_scale', 'kWh')}"
    scale = per_kwh(1.0, unit, question.currency)

    def data(day: date) -> dict[str, Any]:
        return {"config_entry": entry_id, **_day(day, question.zone)}

    read = partial(parse, scale=scale)
    found = await async_by_day(hass, ACTION, question.today, data, read)
    return series(dict.fromkeys(found), question.zone, DOMAIN)


def _day(day: date, zone: ZoneInfo) -> dict[str, str]:
    """Return a local day as the action takes it, the last minute included."""
    begin, end = (datetime.combine(day, at, zone) for at in (time(), time(23, 59)))
    return {"start": begin.isoformat(), "end": end.isoformat()}


def parse(response: Mapping[str, Any], scale: float = 1.0) -> list[Row]:
    """Return rows from `{"prices": [{timestamp, price}]}`, times a scale.

    Raises:
        SourceError: the response has another shape.
    """
    items = response.get("prices")
    if not isinstance(items, list):
        raise SourceError("price_shape_unknown", source=DOMAIN)
    found = rows(items, "timestamp", None, "price", DOMAIN)
    return [(start, end, scale * price) for start, end, price in found]
