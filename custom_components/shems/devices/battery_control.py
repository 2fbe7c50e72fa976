"""How a battery is told what to do: by select, by number or by switches."""

from typing import Final

from ..core.dispatch.command import Command
from ..core.plan.result import Mode
from .action import Action, Order
from .device import Device
from .setpoint import NOMINAL_VOLTS, amount, select, set_number, switch

CONTROLS: Final = ("none", "select", "number", "switch")

_REST_KW: Final = 1e-3
"""A watt: less is no power."""

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
        case "number":
            return _by_number(device, command)
        case "switch":
            return _by_switch(device, command)
        case _:
            return ()


def _full_kw(device: Device) -> float:
    return max(device.number("charge_kw", 0.0), device.number("discharge_kw", 0.0))


def _write(device: Device, entity_id: str, power: float, full_kw: float) -> Action:
    limits = device.range_of(entity_id)
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
    mode = select(entity_id, option)
    number = device.entity("power_number")
    if number is None:
        return (mode,)
    full_kw = _full_kw(device)
    # The power comes before a mode that uses it, so that it never begins with an old one,
    # and is opened again only after such a mode has been left.
    if command is not None and forced:
        return (_write(device, number, abs(command.power_kw), full_kw), mode)
    return (mode, _write(device, number, full_kw, full_kw))


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
        set_number(entity_id, value, device.range_of(entity_id))
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
