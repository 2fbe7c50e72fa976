"""Perfect foresight: what could have been saved by one who knew everything."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from ..dispatch.respond import Slot
from ..linear import INFINITY, Ints, Program
from ..plan.result import Right
from ..plan.solve import Effort, solve
from ..units import Floats
from .run import Controller, Run

type Steps = np.ndarray[tuple[int], np.dtype[np.intp]]

_TIME_LIMIT_S: Final = 900.0
_SOME_KWH: Final = 1e-7


@dataclass(frozen=True)
class _Reach:
    """AC energy that could flow in each step, (N,) kWh, summed over its sub-steps.

    Attributes:
        spilled: from the sun into the battery, where it could not be sold anyway.
        surplus: from the sun into the battery, otherwise sold.
        grid: from the grid into it.
        load: from it to the home.
        export: from it to the grid.
    """

    spilled: Floats
    surplus: Floats
    grid: Floats
    load: Floats
    export: Floats


class _Flows(NamedTuple):
    """Columns of the program, (N,) each, in the order of `_Reach`."""

    spilled: Ints
    surplus: Ints
    grid: Ints
    load: Ints
    export: Ints


def perfect_foresight(run: Run) -> Controller:
    """Return the controller that follows one program over the whole run.

    Per step, with f, s, g the energy charged from surplus that could not be sold, other
    surplus and the grid, l, x that discharged to load and grid, all within what the
    sub-steps permit:

        energy[k] = energy[k-1] + η_c·(f + s + g) - (l + x)/η_d
        cost = s·sell + g·buy - l·(buy - w) - x·(sell - w), energy at the end valued

    Inside a step the battery may both charge and discharge, in different sub-steps; only
    the limits of its store at the sub-steps are not seen, so what is replayed costs a
    little more than the program says. In whole steps the two agree.
    """
    steps = np.array(run.steps)
    buy, sell = (price[steps] for price in run.prices)
    reach = _reach(run, steps, sell)
    battery = run.battery
    program = Program()
    count = len(steps)
    spilled = program.columns(count, upper=reach.spilled)
    surplus = program.columns(count, upper=reach.surplus, cost=sell)
    grid = program.columns(count, upper=reach.grid, cost=buy)
    load = program.columns(count, upper=reach.load, cost=battery.wear_per_kwh - buy)
    export = program.columns(count, upper=reach.export, cost=battery.wear_per_kwh - sell)
    worth = np.zeros(count)
    worth[-1] = -run.stored_price
    energy = program.columns(count, lower=battery.min_kwh, upper=battery.max_kwh, cost=worth)
    begin = np.zeros(count)
    begin[0] = run.start_kwh
    store = program.rows(count, lower=begin, upper=begin)
    program.terms(store, energy, 1.0)
    program.terms(store[1:], energy[:-1], -1.0)
    for columns in (spilled, surplus, grid):
        program.terms(store, columns, -battery.charge_efficiency)
    for columns in (load, export):
        program.terms(store, columns, 1 / battery.discharge_efficiency)
    flows = _Flows(spilled, surplus, grid, load, export)
    _keep_order(program, run, reach, flows, np.flatnonzero(buy < 0))
    column = solve(program.arrays(), effort=Effort(_TIME_LIMIT_S)).column
    slots = {
        step: _slot(
            run,
            float(column[spilled[row]] + column[surplus[row]]),
            *(float(column[flow[row]]) for flow in (grid, load, export)),
        )
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


def _reach(run: Run, steps: Steps, sell: Floats) -> _Reach:
    part_h = run.hours / run.parts
    net = run.net_kw[steps]
    battery = run.battery
    limit = np.where(sell >= 0, run.connection.export_limit_kw, 0.0)[:, np.newaxis]
    absorbed = np.clip(-net, 0.0, battery.charge_kw)
    spilled = np.clip(-net - limit, 0.0, battery.charge_kw)
    room = np.maximum(run.connection.import_limit_kw - np.maximum(net, 0.0), 0.0)
    grid = np.minimum(battery.charge_kw - absorbed, room)
    load = np.clip(net, 0.0, battery.discharge_kw)
    space = np.maximum(limit + np.minimum(net, 0.0), 0.0)
    export = np.minimum(battery.discharge_kw - load, space)
    flows = (spilled, absorbed - spilled, grid, load, export)
    return _Reach(*(part_h * flow.sum(axis=1) for flow in flows))


def _keep_order(program: Program, run: Run, reach: _Reach, flows: _Flows, steps: Steps) -> None:
    """Let the battery buy only after it took the surplus, and not while it discharges.

    Elsewhere that is what costs least; where buying brings money the program would import
    beside the surplus it throws away, or burn energy in the losses. With z binary:

        g ≤ most · z,   l + x ≤ most · (1 - z),   f + s ≥ all the surplus · z
    """
    count = len(steps)
    if not count:
        return
    most_in = run.battery.charge_kw * run.hours
    most_out = run.battery.discharge_kw * run.hours
    buying = program.columns(count, upper=1.0, integer=True)
    rows = program.rows(count, lower=-INFINITY, upper=0.0)
    program.terms(rows, flows.grid[steps], 1.0)
    program.terms(rows, buying, -most_in)
    rows = program.rows(count, lower=-INFINITY, upper=most_out)
    program.terms(rows, flows.load[steps], 1.0)
    program.terms(rows, flows.export[steps], 1.0)
    program.terms(rows, buying, most_out)
    rows = program.rows(count, lower=0.0)
    program.terms(rows, flows.spilled[steps], 1.0)
    program.terms(rows, flows.surplus[steps], 1.0)
    program.terms(rows, buying, -(reach.spilled + reach.surplus)[steps])
