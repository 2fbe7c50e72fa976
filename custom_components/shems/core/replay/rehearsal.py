"""One day again: what it would have cost under each style, slot by slot of the meter."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from zlib import crc32

import numpy as np

from ..assets.home import Home
from ..dispatch.respond import Slot, respond
from ..dispatch.share import Free
from ..forecast.beliefs import Beliefs
from ..forecast.history import History
from ..horizon import HOUR_S, QUARTER_S, Horizon
from ..plan.result import Plan, Right
from ..plan.risk import RiskBudget
from ..plan.style import STANDARD, Method, Rule, Style
from ..plan.sweep import Start, SweepState, sweep
from ..plan.timer import timetable_ahead
from ..tariff import Tariff
from ..units import Floats, InputError

type Believe = Callable[[float, Horizon], Beliefs]
"""From an origin and a horizon to what was believed then: nothing newer is in it."""

MARGINS: Final = (0.0, 0.02, 0.04, 0.08)
CANDIDATES: Final[dict[str, Style]] = {
    style.name: style
    for style in (
        STANDARD,
        *(Style(method=Method.DYNAMIC, margin_share=margin) for margin in MARGINS[1:]),
        *(Style(method=Method.SCENARIOS, margin_share=margin) for margin in MARGINS),
        *(Style(method=Method.POINT, margin_share=margin) for margin in MARGINS),
        Style(Rule.SELF_CONSUMPTION),
        Style(Rule.TIMER),
    )
}
"""What a home may be run by: first the standard, last the rules."""
RUN: Final = "run"
"""Beside the candidates: the course of the home itself, in each day's own style."""
_PLAN_EVERY_S: Final = float(HOUR_S)
_AHEAD_H: Final = 36


@dataclass(frozen=True)
class Past:
    """What is played again.

    Attributes:
        home, tariff: as they are now; what they once were is not asked. Timetables are
            written out for all that is played.
        history: load by slot of the meter, solar and market prices.
    """

    home: Home
    tariff: Tariff
    history: History

    @property
    def key(self) -> int:
        """A number that changes with everything that costs depend on, names left out."""
        stores = tuple(
            (replace(each, id="", name=""), each.id in self.home.barred)
            for each in self.home.batteries
        )
        share = self.home.curtailable_share
        ground = (stores, self.home.connection, share, self.tariff, tuple(CANDIDATES.values()))
        return crc32(repr(ground).encode())


@dataclass(frozen=True)
class Day:
    """What one local day cost under each candidate, and in the `RUN`.

    Attributes:
        day: number from 1 January 1970.
        load_cost: Σ load · import price, what the candidates' costs are held against.
        sale_price: mean export price.
        cost: bought less sold plus wear, by candidate.
        gained_kwh: what was left in the batteries more than before, as they give it back.
    """

    day: int
    load_cost: float
    sale_price: float
    cost: dict[str, float]
    gained_kwh: dict[str, float]


@dataclass(frozen=True)
class _Slots:
    """Slots of the meter of one day, (K,) each; NaN where unknown.

    `free` is the share of each in which a timetable lets a battery run, by its identity.
    """

    start: Floats
    hours: Floats
    load_kw: Floats
    solar_kw: Floats
    buy: Floats
    sell: Floats
    free: Mapping[str, Floats] = field(default_factory=dict)

    @property
    def known(self) -> list[int]:
        """The slots that can be played."""
        every = self.load_kw + self.solar_kw + self.buy + self.sell
        found: list[int] = np.flatnonzero(np.isfinite(every)).tolist()
        return found


def _slots(past: Past, begin: float, end: float) -> _Slots:
    load = past.history.load
    inside = (load.start >= begin - 1e-6) & (load.end <= end + 1e-6)
    start, stop = load.start[inside], load.end[inside]
    none = np.zeros(len(start))
    if not len(start):
        return _Slots(none, none, none, none, none, none)
    feed_in = past.history.feed_in
    horizon = Horizon(np.append(start, stop[-1]))
    prices = past.tariff.prices(
        past.history.market.between(start, stop),
        horizon,
        feed_in=feed_in.between(start, stop) if len(feed_in) else None,
    )
    solar = past.history.solar.between(start, stop) if past.home.solar else none
    hours = (stop - start) / HOUR_S
    free = {each.id: past.home.free(each.id, horizon) for each in past.home.batteries}
    return _Slots(start, hours, load.value[inside], solar, prices.buy, prices.sell, free)


class _Course:
    """One candidate on its way through a day."""

    def __init__(self, home: Home, energy_kwh: dict[str, float], risk: RiskBudget) -> None:
        """Begin where the night before ended, and with what its purchases may lose."""
        self._home = home
        self.risk = risk
        self.energy_kwh = dict(energy_kwh)
        self.cost = 0.0

    def play(self, own: Sequence[tuple[Slot, float]], slots: _Slots, at: int) -> None:
        """Play a slot.

        Args:
            own: what each battery may do, and what it takes a stored kWh to be worth.
            slots: of the day.
            at: which of them.
        """
        home, hours = self._home, float(slots.hours[at])
        buy, sell, solar = (float(each[at]) for each in (slots.buy, slots.sell, slots.solar_kw))
        able = home.curtailable_share * solar
        net = float(slots.load_kw[at]) - solar
        throttled = sell < 0 and home.curtailable_share == 1
        limits = home.connection
        most_out = 0.0 if throttled else limits.export_limit_kw
        free = Free((limits.import_limit_kw, most_out), net)
        wear = 0.0
        for slot, _ in sorted(own, key=lambda each: free.rank(each[1])):
            battery = slot.battery
            stored = self.energy_kwh[battery.id]
            wish = respond(slot, stored, free.net_kw, hours, free.room_kw)
            wish *= float(slots.free[battery.id][at])
            self.energy_kwh[battery.id], power = battery.step(stored, wish, hours)
            slot.spend(power, hours)
            free.take(power)
            bought = max(0.0, -power - max(-net, 0.0)) * hours
            if bought > 0:
                self.risk = self.risk.bought(bought * buy, bought * battery.loop_efficiency)
            net -= power
            wear += max(power, 0.0) * battery.wear_per_kwh
        spare = max(-net, 0.0)
        over = max(0.0, spare - home.connection.export_limit_kw)
        sold = spare - (max(over, min(spare, able)) if sell < 0 else over)
        self.cost += (max(net, 0.0) * buy - sold * sell + wear) * hours


