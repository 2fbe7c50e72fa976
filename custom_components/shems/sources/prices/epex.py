"""EPEX Spot from HACS: attribute `data` of its market or total price sensor."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT
from homeassistant.core import HomeAssistant

from ...core.series import Series
from ..error import SourceError
from .interval import Row, per_kwh, rows, series
from .question import Question
from .sensor import state_of

_UNITS: Final = {"price_ct_per_kwh": "ct/kWh", "price_p_per_kwh": "p/kWh"}
"""Older releases name the unit in the key; the sensor's own is per MWh there."""


async def async_prices(hass: HomeAssistant, question: Question) -> Series:
    """Return what the sensor's attributes hold."""
    state = state_of(hass, question.source)
    found = parse(state.attributes, question.currency, state.entity_id)
    return series(found, question.zone, state.entity_id)


def parse(attributes: Mapping[str, Any], currency: str, source: str) -> list[Row]:
    """Return rows in currency/kWh from `[{start_time, end_time, price_per_kwh}]`.

    Raises:
        SourceError: the attribute is absent, or the unit is no price.
    """
    items = attributes.get("data")
    if not isinstance(items, list):
        raise SourceError("price_attribute_missing", source=source, attribute="data")
    first = items[0] if items and isinstance(items[0], Mapping) else {}
    key = next((each for each in _UNITS if each in first), "price_per_kwh")
    unit = _UNITS.get(key, attributes.get(ATTR_UNIT_OF_MEASUREMENT))
    scale = per_kwh(1.0, unit, currency)
    return [
        (start, end, scale * price)
        for start, end, price in rows(items, "start_time", "end_time", key, source)
    ]
