"""The ledger: metered cost against what the same days would have cost otherwise."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from ..assets.home import Home
from ..horizon import HOUR_S
from ..replay.codec import decode, encode
from .counterfactual.advance import NO_BATTERY, WITHOUT, Counterfactual, advance
from .counterfactual.facts import Facts
from .slot import SlotRecord

_ROUNDING_H: Final = 1e-6
"""What sums of hours may differ by."""
_KEPT_DAYS: Final = 800
"""Two years and a bit: enough to compare a month with the year before."""


@dataclass(frozen=True)
class Totals:
    """Sums over slots, in kWh and currency.

    Attributes:
        cost: bought less sold at the meter, plus wear.
        cost_no_battery, cost_self_consumption: of the same slots without SHEMS and without
            batteries, and without SHEMS; the name is that of files of the first days.
        stored_value: what the stores hold more than without SHEMS at the end, less what they
            held more at the beginning.
        hours: time counted.
        left_out_hours: of these, those of which a fact was missing: nothing is saved in them.
        peak_cost, peak_cost_without, peak_cost_no_battery: of the month's charge for peaks,
            beside `cost`.
        left_out_cost: of the hours left out, peaks included; all three costs hold it.
    """

    bought_kwh: float = 0.0
    sold_kwh: float = 0.0
    solar_kwh: float = 0.0
    load_kwh: float = 0.0
    charged_kwh: float = 0.0
    discharged_kwh: float = 0.0
    cost: float = 0.0
    cost_no_battery: float = 0.0
    cost_self_consumption: float = 0.0
    stored_value: float = 0.0
    hours: float = 0.0
    peak_cost: float = 0.0
    peak_cost_without: float = 0.0
    left_out_hours: float = 0.0
    peak_cost_no_battery: float = 0.0
    left_out_cost: float = 0.0

    @classmethod
    def of(cls, slot: SlotRecord) -> Self:
        """Return the totals of one slot that is complete."""
        cost = slot.metered_cost + slot.wear_cost
        without = slot.otherwise.get(WITHOUT)
        no_battery = slot.otherwise.get(NO_BATTERY)
        hours = (slot.end - slot.start) / HOUR_S
        return cls(
            slot.bought_kwh,
            slot.sold_kwh,
            slot.solar_kwh,
            slot.load_kwh,
            slot.charged_kwh,
            slot.discharged_kwh,
            cost,
            # Where nothing is known of it, nothing is saved.
            cost if no_battery is None else no_battery.cost,
            cost if without is None else without.cost,
            slot.stored_value,
            hours,
            slot.peak_cost,
            slot.peak_cost if without is None else without.peak_cost,
            hours if without is None else 0.0,
            slot.peak_cost if no_battery is None else no_battery.peak_cost,
            cost + slot.peak_cost if without is None else 0.0,
        )

    @property
    def all_left_out(self) -> bool:
        """Whether the home without SHEMS is known of none of the time, and so no saving."""
        return self.left_out_hours > 0 and self.hours - self.left_out_hours <= _ROUNDING_H

    @property
    def saving(self) -> float:
        """Money saved against the home without SHEMS, the energy left in store valued."""
        peaks = self.peak_cost_without - self.peak_cost
        return self.cost_self_consumption - self.cost + peaks + self.stored_value

    @property
    def self_consumption(self) -> float | None:
        """Share of the solar energy used at home; None without sun."""
        if self.solar_kwh <= 0:
            return None
        return min(1.0, max(0.0, 1 - self.sold_kwh / self.solar_kwh))

    @property
    def self_sufficiency(self) -> float | None:
        """Share of the load not bought; None without load."""
        if self.load_kwh <= 0:
            return None
        return min(1.0, max(0.0, 1 - self.bought_kwh / self.load_kwh))

    def times(self, factor: float) -> Totals:
        """Return a multiple."""
        return Totals(**{each.name: factor * getattr(self, each.name) for each in fields(self)})

    def plus(self, other: Totals) -> Totals:
        """Return the sum of both."""
        return Totals(
            **{
                each.name: getattr(self, each.name) + getattr(other, each.name)
                for each in fields(self)
            }
        )


@dataclass(frozen=True)
class Ledger:
    """Totals of every local day, of all time, and the home without SHEMS.

    Attributes:
        days: by ISO date of the home's zone; the last 800.
        total: since the start, days no longer kept included.
        otherwise: both homes when the last slot ended.
        until: end of the last slot counted.
        missing: devices of which a fact was missing in the last slot.
    """

    days: Mapping[str, Totals] = field(default_factory=dict)
    total: Totals = field(default_factory=Totals)
    otherwise: Counterfactual = field(default_factory=Counterfactual)
    until: float | None = None
    missing: tuple[str, ...] = ()

    def closed(
        self, slot: SlotRecord, home: Home, zone: str, facts: Facts | None = None
    ) -> tuple[Ledger, SlotRecord | None]:
        """Return the ledger with a slot entered, and the slot as it was entered.

        One that was counted before changes nothing, and is not entered: None.

        Args:
            slot: as metered.
            home: what exists.
            zone: IANA name of the home's zone.
            facts: what is known of the slot besides; None where nothing is.
        """
        if self.until is not None and slot.end <= self.until:
            return self, None
        compared = advance(self.otherwise, slot, home, facts, zone)
        entered = compared.slot
        totals = Totals.of(entered)
        day = datetime.fromtimestamp(slot.start, ZoneInfo(zone)).date().isoformat()
        days = {**self.days, day: self.days.get(day, Totals()).plus(totals)}
        for old in sorted(days)[:-_KEPT_DAYS]:
            del days[old]
        total = self.total.plus(totals)
        return Ledger(days, total, compared.state, slot.end, compared.missing), entered

    def filled(self, slots: Iterable[SlotRecord], zone: str) -> Ledger:
        """Return the ledger with slots of a gap, which lie before the last one that was counted.

        The home without SHEMS goes on after a gap as far from the real one as it was before
        it, so that nothing is saved in them.
        """
        days, total = dict(self.days), self.total
        for slot in slots:
            more = Totals.of(slot)
            day = datetime.fromtimestamp(slot.start, ZoneInfo(zone)).date().isoformat()
            days[day] = days.get(day, Totals()).plus(more)
            total = total.plus(more)
        return replace(self, days=days, total=total)

    def until_at_most(self, at: float) -> Ledger:
        """Return the ledger open for slots from a time on: the clock was set back to it."""
        if self.until is None:
            return self
        other = self.otherwise
        joined = None if other.until is None else min(other.until, at)
        return replace(self, until=min(self.until, at), otherwise=replace(other, until=joined))

    def revised(self, before: SlotRecord, after: SlotRecord, zone: str) -> Ledger:
        """Return the ledger with a slot that was entered corrected."""
        more = Totals.of(after).plus(Totals.of(before).times(-1.0))
        day = datetime.fromtimestamp(before.start, ZoneInfo(zone)).date().isoformat()
        days = {**self.days, day: self.day(day).plus(more)}
        return replace(self, days=days, total=self.total.plus(more))

    def day(self, date: str) -> Totals:
        """Return the totals of a local date, zero where nothing was counted."""
        return self.days.get(date, Totals())

    def to_json(self) -> dict[str, Any]:
        """Return what outlives the process."""
        return {
            "days": {day: asdict(totals) for day, totals in self.days.items()},
            "total": asdict(self.total),
            "otherwise": encode(self.otherwise),
            "until": self.until,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Restore from `to_json`."""
        return cls(
            {day: Totals(**totals) for day, totals in data["days"].items()},
            Totals(**data["total"]),
            # Ledgers of the first days knew the batteries of the other home alone.
            decode(Counterfactual, data.get("otherwise", {})),
            data["until"],
        )