class _Planned:
    """A candidate's running plan, with what is left of its budgets in the running step."""

    def __init__(self, home: Home, plan: Plan) -> None:
        """Begin a plan."""
        self._home = home
        self._plan = plan
        self._step = -1
        self._own: list[tuple[Slot, float]] = []

    def at(self, time: float) -> list[tuple[Slot, float]]:
        """Return what each battery may do now and what it takes a stored kWh to be worth."""
        step = self._plan.horizon.index(time)
        if step is not None and step != self._step:
            self._step = step
            width = float(self._plan.horizon.hours[step])
            self._own = [
                (
                    Slot.of(battery, part, step, width),
                    float(part.value[step]),
                )
                for battery, part in zip(self._home.batteries, self._plan.batteries, strict=True)
            ]
        return self._own


def _plain(home: Home, hours: float) -> list[tuple[Slot, float]]:
    """Return what each battery may do in a slot by the self-consumption rule.

    To a rule all energy is worth the same.
    """
    rights = Right.NO, Right.FREE, Right.FREE, Right.NO
    return [(Slot(battery, *rights, 0.0, 0.0, hours), 0.0) for battery in home.batteries]


def play_day(
    past: Past,
    day: tuple[int, float, float],
    energy_kwh: Mapping[str, dict[str, float]],
    risks: Mapping[str, RiskBudget],
    state: SweepState,
    believe: Believe,
    running: Style,
) -> tuple[Day | None, dict[str, dict[str, float]], SweepState]:
    """Play a local day under every candidate, and the home's own course.

    Args:
        past: what is played.
        day: its number, and when it begins and ends.
        energy_kwh: by candidate or `RUN`, and by battery, at its beginning.
        risks: what the purchases of each of these may lose in the day.
        state: of the plans.
        believe: what was believed at an origin; where it raises InputError there was no
            plan and batteries followed the self-consumption rule.
        running: how the home was run.

    Returns:
        What the day cost, None where no slot of it is known; the energies at its end; the
        state of the plans.
    """
    number, begin, end = day
    slots = _slots(past, begin, end)
    known = slots.known
    styles = {**CANDIDATES, RUN: running}
    courses = {name: _Course(past.home, energy_kwh[name], risks[name]) for name in styles}
    if not known:
        return None, {name: each.energy_kwh for name, each in courses.items()}, state
    planned: dict[str, _Planned] = {}
    due = begin
    for at in known:
        time = float(slots.start[at])
        if time >= due - 1e-6:
            due += _PLAN_EVERY_S * np.floor((time - due) / _PLAN_EVERY_S + 1 + 1e-9)
            stands = {
                name: (style, courses[name])
                for name, style in styles.items()
                if style.rule is not Rule.SELF_CONSUMPTION
            }
            planned, state = _plans(past, stands, state, believe, (time, due, slots.hours[at]))
        for name, course in courses.items():
            if name in planned:
                own = planned[name].at(time)
            else:
                own = _plain(past.home, float(slots.hours[at]))
            course.play(own, slots, at)
    played = np.array(known)
    load_cost = float(np.sum((slots.load_kw * slots.buy * slots.hours)[played]))
    result = Day(
        number,
        load_cost,
        float(slots.sell[played].mean()),
        {name: each.cost for name, each in courses.items()},
        {name: _gained(past.home, energy_kwh[name], courses[name].energy_kwh) for name in courses},
    )
    return result, {name: each.energy_kwh for name, each in courses.items()}, state


def _gained(home: Home, before: Mapping[str, float], after: Mapping[str, float]) -> float:
    return sum(
        battery.discharge_efficiency * (after[battery.id] - before[battery.id])
        for battery in home.batteries
    )


def _plans(
    past: Past,
    stands: Mapping[str, tuple[Style, _Course]],
    state: SweepState,
    believe: Believe,
    hour: tuple[float, float, float],
) -> tuple[dict[str, _Planned], SweepState]:
    """Return every course's plan for the coming hour, none where nothing is believed.

    Args:
        past: what is played.
        stands: how each course is run, and where it is.
        state: of the plans.
        believe: see `play_day`.
        hour: its begin and end, and the width of the meter's slots in hours.
    """
    now, due, width = hour
    step = min(max(width * HOUR_S, QUARTER_S), _PLAN_EVERY_S)
    first = np.arange(now, due - 1, step)
    horizon = Horizon(np.concatenate([first, due + HOUR_S * np.arange(_AHEAD_H)]))
    try:
        beliefs = believe(now, horizon)
        table = timetable_ahead(horizon, beliefs.prices.buy, past.history.market, past.tariff)
        starts = [
            Start(style, dict(each.energy_kwh), each.risk, table) for style, each in stands.values()
        ]
        plans, state = sweep(past.home, beliefs, starts, state, now)
    except InputError:
        return {}, state
    return {
        name: _Planned(past.home, plan) for name, plan in zip(stands, plans, strict=True)
    }, state
