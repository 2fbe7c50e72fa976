"""A request becomes a home and beliefs, and their plan a schedule."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from custom_components.shems.core.assets.asked import Demand
from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import HARD, Connection
from custom_components.shems.core.assets.goal import Goal
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.solar import Solar
from custom_components.shems.core.forecast.beliefs import Beliefs, Outlook
from custom_components.shems.core.horizon import HOUR_S, QUARTER_S, Horizon
from custom_components.shems.core.linear import INFINITY
from custom_components.shems.core.peak import PeakState, PeakTariff
from custom_components.shems.core.plan.problem import build
from custom_components.shems.core.plan.solve import Effort, solve
from custom_components.shems.core.tariff import Prices

from .request import Request, Store
from .score import SOFT_WEIGHT, Schedule

BEGIN: Final = 1_772_409_600.0
"""2 March 2026, 00:00 UTC, ends the first step: a month's peak is one of the horizon."""
_W: Final = 1e-3
"""kW."""
_GOAL: Final = HARD
"""A goal counts as much as a limit of the grid, as in evcc's optimizer."""


def plan(request: Request, time_limit_s: float) -> Schedule:
    """Return the schedule of the best plan.

    Raises:
        SolveError: none was found in time.
    """
    home, beliefs = home_of(request), beliefs_of(request)
    names = [battery.id for battery in home.batteries]
    stored = [store.initial_wh * _W for store in request.stores]
    worth = [store.worth / _W for store in request.stores]
    problem = build(
        home,
        beliefs,
        dict(zip(names, stored, strict=True)),
        dict(zip(names, worth, strict=True)),
        frozenset(),
        whole_h=INFINITY,
    )
    effort = Effort(time_limit_s=time_limit_s, gap=problem.gap)
    column = solve(problem.arrays, effort=effort).column
    parts = problem.scenarios[0].batteries
    wh = request.hours / _W
    none = np.zeros((0, len(wh)))
    return Schedule(
        np.array([np.maximum(column[part.charge], 0.0) * wh for part in parts] or none),
        np.array([np.maximum(column[part.discharge], 0.0) * wh for part in parts] or none),
    )


def home_of(request: Request) -> Home:
    """Return the home that a request tells of."""
    horizon = horizon_of(request)
    overfull = any(store.initial_wh > store.max_wh for store in request.stores)
    return Home(
        connection=_connection(request),
        solar=(Solar("solar", "Solar"),),
        batteries=tuple(
            _battery(str(number), store, request, horizon, soft=overfull)
            for number, store in enumerate(request.stores)
        ),
    )


def beliefs_of(request: Request) -> Beliefs:
    """Return what a request expects, without any doubt."""
    load, solar = (wh * _W / request.hours for wh in (request.load_wh, request.solar_wh))
    count = len(request.hours)
    return Beliefs(
        horizon_of(request),
        Outlook.certain(load, "exact"),
        Outlook.certain(solar, "exact"),
        Prices(request.buy / _W, request.sell / _W, np.ones(count, dtype=np.bool_)),
    )


def horizon_of(request: Request) -> Horizon:
    """Return the steps of a request; the first, which is often short, ends on an hour."""
    ends = BEGIN + HOUR_S * (np.cumsum(request.hours) - request.hours[0])
    return Horizon(np.concatenate([[BEGIN - HOUR_S * request.hours[0]], ends]))


def _connection(request: Request) -> Connection:
    """Return a connection with the limits of a request; without any it carries everything."""
    most_in = float((request.load_wh / request.hours).max())
    most_out = float((request.solar_wh / request.hours).max())
    most_in += sum(store.charge_w for store in request.stores)
    most_out += sum(store.discharge_w for store in request.stores)
    if request.excess_price is None:
        return Connection(min(most_in, request.import_w) * _W, min(most_out, request.export_w) * _W)
    # Of the quarter of an hour that the first step begins in, the rest was at the limit: so
    # what the step takes beyond it counts, if by less the shorter it is.
    free = request.import_w * _W
    before_h = (BEGIN - HOUR_S * request.hours[0]) % QUARTER_S / HOUR_S
    return Connection(
        most_in * _W,
        min(most_out, request.export_w) * _W,
        peaks=(PeakTariff(request.excess_price / _W, least_kw=free),),
        reached=(PeakState(interval_kwh=free * before_h),),
    )


def _battery(name: str, store: Store, request: Request, horizon: Horizon, *, soft: bool) -> Battery:
    """Return a store as a battery.

    Where one of the stores begins above its limit, any may exceed its own for it, at a
    price (`soft`); with a demand the limit is also where it ends, and stays.
    """
    capacity = max(store.capacity_wh, store.max_wh)
    soft = soft and not store.demand_wh.any()
    return Battery(
        name,
        name,
        capacity * _W,
        store.charge_w * _W,
        store.discharge_w * _W,
        request.charge_efficiency,
        request.discharge_efficiency,
        store.min_wh / capacity if capacity else 0.0,
        store.max_wh / capacity if capacity and not soft else 1.0,
        may_charge_from_grid=store.charge_from_grid,
        may_discharge_to_grid=store.discharge_to_grid,
        least_kw=store.least_charge_w * _W,
        goals=tuple(_goals(store, horizon, soft=soft)),
        demands=tuple(_demands(store, request, horizon)),
    )


def _goals(store: Store, horizon: Horizon, *, soft: bool) -> Iterator[Goal]:
    """Yield a request's goals, and limits of the store that may be broken at a price."""
    least = store.initial_wh < store.min_wh
    most = soft or store.initial_wh > store.max_wh
    for step, (end, goal) in enumerate(zip(horizon.end, store.goal_wh, strict=True)):
        at = float(end)
        if step and goal > 0:
            yield Goal(at, float(goal) * _W, importance=_GOAL)
        if least:
            yield Goal(at, store.min_wh * _W, importance=SOFT_WEIGHT * _GOAL)
        if most:
            yield Goal(at, store.max_wh * _W, most=True, importance=SOFT_WEIGHT * _GOAL)


def _demands(store: Store, request: Request, horizon: Horizon) -> Iterator[Demand]:
    """Yield what a request demands to be charged, the sooner the more important."""
    count = len(horizon)
    for step in np.flatnonzero(store.demand_wh > 0).tolist():
        yield Demand(
            float(horizon.start[step]),
            float(horizon.end[step]),
            float(store.demand_wh[step] * _W / request.hours[step]),
            importance=_GOAL * (1 + (count - step) / count),
        )
