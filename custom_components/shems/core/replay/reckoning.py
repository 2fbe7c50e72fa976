"""What a household cost under each manager, and what was not done for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from ..horizon import DAY_S, Horizon
from ..units import Floats
from .household import Household, Lived
from .score import WINDOW_DAYS

LEAST_GAP: Final = 0.02
"""Below two percent of the gross load cost there is nothing to capture, as for one battery."""


@dataclass(frozen=True)
class Account:
    """A manager's row.

    Attributes:
        cost: currency: energy, wear and peaks, less what is left in stores, and service.
        energy, peaks, service: the parts of it; `energy` with wear and what is left.
        cycles: of the battery.
        peak_kw: the highest quarter of an hour.
        missing: what was not done, by device.
        starts: of each device.
        device_kwh: what each device took.
    """

    cost: float
    energy: float
    peaks: float
    service: float
    energy_bought_kwh: float
    energy_sold_kwh: float
    cycles: float
    peak_kw: float
    missing: dict[str, dict[str, float]]
    starts: dict[str, int]
    device_kwh: dict[str, float]
    plan_ms_median: float | None = None
    plan_ms_max: float | None = None
    rules: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fortnight:
    """A window.

    Attributes:
        start: epoch seconds.
        gross_load_cost: what load and devices would cost from the grid alone.
        cost: by manager.
    """

    start: float
    gross_load_cost: float
    cost: dict[str, float]


def account(household: Household, lived: Lived, seconds: list[float]) -> Account:
    """Return a manager's row over the whole run."""
    run, hours = household.run, household.ticks.hours
    energy, peaks, service = parts(household, lived, run.first, run.last)
    usable = run.battery.max_kwh - run.battery.min_kwh
    return Account(
        energy + peaks + service,
        energy,
        peaks,
        service,
        float(np.maximum(lived.grid_kw, 0.0).sum() * hours),
        float(np.maximum(-lived.grid_kw, 0.0).sum() * hours),
        float(lived.discharged_kwh.sum()) / usable if usable else 0.0,
        highest_kw(household, lived),
        lived.missing,
        lived.starts,
        {key: float(power.sum() * hours) for key, power in lived.device_kw.items()},
        1e3 * float(np.median(seconds)) if seconds else None,
        1e3 * max(seconds) if seconds else None,
    )


def parts(household: Household, lived: Lived, first: int, last: int) -> tuple[float, float, float]:
    """Return energy with what is left, peaks and service of the steps [first, last).

    Peaks are those of the months, as far as the steps go.
    """
    run = household.run
    begin, end = first * run.parts, last * run.parts
    stored = float(lived.energy_kwh[end - 1] - lived.energy_kwh[begin - 1])
    kept = float(lived.kept[end - 1] - lived.kept[begin - 1])
    energy = float(lived.cost[begin:end].sum()) - stored * run.stored_price - kept
    peaks = 0.0
    if household.peaks:
        horizon, grid = _metered(household, lived.grid_kw, begin, end)
        zone = run.course.zone
        peaks = sum(each.charge(horizon, grid, zone) for each in household.peaks)
    return energy, peaks, float(lived.service[begin:end].sum())


def _metered(household: Household, grid_kw: Floats, begin: int, end: int) -> tuple[Horizon, Floats]:
    start = household.ticks.start[begin:end]
    return Horizon(np.append(start, start[-1] + household.ticks.step_s)), grid_kw[begin:end]


def highest_kw(household: Household, lived: Lived) -> float:
    """Return the highest import of a quarter of an hour, or of a step where that is longer."""
    ticks = household.ticks
    number = max(1, round(900 / ticks.step_s))
    whole = len(ticks) // number * number
    imported = np.maximum(lived.grid_kw[:whole], 0.0).reshape(-1, number)
    return float(imported.mean(axis=1).max())


def captured(rows: Mapping[str, Account], name: str, gross_cost: float) -> float | None:
    """Return (best rule - row) / (best rule - foresight); None where there is little between."""
    best = rows["best_rule"].cost
    gap = best - rows["perfect_foresight"].cost
    if gap <= 0 or gap < LEAST_GAP * gross_cost:
        return None
    return (best - rows[name].cost) / gap


def gross_cost(household: Household, lived: Lived, first: int, last: int) -> float:
    """Return what load and devices would cost from the grid alone."""
    run = household.run
    steps = np.array([step for step in run.steps if first <= step < last], dtype=np.intp)
    taken = sum((power for power in lived.device_kw.values()), np.zeros(len(household.ticks)))
    taken = taken.reshape(-1, run.parts).mean(axis=1)
    load = run.load_kw[steps] + taken[steps]
    return float(load @ run.prices[0][steps] * run.hours)


def windows(household: Household, lived: Mapping[str, Lived]) -> list[Fortnight]:
    """Return the cost of every manager in each whole fortnight."""
    run = household.run
    length = round(WINDOW_DAYS * DAY_S / run.course.step_s)
    kept = set(run.steps)
    found = []
    for first in range(run.first, run.last - length + 1, length):
        if not any(step in kept for step in range(first, first + length)):
            continue
        plain = lived["self_consumption"]
        found.append(
            Fortnight(
                float(run.course.start[first]),
                gross_cost(household, plain, first, first + length),
                {
                    name: sum(parts(household, each, first, first + length))
                    for name, each in lived.items()
                },
            )
        )
    return found
