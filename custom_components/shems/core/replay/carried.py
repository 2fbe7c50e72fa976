"""Devices in a home that is played again follow the meter, as dispatch lets them in a home."""

from collections.abc import Mapping

from ..assets.kinds import MovableState
from ..dispatch.command import Command
from ..dispatch.devices import DirectState, direct
from ..observe.readings import Readings, Trust, Value
from ..plan.result import Plan, Reason
from .household import Direction, Household, battery_kw


def carried_out(
    household: Household,
    plan: Plan,
    planned: Direction,
    energy_kwh: float,
    states: Mapping[str, MovableState | None],
    told: DirectState,
    tick: int,
) -> tuple[list[float], DirectState]:
    """Return what each device is told to take in a step of execution, and what to remember.

    Args:
        household: whose meter it is.
        plan: the running plan.
        planned: what it says of this step.
        energy_kwh: stored in the battery.
        states: how each device is now; None where there is nothing to plan.
        told: from the last step.
        tick: number of the step.
    """
    run, now = household.run, float(household.ticks.start[tick])
    step, part = divmod(tick, run.parts)
    net_kw = float(run.net_kw[step, part])
    battery = plan.batteries[0]
    asked_kw = net_kw + sum(planned.powers)
    most_out_kw = household.most_out_kw(step)
    stored_kw = battery_kw(planned, energy_kwh, asked_kw, household.ticks.hours, most_out_kw)
    commands, told = direct(
        plan,
        household.home,
        # The meter with batteries and devices at rest: what they take is known besides.
        Readings(now, grid_kw=Value(net_kw, now, Trust.OK)),
        {key: state for key, state in states.items() if state is not None},
        (Command(battery.device_id, battery.mode[0], stored_kw, Reason("idle")),),
        told,
        now,
    )
    powers = {each.device_id: each.power_kw for each in commands}
    return [powers.get(use.device.id, 0.0) for use in household.uses], told
