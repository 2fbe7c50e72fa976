"""What was sold: when, for how much, and how little of it while selling cost money."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Self

from ..horizon import HOUR_S
from .slot import SlotRecord


@dataclass(frozen=True)
class BelowZero:
    """What went into the grid at prices below zero.

    Attributes:
        hours: for how long the price was below zero.
        sold_kwh: what was sold then.
        kept_kwh: how much more the same home would have sold then without SHEMS; negative
            where it would have sold less.
        kept_value: what that would have cost, currency.
    """

    hours: float = 0.0
    sold_kwh: float = 0.0
    kept_kwh: float = 0.0
    kept_value: float = 0.0

    @classmethod
    def of(cls, slot: SlotRecord) -> Self:
        """Return what a slot adds."""
        if slot.sell >= 0:
            return cls()
        without = slot.otherwise.get("without")
        kept = 0.0 if without is None else without.sold_kwh - slot.sold_kwh
        hours = (slot.end - slot.start) / HOUR_S
        return cls(hours, slot.sold_kwh, kept, -kept * slot.sell)

    def plus(self, other: Self) -> Self:
        """Return the sum of both."""
        return type(self)(
            **{
                each.name: getattr(self, each.name) + getattr(other, each.name)
                for each in fields(self)
            }
        )


@dataclass(frozen=True)
class SoldHour:
    """What was sold in an hour of the epoch.

    Attributes:
        start: epoch seconds.
        kwh: energy.
        money: received; negative where selling cost money.
    """

    start: float
    kwh: float
    money: float


def sold_by_hour(slots: Iterable[SlotRecord], since: float) -> tuple[SoldHour, ...]:
    """Return the hours since a time in which something was sold, in order."""
    hours: dict[float, SoldHour] = {}
    for slot in slots:
        if slot.start < since or not slot.sold_kwh:
            continue
        start = slot.start // HOUR_S * HOUR_S
        before = hours.get(start, SoldHour(start, 0.0, 0.0))
        money = slot.sold_kwh * slot.sell
        hours[start] = SoldHour(start, before.kwh + slot.sold_kwh, before.money + money)
    return tuple(hours[each] for each in sorted(hours))
