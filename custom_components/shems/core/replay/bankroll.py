"""What a home's days have won on the self-consumption rule, and so may risk."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from ..dispatch.respond import Slot, respond
from ..forecast.days import Days
from ..horizon import HOUR_S
from ..plan.result import Right
from ..plan.risk import WINDOW_DAYS, RiskBudget
from ..plan.style import Rule
from .rehearsal import RUN, Day
from .run import Run

_RULE: Final = Rule.SELF_CONSUMPTION.value


def risk_budget(days: Sequence[Day], name: str) -> RiskBudget:
    """Return what purchases may lose after these days.

    Args:
        days: in order, each with what it cost under `name` and the self-consumption rule; the
            last fortnight counts.
        name: what ran on them; days of which its cost is not known are left out.
    """
    last = [each for each in days[-WINDOW_DAYS:] if name in each.cost]
    if not last:
        return RiskBudget()
    sale = max(0.0, float(np.mean([each.sale_price for each in last])))

    def cost(of: str) -> float:
        return sum(each.cost[of] - sale * each.gained_kwh[of] for each in last)

    load_cost = sum(each.load_cost for each in last)
    return RiskBudget(len(last), load_cost, cost(_RULE) - cost(name), sale_price=sale)


class Account:
    """Days of a run beside the rule, as they end, told from what is stored and the meter's means.

    Attributes:
        days: those that are over, at most `WINDOW_DAYS`.
        paid, returns_kwh: for what was bought into the battery today, see `RiskBudget`.
    """

    def __init__(self, run: Run) -> None:
        """Begin with what the run begins with."""
        self._run = run
        self._local = Days(run.course.zone, HOUR_S)
        self._step: int | None = None
        self._day = 0
        self._stored = {RUN: run.start_kwh, _RULE: run.start_kwh}
        self._begin()
        self.days: tuple[Day, ...] = ()

    def _begin(self) -> None:
        self._before = dict(self._stored)
        self._cost = dict.fromkeys(self._stored, 0.0)
        self._load_cost = 0.0
        self._sale: list[float] = []
        self.paid = self.returns_kwh = 0.0

    def enter(self, step: int, energy_kwh: float) -> None:
        """Enter the step before, now that it is known what is stored at the end of it."""
        day = self._local.day(float(self._run.course.start[step]))
        if self._step is not None:
            self._close(self._step, energy_kwh)
            if day != self._day:
                self._end()
        self._step, self._day = step, day

    def _close(self, step: int, energy_kwh: float) -> None:
        run, battery, hours = self._run, self._run.battery, self._run.hours
        net, buy = float(run.net_kw[step].mean()), float(run.prices[0][step])
        slot = Slot(battery, Right.NO, Right.FREE, Right.FREE, Right.NO, 0.0, 0.0, hours)
        limits = run.connection
        room = (
            max(0.0, limits.import_limit_kw - max(net, 0.0)),
            max(0.0, limits.export_limit_kw + min(net, 0.0)),
        )
        held = self._stored[_RULE]
        after, ruled = battery.step(held, respond(slot, held, net, hours, room), hours)
        gained = energy_kwh - self._stored[RUN]
        into, out_of = battery.charge_efficiency, battery.discharge_efficiency
        power = -gained / into / hours if gained > 0 else -gained * out_of / hours
        self._enter(_RULE, step, net, ruled)
        self._enter(RUN, step, net, power)
        self._stored = {RUN: energy_kwh, _RULE: after}
        self._load_cost += float(run.load_kw[step]) * buy * hours
        self._sale.append(float(run.prices[1][step]))
        bought = max(0.0, -power - max(-net, 0.0)) * hours
        self.paid += bought * buy
        self.returns_kwh += bought * battery.loop_efficiency

    def _enter(self, name: str, step: int, net_kw: float, power_kw: float) -> None:
        """Enter what a step costs at a mean battery power; selling never costs anything."""
        run, grid = self._run, net_kw - power_kw
        buy, sell = float(run.prices[0][step]), max(float(run.prices[1][step]), 0.0)
        wear = max(power_kw, 0.0) * run.battery.wear_per_kwh
        self._cost[name] += (max(grid, 0.0) * buy - max(-grid, 0.0) * sell + wear) * run.hours

    def _end(self) -> None:
        """Keep the day that is over, and begin the next."""
        out_of = self._run.battery.discharge_efficiency
        gained = {
            name: out_of * (stored - self._before[name]) for name, stored in self._stored.items()
        }
        over = Day(self._day, self._load_cost, float(np.mean(self._sale)), dict(self._cost), gained)
        self.days = (*self.days, over)[-WINDOW_DAYS:]
        self._begin()
