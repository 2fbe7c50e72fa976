"""Decide now: the plan's policy meets the meter."""

from dataclasses import dataclass, field
from typing import Final

from ..assets.battery import Battery
from ..assets.home import Home
from ..horizon import HOUR_S
from ..observe.readings import Readings
from ..plan.policy import mode_of
from ..plan.result import BatteryPlan, Mode, Plan, Reason
from .command import HELD_H, Command
from .guard import guard_connection, relieve_phases
from .limiting import why_exported, why_imported
from .phases import PhaseRoom
from .respond import Slot, respond
from .share import Free

_SPENT_KWH: Final = 1e-3
"""A budget below a watt-hour is used up."""


@dataclass(frozen=True)
class DispatchState:
    """What dispatch remembers inside a step of the plan.

    Attributes:
        step: start of the running step and the time the plan was made.
        at: when energy was last counted, epoch seconds.
        charge_kwh, discharge_kwh: budgets left, by battery.
    """

    step: tuple[float, float] | None = None
    at: float = 0.0
    charge_kwh: dict[str, float] = field(default_factory=dict)
    discharge_kwh: dict[str, float] = field(default_factory=dict)


def decide(
    plan: Plan | None,
    home: Home,
    readings: Readings,
    state: DispatchState,
    now: float,
    rooms: tuple[PhaseRoom, ...] = (),
) -> tuple[tuple[Command, ...], DispatchState]:
    """Return a command for every battery of the plan, and what to remember.

    Without a plan for this moment there are no commands: the devices' own modes are
    theirs to return to.

    Args:
        plan: the running plan.
        home: what exists.
        readings: the meters now; where the net load is unusable, only what needs no meter
            is done.
        state: from the last decision.
        now: epoch seconds.
        rooms: what may be taken on each phase that is guarded.
    """
    index = None if plan is None else plan.horizon.index(now)
    if plan is None or index is None:
        return (), DispatchState()
    state = _count(plan, index, readings, state, now)
    net = readings.net_kw
    carried = plan.carried_kw(home.connection, now)
    pairs = [
        (battery, part)
        for part in plan.batteries
        if (battery := home.battery(part.device_id)) is not None
    ]
    left = min((plan.left_kw(battery, now) for battery, _ in pairs), default=0.0)
    free = Free(carried, net, max(left, _unfed_kw(home, readings)))
    commands: dict[str, Command] = {}
    for battery, part in sorted(pairs, key=lambda pair: free.rank(float(pair[1].value[index]))):
        until = home.barred_until(battery.id, now)
        commands[battery.id] = (
            _command(battery, part, plan, index, readings, state, now, free)
            if until is None
            else Command(battery.id, Mode.HOLD, 0.0, Reason("timetable_rests", {"until": until}))
        )
    if net is not None:
        reasons = (
            why_imported(plan, home.connection, now),
            why_exported(home.connection, now),
        )
        commands = guard_connection(home, readings, commands, net, carried, reasons)
        commands = relieve_phases(home, readings, commands, net, rooms)
    return tuple(commands[battery.id] for battery, _ in pairs), state


def _unfed_kw(home: Home, readings: Readings) -> float:
    """Return what devices draw that no battery is to feed."""
    return sum(
        reading.usable or 0.0
        for device in home.devices
        if not device.from_battery and (reading := readings.devices.get(device.id)) is not None
    )


def _count(
    plan: Plan, index: int, readings: Readings, state: DispatchState, now: float
) -> DispatchState:
    """Return the state with the energy since the last count taken off the budgets."""
    step = (float(plan.horizon.start[index]), plan.created)
    hours = float(plan.horizon.hours[index])
    if state.step != step:
        power = {part.device_id: float(part.power_kw[index]) for part in plan.batteries}
        left = max(0.0, min(1.0, (float(plan.horizon.end[index]) - now) / (hours * HOUR_S)))
        return DispatchState(
            step,
            now,
            {key: max(0.0, -value) * hours * left for key, value in power.items()},
            {key: max(0.0, value) * hours * left for key, value in power.items()},
        )
    passed = max(0.0, now - state.at) / HOUR_S
    charge, discharge = dict(state.charge_kwh), dict(state.discharge_kwh)
    for key, reading in readings.batteries.items():
        flow = (reading.power_kw.usable or 0.0) * passed
        if key in charge:
            charge[key] = max(0.0, charge[key] + min(flow, 0.0))
            discharge[key] = max(0.0, discharge[key] - max(flow, 0.0))
    return DispatchState(step, now, charge, discharge)


def _command(
    battery: Battery,
    part: BatteryPlan,
    plan: Plan,
    index: int,
    readings: Readings,
    state: DispatchState,
    now: float,
    free: Free,
) -> Command:
    charge_left = state.charge_kwh[battery.id]
    discharge_left = state.discharge_kwh[battery.id]
    rights = part.policy
    slot = Slot(
        battery,
        _open(int(rights.buy[index]), charge_left),
        _open(int(rights.absorb[index]), charge_left),
        _open(int(rights.cover[index]), discharge_left),
        _open(int(rights.sell[index]), discharge_left),
        charge_left,
        discharge_left,
        max(0.0, float(plan.horizon.end[index]) - now) / HOUR_S,
        None if part.levels is None else part.levels.at(index),
    )
    soc = readings.batteries[battery.id].soc.usable if battery.id in readings.batteries else None
    reason = part.reason[index] if part.reason else Reason("idle")
    if soc is None or not (free.known or slot.buy or slot.sell):
        mode = mode_of(slot.buy, slot.absorb, slot.cover, slot.sell)
        return Command(battery.id, mode, 0.0, reason)
    power = respond(slot, soc * battery.capacity_kwh, free.net_kw, HELD_H, free.room_kw)
    free.take(power)
    # What is bought within the margin waits while there is a load to cover.
    buy, sell = (slot.buy if power <= 0 else 0), (slot.sell if power >= 0 else 0)
    mode = mode_of(buy, slot.absorb, slot.cover, sell)
    return Command(battery.id, mode, power, reason)


def _open(right: int, budget_kwh: float) -> int:
    """Return the right, or none where it is a budget that is used up."""
    return 0 if right == 1 and budget_kwh < _SPENT_KWH else right
