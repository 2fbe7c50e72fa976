"""Guards: what overrules the plan within one meter update."""

from dataclasses import replace

from ..assets.home import Home
from ..observe.readings import Readings
from ..plan.result import Mode, Reason
from .command import HELD_H, Command


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
        battery = home.battery(key)
        reading = readings.batteries.get(key)
        soc = reading.soc.usable if reading else None
        if battery is None or soc is None:
            continue
        energy = soc * battery.capacity_kwh
        if over > 0:
            most = battery.most_discharge_kw(energy, HELD_H, battery.floor_kwh)
            power = min(most, command.power_kw + over)
            if power <= command.power_kw:
                continue
            over -= power - command.power_kw
            mode = Mode.DISCHARGE if power > 0 else command.mode
            reason = reasons[0]
        elif under > 0:
            most = battery.most_charge_kw(energy, HELD_H)
            power = max(-most, command.power_kw - under)
            if power >= command.power_kw:
                continue
            under -= command.power_kw - power
            mode = Mode.CHARGE if power < 0 else command.mode
            reason = reasons[1]
        else:
            break
        guarded[key] = replace(command, mode=mode, power_kw=power, reason=reason)
    return guarded
