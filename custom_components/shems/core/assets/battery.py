"""A battery with its inverter: limits, losses, wear and reserve."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from ..linear import INFINITY, Value
from ..units import Floats, InputError
from .asked import Demand
from .curve import Curve, Segment
from .goal import Goal

LEAST_WEAR: Final = 1e-5
"""Currency/kWh that discharging costs in a plan at least: where energy is worth nothing, as
at prices of zero, a battery would else charge and discharge at once."""

_AMOUNTS: Final = (
    "capacity_kwh",
    "charge_kw",
    "discharge_kw",
    "wear_per_kwh",
    "idle_kw",
    "standby_kw",
)


def room_kw(energy_kwh: Floats, full_kwh: Value, hours: float, own_kw: Value) -> Floats:
    """Return the power that stores can take in a step, what they use themselves included."""
    room: Floats = np.maximum(full_kwh - energy_kwh, 0.0) / hours + own_kw
    return room


def held_kw(energy_kwh: Floats, floor_kwh: Value, hours: float, own_kw: Value) -> Floats:
    """Return the power that stores can give in a step besides what they use themselves."""
    held: Floats = np.maximum((energy_kwh - floor_kwh) / hours - own_kw, 0.0)
    return held


def stored_after(energy_kwh: Floats, flow_kw: Floats, hours: float, least_kwh: Value) -> Floats:
    """Return what is stored after a step: energy + flow · hours, and nothing is lost when empty."""
    after: Floats = np.maximum(energy_kwh + flow_kw * hours, np.minimum(energy_kwh, least_kwh))
    return after


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
        blackout_soc: kept for a blackout, whatever else would be gained or lost.
        reserve_price: what a kWh below the reserve costs per hour, currency; None where the
            reserve is kept as long as that is possible.
        charge_segments, discharge_segments: efficiencies that fall with power, in place of the
            single ones, which then serve for comparing prices.
        idle_kw: taken from the store while it charges or discharges: what makes a low power
            inefficient.
        standby_kw: lost from the store at all times, until it is empty.
        taper_soc, taper_kw: above this charge the limit of charging falls linearly to
            `taper_kw` when full.
        least_kw: AC power that it charges with at least.
        inverter_kw: AC limit that battery and solar modules share behind a hybrid inverter;
            None where it has an inverter of its own.
        solar_share: of the home's solar power, behind the hybrid inverter.
        dc_efficiency: stored per AC kWh that the modules would else have given.
        goals: what is to be stored by a time.
        demands: when it is to charge, whatever that costs.
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
    blackout_soc: float = 0.0
    reserve_price: float | None = None
    charge_segments: tuple[Segment, ...] = ()
    discharge_segments: tuple[Segment, ...] = ()
    idle_kw: float = 0.0
    standby_kw: float = 0.0
    taper_soc: float = 1.0
    taper_kw: float = 0.0
    least_kw: float = 0.0
    inverter_kw: float | None = None
    solar_share: float = 0.0
    dc_efficiency: float = 0.97
    goals: tuple[Goal, ...] = ()
    demands: tuple[Demand, ...] = ()

    def __post_init__(self) -> None:
        """Reject parameters that no battery has."""
        for name in _AMOUNTS:
            self._within(name, getattr(self, name), 0.0, INFINITY)
        for name in ("charge_efficiency", "discharge_efficiency", "dc_efficiency"):
            self._within(name, getattr(self, name) or INFINITY, 0.0, 1.0)
        for name in ("max_soc", "reserve_soc", "blackout_soc", "taper_soc", "solar_share"):
            self._within(name, getattr(self, name), 0.0, 1.0)
        self._within("min_soc", self.min_soc, 0.0, self.max_soc)
        self._within("least_kw", self.least_kw, 0.0, self.charge_kw)
        self._within("taper_kw", self.taper_kw, 0.0, self.charge_kw)
        if self.reserve_price is not None:
            self._within("reserve_price", self.reserve_price, 0.0, INFINITY)
        if self.inverter_kw is not None:
            self._within("inverter_kw", self.inverter_kw, 0.0, INFINITY)
        if self.inverter_kw is not None and self.dc_efficiency < self.charge_efficiency:
            raise InputError("battery_parameter", name="dc_efficiency", value=self.dc_efficiency)
        self._check_segments("charge_segments", self.charge_segments, self.charge_kw)
        self._check_segments("discharge_segments", self.discharge_segments, self.discharge_kw)

    def _within(self, name: str, value: float, low: float, high: float) -> None:
        if not (low <= value <= high and value < INFINITY):
            raise InputError("battery_parameter", name=name, value=value)

    def _check_segments(self, name: str, segments: tuple[Segment, ...], most_kw: float) -> None:
        """Reject segments that do not reach the limit, or of which a later one is better.

        A program would take the better one first, and store what nobody charged.
        """
        begin, best = 0.0, 1.0
        for each in segments:
            if not (begin < each.up_to_kw < INFINITY and 0 < each.efficiency <= best):
                raise InputError("battery_parameter", name=name, value=each.up_to_kw)
            begin, best = each.up_to_kw, each.efficiency
        if segments and begin < most_kw:
            raise InputError("battery_parameter", name=name, value=begin)

    @cached_property
    def plain(self) -> bool:
        """Whether single efficiencies and fixed limits say all about it."""
        extra = (self.charge_segments, self.discharge_segments)
        priced = self.reserve_price or self.inverter_kw is not None
        return not (self.lossy or self.least_kw or self.taper_soc < 1 or any(extra) or priced)

    @property
    def asked(self) -> bool:
        """Whether anything is wanted of it besides saving money."""
        return bool(self.goals or self.demands)

    @property
    def lossy(self) -> bool:
        """Whether it loses energy however little it is used."""
        return bool(self.idle_kw or self.standby_kw)

    @property
    def switched(self) -> bool:
        """Whether it matters that it is on, or full, and not only how much it gives or takes."""
        return bool(self.idle_kw or self.least_kw or self.demands)

    @property
    def loop_efficiency(self) -> float:
        """What comes back of a kWh at the power that loses most."""
        into = min([self.charge_efficiency, *(each.efficiency for each in self.charge_segments)])
        back = [self.discharge_efficiency, *(each.efficiency for each in self.discharge_segments)]
        return into * min(back)

    @cached_property
    def min_kwh(self) -> float:
        """Stored energy it never goes below: its own limit, or what a blackout may need."""
        return min(max(self.min_soc, self.blackout_soc), self.max_soc) * self.capacity_kwh

    @cached_property
    def max_kwh(self) -> float:
        """Stored energy the battery never goes above."""
        return self.max_soc * self.capacity_kwh

    @property
    def floor_kwh(self) -> float:
        """Stored energy SHEMS does not discharge below."""
        return self.min_kwh if self.reserve_price is not None else self.reserve_kwh

    @property
    def reserve_kwh(self) -> float:
        """Stored energy below which it is used only where that is worth its price."""
        return max(self.min_kwh, min(self.reserve_soc, self.max_soc) * self.capacity_kwh)

    @property
    def taper_slope(self) -> float:
        """By how much the limit of charging falls per kWh above the tapering charge, kW."""
        above = (1.0 - self.taper_soc) * self.capacity_kwh
        return (self.charge_kw - self.taper_kw) / above if above > 0 else 0.0

    @cached_property
    def _into(self) -> Curve:
        return Curve.of(self.charge_segments, self.charge_efficiency, self.charge_kw)

    @cached_property
    def _out_of(self) -> Curve:
        segments = tuple(Segment(e.up_to_kw, 1 / e.efficiency) for e in self.discharge_segments)
        return Curve.of(segments, 1 / self.discharge_efficiency, self.discharge_kw)

    def most_charge_kw(self, energy_kwh: float, hours: float, level_kwh: float = INFINITY) -> float:
        """Return the highest AC charging power that neither overfills it nor passes a level."""
        if not self.plain:
            return float(self._most_charge(np.array([energy_kwh]), hours, level_kwh, 0.0)[0])
        room = max(0.0, min(self.max_kwh, level_kwh) - energy_kwh)
        return min(self.charge_kw, room / (self.charge_efficiency * hours))

    def _most_charge(
        self, energy_kwh: Floats, hours: float, level_kwh: float, own_kw: Value
    ) -> Floats:
        own = self.standby_kw + self.idle_kw
        room = room_kw(energy_kwh, min(self.max_kwh, level_kwh), hours, own)
        left = room - self.dc_efficiency * own_kw
        fits = np.where(left < 0, room / self.dc_efficiency, own_kw + self._into.power(left))
        tapered = np.maximum(energy_kwh - self.taper_soc * self.capacity_kwh, 0.0)
        most: Floats = np.minimum(fits, self.charge_kw - self.taper_slope * tapered)
        if self.inverter_kw is not None:
            most = np.minimum(most, self.inverter_kw + own_kw)
        return most

    def most_discharge_kw(self, energy_kwh: float, hours: float, floor_kwh: float) -> float:
        """Return the highest AC discharging power that keeps the floor."""
        if not self.plain:
            return float(self._most_discharge(np.array([energy_kwh]), hours, floor_kwh, 0.0)[0])
        held = max(0.0, energy_kwh - floor_kwh)
        return min(self.discharge_kw, held * self.discharge_efficiency / hours)

    def _most_discharge(
        self, energy_kwh: Floats, hours: float, floor_kwh: float, own_kw: Value
    ) -> Floats:
        held = held_kw(energy_kwh, floor_kwh, hours, self.standby_kw + self.idle_kw)
        most: Floats = np.minimum(self._out_of.power(held), self.discharge_kw)
        if self.inverter_kw is not None:
            most = np.minimum(most, np.maximum(self.inverter_kw - own_kw, 0.0))
        return most

    def step(
        self, energy_kwh: float, power_kw: float, hours: float, solar_kw: float = 0.0
    ) -> tuple[float, float]:
        """Return stored energy after a step and the AC power that could be had.

        energy' = energy + η_c · charge · hours - discharge · hours / η_d

        and see `step_many` for what is not plain.

        Args:
            energy_kwh: stored before.
            power_kw: AC power that is wanted, + = discharge.
            hours: width of the step.
            solar_kw: what the home's sun gives; only what is behind the battery's own
                inverter matters.
        """
        if not self.plain:
            stored, power = self.step_many(
                np.array([energy_kwh]), np.array([power_kw]), hours, self.min_kwh, solar_kw
            )
            return float(stored[0]), float(power[0])
        if power_kw < 0:
            charge = min(-power_kw, self.most_charge_kw(energy_kwh, hours))
            return energy_kwh + charge * hours * self.charge_efficiency, -charge
        discharge = min(power_kw, self.most_discharge_kw(energy_kwh, hours, self.min_kwh))
        return energy_kwh - discharge * hours / self.discharge_efficiency, discharge

    def step_many(
        self,
        energy_kwh: Floats,
        power_kw: Floats,
        hours: float,
        floor_kwh: float,
        solar_kw: Value = 0.0,
    ) -> tuple[Floats, Floats]:
        """Return `step` for many stores of this battery at once, (N,) each.

        With c and d the curves of the segments, s the sun stored without conversion and on
        whether there is any power,

            energy' = energy + hours · (c(charge - s) + η_dc·s - d(discharge) - idle·on - standby)

        None discharges below `floor_kwh`, and what stands by loses nothing once it is empty.
        """
        if self.plain:
            room = np.maximum(self.max_kwh - energy_kwh, 0.0) / (self.charge_efficiency * hours)
            held = np.maximum(energy_kwh - floor_kwh, 0.0) * self.discharge_efficiency / hours
            charge = np.minimum(np.maximum(-power_kw, 0.0), np.minimum(room, self.charge_kw))
            discharge = np.minimum(np.maximum(power_kw, 0.0), np.minimum(held, self.discharge_kw))
            stored = charge * self.charge_efficiency - discharge / self.discharge_efficiency
            return energy_kwh + stored * hours, discharge - charge
        own = 0.0 if self.inverter_kw is None else self.solar_share * solar_kw
        charge = np.minimum(
            np.maximum(-power_kw, 0.0), self._most_charge(energy_kwh, hours, INFINITY, own)
        )
        discharge = np.minimum(
            np.maximum(power_kw, 0.0), self._most_discharge(energy_kwh, hours, floor_kwh, own)
        )
        direct = np.minimum(charge, own)
        gained = self._into.stored(charge - direct) + self.dc_efficiency * direct
        lost = self._out_of.stored(discharge) + self.standby_kw
        lost = lost + np.where(charge + discharge > 0, self.idle_kw, 0.0)
        after = stored_after(energy_kwh, gained - lost, hours, self.min_kwh)
        return after, discharge - charge
