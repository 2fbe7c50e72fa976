"""How far the month has come, by what the grid meter has shown."""

from typing import Final

import numpy as np

from ..horizon import DAY_S, FINE_S, HOUR_S, Horizon
from ..peak import PeakState, PeakTariff
from ..series import Series
from ..tariff import offsets_s

_MONTH_S: Final = 31.0 * DAY_S
_USUAL_DAYS: Final = 28


def reached(
    tariffs: tuple[PeakTariff, ...], grid: Series, usual_kw: float, now: float, zone: str
) -> tuple[PeakState, ...]:
    """Return how far the month has come for each tariff; what was not metered counts as nothing.

    Args:
        tariffs: capacity tariffs.
        grid: metered power, kW, + = import.
        usual_kw: what a month is bound to reach.
        now: epoch seconds.
        zone: IANA name of the zone whose calendar is billed by.
    """
    last = np.floor(now / FINE_S) * FINE_S
    edges = np.arange(last - _MONTH_S, last + 1.0, FINE_S)
    power = np.nan_to_num(grid.means(edges))
    horizon = Horizon(edges)
    return tuple(each.state(horizon, power, zone, usual_kw) for each in tariffs)


def usual_peak_kw(load: Series, solar: Series, now: float, zone: str) -> float:
    """Return the highest hourly import of a usual day without battery and devices, kW.

    A month is bound to reach as much: else its first plans would pay much for a peak that the
    next day exceeds anyway. Nothing where too little is known.
    """
    offset = float(offsets_s(np.array([now]), zone)[0])
    midnight = np.floor((now + offset) / DAY_S) * DAY_S - offset
    edges = midnight - _USUAL_DAYS * DAY_S + HOUR_S * np.arange(_USUAL_DAYS * 24 + 1.0)
    net = (load.means(edges) - np.nan_to_num(solar.means(edges))).reshape(_USUAL_DAYS, 24)
    known = net[np.isfinite(net).all(axis=1)]
    return max(float(np.median(known.max(axis=1))), 0.0) if len(known) else 0.0
