"""Reconciliation: what the ledger has counted beside what the meters show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .rows import Row

QUANTITIES: Final = ("bought", "sold", "solar", "charged", "discharged")

type Shown = Mapping[str, Mapping[str, float]]
"""What counters show in kWh, by quantity and counter."""


def known(shown: Mapping[str, Mapping[str, float | None]]) -> dict[str, dict[str, float]]:
    """Return the quantities of which every counter shows something, and that have any."""
    return {
        name: {key: value for key, value in values.items() if value is not None}
        for name, values in shown.items()
        if values and None not in values.values()
    }


def risen(before: Shown, now: Shown) -> dict[str, float]:
    """Return by how much the counters of each quantity rose, kWh.

    One that shows less than before was reset, or exchanged for a new one, and has counted
    from zero. A quantity whose counters are others than before is left out.
    """
    return {
        name: sum(
            value - before[name][key] if value >= before[name][key] else value
            for key, value in values.items()
        )
        for name, values in now.items()
        if name in before and before[name].keys() == values.keys()
    }


@dataclass(frozen=True)
class Reconciled:
    """One quantity of the ledger beside its meters, over the same time.

    Attributes:
        ledger_kwh: entered.
        meter_kwh: by how much the counters rose, gaps included.
    """

    ledger_kwh: float
    meter_kwh: float

    @property
    def deviation_kwh(self) -> float:
        """What was entered too much, or below zero too little."""
        return self.ledger_kwh - self.meter_kwh


@dataclass(frozen=True)
class Reconciliation:
    """The ledger beside the meters.

    Attributes:
        by_quantity: those that have counters.
    """

    by_quantity: Mapping[str, Reconciled]

    @property
    def deviation(self) -> float | None:
        """The sum of what each quantity deviates, as a share of what was metered.

        None where nothing was metered. That what is missing in one quantity is not made up
        for by too much in another, each counts without its sign.
        """
        metered = sum(each.meter_kwh for each in self.by_quantity.values())
        if metered <= 0:
            return None
        return sum(abs(each.deviation_kwh) for each in self.by_quantity.values()) / metered


def reconciled(row: Row) -> Reconciliation:
    """Return what a row counted beside what its meters showed."""
    return Reconciliation(
        {
            name: Reconciled(getattr(row.totals, f"{name}_kwh"), row.meter_kwh[name])
            for name in QUANTITIES
            if name in row.meter_kwh
        }
    )
