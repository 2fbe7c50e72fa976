"""Decide now for devices: the plan, held against the meter, the fuse and the last command."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from ..assets.appliance import Appliance, ApplianceState
from ..assets.home import Home
from ..assets.kinds import Movable, MovableState, acting
from ..assets.vehicle import Vehicle
from ..horizon import HOUR_S
from ..observe.readings import Readings
from ..plan.because import why_barred
from ..plan.result import DevicePlan, Plan, Reason
from .budget import WRITES_A_DAY, due, local_day
from .command import Command, DeviceCommand
from .limiting import why_carried, why_imported
from .phases import PhaseRoom, taken_kw

_STANDS_KW: Final = 0.01
_WAITS_KW: Final = 1e-5
_DEADBAND_SHARE: Final = 0.05
_DEADBAND_KW: Final = 0.1
"""A power is set anew when it differs by a twentieth, and by 100 W at least: what meters and
chargers resolve."""
_DWELL_S: Final = 300.0
"""What was switched for the sun or for the fuse stays so for five minutes, as chargers ask."""


@dataclass(frozen=True)
class Told:
    """What a device was last told.

    Attributes:
        command: the last.
        at: epoch seconds of the last command.
        switched_at: epoch seconds of the last time it was turned on or off.
        day: local day that `writes` belongs to.
        writes: commands on that day.
    """

    command: DeviceCommand
    at: float
    switched_at: float
    day: int
    writes: int


@dataclass(frozen=True)
class DirectState:
    """What is remembered between decisions.

    Attributes:
        told: the last command of each device.
        writes_a_day: commands that each may be given; `WRITES_A_DAY` where nobody says.
    """

    told: Mapping[str, Told] = field(default_factory=dict)
    writes_a_day: Mapping[str, int] = field(default_factory=dict)


@dataclass
class _Wish:
    """What a device is to take, before limits.

    Attributes:
        device, part: it and its plan.
        power_kw: + = consumption.
        reason: why.
        guarded: whether a limit has taken something away.
        bound: whether it runs and may not be stopped.
        begun: whether it has begun a programme.
    """

    device: Movable
    part: DevicePlan
    power_kw: float
    reason: Reason
    guarded: bool = False
    bound: bool = False
    begun: bool = False


def direct(
    plan: Plan | None,
    home: Home,
    readings: Readings,
    states: Mapping[str, MovableState],
    batteries: tuple[Command, ...],
    state: DirectState,
    now: float,
    rooms: tuple[PhaseRoom, ...] = (),
) -> tuple[tuple[DeviceCommand, ...], DirectState]:
    """Return a command for every device of the plan, and what to remember.

    A device takes what is planned; where it may, it also takes the surplus that the meter
    shows and that is worth more in it than sold. A car whose energy may not be sold gives no
    more than the home takes. What would break a phase's fuse, the
    connection's limit or the peak that the plan keeps, is taken from devices at once: first
    from what can run at less, then by turning off what has least to lose. Without a plan for
    this moment there are no commands. What is proposed for devices that are not driven is told
    as it is planned.

    Args:
        plan: the running plan.
        home: what exists.
        readings: the meters now; without a usable net load only the plan is followed.
        states: how each device is now.
        batteries: what the batteries are told now.
        state: from the last decision.
        now: epoch seconds.
        rooms: what may be taken on each phase that is guarded.
    """
    index = None if plan is None else plan.horizon.index(now)
    if plan is None or index is None:
        return (), replace(state, told={})
    wishes = _wishes(plan.devices, index, home, states)
    base = _base_kw(readings, wishes)
    if base is not None:
        free = [each for each in wishes if home.barred_until(each.device.id, now) is None]
        _take_surplus(plan, index, free, base, batteries)
        _keep_at_home(wishes, base)
    every = wishes + _wishes(plan.proposals, index, home, states)
    for wish in every:
        held = states[wish.device.id]
        wish.bound = acting(wish.device, held).bound(held)
        wish.begun = isinstance(held, ApplianceState) and held.progress is not None
        _settle(wish, state, now)
        _bar(wish, home, now)
    _take_turns(home, wishes, state)
    if base is not None:
        _relieve(wishes, home, taken_kw(readings, batteries), rooms)
        given = sum(command.power_kw for command in batteries)
        taken = base - given + sum(wish.power_kw for wish in wishes)
        over = taken - plan.carried_kw(home.connection, now)[0]
        _cut(wishes, over, why_imported(plan, home.connection, now))
    day = local_day(now, home.zone)
    told = {each.device.id: _tell(each, index, state, now, day) for each in every}
    return tuple(each.command for each in told.values()), replace(state, told=told)


def _wishes(
    parts: tuple[DevicePlan, ...], index: int, home: Home, states: Mapping[str, MovableState]
) -> list[_Wish]:
    """Return what devices are to take by the plan."""
    return [
        _Wish(device, part, float(part.power_kw[index]), _reason(part, index))
        for part in parts
        if (device := home.device(part.device_id)) is not None and part.device_id in states
    ]


def _reason(part: DevicePlan, index: int) -> Reason:
    return part.reason[index] if part.reason else Reason("device_idle")


def _base_kw(readings: Readings, wishes: list[_Wish]) -> float | None:
    """Return the net load without the devices, None where it is not known."""
    net = readings.net_kw
    if net is None:
        return None
    powers = [readings.devices.get(wish.device.id) for wish in wishes]
    known = [each.usable for each in powers if each is not None]
    return net - sum(power for power in known if power is not None)


def _take_surplus(
    plan: Plan, index: int, wishes: list[_Wish], base_kw: float, batteries: tuple[Command, ...]
) -> None:
    """Let devices take the surplus that is worth more in them than sold.

    A battery and a device compete for it by what a kWh is worth in each.
    """
    sell = max(float(plan.prices.sell[index]), 0.0)
    rivals = sorted(
        (float(part.value[index]), -command.power_kw)
        for command in batteries
        if (part := plan.battery(command.device_id)) is not None and command.power_kw < 0
    )
    left = -base_kw - sum(max(wish.power_kw, 0.0) for wish in wishes)
    for wish in sorted(wishes, key=lambda each: -_value(each.part, index)):
        worth = _value(wish.part, index)
        if not wish.device.absorbs or worth <= sell:
            continue
        kept = sum(power for value, power in rivals if value >= worth)
        power = min(wish.device.most_kw, max(wish.power_kw, 0.0) + left - kept)
        if power >= max(wish.device.lowest_kw, _STANDS_KW) and power > wish.power_kw:
            left -= power - max(wish.power_kw, 0.0)
            wish.power_kw = power
            wish.reason = Reason("device_surplus", {"export_price": sell})


def _keep_at_home(wishes: list[_Wish], base_kw: float) -> None:
    """Let cars give no more than the home takes now, where what they give may not be sold."""
    taken = base_kw + sum(max(wish.power_kw, 0.0) for wish in wishes)
    for wish in wishes:
        if wish.power_kw < 0 and isinstance(wish.device, Vehicle) and not wish.device.to_grid:
            wish.power_kw = -min(-wish.power_kw, max(taken, 0.0))
            taken += wish.power_kw


def _value(part: DevicePlan, index: int) -> float:
    return 0.0 if part.value is None else float(part.value[index])


def _settle(wish: _Wish, state: DirectState, now: float) -> None:
    """Keep what was switched a moment ago, and round to what the device can run at."""
    lowest = wish.device.lowest_kw
    if _STANDS_KW < wish.power_kw < lowest:
        # Of a duty cycle this step is the working part, or it is not.
        wish.power_kw = lowest if wish.power_kw >= lowest / 2 else 0.0
    last = state.told.get(wish.device.id)
    if last is None or now >= (until := last.switched_at + _dwell_s(wish.device, last.command.on)):
        return
    runs = abs(wish.power_kw) > _STANDS_KW
    gave = isinstance(wish.device, Vehicle) and last.command.power_kw < 0
    if last.command.on and not runs and not gave:
        wish.power_kw = max(lowest, min(last.command.power_kw, wish.device.most_kw))
        wish.reason = Reason("device_keeps", {"until": until})
    elif runs and not last.command.on:
        wish.power_kw = 0.0
        wish.reason = Reason("device_keeps", {"until": until})


def _dwell_s(device: Movable, on: bool) -> float:
    """Return how long what was switched on, or off, stays so at least.

    The plan keeps a device's own least times too, but begins from what its meter shows: of
    what was switched a moment ago it knows nothing yet.
    """
    if isinstance(device, Appliance):
        return _DWELL_S
    rules = device.switching
    return max(_DWELL_S, HOUR_S * (rules.least_on_h if on else rules.least_off_h))


def _bar(wish: _Wish, home: Home, now: float) -> None:
    """Keep off what its user's timetable does not let run now, and on what may not be shed."""
    why = why_barred(home, wish.device.id, now)
    if why is not None and wish.power_kw != 0 and not wish.bound:
        wish.power_kw, wish.guarded, wish.reason = 0.0, True, why


