"""Hot water: what the household seldom draws more than, from what it has drawn."""

from typing import Final

import numpy as np

from ..assets.draws import Draw
from ..horizon import DAY_S, HOUR_S
from ..tariff import local_clock
from ..units import Floats

LEARNED_DAYS: Final = 14
LEAST_DAYS: Final = 7
SELDOM: Final = 0.8
"""Four days of five draw no more in an hour: the mean of days with and without a shower would
be too little on each with one, and water kept warm for nothing loses little."""
_AHEAD_H: Final = 96
"""Hours told: further than any plan looks."""


def usual_day(past: Floats) -> tuple[float, ...]:
    """Return the kWh that each local hour seldom exceeds, 24, from days (D, 24).

    By hours and over two weeks, whatever the day of the week: on seeded homes this missed a
    sixth less than quantiles that know weekdays and the hours beside.
    """
    unknown = ~np.isfinite(past).any(axis=0)
    filled = np.where(unknown, 0.0, past)
    return tuple(np.nanquantile(filled, SELDOM, axis=0).tolist())


def draws_of(
    by_hour: tuple[float, ...], now: float, zone: str, away: tuple[tuple[float, float], ...]
) -> tuple[Draw, ...]:
    """Return what is expected to be drawn in the next days; nothing while nobody is at home.

    Args:
        by_hour: kWh in each local hour of a usual day, 24.
        now: epoch seconds.
        zone: the home's.
        away: (from, to) in epoch seconds.
    """
    begin = np.floor(now / HOUR_S) * HOUR_S + HOUR_S * np.arange(_AHEAD_H, dtype=np.float64)
    minute, _ = local_clock(begin, zone)
    expected = tuple(
        Draw(at, at + HOUR_S, by_hour[int(clock // 60)])
        for at, clock in zip(begin.tolist(), minute.tolist(), strict=True)
        if not any(since <= at + HOUR_S / 2 < until for since, until in away)
    )
    # No draws at all would mean that nothing is known of them.
    return expected or (Draw(now, now + DAY_S, 0.0),)
