"""The plan: modes, limits, the value of stored energy and a reason for every step."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Final

import numpy as np

from ..assets.battery import Battery
from ..assets.connection import Connection
from ..horizon import Horizon
from ..linear import Ints
from ..tariff import Prices
from ..units import Args, Floats
from .style import STANDARD, Style

MISSING: Final = 0.01
"""A shortfall below ten watt-hours, or a hundredth of a kelvin hour, is none."""


class Mode(StrEnum):
    """What a battery may do inside a step, whatever the meter shows."""

    SELF_CONSUME = "self_consume"
    """Absorb surplus and cover the load."""
    ABSORB = "absorb"
    """Absorb surplus, do not discharge."""
    COVER = "cover"
    """Cover the load, do not charge."""
    CHARGE = "charge"
    """Charge, from the grid too."""
    HOLD = "hold"
    """Neither charge nor discharge."""
    DISCHARGE = "discharge"
    """Discharge, to the grid too."""


class Right(IntEnum):
    """How far a battery may go in one direction inside a step."""

    NO = 0
    BUDGET = 1
    """Up to the energy planned for the step: value and price are tied."""
    FREE = 2
    """As far as the meter asks or the limits allow."""


@dataclass(frozen=True)
class Policy:
    """What the value of stored energy, held against the prices, permits: a Right per step.

    Attributes:
        buy: (K,) charge from the grid.
        absorb: (K,) charge from surplus.
        cover: (K,) discharge to the home's load.
        sell: (K,) discharge to the grid.
    """

    buy: Ints
    absorb: Ints
    cover: Ints
    sell: Ints


@dataclass(frozen=True)
class Levels:
    """How far each right reaches: stored energy at which it ends, (K,) kWh each.

    Attributes:
        buy, absorb: upwards.
        cover, sell: downwards.
    """

    buy: Floats
    absorb: Floats
    cover: Floats
    sell: Floats

    def at(self, step: int) -> tuple[float, float, float, float]:
        """Return the four levels of a step."""
        return (
            float(self.buy[step]),
            float(self.absorb[step]),
            float(self.cover[step]),
            float(self.sell[step]),
        )


class Status(StrEnum):
    """How the plan came to be."""

    OPTIMAL = "optimal"
    RULE = "rule"
    """The solver failed; the self-consumption rule stands in."""


@dataclass(frozen=True)
class Reason:
    """Why: a code with arguments, rendered in the user's language elsewhere."""

    code: str
    args: Args = field(default_factory=dict)


@dataclass(frozen=True)
class Shortfall:
    """What was asked of a device and cannot be had.

    Attributes:
        code: of the message: `energy_short`, `too_cold`, `not_run`, ...
        amount: how much is missing.
        unit: `kWh`, `Kh` (kelvin hours), `h` or `runs`.
        at: epoch seconds by which it was wanted; None where it holds at all times.
        nearest: the state, as °C or stored kWh, that is nearest to the wish at that time; None
            where it could be met at a price, or has no such state.
    """

    code: str
    amount: float
    unit: str
    at: float | None = None
    nearest: float | None = None


@dataclass(frozen=True)
class BatteryPlan:
    """What one battery is to do.

    Attributes:
        device_id: the battery's identity.
        power_kw: (K,) expected AC power, + = discharge.
        energy_kwh: (K,) expected stored energy at the end of each step.
        value: (K,) what a stored kWh is worth at the end of each step, currency/kWh.
        policy: what it may do whatever the meter shows.
        mode, reason: K of each, the policy in a word and why.
        levels: where the rights end; None where only the battery's own limits end them.
        shortfalls: what was asked of it and cannot be had.
        withheld: steps in which it would buy and may not, see `RiskBudget`.
    """

    device_id: str
    power_kw: Floats
    energy_kwh: Floats
    value: Floats
    policy: Policy
    mode: tuple[Mode, ...]
    reason: tuple[Reason, ...]
    levels: Levels | None = None
    shortfalls: tuple[Shortfall, ...] = ()
    withheld: tuple[int, ...] = ()


