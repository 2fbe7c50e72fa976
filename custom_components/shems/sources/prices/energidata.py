"""Energi Data Service from HACS: attributes `raw_today` and `raw_tomorrow` of its sensor."""

from collections.abc import Mapping
from typing import Any

from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT
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
    """Return rows in currency/kWh from `[{hour, price}]`, by the hour or the quarter.

    Its `forecast` of the days after is a guess, nothing published, and is not read.

    Raises:
        SourceError: the attribute is absent, or the unit is no price.
    """
    items = raw_days(attributes, source)
    scale = per_kwh(1.0, attributes.get(ATTR_UNIT_OF_MEASUREMENT), currency)
    return [
        (start, end, scale * price)
        for start, end, price in rows(items, "hour", None, "price", source)
    ]
