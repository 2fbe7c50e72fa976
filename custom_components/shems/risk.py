"""What purchases ahead may lose, from the nights' replay and what was bought since."""

from collections.abc import Iterable

from .core.assets.home import Home
from .core.forecast.days import Days
from .core.plan.risk import RiskBudget
from .core.plan.style import Style
from .core.replay.shadow import Shadow
from .core.report.slot import SlotRecord


def risk_now(
    shadow: Shadow | None,
    style: Style,
    home: Home,
    slots: Iterable[SlotRecord],
    days: Days,
    now: float,
) -> RiskBudget:
    """Return what further purchases may lose.

    Args:
        shadow: of the last night; None before the first.
        style: how the home is run.
        home: what exists.
        slots: as they were measured, at least since the last night's midnight.
        days: of the home's zone.
        now: epoch seconds.
    """
    known = RiskBudget() if shadow is None else shadow.risk(style)
    since = days.midnight(days.day(now) if shadow is None else shadow.next_day)
    capacity = sum(each.capacity_kwh for each in home.batteries)
    if capacity <= 0:
        return known
    efficiency = sum(each.loop_efficiency * each.capacity_kwh for each in home.batteries) / capacity
    for slot in slots:
        if slot.start >= since:
            bought = min(slot.charged_kwh, slot.bought_kwh)
            known = known.bought(bought * slot.buy, bought * efficiency)
    return known
