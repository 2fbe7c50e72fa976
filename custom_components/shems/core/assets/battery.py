"""A battery with its inverter: limits, losses, wear and reserve."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..linear import INFINITY, Ints
from ..units import Bools, Floats, InputError
from .connection import separate
from .scenario import Scenario

LEAST_WEAR: Final = 1e-5
"""Currency/kWh that discharging costs in a plan at least: where energy is worth nothing, as
at prices of zero, a battery would else charge and discharge at once."""


@dataclass(frozen=True)
class BatteryColumns:
    """Columns and rows of a battery in a program, (K,) each.

    Attributes:
        charge, discharge: AC power in kW, both positive.
        energy: stored energy at the end of the step, kWh.
        store: the rows whose duals are the value of stored energy.
    """

    charge: Ints
    discharge: Ints
    energy: Ints
    store: Ints


@dataclass(frozen=True)
class Battery:
    """A battery behind its inverter, seen from the AC side.

    Attributes:
        id: the device's identity, stable over renames.
        name: what the household calls it.
        capacity_kwh: stored energy at a state of charge of 1.
        charge_kw, discharge_kw: AC limits.
        charge_efficiency, discharge_efficiency: stored per AC kWh, AC per stored kWh.
        min_soc, max_soc: limits the battery keeps by itself, fractions.
        reserve_soc: below this SHEMS does not discharge; never under min_soc.
        wear_per_kwh: currency per AC kWh discharged.
        may_charge_from_grid, may_discharge_to_grid: what the contract allows.
    """

    id: str
    name: str
    capacity_kwh: float
    charge_kw: float
    discharge_kw: float
    charge_efficiency: float = 0.95
    discharge_efficiency: float = 0.95
    min_soc: float = 0.0
    max_soc: float = 1.0
    reserve_soc: float = 0.0
    wear_per_kwh: float = 0.0
    may_charge_from_grid: bool = True
    may_discharge_to_grid: bool = True

    def __post_init__(self) -> None:
        """Reject parameters that no battery has."""
        for name in ("capacity_kwh", "charge_kw", "discharge_kw", "wear_per_kwh"):
            if not 0 <= getattr(self, name) < INFINITY:
                raise InputError("battery_parameter", name=name, value=getattr(self, name))
        for name in ("charge_efficiency", "discharge_efficiency"):
            if not 0 < getattr(self, name) <= 1:
                raise InputError("battery_parameter", name=name, value=getattr(self, name))
        if not 0 <= self.min_soc <= self.max_soc <= 1:
            raise InputError("battery_parameter", name="min_soc", value=self.min_soc)
        if not 0 <= self.reserve_soc <= 1:
            raise InputError("battery_parameter", name="reserve_soc", value=self.reserve_soc)

    @property
    def min_kwh(self) -> float:
        """Stored energy the battery never goes below."""
        return self.min_soc * self.capacity_kwh

    @property
    def max_kwh(self) -> float:
        """Stored energy the battery never goes above."""
        return self.max_soc * self.capacity_kwh

    @property
    def floor_kwh(self) -> float:
        """Stored energy SHEMS does not discharge below."""
        return min(max(self.min_soc, self.reserve_soc), self.max_soc) * self.capacity_kwh

    def most_charge_kw(self, energy_kwh: float, hours: float, level_kwh: float = INFINITY) -> float:
        """Return the highest AC charging power that neither overfills it nor passes a level."""
        room = max(0.0, min(self.max_kwh, level_kwh) - energy_kwh)
        return min(self.charge_kw, room / (self.charge_efficiency * hours))

    def most_discharge_kw(self, energy_kwh: float, hours: float, floor_kwh: float) -> float:
        """Return the highest AC discharging power that keeps the floor."""
        held = max(0.0, energy_kwh - floor_kwh)
        return min(self.discharge_kw, held * self.discharge_efficiency / hours)

    def step(self, energy_kwh: float, power_kw: float, hours: float) -> tuple[float, float]:
        """Return stored energy after a step and the AC power that could be had.

        energy' = energy + η_c · charge · hours - discharge · hours / η_d
        """
        if power_kw < 0:
            charge = min(-power_kw, self.most_charge_kw(energy_kwh, hours))
            return energy_kwh + charge * hours * self.charge_efficiency, -charge
        discharge = min(power_kw, self.most_discharge_kw(energy_kwh, hours, self.min_kwh))
        return energy_kwh - discharge * hours / self.discharge_efficiency, discharge

    def step_many(
        self, energy_kwh: Floats, power_kw: Floats, hours: float, floor_kwh: float
    ) -> tuple[Floats, Floats]:
        """Return `step` for many stores of this battery at once, (N,) each.

        None discharges below `floor_kwh`.
        """
        room = np.maximum(self.max_kwh - energy_kwh, 0.0) / (self.charge_efficiency * hours)
        held = np.maximum(energy_kwh - floor_kwh, 0.0) * self.discharge_efficiency / hours
        charge = np.minimum(np.maximum(-power_kw, 0.0), np.minimum(room, self.charge_kw))
        discharge = np.minimum(np.maximum(power_kw, 0.0), np.minimum(held, self.discharge_kw))
        stored = charge * self.charge_efficiency - discharge / self.discharge_efficiency
        return energy_kwh + stored * hours, discharge - charge

    def constrain(
        self,
        scenario: Scenario,
        energy_kwh: float,
        terminal_value: float,
        exclusive: Bools,
        *,
        standing: bool = False,
    ) -> BatteryColumns:
        """Add charge, discharge and stored energy; return their columns.

        energy[k] - energy[k-1] - η_c·h·charge[k] + h/η_d·discharge[k] = 0, energy[-1] known,
        and energy[k] + below[k] ≥ floor at a penalty. The energy at the end is worth
        `terminal_value` per kWh. A binary keeps charge and discharge apart in `exclusive`
        steps, where burning energy in the losses would pay. A `standing` battery neither
        charges nor discharges.
        """
        program, paid = scenario.program, scenario.paid
        count = len(paid)
        able = 0.0 if standing else 1.0
        charge = program.columns(count, upper=able * self.charge_kw)
        discharge = program.columns(
            count,
            upper=able * self.discharge_kw,
            cost=max(self.wear_per_kwh, LEAST_WEAR) * paid,
        )
        worth = np.zeros(count)
        worth[-1] = -scenario.weight * terminal_value
        energy = program.columns(
            count,
            lower=min(self.min_kwh, energy_kwh),
            upper=max(self.max_kwh, energy_kwh),
            cost=worth,
        )
        program.terms(scenario.balance, discharge, 1.0)
        program.terms(scenario.balance, charge, -1.0)

        known = np.zeros(count)
        known[0] = energy_kwh
        store = program.rows(count, lower=known, upper=known)
        program.terms(store, energy, 1.0)
        program.terms(store[1:], energy[:-1], -1.0)
        program.terms(store, charge, -self.charge_efficiency * scenario.hours)
        program.terms(store, discharge, scenario.hours / self.discharge_efficiency)

        if self.floor_kwh > min(self.min_kwh, energy_kwh):
            below = program.columns(count, cost=scenario.penalty * paid)
            floor = program.rows(count, lower=self.floor_kwh)
            program.terms(floor, energy, 1.0)
            program.terms(floor, below, 1.0)
        separate(
            program,
            np.flatnonzero(exclusive),
            (charge, self.charge_kw),
            (discharge, self.discharge_kw),
        )
        return BatteryColumns(charge, discharge, energy, store)
