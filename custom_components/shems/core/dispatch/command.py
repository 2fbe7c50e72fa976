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
