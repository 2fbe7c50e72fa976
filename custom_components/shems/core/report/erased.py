"""The ledger without days that its owner had erased."""

from dataclasses import fields, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from .ledger import Ledger, Totals


def without(ledger: Ledger, zone: str, begin: float, end: float) -> Ledger:
    """Return a ledger without the days that begin in a time, also in its total.

    Args:
        ledger: any.
        zone: IANA name of the zone of its days.
        begin, end: epoch seconds.
    """
    erased = {
        day: totals for day, totals in ledger.days.items() if begin <= _midnight(day, zone) < end
    }
    total = ledger.total
    for each in erased.values():
        total = _less(total, each)
    days = {day: totals for day, totals in ledger.days.items() if day not in erased}
    return replace(ledger, days=days, total=total)


def _midnight(day: str, zone: str) -> float:
    return datetime.combine(date.fromisoformat(day), time(), ZoneInfo(zone)).timestamp()


def _less(total: Totals, part: Totals) -> Totals:
    """Return a sum without one of its parts."""
    return Totals(
        **{
            each.name: getattr(total, each.name) - getattr(part, each.name)
            for each in fields(Totals)
        }
    )
