"""Hot water that was drawn, from what heated the tank and how warm it was."""

from typing import Final

import numpy as np

from ..assets.water import Water
from ..horizon import HOUR_S
from ..series import Series
from ..units import Floats
from .plugged import believable

_NOISE_KWH: Final = 0.3
"""Thermometers in tanks resolve half a kelvin and stand at one height: so much of what seems
to come back was never drawn, and is taken off the next draw."""
_LOST: Final = 0.5
"""Where more than this share of the draws comes back unheated, meter and thermometer do not
tell of the same tank, or one of them in another unit."""
_LEAST_H: Final = 24
_BELIEVABLE_C: Final = (0.0, 100.0)
_MILD_C: Final = 7.0
"""Where the outdoor temperature is not known, that at which a heat pump is rated."""


def drawn_of(water: Water, temperature: Series, power: Series, outdoor: Series) -> Series:
    """Return the heat that was drawn, kW from the middle of each hour to that of the next.

        drawn = COP·P - loss·(T - ambient) - C·dT/dt

    by hourly means. A draw is counted once the sum of all that has left exceeds what it was
    at most before: noise goes up and down. Nothing where the balance makes no sense.

    Args:
        water: the tank and what heats it.
        temperature: of the water, °C.
        power: of what heats it, kW.
        outdoor: °C; may know nothing.
    """
    none = Series.empty()
    if not len(temperature) or not len(power):
        return none
    begin = np.ceil(max(temperature.start[0], power.start[0]) / HOUR_S) * HOUR_S
    end = min(temperature.end[-1], power.end[-1])
    edges = np.arange(begin, end + 1.0, HOUR_S, dtype=np.float64)
    if len(edges) < _LEAST_H:
        return none
    warm = temperature.means(edges)
    warm[(warm < _BELIEVABLE_C[0]) | (warm > _BELIEVABLE_C[1])] = np.nan
    outside = outdoor.means(edges)
    performance = water.heat_along(np.where(np.isfinite(outside), outside, _MILD_C))
    heat = performance * believable(power, water.power_kw).means(edges)
    tank = water.tank
    given = (heat[1:] + heat[:-1]) / 2
    kept = tank.loss_kw_per_k * ((warm[1:] + warm[:-1]) / 2 - tank.ambient_c)
    left, back = _one_way(given - kept - tank.kwh_per_k * np.diff(warm))
    middle = (edges[:-1] + edges[1:]) / 2
    if back > _LOST * np.nansum(left):
        return none
    return Series(middle[:-1], middle[1:], left)


def _one_way(balance: Floats) -> tuple[Floats, float]:
    """Return what has left in each hour, kWh, and what came back in all, beyond the noise."""
    left = np.full(len(balance), np.nan)
    owed = back = 0.0
    for hour, amount in enumerate(balance.tolist()):
        if not np.isfinite(amount):
            owed = 0.0
            continue
        owed += amount
        left[hour] = max(owed, 0.0)
        owed = min(owed, 0.0)
        if owed < -_NOISE_KWH:
            back -= owed + _NOISE_KWH
            owed = -_NOISE_KWH
    return left, back
