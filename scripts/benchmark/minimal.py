"""The least program of a battery, solar power and a load: arrays by hand, and nothing else.

    minimise   Σ h·(buy·bought - sell·sold + wear·discharge) - worth·energy[K-1]
    subject to bought - sold + discharge - charge - curtailed = load - solar
               energy[k] - energy[k-1] - h·η_c·charge + h/η_d·discharge = 0

Where buying brings money, energy would be burnt by charging and discharging at once: up to
the last such step a binary lets only one of the two be.
"""

from dataclasses import dataclass

import highspy
import numpy as np

from custom_components.shems.core.linear import Ints
from custom_components.shems.core.units import Floats

from .problems import Battery15


@dataclass(frozen=True)
class Matrix:
    """The entries of a program's matrix, (Z,) each, and its size."""

    row: Ints
    column: Ints
    value: Floats
    rows: int
    columns: int


def minimal(problem: Battery15) -> Floats:
    """Return the battery's power in the optimum, (K,) kW, + = discharge."""
    battery, hours, count = problem.battery, problem.hours, len(problem.hours)
    apart = _steps_apart(problem.buy)
    none = np.zeros(count)
    cost = np.concatenate(
        [
            hours * problem.buy,
            -hours * problem.sell,
            none,
            np.full(count, battery.wear_per_kwh) * hours,
            none,
            none,
            np.zeros(apart),
        ]
    )
    cost[5 * count - 1] = -problem.worth
    upper = np.concatenate(
        [
            np.full(count, problem.limit_kw),
            np.full(count, problem.limit_kw),
            np.full(count, battery.charge_kw),
            np.full(count, battery.discharge_kw),
            np.full(count, battery.max_kwh),
            problem.solar_kw,
            np.ones(apart),
        ]
    )
    lower = np.zeros(len(cost))
    lower[4 * count : 5 * count] = battery.min_kwh
    net = problem.load_kw - problem.solar_kw
    known = none.copy()
    known[0] = problem.energy_kwh
    row_lower = np.concatenate([net, known, np.full(2 * apart, -np.inf)])
    row_upper = np.concatenate([net, known, np.zeros(apart), np.full(apart, battery.discharge_kw)])
    solution = _solve(cost, (lower, upper), (row_lower, row_upper), _matrix(problem, apart), apart)
    charge, discharge = solution[2 * count : 3 * count], solution[3 * count : 4 * count]
    return discharge - charge


def _steps_apart(buy: Floats) -> int:
    """Return in how many of the first steps a binary is needed."""
    burning = np.flatnonzero(buy < 0)
    return int(burning[-1]) + 1 if len(burning) else 0


def _matrix(problem: Battery15, apart: int) -> Matrix:
    battery, hours, count = problem.battery, problem.hours, len(problem.hours)
    step, near = np.arange(count), np.arange(apart)
    buy, sell, charge, discharge, energy, curtailed, choice = (
        step + number * count if number < 6 else near + 6 * count for number in range(7)
    )
    balance, store = step, step + count
    first, second = near + 2 * count, near + 2 * count + apart
    one = np.ones(count)
    entries = [
        (balance, buy, one),
        (balance, sell, -one),
        (balance, charge, -one),
        (balance, discharge, one),
        (balance, curtailed, -one),
        (store, energy, one),
        (store[1:], energy[:-1], -one[1:]),
        (store, charge, -hours * battery.charge_efficiency),
        (store, discharge, hours / battery.discharge_efficiency),
        (first, charge[:apart], one[:apart]),
        (first, choice, np.full(apart, -battery.charge_kw)),
        (second, discharge[:apart], one[:apart]),
        (second, choice, np.full(apart, battery.discharge_kw)),
    ]
    row, column, value = (np.concatenate(part) for part in zip(*entries, strict=True))
    return Matrix(row, column, value, 2 * count + 2 * apart, 6 * count + apart)


def _solve(
    cost: Floats,
    bounds: tuple[Floats, Floats],
    row_bounds: tuple[Floats, Floats],
    matrix: Matrix,
    binaries: int,
) -> Floats:
    order = np.lexsort((matrix.row, matrix.column))
    start = np.searchsorted(matrix.column[order], np.arange(matrix.columns + 1))
    kinds = np.zeros(matrix.columns, dtype=np.int32)
    kinds[matrix.columns - binaries :] = highspy.HighsVarType.kInteger.value
    highs = highspy.Highs()
    highs.silent()
    highs.setOptionValue("parallel", "off")
    highs.passModel(
        matrix.columns,
        matrix.rows,
        len(order),
        highspy.MatrixFormat.kColwise.value,
        highspy.ObjSense.kMinimize.value,
        0.0,
        cost,
        *bounds,
        *row_bounds,
        start.astype(np.int32),
        matrix.row[order].astype(np.int32),
        matrix.value[order],
        kinds,
    )
    highs.run()
    return np.asarray(highs.getSolution().col_value, dtype=np.float64)
