"""What the grid emits: its usual day, drawn towards what it emits now."""

from typing import Final

import numpy as np

from ..horizon import DAY_S, HOUR_S, Horizon
from ..series import Series
from ..units import Bools, Floats
from .days import Days

_REACH_DAYS: Final = 14
"""Two weeks hold ten working days and four of a weekend, and still one season."""
_RELAXES_S: Final = float(DAY_S)
"""What departs from the usual day is mostly the wind's doing, and weather that brings or takes
wind passes within about a day: after that long a third of the departure is left."""
_HELD_S: Final = 3.0 * HOUR_S
"""Providers renew the value every hour and some are late; an older one tells of another sky."""


def carbon_outlook(
    carbon: Series, horizon: Horizon, now: float, zone: str, given: Series | None = None
) -> Floats | None:
    """Return what the grid is expected to emit, (K,) g/kWh; None where nothing is known.

    A service's forecast holds as far as it reaches. Elsewhere

        usual(h) = mean of the last two weeks at local hour h
        g(t) = usual(t) · (1 + (current / usual(now) - 1) · exp(-(t - now) / 24 h))

    Hours that were never seen get the mean of those seen. Where the usual is nothing, as
    where it was measured for the first time, what is emitted now stands.

    Args:
        carbon: g/kWh, measured; nothing that begins after `now` is used.
        horizon: the steps to tell of.
        now: epoch seconds.
        zone: IANA name; days repeat on its clock.
        given: a service's forecast, g/kWh; without measured values its days repeat.
    """
    days = Days(zone, HOUR_S)
    expected = _from_past(carbon, horizon, now, days)
    if given is None or not np.isfinite(given.value).any():
        return expected
    if expected is None:
        usual = _usual(given, np.isfinite(given.value), days)
        expected = usual[_hour(days, (horizon.start + horizon.end) / 2)]
    promised = given.on(horizon)
    told: Floats = np.where(np.isfinite(promised), promised, expected)
    return told


def _from_past(carbon: Series, horizon: Horizon, now: float, days: Days) -> Floats | None:
    """Return the usual day drawn towards what is emitted now, (K,); None where none is known."""
    seen = np.isfinite(carbon.value) & (carbon.start <= now)
    recent = seen & (carbon.end > now - _REACH_DAYS * DAY_S)
    if not recent.any():
        return None
    over = recent & (carbon.end <= now)
    usual = _usual(carbon, over if over.any() else recent, days)
    last = int(np.flatnonzero(recent)[-1])
    steps = (horizon.start + horizon.end) / 2
    expected: Floats = usual[_hour(days, steps)]
    if now - carbon.end[last] > _HELD_S:
        return expected
    current = float(carbon.value[last])
    at_now = float(usual[_hour(days, np.array([now]))[0]])
    if at_now <= 0:
        return np.full(len(horizon), current)
    left = np.exp(-np.maximum(steps - now, 0.0) / _RELAXES_S)
    drawn: Floats = expected * (1 + (current / at_now - 1) * left)
    return drawn


def _hour(days: Days, at: Floats) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    return (np.floor(days.position(at)).astype(np.intp)) % days.slots


def _usual(carbon: Series, recent: Bools, days: Days) -> Floats:
    """Return the mean of each local hour, (24,)."""
    hour = _hour(days, (carbon.start[recent] + carbon.end[recent]) / 2)
    width = carbon.end[recent] - carbon.start[recent]
    total = np.bincount(hour, carbon.value[recent] * width, days.slots)
    time = np.bincount(hour, width, days.slots)
    mean: Floats = np.where(
        time > 0, total / np.where(time > 0, time, 1.0), total.sum() / sum(time)
    )
    return mean
