"""A day-ahead market: the price of each quarter of an hour."""

from datetime import datetime, timedelta
from datetime import time as clock_time
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from ..horizon import DAY_S, HOUR_S, QUARTER_S
from ..units import Floats
from .chance import normal, smooth
from .days import Clock

_PUBLISHED: Final = clock_time(13, 15)
"""Tomorrow's prices are known from 13:15."""


def market(seed: int, times: Floats, zone: str) -> Floats:
    """Return the day-ahead price at the moments, (N,) currency/kWh.

    Dear in the morning and evening, cheap at night, pressed below zero where much sun and
    wind meet a free day.
    """
    slot = np.floor(times / QUARTER_S)
    begin = slot * QUARTER_S
    clock = Clock.at(begin, zone)
    hour = clock.hour
    summer = -np.cos(2.0 * np.pi * np.mod(begin / DAY_S / 365.2425 - 0.055, 1.0))
    free = np.where(clock.weekend, 1.0, 0.0)

    level = 0.093 - 0.016 * summer - 0.014 * free
    morning = (0.034 - 0.018 * free) * np.exp(-(((hour - 8.0) / 1.6) ** 2))
    evening = 0.056 * np.exp(-(((hour - 19.3 - 0.6 * summer) / 2.1) ** 2))
    night = -0.024 * np.exp(-(((hour - 3.3) / 2.6) ** 2))
    sunshine = 0.5 + 0.5 * np.tanh(0.9 * smooth(seed, "market/sun", begin, 1.1 * DAY_S) + 0.35)
    solar = (
        -(0.072 + 0.048 * summer + 0.03 * free)
        * sunshine
        * np.exp(-(((hour - 13.3) / (2.5 + 0.6 * summer)) ** 2))
    )
    wind = -0.026 * smooth(seed, "market/wind", begin, 30 * HOUR_S)
    noise = 0.004 * normal(seed, "market/noise", slot.astype(np.int64))
    ramp = 0.006 * (np.mod(slot, 4) - 1.5) * np.where(hour < 13.3, -1, 1) * sunshine
    inside = np.exp(-(((hour - 13.3) / 5.5) ** 2))
    raw = level + morning + evening + night + solar + wind + noise + ramp * inside
    # Producers give way below zero, so that prices fall more slowly there.
    settled: Floats = np.where(raw < 0, 0.4 * raw, raw)
    return np.round(settled, 5)


def published_until(time: float, zone: str) -> float:
    """Return the end of the last local day whose prices are known at a time."""
    moment = datetime.fromtimestamp(time, ZoneInfo(zone))
    days = 2 if moment.time() >= _PUBLISHED else 1
    return datetime.combine(
        moment.date() + timedelta(days=days), clock_time(), ZoneInfo(zone)
    ).timestamp()
