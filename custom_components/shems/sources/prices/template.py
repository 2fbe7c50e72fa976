"""A template of the user's own that gives prices: a list, or a mapping of times to prices."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import TemplateError
from homeassistant.helpers.template import Template

from ...core.series import Series
from ..error import SourceError
from . import attributes
from .interval import Row, series
from .question import Question

_SOURCE = "template"


async def async_prices(hass: HomeAssistant, question: Question) -> Series:
    """Return what the template gives.

    Raises:
        SourceError: it cannot be rendered, or gives something else.
    """
    try:
        given = Template(str(question.source.get("template", "")), hass).async_render()
    except TemplateError as err:
        raise SourceError("price_action_failed", source=_SOURCE, detail=str(err)) from err
    now = datetime.fromtimestamp(question.now, question.zone)
    unit = question.source.get("unit")
    return series(parse(given, unit, question.currency, now, question.zone), question.zone, _SOURCE)


def parse(given: Any, unit: str | None, currency: str, now: datetime, zone: ZoneInfo) -> list[Row]:
    """Return rows in currency/kWh from what a template gave.

    A list has dictionaries with a time and a price, or is of the bare prices of today; a
    mapping has prices by time, or the lists `today` and `tomorrow`. Text may be JSON.

    Raises:
        SourceError: it is something else, or the unit is no price.
    """
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError as err:
            raise SourceError("price_shape_unknown", source=_SOURCE) from err
    of_days = isinstance(given, Mapping) and any(isinstance(each, list) for each in given.values())
    held = given if of_days else {"today": given}
    return attributes.parse({**held, ATTR_UNIT_OF_MEASUREMENT: unit}, currency, now, zone, _SOURCE)
