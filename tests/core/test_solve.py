"""The solver: sound numbers, an optimum or an error, whatever else runs in the process."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import highspy
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.linear import Arrays, Program
from custom_components.shems.core.plan import solve as module
from custom_components.shems.core.plan.solve import Basis, Effort, Solution, SolveError, solve
from custom_components.shems.core.units import Floats
from tests.core.homes import on_grid

CORE = Path(__file__).resolve().parents[2] / "custom_components" / "shems"


def transport(demand: float = 3.0, *, integer: bool = False, count: int = 2) -> Arrays:
    """Return the program: meet a demand from sources at 1, 2, ... a piece, two from each."""
    program = Program()
    sources = program.columns(count, upper=2.0, cost=np.arange(1.0, count + 1), integer=integer)
    demands = program.rows(1, lower=demand, upper=demand)
    program.terms(np.repeat(demands, count), sources, 1.0)
    return program.arrays()


@given(st.lists(on_grid(0.5, 5, 0.5), min_size=1, max_size=6), on_grid(0, 2, 0.25))
def test_the_cheapest_sources_are_used_first(costs: list[float], demand: float) -> None:
    program = Program()
    sources = program.columns(len(costs), upper=1.0, cost=np.array(costs))
    rows = program.rows(1, lower=min(demand, len(costs)))
    program.terms(np.repeat(rows, len(costs)), sources, 1.0)
    solution = solve(program.arrays())
    left, cost = min(demand, len(costs)), 0.0
    for each in sorted(costs):
        cost += each * min(left, 1.0)
        left -= min(left, 1.0)
    assert float(solution.column @ np.array(costs)) == pytest.approx(cost)


def test_duals_are_the_price_of_one_more() -> None:
    solution = solve(transport(3.0))
    assert solution.column.tolist() == pytest.approx([2.0, 1.0])
    assert solution.dual.tolist() == pytest.approx([2.0])
    assert solution.basis is not None


def test_an_integer_program_has_duals_too() -> None:
    program = transport(3.0, integer=True)
    solution = solve(replace(program, integer=np.array([True, False])))
    assert solution.column.tolist() == pytest.approx([2.0, 1.0])
    assert solution.dual.tolist() == pytest.approx([2.0])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cost", np.nan),
        ("cost", np.inf),
        ("coefficient", np.nan),
        ("coefficient", np.inf),
        ("lower", np.nan),
        ("lower", 9.0),
        ("upper", np.nan),
        ("row_lower", np.nan),
        ("row_upper", 1.0),
    ],
)
def test_numbers_that_are_not_sound_are_refused(name: str, value: float) -> None:
    program = transport()
    broken = getattr(program, name).copy()
    broken[0] = value
    with pytest.raises(SolveError, match="NaN"):
        solve(replace(program, **{name: broken}))


def test_what_cannot_be_is_an_error() -> None:
    with pytest.raises(SolveError, match="Infeasible"):
        solve(transport(9.0))
    endless = replace(transport(), upper=np.full(2, np.inf), cost=np.array([-1.0, 1.0]))
    endless = replace(endless, row_upper=np.array([np.inf]))
    with pytest.raises(SolveError, match=r"(?i)unbounded"):
        solve(endless)


def knapsack(*, slack: bool) -> Arrays:
    """Return a program that takes HiGHS long; with slack whatever is rounded can be kept."""
    rng = np.random.default_rng(1)
    program = Program()
    items = program.columns(300, upper=1.0, cost=-rng.uniform(1, 2, 300), integer=True)
    rows = program.rows(30, upper=rng.uniform(20, 40, 30))
    for row in rows:
        program.terms(np.repeat(row, 300), items, rng.uniform(0, 1, 300))
    if slack:
        program.terms(rows, program.columns(30, cost=100.0), -1.0)
    return program.arrays()


def within(program: Arrays, column: Floats) -> bool:
    """Return whether a solution keeps every row."""
    done = np.zeros(len(program.row_lower))
    of = np.repeat(np.arange(len(column)), np.diff(program.start))
    np.add.at(done, program.index, program.coefficient * column[of])
    return bool((done <= program.row_upper + 1e-6).all())


def test_a_search_that_is_stopped_gives_the_best_it_has_found() -> None:
    program = knapsack(slack=False)
    solution = solve(program, effort=Effort(nodes=1))
    assert solution.missed > Effort().gap
    assert np.allclose(solution.column, np.round(solution.column), atol=1e-6)
    assert within(program, solution.column)


def test_what_no_search_has_found_is_rounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SEARCH_SHARE", 1e-7)
    program = knapsack(slack=True)
    solution = solve(program)
    assert solution.missed > Effort().gap
    assert np.allclose(solution.column[:300], np.round(solution.column[:300]), atol=1e-6)
    assert within(program, solution.column)


def test_what_can_be_neither_found_nor_rounded_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_SEARCH_SHARE", 1e-7)
    with pytest.raises(SolveError, match=r"(?i)infeasible"):
        solve(knapsack(slack=False))


def test_a_program_that_highs_refuses_is_an_error() -> None:
    program = transport()
    with pytest.raises(SolveError, match="refused"):
        solve(replace(program, index=np.array([0, 7], dtype=np.int32)))


@pytest.mark.parametrize("count", [2, 4])
def test_a_basis_of_another_program_does_no_harm(count: int) -> None:
    old = solve(transport(1.0, count=count)).basis
    solution = solve(transport(3.0), old)
    assert solution.column.tolist() == pytest.approx([2.0, 1.0])


def test_a_basis_that_highs_cannot_use_does_no_harm() -> None:
    program = transport()
    nonsense = Basis(program.shape, highspy.HighsBasis())
    assert solve(program, nonsense).column.tolist() == pytest.approx([2.0, 1.0])


def test_a_failure_from_an_old_basis_is_tried_from_scratch(monkeypatch: pytest.MonkeyPatch) -> None:
    program = transport()
    basis = solve(program).basis
    run = module._run  # noqa: SLF001  # HiGHS offers no way to make only a warm start fail.
    tried = []

    def failing_when_warm(given_program: Arrays, old: Basis | None, effort: Effort) -> Solution:
        tried.append(old)
        if old is not None:
            raise SolveError("Not set")
        return run(given_program, old, effort)

    monkeypatch.setattr(module, "_run", failing_when_warm)
    solution = solve(program, basis)
    assert solution.column.tolist() == pytest.approx([2.0, 1.0])
    assert solution.afresh
    assert tried == [basis, None]
    assert not solve(program).afresh


def test_numbers_that_highs_makes_up_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(highspy.Highs):
        def getSolution(self) -> highspy.HighsSolution:  # noqa: N802  # HiGHS' own name.
            solution = super().getSolution()
            solution.row_dual = [float("nan")]
            return solution

    monkeypatch.setattr(module.highspy, "Highs", Broken)
    with pytest.raises(SolveError, match="no numbers"):
        solve(transport())


NEIGHBOUR = """
import sys, threading
from types import ModuleType
package = ModuleType("shems")
package.__path__ = [sys.argv[1]]
sys.modules["shems"] = package
import highspy
import numpy as np
from shems.core.linear import Program
from shems.core.plan.solve import solve

