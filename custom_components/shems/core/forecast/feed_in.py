"""What selling follows where it has prices of its own: the published, then the usual distance."""

from typing import Final

import numpy as np

from ..horizon import DAY_S, HOUR_S, Horizon
from ..series import Series
from ..units import Bools, Floats
from .days import Days

_REACH_S: Final = 14.0 * DAY_S
"""Two weeks hold ten working days and four of a weekend, and one export tariff."""


def feed_in_outlook(
    feed_in: Series,
    market: Series,
    expected: Floats,
    horizon: Horizon,
    zone: str,
    known_until: float | None = None,
) -> Floats | None:
    """Return what selling follows, (K,) currency/kWh; None where that is the market.

    An export tariff is made from the market, and the distance between them changes far less
    than either does:

        f(t) = published(t), else m(t) + usual(h)
        usual(h) = mean of f - m at local hour h over the last two weeks known

    Hours that were never seen get the mean of those seen. Where the market was never known
    beside it, the mean of what selling followed stands; where that was never known, the
    market does.

    Args:
        feed_in: what selling follows, published.
        market: what buying follows, published.
        expected: (K,) the market as it is expected, finite.
        horizon: the steps to tell of.
        zone: IANA name; days repeat on its clock.
        known_until: end of the published prices, where the series go further.
    """
    if not len(feed_in):
        return None
    value = feed_in.on(horizon)
    known = np.isfinite(value)
    seen = np.isfinite(feed_in.value)
    if known_until is not None:
        known &= horizon.end <= known_until + 1e-6
        seen &= feed_in.end <= known_until + 1e-6
    if known.all() or not seen.any():
        return np.where(known, value, expected)
    seen &= feed_in.end > feed_in.end[seen].max() - _REACH_S
    guess = _guess(feed_in, market, seen, expected, Days(zone, HOUR_S), horizon)
    return np.where(known, value, guess)


def _guess(
    feed_in: Series, market: Series, seen: Bools, expected: Floats, days: Days, horizon: Horizon
) -> Floats:
    distance = feed_in.value - market.between(feed_in.start, feed_in.end)
    both = seen & np.isfinite(distance)
    if not both.any():
        return np.full(len(horizon), feed_in.value[seen].mean())
    hour = _hour(days, (feed_in.start[both] + feed_in.end[both]) / 2)
    width = feed_in.end[both] - feed_in.start[both]
    total = np.bincount(hour, distance[both] * width, days.slots)
    time = np.bincount(hour, width, days.slots)
    mean = float(total.sum() / time.sum())
    usual = np.where(time > 0, total / np.where(time > 0, time, 1.0), mean)
    guess: Floats = expected + usual[_hour(days, (horizon.start + horizon.end) / 2)]
    return guess


def _hour(days: Days, at: Floats) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    return np.floor(days.position(at)).astype(np.intp) % days.slots
