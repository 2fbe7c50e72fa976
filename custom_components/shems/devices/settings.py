"""Settings of a device: what its user chose beside its form."""

from dataclasses import dataclass
from typing import Final

from ..core.assets.appliance import RunRequest
from ..core.assets.asked import Demand
from ..core.assets.goal import Goal

MODE_AUTO: Final = "auto"
MODE_PAUSED: Final = "paused"


@dataclass(frozen=True)
class Departure:
    """When a car leaves next, and how full it is wanted then.

    Attributes:
        at: epoch seconds.
        target: fraction; None for as full as always.
    """

    at: float
    target: float | None = None


@dataclass(frozen=True)
class Booking:
    """A time in which a device is to run, or not to, whatever the plan would do.

    Attributes:
        begin, end: epoch seconds.
        on: whether it is to run.
    """

    begin: float
    end: float
    on: bool = True

    def is_due(self, now: float) -> bool:
        """Return whether the device is to run now."""
        return self.on and self.begin <= now < self.end


@dataclass(frozen=True)
class DeviceSettings:
    """What the user chose for one device; None where the device's form decides.

    Attributes:
        armed: SHEMS may write to it.
        mode: `auto`, `paused` or one of the kind's own modes.
        reserve, target: fractions.
        ready_min: local time by which a car is wanted, minutes after midnight.
        departure: of a car, once.
        daily_kwh: what is to be taken each day.
        runs: of a programme, asked for and not yet begun.
        goals, demands: asked of a battery; those that are over mean nothing.
        bookings: when it is to run, or not to.
    """

    armed: bool = False
    mode: str = MODE_AUTO
    reserve: float | None = None
    target: float | None = None
    ready_min: int | None = None
    departure: Departure | None = None
    daily_kwh: float | None = None
    runs: tuple[RunRequest, ...] = ()
    goals: tuple[Goal, ...] = ()
    demands: tuple[Demand, ...] = ()
    bookings: tuple[Booking, ...] = ()
