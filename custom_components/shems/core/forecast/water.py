"""Hot water: what the household draws, from what it has drawn."""

from typing import Final

import numpy as np

from ..assets.draws import TAPS, Draw
from ..horizon import DAY_S, HOUR_S, QUARTER_S, Horizon
from ..series import Series
from ..units import Floats
from .beliefs import Outlook
from .days import Days
from .history import Habits
from .levels import LEVELS
from .seasonal import PATHS, Seasonal, learn_seasonal, seasonal_outlook

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
    for hour, energy in TAPS:
        taps[round(4 * hour)] += 4 * energy
    shifts = np.round(np.linspace(-4 * _EARLIER_H, 4 * _EARLIER_H, PATHS)).astype(np.intp)
    moved = np.stack([np.roll(taps, shift) for shift in shifts], axis=1)
    count = 1 + int(np.ceil((horizon.edges[-1] - horizon.edges[0]) / DAY_S))
    flat: Floats = np.tile(moved, (count, 1))
    paths = days.on(flat, days.day(float(horizon.edges[0])), horizon).T
    return Outlook(paths.mean(axis=0), np.quantile(paths, LEVELS, axis=0), paths, "standard")


def draws_of(outlook: Outlook, horizon: Horizon) -> tuple[Draw, ...]:
    """Return what an outlook expects as the draws that a plan's tank meets."""
    energy = outlook.mean * horizon.hours
    return tuple(
        Draw(begin, end, each)
        for begin, end, each in zip(
            horizon.start.tolist(), horizon.end.tolist(), energy.tolist(), strict=True
        )
    )
