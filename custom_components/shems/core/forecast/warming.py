"""What heats by itself: expected by the weather, where that tells more than the hour does."""

from dataclasses import replace
from typing import Final

import numpy as np

from ..horizon import HOUR_S, Horizon
from ..series import Series
from .beliefs import Outlook
from .days import Days
from .heating import Heating, heating_outlook, learn_heating
from .history import Habits
from .levels import crps
from .seasonal import seasonal_outlook

_SCORED_DAYS: Final = 7
"""Each costs as much as learning: a hundredth of a second."""
_LEAST_DAYS: Final = 3
_HOURS: Final = 24


def learn_warming(
    before: Heating | None, used: Series, outdoor: Series, zone: str, now: float, habits: Habits
) -> Heating:
    """Return what was learned of a heating before today; the same until the day is over.

    Without a signature, its habit by hour alone, where on the last days the weather told no
    more than that.

    Args:
        before: what was learned before.
        used: kW.
        outdoor: degrees C.
        zone: the home's.
        now: epoch seconds.
        habits: holidays and absences.
    """
    model = learn_heating(before, used, outdoor, zone, now, habits)
    if model is before or model.signature is None:
        return model
    better = _better(used, outdoor, model.days, model.day, habits)
    return model if better else replace(model, signature=None)


def _better(used: Series, outdoor: Series, days: Days, today: int, habits: Habits) -> bool:
    """Return whether the weather as it came told the last days better than their hours did."""
    own, told, count = 0.0, 0.0, 0
    for day in range(today - _SCORED_DAYS, today):
        origin = days.midnight(day)
        ahead = Horizon.uniform(origin, HOUR_S, _HOURS)
        felt, came = outdoor.on(ahead), used.on(ahead)
        model = learn_heating(None, used, outdoor, days.zone, origin, habits)
        known = np.isfinite(came)
        if model.plain is None or not known.any() or not np.isfinite(felt).all():
            continue
        weather = Outlook.certain(felt, "exact")
        warm = heating_outlook(model, used, outdoor, weather, ahead, origin)
        usual = seasonal_outlook(model.plain, ahead)
        if model.signature is None or warm is None:
            continue
        own += float(crps(warm.quantiles.T[known], came[known]).sum())
        told += float(crps(usual.quantiles.T[known], came[known]).sum())
        count += 1
    return count >= _LEAST_DAYS and own < told