@dataclass(frozen=True)
class DevicePlan:
    """What one device is to do.

    Attributes:
        device_id: the device's identity.
        kind: of the device.
        power_kw: (K,) expected AC power, + = consumption.
        state: (K,) expected at the end of each step, kWh or degrees C; None where it has none.
        value: (K,) what a kWh stored in it is worth, currency/kWh; None where it stores none.
        shortfalls: what it cannot do.
        reason: K of them, why.
        told_c: (2, K) what its thermostat is to be told at rest, and while it runs; None where
            it has none.
    """

    device_id: str
    kind: str
    power_kw: Floats
    state: Floats | None = None
    value: Floats | None = None
    shortfalls: tuple[Shortfall, ...] = ()
    reason: tuple[Reason, ...] = ()
    told_c: Floats | None = None


@dataclass(frozen=True)
class LimitValue:
    """What a limit costs: by how much the plan would be cheaper with one unit more of it.

    Attributes:
        code: `import_limit`, `export_limit`, `charge_limit`, `discharge_limit`, `capacity`,
            `reserve`, `power_limit`, `phase_limit`.
        device_id: whose limit, empty for the connection's.
        value: currency per kW or kWh over the horizon.
    """

    code: str
    device_id: str
    value: float


@dataclass(frozen=True)
class Plan:
    """What the home is to do over a horizon.

    Attributes:
        created: epoch seconds.
        status: how it came to be; `problem` says why it is not optimal.
        load_kw, solar_kw: (K,) what was expected, solar before curtailment.
        grid_kw: (K,) expected, + = import.
        curtailed_kw: (K,) solar given up.
        cost: expected money over the horizon, the energy left in store not counted.
        solve_s: seconds the solver took.
        style: how the home is run.
        devices: what each device that can be moved is to do.
        marginal: (K,) what another kWh of load would cost in each step, currency/kWh; None
            where no program was solved.
        limits: what the limits that bind cost.
        proven: whether nothing better exists, beyond the gap.
        afresh: whether the solver could not go on from where it had ended the last time.
        kept_kw: (K,) import up to which no month's peak is higher than planned; None where
            peaks cost nothing.
        proposals: what would be best for devices that nobody lets SHEMS drive. Nothing else
            in the plan counts on it: what they take by themselves is a part of `load_kw`.
    """

    created: float
    horizon: Horizon
    prices: Prices
    status: Status
    load_kw: Floats
    solar_kw: Floats
    grid_kw: Floats
    curtailed_kw: Floats
    batteries: tuple[BatteryPlan, ...]
    cost: float
    solve_s: float
    problem: Reason | None = None
    style: Style = STANDARD
    devices: tuple[DevicePlan, ...] = ()
    marginal: Floats | None = None
    limits: tuple[LimitValue, ...] = ()
    proven: bool = True
    afresh: bool = False
    kept_kw: Floats | None = None
    proposals: tuple[DevicePlan, ...] = ()

    def carried_kw(self, connection: Connection, now: float) -> tuple[float, float]:
        """Return what the connection is to carry at most now, import and export."""
        most_in, most_out = connection.at(now)
        step = self.horizon.index(now)
        if self.kept_kw is not None and step is not None:
            most_in = min(most_in, float(self.kept_kw[step]))
        return most_in, most_out

    def left_kw(self, battery: Battery, now: float) -> float:
        """Return the import that a battery leaves to the grid now.

        Up to the month's peak as planned a kWh costs no more than its price. Where what is
        stored is worth more than that, it is kept for what goes beyond.
        """
        step, part = self.horizon.index(now), self.battery(battery.id)
        if self.kept_kw is None or step is None or part is None:
            return 0.0
        worth = float(part.value[step]) / battery.discharge_efficiency + battery.wear_per_kwh
        return float(self.kept_kw[step]) if float(self.prices.buy[step]) < worth else 0.0

    def device(self, device_id: str) -> DevicePlan | None:
        """Return a device's part of the plan, or what is proposed for it."""
        every = (*self.devices, *self.proposals)
        return next((each for each in every if each.device_id == device_id), None)

    @property
    def moved_kw(self) -> Floats:
        """What all devices take together that are driven, (K,)."""
        return sum((each.power_kw for each in self.devices), np.zeros(len(self.horizon)))

    def battery(self, device_id: str) -> BatteryPlan | None:
        """Return a battery's part of the plan."""
        return next((each for each in self.batteries if each.device_id == device_id), None)
