"""When to start something that runs through once begun."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..horizon import HOUR_S, QUARTER_S, Horizon
from ..units import Floats

_SAVES: Final = 0.005
"""Money below half a hundredth of the currency is none: then at once is as good."""


@dataclass(frozen=True)
class Start:
    """When something costs least.

    Attributes:
        begin: epoch seconds.
        cost: begun then, currency.
        cost_now: begun at once.
    """

    begin: float
    cost: float
    cost_now: float

    @property
    def saves(self) -> float:
        """What waiting brings, currency."""
        return max(self.cost_now - self.cost, 0.0)


def best_start(
    price: Floats,
    horizon: Horizon,
    profile_kw: Floats,
    profile_step_s: float,
    earliest: float,
    deadline: float,
) -> Start | None:
    """Return from when on a programme costs least; None where the horizon does not hold it.

    It is tried at once and on every quarter after that; the first of what costs alike is
    taken.

    Args:
        price: (K,) of another kWh, currency/kWh.
        horizon: of K steps.
        profile_kw: (N,) power of the programme.
        profile_step_s: width of its steps, s.
        earliest, deadline: between which it is to run, epoch seconds.
    """
    length = len(profile_kw) * profile_step_s
    last = min(deadline, float(horizon.edges[-1])) - length
    if earliest < horizon.edges[0] or last < earliest:
        return None
    quarters = np.arange(np.floor(earliest / QUARTER_S) + 1, last // QUARTER_S + 1) * QUARTER_S
    begins = np.concatenate([[earliest], quarters])
    # What each kWh bought since the horizon began has cost, at the edges: integrals of the price.
    paid = np.concatenate([[0.0], np.cumsum(price * horizon.hours)])
    edges = begins[:, None] + profile_step_s * np.arange(len(profile_kw) + 1)
    each = np.diff(np.interp(edges, horizon.edges, paid), axis=1) * HOUR_S / profile_step_s
    cost = each @ (profile_kw * profile_step_s / HOUR_S)
    best = int(np.argmin(np.where(cost < cost.min() + _SAVES, 0.0, 1.0)))
    return Start(float(begins[best]), float(cost[best]), float(cost[0]))
