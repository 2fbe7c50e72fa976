"""Rows of the ledger: sums over slots, hours, days and months, by device and by part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Literal, Self

from ..tariff import PriceParts
from .ledger import Totals
from .slot import Alternative, BatteryFlow, Quality, SlotRecord
from .sold import BelowZero

type Step = Literal["slot", "hour", "day", "month", "year"]


@dataclass(frozen=True)
class Money:
    """What was paid and received, by part, currency.

    Attributes:
        bought_energy, bought_fee, bought_tax: of what was bought.
        bought_whole: what was paid at prices of which only the whole is known.
        sold_energy, sold_fee, sold_tax, sold_whole: likewise received for what was sold.
        peak: added to the charges for the months' peaks.
        wear: of the batteries; nobody is paid for it.
    """

    bought_energy: float = 0.0
    bought_fee: float = 0.0
    bought_tax: float = 0.0
    bought_whole: float = 0.0
    sold_energy: float = 0.0
    sold_fee: float = 0.0
    sold_tax: float = 0.0
    sold_whole: float = 0.0
    peak: float = 0.0
    wear: float = 0.0

    @classmethod
    def of(cls, slot: SlotRecord) -> Self:
        """Return the money of one slot."""
        return cls(
            *_parts(slot.bought_kwh, slot.buy, slot.buy_parts),
            *_parts(slot.sold_kwh, slot.sell, slot.sell_parts),
            slot.peak_cost,
            slot.wear_cost,
        )

    @property
    def bought(self) -> float:
        """All that was paid for what was bought."""
        return self.bought_energy + self.bought_fee + self.bought_tax + self.bought_whole

    @property
    def sold(self) -> float:
        """All that was received for what was sold."""
        return self.sold_energy + self.sold_fee + self.sold_tax + self.sold_whole

    @property
    def bill(self) -> float:
        """What the supplier bills: bought less sold, with the charge for peaks."""
        return self.bought - self.sold + self.peak

    def plus(self, other: Self) -> Self:
        """Return the sum of both."""
        return type(self)(
            **{
                each.name: getattr(self, each.name) + getattr(other, each.name)
                for each in fields(self)
            }
        )


def _parts(kwh: float, price: float, parts: PriceParts | None) -> tuple[float, float, float, float]:
    if parts is None:
        return 0.0, 0.0, 0.0, kwh * price
    return kwh * parts.energy, kwh * parts.fee, kwh * parts.tax, 0.0


@dataclass(frozen=True)
class Row:
    """What the ledger says of a span of time.

    What was bought is shared, in every slot, by all that took energy in proportion: devices,
    what else the home used, and batteries that were charging. So the devices' costs and
    carbon and the rest's add up to the meter's, and nothing is counted twice: what comes from
    the roof or a battery costs nothing when it is used.

    Attributes:
        start, end: epoch seconds.
        totals: energies and money of the home.
        money: by part.
        device_kwh, device_cost, device_carbon_kg: by device id, batteries apart.
        source_kwh: by solar array.
        battery_kwh: by battery.
        carbon_kg: of what was bought while the grid's carbon was known.
        carbon_hours: for how long it was.
        otherwise: sums of the alternatives, by name; `held` is that of the end.
        saved_by_device, saved_by_cause: shares of the saving.
        estimated_hours: of the hours counted, those that were not measured then.
        meter_kwh: by quantity (`bought`, `sold`, `solar`, `charged`, `discharged`), by how much
            its counters rose, also while nothing was entered; without counters it is missing.
        below_zero: what was sold while selling cost money.
    """

    start: float
    end: float
    totals: Totals = field(default_factory=Totals)
    money: Money = field(default_factory=Money)
    device_kwh: Mapping[str, float] = field(default_factory=dict)
    device_cost: Mapping[str, float] = field(default_factory=dict)
    device_carbon_kg: Mapping[str, float] = field(default_factory=dict)
    source_kwh: Mapping[str, float] = field(default_factory=dict)
    battery_kwh: Mapping[str, BatteryFlow] = field(default_factory=dict)
    carbon_kg: float = 0.0
    carbon_hours: float = 0.0
    otherwise: Mapping[str, Alternative] = field(default_factory=dict)
    saved_by_device: Mapping[str, float] = field(default_factory=dict)
    saved_by_cause: Mapping[str, float] = field(default_factory=dict)
    estimated_hours: float = 0.0
    meter_kwh: Mapping[str, float] = field(default_factory=dict)
    below_zero: BelowZero = field(default_factory=BelowZero)

    @property
    def hours(self) -> float:
        """The time counted."""
        return self.totals.hours

    @property
    def saving(self) -> float:
        """The money saved, what is left in the stores valued."""
        return self.totals.saving

    @classmethod
    def of(cls, slot: SlotRecord) -> Self:
        """Return the row of one slot."""
        totals = Totals.of(slot)
        taken = max(slot.load_kwh, sum(slot.device_kwh.values())) + slot.charged_kwh
        share = slot.bought_kwh / taken if taken > 0 else 0.0
        bought = {device: kwh * min(share, 1.0) for device, kwh in slot.device_kwh.items()}
        carbon = slot.carbon_kg_per_kwh
        return cls(
            slot.start,
            slot.end,
            totals,
            Money.of(slot),
            dict(slot.device_kwh),
            {device: kwh * slot.buy for device, kwh in bought.items()},
            {} if carbon is None else {device: kwh * carbon for device, kwh in bought.items()},
            dict(slot.source_kwh),
            dict(slot.battery_kwh),
            0.0 if carbon is None else slot.bought_kwh * carbon,
            0.0 if carbon is None else totals.hours,
            dict(slot.otherwise),
            dict(slot.saved_by_device),
            dict(slot.saved_by_cause),
            totals.hours if slot.quality is Quality.ESTIMATED else 0.0,
            dict(slot.meter_kwh),
            BelowZero.of(slot),
        )

    def plus(self, other: Self) -> Self:
        """Return the sum of both, from the first's start to the last's end."""
        first, last = (self, other) if self.start <= other.start else (other, self)
        return type(self)(
            first.start,
            max(self.end, other.end),
            self.totals.plus(other.totals),
            self.money.plus(other.money),
            _added(self.device_kwh, other.device_kwh),
            _added(self.device_cost, other.device_cost),
            _added(self.device_carbon_kg, other.device_carbon_kg),
            _added(self.source_kwh, other.source_kwh),
            _flows_added(self.battery_kwh, other.battery_kwh),
            self.carbon_kg + other.carbon_kg,
            self.carbon_hours + other.carbon_hours,
            _alternatives_added(first.otherwise, last.otherwise),
            _added(self.saved_by_device, other.saved_by_device),
            _added(self.saved_by_cause, other.saved_by_cause),
            self.estimated_hours + other.estimated_hours,
            _added(self.meter_kwh, other.meter_kwh),
            self.below_zero.plus(other.below_zero),
        )


def summed(rows: Iterable[Row], start: float, end: float) -> Row:
    """Return the sum of rows as the row of a span."""
    total = Row(start, end)
    for each in rows:
        total = total.plus(each)
    return Row(start, end, **{name: getattr(total, name) for name in _SUMS})


_SUMS = tuple(each.name for each in fields(Row) if each.name not in ("start", "end"))


def _added(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    added = dict(one)
    for key, value in other.items():
        added[key] = added.get(key, 0.0) + value
    return added


def _flows_added(
    one: Mapping[str, BatteryFlow], other: Mapping[str, BatteryFlow]
) -> dict[str, BatteryFlow]:
    added = dict(one)
    for key, flow in other.items():
        before = added.get(key, BatteryFlow())
        added[key] = BatteryFlow(
            before.charged_kwh + flow.charged_kwh, before.discharged_kwh + flow.discharged_kwh
        )
    return added


def _alternatives_added(
    first: Mapping[str, Alternative], last: Mapping[str, Alternative]
) -> dict[str, Alternative]:
    added = dict(first)
    for key, each in last.items():
        before = added.get(key)
        added[key] = each if before is None else _alternative_added(before, each)
    return added


def _alternative_added(first: Alternative, last: Alternative) -> Alternative:
    return Alternative(
        first.bought_kwh + last.bought_kwh,
        first.sold_kwh + last.sold_kwh,
        first.cost + last.cost,
        first.peak_cost + last.peak_cost,
        _added(first.device_kwh, last.device_kwh),
        {**first.held, **last.held},
    )
