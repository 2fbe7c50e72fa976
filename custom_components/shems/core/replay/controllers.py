"""The controllers that a run compares."""

import math
import time
from dataclasses import dataclass, field, replace

import numpy as np

from ..dispatch.respond import Slot
from ..forecast.beliefs import Beliefs, Outlook
from ..forecast.days import Days
from ..forecast.simple import believe
from ..horizon import DAY_S, HOUR_S, QUARTER_S, Horizon
from ..plan.make import PlanState, Request, make_plan
from ..plan.objective import Aim, Objective
from ..plan.result import Plan, Right
from ..plan.risk import RiskBudget
from ..plan.style import STANDARD, Rule, Style
from ..plan.timer import timetable_ahead
from ..series import Series
from ..units import Floats, InputError
from .bankroll import Account, risk_budget
from .believer import Believer
from .choice import Choice, choose
from .course import wall_clock
from .rehearsal import RUN, Past
from .run import Controller, Run
from .shadow import Shadow, replay
from .thinned import thinned

_HORIZON_H = 36
_NATIVE_H = 6
_COARSE_S = 1800
_PLAN_EVERY_S = 900


def _slot(run: Run, buy: Right, absorb: Right, cover: Right) -> Slot:
    return Slot(run.battery, buy, absorb, cover, Right.NO, 0.0, 0.0, run.hours)


def no_battery(run: Run) -> Controller:
    """Return a controller that leaves the battery alone."""
    return lambda _step, _energy: _slot(run, Right.NO, Right.NO, Right.NO)


def self_consumption(run: Run) -> Controller:
    """Return the rule: charge from surplus, discharge to the load, no grid."""
    return lambda _step, _energy: _slot(run, Right.NO, Right.FREE, Right.FREE)


def timer(run: Run, cheap_h: float = 2.5) -> Controller:
    """Return a night tariff's timer.

    It charges at full power in the day's cheapest 2.5 h, else absorbs surplus, and
    discharges only above the mean cheap price / η² + wear + 0.02.
    """
    battery = run.battery
    buy = run.prices[0]
    day = np.floor(wall_clock(run.course.start, run.course.zone) / DAY_S)
    share = np.zeros(len(buy))
    threshold = np.full(len(buy), np.inf)
    wanted = cheap_h / run.hours
    for number in np.unique(day):
        steps = np.flatnonzero((day == number) & np.isfinite(buy))
        cheapest = steps[np.argsort(buy[steps], kind="stable")][: math.ceil(wanted)]
        if not len(cheapest):
            continue
        part = np.clip(wanted - np.arange(len(cheapest)), 0.0, 1.0)
        share[cheapest] = part
        mean = float(buy[cheapest] @ part / part.sum())
        loss = battery.charge_efficiency * battery.discharge_efficiency
        threshold[steps] = mean / loss + battery.wear_per_kwh + 0.02

    def control(step: int, _energy: float) -> Slot:
        dear = bool(buy[step] > threshold[step])
        slot = _slot(run, Right.NO, Right.FREE, Right.FREE if dear else Right.NO)
        if share[step] > 0:
            slot.cover = Right.NO
            slot.buy = Right.FREE if share[step] == 1 else Right.BUDGET
            slot.charge_kwh = float(share[step]) * run.hours * battery.charge_kw
        return slot

    return control


