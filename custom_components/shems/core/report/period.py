"""Periods that are reported, and the period that each is compared with."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from ..units import InputError


class Kind(StrEnum):
    """What a period is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


@dataclass(frozen=True)
class Period:
    """A time from one local moment to another.

    Attributes:
        kind: what it is.
        begin, end: aware times of the home's zone, `end` not included.
    """

    kind: Kind
    begin: datetime
    end: datetime

    def __post_init__(self) -> None:
        """Reject a period that ends before it begins."""
        if self.end <= self.begin:
            raise InputError("period_reversed")

    @property
    def start_s(self) -> float:
        """The beginning in epoch seconds."""
        return self.begin.timestamp()

    @property
    def end_s(self) -> float:
        """The end in epoch seconds."""
        return self.end.timestamp()

    def before(self) -> Period:
        """Return the same period before: of a range, the time of the same length."""
        if self.kind is Kind.RANGE:
            # On the wall clock: a range of days begins at midnight, summer or winter.
            length = self.end.replace(tzinfo=None) - self.begin.replace(tzinfo=None)
            return Period(self.kind, self.begin - length, self.begin)
        return period(self.kind, self.begin - timedelta(hours=12))

    def until(self, now: float) -> Period:
        """Return the part of the period that is over.

        Raises:
            InputError: none of it is.
        """
        at = datetime.fromtimestamp(now, self.begin.tzinfo)
        if at <= self.begin:
            raise InputError("period_to_come")
        return self if at >= self.end else Period(self.kind, self.begin, at)

    def compared(self, now: float) -> Period:
        """Return what the part that is over is compared with: as much of the period before."""
        over, before = self.until(now), self.before()
        if over.end == self.end:
            return before
        passed = over.end.replace(tzinfo=None) - self.begin.replace(tzinfo=None)
        return Period(self.kind, before.begin, min(before.begin + passed, before.end))


def period(kind: Kind, at: datetime) -> Period:
    """Return the day, week from Monday, month or year that holds an aware local time.

    Raises:
        InputError: a range has ends of its own.
    """
    if kind is Kind.RANGE:
        raise InputError("period_without_ends")
    midnight = datetime.combine(at.date(), time(), at.tzinfo)
    match kind:
        case Kind.DAY:
            return Period(kind, midnight, midnight + timedelta(days=1))
        case Kind.WEEK:
            begin = midnight - timedelta(days=midnight.weekday())
            return Period(kind, begin, begin + timedelta(days=7))
        case Kind.MONTH:
            begin = midnight.replace(day=1)
            return Period(kind, begin, (begin + timedelta(days=32)).replace(day=1))
        case _:
            begin = midnight.replace(month=1, day=1)
            return Period(kind, begin, begin.replace(year=begin.year + 1))


def local(now: float, zone: str) -> datetime:
    """Return a time of a zone."""
    return datetime.fromtimestamp(now, ZoneInfo(zone))
