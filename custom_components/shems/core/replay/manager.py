"""SHEMS in a home with devices: what it believes, its plans, and how they are carried out."""

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from typing import Final

import numpy as np

from ..assets.home import Home
from ..assets.kinds import MovableState
from ..dispatch.devices import DirectState
from ..dispatch.respond import Slot
from ..forecast.beliefs import Beliefs, Outlook
from ..forecast.simple import believe
from ..horizon import DAY_S, HOUR_S, QUARTER_S, Horizon
from ..neighbours import Neighbours
from ..plan.make import PlanState, Request, make_plan
from ..plan.objective import Aim, Objective
from ..plan.result import Plan, Right
from ..plan.solve import Effort
from ..plan.style import STANDARD, Method, Style
from ..series import Series
from ..tariff import Prices
from ..units import InputError
from .believer import Believer
from .carried import carried_out
from .household import Direction, Household
from .thinned import thinned
from .use.use import InUse, Use

_EVERY_S: Final = float(HOUR_S)
"""Between two plans, where nothing happens: in trials plans every half hour saved no more."""
_QUARTERS_H: Final = 4
_HALVES_H: Final = 12
_AHEAD_H: Final = 36
_ALL_AHEAD_H: Final = 72
"""Foresight sees a day more than a battery or a house remembers."""
_EFFORT: Final = Effort(time_limit_s=30.0, nodes=200)
"""So many nodes prove most plans; time would make a replay's result one of the computer's."""


class Knows(Enum):
    """How much a manager knows."""

    PAST = 1
    """What SHEMS knows in a home."""
    TOLD = 2
    """Besides, load, sun, weather and what people will do; prices as published."""
    ALL = 3
    """All there is to know, days ahead, and when the books are closed."""


