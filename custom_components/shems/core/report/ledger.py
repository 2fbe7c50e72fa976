"""The ledger: metered cost against what the same days would have cost otherwise."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from ..assets.battery import Battery
from ..assets.home import Home
from ..horizon import HOUR_S
from .slot import Alternative, SlotRecord

_KEPT_DAYS: Final = 800
"""Two years and a bit: enough to compare a month with the year before."""
_PRICE_H: Final = 168
"""Energy in store is valued at the mean sale price of about a week: a single slot's would
turn moving energy from cheap to dear slots into a loss."""


@dataclass(frozen=True)
class Totals:
    """Sums over slots, in kWh and currency.

    Attributes:
        cost: bought less sold at the meter, plus wear.
        cost_no_battery, cost_self_consumption: of the same slots without the batteries,
            and with the rule.
        stored_value: what the batteries hold more than the rule's at the end, less what
            they held more at the beginning, at the mean sale price.
        hours: time counted.
        peak_cost, peak_cost_without: of the month's charge for peaks, beside `cost`.
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

    @classmethod
    def of(cls, slot: SlotRecord) -> Self:
        """Return the totals of one slot that is complete."""
        cost = slot.metered_cost + slot.wear_cost
        without = slot.otherwise.get("without")
        no_battery = slot.otherwise.get("no_battery")
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
            (slot.end - slot.start) / HOUR_S,
            slot.peak_cost,
            slot.peak_cost if without is None else without.peak_cost,
        )

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
    """Totals of every local day, of all time, and the state of the rule's home.

    Attributes:
        days: by ISO date of the home's zone; the last 800.
        total: since the start, days no longer kept included.
        rule_kwh: stored energy in the self-consumption home, by battery.
        real_kwh: stored energy at the last close, by battery.
        sale_price: mean of about the last week, currency/kWh.
        until: end of the last slot counted.
    """

    days: Mapping[str, Totals] = field(default_factory=dict)
    total: Totals = field(default_factory=Totals)
    rule_kwh: Mapping[str, float] = field(default_factory=dict)
    real_kwh: Mapping[str, float] = field(default_factory=dict)
    sale_price: float = 0.0
    until: float | None = None

    def closed(self, slot: SlotRecord, home: Home, zone: str) -> tuple[Ledger, SlotRecord | None]:
        """Return the ledger with a slot entered, and the slot as it was entered.

        One that was counted before changes nothing, and is not entered: None.

        Both other homes meet the same load and sun: `no battery` buys what the batteries
        gave and sells what they took; `self-consumption` runs its own batteries, begun at
        what ours held, by `Battery.step`.
        """
        if self.until is not None and slot.end <= self.until:
            return self, None
        entered, rule, sale_price = self._completed(slot, home)
        totals = Totals.of(entered)
        real = {**self.real_kwh, **slot.energy_kwh}
        day = datetime.fromtimestamp(slot.start, ZoneInfo(zone)).date().isoformat()
        days = {**self.days, day: self.days.get(day, Totals()).plus(totals)}
        for old in sorted(days)[:-_KEPT_DAYS]:
            del days[old]
        ledger = Ledger(days, self.total.plus(totals), rule, real, sale_price, slot.end)
        return ledger, entered

    def _completed(
        self, slot: SlotRecord, home: Home
    ) -> tuple[SlotRecord, dict[str, float], float]:
        """Return a slot with what it had been otherwise, the rule's stores and the sale price."""
        hours = (slot.end - slot.start) / HOUR_S
        own = slot.discharged_kwh - slot.charged_kwh
        rule, flow, wear = self._run_rule(slot, home, hours)
        weight = hours / (min(self.total.hours, _PRICE_H) + hours)
        sale_price = self.sale_price + weight * (slot.sell - self.sale_price)
        real = {**self.real_kwh, **slot.energy_kwh}
        stored_value = _worth(real, rule, sale_price, home) - _worth(
            self.real_kwh, self.rule_kwh, self.sale_price, home
        )
        completed = replace(
            slot,
            wear_cost=_share(home, lambda battery: battery.wear_per_kwh) * slot.discharged_kwh,
            otherwise={
                "no_battery": _otherwise(slot, own),
                "without": _otherwise(slot, own - flow, wear, rule),
            },
            stored_value=stored_value,
        )
        return completed, rule, sale_price

    def until_at_most(self, at: float) -> Ledger:
        """Return the ledger open for slots from a time on: the clock was set back to it."""
        return self if self.until is None else replace(self, until=min(self.until, at))

    def _run_rule(
        self, slot: SlotRecord, home: Home, hours: float
    ) -> tuple[dict[str, float], float, float]:
        """Return what the rule's batteries then hold, what they gave in all, and their wear."""
        rule = {**self.rule_kwh}
        left = slot.load_kwh - slot.solar_kwh
        flow = wear = 0.0
        for battery in home.batteries:
            if battery.id not in slot.energy_kwh:
                continue
            held = rule.get(battery.id, _held_before(slot, battery, home))
            most = battery.most_discharge_kw(held, hours, battery.floor_kwh)
            rule[battery.id], power = battery.step(held, min(left / hours, most), hours)
            left -= power * hours
            flow += power * hours
            wear += max(power, 0.0) * hours * battery.wear_per_kwh
        return rule, flow, wear

    def day(self, date: str) -> Totals:
        """Return the totals of a local date, zero where nothing was counted."""
        return self.days.get(date, Totals())

    def to_json(self) -> dict[str, Any]:
        """Return what outlives the process."""
        return {
            "days": {day: asdict(totals) for day, totals in self.days.items()},
            "total": asdict(self.total),
            "rule_kwh": dict(self.rule_kwh),
            "real_kwh": dict(self.real_kwh),
            "sale_price": self.sale_price,
            "until": self.until,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Restore from `to_json`."""
        return cls(
            {day: Totals(**totals) for day, totals in data["days"].items()},
            Totals(**data["total"]),
            dict(data["rule_kwh"]),
            dict(data["real_kwh"]),
            data.get("sale_price", 0.0),  # Ledgers of the first days have none.
            data["until"],
        )


def _share(home: Home, of: Callable[[Battery], float]) -> float:
    """Return the mean of the batteries, weighted with what they can hold; 0 without any."""
    whole = sum(battery.capacity_kwh for battery in home.batteries)
    parts = sum(of(battery) * battery.capacity_kwh for battery in home.batteries)
    return parts / whole if whole > 0 else 0.0


def _held_before(slot: SlotRecord, battery: Battery, home: Home) -> float:
    """Return what a battery held when the slot began.

    The meter counts all batteries together: each has its capacity's share.
    """
    stored = (
        slot.charged_kwh * battery.charge_efficiency
        - slot.discharged_kwh / battery.discharge_efficiency
    )
    part = _share(home, lambda each: float(each.id == battery.id))
    before = slot.energy_kwh[battery.id] - part * stored
    return min(max(before, 0.0), battery.capacity_kwh)


def _worth(
    real: Mapping[str, float], rule: Mapping[str, float], sale_price: float, home: Home
) -> float:
    """Return the worth of what the batteries hold more than the rule's.

    A kWh in store is worth what its discharge would bring: the least it will ever bring.
    """
    return sum(
        (real[battery.id] - rule[battery.id]) * battery.discharge_efficiency * max(sale_price, 0.0)
        for battery in home.batteries
        if battery.id in real and battery.id in rule
    )


def _otherwise(
    slot: SlotRecord,
    given_kwh: float,
    wear: float = 0.0,
    held: Mapping[str, float] | None = None,
) -> Alternative:
    """Return the slot where `given_kwh` of battery energy is taken away.

    What the meter counted in both directions inside the slot stays in both.
    """
    both = min(slot.bought_kwh, slot.sold_kwh)
    net = slot.bought_kwh - slot.sold_kwh + given_kwh
    bought, sold = both + max(net, 0.0), both + max(-net, 0.0)
    return Alternative(
        bought, sold, bought * slot.buy - sold * slot.sell + wear, held=dict(held or {})
    )
