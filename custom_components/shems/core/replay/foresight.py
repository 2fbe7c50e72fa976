"""Perfect foresight: what could have been saved by one who knew everything."""

from dataclasses import dataclass

import numpy as np

from ..assets.connection import separate
from ..dispatch.respond import Slot
from ..linear import Ints, Program
from ..plan.result import Right
from ..plan.solve import solve
from ..units import Floats
from .run import CONNECTION, START_KWH, Controller, Run

_TIME_LIMIT_S = 900.0
_SOME_KWH = 1e-7


@dataclass(frozen=True)
class _Reach:
    """AC energy that could flow in each step, (N,) kWh, summed over its sub-steps.

    Attributes:
        surplus: from the sun into the battery.
        grid: from the grid into it.
        load: from it to the home.
        export: from it to the grid.
    """

    surplus: Floats
    grid: Floats
    load: Floats
    export: Floats


def perfect_foresight(run: Run) -> Controller:
    """Return the controller that follows one program over the whole run.

    Per step, with s, g the energy charged from surplus and grid, l, x that discharged to
    load and grid, all within what the sub-steps permit:

        energy[k] = energy[k-1] + η_c·(s + g) - (l + x)/η_d
        cost = s·sell + g·buy - l·(buy - w) - x·(sell - w), energy at the end valued

    Inside a step the battery may both charge and discharge, in different sub-steps; only
    the limits of its store at the sub-steps are not seen, so the bound is a little high.
    """
    steps = np.array(run.steps)
    buy, sell = (price[steps] for price in run.prices)
    sell = np.maximum(sell, 0.0)
    reach = _reach(run, steps)
    battery = run.battery
    program = Program()
    count = len(steps)
    surplus = program.columns(count, upper=reach.surplus, cost=sell)
    grid = program.columns(count, upper=reach.grid, cost=buy)
    load = program.columns(count, upper=reach.load, cost=battery.wear_per_kwh - buy)
    export = program.columns(count, upper=reach.export, cost=battery.wear_per_kwh - sell)
    worth = np.zeros(count)
    worth[-1] = -run.stored_price
    energy = program.columns(count, lower=battery.min_kwh, upper=battery.max_kwh, cost=worth)
    begin = np.zeros(count)
    begin[0] = START_KWH
    store = program.rows(count, lower=begin, upper=begin)
    program.terms(store, energy, 1.0)
    program.terms(store[1:], energy[:-1], -1.0)
    for columns in (surplus, grid):
        program.terms(store, columns, -battery.charge_efficiency)
    for columns in (load, export):
        program.terms(store, columns, 1 / battery.discharge_efficiency)
    _forbid_burning(program, run, np.flatnonzero(buy < 0), (surplus, grid), (load, export))
    column = solve(program.arrays(), time_limit_s=_TIME_LIMIT_S).column
    slots = {
        step: _slot(run, *(float(column[flow[row]]) for flow in (surplus, grid, load, export)))
        for row, step in enumerate(run.steps)
    }
    return lambda step, _energy: slots[step]


def _slot(run: Run, surplus: float, grid: float, load: float, export: float) -> Slot:
    def right(energy: float) -> Right:
        return Right.BUDGET if energy > _SOME_KWH else Right.NO

    return Slot(
        run.battery,
        right(grid),
        right(surplus),
        right(load),
        right(export),
        surplus + grid,
        load + export,
        run.hours,
    )


def _reach(run: Run, steps: np.ndarray[tuple[int], np.dtype[np.intp]]) -> _Reach:
    part_h = run.hours / run.parts
    net = run.net_kw[steps]
    battery = run.battery
    surplus = np.clip(-net, 0.0, battery.charge_kw)
    room = np.maximum(CONNECTION.import_limit_kw - np.maximum(net, 0.0), 0.0)
    grid = np.minimum(battery.charge_kw - surplus, room)
    load = np.clip(net, 0.0, battery.discharge_kw)
    space = np.maximum(CONNECTION.export_limit_kw + np.minimum(net, 0.0), 0.0)
    export = np.minimum(battery.discharge_kw - load, space)
    return _Reach(*(part_h * flow.sum(axis=1) for flow in (surplus, grid, load, export)))


def _forbid_burning(
    program: Program,
    run: Run,
    steps: np.ndarray[tuple[int], np.dtype[np.intp]],
    charge: tuple[Ints, Ints],
    discharge: tuple[Ints, Ints],
) -> None:
    """Keep buying into the store and discharging apart where buying brings money."""
    most_in = run.battery.charge_kw * run.hours
    most_out = run.battery.discharge_kw * run.hours
    for flow in discharge:
        separate(program, steps, (charge[1], most_in), (flow, most_out))
