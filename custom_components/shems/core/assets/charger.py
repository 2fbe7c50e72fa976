"""A charger and the car at it: limits, phases, losses and what may be given back."""

from dataclasses import dataclass, field

import numpy as np

from ..linear import INFINITY
from ..units import Floats, InputError
from .device import Usual
from .stay import VehicleState
from .switching import Switching


@dataclass(frozen=True)
class Charger(Usual[VehicleState]):
    """A car and its charger, seen from the AC side.

    What is wanted at departure comes first. Beyond that it takes surplus that would else be
    sold, and energy from anywhere that costs less than a limit, up to `limit_soc`.

    Attributes:
        id: the device's identity, stable over renames.
        name: what the household calls it.
        capacity_kwh: stored energy at a state of charge of 1.
        charge_kw: AC limit.
        least_kw: what it takes at least while it charges: the minimum current on all phases
            it charges with, or on one where these can be switched.
        charge_efficiency, discharge_efficiency: stored per AC kWh, AC per stored kWh.
        phases: with which it charges at `charge_kw`.
        switchable_phases: whether the charger also charges with one phase. Between the most
            of one and the least of all is a gap in which it cannot charge.
        discharge_kw: AC limit of giving back; 0 where it cannot.
        limit_soc: up to which it may be charged.
        least_soc: up to which it is charged at once; below it never gives back.
        wear_per_kwh: currency per AC kWh given back.
        switching: how often charging may start and stop.
        from_battery: whether batteries may discharge for it.
        from_grid: whether it may be charged from the grid, else only from surplus.
        to_grid: whether what it gives back may be sold.
        surplus: whether it takes surplus beyond what is wanted.
        cheap_below: currency per AC kWh below which it takes more than is wanted; None for
            never.
    """

    id: str
    name: str
    capacity_kwh: float
    charge_kw: float
    least_kw: float = 0.0
    charge_efficiency: float = 0.9
    phases: int = 3
    switchable_phases: bool = False
    discharge_kw: float = 0.0
    discharge_efficiency: float = 0.9
    limit_soc: float = 1.0
    least_soc: float = 0.0
    wear_per_kwh: float = 0.0
    switching: Switching = field(default_factory=Switching)
    from_battery: bool = True
    from_grid: bool = True
    to_grid: bool = False
    surplus: bool = False
    cheap_below: float | None = None

    def __post_init__(self) -> None:
        """Reject parameters that no car has."""
        for name in ("capacity_kwh", "charge_kw"):
            self._require(name, 0 < getattr(self, name) < INFINITY)
        for name in ("discharge_kw", "wear_per_kwh"):
            self._require(name, 0 <= getattr(self, name) < INFINITY)
        for name in ("charge_efficiency", "discharge_efficiency"):
            self._require(name, 0 < getattr(self, name) <= 1)
        self._require("least_kw", 0 <= self.least_kw <= self.charge_kw)
        self._require("phases", self.phases in {1, 2, 3})
        self._require("limit_soc", 0 <= self.limit_soc <= 1)
        self._require("least_soc", 0 <= self.least_soc <= self.limit_soc)
        if self.cheap_below is not None:
            self._require("cheap_below", -INFINITY < self.cheap_below < INFINITY)

    def _require(self, name: str, right: bool) -> None:
        if not right:
            raise InputError("device_parameter", name=name, value=getattr(self, name))

    @property
    def most_kw(self) -> float:
        """The most it can take."""
        return self.charge_kw

    @property
    def lowest_kw(self) -> float:
        """The least it takes while it charges."""
        return self.least_kw

    @property
    def absorbs(self) -> bool:
        """Whether its power can follow the surplus that the meter shows."""
        return self.surplus or not self.from_grid

    @property
    def limit_kwh(self) -> float:
        """Stored energy it is not charged above."""
        return self.limit_soc * self.capacity_kwh

    @property
    def floor_kwh(self) -> float:
        """Stored energy it does not give back below."""
        return self.least_soc * self.capacity_kwh

    @property
    def gap_kw(self) -> tuple[float, float] | None:
        """The powers between which it cannot charge: one phase is not enough, all too much.

        None where there is no such gap.
        """
        if not self.switchable_phases:
            return None
        low, high = self.charge_kw / self.phases, self.least_kw * self.phases
        return (low, high) if low < high <= self.charge_kw else None

    def shortest_h(self, energy_kwh: float, target_kwh: float) -> float:
        """Return the hours at full power from one stored energy to another."""
        return max(0.0, target_kwh - energy_kwh) / (self.charge_efficiency * self.charge_kw)

    def setpoint(self, power_kw: float | Floats) -> Floats:
        """Return what the charger can do of the powers asked of it, never more, same shape.

        Positive is charging. Below the least it rests, and in the gap between its phases it
        charges with one.
        """
        power = np.clip(power_kw, -self.discharge_kw, self.charge_kw)
        # Of equal powers, one computed in another way is no less.
        power = np.where((power > 0) & (power < self.least_kw - 1e-9), 0.0, power)
        if self.gap_kw is not None:
            low, high = self.gap_kw
            power = np.where((power > low) & (power < high - 1e-9), low, power)
        return power

    def step(
        self,
        energy_kwh: float | Floats,
        power_kw: float | Floats,
        hours: float,
        *,
        mean: bool = False,
    ) -> tuple[Floats, Floats]:
        """Return stored energy after a step at the charger, and the power that was had.

        energy' = energy + η_c · charge · hours - discharge · hours / η_d

        Args:
            energy_kwh: stored, (N,) or one.
            power_kw: AC, positive = charging, (N,) or one.
            hours: width of the step.
            mean: whether the power is the mean of a step in which it may also rest; else it
                is what the charger is set to, see `setpoint`.
        """
        energy = np.asarray(energy_kwh, dtype=np.float64)
        power = np.asarray(power_kw if mean else self.setpoint(power_kw))
        room = np.maximum(self.limit_kwh - energy, 0.0) / (self.charge_efficiency * hours)
        held = np.maximum(energy - self.floor_kwh, 0.0) * self.discharge_efficiency / hours
        charge = np.minimum(np.maximum(power, 0.0), np.minimum(room, self.charge_kw))
        give = np.minimum(np.maximum(-power, 0.0), np.minimum(held, self.discharge_kw))
        stored = charge * self.charge_efficiency - give / self.discharge_efficiency
        return energy + stored * hours, charge - give
