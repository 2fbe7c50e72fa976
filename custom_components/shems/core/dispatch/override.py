"""Overrides: when a person, or the device, wants something else than the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ..assets.battery import Battery
from ..assets.kinds import Movable, MovableState
from ..assets.stay import VehicleState
from ..assets.vehicle import Vehicle
from ..horizon import DAY_S
from ..plan.result import Mode, Reason
from ..tariff import offsets_s
from .command import Command

_SHARE: Final = 0.1
"""Inverters keep a set power to about a tenth, more loosely near the ends of the charge."""
_LEAST_KW: Final = 0.1
_NEAR_END: Final = 0.02
"""Within two percent of full or empty a battery's own management decides."""

_SAME_TIME_S: Final = 300.0
"""Schedules of devices are kept to the minute, but many are only asked every few minutes."""
_OTHER_DAYS: Final = 2
_LATELY_S: Final = 14.0 * DAY_S


@dataclass(frozen=True)
class Override:
    """A device that somebody else decides on for a while.

    Attributes:
        since, until: epoch seconds.
        cause: `user`, `automation`, `device`, `power` or `action`.
        mode: in which it is meanwhile; None where it is left as it is.
    """

    since: float
    until: float
    cause: str
    mode: str | None = None

    @property
    def reason(self) -> Reason:
        """Why a device does what it does meanwhile."""
        return Reason("override", {"since": self.since, "until": self.until, "cause": self.cause})


def explained(
    device: Movable | None, state: MovableState | None, now: float, *, wanted: bool
) -> bool:
    """Return whether what a device is explains that it does not follow: nobody took it.

    A charger stops by itself once its car is full, and when it is unplugged. That it charges
    a full car nothing explains but somebody's wish.

    Args:
        device: its parameters, None where there is none to move.
        state: how it is, None where that is not known.
        now: epoch seconds.
        wanted: whether it is to run.
    """
    if not isinstance(device, Vehicle) or not isinstance(state, VehicleState):
        return False
    stay = next((each for each in state.stays if each.begin <= now), None)
    if stay is None:
        return True
    return wanted and state.energy_kwh >= stay.target_kwh - _NEAR_END * device.capacity_kwh


def habitual(before: Sequence[float], at: float, zone: str) -> bool:
    """Return whether a device strays at a time of day at which it did on other days.

    Nobody turns a knob to the minute on three days: that is the device's own schedule.

    Args:
        before: epoch seconds at which it strayed before.
        at: now.
        zone: IANA name of the home's zone.
    """
    times = np.array([*before, at])
    local = times + offsets_s(times, zone)
    day, second = np.floor(local / DAY_S), local % DAY_S
    apart = np.abs(second[:-1] - second[-1])
    near = np.minimum(apart, DAY_S - apart) <= _SAME_TIME_S
    lately = at - times[:-1] <= _LATELY_S
    return len(set(day[:-1][near & lately]) - {day[-1]}) >= _OTHER_DAYS


def deviates(
    command: Command,
    observed_power_kw: float | None,
    battery: Battery,
    energy_kwh: float | None,
    acknowledged_at: float,
    now: float,
    settle_s: float,
    rounding_kw: float,
) -> bool:
    """Return whether a battery does something else than commanded, without a cause of its own.

    Before it has settled, where it is not measured, and near full or empty, where its own
    management limits it, nothing can be said.

    Args:
        command: the last one the device acknowledged.
        observed_power_kw: + = discharge, None where unknown.
        battery: its limits.
        energy_kwh: stored, None where unknown.
        acknowledged_at: epoch seconds of the acknowledgement.
        now: epoch seconds.
        settle_s: how long the device takes to follow.
        rounding_kw: of its setpoint and meter together.
    """
    if observed_power_kw is None or energy_kwh is None or now - acknowledged_at <= settle_s:
        return False
    band = _NEAR_END * battery.capacity_kwh
    near_full = energy_kwh >= battery.max_kwh - band
    near_empty = energy_kwh <= max(battery.floor_kwh, battery.min_kwh) + band
    slack = max(_LEAST_KW, rounding_kw, _SHARE * abs(command.power_kw))
    if command.mode in (Mode.CHARGE, Mode.DISCHARGE):
        difference = observed_power_kw - command.power_kw
        if difference > slack:
            return not near_full or observed_power_kw > slack
        if difference < -slack:
            return not near_empty or observed_power_kw < -slack
        return False
    forbids_discharge = command.mode in (Mode.HOLD, Mode.ABSORB)
    forbids_charge = command.mode in (Mode.HOLD, Mode.COVER)
    return (forbids_discharge and observed_power_kw > slack) or (
        forbids_charge and observed_power_kw < -slack
    )
