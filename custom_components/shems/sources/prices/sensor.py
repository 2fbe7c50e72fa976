"""A plain price sensor: it knows the price of now and no other."""

from collections.abc import Mapping
from typing import Any

from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import HomeAssistant, State

from ...core.series import Series
from ..error import SourceError
from .interval import QUARTER_S, amount, per_kwh
from .question import Question


def state_of(hass: HomeAssistant, source: Mapping[str, Any]) -> State:
    """Return the state of a source's entity.

    Raises:
        SourceError: it is absent or unavailable.
    """
    entity_id = str(source.get("entity"))
    state = hass.states.get(entity_id)
    if state is None or state.state == STATE_UNAVAILABLE:
        raise SourceError("price_entity_unavailable", entity=entity_id)
    return state


def raw_days(attributes: Mapping[str, Any], source: str) -> list[Any]:
    """Return the items of `raw_today`, and of `raw_tomorrow` once it is there.

    Raises:
        SourceError: there is no list of today's.
    """
    today, tomorrow = (attributes.get(key) for key in ("raw_today", "raw_tomorrow"))
    if not isinstance(today, list):
        raise SourceError("price_attribute_missing", source=source, attribute="raw_today")
    return today + (tomorrow if isinstance(tomorrow, list) else [])


async def async_prices(hass: HomeAssistant, question: Question) -> Series:
    """Return the present price, for the quarter of an hour that now lies in."""
    state = state_of(hass, question.source)
    value = None if state.state == STATE_UNKNOWN else amount(state.state)
    if value is None:
        raise SourceError("price_entity_unavailable", entity=state.entity_id)
    price = per_kwh(value, state.attributes.get(ATTR_UNIT_OF_MEASUREMENT), question.currency)
    start = question.now // QUARTER_S * QUARTER_S
    return Series.of([(start, start + QUARTER_S, price)])
