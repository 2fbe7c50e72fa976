"""Make a plan: solve, read off the value of stored energy, decide and explain."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Self

import numpy as np

from ..assets.home import Home
from ..assets.kinds import MovableState, acting
from ..assets.phases import phase_kw, phased
from ..forecast.beliefs import Beliefs
from ..tariff import energy_cost
from ..units import Floats, InputError
from .condense import condensed
from .dynamic import fits, plan_of, values
from .explain import explain
from .move import move, priced, shifted, told
from .objective import Objective
from .problem import WHOLE_H, build, needs_integers
from .read import Task, by_rule, gate, learn
from .read import typical as typical_import
from .result import Plan, Reason, Status
from .risk import RiskBudget, within_budget
from .rule import rule_plan, run_rule
from .settled import Settled
from .solve import Basis, Effort, SolveError, solve
from .style import STANDARD, Method, Rule, Style
from .timer import Timetable

_SOME_KW: Final = 0.01
"""Below ten watts a phase is not above its fuse."""


@dataclass(frozen=True)
class PlanState:
    """What one plan hands to the next.

    Attributes:
        terminal_value: learned worth of a stored kWh at the horizon's end, by battery and
            device.
        basis: where the last solve ended; not kept over a restart.
        joint: where the last solve over all devices ended; not kept either.
        settled: when the devices were to run.
        proposed, beside: the same two of what is proposed for devices that go their own ways.
    """

    terminal_value: dict[str, float] = field(default_factory=dict)
    basis: Basis | None = None
    joint: Basis | None = None
    settled: Settled | None = None
    proposed: Settled | None = None
    beside: Basis | None = None

    def to_json(self) -> dict[str, dict[str, float]]:
        """Return what outlives the process."""
        return {"terminal_value": dict(self.terminal_value)}

    @classmethod
    def from_json(cls, data: dict[str, dict[str, float]]) -> Self:
        """Restore from `to_json`."""
        return cls({key: float(value) for key, value in data["terminal_value"].items()})


@dataclass(frozen=True)
class Request:
    """What is asked of a plan.

    Attributes:
        style: how the home is run: a kind of plan, or a rule.
        timetable: the timer's hours on the horizon, where it is to run.
        explained: whether to give reasons; a year of replay does without.
        effort: of the solver.
        objective: what counts besides money.
        risk: what a plan's purchases ahead may lose; None where they may lose anything.
    """

    style: Style = STANDARD
    timetable: Timetable | None = None
    explained: bool = True
    effort: Effort = field(default_factory=Effort)
    objective: Objective = field(default_factory=Objective)
    risk: RiskBudget | None = None


def make_plan(
    home: Home,
    beliefs: Beliefs,
    energy_kwh: Mapping[str, float],
    state: PlanState,
    now: float,
    *,
    request: Request = Request(),
    paused: frozenset[str] = frozenset(),
    states: Mapping[str, MovableState] | None = None,
) -> tuple[Plan, PlanState]:
    """Return the best plan, or the rule's where the solver fails or little is to be won.

    Devices are moved first, on the expected course and together with the batteries; then
    the batteries meet every course, with what the devices take as a part of the load.

    Args:
        home: what exists.
        beliefs: what is expected.
        energy_kwh: stored energy by battery; one that is missing is left out of the plan.
        state: from the last plan.
        now: epoch seconds.
        request: how the home is run.
        paused: batteries and devices that someone else moves.
        states: how each device is now; one that is missing is left out of the plan.

    Raises:
        InputError: beliefs with missing or impossible values, stored energy outside the
            battery, a state that a device cannot be in, or no carbon where it counts.
    """
    began = time.perf_counter()
    beliefs.check()
    weighed = replace(home, connection=request.objective.weighed(home.connection))
    decisive = request.objective.effective(beliefs.prices, beliefs.carbon_g_per_kwh)
    counted = replace(beliefs, prices=decisive)
    task = task_of(weighed, counted, energy_kwh, state, now, request.style, paused, states)
    try:
        plan, following = _planned(task, state, request)
    except SolveError as error:
        trouble = Reason("solver_failed", {"status": str(error)})
        plan = by_rule(_without_devices(task), Reason("rule_fallback"))
        plan = replace(plan, status=Status.RULE, problem=trouble)
        following = replace(state, basis=None, joint=None, settled=None)
    if request.risk is not None:
        plan = within_budget(plan, task.home, beliefs, energy_kwh, request.risk, paused)
    paid = energy_cost(plan.grid_kw, plan.horizon.hours, beliefs.prices)
    plan = replace(plan, prices=beliefs.prices, cost=paid)
    if home.connection.peaks and plan.kept_kw is None:
        plan = replace(plan, kept_kw=_kept_kw(task, plan))
    if request.explained:
        if plan.marginal is None and plan.status is Status.OPTIMAL:
            plan = priced(task, plan)
        plan = explain(task.home, plan, task.paused)
    return replace(plan, solve_s=time.perf_counter() - began, style=task.style), following


def _planned(task: Task, state: PlanState, request: Request) -> tuple[Plan, PlanState]:
    """Return the plan without reasons, and what the next one needs.

    Raises:
        SolveError: no plan was found in time.
    """
    if not task.home.devices and not phased(task.home):
        return _stored(task, state, request)
    moved = move(task, state.settled, state.joint, request.effort)
    rest = _without_devices(task, moved.plan.moved_kw)
    if not rest.home.batteries or (rest.method is Method.POINT and rest.style.rule is None):
        plan, following = moved.plan, state
    else:
        stored, following = _stored(rest, state, request)
        plan = replace(
            moved.plan,
            grid_kw=stored.grid_kw,
            curtailed_kw=stored.curtailed_kw,
            batteries=stored.batteries,
            kept_kw=_kept_kw(task, moved.plan) if task.home.connection.peaks else None,
        )
        if not _within_fuses(task.home, plan):
            plan = moved.plan
    learned = learn(task, following.terminal_value, plan)
    return plan, replace(
        following, terminal_value=learned, joint=moved.basis, settled=Settled.of(plan)
    )


def _kept_kw(task: Task, plan: Plan) -> Floats:
    """Return up to what import no peak is higher than planned, (K,).

    Where devices move that is the peak that was decided with them: in the mean of many courses,
    in each of which batteries level another one, it is higher.
    """
    home = task.home
    return home.connection.kept_kw(plan.horizon, plan.grid_kw, home.zone)


def _within_fuses(home: Home, plan: Plan) -> bool:
    """Return whether no phase is above its fuse on the expected course.

    Batteries that meet every course know only the sum of the phases.
    """
    if not phased(home):
        return True
    taken = {each.device_id: each.power_kw for each in plan.devices} | {
        each.device_id: -each.power_kw for each in plan.batteries
    }
    sun = plan.solar_kw - plan.curtailed_kw
    carried = phase_kw(home, plan.grid_kw, plan.load_kw, sun, taken)
    return bool(np.abs(carried).max() <= home.connection.phase_kw + _SOME_KW)


def _stored(task: Task, state: PlanState, request: Request) -> tuple[Plan, PlanState]:
    """Return the plan of a home in which only batteries move."""
    # A rule knows of no wishes.
    asked = any(battery.asked for battery in task.home.batteries)
    if task.style.rule is not None and not asked:
        return _ruled(task, task.style.rule, request.timetable), state
    if task.method is Method.DYNAMIC:
        found = values(task, task.energy_kwh[task.home.batteries[0].id])
        plan, cost = plan_of(task, found)
        learned = replace(state, terminal_value=learn(task, state.terminal_value, plan))
        return gate(task, plan, cost), learned
    problem = build(
        task.home,
        task.courses,
        task.energy_kwh,
        task.terminal,
        task.paused,
        whole_h=WHOLE_H if task.method is Method.POINT else 0.0,
    )
    effort = replace(request.effort, gap=problem.gap)
    solution = solve(problem.arrays, state.basis, effort)
    plan = told(task, problem, solution)
    taught = learn(task, state.terminal_value, plan)
    learned = replace(state, terminal_value=taught, basis=solution.basis)
    return gate(task, plan, float(problem.arrays.cost @ solution.column)), learned


def _without_devices(task: Task, moved_kw: Floats | None = None) -> Task:
    """Return what is left to be planned once devices are decided, or out of reach."""
    if not task.home.devices:
        return task
    # What devices take is now a part of the load, and on phases of its own.
    connection = replace(task.home.connection, load_share=())
    home = replace(task.home, devices=(), connection=connection, wired={})
    beliefs = task.beliefs if moved_kw is None else shifted(task.beliefs, moved_kw)
    method = method_for(home, beliefs, task.style, task.paused)
    if home.connection.peaks and task.style.method is not Method.SCENARIOS:
        # What batteries win by meeting every course they lose again in peaks, which were
        # decided with the devices on the expected one.
        method = Method.POINT
    courses = _courses(home, beliefs, method, moved_kw)
    return replace(task, home=home, beliefs=beliefs, courses=courses, method=method, states={})


def task_of(
    home: Home,
    beliefs: Beliefs,
    energy_kwh: Mapping[str, float],
    state: PlanState,
    now: float,
    style: Style,
    paused: frozenset[str] = frozenset(),
    states: Mapping[str, MovableState] | None = None,
) -> Task:
    """Return what a plan is to be made of; see `make_plan`."""
    beliefs.check()
    known = dict(states or {})
    present = _present(home, energy_kwh, known, paused)
    typical = typical_import(beliefs)
    terminal = {
        battery.id: state.terminal_value.get(battery.id, battery.discharge_efficiency * typical)
        for battery in present.batteries
    } | {
        device.id: state.terminal_value.get(device.id, device.worth * typical)
        for device in present.devices
    }
    method = method_for(present, beliefs, style, paused)
    courses = _courses(present, beliefs, method)
    return Task(
        present, beliefs, courses, dict(energy_kwh), terminal, paused, now, style, method, known
    )


def _courses(
    home: Home, beliefs: Beliefs, method: Method, moved_kw: Floats | None = None
) -> Beliefs:
    """Return what the program of a method meets, once it is known what devices take.

    Many courses are met on fewer steps: what is hours ahead is decided anew before it comes,
    and these steps would be most of the program.
    """
    if method is Method.POINT:
        return beliefs.expected
    if method is Method.SCENARIOS and beliefs.uncertain:
        free = [home.free(each.id, beliefs.horizon) for each in home.batteries]
        return condensed(beliefs, moved_kw, free)
    return beliefs


def method_for(
    home: Home, beliefs: Beliefs, style: Style, paused: frozenset[str] = frozenset()
) -> Method:
    """Return the method that applies: programs with integers meet only the mean."""
    if style.method is Method.DYNAMIC and fits(home, beliefs, paused):
        return Method.DYNAMIC
    if style.method is Method.POINT or needs_integers(home, beliefs):
        return Method.POINT
    return Method.SCENARIOS


def _present(
    home: Home,
    energy_kwh: Mapping[str, float],
    states: Mapping[str, MovableState],
    paused: frozenset[str],
) -> Home:
    """Return the home without batteries and devices of which nothing is known.

    Raises:
        InputError: what is known of one cannot be.
    """
    for battery in home.batteries:
        energy = energy_kwh.get(battery.id)
        if energy is not None and not -1e-6 <= energy <= battery.capacity_kwh + 1e-6:
            raise InputError("soc_out_of_range", battery=battery.name, energy_kwh=energy)
    batteries = tuple(each for each in home.batteries if each.id in energy_kwh)
    devices = tuple(each for each in home.devices if each.id in states and each.id not in paused)
    for device in devices:
        state = states[device.id]
        acting(device, state).check(state)
    if len(batteries) == len(home.batteries) and len(devices) == len(home.devices):
        return home
    return replace(home, batteries=batteries, devices=devices)


def _ruled(task: Task, rule: Rule, timetable: Timetable | None) -> Plan:
    """Return the plan of the rule that was chosen, whatever a program would do."""
    if rule is Rule.SELF_CONSUMPTION:
        return by_rule(task, Reason("self_consumption_chosen"))
    if timetable is None:
        raise ValueError("the timer needs its timetable")
    course = run_rule(task.home, task.met, task.energy_kwh, task.paused, timetable)
    chosen = Reason("timer_chosen")
    why = tuple(
        Reason("timer_charges", {"price": price}) if share > 0 else chosen
        for share, price in zip(
            timetable.share.tolist(), task.beliefs.prices.buy.tolist(), strict=True
        )
    )
    return rule_plan(
        task.home, task.beliefs, course, task.terminal, task.now, task.paused, why, timetable
    )
