"""A battery that keeps more than it must."""

from dataclasses import replace
from typing import Final

from .ground import Ground
from .replaying import Altered, Replay, Work
from .tip import Effort, Tip

_APART: Final = 0.05
"""Five points of charge more or less are no reserve."""


def find(ground: Ground, replay: Replay) -> Work[tuple[Tip, ...]]:
    """Return a tip where a reserve costs something: what it costs not to keep it."""
    found: tuple[Tip, ...] = ()
    kept = [
        each for each in ground.subject.home.batteries if each.reserve_soc > each.min_soc + _APART
    ]
    whole = replay.world().battery
    if not kept or whole is None:
        return ()
    for battery in kept:
        freed = battery.capacity_kwh * (battery.reserve_soc - battery.min_soc)
        floor = max(whole.reserve_soc - freed / whole.capacity_kwh, whole.min_soc)
        saved = yield from replay.saved(Altered(battery=replace(whole, reserve_soc=floor)))
        found += replay.told(
            "reserve",
            battery.id,
            saved,
            Effort.MINUTES,
            {
                "name": battery.name,
                "reserve": round(100 * battery.reserve_soc),
                "least": round(100 * battery.min_soc),
                "energy": round(freed, 1),
            },
        )
    return found
