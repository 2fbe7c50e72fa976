"""The ledger: metered cost against what the same days would have cost otherwise."""

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from ..assets.battery import Battery
from ..assets.home import Home
from ..horizon import HOUR_S
from ..units import InputError

_KEPT_DAYS: Final = 800
"""Two years and a bit: enough to compare a month with the year before."""
_PRICE_H: Final = 168
"""Energy in store is valued at the mean sale price of about a week: a single slot's would
turn moving energy from cheap to dear slots into a loss."""


@dataclass(frozen=True)
class SlotRecord:
    """What the meters counted in one slot.

    Attributes:
        start, end: epoch seconds.
        bought_kwh, sold_kwh: grid meter.
        solar_kwh: delivered.
        charged_kwh, discharged_kwh: all batteries, AC.
        buy, sell: currency/kWh.
        energy_kwh: stored at the end, by battery.
        moved_kwh: what devices took of the load that are moved in time.
    """

    start: float
    end: float
    bought_kwh: float
    sold_kwh: float
    solar_kwh: float
    charged_kwh: float
    discharged_kwh: float
    buy: float
    sell: float
    energy_kwh: Mapping[str, float] = field(default_factory=dict)
    moved_kwh: float = 0.0

    def __post_init__(self) -> None:
        """Reject what is no number: once in the sums it would never leave them."""
        for each in fields(self):
            value = getattr(self, each.name)
            numbers = value.values() if isinstance(value, Mapping) else (value,)
            if not all(map(math.isfinite, numbers)):
                raise InputError("slot_not_finite", name=each.name, start=self.start)
        if self.end <= self.start:
            raise InputError("slot_reversed", start=self.start, end=self.end)

    @property
    def load_kwh(self) -> float:
        """What the home used: load = grid + solar + battery."""
        return (
            self.bought_kwh
            - self.sold_kwh
            + self.solar_kwh
            + self.discharged_kwh
            - self.charged_kwh
        )

    @property
    def rest_kwh(self) -> float:
        """What the home used besides the devices that are moved."""
        return max(self.load_kwh - self.moved_kwh, 0.0)


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

    @property
    def saving(self) -> float:
        """Money saved against the self-consumption rule, the energy left in store valued."""
        return self.cost_self_consumption - self.cost + self.stored_value

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

    def closed(self, slot: SlotRecord, home: Home, zone: str) -> Ledger:
        """Return the ledger with a slot entered; one that was counted before changes nothing.

        Both other homes meet the same load and sun: `no battery` buys what the batteries
        gave and sells what they took; `self-consumption` runs its own batteries, begun at
        what ours held, by `Battery.step`.
        """
        if self.until is not None and slot.end <= self.until:
            return self
        hours = (slot.end - slot.start) / HOUR_S
        own = slot.discharged_kwh - slot.charged_kwh
        rule, rule_flow, rule_wear = self._run_rule(slot, home, hours)
        weight = hours / (min(self.total.hours, _PRICE_H) + hours)
        sale_price = self.sale_price + weight * (slot.sell - self.sale_price)
        real = {**self.real_kwh, **slot.energy_kwh}
        entered = Totals(
            slot.bought_kwh,
            slot.sold_kwh,
            slot.solar_kwh,
            slot.load_kwh,
            slot.charged_kwh,
            slot.discharged_kwh,
            _money(slot.bought_kwh, slot.sold_kwh, slot)
            + _share(home, lambda battery: battery.wear_per_kwh) * slot.discharged_kwh,
            _money(*_without(slot, own), slot),
            _money(*_without(slot, own - rule_flow), slot) + rule_wear,
            _worth(real, rule, sale_price, home)
            - _worth(self.real_kwh, self.rule_kwh, self.sale_price, home),
            hours,
        )
        day = datetime.fromtimestamp(slot.start, ZoneInfo(zone)).date().isoformat()
        days = {**self.days, day: self.days.get(day, Totals()).plus(entered)}
        for old in sorted(days)[:-_KEPT_DAYS]:
            del days[old]
        return Ledger(days, self.total.plus(entered), rule, real, sale_price, slot.end)

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


def _without(slot: SlotRecord, given_kwh: float) -> tuple[float, float]:
    """Return what is bought and sold where `given_kwh` of battery energy is taken away.

    What the meter counted in both directions inside the slot stays in both.
    """
    both = min(slot.bought_kwh, slot.sold_kwh)
    net = slot.bought_kwh - slot.sold_kwh + given_kwh
    return both + max(net, 0.0), both + max(-net, 0.0)


def _money(bought_kwh: float, sold_kwh: float, slot: SlotRecord) -> float:
    return bought_kwh * slot.buy - sold_kwh * slot.sell
