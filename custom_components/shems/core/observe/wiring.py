"""How the load is spread over the phases, from their currents."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from ..assets.home import Home
from ..assets.phases import phase_kw
from ..units import PHASE_V, Floats
from .readings import Readings

_MEMORY_H: Final = 168.0
"""A household repeats itself by the week."""
_LEAST_H: Final = 24.0
"""A day shows what runs on each phase."""
_GAP_H: Final = 0.1
"""What was not looked at for longer is not counted."""
_SKEW_KW: Final = 0.3
_SKEW_SHARE: Final = 0.15
"""Currents and the meter disagree by as much: by reactive power, and by when they report. More
means currents without a sign while a phase exports, which tell nothing."""


@dataclass(frozen=True)
class PhaseLoads:
    """What each phase of a home has taken, recent hours counting most.

    Attributes:
        kwh: of each phase.
        hours: that it was looked at.
        at: epoch seconds of the last look.
    """

    kwh: tuple[float, ...] = ()
    hours: float = 0.0
    at: float = 0.0

    @property
    def share(self) -> tuple[float, ...]:
        """The share of each phase; none before a day was seen."""
        total = sum(self.kwh)
        if self.hours < _LEAST_H or total <= 0:
            return ()
        return tuple(each / total for each in self.kwh)


def look_at_phases(loads: PhaseLoads, home: Home, readings: Readings) -> PhaseLoads:
    """Return the loads with what the currents show now.

    What batteries, devices and the sun have on each phase is taken off, so that the rest is
    the load that cannot be moved. Where anything is unknown, nothing is noted.

    Args:
        loads: so far.
        home: what exists, and on which phase.
        readings: the meters now.
    """
    own = _own_kw(home, readings)
    if own is None:
        return loads
    hours = (readings.now - loads.at) / 3600.0
    kept = loads.kwh if len(loads.kwh) == len(own) else (0.0,) * len(own)
    if not 0 < hours <= _GAP_H:
        return PhaseLoads(kept, loads.hours, readings.now)
    faded = math.exp(-hours / _MEMORY_H)
    return PhaseLoads(
        tuple(faded * before + hours * now for before, now in zip(kept, own.tolist(), strict=True)),
        faded * loads.hours + hours,
        readings.now,
    )


def _own_kw(home: Home, readings: Readings) -> Floats | None:
    """Return the load of each phase that cannot be moved, (P,), None where it is unknown."""
    amps = [each.usable for each in readings.phases_a]
    taken = {key: each.usable for key, each in readings.devices.items()} | {
        key: None if (power := each.power_kw.usable) is None else -power
        for key, each in readings.batteries.items()
    }
    grid, sun = readings.grid_kw.usable, readings.solar_kw.usable
    known = {key: np.array([power]) for key, power in taken.items() if power is not None}
    phases = np.array([each for each in amps if each is not None]) * PHASE_V / 1000
    whole = len(phases) == len(amps) == home.connection.phases and len(known) == len(taken)
    if grid is None or sun is None or not whole:
        return None
    if abs(float(phases.sum()) - grid) > max(_SKEW_KW, _SKEW_SHARE * abs(grid)):
        return None
    nothing = np.zeros(1)
    alike = np.array([float(sum(known.values(), nothing)[0]) - sun])
    others = phase_kw(home, alike, nothing, np.array([sun]), known)[:, 0]
    own: Floats = np.maximum(phases - others, 0.0)
    return own
