"""Plans of a home with nothing but one device, which several tests look into."""

from dataclasses import replace

import numpy as np

from custom_components.shems.core.assets.device import Part
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.kinds import Movable, MovableState
from custom_components.shems.core.forecast.beliefs import Beliefs, Outlook
from custom_components.shems.core.horizon import Horizon
from custom_components.shems.core.plan.problem import build
from custom_components.shems.core.plan.solve import Effort, Solution, solve
from custom_components.shems.core.units import Floats
from tests.core.homes import certain, hourly


def weather(
    outdoor_c: float | list[float],
    buy: float | list[float] = 0.3,
    horizon: Horizon | None = None,
    **more: float | list[float],
) -> Beliefs:
    horizon = horizon or hourly(24)
    beliefs = certain(0.0, buy=buy, horizon=horizon, **more)
    felt = np.broadcast_to(np.asarray(outdoor_c, dtype=np.float64), (len(horizon),)).copy()
    return replace(beliefs, temperature=Outlook.certain(felt, "exact"))


def planned(
    device: Movable,
    state: MovableState,
    beliefs: Beliefs,
    value: float = 0.0,
    *,
    whole: bool = False,
    zone: str = "UTC",
) -> tuple[Part, Solution, float]:
    """Return where a device is in the program of a home with nothing else, and its optimum."""
    home = Home(devices=(device,), zone=zone)
    states = {device.id: state}
    problem = build(home, beliefs, {}, {device.id: value}, frozenset(), states, whole_h=4.0 * whole)
    solution = solve(problem.arrays, effort=Effort(gap=problem.gap))
    cost = float(problem.arrays.cost @ solution.column)
    return problem.scenarios[0].devices[0], solution, cost


def powers_of(part: Part, solution: Solution) -> Floats:
    return solution.column[part.power]


def missed(part: Part, solution: Solution) -> dict[str, float]:
    return {wish.code: wish.short(solution.column) for wish in part.wishes}


def states_of(part: Part, solution: Solution) -> Floats:
    assert part.state is not None
    return solution.column[part.state]
