"""Panels that give less than they did under the same sky: dirt, shadow, a string that fell out.

Cloudless days are compared with what a cloudless sky gives the home's own modules
(`replay.whatif.sky`): their shares lie near each other, and what has fallen below is lost.
"""

from typing import Final

import numpy as np

from ...replay.whatif.diary import Diary
from ...replay.whatif.sky import Roofs
from ...replay.whatif.years import Clearness
from ...units import Floats
from .ground import Ground
from .replaying import Altered, Replay, Work
from .step import Step, step_at, step_of
from .tip import Effort, Tip

_EVEN: Final = 0.1
"""A day is cloudless where the shares of its hours deviate from their mean by less."""
_HOURS: Final = 4
_LEAST_LOSS: Final = 0.05
"""Dust takes 2 to 5 % in rainy climates and is washed off (Ilse et al. 2019)."""
_SPREAD: Final = 0.07
"""Deviation of the level at least, as in `replay.whatif.sky`: how the modules lie is guessed."""
_DEEPEST: Final = 0.9
_LEVEL: Final = Step(size=0.0, deviation=0.0, before=1.0, place=0)
"""Nothing has changed."""


def find(ground: Ground, replay: Replay) -> Work[tuple[Tip, ...]]:
    """Return a tip where the panels give less than they did."""
    yield
    if replay.roofs is None:
        return ()
    diary = replay.diary
    likeliest = np.array([int(np.argmax(replay.roofs.weight))], dtype=np.intp)
    (level,) = cloudless_days(Clearness.of(diary, replay.roofs, likeliest), diary)
    lost = step_of(level, -1.0)
    if lost is None or -lost.size < _LEAST_LOSS * lost.before:
        return ()
    share = _share(lost, replay, replay.roofs)
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


def _share(lost: Step, replay: Replay, roofs: Roofs) -> Floats:
    """Return drawn shares of what is lost, (N, 1).

    How the modules lie is not known: every roof that the past allows makes another course of
    the season, and so another loss. Where nothing stands out on a roof, nothing is lost on it.
    """
    chosen = roofs.choose(replay.count, replay.noise)
    apart, place = np.unique(chosen, return_inverse=True)
    levels = cloudless_days(Clearness.of(replay.diary, roofs, apart), replay.diary)
    steps = [step_at(level, lost.place) or _LEVEL for level in levels]
    size = np.array([max(-each.size, 0.0) / each.before for each in steps])
    deviation = np.array([each.deviation / each.before for each in steps])
    drawn = replay.noise.normal(size[place], np.maximum(deviation, _SPREAD)[place])
    share: Floats = np.clip(drawn, 0.0, _DEEPEST)[:, np.newaxis]
    return share


def cloudless_days(found: Clearness, diary: Diary) -> Floats:
    """Return the shares of cloudless days on each roof, (N, D); NaN of others."""
    levels = np.full((len(found.hourly), diary.count), np.nan)
    for level, share, high in zip(levels, found.hourly, found.high, strict=True):
        for day in np.flatnonzero(diary.whole).tolist():
            own = share[(found.day == day) & high]
            if len(own) >= _HOURS and own.std() <= _EVEN * own.mean():
                level[day] = own.mean()
    return levels
