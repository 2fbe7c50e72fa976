"""What a household asks of a battery besides saving money: energy by a time, power at a time."""

from dataclasses import dataclass

import numpy as np

from ..horizon import HOUR_S, Horizon
from ..linear import INFINITY, Ints
from ..units import Floats, InputError
from .device import Wish
from .goal import Goal
from .scenario import Scenario


@dataclass(frozen=True)
class Demand:
    """A span in which it is to charge, whatever that costs, until it is full.

    Attributes:
        begin, end: epoch seconds.
        power_kw: AC, at least.
        importance: times as much as other wishes.
    """

    begin: float
    end: float
    power_kw: float
    importance: float = 1.0

    def __post_init__(self) -> None:
        """Reject spans and powers that cannot be."""
        if not self.begin < self.end:
            raise InputError("battery_parameter", name="demands", value=self.end)
        for name in ("power_kw", "importance"):
            if not 0 <= getattr(self, name) < INFINITY:
                raise InputError("battery_parameter", name="demands", value=getattr(self, name))


@dataclass(frozen=True)
class Demanded:
    """What demands come to on a horizon.

    Attributes:
        power_kw: (K,) mean that is demanded of each step.
        importance: (K,) of it.
    """

    power_kw: Floats
    importance: Floats

    @classmethod
    def of(cls, demands: tuple[Demand, ...], most_kw: float, horizon: Horizon) -> Demanded:
        """Return the highest demand of each step, no more than can be had."""
        power, importance = np.zeros(len(horizon)), np.zeros(len(horizon))
        for demand in demands:
            inside = np.minimum(horizon.end, demand.end) - np.maximum(horizon.start, demand.begin)
            share = np.clip(inside / HOUR_S / horizon.hours, 0.0, 1.0)
            asked = min(demand.power_kw, most_kw) * share
            importance = np.where(asked > power, demand.importance, importance)
            power = np.maximum(power, asked)
        return cls(power, importance)


def aim(
    goals: tuple[Goal, ...], scenario: Scenario, energy: Ints, max_kwh: float
) -> tuple[Wish, ...]:
    """Let what goals lack cost the penalty; return them as wishes.

    energy + missing ≥ goal,   energy - missing ≤ goal where it is the most
    """
    program, horizon = scenario.program, scenario.around.horizon
    wishes = []
    for goal in goals:
        if (step := goal.step(horizon)) is not None:
            price = scenario.weight * scenario.penalty * goal.importance
            missing = program.columns(1, cost=price)
            if goal.most:
                row = program.rows(1, upper=goal.energy_kwh)
            else:
                row = program.rows(1, lower=min(goal.energy_kwh, max_kwh))
            program.terms(row, energy[[step]], 1.0)
            program.terms(row, missing, -1.0 if goal.most else 1.0)
            state = energy[[step]]
            wishes.append(Wish(goal.code, missing, np.ones(1), "kWh", goal.at, state=state))
    return tuple(wishes)


def charge_on_demand(
    demanded: Demanded, scenario: Scenario, charge: Ints, energy: Ints, max_kwh: float
) -> tuple[Wish, ...]:
    """Let what is lacking of the demanded power cost the penalty; return it as a wish.

    charge + lacking ≥ demanded · (1 - full),   energy ≥ max · full,   full binary
    """
    steps = np.flatnonzero(demanded.power_kw)
    if len(steps) == 0:
        return ()
    program, power = scenario.program, demanded.power_kw[steps]
    price = demanded.importance[steps] * scenario.penalty * scenario.paid[steps]
    lacking = program.columns(len(steps), cost=price)
    full = program.columns(len(steps), upper=1.0, integer=True)
    rows = program.rows(len(steps), lower=power)
    program.terms(rows, charge[steps], 1.0)
    program.terms(rows, lacking, 1.0)
    program.terms(rows, full, power)
    _only_when_full(scenario, energy[steps], full, max_kwh, np.zeros(len(steps)))
    return (Wish("power_short", lacking, scenario.hours[steps], "kWh"),)


def charge_enough(
    limits: tuple[float, float],
    demanded: Demanded,
    scenario: Scenario,
    charge: Ints,
    energy: Ints,
    max_kwh: float,
) -> None:
    """Let it charge with nothing or with enough in the near steps.

        least · (on - topped) ≤ charge ≤ most · on,   energy ≥ max · topped - least · hours

    What is demanded goes on until it is full, so that its last step may take less.

    Args:
        limits: least and most power of charging, kW.
        demanded: in each step.
        scenario: the course of events.
        charge, energy: (K,) columns.
        max_kwh: when it is full.
    """
    program, (least_kw, most_kw) = scenario.program, limits
    near = np.flatnonzero(scenario.around.whole)
    on = program.columns(len(near), upper=1.0, integer=True)
    most = program.rows(len(near), upper=0.0)
    program.terms(most, charge[near], 1.0)
    program.terms(most, on, -most_kw)
    least = program.rows(len(near), lower=0.0)
    program.terms(least, charge[near], 1.0)
    program.terms(least, on, -least_kw)
    last = demanded.power_kw[near] > 0
    if last.any():
        topped = program.columns(int(last.sum()), upper=1.0, integer=True)
        program.terms(least[last], topped, least_kw)
        room = least_kw * scenario.hours[near[last]]
        _only_when_full(scenario, energy[near[last]], topped, max_kwh, room)


def _only_when_full(
    scenario: Scenario, energy: Ints, choice: Ints, max_kwh: float, room_kwh: Floats
) -> None:
    """Let binaries be 1 only where no more than so much room is left: (S,) each."""
    rows = scenario.program.rows(len(choice), lower=-room_kwh)
    scenario.program.terms(rows, energy, 1.0)
    scenario.program.terms(rows, choice, -max_kwh)
