"""Keep the books of a home that is played: meters as they show, facts as they are known."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from custom_components.shems.core.assets.appliance import Appliance
from custom_components.shems.core.assets.heating import Heating
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.vehicle import Vehicle
from custom_components.shems.core.assets.water import Water
from custom_components.shems.core.replay.household import Direction, Household, Lived, Manager
from custom_components.shems.core.replay.use.appliance import MachineInUse
from custom_components.shems.core.replay.use.heating import RoomsInUse
from custom_components.shems.core.replay.use.use import InUse
from custom_components.shems.core.replay.use.vehicle import CarInUse
from custom_components.shems.core.replay.use.water import TankInUse
from custom_components.shems.core.report.counterfactual.advance import Counterfactual, advance
from custom_components.shems.core.report.counterfactual.facts import Facts, Wanted, Warmth
from custom_components.shems.core.report.slot import BatteryFlow, SlotRecord
from custom_components.shems.core.units import Floats

_PERCENT: Final = 0.01
"""Batteries and cars show whole per cents."""
_ROOM_K: Final = 0.1
_TANK_K: Final = 0.5
"""What thermometers of rooms and tanks resolve."""


@dataclass
class Watched:
    """A manager, and what is known of the devices when each step of execution ends.

    Attributes:
        manager: what runs the home.
        before: what ran it until then.
        since: step of execution from which on the manager does.
        form: what it is told exists.
        wanted, warmth: by step of execution.
        devices: in the middle of it.
    """

    manager: Manager
    before: Manager
    since: int
    form: Home
    wanted: dict[int, dict[str, Wanted]] = field(default_factory=dict)
    warmth: dict[int, dict[str, Warmth]] = field(default_factory=dict)
    devices: Sequence[InUse] = ()

    def __call__(self, tick: int, energy_kwh: float, devices: Sequence[InUse]) -> Direction:
        """Return what the manager does."""
        self.devices = devices
        runs = self.manager if tick >= self.since else self.before
        return runs(tick, energy_kwh, devices)

    def metered(self, tick: int, grid_kw: float) -> None:
        """Look at the devices, as a ledger does when a slot ends, and hand the meter on."""
        self.manager.metered(tick, grid_kw)
        self.wanted[tick], self.warmth[tick] = {}, {}
        for device, each in zip(self.form.devices, self.devices, strict=True):
            match device, each:
                case Vehicle(), CarInUse():
                    self.wanted[tick][device.id] = _car(device, each)
                case Heating(), RoomsInUse():
                    comfort = device.comfort
                    low, high = comfort.limits(each.ticks.start[tick : tick + 1], each.ticks.zone)
                    shown = _rounded(each.state.indoor_c, _ROOM_K)
                    self.warmth[tick][device.id] = Warmth(shown, float(low[0]), float(high[0]))
                case Water(), TankInUse():
                    shown = _rounded(each.state.temp_c, _TANK_K)
                    self.warmth[tick][device.id] = Warmth(shown, device.low_c, device.high_c)
                case Appliance(), MachineInUse():
                    self.wanted[tick][device.id] = Wanted(_machine(each, device.energy_kwh))


def _rounded(value: float, to: float) -> float:
    return round(value / to) * to


def _car(form: Vehicle, car: CarInUse) -> Wanted:
    """Return what a car's charge and its form make of what it wants."""
    if car.stay is None:
        return Wanted(0.0, able=False)
    soc = _rounded(car.energy_kwh / car.use.device.capacity_kwh, _PERCENT)
    lacks = max(form.limit_soc - soc, 0.0) * form.capacity_kwh
    return Wanted(lacks / form.charge_efficiency)


def _machine(machine: MachineInUse, programme_kwh: float) -> float:
    """Return what an appliance wants, as its form has it: runs asked for, and one that goes on."""
    wanted = len(machine.state.runs) * programme_kwh
    if machine.state.progress is not None:
        wanted += programme_kwh
    return wanted


def keep_books(household: Household, lived: Lived, watched: Watched) -> list[SlotRecord]:
    """Return every step of a home's life as an entry of its ledger.

    Args:
        household: as it is.
        lived: what happened.
        watched: what was known.
    """
    run, hours = household.run, household.ticks.hours
    buy, sell = run.prices
    net = run.net_kw.ravel()
    solar = _solar(household)
    form = watched.form
    ids = frozenset(each.id for each in (*form.devices, *form.batteries))
    state, slots = Counterfactual(), []
    for tick in range(run.first * run.parts, run.last * run.parts):
        step, start = tick // run.parts, float(household.ticks.start[tick])
        grid = float(lived.grid_kw[tick]) * hours
        taken = {key: float(power[tick]) * hours for key, power in lived.device_kw.items()}
        given = float(net[tick]) * hours + sum(taken.values()) - grid
        flow = BatteryFlow(max(-given, 0.0), max(given, 0.0))
        shown = _rounded(lived.energy_kwh[tick] / run.battery.capacity_kwh, _PERCENT)
        battery = form.batteries[0]
        slot = SlotRecord(
            start,
            start + household.ticks.step_s,
            max(grid, 0.0),
            max(-grid, 0.0),
            float(solar[tick]) * hours,
            flow.charged_kwh,
            flow.discharged_kwh,
            float(buy[step]),
            float(sell[step]),
            {battery.id: shown * battery.capacity_kwh},
            device_kwh=taken,
            battery_kwh={battery.id: flow},
        )
        outdoor = None if household.outdoor_c is None else float(household.outdoor_c[tick])
        facts = Facts(
            ids if tick >= watched.since else frozenset(),
            watched.wanted[tick],
            watched.warmth[tick],
            outdoor_c=outdoor,
        )
        compared = advance(state, slot, form, facts, form.zone)
        state = compared.state
        slots.append(compared.slot)
    return slots


def _solar(household: Household) -> Floats:
    run = household.run
    if run.inside is not None:
        return run.inside[1].ravel()
    return np.repeat(run.solar_kw, run.parts)
