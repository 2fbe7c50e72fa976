"""When devices run: one program over everything that can be moved, batteries among it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ..assets.device import Wish
from ..assets.kinds import acting
from ..forecast.beliefs import Beliefs, Outlook
from ..linear import Arrays, Ints
from ..tariff import energy_cost, typical_price
from ..units import Floats
from .problem import WHOLE_H, Problem, build
from .read import Task, marginal, read
from .result import MISSING, DevicePlan, LimitValue, Plan, Shortfall
from .settled import Settled
from .solve import Basis, Effort, Solution, SolveError, solve

_WORTH_TELLING: Final = 0.01
"""Relaxing a limit is worth telling from so many kWh at the median import price."""


@dataclass(frozen=True)
class Moved:
    """What the program says.

    Attributes:
        plan: of everything, on the expected course.
        cost: expected, with the worth of what is left.
        basis: where the solve ended.
    """

    plan: Plan
    cost: float
    basis: Basis | None


def move(task: Task, settled: Settled | None, basis: Basis | None, effort: Effort) -> Moved:
    """Return when devices run, decided together with the batteries on the expected course.

    On and off are integers in the next hours. Other courses than the expected one are met
    by the batteries, which follow the meter.

    Raises:
        SolveError: no plan was found in time.
    """
    expected = replace(task, courses=task.beliefs.expected)
    problem = build(
        task.home,
        expected.courses,
        task.energy_kwh,
        task.terminal,
        task.paused,
        task.states,
        settled=settled,
        whole_h=WHOLE_H,
    )
    solution = solve(problem.arrays, basis, replace(effort, gap=problem.gap))
    plan = told(expected, problem, solution)
    return Moved(plan, float(problem.arrays.cost @ solution.column), solution.basis)


def told(task: Task, problem: Problem, solution: Solution) -> Plan:
    """Return the plan that a solution means: batteries, devices, and what limits cost."""
    plan = read(task, problem, solution)
    devices = tuple(
        _device(task, problem, number, solution) for number in range(len(task.home.devices))
    )
    batteries = tuple(
        replace(
            part,
            shortfalls=_short(
                [each.batteries[number].wishes for each in problem.scenarios], solution.column
            ),
        )
        for number, part in enumerate(plan.batteries)
    )
    grid = plan.grid_kw + sum((each.power_kw for each in devices), np.zeros(len(plan.grid_kw)))
    return replace(
        plan,
        batteries=batteries,
        devices=devices,
        grid_kw=grid,
        cost=energy_cost(grid, plan.horizon.hours, plan.prices),
        marginal=marginal(task, problem, solution),
        limits=limits(task, problem, solution),
        proven=solution.missed <= problem.gap,
        afresh=solution.afresh,
    )


def priced(task: Task, plan: Plan) -> Plan:
    """Return a plan with what a kWh would cost in each step and what its limits cost.

    For plans that were found without a program: from the relaxed one on the expected course.
    Where that has no solution they stay unknown.
    """
    expected = replace(task, courses=task.beliefs.expected)
    problem = build(
        task.home, expected.courses, task.energy_kwh, task.terminal, task.paused, task.states
    )
    try:
        solution = solve(problem.arrays, effort=Effort(gap=problem.gap))
    except SolveError:
        return plan
    return replace(
        plan,
        marginal=marginal(expected, problem, solution),
        limits=limits(task, problem, solution),
    )


def shifted(beliefs: Beliefs, power_kw: Floats) -> Beliefs:
    """Return beliefs whose load has what devices take in it; given power makes it less."""

    def more(outlook: Outlook) -> Outlook:
        return replace(
            outlook,
            mean=outlook.mean + power_kw,
            quantiles=outlook.quantiles + power_kw,
            paths=outlook.paths + power_kw,
        )

    return replace(beliefs, load=more(beliefs.load))


def _device(task: Task, problem: Problem, number: int, solution: Solution) -> DevicePlan:
    device, column = task.home.devices[number], solution.column
    parts = [each.devices[number] for each in problem.scenarios]

    def expected(columns: list[Ints]) -> Floats:
        mean: Floats = np.mean([column[each] for each in columns], axis=0)
        return mean

    power = expected([part.power for part in parts])
    given = [part.given for part in parts if part.given is not None]
    if given:
        power = power - expected(given)
    states = [part.state for part in parts if part.state is not None]
    stores = [part.store for part in parts if part.store is not None]
    value = -np.sum([solution.dual[each] for each in stores], axis=0) if stores else None
    course, state = expected(states) if states else None, task.states[device.id]
    return DevicePlan(
        device.id,
        device.KIND,
        power,
        course,
        value,
        _short([part.wishes for part in parts], column),
        told_c=None
        if course is None
        else acting(device, state).told_c(problem.around, state, power, course),
    )


def _short(wishes: list[tuple[Wish, ...]], column: Floats) -> tuple[Shortfall, ...]:
    """Return what of the wishes is missing in a solution, over all scenarios."""
    found = []
    for alike in zip(*wishes, strict=True):
        amount = float(np.mean([each.short(column) for each in alike]))
        if amount > MISSING:
            reached = [near for each in alike if (near := each.reached(column)) is not None]
            nearest = float(np.mean(reached)) if reached else None
            found.append(Shortfall(alike[0].code, amount, alike[0].unit, alike[0].at, nearest))
    return tuple(found)


def limits(task: Task, problem: Problem, solution: Solution) -> tuple[LimitValue, ...]:
    """Return what the limits that bind cost, the dearest first: from the reduced costs."""
    least = _WORTH_TELLING * typical_price(task.beliefs.prices)
    found = [
        LimitValue(code, owner, value)
        for code, owner, columns in _limited(task, problem)
        if (value := _relaxed(problem.arrays, solution, columns)) > least
    ]
    fuses = np.concatenate([each.phases.rows for each in problem.scenarios])
    if (value := float(np.abs(solution.dual[fuses]).sum())) > least:
        found.append(LimitValue("phase_limit", "", value))
    return tuple(sorted(found, key=lambda each: -each.value))


def _limited(task: Task, problem: Problem) -> Iterator[tuple[str, str, Ints]]:
    """Yield the columns that each limit is an upper bound of, over all scenarios."""
    every = problem.scenarios
    yield "import_limit", "", np.concatenate([each.grid.buy for each in every])
    yield "export_limit", "", np.concatenate([each.grid.sell for each in every])
    for number, battery in enumerate(task.home.batteries):
        parts = [each.batteries[number] for each in every]
        yield "charge_limit", battery.id, np.concatenate([part.charge for part in parts])
        yield "discharge_limit", battery.id, np.concatenate([part.discharge for part in parts])
        yield "capacity", battery.id, np.concatenate([part.energy for part in parts])
    for number, device in enumerate(task.home.devices):
        powers = [each.devices[number].power for each in every]
        yield "power_limit", device.id, np.concatenate(powers)


def _relaxed(arrays: Arrays, solution: Solution, columns: Ints) -> float:
    """Return by how much less the optimum costs per unit more of an upper bound above zero."""
    upper = arrays.upper[columns]
    open_to = (upper > 0) & (upper > arrays.lower[columns])
    return float(np.maximum(-solution.reduced[columns[open_to]], 0.0).sum())