def _take_turns(home: Home, wishes: list[_Wish], state: DirectState) -> None:
    """Let only one run of what shares a heat pump: what runs has it until it is switched off.

    Of duty cycles that fall into one step, the larger comes first; the next plan, a few
    minutes later, knows what the others still lack.
    """
    for group in home.shared:
        running = [
            each
            for each in wishes
            if each.device.id in group and (each.bound or abs(each.power_kw) > _STANDS_KW)
        ]
        if len(running) < 2:
            continue

        def rank(wish: _Wish) -> tuple[bool, bool, float, bool]:
            last = state.told.get(wish.device.id)
            keeps = wish.reason.code == "device_keeps"
            share = round(abs(wish.power_kw) / wish.device.most_kw, 2)
            return wish.bound, keeps, share, last is not None and last.command.on

        first = max(running, key=rank)
        for wish in running:
            if wish is not first and not wish.bound:
                wish.power_kw = 0.0
                wish.guarded = True
                wish.reason = Reason("device_turn", {"device": first.device.name})


def _relieve(
    wishes: list[_Wish], home: Home, taken: Mapping[str, float], rooms: tuple[PhaseRoom, ...]
) -> None:
    """Take from devices what a phase cannot carry, by the share of each that is on it.

    Programmes that run by themselves take what the meter shows, whatever is planned.
    """
    for room in rooms:
        wanted = {wish.device.id: wish.power_kw for wish in wishes if not wish.bound}
        over = room.over_kw(home, {**taken, **wanted})
        on_it = {wish.device.id: room.share(home, wish.device.id) for wish in wishes}
        _cut(wishes, over, why_carried(home.connection), on_it)


