"""How a battery is told what to do: by modes, limits, powers, switches or a user's own steps."""

import math
from typing import Final

from ..core.dispatch.command import Command
from ..core.plan.result import Mode
from .action import Action, Order
from .device import Device
from .driving import confirmation, steps
from .setpoint import NOMINAL_VOLTS, amount, select, set_number, switch

CONTROLS: Final = ("none", "select", "limits", "number", "switch", "actions")

_REST_KW: Final = 1e-3
"""A watt: less is no power."""

_MAY: Final = {
    # charge, discharge
    Mode.SELF_CONSUME: (True, True),
    Mode.ABSORB: (True, False),
    Mode.COVER: (False, True),
    Mode.HOLD: (False, False),
    Mode.CHARGE: (True, False),
    Mode.DISCHARGE: (False, True),
}
_SWITCHES: Final = {
    # charge, discharge, force_charge, force_discharge
    Mode.SELF_CONSUME: (True, True, False, False),
    Mode.ABSORB: (True, False, False, False),
    Mode.COVER: (False, True, False, False),
    Mode.HOLD: (False, False, False, False),
    Mode.CHARGE: (True, False, True, False),
    Mode.DISCHARGE: (False, True, False, True),
}


def actions(device: Device, order: Order) -> tuple[Action, ...]:
    """Return what carries out an order, in the order to send it; none without control.

    Raises:
        InputError: the number of a setpoint has no unit of power.
    """
    command = order if isinstance(order, Command) else None
    match device.data.get("control"):
        case "select":
            return _by_select(device, command)
        case "limits":
            return tuple(_limits(device, command))
        case "number":
            return _by_number(device, command)
        case "actions":
            return tuple(_by_steps(device, command))
        case "switch":
            return _by_switch(device, command)
        case _:
            return ()


def forces(device: Device, mode: Mode) -> bool:
    """Return whether a battery can be made to charge from the grid, or to discharge into it.

    Where it is not driven at all, plans show what driving it would do.
    """
    given = mode is Mode.CHARGE and device.entity("grid_charge_switch") is not None
    match device.data.get("control"):
        case "select":
            return given or device.entity(f"option_{mode}") is not None
        case "limits":
            return given
        case _:
            return True


def _full_kw(device: Device) -> float:
    return max(device.number("charge_kw", 0.0), device.number("discharge_kw", 0.0))


def _write(device: Device, entity_id: str, power: float, full_kw: float) -> Action:
    limits = device.limits(entity_id)
    volts = device.number("battery_volts", NOMINAL_VOLTS)
    return set_number(entity_id, amount(power, limits, full_kw=full_kw, volts=volts), limits)


def _option(device: Device, command: Command) -> tuple[str | None, bool]:
    """Return the option for a mode and whether it moves power by itself.

    A device without `absorb` or `cover` is given the power for the meter as it is now where
    a number can carry it; else the nearest mode.
    """
    if option := device.entity(f"option_{command.mode}"):
        return option, command.mode in (Mode.CHARGE, Mode.DISCHARGE)
    own, hold = device.entity("option_self_consume"), device.entity("option_hold")
    if command.mode is Mode.HOLD or abs(command.power_kw) < _REST_KW:
        return hold or own, False
    explicit = Mode.DISCHARGE if command.power_kw > 0 else Mode.CHARGE
    option = device.entity(f"option_{explicit}")
    if option is not None and device.entity("power_number") is not None:
        return option, True
    return own, False


def _by_select(device: Device, command: Command | None) -> tuple[Action, ...]:
    entity_id = device.entity("mode_select")
    if entity_id is None:
        return ()
    if command is None:
        option, forced = (
            device.entity("option_default") or device.entity("option_self_consume"),
            False,
        )
    else:
        option, forced = _option(device, command)
    if option is None:
        return ()
    mode, full_kw = select(entity_id, option), _full_kw(device)
    power_kw = abs(command.power_kw) if command is not None and forced else full_kw
    numbers = [
        *(_write(device, each, power_kw, full_kw) for each in device.entities("power_number")),
        *_limits(device, command),
    ]
    # The power comes before a mode that uses it, so that it never begins with an old one,
    # and is opened again only after such a mode has been left.
    made = (*numbers, mode) if forced else (mode, *numbers)
    if command is None:
        return (*made, *_enable(device, on=False))
    return (*_enable(device, on=True), *made)


