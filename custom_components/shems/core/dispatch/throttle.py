"""Throttle solar power where feeding it in would cost money."""

from dataclasses import dataclass

from ..assets.home import Home
from ..observe.readings import Readings
from ..plan.result import Plan, Reason
from .command import Command


@dataclass(frozen=True)
class Throttle:
    """An instruction to one solar array.

    Attributes:
        device_id: the array's identity.
        limit_kw: what it may deliver.
        reason: why.
    """

    device_id: str
    limit_kw: float
    reason: Reason


def throttle(
    plan: Plan | None,
    home: Home,
    readings: Readings,
    commands: tuple[Command, ...],
    now: float,
) -> tuple[Throttle, ...]:
    """Return limits for arrays that SHEMS may hold back, none where feed-in costs nothing.

    What the home can use itself, load and charging, is shared among the arrays by their
    peak power; the others are not ours to throttle and are served first:

        Σ limit = load - Σ battery - Σ solar of the others, never negative

    Without a load to go by nothing is throttled. An array that can only be switched would
    have to be replaced by energy that is bought: it is turned off while that costs nothing
    either.

    Args:
        plan: the running plan.
        home: what exists.
        readings: the meters now.
        commands: what the batteries are told now, + = discharge.
        now: epoch seconds.
    """
    index = None if plan is None else plan.horizon.index(now)
    if plan is None or index is None or plan.prices.sell[index] >= 0:
        return ()
    reason = Reason("curtail_negative", {"export_price": float(plan.prices.sell[index])})
    free = plan.prices.buy[index] <= 0
    off = tuple(Throttle(each.id, 0.0, reason) for each in home.solar if each.switched and free)
    load = readings.load_kw.usable
    able = [array for array in home.solar if array.curtailable]
    if load is None or not able:
        return off
    peaks = {array.id: array.peak_kw or 1.0 for array in home.solar}
    share = sum(peaks[array.id] for array in able) / sum(peaks.values())
    others = (1 - share) * (readings.solar_kw.usable or 0.0)
    room = max(0.0, load - sum(command.power_kw for command in commands) - others)
    total = sum(peaks[array.id] for array in able)
    return off + tuple(Throttle(array.id, room * peaks[array.id] / total, reason) for array in able)
