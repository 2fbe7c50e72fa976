"""What is expected of a car becomes stays that a plan can count on, with caution."""

from typing import Final

import numpy as np

from ..assets.stay import Stay
from ..assets.vehicle import Vehicle
from ..horizon import QUARTER_S
from ..units import Floats
from .levels import LEVELS, MEDIAN
from .vehicle import VehicleOutlook

_EARLY: Final = 0.2
"""Four departures of five are later: to be ready an hour too soon costs cents, to be late a
trip."""
_ENOUGH: Final = 0.75
"""Three stays of four charge no more."""
_PROBABLE: Final = 0.5
"""A car that is away is planned for where it is likelier to come today than not."""


def expected_stays(
    vehicle: Vehicle,
    outlook: VehicleOutlook,
    now: float,
    energy_kwh: float,
    *,
    since: float | None = None,
    charged_kwh: float = 0.0,
) -> tuple[Stay, ...]:
    """Return the stay that is on, or the next probable one, where nobody told when it ends.

    Args:
        vehicle: whose limit no target exceeds.
        outlook: what is expected, AC energy.
        now: epoch seconds.
        energy_kwh: stored now.
        since: when it was plugged in, None where it is away.
        charged_kwh: AC energy since then.
    """
    early = _level(outlook.departure, _EARLY)
    needed = _level(outlook.energy_kwh, _ENOUGH) * vehicle.charge_efficiency
    if since is not None:
        left = max(needed - charged_kwh * vehicle.charge_efficiency, 0.0)
        target = max(min(energy_kwh + left, vehicle.limit_kwh), 0.0)
        # What is still there stays a quarter at least: its departure is not in the past.
        return (Stay(since, max(early, now + QUARTER_S), target),)
    if outlook.chance <= _PROBABLE:
        return ()
    begin = max(float(outlook.arrival[MEDIAN]), now)
    end = max(early, begin + QUARTER_S)
    target = vehicle.limit_kwh
    return (Stay(begin, end, target, max(target - needed, 0.0)),)


def _level(quantiles: Floats, level: float) -> float:
    return float(np.interp(level, LEVELS, quantiles))
