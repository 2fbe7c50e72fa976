"""Times of which no slot was entered, until what was counted in them is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .accounting import Mark


@dataclass(frozen=True)
class Absence:
    """A time of which nothing is entered.

    Attributes:
        start, end: epoch seconds.
        items: the counters of single devices when it began, by what they count.
    """

    start: float
    end: float
    items: Mapping[str, Mark] = field(default_factory=dict)


def noted(known: tuple[Absence, ...], new: Absence) -> tuple[Absence, ...]:
    """Return the absences with one more; two that follow one another are one."""
    if new.end <= new.start:
        return known
    if known and known[-1].end >= new.start:
        return (*known[:-1], replace(known[-1], end=max(known[-1].end, new.end)))
    return (*known, new)