def knapsack(highs, seed):
    rng = np.random.default_rng(seed)
    items = [highs.addVariable(0, 1, -value) for value in rng.uniform(1, 2, 40)]
    for item in items:
        highs.changeColIntegrality(item.index, highspy.HighsVarType.kInteger)
    highs.addConstr(sum(w * i for w, i in zip(rng.uniform(0, 1, 40).tolist(), items)) <= 5)

done, statuses = threading.Event(), []
def neighbour():
    seed = 0
    while not done.is_set():
        highs = highspy.Highs()
        highs.silent()
        knapsack(highs, seed)
        highs.run()
        statuses.append(str(highs.getModelStatus()))
        seed += 1

thread = threading.Thread(target=neighbour)
thread.start()
for count in range(30):
    program = Program()
    columns = program.columns(200, upper=2.0, cost=np.arange(1.0, 201.0), integer=count % 3 == 0)
    rows = program.rows(1, lower=21.0)
    program.terms(np.repeat(rows, 200), columns, 1.0)
    solution = solve(program.arrays())
    assert abs(solution.column.sum() - 21.0) < 1e-6
done.set()
thread.join()
assert statuses and set(statuses) == {"HighsModelStatus.kOptimal"}, set(statuses)
print("well")
"""


def test_another_user_of_highs_in_the_process_is_no_trouble() -> None:
    done = subprocess.run(
        [sys.executable, "-c", NEIGHBOUR, str(CORE)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout == "well\n", done.stderr
