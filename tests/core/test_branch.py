"""The search for integers: as good as trying all of them, or it says that it gave up."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.linear import Arrays, Program
from custom_components.shems.core.plan import solve as module
from custom_components.shems.core.plan.branch import TRIES
from custom_components.shems.core.plan.solve import Effort, Solution, SolveError, solve
from tests.core.homes import on_grid

GAP = 0.005

type Items = list[tuple[float, float]]


def knapsack(items: Items, room: float, *, pairs: bool) -> Arrays:
    """Return the program: take the most valued of items, each (value, size), that fit.

    Of pairs, one is taken exactly.
    """
    program = Program()
    value, size = np.array(items).T
    taken = program.columns(len(items), upper=1.0, cost=-value, integer=True)
    left = program.columns(1, upper=room, cost=0.01)
    rows = program.rows(1, upper=room)
    program.terms(np.repeat(rows, len(items)), taken, size)
    program.terms(rows, left, -0.1)
    if pairs:
        each = program.rows(len(items) // 2, lower=1.0, upper=1.0)
        for side in (0, 1):
            program.terms(each, taken[side : 2 * len(each) : 2], 1.0)
    return program.arrays()


def best_of(items: Items, room: float, *, pairs: bool) -> float | None:
    """Return the value of the best choice among all, None where there is none."""
    found = []
    for choice in product((0, 1), repeat=len(items)):
        if pairs and any(a + b != 1 for a, b in zip(choice[::2], choice[1::2], strict=False)):
            continue
        value, size = (sum(c * e[n] for c, e in zip(choice, items, strict=True)) for n in range(2))
        over = max(size - room, 0.0)
        if over <= 0.1 * room:
            found.append(value - 0.1 * over)
    return max(found, default=None)


@given(
    st.lists(st.tuples(on_grid(0.5, 5, 0.25), on_grid(0.5, 3, 0.25)), min_size=2, max_size=8),
    on_grid(1, 8, 0.25),
    st.booleans(),
)
def test_nothing_better_is_missed(items: Items, room: float, pairs: bool) -> None:
    program = knapsack(items, room, pairs=pairs)
    best = best_of(items, room, pairs=pairs)
    if best is None:
        with pytest.raises(SolveError, match="Infeasible"):
            solve(program)
        return
    solution = solve(program, effort=Effort(gap=GAP))
    assert -float(program.cost @ solution.column) == pytest.approx(best, abs=GAP)
    assert set(np.round(solution.column[:-1], 6).tolist()) <= {0.0, 1.0}
    assert solution.missed <= GAP
    assert solution.basis is not None


def hard(count: int, seed: int = 1) -> Arrays:
    """Return a program that no few solves decide."""
    rng = np.random.default_rng(seed)
    program = Program()
    items = program.columns(count, upper=1.0, cost=-rng.uniform(1, 2, count), integer=True)
    rows = program.rows(12, upper=rng.uniform(0.1, 0.2, 12) * count)
    for row in rows:
        program.terms(np.repeat(row, count), items, rng.uniform(0, 1, count))
    return program.arrays()


@pytest.fixture
def handed_over(monkeypatch: pytest.MonkeyPatch) -> list[Arrays]:
    """Return the programs that were left to HiGHS' own search."""
    seen: list[Arrays] = []
    searched = module._searched  # noqa: SLF001  # No result tells who found it.

    def watched(program: Arrays, effort: Effort) -> Solution:
        seen.append(program)
        return searched(program, effort)

    monkeypatch.setattr(module, "_searched", watched)
    return seen


@pytest.mark.parametrize("effort", [Effort(gap=GAP), Effort(gap=1.5), Effort(nodes=12)])
def test_what_takes_too_long_is_left_to_the_solver(
    handed_over: list[Arrays], effort: Effort
) -> None:
    program = hard(30)
    solution = solve(program, effort=effort)
    assert len(handed_over) == 1
    assert np.allclose(solution.column, np.round(solution.column), atol=1e-6)


def test_what_has_too_many_fractions_is_not_even_begun(handed_over: list[Arrays]) -> None:
    program = Program()
    items = program.columns(2 * TRIES, upper=1.0, cost=-np.ones(2 * TRIES), integer=True)
    rows = program.rows(2 * TRIES, upper=0.5)
    program.terms(rows, items, 1.0)
    assert not np.any(solve(program.arrays()).column)
    assert len(handed_over) == 1


def test_what_nothing_keeps_is_an_error() -> None:
    program = Program()
    items = program.columns(2, upper=1.0, integer=True)
    rows = program.rows(1, lower=0.5, upper=0.75)
    program.terms(np.repeat(rows, 2), items, 1.0)
    with pytest.raises(SolveError, match="Infeasible"):
        solve(program.arrays())


def test_what_has_no_least_cost_is_an_error() -> None:
    endless = replace(hard(4), upper=np.full(4, np.inf), row_upper=np.full(12, np.inf))
    with pytest.raises(SolveError, match=r"(?i)unbounded"):
        solve(endless)


def test_an_old_basis_leads_to_the_same_integers(handed_over: list[Arrays]) -> None:
    items = [(3.0, 2.0), (2.0, 1.5), (1.5, 1.25), (1.0, 0.75)]
    program = knapsack(items, 3.0, pairs=False)
    other = solve(knapsack(items, 1.0, pairs=False))
    assert solve(program, other.basis).column.tolist() == solve(program).column.tolist()
    assert handed_over == []
