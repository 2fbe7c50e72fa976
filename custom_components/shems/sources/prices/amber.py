"""Amber Electric: the running interval by its sensor, those to come by its action.

Intervals begin a second after the minute. What is fed in is told with the sign of a revenue.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from ...core.series import Series
from ..error import SourceError
from .call import async_ask
from .interval import Row, amount, moment, per_kwh, series
from .question import SELL, Question

ACTION: Final = ("amberelectric", "get_forecasts")
_DOMAIN: Final = "amberelectric"
_VALUES: Final = ("advanced_price_predicted", "per_kwh")
"""Amber's own prediction knows more than the price made from the market operator's."""


async def async_prices(hass: HomeAssistant, question: Question) -> Series:
    """Return the prices of buying, or of feeding in."""
    per_kwh(1.0, "AUD/kWh", question.currency)
    entry_id = str(question.source["config_entry"])
    channel = channel_of(question.source)
    data = {"config_entry_id": entry_id, "channel_type": channel}
    response = await async_ask(hass, *ACTION, data)
    return series(parse(response, current(hass, entry_id, channel)), question.zone, _DOMAIN)


def channel_of(source: Mapping[str, Any]) -> str:
    """Return the channel a source is of."""
    return "feed_in" if source.get("side") == SELL else "general"


def current(hass: HomeAssistant, entry_id: str, channel: str) -> Mapping[str, Any]:
    """Return the running interval of a channel; nothing while its sensor is unavailable."""
    entity_id = sensor_of(hass, entry_id, channel)
    state = hass.states.get(entity_id) if entity_id else None
    return {} if state is None else state.attributes


def sensor_of(hass: HomeAssistant, entry_id: str, channel: str) -> str | None:
    """Return the sensor of a channel's running interval, None where there is none."""
    entries = er.async_entries_for_config_entry(er.async_get(hass), entry_id)
    ends = f"-current-{channel}"
    return next((each.entity_id for each in entries if each.unique_id.endswith(ends)), None)


def parse(response: Mapping[str, Any], running: Mapping[str, Any]) -> list[Row]:
    """Return rows from `{"forecasts": [{start_time, end_time, per_kwh, ...}]}`.

    Forecasts leave out the running interval; one that begins within it is left out here.

    Raises:
        SourceError: the response has another shape.
    """
    items = response.get("forecasts")
    if not isinstance(items, list):
        raise SourceError("price_shape_unknown", source=_DOMAIN)
    found = list(_rows([running] if "start_time" in running else [], ("per_kwh",)))
    until = found[0][1] if found else None
    ahead = _rows(items, _VALUES)
    return found + [row for row in ahead if until is None or row[0] >= until]


def _rows(items: Iterable[Any], values: tuple[str, ...]) -> Iterable[Row]:
    for item in items:
        if not isinstance(item, Mapping):
            raise SourceError("price_shape_unknown", source=_DOMAIN)
        start, end = (_minute(item.get(key)) for key in ("start_time", "end_time"))
        if start is None or end is None:
            raise SourceError("price_shape_unknown", source=_DOMAIN)
        price = next((each for key in values if (each := amount(item.get(key))) is not None), None)
        if price is not None:
            yield start, end, price


def _minute(value: object) -> datetime | None:
    at = moment(value)
    return None if at is None else at.replace(second=0, microsecond=0)
