"""Cars of many homes: when they charge, with how much, and how long they stay."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ...units import Floats
from .habits import Habits, Ways
from .pulses import Ints, Pulses
from .routines import Days

_WEEKEND_H: Final = 1.5
"""Standard deviation of what free days add to the hour at which charging begins."""
_LEAVE_SD_H: Final = 0.9
_IDLE_SHARE: Final = 0.35
"""Of mornings after which the car stays where it is until the next one."""
_LEAST_KWH: Final = 0.3
_MOST_KWH: Final = 75.0
"""A charge is no more than what the batteries of today's cars hold."""


@dataclass(frozen=True)
class Sessions:
    """Charges, (M,) each.

    Attributes:
        home: index of the home.
        begin, leave: hours since the window began.
        energy_kwh: taken from the grid in between.
        kw: the power it is taken with.
    """

    home: Ints
    begin: Floats
    leave: Floats
    energy_kwh: Floats
    kw: Floats

    @property
    def pulses(self) -> Pulses:
        """The power of charges that begin as soon as the car may."""
        return Pulses(self.home, self.begin, self.energy_kwh / self.kw, self.kw)


def charge(rng: np.random.Generator, habits: Habits, ways: Ways, days: Days) -> Sessions:
    """Return the charges of cars, one a day at most.

    Where a charge does not fit between its begin and the car's leaving, the car leaves later:
    what a home shows of its charges is their energy, whatever the reason.
    """
    count, length = days.home.shape
    wanted = rng.random((count, length)) < habits.sessions[:, np.newaxis]
    home, day = np.nonzero(wanted & days.home)
    hour = habits.charging_h[home] + ways.car_spread_h[home] * rng.standard_normal(len(home))
    hour += np.where(days.free[home, day], _WEEKEND_H * rng.standard_normal(len(home)), 0.0)
    begin = day * 24.0 + hour
    shape = 1.0 / ways.car_unsteady[home] ** 2
    energy = habits.session_kwh[home] * rng.standard_gamma(shape) / shape
    energy = np.clip(energy, _LEAST_KWH, _MOST_KWH)
    kw = habits.car_kw[home]
    morning = np.ceil(begin / 24.0 - 0.35) * 24.0 + ways.leave_h[home]
    morning += _LEAVE_SD_H * rng.standard_normal(len(home))
    morning += np.where(rng.random(len(home)) < _IDLE_SHARE, 9.0 * rng.random(len(home)), 0.0)
    leave = np.maximum(morning, begin + energy / kw)
    return Sessions(home, begin, leave, energy, kw)