@dataclass
class Manager:
    """Beliefs, a plan for battery and devices, and its execution.

    Attributes:
        household: what it runs.
        knows: how much.
        style: how the home is run.
        aim: what is to be least; foresight always knows what costs least.
        scenarios: courses that a plan meets; None for all.
        neighbours: asked at every plan for what its community expects; None without one.
        believer: what stands for its learners; None where it learns by itself.
        said: whether the household says when cars leave and what it will ask of devices.
        plan: the running one.
        seconds: what each plan took, beliefs included.
    """

    household: Household
    knows: Knows = Knows.PAST
    style: Style = STANDARD
    aim: Aim = Aim.COST
    scenarios: int | None = None
    neighbours: Callable[[float], Neighbours | None] | None = None
    believer: Believer | None = None
    said: bool = False
    plan: Plan | None = None
    seconds: list[float] = field(default_factory=list)
    _state: PlanState = field(default_factory=PlanState)
    _slot: Slot | None = None
    _told: DirectState = field(default_factory=DirectState)
    _running: tuple[float, int] | None = None
    _news: int = -1
    _grid: list[tuple[float, float]] = field(default_factory=list)

    def __call__(self, tick: int, energy_kwh: float, devices: Sequence[InUse]) -> Direction:
        """Return what the plan lets the battery do, and the powers that it gives the devices.

        It plans anew every hour and whenever something happens that it is told of. While
        no load has ever been seen the rules run.
        """
        now = float(self.household.ticks.start[tick])
        news = sum(each.news for each in devices)
        if self.plan is None or now >= self.plan.created + _EVERY_S - 1e-6 or news != self._news:
            began = time.perf_counter()
            try:
                self.plan = self._make(tick, energy_kwh, devices)
            except InputError as error:
                if error.code != "no_load_history":
                    raise
                return self._by_rule(tick, devices)
            self._news = news
            self.seconds.append(time.perf_counter() - began)
        planned = self._planned(self.plan, now)
        powers = planned.powers
        if self.knows is not Knows.ALL:
            states = {use.device.id: each.seen(tick) for use, each in self._pairs(devices)}
            powers, self._told = carried_out(
                self.household, self.plan, planned, energy_kwh, states, self._told, tick
            )
        pairs = zip(devices, powers, strict=True)
        return replace(planned, powers=[each.guarded(power, tick) for each, power in pairs])

    def metered(self, tick: int, grid_kw: float) -> None:
        """Take note of what the meter showed: it counts in the month's peak."""
        self._grid.append((float(self.household.ticks.start[tick]), grid_kw))

    def _by_rule(self, tick: int, devices: Sequence[InUse]) -> Direction:
        run = self.household.run
        slot = Slot(run.battery, Right.NO, Right.FREE, Right.FREE, Right.NO, 0.0, 0.0, run.hours)
        powers = [each.ruled(use.rules[0], tick) for use, each in self._pairs(devices)]
        return Direction(slot, powers)

    def _planned(self, plan: Plan, now: float) -> Direction:
        """Return what the running step of the plan says."""
        household = self.household
        index = plan.horizon.index(now) or 0
        battery = household.run.battery
        if self._slot is None or self._running != (plan.created, index):
            self._running = plan.created, index
            hours = (float(plan.horizon.end[index]) - now) / HOUR_S
            self._slot = Slot.of(battery, plan.batteries[0], index, hours)
        powers = []
        for use in household.uses:
            part = plan.device(use.device.id)
            powers.append(0.0 if part is None else float(part.power_kw[index]))
        most_in_kw = plan.carried_kw(household.home.connection, now)[0]
        return Direction(self._slot, powers, most_in_kw, plan.left_kw(battery, now))

    def _pairs(self, devices: Sequence[InUse]) -> Iterable[tuple[Use, InUse]]:
        return zip(self.household.uses, devices, strict=True)

    def _make(self, tick: int, energy_kwh: float, devices: Sequence[InUse]) -> Plan:
        household = self.household
        now = float(household.ticks.start[tick])
        horizon = self._horizon(now)
        beliefs = self._believe(now, horizon)
        shared = self.neighbours(now) if self.neighbours else None
        if shared is not None:
            own_kw = self.household.home.charge_kw
            prices = shared.applied(beliefs.prices, horizon, now, own_kw)
            beliefs = replace(beliefs, prices=prices)
        states = self._states(tick, float(horizon.edges[-1]), devices)
        objective = Objective.of(self.aim, beliefs.prices)
        request = Request(self.style, explained=False, effort=_EFFORT, objective=objective)
        if self.knows is Knows.ALL:
            self._state = replace(self._state, terminal_value=self._worth())
            request = Request(Style(method=Method.POINT), explained=False, effort=_EFFORT)
        plan, self._state = make_plan(
            self._home(now),
            beliefs,
            {household.run.battery.id: energy_kwh},
            self._state,
            now,
            request=request,
            states=states,
        )
        return plan

    def _home(self, now: float) -> Home:
        """Return the home with how far the month's peaks have come."""
        home = self.household.home
        if not (self.household.peaks and self._grid):
            return home
        times, grid = np.array(self._grid).T
        passed = Horizon(np.append(times, now))
        reached = tuple(
            each.state(passed, grid, home.zone, self._usual_kw) for each in self.household.peaks
        )
        return replace(home, connection=replace(home.connection, reached=reached))

    @cached_property
    def _usual_kw(self) -> float:
        """The highest import of a usual day without battery and devices, before the first one.

        What a month is bound to reach: else its first plans would pay much for a peak that
        the next day exceeds anyway.
        """
        run = self.household.run
        day = np.floor((run.course.start - run.course.start[0]) / DAY_S)[: run.first]
        net = np.nan_to_num(run.load_kw - run.solar_kw)[: run.first]
        return float(np.median([net[day == number].max() for number in np.unique(day)]))

    def _states(self, tick: int, until: float, devices: Sequence[InUse]) -> dict[str, MovableState]:
        states = {}
        for use, each in self._pairs(devices):
            past = self.knows is Knows.PAST and not self.said
            state = each.seen(tick) if past else each.told(tick, until)
            if state is not None:
                states[use.device.id] = state
        return states

    def _worth(self) -> dict[str, float]:
        """Return what the score counts for a kWh left at the end."""
        run, price = self.household.run, self.household.mean_price
        worth = {each.device.id: each.device.worth * price for each in self.household.uses}
        return worth | {run.battery.id: run.stored_price}

    def _horizon(self, now: float) -> Horizon:
        """Return the steps of a plan; foresight's end where the books are closed."""
        if self.knows is not Knows.ALL:
            return _tiered(now, _AHEAD_H)
        run = self.household.run
        end = float(run.course.start[run.last - 1]) + run.course.step_s
        whole = _tiered(now, _ALL_AHEAD_H).edges
        return Horizon(np.append(whole[whole < end], end)[: len(whole)])

    def _believe(self, now: float, horizon: Horizon) -> Beliefs:
        household, run = self.household, self.household.run
        step = int(np.searchsorted(run.course.start, now + 1e-6, side="right")) - 1
        known_until = float(run.known_until[step])
        if self.knows is Knows.PAST:
            if self.believer is None:
                self.believer = Believer(household.history, run.tariff)
            beliefs = self.believer.believe(now, horizon, known_until=known_until)
            return thinned(beliefs, self.scenarios)
        beliefs = believe(household.history, run.tariff, horizon, now, known_until=known_until)
        return self._truth(beliefs)

    def _truth(self, beliefs: Beliefs) -> Beliefs:
        household, run, horizon = self.household, self.household.run, beliefs.horizon
        start, end = run.course.start, run.course.start + run.course.step_s
        load = _true(Series(start, end, run.load_kw), beliefs.load, horizon)
        solar = _true(Series(start, end, run.solar_kw), beliefs.solar, horizon)
        temperature = None
        if household.outdoor_c is not None:
            begin = household.ticks.start
            outdoor = Series(begin, begin + household.ticks.step_s, household.outdoor_c)
            mean = outdoor.on(horizon)
            known = np.flatnonzero(np.isfinite(mean))
            mean = np.interp(np.arange(len(mean)), known, mean[known])
            temperature = Outlook.certain(mean, "exact")
        prices = beliefs.prices
        if self.knows is Knows.ALL:
            buy, sell = (Series(start, end, price).on(horizon) for price in run.prices)
            prices = Prices(
                np.where(np.isfinite(buy), buy, prices.buy),
                np.where(np.isfinite(sell), sell, prices.sell),
                np.ones(len(horizon), dtype=np.bool_),
            )
        return replace(beliefs, load=load, solar=solar, temperature=temperature, prices=prices)


def _true(truth: Series, believed: Outlook, horizon: Horizon) -> Outlook:
    """Return the truth as an outlook, and beyond its end what was believed."""
    true = truth.on(horizon)
    return Outlook.certain(np.where(np.isfinite(true), true, believed.mean), "exact")


def _tiered(now: float, ahead_h: int) -> Horizon:
    """Return what is left of this quarter, quarters, half hours, and hours."""
    first = math.floor(now / QUARTER_S + 1e-9) * QUARTER_S
    half = math.ceil((now + _QUARTERS_H * HOUR_S) / (HOUR_S / 2)) * (HOUR_S / 2)
    hour = math.ceil((now + _HALVES_H * HOUR_S) / HOUR_S) * HOUR_S
    end = hour + (ahead_h - _HALVES_H) * HOUR_S
    edges = np.concatenate(
        [
            np.arange(first, half, QUARTER_S, dtype=np.float64),
            np.arange(half, hour, HOUR_S / 2),
            np.arange(hour, end + 1, HOUR_S, dtype=np.float64),
        ]
    )
    edges[0] = now
    return Horizon(edges)
