"""Hot water: what the household draws, from what it has drawn."""

from typing import Final

import numpy as np

from ..horizon import DAY_S, HOUR_S, QUARTER_S, Horizon
from ..series import Series
from ..units import Floats
from .beliefs import Outlook
from .days import Days
from .history import Habits
from .levels import LEVELS
from .seasonal import PATHS, Seasonal, learn_seasonal, seasonal_outlook

_TAPS: Final = (
    *((hour, 0.105) for hour in (7.0, 7.5, 8.0, 8.25, 8.5, 8.75, 9.0, 9.5, 10.5, 11.5, 11.75)),
    *((hour, 0.105) for hour in (14.5, 15.5, 16.5, 18.0, 18.25, 18.5, 19.0, 21.25)),
    *((7.25, 1.4), (12.75, 0.315), (20.5, 0.735), (21.5, 1.4)),
)
"""Local hour and kWh of the tapping profile M of Commission Regulation (EU) 814/2013, to the
quarter: 5.845 kWh of heat on a day of a household of about three."""
_EARLIER_H: Final = 1.5
"""How much earlier or later than the profile a household may live."""


def learn_water(
    model: Seasonal | None, drawn: Series, zone: str, now: float, habits: Habits
) -> Seasonal | None:
    """Return what was learned of the draws before today; the same until the day is over.

    None where fewer than three days are known.

    Args:
        model: what was learned before.
        drawn: kW of heat taken out of the store.
        zone: the home's.
        now: epoch seconds.
        habits: holidays and absences.
    """
    return learn_seasonal(model, drawn, Days(zone, _step(drawn)), now, habits)


def _step(drawn: Series) -> float:
    """Return the slots to learn in: quarters where they are known, else hours."""
    width = float(np.median(drawn.end - drawn.start)) if len(drawn) else HOUR_S
    return QUARTER_S if width <= QUARTER_S + 1 else HOUR_S


def water_outlook(model: Seasonal | None, horizon: Horizon, zone: str) -> Outlook:
    """Return the draws to expect, kW; those of a standard household where none are known."""
    if model is not None:
        return seasonal_outlook(model, horizon)
    days = Days(zone, QUARTER_S)
    taps = np.zeros(days.slots)
    for hour, energy in _TAPS:
        taps[round(4 * hour)] += 4 * energy
    shifts = np.round(np.linspace(-4 * _EARLIER_H, 4 * _EARLIER_H, PATHS)).astype(np.intp)
    moved = np.stack([np.roll(taps, shift) for shift in shifts], axis=1)
    count = 1 + int(np.ceil((horizon.edges[-1] - horizon.edges[0]) / DAY_S))
    flat: Floats = np.tile(moved, (count, 1))
    paths = days.on(flat, days.day(float(horizon.edges[0])), horizon).T
    return Outlook(paths.mean(axis=0), np.quantile(paths, LEVELS, axis=0), paths, "standard")
