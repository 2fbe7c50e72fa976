"""A car that is charged at home: when it stands there, and when it is charged."""

from typing import Final

import numpy as np

from ...units import Floats
from .diary import HOURS, Clock
from .question import Car

_DAYS: Final = 7
"""Days whose mean at each hour is the surplus that is expected."""


def stays(car: Car, clock: Clock) -> list[tuple[int, int, float]]:
    """Return the hours between trips, from and to as places in the clock, and what is charged.

    What a trip has used is charged before the next one begins; hours in which the car comes
    or leaves do not count.
    """
    first, last = int(clock.day[0]), int(clock.day[-1])
    hours = (clock.day - first) * HOURS + clock.slot
    trips = sorted(
        (HOURS * (day - first) + trip.leave_h, HOURS * (day - first) + trip.back_h, trip.energy_kwh)
        for day in range(first, last + 1)
        for trip in car.week
        if (day + 3) % _DAYS == trip.weekday  # 1 January 1970 was a Thursday.
    )
    leaves = [leave for leave, _, _ in trips[1:]] + [float(hours[-1]) + 1.0]
    found = []
    for (_, back, energy), leave in zip(trips, leaves, strict=True):
        begin, end = np.searchsorted(hours, [np.ceil(back), np.floor(leave)]).tolist()
        if end > begin and energy > 0:
            found.append((begin, end, energy))
    return found


def charging(
    car: Car, clock: Clock, surplus_kw: Floats, prices: tuple[Floats, Floats], *, planned: bool
) -> Floats:
    """Return what the car takes, (N, T) kW.

    Where nobody plans it charges from the moment it comes. Else in the hours in which a kWh
    is expected to cost least: published prices, and the sun left over as in the mean of the
    last seven days.

    Args:
        car: when it is away, and its charger.
        clock: the T hours.
        surplus_kw: (N, T) of the home without the car.
        prices: buying and selling, (N, T) each.
        planned: whether SHEMS plans.
    """
    power = np.zeros(surplus_kw.shape)
    own = np.minimum(expected(surplus_kw), car.power_kw) / car.power_kw
    price = own * prices[1] + (1.0 - own) * prices[0]
    price = np.nan_to_num(price, nan=float(np.nanmean(price)))
    for begin, end, energy in stays(car, clock):
        wanted = np.broadcast_to(
            np.arange(end - begin, dtype=np.float64), (len(power), end - begin)
        )
        if planned:
            wanted = np.argsort(np.argsort(price[:, begin:end], axis=1), axis=1).astype(np.float64)
        power[:, begin:end] += car.power_kw * np.clip(energy / car.power_kw - wanted, 0.0, 1.0)
    return power


def expected(surplus_kw: Floats) -> Floats:
    """Return the mean of the same hour of the seven days before, of fewer at the beginning.

    Args:
        surplus_kw: (N, T) by the hour; what is unknown counts as none.
    """
    known = np.nan_to_num(surplus_kw)
    total, count = np.zeros(known.shape), np.zeros(known.shape[1])
    for back in range(HOURS, _DAYS * HOURS + 1, HOURS):
        total[:, back:] += known[:, :-back]
        count[back:] += 1.0
    mean: Floats = total / np.maximum(count, 1.0)
    return mean
