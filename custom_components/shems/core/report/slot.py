"""What happened in one slot: energies, prices and what the same slot had been otherwise."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum

from ..tariff import PriceParts
from ..units import InputError


class Quality(StrEnum):
    """How an entry of the ledger is known."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
    """Rebuilt from hourly statistics, or at a price that is no longer known to the slot."""


@dataclass(frozen=True)
class BatteryFlow:
    """What one battery took and gave in a slot, AC kWh."""

    charged_kwh: float = 0.0
    discharged_kwh: float = 0.0


@dataclass(frozen=True)
class Alternative:
    """What the same slot had been in another home, or in this one left to itself.

    Attributes:
        bought_kwh, sold_kwh: at its grid meter.
        cost: bought less sold, plus wear.
        peak_cost: what it added to the month's charge for peaks.
        device_kwh: consumption by device id.
        held: in its stores at the end, by device id.
    """

    bought_kwh: float
    sold_kwh: float
    cost: float
    peak_cost: float = 0.0
    device_kwh: Mapping[str, float] = field(default_factory=dict)
    held: Mapping[str, float] = field(default_factory=dict)


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
        device_kwh: what each device took that has a meter, batteries apart, by device id.
        source_kwh: what each solar array delivered, by device id.
        battery_kwh: of each battery, by device id.
        buy_parts, sell_parts: what the prices consist of; None where only the whole is known.
        market, feed_in: what the prices followed then, currency/kWh; None where they followed
            nothing, or it is unknown.
        carbon_kg_per_kwh: of the grid; None where unknown.
        peak_cost: what the slot added to the month's charge for peaks.
        wear_cost: of the batteries.
        quality: how it is known.
        revision: of the same slot, the highest counts.
        meter_kwh: what the counters of each quantity show more than when the slot before it
            was entered, whatever lay between; what is not counted is missing.
        otherwise: what the slot had been, by the name of the alternative: `without` SHEMS,
            `no_battery`.
        stored_value: by how much the stores came to hold more than those of `without`.
        saved_by_device, saved_by_cause: how the saving of the slot is shared, currency.
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
    device_kwh: Mapping[str, float] = field(default_factory=dict)
    source_kwh: Mapping[str, float] = field(default_factory=dict)
    battery_kwh: Mapping[str, BatteryFlow] = field(default_factory=dict)
    buy_parts: PriceParts | None = None
    sell_parts: PriceParts | None = None
    market: float | None = None
    feed_in: float | None = None
    carbon_kg_per_kwh: float | None = None
    peak_cost: float = 0.0
    wear_cost: float = 0.0
    quality: Quality = Quality.MEASURED
    revision: int = 0
    meter_kwh: Mapping[str, float] = field(default_factory=dict)
    otherwise: Mapping[str, Alternative] = field(default_factory=dict)
    stored_value: float = 0.0
    saved_by_device: Mapping[str, float] = field(default_factory=dict)
    saved_by_cause: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Reject what is no number: once in the sums it would never leave them."""
        for each in fields(self):
            if not all(map(math.isfinite, _numbers(getattr(self, each.name)))):
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
    def metered_cost(self) -> float:
        """Bought less sold at the slot's prices, currency."""
        return self.bought_kwh * self.buy - self.sold_kwh * self.sell

    @property
    def rest_kwh(self) -> float:
        """What the home used besides the devices that are moved."""
        return max(self.load_kwh - self.moved_kwh, 0.0)


def _numbers(value: object) -> list[float]:
    """Return every number in a field, however deep."""
    if isinstance(value, str):
        return []
    if isinstance(value, int | float):
        return [value]
    if isinstance(value, Mapping):
        return [number for each in value.values() for number in _numbers(each)]
    if isinstance(value, PriceParts | BatteryFlow | Alternative):
        return [number for each in fields(value) for number in _numbers(getattr(value, each.name))]
    return []
