"""Guards: what overrules the plan within one meter update."""

from dataclasses import replace

from ..assets.battery import Battery
from ..assets.home import Home
from ..observe.readings import Readings
from ..plan.result import Mode, Reason
from .command import HELD_H, Command
from .limiting import why_carried
from .phases import PhaseRoom, taken_kw


def guard_connection(
    home: Home,
    readings: Readings,
    commands: dict[str, Command],
    net_kw: float,
    carried_kw: tuple[float, float],
    reasons: tuple[Reason, Reason],
) -> dict[str, Command]:
    """Return the commands, changed so that the connection stays within its limits.

    Where the load alone breaks the import limit, batteries discharge for the excess;
    where the surplus breaks the export limit, they absorb it, as far as they can.

    Args:
        home: what exists.
        readings: the meters now.
        commands: what the batteries were to do.
        net_kw: load less solar.
        carried_kw: what the connection is to carry at most, import and export.
        reasons: why no more.
    """
    grid = net_kw - sum(command.power_kw for command in commands.values())
    over = grid - carried_kw[0]
    under = -grid - carried_kw[1]
    if over <= 0 and under <= 0:
        return commands
    guarded = dict(commands)
    for key, command in commands.items():
        known = _known(home, readings, key)
        if known is None:
            continue
        battery, energy = known
        if over > 0:
            power = min(_most_kw(battery, energy), command.power_kw + over)
            if power <= command.power_kw:
                continue
            over -= power - command.power_kw
            guarded[key] = _giving(command, power, reasons[0])
        elif under > 0:
            most = battery.most_charge_kw(energy, HELD_H)
            power = max(-most, command.power_kw - under)
            if power >= command.power_kw:
                continue
            under -= command.power_kw - power
            mode = Mode.CHARGE if power < 0 else command.mode
            guarded[key] = replace(command, mode=mode, power_kw=power, reason=reasons[1])
        else:
            break
    return guarded


def relieve_phases(
    home: Home,
    readings: Readings,
    commands: dict[str, Command],
    net_kw: float,
    rooms: tuple[PhaseRoom, ...],
) -> dict[str, Command]:
    """Return the commands, changed so that batteries take off a phase what is too much on it.

    What is on the phase gives in full, what is spread a share for each phase, and what is on
    another nothing. They stop charging first, and give no more than the home takes in all.

    Args:
        home: what exists, and on which phase.
        readings: the meters now.
        commands: what the batteries were to do.
        net_kw: load less solar.
        rooms: what may be taken on each phase that is guarded.
    """
    guarded = dict(commands)
    for room in rooms:
        over = room.over_kw(home, taken_kw(readings, guarded.values()))
        for key, command in commands.items():
            known, share, told = _known(home, readings, key), room.share(home, key), guarded[key]
            if over <= 0 or known is None or share == 0:
                continue
            grid = net_kw - sum(each.power_kw for each in guarded.values())
            most = min(_most_kw(*known), max(told.power_kw + grid, 0.0))
            power = min(most, told.power_kw + over / share)
            if power > told.power_kw:
                over -= share * (power - told.power_kw)
                guarded[key] = _giving(command, power, why_carried(home.connection))
    return guarded


def _known(home: Home, readings: Readings, key: str) -> tuple[Battery, float] | None:
    """Return a battery with what it has stored, None where either is unknown, or it may not run."""
    if home.barred_until(key, readings.now) is not None:
        return None
    battery, reading = home.battery(key), readings.batteries.get(key)
    soc = reading.soc.usable if reading else None
    return None if battery is None or soc is None else (battery, soc * battery.capacity_kwh)


def _most_kw(battery: Battery, energy_kwh: float) -> float:
    return battery.most_discharge_kw(energy_kwh, HELD_H, battery.floor_kwh)


def _giving(command: Command, power_kw: float, reason: Reason) -> Command:
    """Return a command to give more, or to take less."""
    mode = Mode.DISCHARGE if power_kw > 0 else command.mode
    return replace(command, mode=mode, power_kw=power_kw, reason=reason)