def _limits(device: Device, command: Command | None) -> list[Action]:
    """Return what limits charging and discharging, and at which charge they end."""
    mode = Mode.SELF_CONSUME if command is None else command.mode
    power_kw = 0.0 if command is None else abs(command.power_kw)
    made = []
    for way, forced, may in zip(
        ("charge", "discharge"), (Mode.CHARGE, Mode.DISCHARGE), _MAY[mode], strict=True
    ):
        full_kw = device.number(f"{way}_kw", 0.0)
        set_now = mode is forced and forces(device, mode)
        if not (set_now or device.flag("limits_always", True)):
            continue  # Such a number only means something while a direction is forced.
        wanted_kw = power_kw if set_now else full_kw * may
        made += [
            _write(device, each, wanted_kw, full_kw) for each in device.entities(f"{way}_number")
        ]
    for key, level in (
        ("min_soc_number", _least_soc(device, mode)),
        ("target_soc_number", _most_soc(device)),
    ):
        made += [set_number(each, level, device.range_of(each)) for each in device.entities(key)]
    on = mode is Mode.CHARGE
    made += [switch(each, on=on) for each in device.entities("grid_charge_switch")]
    # What ends comes first.
    return sorted(made, key=lambda action: bool(action.data.get("value", on)))


def _least_soc(device: Device, mode: Mode) -> float:
    """Return the charge in % at which discharging ends.

    Where nothing else keeps a battery from discharging, it is held where it is.
    """
    reserve = device.number("reserve_soc", 0.0)
    held = device.entity("option_hold") or device.entity("discharge_number")
    sensor = device.entity("soc")
    if _MAY[mode][1] or held or sensor is None:
        return reserve
    level = device.level_of(sensor)
    return reserve if level is None else max(reserve, float(math.floor(level)))


def _most_soc(device: Device) -> float:
    return device.number("target_soc", device.number("max_soc", 100.0))


def _by_steps(device: Device, command: Command | None) -> list[Action]:
    """Return a user's own steps; of modes that follow the meter, no power is told."""
    mode = None if command is None else command.mode
    forced = mode in (Mode.CHARGE, Mode.DISCHARGE)
    power_kw = command.power_kw if command is not None and forced else 0.0
    word = "default" if mode is None else mode.value
    volts = device.number("battery_volts", NOMINAL_VOLTS)
    shown = confirmation(device, word, on=power_kw != 0, power_kw=power_kw, volts=volts)
    soc = _most_soc(device) if mode is Mode.CHARGE else device.number("reserve_soc", 0.0)
    return steps(device, word, power_kw=power_kw, volts=volts, shown=shown, soc=soc)


def _enable(device: Device, *, on: bool) -> tuple[Action, ...]:
    entity_id = device.entity("enable")
    if entity_id is None:
        return ()
    if entity_id.partition(".")[0] in ("select", "input_select"):
        option = device.entity("enable_option" if on else "release_option")
        return (select(entity_id, option),) if option else ()
    return (switch(entity_id, on=on),)


def _by_number(device: Device, command: Command | None) -> tuple[Action, ...]:
    # An inverter with a mode of its own follows the meter faster than any setpoint from here.
    own = command is None or (
        command.mode is Mode.SELF_CONSUME and device.entity("enable") is not None
    )
    if command is None or own:
        return (*_enable(device, on=False), *_released(device))
    return (*_setpoints(device, command.power_kw), *_enable(device, on=True))


def _released(device: Device) -> tuple[Action, ...]:
    """Return what puts setpoints back to the value at which the device decides by itself."""
    value = device.number("release_value", 0.0)
    return tuple(
        set_number(entity_id, value, device.limits(entity_id))
        for key in ("power_number", "charge_number", "discharge_number")
        for entity_id in device.entities(key)
    )


def _setpoints(device: Device, power_kw: float) -> tuple[Action, ...]:
    charge_kw, discharge_kw = device.number("charge_kw", 0.0), device.number("discharge_kw", 0.0)
    full_kw = discharge_kw if power_kw > 0 else charge_kw
    if both := device.entity("power_number"):
        sign = -1.0 if device.data.get("number_positive") == "charge" else 1.0
        return (_write(device, both, sign * power_kw, full_kw),)
    charge, discharge = device.entity("charge_number"), device.entity("discharge_number")
    writes = []
    if charge:
        writes.append(_write(device, charge, max(0.0, -power_kw), charge_kw))
    if discharge:
        writes.append(_write(device, discharge, max(0.0, power_kw), discharge_kw))
    # The direction that ends comes first.
    return tuple(writes if power_kw > 0 else reversed(writes))


def _by_switch(device: Device, command: Command | None) -> tuple[Action, ...]:
    """Return the switches for a mode, those to turn off first.

    Without a switch that forces a direction, charging from the grid is only permitted to
    the device, not asked of it.
    """
    mode = Mode.SELF_CONSUME if command is None else command.mode
    keys = ("charge_switch", "discharge_switch", "force_charge_switch", "force_discharge_switch")
    writes = [
        switch(entity_id, on=on)
        for key, on in zip(keys, _SWITCHES[mode], strict=True)
        for entity_id in device.entities(key)
    ]
    return tuple(sorted(writes, key=lambda action: action.service == "turn_on"))
