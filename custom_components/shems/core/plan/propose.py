"""What devices would do that nobody lets SHEMS drive: shown, and counted on by nothing."""

import time
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ..assets.home import Home
from ..assets.kinds import MovableState
from ..forecast.beliefs import Beliefs, Outlook
from .because import explain_devices
from .make import PlanState, Request, task_of
from .move import move, shifted
from .result import Plan
from .settled import Settled
from .solve import SolveError


def propose(
    home: Home,
    beliefs: Beliefs,
    energy_kwh: Mapping[str, float],
    state: PlanState,
    plan: Plan,
    *,
    request: Request,
    paused: frozenset[str],
    states: Mapping[str, MovableState],
) -> tuple[Plan, PlanState]:
    """Return a plan with what is proposed for devices that go their own ways.

    The plan holds without them, with what they usually take in its load. Each is proposed
    what would be best for it beside what the plan lets the others do. What cannot be found in
    time is not proposed.

    Args:
        home: what exists.
        beliefs: what is expected, without what these devices take by themselves.
        energy_kwh: stored energy by battery.
        state: as the plan left it.
        plan: for everything else.
        request: how the home is run.
        paused: batteries that someone else moves.
        states: how each of these devices is now.

    Raises:
        InputError: a state that a device cannot be in.
    """
    began = time.perf_counter()
    alone = replace(
        home,
        devices=tuple(each for each in home.devices if each.id in states),
        connection=request.objective.weighed(home.connection),
    )
    prices = request.objective.effective(beliefs.prices, beliefs.carbon_g_per_kwh)
    beside = shifted(replace(beliefs, prices=prices), plan.moved_kw)
    counted = replace(beside, load=_not_negative(beside.load))
    style = request.style
    task = task_of(alone, counted, energy_kwh, state, plan.created, style, paused, states)
    try:
        moved = move(task, state.proposed, state.beside, request.effort)
    except SolveError:
        return plan, replace(state, proposed=None, beside=None)
    following = replace(state, proposed=Settled.of(moved.plan), beside=moved.basis)
    spent = time.perf_counter() - began
    proposals = explain_devices(moved.plan, home)
    return replace(plan, proposals=proposals, solve_s=plan.solve_s + spent), following


def _not_negative(load: Outlook) -> Outlook:
    """Return a load of which what devices give back has not left less than nothing."""
    return replace(
        load,
        mean=np.maximum(load.mean, 0.0),
        quantiles=np.maximum(load.quantiles, 0.0),
        paths=np.maximum(load.paths, 0.0),
    )
