"""A battery as a part of a program."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..linear import Ints
from ..units import Bools, Floats
from .asked import Demanded, aim, charge_enough, charge_on_demand
from .battery import LEAST_WEAR, Battery
from .connection import separate
from .curve import Segment
from .device import Wish
from .scenario import Scenario

_SPARED: Final = 0.2
"""What it costs to lose nothing while standing by, as a share of the penalty: four times the
highest price, and a little less later, so that it happens only once the store is empty."""

_SOME_KW: Final = 0.001
"""Power from which on something is on."""


@dataclass(frozen=True)
class Sun:
    """The home's solar power, of which a part may be behind a battery's inverter.

    Attributes:
        potential_kw: (K,) before anything is given up.
        curtailed: (K,) columns of what is.
    """

    potential_kw: Floats
    curtailed: Ints


@dataclass(frozen=True)
class BatteryColumns:
    """Columns and rows of a battery in a program, (K,) each.

    Attributes:
        charge, discharge: AC power in kW, both positive.
        energy: stored energy at the end of the step, kWh.
        store: the rows whose duals are the value of stored energy.
        clipped: solar power that its inverter cannot carry; None where it has none to carry.
        on: whether it is on, in the near steps.
        wishes: its goals and demands.
    """

    charge: Ints
    discharge: Ints
    energy: Ints
    store: Ints
    clipped: Ints | None = None
    on: Ints | None = None
    wishes: tuple[Wish, ...] = ()


def constrain_battery(
    battery: Battery,
    scenario: Scenario,
    energy_kwh: float,
    exclusive: Bools,
    sun: Sun,
    able: Floats,
) -> BatteryColumns:
    """Add charge, discharge and stored energy; return their columns.

        energy[k] - energy[k-1] - η_c·h·charge[k] + h/η_d·discharge[k] = 0, energy[-1] known,

    and energy[k] + below[k] ≥ floor at a penalty. The energy at the end is worth its terminal
    value. A binary keeps charge and discharge apart in `exclusive` steps, where burning
    energy in the losses would pay.

    Args:
        battery: the battery; what is not plain about it adds columns and rows.
        scenario: the course of events.
        energy_kwh: stored now.
        exclusive: (K,) steps in which it must not charge and discharge at once.
        sun: what may be behind its inverter.
        able: (K,) share of each step in which it may charge and discharge.
    """
    program, paid = scenario.program, scenario.paid
    count = len(paid)
    soonest = scenario.sooner * paid
    charge = program.columns(count, upper=able * battery.charge_kw, cost=soonest)
    discharge = program.columns(
        count,
        upper=able * battery.discharge_kw,
        cost=max(battery.wear_per_kwh, LEAST_WEAR) * paid + soonest,
    )
    worth = np.zeros(count)
    worth[-1] = -scenario.weight * scenario.terminal_value.get(battery.id, 0.0)
    lowest = min(battery.min_kwh, energy_kwh)
    energy = program.columns(
        count, lower=lowest, upper=max(battery.max_kwh, energy_kwh), cost=worth
    )
    program.terms(scenario.balance, discharge, 1.0)
    program.terms(scenario.balance, charge, -1.0)

    known = -battery.standby_kw * scenario.hours
    known[0] += energy_kwh
    store = program.rows(count, lower=known, upper=known)
    program.terms(store, energy, 1.0)
    program.terms(store[1:], energy[:-1], -1.0)
    direct, clipped = _hybrid(battery, scenario, (charge, discharge), sun)
    _filled(battery, scenario, store, charge, direct)
    _emptied(battery, scenario, store, discharge)
    if battery.floor_kwh > lowest:
        _kept(scenario, energy, battery.floor_kwh, scenario.penalty)
    if battery.reserve_price is not None and battery.reserve_kwh > battery.floor_kwh:
        _kept(scenario, energy, battery.reserve_kwh, battery.reserve_price)
    demanded = Demanded.of(battery.demands, battery.charge_kw, scenario.around.horizon)
    # Power that is the least or demanded would else be had by discharging what is too much.
    feigned = (scenario.around.whole & (battery.least_kw > 0)) | (demanded.power_kw > 0)
    apart = exclusive | feigned
    separate(
        program,
        np.flatnonzero(apart),
        (charge, battery.charge_kw),
        (discharge, battery.discharge_kw),
    )
    _lose(battery, scenario, store)
    if battery.taper_slope:
        _taper(battery, scenario, charge, energy, energy_kwh)
    if battery.least_kw:
        limits = battery.least_kw, battery.charge_kw
        charge_enough(limits, demanded, scenario, charge, energy, battery.max_kwh)
    on = _on(battery, scenario, (charge, discharge), store)
    wishes = aim(battery.goals, scenario, energy, battery.max_kwh)
    wishes += charge_on_demand(demanded, scenario, charge, energy, battery.max_kwh)
    return BatteryColumns(charge, discharge, energy, store, clipped, on, wishes)


def _filled(
    battery: Battery, scenario: Scenario, store: Ints, charge: Ints, direct: Ints | None
) -> None:
    """Let charging fill the store: c(charge - direct) + η_dc·direct."""
    program, hours = scenario.program, scenario.hours
    single = battery.charge_efficiency
    if battery.charge_segments:
        through, single = _split(scenario, store, charge, battery.charge_segments, -1.0), 0.0
        if direct is not None:
            program.terms(through, direct, 1.0)
    else:
        program.terms(store, charge, -single * hours)
    if direct is not None:
        program.terms(store, direct, (single - battery.dc_efficiency) * hours)


def _emptied(battery: Battery, scenario: Scenario, store: Ints, discharge: Ints) -> None:
    """Let discharging empty the store: d(discharge)."""
    if battery.discharge_segments:
        taken = tuple(Segment(e.up_to_kw, 1 / e.efficiency) for e in battery.discharge_segments)
        _split(scenario, store, discharge, taken, 1.0)
    else:
        lost = scenario.hours / battery.discharge_efficiency
        scenario.program.terms(store, discharge, lost)


def _split(
    scenario: Scenario, store: Ints, power: Ints, segments: tuple[Segment, ...], sign: float
) -> Ints:
    """Let a power be the sum of its segments', each with its efficiency; return these rows.

    Earlier segments lose less, so that an optimum fills them first; where losses cost
    nothing, the least wear decides.
    """
    program = scenario.program
    rows = program.rows(len(power), lower=0.0, upper=0.0)
    program.terms(rows, power, -1.0)
    begin = 0.0
    for number, each in enumerate(segments):
        part = program.columns(
            len(power), upper=each.up_to_kw - begin, cost=number * LEAST_WEAR * scenario.paid
        )
        program.terms(rows, part, 1.0)
        program.terms(store, part, sign * each.efficiency * scenario.hours)
        begin = each.up_to_kw
    return rows


def _kept(scenario: Scenario, energy: Ints, level_kwh: float, price: float) -> None:
    """Let what is below a level cost its price per kWh and hour: energy + below ≥ level."""
    program = scenario.program
    below = program.columns(len(energy), cost=price * scenario.paid)
    floor = program.rows(len(energy), lower=level_kwh)
    program.terms(floor, energy, 1.0)
    program.terms(floor, below, 1.0)


def _lose(battery: Battery, scenario: Scenario, store: Ints) -> None:
    """Let standing by lose nothing where nothing is left; the store's rows have the rest."""
    if battery.standby_kw:
        spared = scenario.program.columns(
            len(store),
            upper=battery.standby_kw * scenario.hours,
            cost=(_SPARED * scenario.penalty - scenario.sooner) * scenario.weight,
        )
        scenario.program.terms(store, spared, -1.0)


