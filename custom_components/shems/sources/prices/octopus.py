"""Octopus Energy from HACS: event entities with the rates of today and of tomorrow."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from ...core.series import Series
from ..error import SourceError
from .interval import Row, per_kwh, rows, series
from .question import Question
from .sensor import state_of

DOMAIN: Final = "octopus_energy"
TODAY: Final = "_current_day_rates"
_TOMORROW: Final = "_next_day_rates"


async def async_prices(hass: HomeAssistant, question: Question) -> Series:
    """Return the rates of today and, once published, of tomorrow, in pounds with VAT."""
    per_kwh(1.0, "GBP/kWh", question.currency)
    state = state_of(hass, question.source)
    found = parse(state.attributes, state.entity_id)
    for entity_id in tomorrow(hass, state.entity_id):
        later = hass.states.get(entity_id)
        if later is not None and later.attributes.get("rates"):
            found += parse(later.attributes, entity_id)
    return series(dict.fromkeys(found), question.zone, state.entity_id)


def tomorrow(hass: HomeAssistant, entity_id: str) -> Iterable[str]:
    """Return the entity of tomorrow's rates beside one of today's, whatever its name.

    Other integrations of the same author have such pairs too.
    """
    registry = er.async_get(hass)
    entry = registry.async_get(entity_id)
    if entry is None:
        return [entity_id.replace(TODAY, _TOMORROW)] if entity_id.endswith(TODAY) else []
    if not entry.unique_id.endswith(TODAY):
        return []
    unique_id = entry.unique_id.replace(TODAY, _TOMORROW)
    found = registry.async_get_entity_id(entry.domain, entry.platform, unique_id)
    return [] if found is None else [found]


def parse(attributes: Mapping[str, Any], source: str) -> list[Row]:
    """Return rows in pounds per kWh from `rates: [{start, end, value_inc_vat}]`.

    Raises:
        SourceError: there are no rates, or of another shape.
    """
    items = attributes.get("rates")
    if not isinstance(items, list):
        raise SourceError("price_attribute_missing", source=source, attribute="rates")
    return rows(items, "start", "end", "value_inc_vat", source)
