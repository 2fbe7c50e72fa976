"""A contracted power that is more than the home ever needs."""

import math
from typing import Final

import numpy as np

from ...horizon import HOUR_S
from ...replay.whatif.question import LEVELS
from ...series import Series
from ...units import Floats
from .ground import Capacity, Ground
from .replaying import Replay, Work
from .tip import Effort, Tip

_ROOM: Final = 1.1
"""Above the highest hour, for what no past has shown."""
_USUAL_PEAK: Final = 1.4
"""How much more a quarter of an hour takes at its highest than the highest hour, where nobody
measured it."""
_DAYS: Final = 180
"""Less of a year does not hold its peak."""


def find(ground: Ground, replay: Replay) -> Work[tuple[Tip, ...]]:
    """Return a tip where a smaller contracted power is enough in nine years of ten."""
    yield
    contract = ground.capacity
    if contract is None or replay.diary.count < _DAYS:
        return ()
    needed = needs(replay, peakedness(ground.finest, contract.interval_s))
    wanted = _up(float(np.quantile(needed, LEVELS[-1])) * _ROOM, contract)
    if wanted >= contract.contracted_kw:
        return ()
    spare = contract.contracted_kw - np.maximum(needed * _ROOM, wanted)
    return replay.told(
        "capacity",
        "",
        spare * contract.price_per_kw,
        Effort.ERRAND,
        {
            "contracted": round(contract.contracted_kw, 2),
            "enough": round(wanted, 2),
            "highest": round(float(np.median(needed)), 2),
        },
    )


def needs(replay: Replay, finer: float) -> Floats:
    """Return the highest power of each drawn year, (N,) kW.

    Args:
        replay: the years.
        finer: by how much the highest few minutes are above the highest hour.
    """
    scene = replay.scene()
    highest: Floats = (scene.load_kw - scene.solar_kw).max(axis=1) * finer
    return highest


def peakedness(finest: Series, interval_s: float) -> float:
    """Return by how much the highest interval is above the highest hour.

    Args:
        finest: the load as finely as it is known.
        interval_s: that counts.
    """
    if interval_s >= HOUR_S:
        return 1.0
    known = np.isfinite(finest.value)
    if not known.any() or finest.end[0] - finest.start[0] > interval_s:
        return _USUAL_PEAK
    highest = [_highest(finest, width) for width in (interval_s, float(HOUR_S))]
    return max(1.0, highest[0] / highest[1]) if highest[1] > 0 else _USUAL_PEAK


def _highest(finest: Series, width_s: float) -> float:
    """Return the highest mean over intervals of a width; 0 where none is whole."""
    start = np.arange(finest.start[0] // HOUR_S * HOUR_S, finest.end[-1], width_s)
    means = finest.between(start, start + width_s)
    return float(means[np.isfinite(means)].max(initial=0.0))


def _up(power_kw: float, contract: Capacity) -> float:
    return math.ceil(power_kw / contract.step_kw - 1e-9) * contract.step_kw