def _taper(
    battery: Battery, scenario: Scenario, charge: Ints, energy: Ints, energy_kwh: float
) -> None:
    """Let the limit of charging fall with what is stored when a step begins.

    charge[k] + slope · energy[k-1] ≤ charge_kw + slope · taper_kwh
    """
    program, slope = scenario.program, battery.taper_slope
    most = np.full(
        len(charge), battery.charge_kw + slope * battery.taper_soc * battery.capacity_kwh
    )
    most[0] -= slope * energy_kwh
    rows = program.rows(len(charge), upper=most)
    program.terms(rows, charge, 1.0)
    program.terms(rows[1:], energy[:-1], slope)


def _on(
    battery: Battery, scenario: Scenario, powers: tuple[Ints, Ints], store: Ints
) -> Ints | None:
    """Let what is on lose its idle draw.

        charge ≤ most · on,   discharge ≤ most · on,   charge + discharge ≥ some · on

    The last keeps a plan from being on only to lose what it has no room for.
    In the near steps on is an integer; later it is a share of the most, as of a duty cycle.
    """
    program = scenario.program
    if not battery.idle_kw:
        return None
    count = len(store)
    near = int(np.count_nonzero(scenario.around.whole))
    on = np.concatenate(
        [
            program.columns(near, upper=1.0, integer=True),
            program.columns(count - near, upper=1.0),
        ]
    )
    used = program.rows(count, lower=0.0)
    program.terms(used, on, -_SOME_KW)
    for power, most in zip(powers, (battery.charge_kw, battery.discharge_kw), strict=True):
        rows = program.rows(count, upper=0.0)
        program.terms(rows, power, 1.0)
        program.terms(rows, on, -most)
        program.terms(used, power, 1.0)
    program.terms(store, on, battery.idle_kw * scenario.hours)
    return on


def _hybrid(
    battery: Battery, scenario: Scenario, powers: tuple[Ints, Ints], sun: Sun
) -> tuple[Ints | None, Ints | None]:
    """Let battery and modules share an inverter; return what is stored directly and clipped.

        direct ≤ charge,   direct + clipped + own curtailed ≤ own
        |discharge - charge + own - clipped - own curtailed| ≤ inverter

    The inverter clips by itself, but no more than it cannot carry.
    """
    if battery.inverter_kw is None:
        return None, None
    program, count = scenario.program, len(sun.potential_kw)
    charge, discharge = powers
    own = battery.solar_share * sun.potential_kw
    direct = program.columns(count, upper=own)
    clipped = program.columns(count, upper=np.maximum(own - battery.inverter_kw, 0.0))
    program.terms(scenario.balance, clipped, -1.0)
    within = program.rows(count, upper=0.0)
    program.terms(within, direct, 1.0)
    program.terms(within, charge, -1.0)
    left = program.rows(count, upper=own)
    carried = program.rows(count, lower=-battery.inverter_kw - own, upper=battery.inverter_kw - own)
    # Where the rest is clipped, what is lost in converting twice would cost nothing.
    program.charge(charge, LEAST_WEAR * scenario.paid)
    program.charge(direct, -LEAST_WEAR * scenario.paid)
    program.terms(left, direct, 1.0)
    program.terms(carried, discharge, 1.0)
    program.terms(carried, charge, -1.0)
    for rows, sign in ((left, 1.0), (carried, -1.0)):
        program.terms(rows, clipped, sign)
        program.terms(rows, sun.curtailed, sign * battery.solar_share)
    return direct, clipped
