"""Hours, days, months and years of the ledger: where each begins, and its rows added up."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from ..horizon import HOUR_S
from .rows import Row, Step, summed


def span_of(at: float, zone: str, step: Step) -> tuple[float, float]:
    """Return the beginning and the end of the hour, day, month or year that holds a time.

    All are of the wall clock: where it is half an hour from UTC, so are its hours.

    Args:
        at: epoch seconds.
        zone: IANA name of the home's zone.
        step: not `slot`.
    """
    local = datetime.fromtimestamp(at, ZoneInfo(zone))
    if step == "hour":
        # The hour that is repeated in autumn is two hours: told apart by the offset.
        offset = (local.utcoffset() or timedelta()).total_seconds()
        begin = (at + offset) // HOUR_S * HOUR_S - offset
        return begin, begin + HOUR_S
    first = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    if step == "day":
        return first.timestamp(), (first + timedelta(days=1)).timestamp()
    if step == "month":
        first = first.replace(day=1)
        return first.timestamp(), (first + timedelta(days=32)).replace(day=1).timestamp()
    first = first.replace(month=1, day=1)
    return first.timestamp(), first.replace(year=first.year + 1).timestamp()


def grouped(rows: Iterable[Row], zone: str, step: Step) -> tuple[Row, ...]:
    """Return rows added up by the span in which each begins, in order."""
    ordered = sorted(rows, key=lambda each: each.start)
    if step == "slot":
        return tuple(ordered)
    spans = groupby(ordered, key=lambda each: span_of(each.start, zone, step))
    return tuple(summed(each, *span) for span, each in spans)
