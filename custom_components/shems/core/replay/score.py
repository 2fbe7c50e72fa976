"""The score of a run: costs, captured share and windows, as the protocol defines them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from ..horizon import DAY_S
from .run import Outcome, Run

RULES: Final = ("self_consumption", "timer")
WINDOW_DAYS: Final = 14
_LEAST_GAP: Final = 0.02
"""Below two percent of the gross load cost there is nothing to capture."""


@dataclass(frozen=True)
class Row:
    """A controller's row in the table.

    Attributes:
        cost: currency, the energy left in store valued.
        cycles: discharged energy over the usable capacity.
        plan_ms_median, plan_ms_max: None where nothing was planned.
    """

    cost: float
    energy_bought_kwh: float
    energy_sold_kwh: float
    cycles: float
    plan_ms_median: float | None
    plan_ms_max: float | None


def row(run: Run, outcome: Outcome, seconds: list[float]) -> Row:
    """Return a controller's row."""
    usable = run.battery.max_kwh - run.battery.min_kwh
    return Row(
        cost(run, outcome, run.first, run.last),
        float(outcome.bought_kwh.sum()),
        float(outcome.sold_kwh.sum()),
        float(outcome.discharged_kwh.sum()) / usable,
        1e3 * float(np.median(seconds)) if seconds else None,
        1e3 * max(seconds) if seconds else None,
    )


def cost(run: Run, outcome: Outcome, first: int, last: int) -> float:
    """Return bought - sold + wear - Δ energy · η · max(0, mean export price)."""
    begin = run.start_kwh if first == run.first else float(outcome.energy_kwh[first - 1])
    gained = float(outcome.energy_kwh[last - 1]) - begin
    return float(outcome.cost[first:last].sum()) - gained * run.stored_price


def captured(rows: Mapping[str, Row], name: str, gross_load_cost: float) -> float | None:
    """Return (best rule - x) / (best rule - foresight); None where there is little between."""
    best = rows[best_rule(rows)].cost
    gap = best - rows["perfect_foresight"].cost
    if gap <= 0 or gap < _LEAST_GAP * gross_load_cost:
        return None
    return (best - rows[name].cost) / gap


def best_rule(rows: Mapping[str, Row]) -> str:
    """Return the cheaper of the two rules."""
    return min(RULES, key=lambda name: rows[name].cost)


def windows(run: Run, outcomes: Mapping[str, Outcome]) -> list[dict[str, Any]]:
    """Return the cost of every controller in each whole fortnight."""
    length = round(WINDOW_DAYS * DAY_S / run.course.step_s)
    kept = np.zeros(len(run.course.start), dtype=np.bool_)
    kept[run.steps] = True
    found = []
    for first in range(run.first, run.last - length + 1, length):
        steps = np.flatnonzero(kept[first : first + length]) + first
        if not len(steps):
            continue
        found.append(
            {
                "start": float(run.course.start[first]),
                "gross_load_cost": float(run.load_kw[steps] @ run.prices[0][steps] * run.hours),
                "cost": {
                    name: cost(run, outcome, first, first + length)
                    for name, outcome in outcomes.items()
                },
            }
        )
    return found


def worst_excess(found: list[dict[str, Any]], name: str = "shems") -> float | None:
    """Return the worst window's excess over self-consumption, as a share of its load cost."""
    return max(
        (
            (each["cost"][name] - each["cost"]["self_consumption"]) / each["gross_load_cost"]
            for each in found
            if each["gross_load_cost"] > 0
        ),
        default=None,
    )
