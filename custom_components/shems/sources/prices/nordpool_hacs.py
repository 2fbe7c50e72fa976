"""Nord Pool from HACS: attributes `raw_today` and `raw_tomorrow` of its sensor."""

from collections.abc import Mapping
from typing import Any

from homeassistant.core import HomeAssistant

from ...core.series import Series
from .interval import Row, per_kwh, rows, series
from .question import Question
from .sensor import raw_days, state_of


async def async_prices(hass: HomeAssistant, question: Question) -> Series:
    """Return what the sensor's attributes hold."""
    state = state_of(hass, question.source)
    found = parse(state.attributes, question.currency, state.entity_id)
    return series(found, question.zone, state.entity_id)


def parse(attributes: Mapping[str, Any], currency: str, source: str) -> list[Row]:
    """Return rows in currency/kWh from `[{start, end, value}]`.

    The unit is the sensor's, which may be in cents or per MWh.

    Raises:
        SourceError: the attribute is absent, or the unit is no price.
    """
    items = raw_days(attributes, source)
    scale = per_kwh(1.0, attributes.get("unit_of_measurement"), currency)
    return [
        (start, end, scale * price)
        for start, end, price in rows(items, "start", "end", "value", source)
    ]
