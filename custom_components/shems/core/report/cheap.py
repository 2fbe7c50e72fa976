"""When electricity is cheap: a price beside those of the day that begins with it."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..horizon import DAY_S, Horizon
from ..units import Bools, Floats

USUAL_SHARE: Final = 0.25
"""Six hours of a day: what a dishwasher, a car or a tank can wait for."""
_BELOW_MEAN: Final = 0.05
"""Nobody waits for a price that is less than a twentieth below the day's mean."""


@dataclass(frozen=True)
class Standing:
    """Where the price of a step stands among those of the day ahead.

    Attributes:
        price, mean: of the step, and of the day ahead weighted with time, currency/kWh.
        cheaper: share of the day ahead in which electricity costs less.
    """

    price: float
    mean: float
    cheaper: float

    def is_cheap(self, share: float = USUAL_SHARE) -> bool:
        """Return whether less than a share of the day ahead is cheaper, and the mean dearer.

        What costs less than nothing is cheap on every day.
        """
        below = self.price <= self.mean - _BELOW_MEAN * abs(self.mean)
        return self.price < 0.0 or (below and self.cheaper < share)


@dataclass(frozen=True)
class Period:
    """A time without a break.

    Attributes:
        begin, end: epoch seconds.
        price: mean over it, currency/kWh.
    """

    begin: float
    end: float
    price: float


def standing(price: Floats, horizon: Horizon, now: float) -> Standing | None:
    """Return where the price of now stands, None outside the horizon.

    Args:
        price: (K,) currency/kWh.
        horizon: of K steps.
        now: epoch seconds.
    """
    step = horizon.index(now)
    if step is None:
        return None
    hours = _hours_ahead(horizon, now)
    return _standing(price, hours, step)


def cheap_periods(
    price: Floats, horizon: Horizon, now: float, share: float = USUAL_SHARE
) -> tuple[Period, ...]:
    """Return when electricity is cheap within a day from now, in order.

    Args:
        price: (K,) currency/kWh.
        horizon: of K steps.
        now: epoch seconds.
        share: of the day that may be cheaper.
    """
    hours = _hours_ahead(horizon, now)
    cheap = np.array(
        [
            bool(hours[step] > 0 and _standing(price, hours, step).is_cheap(share))
            for step in range(len(horizon))
        ]
    )
    return tuple(
        Period(
            max(float(horizon.start[first]), now),
            float(horizon.end[after - 1]),
            float(price[first:after] @ hours[first:after] / hours[first:after].sum()),
        )
        for first, after in stretches(cheap)
    )


def stretches(on: Bools) -> list[tuple[int, int]]:
    """Return the (first, after last) indices of every stretch that is on, (K,) flags."""
    edge = np.flatnonzero(np.diff(np.concatenate([[0], on.astype(np.int8), [0]])))
    return list(zip(edge[::2].tolist(), edge[1::2].tolist(), strict=True))


def _hours_ahead(horizon: Horizon, now: float) -> Floats:
    """Return how much of each step lies within a day from now, (K,) hours."""
    begin, end = np.maximum(horizon.start, now), np.minimum(horizon.end, now + DAY_S)
    hours: Floats = np.clip(end - begin, 0.0, None) / 3600.0
    return hours


def _standing(price: Floats, hours: Floats, step: int) -> Standing:
    whole = float(hours.sum())
    return Standing(
        float(price[step]),
        float(price @ hours) / whole,
        float(hours[price < price[step]].sum()) / whole,
    )
