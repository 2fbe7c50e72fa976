"""Standby that has risen, and since when."""

from typing import Final

import numpy as np

from ...units import Floats
from ..standby import watch
from .ground import Ground
from .replaying import Altered, Replay, Work
from .step import Step, step_at
from .tip import Effort, Tip

_LEAST_KW: Final = 0.04
"""Half of a kWh a day is half of what a refrigerator takes: less is hard to find at home."""
_RESTING: Final = 0.1
"""Quantile of a day's hours that is called standby: less hangs on one hour than the least."""
_EVERY_DAYS: Final = 30.0
"""Between alarms in the mean; what is found must then be clear in money as well."""


def find(ground: Ground, replay: Replay) -> Work[tuple[Tip, ...]]:
    """Return a tip where the home takes more while nothing is done than it used to."""
    del ground
    yield
    diary = replay.diary
    history = replay.subject.history.load
    by_day = diary.days.matrix(history, diary.first, diary.count, replay.subject.until)
    rise = _lasting(by_day, diary.first)
    if rise is None:
        return ()
    more = replay.noise.normal(rise.size, rise.deviation, (replay.count, 1))
    risen = (diary.clock.day - diary.first >= rise.place)[replay.years.living]
    saved = yield from replay.saved(
        Altered(load_kw=np.where(risen, -more, 0.0)), Altered(load_kw=np.where(risen, 0.0, more))
    )
    return replay.told(
        "standby",
        "",
        saved,
        Effort.HABIT,
        {
            "rise": round(1000 * rise.size),
            "before": round(1000 * rise.before),
            "now": round(1000 * (rise.before + rise.size)),
        },
        since=diary.days.midnight(diary.first + rise.place),
    )


def resting(by_day: Floats) -> Floats:
    """Return what is taken in each day's lowest hours, (D,) kW; NaN where hours are missing."""
    level: Floats = np.quantile(by_day, _RESTING, axis=1)
    return level


def _lasting(by_day: Floats, first: int) -> Step | None:
    """Return the last rise that stayed; after some weeks it is usual, and costs all the same."""
    found = watch(by_day, first, every_days=_EVERY_DAYS, least_kw=_LEAST_KW).rises
    level = resting(by_day)
    for rise in reversed(found):
        step = step_at(level, rise.since - first)
        if step is not None and step.size >= _LEAST_KW:
            return step
    return None
