"""PVPC: the regulated Spanish prices, one attribute for each hour of today and tomorrow."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT
from homeassistant.core import HomeAssistant

from ...core.series import Series
from ..error import SourceError
from .interval import HOUR, Row, amount, per_kwh, series
from .question import Question
from .sensor import state_of

_PREFIXES: Final = ("price_", "price_next_day_")


async def async_prices(hass: HomeAssistant, question: Question) -> Series:
    """Return what the sensor's attributes hold.

    They are renewed at every hour, so that their day is that of the last report: just after
    midnight the sensor still shows yesterday's.
    """
    state = state_of(hass, question.source)
    day = state.last_reported.astimezone(question.zone).date()
    found = parse(state.attributes, question.currency, day, question.zone, state.entity_id)
    return series(found, question.zone, state.entity_id)


def parse(
    attributes: Mapping[str, Any], currency: str, today: date, zone: ZoneInfo, source: str
) -> list[Row]:
    """Return rows in currency/kWh from `price_00h` to `price_23h` and `price_next_day_00h`.

    In autumn `price_02h_d` is the hour that comes twice, in spring there is no `price_02h`.

    Raises:
        SourceError: there is no such attribute, or the unit is no price.
    """
    scale = per_kwh(1.0, attributes.get(ATTR_UNIT_OF_MEASUREMENT), currency)
    found: list[Row] = []
    for number, prefix in enumerate(_PREFIXES):
        day = today + timedelta(days=number)
        for hour in range(24):
            for fold, again in enumerate(("", "_d")):
                price = amount(attributes.get(f"{prefix}{hour:02d}h{again}"))
                if price is not None:
                    at = datetime(day.year, day.month, day.day, hour, tzinfo=zone, fold=fold)
                    begin = at.astimezone(UTC)  # Where adding an hour is one.
                    found.append((begin, begin + HOUR, scale * price))
    if not found:
        raise SourceError("price_attribute_missing", source=source, attribute="price_00h")
    return found
