"""What a plan has each device do, as runs with a beginning, an end and a reason."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from ..assets.timetable import Spans, free_share
from ..plan.result import BatteryPlan, DevicePlan, Mode, Plan, Reason
from ..units import Bools, Floats
from .cheap import stretches

_STANDS_KW: Final = 0.01
"""Below ten watts a device stands still."""
_MOST: Final = 0.5
"""A step belongs to what covers most of it."""


class Doing(StrEnum):
    """What a device does in a run."""

    RUN = "run"
    """It takes energy."""
    SHED = "shed"
    """It goes without."""
    CHARGE = "charge"
    """A battery is charged, from the grid too."""
    DISCHARGE = "discharge"
    """Stored energy is given back, to the grid too."""


@dataclass(frozen=True)
class Run:
    """A time in which a device is to do one thing.

    Attributes:
        device_id: the device's identity.
        doing: what.
        begin, end: epoch seconds.
        energy_kwh: taken from the home, or given to it, >= 0.
        cost: of that energy, by what another kWh costs in each step; negative where it earns.
        reason: why it begins; None where nothing is said.
    """

    device_id: str
    doing: Doing
    begin: float
    end: float
    energy_kwh: float
    cost: float
    reason: Reason | None = None

    @property
    def power_kw(self) -> float:
        """Mean power, kW."""
        return self.energy_kwh * 3600.0 / (self.end - self.begin)


def runs_of(plan: Plan, device_id: str, apart: Spans = ()) -> tuple[Run, ...]:
    """Return the runs of a device or battery in order; none where the plan has no part of it.

    Args:
        plan: what is planned.
        device_id: the device's identity.
        apart: times of which what a device does in them is no part of what it does around them.
    """
    if (battery := plan.battery(device_id)) is not None:
        return _battery_runs(battery, plan)
    part = plan.device(device_id)
    return () if part is None else _device_runs(part, plan, apart)


def _battery_runs(part: BatteryPlan, plan: Plan) -> tuple[Run, ...]:
    """Return when the grid takes part; surplus and load are followed without being asked."""
    found: list[Run] = []
    for doing, mode, sign in (
        (Doing.CHARGE, Mode.CHARGE, -1.0),
        (Doing.DISCHARGE, Mode.DISCHARGE, 1.0),
    ):
        kw = sign * part.power_kw
        on = np.array([each is mode for each in part.mode]) & (kw > _STANDS_KW)
        found += _runs(part.device_id, doing, kw, on, plan, part.reason)
    return tuple(sorted(found, key=lambda run: run.begin))


def _device_runs(part: DevicePlan, plan: Plan, apart: Spans) -> tuple[Run, ...]:
    back = Doing.SHED if part.state is None else Doing.DISCHARGE
    inside: Bools = free_share(apart, plan.horizon) < _MOST
    found = [
        run
        for doing, kw in ((Doing.RUN, part.power_kw), (back, -part.power_kw))
        for steps in (inside, ~inside)
        for run in _runs(part.device_id, doing, kw, steps & (kw > _STANDS_KW), plan, part.reason)
    ]
    return tuple(sorted(found, key=lambda run: run.begin))


def _runs(
    device_id: str, doing: Doing, kw: Floats, on: Bools, plan: Plan, why: tuple[Reason, ...]
) -> list[Run]:
    price = plan.prices.buy if plan.marginal is None else plan.marginal
    taken = 1.0 if doing in (Doing.RUN, Doing.CHARGE) else -1.0
    found = []
    for first, after in stretches(on):
        energy = kw[first:after] * plan.horizon.hours[first:after]
        found.append(
            Run(
                device_id,
                doing,
                float(plan.horizon.start[first]),
                float(plan.horizon.end[after - 1]),
                float(energy.sum()),
                taken * float(energy @ price[first:after]),
                why[first] if why else None,
            )
        )
    return found
