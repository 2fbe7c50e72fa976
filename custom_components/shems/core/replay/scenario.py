"""A scenario: everything one plan was made from, to keep and to make it again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from ..assets.home import Home
from ..assets.kinds import MovableState
from ..forecast.beliefs import Beliefs
from ..forecast.believe import Premise, believe
from ..forecast.heating import Heating
from ..forecast.history import Habits, History
from ..horizon import Horizon
from ..neighbours import Neighbours
from ..plan.make import PlanState, Request, make_plan
from ..plan.objective import Aim, Objective
from ..plan.propose import propose
from ..plan.result import Plan
from ..plan.risk import RiskBudget
from ..plan.settled import Settled
from ..plan.solve import Effort
from ..plan.style import STANDARD, Rule, Style
from ..plan.timer import timetable_ahead
from ..series import Series
from ..tariff import Tariff
from ..units import InputError
from .codec import Json, decode, encode

_DIGITS = 6
"""Milliwatts, and money far below a cent: no plan turns on less."""


@dataclass(frozen=True)
class Outcome:
    """A plan with what it rests on and what the next one needs."""

    plan: Plan
    beliefs: Beliefs
    state: PlanState


@dataclass(frozen=True)
class Scenario:
    """The inputs of one plan.

    Attributes:
        now: epoch seconds.
        history: load and solar measured, market prices past and published.
        energy_kwh: stored energy by battery.
        paused: batteries and devices that someone else moves.
        unarmed: devices that SHEMS may not drive while it drives others: they go their own ways.
        solar_given: a provider's forecast in kW, None where there is none.
        terminal_value: of the plan state, currency/kWh by battery.
        step_phase_s: see `Horizon.tiered`.
        style: how the home is run.
        premise: what the learners handed on.
        states: how each device is now.
        settled: when the last plan let the devices run.
        aim: what is to be least.
        weights: the household's own, in place of an aim.
        neighbours: what its community expects; None where it is in none.
        risk: what purchases ahead may lose; None where they may lose anything.
    """

    now: float
    home: Home
    tariff: Tariff
    history: History
    energy_kwh: dict[str, float]
    paused: tuple[str, ...] = ()
    unarmed: tuple[str, ...] = ()
    solar_given: Series | None = None
    terminal_value: dict[str, float] = field(default_factory=dict)
    step_phase_s: float = 0.0
    style: Style = STANDARD
    premise: Premise = field(default_factory=Premise)
    states: dict[str, MovableState] = field(default_factory=dict)
    settled: Settled | None = None
    aim: Aim = Aim.COST
    weights: Objective | None = None
    neighbours: Neighbours | None = None
    risk: RiskBudget | None = None

    def make(self, state: PlanState | None = None, *, time_limit_s: float = 5.0) -> Outcome:
        """Return the plan for these inputs.

        Args:
            state: with the basis of the last solve, which saves time and changes nothing else.
            time_limit_s: for the solver.

        Raises:
            InputError: an input is missing or impossible; among them the price of the
                running step, which must be published and is never guessed, and
                what the grid emits where that counts.
        """
        horizon = Horizon.tiered(self.now, phase_s=self.step_phase_s)
        beside = {key: each for key, each in self.states.items() if self._alone(key)}
        driven = {key: each for key, each in self.states.items() if key not in beside}
        beliefs = self._believe(horizon, driven)
        if not beliefs.prices.known[0]:
            raise InputError("prices_missing")
        hours = None
        if self.style.rule is Rule.TIMER:
            buy = beliefs.prices.buy
            hours = timetable_ahead(horizon, buy, self.history.market, self.tariff)
        request = Request(
            self.style,
            hours,
            effort=Effort(time_limit_s),
            objective=self.weights or Objective.of(self.aim, beliefs.prices),
            risk=self.risk,
        )
        paused = frozenset(self.paused)
        plan, following = make_plan(
            self.home,
            beliefs,
            self.energy_kwh,
            state or PlanState(self.terminal_value, settled=self.settled),
            self.now,
            request=request,
            paused=paused,
            states=driven,
        )
        if beside:
            plan, following = propose(
                self.home,
                self._believe(horizon, self.states),
                self.energy_kwh,
                following,
                plan,
                request=request,
                paused=paused,
                states=beside,
            )
        return Outcome(plan, beliefs, following)

    def _alone(self, device_id: str) -> bool:
        """Return whether a device goes its own ways, and something can be proposed for it."""
        return device_id in self.unarmed and device_id not in self.paused

    def _believe(self, horizon: Horizon, moved: Mapping[str, MovableState]) -> Beliefs:
        """Return what is expected, with what devices take by themselves that are not moved."""
        apart = set(moved).difference(self.paused)
        kept = {key: each for key, each in self.history.flexible.items() if key not in apart}
        beliefs = believe(
            self.premise,
            replace(self.history, flexible=kept),
            self.tariff,
            horizon,
            self.now,
            solar_given=self.solar_given,
        )
        if self.neighbours is None:
            return beliefs
        own_kw = self.home.charge_kw
        shared = self.neighbours.applied(beliefs.prices, horizon, self.now, own_kw)
        return replace(beliefs, prices=shared)

    def anonymous(self) -> Self:
        """Return the same scenario without the names the household chose."""
        return replace(self, home=_nameless(self.home))

    def to_json(self) -> Json:
        """Return the scenario as JSON, without what only learning needs and absences."""
        market = self.premise.market
        plain = replace(
            self.premise,
            market=None if market is None else replace(market, learned=None),
            flexible={
                key: replace(model, habits=Habits()) for key, model in self.premise.flexible.items()
            },
            heating={key: _unsaid(model) for key, model in self.premise.heating.items()},
        )
        return encode(replace(self, premise=plain), _DIGITS)

    @classmethod
    def from_json(cls, data: Json) -> Self:
        """Restore from `to_json`.

        Raises:
            TypeError, ValueError: the data is no scenario.
        """
        return decode(cls, data)


def _unsaid(model: Heating) -> Heating:
    """Return what was learned of a heating without when its household was away."""
    plain = model.plain
    return replace(model, plain=None if plain is None else replace(plain, habits=Habits()))


def _nameless(home: Home) -> Home:
    peaks = tuple(replace(each, name="") for each in home.connection.peaks)
    return replace(
        home,
        connection=replace(home.connection, peaks=peaks),
        batteries=tuple(
            replace(each, name=f"battery {number}") for number, each in enumerate(home.batteries, 1)
        ),
        solar=tuple(
            replace(each, name=f"solar {number}") for number, each in enumerate(home.solar, 1)
        ),
        loads=tuple(
            replace(each, name=f"load {number}") for number, each in enumerate(home.loads, 1)
        ),
        devices=tuple(
            replace(each, name=f"{each.KIND} {number}")
            for number, each in enumerate(home.devices, 1)
        ),
    )