@dataclass
class Planner:
    """SHEMS: beliefs, a plan and its policy, at every step or quarter of an hour.

    Attributes:
        run: what it meets.
        told: whether it is told the true load and solar; prices are as known.
        forecast: whether it may look ahead in the home's own solar forecast, whose issue
            time is unknown: optimistic.
        style: how the home is run; from the first night on the shadow replay chooses it.
        shadow: whether it does. Who is told the truth has nothing to choose.
        learners: whether load, sun and prices are learned; else the mean of seven days stands.
        aim: what is to be least.
        scenarios: courses that a plan meets; None for all.
        every_s: time between two plans.
        seconds: what each plan took, beliefs included.
        nights: what each night's replay took.
        choices: what ran, by local day.
    """

    run: Run
    told: bool = False
    forecast: bool = False
    style: Style = STANDARD
    shadow: bool = False
    learners: bool = False
    aim: Aim = Aim.COST
    scenarios: int | None = None
    every_s: float = _PLAN_EVERY_S
    seconds: list[float] = field(default_factory=list)
    nights: list[float] = field(default_factory=list)
    choices: dict[int, Choice] = field(default_factory=dict)
    _state: PlanState = field(default_factory=PlanState)
    _plan: Plan | None = None
    _shadow: Shadow | None = None
    _believer: Believer | None = None
    _account: Account = field(init=False)

    def __post_init__(self) -> None:
        """Open the account that tells what purchases ahead may lose."""
        self._account = Account(self.run)

    def __call__(self, step: int, energy_kwh: float) -> Slot:
        """Return what the battery may do in a step.

        While no load has ever been seen it runs the self-consumption rule.
        """
        now = float(self.run.course.start[step])
        self._account.enter(step, energy_kwh)
        if self.shadow and not self.told:
            self._choose(now)
        if self._plan is None or now >= self._plan.created + self.every_s - 1e-6:
            began = time.perf_counter()
            try:
                self._plan = self._make(now, energy_kwh)
            except InputError as error:
                if error.code != "no_load_history":
                    raise
                return _slot(self.run, Right.NO, Right.FREE, Right.FREE)
            self.seconds.append(time.perf_counter() - began)
        part = self._plan.batteries[0]
        index = self._plan.horizon.index(now) or 0
        return Slot.of(self.run.battery, part, index, self.run.hours)

    def _choose(self, now: float) -> None:
        """Replay the days gone by, once a local day, and choose how this one is run."""
        run = self.run
        day = Days(run.course.zone, HOUR_S).day(now)
        if day in self.choices:
            return
        began = time.perf_counter()
        past = Past(run.home, run.tariff, run.history)
        self._shadow = replay(self._shadow, past, self._believe, now, running=self.style)
        self.choices[day] = choose(self._shadow, self.style)
        self.style = self.choices[day].style
        self.nights.append(time.perf_counter() - began)

    def _believe(self, now: float, horizon: Horizon) -> Beliefs:
        run = self.run
        step = int(np.searchsorted(run.course.start, now + 1e-6, side="right")) - 1
        known_until = float(run.known_until[step])
        if self.learners and not self.told:
            if self._believer is None:
                width = min(max(run.course.step_s, QUARTER_S), HOUR_S)
                self._believer = Believer(run.history, run.tariff, step_s=width)
            return self._believer.believe(
                now, horizon, known_until=known_until, solar_given=self._given()
            )
        return believe(
            run.history,
            run.tariff,
            horizon,
            now,
            solar_given=self._given(),
            known_until=known_until,
        )

    def _make(self, now: float, energy_kwh: float) -> Plan:
        run = self.run
        beliefs = self._believe(now, _horizon(now, run.course.step_s))
        beliefs = self._truth(beliefs) if self.told else thinned(beliefs, self.scenarios)
        hours = None
        if self.style.rule is Rule.TIMER:
            market, buy = run.history.market, beliefs.prices.buy
            hours = timetable_ahead(beliefs.horizon, buy, market, run.tariff)
        plan, self._state = make_plan(
            run.home,
            beliefs,
            {run.battery.id: energy_kwh},
            self._state,
            now,
            request=Request(
                self.style,
                hours,
                explained=False,
                objective=Objective.of(self.aim, beliefs.prices),
                risk=self._risk if self.aim is Aim.COST else None,
            ),
        )
        return plan

    @property
    def _risk(self) -> RiskBudget:
        """What purchases may lose: by the shadow replay's days, or without it by the run's own."""
        account, shadow = self._account, self._shadow
        known = risk_budget(account.days, RUN) if shadow is None else shadow.risk(self.style)
        return known.bought(account.paid, account.returns_kwh)

    def _given(self) -> Series | None:
        course = self.run.course
        if not self.forecast or course.solar_forecast_kw is None:
            return None
        return Series(course.start, course.start + course.step_s, course.solar_forecast_kw)

    def _truth(self, beliefs: Beliefs) -> Beliefs:
        start, end = self.run.course.start, self.run.course.start + self.run.course.step_s
        load = Series(start, end, self.run.load_kw)
        solar = Series(start, end, self.run.solar_kw)
        return replace(
            beliefs,
            load=_told(load, beliefs.horizon, beliefs.load),
            solar=_told(solar, beliefs.horizon, beliefs.solar),
        )


def _told(truth: Series, horizon: Horizon, believed: Outlook) -> Outlook:
    """Return the truth as an outlook, and beyond its end what was believed."""
    true = truth.on(horizon)
    return Outlook.certain(np.where(np.isfinite(true), true, believed.mean), "exact")


def _horizon(now: float, step_s: float) -> Horizon:
    """Return 36 hours: in native steps, or half hours after the first six where finer."""
    if step_s >= _COARSE_S:
        return Horizon.uniform(now, step_s, round(_HORIZON_H * HOUR_S / step_s))
    fine_end = math.ceil((now + _NATIVE_H * HOUR_S) / _COARSE_S) * _COARSE_S
    fine = now + step_s * np.arange(math.ceil((fine_end - now) / step_s))
    count = round((_HORIZON_H - _NATIVE_H) * HOUR_S / _COARSE_S)
    coarse: Floats = fine_end + _COARSE_S * np.arange(count + 1, dtype=np.float64)
    return Horizon(np.concatenate([fine, coarse]))
