"""Every night: what the home's last days would have cost under each style.

Every candidate goes on from where the night before left its batteries, through the slots of
the meter, with plans made from what was believed at the time. One night plays one day.

Beside them goes the run: the home's own course, in the style that it was run in each day. What
purchases may lose is told from it alone. A candidate that did not run may have filled its
batteries long ago, and says nothing of what the home would have to buy to stand where it does.
"""

from dataclasses import dataclass, field, replace
from typing import Final, Self

import numpy as np

from ..forecast.days import Days
from ..horizon import HOUR_S
from ..plan.risk import RiskBudget
from ..plan.style import STANDARD, Style
from ..plan.sweep import SweepState
from ..units import Floats
from .bankroll import risk_budget
from .codec import Json, decode, encode
from .rehearsal import CANDIDATES, RUN, Believe, Day, Past, play_day
from .run import AUCTION_MIN

KEPT_DAYS: Final = 28
"""Four of each weekday."""
_DIGITS: Final = 6


@dataclass(frozen=True)
class Shadow:
    """Where every candidate stands, and what the last days cost.

    Attributes:
        key: of the past it played, see `Past.key`; another home begins anew.
        next_day: the first local day not yet played.
        energy_kwh: stored energy by candidate or `RUN`, and by battery.
        terminal_value: see `SweepState`.
        days: at most `KEPT_DAYS`, those without any known slot left out.
    """

    key: int
    next_day: int
    energy_kwh: dict[str, dict[str, float]]
    terminal_value: dict[str, float] = field(default_factory=dict)
    days: tuple[Day, ...] = ()

    @property
    def sale_price(self) -> float:
        """Currency/kWh that energy left in store counts with, never negative."""
        return max(0.0, float(np.mean([each.sale_price for each in self.days] or [0.0])))

    def daily(self, name: str) -> Floats:
        """Return a candidate's cost of each day, (D,), the energy it left in store valued."""
        worth = self.sale_price
        return np.array([each.cost[name] - worth * each.gained_kwh[name] for each in self.days])

    def risk(self, running: Style) -> RiskBudget:
        """Return what purchases of the home, which runs so, may lose until the next night."""
        return risk_budget(self.followed(running).days, RUN)

    def followed(self, running: Style) -> Self:
        """Return the shadow with a run: where none was kept, that of the candidate running."""
        if RUN in self.energy_kwh:
            return self
        name = running.name if running.name in CANDIDATES else STANDARD.name
        days = tuple(
            replace(
                each,
                cost={**each.cost, RUN: each.cost[name]},
                gained_kwh={**each.gained_kwh, RUN: each.gained_kwh[name]},
            )
            for each in self.days
        )
        energy = {**self.energy_kwh, RUN: dict(self.energy_kwh.get(name, {}))}
        return replace(self, energy_kwh=energy, days=days)

    def to_json(self) -> Json:
        """Return the shadow as JSON."""
        return encode(self, _DIGITS)

    @classmethod
    def from_json(cls, data: Json) -> Self:
        """Restore from `to_json`.

        Raises:
            TypeError, ValueError: the data is no shadow.
        """
        return decode(cls, data)


def published_until(now: float, zone: str) -> float:
    """Return the end of the prices known at a time: today's, from 13:15 tomorrow's too."""
    days = Days(zone, HOUR_S)
    day = days.day(now)
    sold = now - days.midnight(day) >= AUCTION_MIN * 60
    return days.midnight(day + 2 if sold else day + 1)


def replay(
    shadow: Shadow | None,
    past: Past,
    believe: Believe,
    until: float,
    *,
    running: Style = STANDARD,
    most_days: int | None = None,
) -> Shadow:
    """Return the shadow with the days that are over by `until` played.

    A new one, or one of another home, begins `KEPT_DAYS` back with batteries half full.

    Args:
        shadow: from the last night.
        past: what is played.
        believe: what was believed at an origin; where it raises InputError there was no
            plan and batteries followed the self-consumption rule.
        until: epoch seconds.
        running: how the home was run since the last night.
        most_days: how many days to play in one call at most.
    """
    days = Days(past.tariff.zone, HOUR_S)
    today = days.day(until)
    if shadow is None or shadow.key != past.key:
        half = {each.id: 0.5 * (each.floor_kwh + each.max_kwh) for each in past.home.batteries}
        shadow = Shadow(past.key, 0, {name: dict(half) for name in (*CANDIDATES, RUN)})
    shadow = shadow.followed(running)
    load = past.history.load
    first = days.day(float(load.start[0])) if len(load) and past.home.batteries else today
    begin = max(shadow.next_day, today - KEPT_DAYS, first)
    end = today if most_days is None else min(today, begin + most_days)
    kept, energy = shadow.days, shadow.energy_kwh
    terminal = shadow.terminal_value
    for number in range(begin, end):
        span = number, days.midnight(number), days.midnight(number + 1)
        # Each day begins without a basis, so that in slices it comes to the same.
        risks = {name: risk_budget(kept, name) for name in energy}
        start = SweepState(terminal)
        played, energy, state = play_day(past, span, energy, risks, start, believe, running)
        terminal = state.terminal_value
        if played is not None:
            kept = (*kept, played)[-KEPT_DAYS:]
    return Shadow(past.key, max(begin, end), energy, terminal, kept)
