"""HiGHS: arrays in, a solution with duals out, warm from the last basis."""

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

import highspy
import numpy as np

from ..linear import INFINITY, Arrays, Ints
from ..units import Floats
from .branch import TRIES, Branching, StoppedError

GAP_KWH: Final = 0.05
"""Absolute gap of a mixed-integer plan, in kWh at the median import price: far below what any
forecast knows. A relative gap would be none: a plan's cost is near zero."""
EXACT_GAP_KWH: Final = 5e-4
"""The same where exactness is wanted: below what any meter counts."""


_DUAL_TOLERANCE: Final = 1e-9
"""HiGHS' own 1e-7 hides the tiny prices that decide ties once they are weighted with hours and
probabilities: from an old basis an equally good plan came out, but another one."""
_LEAST_S: Final = 0.01
_FINE_NODES: Final = 50
_FINE_SHARE: Final = 0.02
_SEARCH_SHARE: Final = 0.6
"""Share of the time for the search of integers; the rest is for what they leave."""
_COSTLY: Final = (
    "mip_heuristic_run_rens",
    "mip_heuristic_run_rins",
    "mip_heuristic_run_root_reduced_cost",
    "mip_heuristic_run_feasibility_jump",
)
"""Heuristics that solve integer programs of their own. Where few columns are integers and the
relaxed program is nearly whole, as here, they take 5 to 10 times as long as the search that
they are to shorten, and find nothing better within the gap. The last one looks for any plan
that keeps every limit, and limits are soft."""
_TRIALS: Final = 1
"""Trials of a column before its past tells where to branch. Trials took two thirds of the
work with HiGHS' 8; whole homes now take a third less at worst."""
_STOPPED: Final = (
    highspy.HighsModelStatus.kTimeLimit,
    highspy.HighsModelStatus.kSolutionLimit,
    highspy.HighsModelStatus.kInterrupt,
)


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
        reduced: (N,) change of the cost per unit of each column's bound.
        basis: for the next solve; after an integer program that of the linear one that is
            left with its integers fixed.
        missed: by how much at most the cost may be above the optimum, currency.
        afresh: whether it was found from scratch after the given basis had led nowhere.
    """

    column: Floats
    dual: Floats
    reduced: Floats
    basis: Basis | None
    missed: float = 0.0
    afresh: bool = False


@dataclass(frozen=True)
class Effort:
    """How hard to try.

    Attributes:
        time_limit_s: for all of a solve.
        gap: absolute, of an integer program, currency.
        nodes: most nodes of its search; None for any number.
    """

    time_limit_s: float = 5.0
    gap: float = 0.005
    nodes: int | None = None


def solve(program: Arrays, basis: Basis | None = None, effort: Effort = Effort()) -> Solution:
    """Minimise a program.

    An integer program has no duals: its integers are fixed at their optimum and the
    remaining linear program gives them. Where time or nodes run out, the best found is taken;
    where nothing was found, the relaxed program is rounded and what is left solved again.

    Raises:
        SolveError: numbers are not sound, or no optimum was found in time. A failure from
            an old basis is tried once more from scratch.
    """
    if not program.sound:
        raise SolveError("program has NaN, infinite or reversed numbers")
    deadline = time.monotonic() + effort.time_limit_s
    missed = 0.0
    if program.integer.any():
        with suppress(SolveError, StoppedError):
            return _branched(program, effort)
        program, missed = _fixed(program, effort)
    left = replace(effort, time_limit_s=max(deadline - time.monotonic(), _LEAST_S))
    fits = basis is not None and basis.shape == program.shape
    if fits:
        with suppress(SolveError):
            return replace(_run(program, basis, left), missed=missed)
    return replace(_run(program, None, left), missed=missed, afresh=fits)


def solve_each(
    program: Arrays,
    rows: Ints,
    levels: Sequence[Floats],
    basis: Basis | None = None,
    effort: Effort = Effort(),
) -> list[Solution]:
    """Minimise a program once for each set of values of some rows.

    The program is handed over once, and each solve begins where the last one ended. Integers
    are those of the first optimum: the others are close to it, and may come out dearer.

    Args:
        program: see `Arrays`.
        rows: (R,) which equations take other values.
        levels: (R,) values of these, for each solve.
        basis: where the first begins.
        effort: for the integers, and for each solve.

    Raises:
        SolveError: numbers are not sound, or one of the programs has no optimum.
    """
    if not program.sound:
        raise SolveError("program has NaN, infinite or reversed numbers")
    if program.integer.any():
        lower, upper = program.row_lower.copy(), program.row_upper.copy()
        lower[rows] = upper[rows] = levels[0]
        first = solve(replace(program, row_lower=lower, row_upper=upper), basis, effort)
        program, basis = _with(program, first.column), first.basis
    fitting = basis if basis is not None and basis.shape == program.shape else None
    highs = _loaded(program, fitting, effort)
    found = []
    for level in levels:
        for row, value in zip(rows.tolist(), level.tolist(), strict=True):
            highs.changeRowBounds(row, value, value)
        found.append(_solved(highs, program))
    return found


def _branched(program: Arrays, effort: Effort) -> Solution:
    """Return an optimum that a few solves of the relaxed program find.

    It begins from scratch: where several optima are within the gap, an old basis would lead to
    another one, and a plan would depend on what was planned before.

    Raises:
        SolveError: it takes more of them, or there is none.
        StoppedError: time ran out.
    """
    columns = np.flatnonzero(program.integer).astype(np.int32)
    relaxed = replace(program, integer=np.zeros_like(program.integer))
    highs = _loaded(relaxed, None, effort)
    highs.run()
    most = TRIES if effort.nodes is None else min(TRIES, effort.nodes)
    tree = Branching(highs, columns, effort.gap, most)
    found = tree.search(program.lower[columns], program.upper[columns])
    if found is None:
        raise SolveError("no integers within a few solves")
    highs.changeColsBounds(len(columns), columns, found.value, found.value)
    return replace(_solved(highs, relaxed), missed=found.missed)


def _fixed(program: Arrays, effort: Effort) -> tuple[Arrays, float]:
    """Return the linear program that is left once the integers are decided.

    And by how much at most that misses the optimum.
    """
    whole = _searched(program, effort)
    return _with(program, whole.column), whole.missed


def _with(program: Arrays, column: Floats) -> Arrays:
    """Return the linear program that is left where the integers are those of a solution."""
    fixed = np.round(column)
    return replace(
        program,
        lower=np.where(program.integer, fixed, program.lower),
        upper=np.where(program.integer, fixed, program.upper),
        integer=np.zeros_like(program.integer),
    )


def _searched(program: Arrays, effort: Effort) -> Solution:
    """Return values for the integers: of an optimum, the best found in time, or rounded.

    Within the gap alone, which of equal plans is found would be chance. So the search goes
    on for a much finer optimum, but past a few nodes the gap is good enough.
    """
    search = replace(effort, time_limit_s=_SEARCH_SHARE * effort.time_limit_s)
    highs = _loaded(program, None, replace(search, gap=_FINE_SHARE * effort.gap))

    def check(event: highspy.HighsCallbackEvent) -> None:
        seen = event.data_out
        near = seen.mip_primal_bound - seen.mip_dual_bound <= effort.gap
        if near and seen.mip_node_count >= _FINE_NODES:
            event.interrupt()

    highs.cbMipInterrupt.subscribe(check)
    with suppress(SolveError):
        return _solved(highs, program)
    relaxed = replace(program, integer=np.zeros_like(program.integer))
    return replace(_run(relaxed, None, effort), missed=INFINITY)


def _run(program: Arrays, basis: Basis | None, effort: Effort) -> Solution:
    return _solved(_loaded(program, basis, effort), program)


def _loaded(program: Arrays, basis: Basis | None, effort: Effort) -> highspy.Highs:
    highs = highspy.Highs()
    highs.silent()
    highs.setOptionValue("parallel", "off")
    highs.setOptionValue("time_limit", effort.time_limit_s)
    highs.setOptionValue("mip_abs_gap", effort.gap)
    highs.setOptionValue("mip_rel_gap", 0.0)
    for heuristic in _COSTLY:
        highs.setOptionValue(heuristic, False)
    highs.setOptionValue("mip_pscost_minreliable", _TRIALS)
    if not program.integer.any():
        highs.setOptionValue("dual_feasibility_tolerance", _DUAL_TOLERANCE)
    if effort.nodes is not None:
        highs.setOptionValue("mip_max_nodes", effort.nodes)
    if _pass(highs, program) == highspy.HighsStatus.kError:
        raise SolveError("HiGHS refused the program")
    if basis is not None:
        highs.setBasis(basis.basis)
    return highs


def _solved(highs: highspy.Highs, program: Arrays) -> Solution:
    highs.run()
    status = highs.getModelStatus()
    optimal = status == highspy.HighsModelStatus.kOptimal
    if not optimal and not (status in _STOPPED and _found(highs, program)):
        raise SolveError(highs.modelStatusToString(status))
    solution = highs.getSolution()
    column = np.asarray(solution.col_value, dtype=np.float64)
    if program.integer.any():
        nothing = np.zeros(len(program.row_lower)), np.zeros(len(column))
        info = highs.getInfo()
        return Solution(column, *nothing, None, info.objective_function_value - info.mip_dual_bound)
    dual = np.asarray(solution.row_dual, dtype=np.float64)
    reduced = np.asarray(solution.col_dual, dtype=np.float64)
    if not all(np.isfinite(each).all() for each in (column, dual, reduced)):
        raise SolveError("HiGHS returned no numbers")
    return Solution(column, dual, reduced, Basis(program.shape, highs.getBasis()))


def _found(highs: highspy.Highs, program: Arrays) -> bool:
    """Return whether a search that was stopped has found anything that keeps every limit."""
    feasible = (
        highs.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    )
    return bool(program.integer.any()) and feasible


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
