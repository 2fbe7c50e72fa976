"""Whether a plan fits its home: one that does not gives no command."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from ..assets.home import Home
from ..assets.sheddable import Sheddable
from ..assets.vehicle import Vehicle
from ..observe.readings import CLOCKS_S
from ..plan.result import BatteryPlan, DevicePlan, Plan
from ..units import Floats

_SLACK: Final = 0.01
_SLACK_KW: Final = 0.05
"""What rounding in the program of a plan and its parts amounts to."""


def in_time(plan: Plan, now: float, longest_s: float) -> bool:
    """Return whether a plan holds at a time.

    One from the future was made before the clock was set back.

    Args:
        plan: made before.
        now: epoch seconds.
        longest_s: how old it may be.
    """
    return -CLOCKS_S <= now - plan.created <= longest_s and plan.horizon.index(now) is not None


def is_sound(plan: Plan, home: Home | None) -> bool:
    """Return whether every number of a plan is one, and none is beyond what its device can.

    Args:
        plan: made or remembered.
        home: that it was made for; None where that is not remembered.
    """
    flows = (plan.load_kw, plan.solar_kw, plan.grid_kw, plan.curtailed_kw)
    return (
        _whole(plan, flows)
        and all(_battery_fits(plan, each, home) for each in plan.batteries)
        and all(_device_fits(plan, each, home) for each in plan.devices)
    )


def _whole(plan: Plan, parts: Iterable[Floats]) -> bool:
    steps = (len(plan.horizon),)
    return all(each.shape == steps and bool(np.isfinite(each).all()) for each in parts)


def _battery_fits(plan: Plan, part: BatteryPlan, home: Home | None) -> bool:
    """Return whether a battery could do its part; one that is gone is asked for nothing."""
    battery = None if home is None else home.battery(part.device_id)
    rights = (part.policy.buy, part.policy.absorb, part.policy.cover, part.policy.sell)
    steps = len(plan.horizon)
    if not _whole(plan, (part.power_kw, part.energy_kwh)) or any(
        len(each) != steps for each in (*rights, part.mode, part.reason)
    ):
        return False
    return battery is None or (
        _within(part.power_kw, -battery.charge_kw, battery.discharge_kw)
        and _within(part.energy_kwh, 0.0, battery.capacity_kwh)
    )


def _device_fits(plan: Plan, part: DevicePlan, home: Home | None) -> bool:
    device = None if home is None else home.device(part.device_id)
    if not _whole(plan, (part.power_kw, *(() if part.told_c is None else part.told_c))):
        return False
    if isinstance(device, Sheddable):
        return _within(part.power_kw, -device.most_shed_kw, 0.0)
    if isinstance(device, Vehicle):
        return _within(part.power_kw, -device.discharge_kw, device.charge_kw)
    return device is None or _within(part.power_kw, -device.most_kw, device.most_kw)


def _within(values: Floats, lowest: float, highest: float) -> bool:
    slack = _SLACK_KW + _SLACK * max(abs(lowest), abs(highest))
    return bool((values >= lowest - slack).all() and (values <= highest + slack).all())