def _cut(
    wishes: list[_Wish], over: float, reason: Reason, shares: Mapping[str, float] | None = None
) -> None:
    """Take from devices what is too much, and say why; of each its share counts, or all."""
    for least_first in (True, False):
        for wish in sorted(wishes, key=_loses):
            share = 1.0 if shares is None else shares[wish.device.id]
            if over <= _STANDS_KW:
                return
            if wish.power_kw <= 0 or wish.bound or share == 0:
                continue
            spare = max(wish.power_kw - wish.device.lowest_kw, 0.0)
            taken = min(over / share, spare) if least_first else wish.power_kw
            if taken > 0:
                over -= share * taken
                wish.power_kw -= taken
                wish.guarded = True
                wish.reason = reason


def _loses(wish: _Wish) -> tuple[float, float]:
    """Return a device's place: what is short of something already goes last."""
    missing = sum(each.amount for each in wish.part.shortfalls)
    value = wish.part.value
    return missing, 0.0 if value is None else float(np.max(value))


def _tell(wish: _Wish, index: int, state: DirectState, now: float, day: float) -> Told:
    """Return the new command, or the last one where the change is not worth a write."""
    # A programme may take next to nothing for a while: only one that is to wait takes nothing.
    runs = wish.bound or abs(wish.power_kw) > (_WAITS_KW if wish.begun else _STANDS_KW)
    told = wish.part.told_c
    setpoint = None if told is None else round(float(told[int(runs), index]), 1)
    power = wish.power_kw if runs else 0.0
    waits = wish.begun and not runs
    new = DeviceCommand(wish.device.id, runs, power, setpoint, wish.reason, waits)
    last = state.told.get(wish.device.id)
    if last is None:
        return Told(new, now, -float("inf"), int(day), 1)
    writes = last.writes if last.day == int(day) else 0
    if new.on == last.command.on and not wish.guarded:
        band = max(_DEADBAND_KW, _DEADBAND_SHARE * abs(last.command.power_kw))
        same = abs(new.power_kw - last.command.power_kw) <= band
        same = same and new.setpoint_c == last.command.setpoint_c
        same = same and waits == last.command.waits
        most = state.writes_a_day.get(new.device_id, WRITES_A_DAY)
        if same or not due(writes, most, day):
            kept = replace(last.command, reason=new.reason)
            return replace(last, command=kept, day=int(day), writes=writes)
    switched = now if new.on != last.command.on else last.switched_at
    return Told(new, now, switched, int(day), writes + 1)
