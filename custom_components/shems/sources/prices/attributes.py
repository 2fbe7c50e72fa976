"""Prices in a sensor's attributes, in the shapes that are common."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant

from ...core.series import Series
from ..error import SourceError
from .interval import Row, amount, day_rows, moment, per_kwh, series
from .question import Question
from .sensor import state_of

_STARTS: Final = (
    "start",
    "start_time",
    "starts_at",
    "startsat",
    "start_timestamp",
    "from",
    "valid_from",
    "period_start",
    "time",
    "timestamp",
    "datetime",
    "date",
    "hour",
)
_ENDS: Final = (
    "end",
    "end_time",
    "ends_at",
    "end_timestamp",
    "till",
    "to",
    "valid_to",
    "period_end",
)
_VALUES: Final = (
    "value",
    "price",
    "total",
    "price_per_kwh",
    "per_kwh",
    "value_inc_vat",
    "electricity_price",
    "price_ct_per_kwh",
    "marketprice",
)
_OWN_UNIT: Final = {"price_ct_per_kwh": "ct/kWh"}
"""A key that names its own unit, whatever the sensor's is."""
_DAYS: Final = {"today": 0, "prices_today": 0, "tomorrow": 1, "prices_tomorrow": 1}
"""Attributes that may hold the bare prices of a local day."""
_PUBLISHED: Final = ("raw_today", "raw_tomorrow")
"""Attributes that hold what is published, and nothing else."""


async def async_prices(hass: HomeAssistant, question: Question) -> Series:
    """Return what the entity's attributes hold."""
    state = state_of(hass, question.source)
    now = datetime.fromtimestamp(question.now, question.zone)
    found = parse(state.attributes, question.currency, now, question.zone, state.entity_id)
    return series(found, question.zone, state.entity_id)


def parse(
    attributes: Mapping[str, Any], currency: str, now: datetime, zone: ZoneInfo, source: str
) -> list[Row]:
    """Return rows in currency/kWh from every attribute that holds prices over time.

    Three shapes are known: a list of dictionaries with a time and a price, a dictionary of
    prices by time, and bare prices of today or tomorrow. The first kind found is taken
    alone, as sensors often show the same prices in several shapes.

    Raises:
        SourceError: there is no such attribute, or the unit is no price.
    """
    unit = attributes.get("unit_of_measurement")
    if any(attributes.get(key) for key in _PUBLISHED):
        # What such a sensor lists beside them is a guess of further days.
        attributes = {key: attributes.get(key) for key in _PUBLISHED}
    for read in (_dictionaries, _by_time):
        found = [row for value in attributes.values() for row in read(value, unit, currency)]
        if found:
            return _unique(found)
    found = []
    for key, offset in _DAYS.items():
        value = attributes.get(key)
        if isinstance(value, list) and value and not isinstance(value[0], Mapping):
            day = now.date() + timedelta(days=offset)
            scale = per_kwh(1.0, unit, currency)
            found += [
                (start, end, scale * price)
                for start, end, price in day_rows(value, day, zone, f"{source} {key}")
            ]
    if not found:
        raise SourceError("price_shape_unknown", source=source)
    return _unique(found)


def _dictionaries(value: Any, unit: str | None, currency: str) -> list[Row]:
    if not isinstance(value, list):
        return []
    found: list[Row] = []
    for item in value:
        if not isinstance(item, Mapping):
            return []
        plain = {str(key).lower(): each for key, each in item.items()}
        start, price = _pick(plain, _STARTS), _pick(plain, _VALUES)
        if start is None or price is None:
            return []
        begin, number = moment(plain[start]), amount(plain[price])
        if begin is None:
            return []
        if number is not None:
            end = _pick(plain, _ENDS)
            number = per_kwh(number, _OWN_UNIT.get(price, unit), currency)
            found.append((begin, moment(plain[end]) if end else None, number))
    return found


def _pick(item: Mapping[str, Any], keys: Iterable[str]) -> str | None:
    return next((key for key in keys if key in item), None)


def _by_time(value: Any, unit: str | None, currency: str) -> list[Row]:
    if not isinstance(value, Mapping):
        return []
    found: list[Row] = []
    for key, each in value.items():
        begin, number = moment(key), amount(each)
        if begin is None:
            return []
        if number is not None:
            found.append((begin, None, per_kwh(number, unit, currency)))
    return found


def _unique(found: list[Row]) -> list[Row]:
    """Drop repetitions: many sensors list today's prices under two names."""
    return list(dict.fromkeys(found))
