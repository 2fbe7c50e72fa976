"""How much may be lost on energy bought ahead: the risk budget of a home.

What is bought ahead of dearer hours pays once it is used. Until then it is worth what it
would be sold for, and a home that uses little, or whose prices hardly differ, may wait for
that for weeks: over a fortnight it then has cost more than the plainest rule, whatever it
saves in the next. So purchases have a limit of loss, as a trader's positions have one: marked
down to what selling all of it at once would bring, they may lose no more than they have won,
and a hundredth of what the load costs.

    left = max(0, 1 % · G + W - (P - s · Q))

with G what the load of a fortnight costs, W by how much the last fortnight was cheaper than
under the self-consumption rule, all that is stored counted as sold, P what was paid since for
what was bought into batteries, Q what that gives back, and s what a sold kWh brings. A home
whose purchases pay soon has won more than a day's purchases can lose, and never meets the
limit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ..assets.battery import Battery
from ..assets.home import Home
from ..forecast.beliefs import Beliefs
from ..horizon import DAY_S, HOUR_S
from ..units import Floats
from .policy import modes
from .result import BatteryPlan, Levels, Plan, Right

WINDOW_DAYS: Final = 14
"""Over so many days no home is to pay more than under the rule, see docs/closed-loop.md."""
_SHARE: Final = 0.01
"""Of the load's cost: what the published protocol lets a fortnight lose to the rule."""
_SOME_KWH: Final = 1e-6


@dataclass(frozen=True)
class RiskBudget:
    """What purchases ahead may lose, and what they are held against.

    Attributes:
        days: of the last fortnight, how many are known.
        load_cost: of these, currency.
        won: by how much these were cheaper than under the self-consumption rule, what is stored
            counted as sold, currency; less than nothing where they were dearer.
        paid: for what was bought into batteries since, currency.
        returns_kwh: what that gives back.
        sale_price: what a sold kWh brings, currency/kWh, never negative; None where no day is
            known yet.
    """

    days: int = 0
    load_cost: float = 0.0
    won: float = 0.0
    paid: float = 0.0
    returns_kwh: float = 0.0
    sale_price: float | None = None

    def sale(self, beliefs: Beliefs) -> float:
        """Return what a sold kWh brings, currency/kWh: of no days known, as is expected."""
        if self.sale_price is not None:
            return self.sale_price
        hours = beliefs.horizon.hours
        return max(0.0, float(np.average(beliefs.prices.sell, weights=hours)))

    def left(self, beliefs: Beliefs) -> float:
        """Return what further purchases may lose, currency.

        The load of days that are not known costs what that of others is expected to.
        """
        hours = beliefs.horizon.hours
        expected = float(beliefs.load.mean * beliefs.prices.buy @ hours / hours.sum())
        missing_h = (WINDOW_DAYS - self.days) * DAY_S / HOUR_S
        load_cost = self.load_cost + missing_h * expected
        lost = self.paid - self.sale(beliefs) * self.returns_kwh
        return max(0.0, _SHARE * load_cost + self.won - lost)

    def bought(self, paid: float, returns_kwh: float) -> RiskBudget:
        """Return the budget after a purchase, see the attributes."""
        return replace(self, paid=self.paid + paid, returns_kwh=self.returns_kwh + returns_kwh)


