"""What a schedule is worth, and how far it leaves what was asked.

The semantics are those of evcc's optimizer, recomputed from what the batteries do:

    stored[t] = stored[t-1] + η_c · charge[t] - discharge[t] / η_d
    solar + Σ(discharge - charge) + import = load + export

The value is money alone: export brings, import costs, what is stored at the end beyond the
beginning is worth its price. Export above its limit is lost, import above its limit is paid.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from custom_components.shems.core.units import Floats

from .request import Request, Store

_FULL_WH: Final = 0.5
"""Half a watt-hour from full is full: the optimizer's answers are rounded."""
SOFT_WEIGHT: Final = 10.0
"""A Wh outside of what a store should hold counts, in every step, as ten of another kind."""


@dataclass(frozen=True)
class Schedule:
    """What every store does in every step.

    Attributes:
        charge_wh, discharge_wh: (B, T), never negative.
    """

    charge_wh: Floats
    discharge_wh: Floats

    def stored_wh(self, request: Request) -> Floats:
        """Return what each store holds at the end of each step, (B, T)."""
        initial = np.array([store.initial_wh for store in request.stores])
        gained = (
            self.charge_wh * request.charge_efficiency
            - self.discharge_wh / request.discharge_efficiency
        )
        stored: Floats = initial[:, np.newaxis] + np.cumsum(gained, axis=1)
        return stored

    def grid_wh(self, request: Request) -> Floats:
        """Return what the home takes from the grid, (T,), negative where it gives."""
        grid: Floats = (
            request.load_wh - request.solar_wh + (self.charge_wh - self.discharge_wh).sum(axis=0)
        )
        return grid


@dataclass(frozen=True)
class Violations:
    """How far a schedule leaves what was asked.

    Attributes:
        soc_wh_steps: outside of what each store should hold, Wh at the end of each step.
        goal_wh: missing of the goals.
        demand_wh: missing of what was to be charged in a step.
        import_wh, export_wh: beyond the limits of the grid.
        rules_wh: the largest breach of what no schedule may do, such as charging with less
            than the least power.
    """

    soc_wh_steps: float
    goal_wh: float
    demand_wh: float
    import_wh: float
    export_wh: float
    rules_wh: float

    @property
    def total_wh(self) -> float:
        """All soft ones together, weighted as the optimizer weights them."""
        other = self.goal_wh + self.demand_wh + self.import_wh + self.export_wh
        return SOFT_WEIGHT * self.soc_wh_steps + other


@dataclass(frozen=True)
class Score:
    """A schedule's value and violations.

    Attributes:
        value: money, currency.
        violations: how far it leaves what was asked.
    """

    value: float
    violations: Violations


def answered(request: Request, content: Mapping[str, Any]) -> Score | None:
    """Return what the answer that a file holds is worth; None where it holds none that fits."""
    try:
        answers = content["expected_response"]["batteries"]
        schedule = Schedule(
            np.array([each["charging_power"] for each in answers], dtype=np.float64),
            np.array([each["discharging_power"] for each in answers], dtype=np.float64),
        )
    except KeyError, TypeError, ValueError:
        return None
    shape = (len(request.stores), len(request.hours))
    fits = schedule.charge_wh.shape == schedule.discharge_wh.shape == shape
    return score(request, schedule) if fits else None


def score(request: Request, schedule: Schedule) -> Score:
    """Return what a schedule is worth and what it violates."""
    stored, grid = schedule.stored_wh(request), schedule.grid_wh(request)
    bought, sold = np.maximum(grid, 0.0), np.maximum(-grid, 0.0)
    over_bought = np.maximum(bought - request.import_w * request.hours, 0.0)
    over_sold = np.maximum(sold - request.export_w * request.hours, 0.0)
    value = float(request.sell @ (sold - over_sold) - request.buy @ bought)
    if request.excess_price is not None:
        value -= request.excess_price * float((over_bought / request.hours).max())
    for store, held in zip(request.stores, stored, strict=True):
        value += store.worth * (float(held[-1]) - store.initial_wh)
    outside = goal = demand = 0.0
    for number, store in enumerate(request.stores):
        held = stored[number]
        outside += float(np.maximum(held - store.max_wh, 0.0).sum())
        outside += float(np.maximum(store.min_wh - held, 0.0).sum())
        # A goal at the end of the first step is none in the optimizer either.
        goal += float(np.maximum(store.goal_wh - held, 0.0)[1:].sum())
        asked = np.minimum(store.demand_wh, store.charge_w * request.hours)
        missing = np.maximum(asked - schedule.charge_wh[number], 0.0)
        demand += float(missing[held < store.max_wh - _FULL_WH].sum())
    return Score(
        value,
        Violations(
            outside,
            goal,
            demand,
            0.0 if request.excess_price is not None else float(over_bought.sum()),
            float(over_sold.sum()),
            _rules_wh(request, schedule, stored, grid),
        ),
    )


def _rules_wh(request: Request, schedule: Schedule, stored: Floats, grid: Floats) -> float:
    """Return the largest breach of a hard rule."""
    breaches = [0.0]
    bought, sold = np.maximum(grid, 0.0), np.maximum(-grid, 0.0)
    for number, store in enumerate(request.stores):
        charge, discharge = schedule.charge_wh[number], schedule.discharge_wh[number]
        held = stored[number]
        breaches += [
            float((-charge).max()),
            float((-discharge).max()),
            float((charge - store.charge_w * request.hours).max()),
            float((discharge - store.discharge_w * request.hours).max()),
            float((-held).max()),
            float((held - store.capacity_wh).max()),
            float(np.minimum(charge, discharge).max()),
            float(_too_little(store, request.hours, charge, held).max()),
        ]
        if not store.charge_from_grid:
            breaches.append(float(np.minimum(charge, bought).max()))
        if not store.discharge_to_grid:
            breaches.append(float(np.minimum(discharge, sold).max()))
    return max(breaches)


def _too_little(store: Store, hours: Floats, charge: Floats, held: Floats) -> Floats:
    """Return how far charging is from both nothing and the least power.

    Where charging is demanded, the last bit before the store is full may take less.
    """
    least = store.least_charge_w * hours
    gap = np.minimum(charge, np.maximum(least - charge, 0.0))
    topped = (store.demand_wh > 0) & (store.max_wh - held <= least + _FULL_WH)
    return np.where(topped, 0.0, gap)
