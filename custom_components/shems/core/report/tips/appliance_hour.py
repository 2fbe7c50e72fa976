"""An appliance that would be cheaper at another hour."""

from typing import Final

import numpy as np

from ...replay.whatif.bounds import Scene
from ...replay.whatif.diary import HOURS
from ...units import Floats
from .ground import Consumer, Ground
from .replaying import Altered, Replay, Work
from .runs import Programme, moved, runs_of
from .tip import Effort, Tip

_KINDS: Final = ("appliance", "deferrable")
_LEAST_RUNS: Final = 8
"""Two weeks of a machine that runs every other day."""
_LEAST_ALIKE: Final = 0.4
"""A machine of which no programme is usual has no usual hour either."""
_WEEK_H: Final = 168.0


def find(ground: Ground, replay: Replay) -> Work[tuple[Tip, ...]]:
    """Return a tip for each appliance that people start themselves."""
    found: tuple[Tip, ...] = ()
    for consumer in ground.consumers:
        if consumer.kind in _KINDS and not consumer.driven:
            found += yield from _of(consumer, replay)
    return found


def _of(consumer: Consumer, replay: Replay) -> Work[tuple[Tip, ...]]:
    diary = replay.diary
    runs = runs_of(consumer, diary)
    if len(runs) < _LEAST_RUNS:
        return ()
    usual = Programme.of(runs, diary)
    better = cheapest_hour(usual.power_kw, replay)
    if usual.alike < _LEAST_ALIKE or better == usual.hour:
        return ()
    change = replay.shifted(moved(runs, diary, better))
    saved = yield from replay.saved(Altered(load_kw=change))
    known = float(np.isfinite(consumer.hourly(diary)).sum())
    weekly = len(runs) / max(known, 1.0) * _WEEK_H
    return replay.told(
        "appliance_hour",
        consumer.id,
        saved * replay.used(),
        Effort.HABIT,
        {
            "name": consumer.name,
            "usual": f"{usual.hour:02d}:00",
            "better": f"{better:02d}:00",
            "energy": round(usual.energy_kwh, 2),
            "runs": round(weekly, 1),
        },
    )


def cheapest_hour(power_kw: Floats, replay: Replay) -> int:
    """Return the hour of the day at which a programme costs least in the drawn years.

    A kWh more costs what is bought where the sun does not give it, else what selling it
    would have brought.
    """
    scene = replay.scene()
    worth = marginal(scene)
    slot = replay.years.clock.slot
    price = np.array([np.nanmean(worth[:, slot == hour]) for hour in range(HOURS)])
    cost = [
        float(power_kw @ price[(hour + np.arange(len(power_kw))) % HOURS]) for hour in range(24)
    ]
    return int(np.argmin(cost))


def marginal(scene: Scene) -> Floats:
    """Return what a kWh more costs, (N, T) currency/kWh, before any battery."""
    price: Floats = np.where(scene.solar_kw > scene.load_kw, scene.sell, scene.buy)
    return price
