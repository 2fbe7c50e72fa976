"""Prices as they come: rows with or without an end, in some unit, of some day."""

import itertools
import math
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.util import dt as dt_util

from ...core.series import Series
from ...core.units import InputError, price_per_kwh
from ..error import SourceError

type Row = tuple[datetime, datetime | None, float]

HOUR: Final = timedelta(hours=1)
QUARTER_S: Final = 900.0

_CENTS: Final = frozenset(
    {"ct", "cent", "cents", "eurocent", "c", "¢", "p", "pence", "öre", "øre", "ore", "gr", "grosz"}
)
_SYMBOLS: Final[Mapping[str, frozenset[str]]] = {
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP"}),
    "$": frozenset({"USD", "AUD", "CAD", "NZD"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "zł": frozenset({"PLN"}),
    "kč": frozenset({"CZK"}),
    "ft": frozenset({"HUF"}),
    "lei": frozenset({"RON"}),
    "fr": frozenset({"CHF"}),
}


def per_kwh(value: float, unit: str | None, currency: str) -> float:
    """Convert a price to currency/kWh.

    Raises:
        SourceError: the unit is no price, or one in another currency.
    """
    money, _, energy = (unit or "").replace(" ", "").partition("/")
    small = money.lower()
    if small in _CENTS:
        plain = "ct"
    elif money.upper() == currency or currency in _SYMBOLS.get(small, ()):
        plain = currency
    else:
        raise SourceError("price_unit_unknown", unit=str(unit), currency=currency)
    try:
        return price_per_kwh(value, f"{plain}/{energy}")
    except InputError as err:
        raise SourceError("price_unit_unknown", unit=str(unit), currency=currency) from err


def moment(value: object) -> datetime | None:
    """Return a time given as datetime, as ISO text or as epoch seconds or milliseconds."""
    match value:
        case datetime():
            return value
        case str():
            return dt_util.parse_datetime(value)
        case bool():
            return None
        case int() | float() if math.isfinite(value):
            return dt_util.utc_from_timestamp(value / 1000 if value > 1e11 else value)
        case _:
            return None


def amount(value: object) -> float | None:
    """Return a finite number given as number or text; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def rows(items: Iterable[Any], start: str, end: str | None, value: str, source: str) -> list[Row]:
    """Return rows from dictionaries with known keys; one without a price is left out.

    Raises:
        SourceError: an item has another shape.
    """
    found: list[Row] = []
    for item in items:
        if not isinstance(item, Mapping) or start not in item or value not in item:
            raise SourceError("price_shape_unknown", source=source)
        begin = moment(item[start])
        if begin is None:
            raise SourceError("price_shape_unknown", source=source)
        price = amount(item[value])
        if price is not None:
            found.append((begin, moment(item.get(end)) if end else None, price))
    return found


def series(found: Iterable[Row], zone: ZoneInfo, source: str) -> Series:
    """Return rows as a series in UTC, each row up to its end or the next one's start.

    A row without an end is as wide as the narrowest distance between two rows, an hour at
    most, so that a missing row leaves a gap. Times without an offset are of the wall clock
    of `zone`; the hour that comes twice in autumn is told apart by its order.

    Raises:
        SourceError: rows overlap.
    """
    points: list[tuple[float, float | None, float]] = []
    last = -math.inf
    for begin, end, value in found:
        at = _utc(begin, zone, last)
        last = at
        points.append((at, _utc(end, zone, at) if end else None, value))
    points.sort(key=lambda point: point[0])
    starts = sorted({point[0] for point in points})
    distances = [after - before for before, after in itertools.pairwise(starts)]
    width = min([HOUR.total_seconds(), *distances])
    try:
        return Series.of(
            (start, end if end is not None and end > start else start + width, value)
            for start, end, value in points
        )
    except InputError as err:
        raise SourceError("price_overlaps", source=source) from err


def _utc(at: datetime, zone: ZoneInfo, after: float) -> float:
    if at.tzinfo is not None:
        return at.timestamp()
    first, second = (at.replace(tzinfo=zone, fold=fold).timestamp() for fold in (0, 1))
    return second if first <= after < second else first


def day_rows(values: Iterable[object], day: date, zone: ZoneInfo, source: str) -> list[Row]:
    """Return rows from bare prices of one local day, of 23, 24 or 25 hours.

    Raises:
        SourceError: the number of prices fits no step of 15, 30 or 60 minutes.
    """
    listed = list(values)
    begin, stop = (
        datetime(each.year, each.month, each.day, tzinfo=zone).astimezone(UTC)
        for each in (day, day + timedelta(days=1))
    )
    for minutes in (60, 30, 15):
        step = timedelta(minutes=minutes)
        if len(listed) == (stop - begin) / step:
            prices = [amount(each) for each in listed]
            return [
                (begin + number * step, begin + (number + 1) * step, price)
                for number, price in enumerate(prices)
                if price is not None
            ]
    raise SourceError("price_count_wrong", source=source, count=len(listed))
