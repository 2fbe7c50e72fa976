"""Panels that give less than they did under the same sky: dirt, shadow, a string that fell out.

Cloudless days are compared with what a cloudless sky gives the home's own modules
(`replay.whatif.sky`): their shares lie near each other, and what has fallen below is lost.
"""

from typing import Final

import numpy as np

from ...replay.whatif.diary import Diary, Indices
from ...replay.whatif.years import Clearness
from ...units import Floats
from .ground import Ground
from .replaying import Altered, Replay, Work
from .step import Step, step_of
from .tip import Effort, Tip

_EVEN: Final = 0.1
"""A day is cloudless where the shares of its hours deviate from their mean by less."""
_HOURS: Final = 4
_LEAST_LOSS: Final = 0.05
"""Dust takes 2 to 5 % in rainy climates and is washed off (Ilse et al. 2019)."""
_SPREAD: Final = 0.07
"""Deviation of the level at least, as in `replay.whatif.sky`: how the modules lie is guessed."""
_DEEPEST: Final = 0.9


def find(ground: Ground, replay: Replay) -> Work[tuple[Tip, ...]]:
    """Return a tip where the panels give less than they did."""
    yield
    if replay.roofs is None:
        return ()
    diary = replay.diary
    level = cloudless_days(Clearness.of(diary, replay.roofs, _likeliest(replay)), diary)
    lost = step_of(level, -1.0)
    if lost is None or -lost.size < _LEAST_LOSS * lost.before:
        return ()
    share = _share(lost, replay)
    soiled = diary.clock.day - diary.first >= lost.place
    after = soiled[replay.years.sky]
    dirty = np.where(after, 1.0, 1.0 - share)
    clean = np.where(after, 1.0 / (1.0 - share), 1.0)
    saved = yield from replay.saved(Altered(solar_share=clean), Altered(solar_share=dirty))
    arrays = ground.subject.home.solar
    return replay.told(
        "panels",
        arrays[0].id if len(arrays) == 1 else "",
        saved,
        Effort.ERRAND,
        {"loss": round(-100 * lost.size / lost.before)},
        since=diary.days.midnight(diary.first + lost.place),
    )


def _likeliest(replay: Replay) -> Indices:
    roofs = replay.roofs
    return np.array([0 if roofs is None else int(np.argmax(roofs.weight))], dtype=np.intp)


def _share(lost: Step, replay: Replay) -> Floats:
    """Return drawn shares of what is lost, (N, 1)."""
    deviation = max(lost.deviation / lost.before, _SPREAD)
    drawn = replay.noise.normal(-lost.size / lost.before, deviation, (replay.count, 1))
    share: Floats = np.clip(drawn, 0.0, _DEEPEST)
    return share


def cloudless_days(found: Clearness, diary: Diary) -> Floats:
    """Return the shares of cloudless days, (D,); NaN of others."""
    share, high = found.hourly[0], found.high[0]
    level = np.full(diary.count, np.nan)
    for day in np.flatnonzero(diary.whole).tolist():
        own = share[(found.day == day) & high]
        if len(own) >= _HOURS and own.std() <= _EVEN * own.mean():
            level[day] = own.mean()
    return level
