"""Green Planet Energy: a day's quarter-hours per kWh by its action, all in all."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.core import HomeAssistant

from ...core.series import Series
from ..error import SourceError
from .call import async_ask
from .interval import Row, per_kwh, rows, series
from .question import Question

ACTION: Final = ("green_planet_energy", "get_prices")
_MOST_H: Final = 24
"""The action tells of no more."""


async def async_prices(hass: HomeAssistant, question: Question) -> Series:
    """Return the prices from the running quarter of an hour on."""
    per_kwh(1.0, "EUR/kWh", question.currency)
    data = {"config_entry_id": question.source["config_entry"], "hours": _MOST_H}
    found = parse(await async_ask(hass, *ACTION, data))
    return series(found, question.zone, "green_planet_energy")


def parse(response: Mapping[str, Any]) -> list[Row]:
    """Return rows from `{"prices": [{start, end, price}]}`.

    In the night of the change to summer time the hour that does not exist is told too, at the
    same times as the next one: the later row holds.

    Raises:
        SourceError: the response has another shape.
    """
    items = response.get("prices")
    if not isinstance(items, list):
        raise SourceError("price_shape_unknown", source="green_planet_energy")
    return rows(items, "start", "end", "price", "green_planet_energy")