def within_budget(
    plan: Plan,
    home: Home,
    beliefs: Beliefs,
    energy_kwh: Mapping[str, float],
    budget: RiskBudget,
    paused: frozenset[str],
) -> Plan:
    """Return the plan with no more bought ahead than may be lost; the same where that is enough.

    Purchases are entered in order of time. What a reserve needs, what somebody asked of a
    battery, what keeps a peak down or the home within its limits, is no venture and is bought
    whatever it costs.

    Args:
        plan: without reasons.
        home: what exists.
        beliefs: what the plan was made from, in money.
        energy_kwh: stored now, by battery.
        budget: see `RiskBudget`.
        paused: batteries that someone else moves.
    """
    net = plan.load_kw + plan.moved_kw - plan.solar_kw
    limits = home.connection
    if not limits.steady(plan.horizon) or bool(net.max() > limits.import_limit_kw):
        return plan
    own = {each.id: each for each in home.batteries}
    ventures = [
        _Venture(own[part.device_id], part, energy_kwh[part.device_id])
        for part in plan.batteries
        if part.device_id not in paused and not own[part.device_id].asked
    ]
    left, sale = budget.left(beliefs), budget.sale(beliefs)
    hours, buy, surplus = plan.horizon.hours, beliefs.prices.buy, np.maximum(-net, 0.0)
    for step in range(len(plan.horizon)):
        spare = float(surplus[step] * hours[step])
        for venture in ventures:
            loss = float(buy[step]) - sale * venture.battery.loop_efficiency
            bought, spare = venture.take(step, float(hours[step]), spare, _most(left, loss))
            left = max(0.0, left - bought * max(loss, 0.0))
    if not any(venture.bound for venture in ventures):
        return plan
    held = {each.part.device_id: each.held() for each in ventures}
    batteries = tuple(held.get(part.device_id, part) for part in plan.batteries)
    less: Floats = sum(
        (old.power_kw - new.power_kw for old, new in zip(plan.batteries, batteries, strict=True)),
        np.zeros(len(plan.horizon)),
    )
    return replace(plan, batteries=batteries, grid_kw=plan.grid_kw + less)


def _most(left: float, loss: float) -> float:
    """Return how many kWh may be bought at a price at which each loses so much."""
    return left / loss if loss > 0 else np.inf


class _Venture:
    """One battery's part of a plan on its way through the steps, as it may be."""

    def __init__(self, battery: Battery, part: BatteryPlan, energy_kwh: float) -> None:
        """Begin with what is stored now."""
        self.battery = battery
        self.part = part
        self.bound = False
        self._stored = energy_kwh
        self._missing = 0.0
        self._withheld: list[int] = []
        self._power, self._energy = part.power_kw.copy(), part.energy_kwh.copy()
        self._right = part.policy.buy.copy()
        full = np.full(len(part.power_kw), battery.max_kwh)
        self._level = full if part.levels is None else part.levels.buy.copy()

    def take(
        self, step: int, hours: float, surplus_kwh: float, most_kwh: float
    ) -> tuple[float, float]:
        """Enter a step; return what it buys and the surplus that it leaves, AC kWh.

        Args:
            step: which one.
            hours: its width.
            surplus_kwh: of the sun.
            most_kwh: what may be bought.
        """
        battery, into = self.battery, self.battery.charge_efficiency
        charged = max(0.0, -float(self._power[step])) * hours
        bought = max(0.0, charged - surplus_kwh)
        if self._right[step] != Right.NO:
            reach = max(self._stored + into * most_kwh, battery.reserve_kwh)
            allowed = (reach - self._stored) / into
            if reach < self._level[step] - _SOME_KWH:
                self.bound = True
                self._level[step] = reach
                if allowed < _SOME_KWH:
                    self._right[step] = Right.NO
                    self._withheld.append(step)
            if bought > allowed:
                self._power[step] += (bought - allowed) / hours
                self._missing += (bought - allowed) * into
                charged, bought = charged - bought + allowed, allowed
        self._settle(step, hours)
        return bought, max(0.0, surplus_kwh - charged)

    def _settle(self, step: int, hours: float) -> None:
        """Let what was not bought be missing where the plan would have given it."""
        planned, out_of = float(self.part.energy_kwh[step]), self.battery.discharge_efficiency
        short = min(planned, self.battery.floor_kwh) - (planned - self._missing)
        given = max(0.0, float(self._power[step])) * hours / out_of
        kept = min(max(short, 0.0), given)
        self._power[step] -= kept * out_of / hours
        self._missing -= kept
        self._stored = self._energy[step] = planned - self._missing

    def held(self) -> BatteryPlan:
        """Return the part as it may be."""
        part, floor = self.part, np.full(len(self._level), self.battery.floor_kwh)
        full = np.full(len(self._level), self.battery.max_kwh)
        known = part.levels or Levels(full, full, floor, floor)
        rights = replace(part.policy, buy=self._right)
        return replace(
            part,
            power_kw=self._power,
            energy_kwh=self._energy,
            policy=rights,
            mode=modes(rights, self._power),
            levels=replace(known, buy=self._level),
            withheld=tuple(self._withheld),
        )
