"""Energy by hours of the clock, as charts ask for it."""

import numpy as np

from ..horizon import HOUR_S, Horizon
from ..units import Floats


def hourly_kwh(power_kw: Floats, horizon: Horizon) -> dict[float, float]:
    """Return the energy of each hour by its beginning in epoch seconds, kWh.

    An hour of which the horizon holds only a part is taken to go on like that part: a bar of
    the running hour would else shrink until it is over. Horizons end with an hour.

    Args:
        power_kw: (K,) mean power of each step.
        horizon: of K steps.
    """
    found: dict[float, float] = {}
    begin = float(horizon.edges[0]) // HOUR_S * HOUR_S
    for start in np.arange(begin, float(horizon.edges[-1]), HOUR_S).tolist():
        inside = np.minimum(horizon.end, start + HOUR_S) - np.maximum(horizon.start, start)
        seconds = np.clip(inside, 0.0, None)
        found[start] = float(power_kw @ seconds) / float(seconds.sum())
    return found
