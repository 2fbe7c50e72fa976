"""What a tank loses to its room, from the quiet hours in which nothing is drawn or heated."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from ..assets.water import Water
from ..horizon import HOUR_S
from ..series import Series
from ..units import Floats
from .plugged import believable

_SPAN_H: Final = 4
"""In one hour a good tank cools by a tenth of a kelvin, which no thermometer in it resolves."""
_OFF: Final = 0.01
"""Share of the rated power below which nothing is heated."""
_WARM_K: Final = 10.0
"""Over the room, below which a loss is too small to be seen."""
_LEAST_DAYS: Final = 8
_MOST_KW_PER_K: Final = 0.02
"""Ten times a good tank's: so much leaves only where water is drawn or circulates."""
_DAY_H: Final = 24


def standing_losses(water: Water, temperature: Series, power: Series) -> tuple[float, ...]:
    """Return what the tank lost on each day in its quietest hours, kW/K, in order.

        loss = C · (T - T') / (span · (mean of T - ambient))

    Of all spans of four hours in which nothing heats, those that begin at the hour of the day
    after which the tank usually cools least: people sleep then. Nothing where there are too
    few of them, or where even then more leaves than a tank can lose.

    Args:
        water: the tank and what heats it.
        temperature: of the water, °C.
        power: of what heats it, kW.
    """
    if not len(temperature) or not len(power):
        return ()
    begin = np.ceil(max(temperature.start[0], power.start[0]) / HOUR_S) * HOUR_S
    end = min(temperature.end[-1], power.end[-1])
    edges = np.arange(begin, end + 1.0, HOUR_S, dtype=np.float64)
    if len(edges) <= _LEAST_DAYS * _DAY_H:
        return ()
    warm = temperature.means(edges)
    taken = believable(power, water.power_kw).means(edges)
    # A mean over an hour stands for its middle: all hours between two middles must be idle.
    idle = np.lib.stride_tricks.sliding_window_view(taken < _OFF * water.power_kw, _SPAN_H + 1)
    course = np.lib.stride_tricks.sliding_window_view(warm, _SPAN_H + 1)
    over = course.mean(axis=1) - water.tank.ambient_c
    known = idle.all(axis=1) & np.isfinite(over) & (over >= _WARM_K)
    fallen = course[:, 0] - course[:, -1]
    rate = np.full(len(course), np.nan)
    rate[known] = water.tank.kwh_per_k * fallen[known] / (_SPAN_H * over[known])
    by_hour = [rate[hour::_DAY_H] for hour in range(_DAY_H)]
    usual = [_middle(each) for each in by_hour]
    if not np.isfinite(usual).any():
        return ()
    quiet = by_hour[int(np.nanargmin(usual))]
    quiet = quiet[np.isfinite(quiet)]
    return tuple(quiet.tolist()) if 0.0 <= np.median(quiet) <= _MOST_KW_PER_K else ()


def foretold(losses: Sequence[float], told: float) -> tuple[list[float], list[float]]:
    """Return by how much the days before, and a form, missed each day's loss."""
    seen = np.array(losses)
    later = range(_LEAST_DAYS, len(seen))
    own = [abs(float(np.median(seen[:day])) - float(seen[day])) for day in later]
    return own, [abs(told - float(seen[day])) for day in later]


def _middle(rate: Floats) -> float:
    known = rate[np.isfinite(rate)]
    return float(np.median(known)) if len(known) >= _LEAST_DAYS else np.nan
