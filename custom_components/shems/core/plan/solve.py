"""HiGHS: arrays in, a solution with duals out, warm from the last basis."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import highspy
import numpy as np

from ..linear import Arrays, Ints
from ..units import Floats

GAP: Final = 0.005
"""Absolute gap of a mixed-integer plan, currency: half a cent over two days."""


class SolveError(RuntimeError):
    """The solver gave no optimum; the status says why."""


@dataclass(frozen=True)
class Basis:
    """Where a solve ended, so that the next begins there.

    Attributes:
        shape: columns, rows, entries of the program it belongs to.
    """

    shape: tuple[int, int, int]
    basis: highspy.HighsBasis


@dataclass(frozen=True)
class Solution:
    """An optimum.

    Attributes:
        column: (N,) values.
        dual: (M,) change of the cost per unit of each row's bound.
        basis: for the next solve; None after an integer program.
    """

    column: Floats
    dual: Floats
    basis: Basis | None


def solve(program: Arrays, basis: Basis | None = None, *, time_limit_s: float = 5.0) -> Solution:
    """Minimise a program.

    An integer program has no duals: its integers are fixed at their optimum and the
    remaining linear program gives them.

    Raises:
        SolveError: numbers are not sound, or no optimum was found in time. A failure from
            an old basis is tried once more from scratch.
    """
    if not program.sound:
        raise SolveError("program has NaN, infinite or reversed numbers")
    deadline = time.monotonic() + time_limit_s
    if program.integer.any():
        program, basis = _fixed(program, time_limit_s), None
    if basis is not None and basis.shape == program.shape:
        try:
            return _run(program, basis, deadline - time.monotonic())
        except SolveError:
            basis = None
    return _run(program, None, deadline - time.monotonic())


def solve_each(
    program: Arrays,
    rows: Ints,
    levels: Sequence[Floats],
    basis: Basis | None = None,
    *,
    time_limit_s: float = 5.0,
) -> list[Solution]:
    """Minimise a program once for each set of values of some rows.

    The program is handed over once, and each solve begins where the last one ended. Integers
    are those of the first optimum: the others are close to it, and may come out dearer.

    Args:
        program: see `Arrays`.
        rows: (R,) which equations take other values.
        levels: (R,) values of these, for each solve.
        basis: where the first begins.
        time_limit_s: for the integers, and for each solve.

    Raises:
        SolveError: numbers are not sound, or one of the programs has no optimum.
    """
    if not program.sound:
        raise SolveError("program has NaN, infinite or reversed numbers")
    if program.integer.any():
        lower, upper = program.row_lower.copy(), program.row_upper.copy()
        lower[rows] = upper[rows] = levels[0]
        begun = replace(program, row_lower=lower, row_upper=upper)
        program, basis = _fixed(begun, time_limit_s), None
    fitting = basis if basis is not None and basis.shape == program.shape else None
    highs = _loaded(program, fitting, time_limit_s)
    found = []
    for level in levels:
        for row, value in zip(rows.tolist(), level.tolist(), strict=True):
            highs.changeRowBounds(row, value, value)
        found.append(_solved(highs, program))
    return found


def _fixed(program: Arrays, time_limit_s: float) -> Arrays:
    """Return the linear program that is left once the integers are at their optimum."""
    whole = _run(program, None, time_limit_s)
    fixed = np.where(program.integer, np.round(whole.column), np.nan)
    return replace(
        program,
        lower=np.where(program.integer, fixed, program.lower),
        upper=np.where(program.integer, fixed, program.upper),
        integer=np.zeros_like(program.integer),
    )


def _run(program: Arrays, basis: Basis | None, time_limit_s: float) -> Solution:
    return _solved(_loaded(program, basis, time_limit_s), program)


def _loaded(program: Arrays, basis: Basis | None, time_limit_s: float) -> highspy.Highs:
    highs = highspy.Highs()
    highs.silent()
    highs.setOptionValue("parallel", "off")
    highs.setOptionValue("time_limit", max(time_limit_s, 0.01))
    highs.setOptionValue("mip_abs_gap", GAP)
    highs.setOptionValue("mip_rel_gap", 0.0)
    if _pass(highs, program) == highspy.HighsStatus.kError:
        raise SolveError("HiGHS refused the program")
    if basis is not None:
        highs.setBasis(basis.basis)
    return highs


def _solved(highs: highspy.Highs, program: Arrays) -> Solution:
    highs.run()
    status = highs.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        raise SolveError(highs.modelStatusToString(status))
    solution = highs.getSolution()
    column = np.asarray(solution.col_value, dtype=np.float64)
    dual = np.asarray(solution.row_dual, dtype=np.float64)
    if not (np.isfinite(column).all() and np.isfinite(dual).all()):
        raise SolveError("HiGHS returned no numbers")
    if program.integer.any():
        return Solution(column, np.zeros(len(program.row_lower)), None)
    return Solution(column, dual, Basis(program.shape, highs.getBasis()))


def _pass(highs: highspy.Highs, program: Arrays) -> highspy.HighsStatus:
    """Hand the program over whole: numbers set one by one would hold the interpreter."""
    integer, real = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    kinds = np.where(program.integer, integer.value, real.value).astype(np.int32)
    return highs.passModel(
        len(program.cost),
        len(program.row_lower),
        len(program.index),
        highspy.MatrixFormat.kColwise.value,
        highspy.ObjSense.kMinimize.value,
        0.0,
        program.cost,
        program.lower,
        program.upper,
        program.row_lower,
        program.row_upper,
        program.start,
        program.index,
        program.coefficient,
        kinds,
    )
