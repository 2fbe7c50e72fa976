"""Commands: what a device is to do now, as a mode with a power."""

from dataclasses import dataclass
from typing import Final

from ..plan.result import Mode, Reason

HELD_H: Final = 1 / 60
"""A power is held for about a minute at most until the meter speaks again."""


@dataclass(frozen=True)
class Command:
    """An instruction to one battery.

    Attributes:
        device_id: the battery's identity.
        mode: what it may do while the meter moves.
        power_kw: AC power for the meter as it is now, + = discharge.
        reason: why.
    """

    device_id: str
    mode: Mode
    power_kw: float
    reason: Reason


@dataclass(frozen=True)
class DeviceCommand:
    """An instruction to one device that can be moved.

    Attributes:
        device_id: the device's identity.
        on: whether it is to run.
        power_kw: what it is to take now, + = consumption; what a thermostat or a switch
            cannot set is only what is expected.
        setpoint_c: what its thermostat is to keep; None where it has none.
        reason: why.
        waits: whether a programme that it has begun is to wait.
    """

    device_id: str
    on: bool
    power_kw: float
    setpoint_c: float | None
    reason: Reason
    waits: bool = False
