"""What a household wants of a battery that meets every course."""

import numpy as np

from ..assets.battery import Battery
from ..horizon import Horizon
from ..units import Floats
from .problem import penalty_of
from .read import Task
from .result import MISSING, Shortfall


def missed_cost(task: Task, energy_kwh: Floats) -> dict[int, Floats]:
    """Return what missing goals costs at stored energies, (G,), by the step they come with."""
    penalty = penalty_of(task.beliefs.prices, task.terminal)
    found: dict[int, Floats] = {}
    for goal in task.home.batteries[0].goals:
        if (step := goal.step(task.beliefs.horizon)) is not None:
            cost = penalty * goal.importance * goal.missing(energy_kwh)
            found[step] = found.get(step, np.zeros_like(energy_kwh)) + cost
    return found


def short_of(battery: Battery, energy_kwh: Floats, horizon: Horizon) -> tuple[Shortfall, ...]:
    """Return what of a battery's goals is missing in the mean of courses, (N, K) kWh."""
    found = []
    for goal in battery.goals:
        if (step := goal.step(horizon)) is not None:
            held = energy_kwh[:, step]
            amount = float(goal.missing(held).mean())
            if amount > MISSING:
                found.append(Shortfall(goal.code, amount, "kWh", goal.at, float(held.mean())))
    return tuple(found)
