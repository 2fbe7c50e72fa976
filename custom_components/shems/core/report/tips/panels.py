"""Panels that give less than they did under the same sky: dirt, shadow, a string that fell out.

Cloudless days are compared with what a cloudless sky gives the home's own modules
(`replay.whatif.sky`): their shares lie near each other, and what has fallen below is lost.
"""

from typing import Final

import numpy as np

from ...forecast.envelope import best
from ...replay.whatif.diary import HOURS, Diary
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
_ABOUT: Final = 15
"""Days before and after among which the best hours are looked for: of the same season."""
_TINY: Final = 1e-9
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
    """Return the shares of cloudless days on each roof, (N, D); NaN of others.

    A day is cloudless where its hours are even beside the best ones of the weeks about it.
    Beside the roof alone they would seem uneven wherever that is not quite the home's: where
    modules lie on two sides, or something stands before them.
    """
    levels = np.full((len(found.hourly), diary.count), np.nan)
    for level, share, high in zip(levels, found.hourly, found.high, strict=True):
        usual = np.maximum(_best_about(np.where(high, share, np.nan), found, diary), _TINY)
        for day in np.flatnonzero(diary.whole).tolist():
            here = (found.day == day) & high
            even = share[here] / usual[here]
            if len(even) >= _HOURS and 0 < even.std() <= _EVEN * even.mean():
                level[day] = share[here].mean()
    return levels


def _best_about(share: Floats, found: Clearness, diary: Diary) -> Floats:
    """Return the third best share at the same hour of the days about each, (T,).

    Args:
        share: (T,) of the past's hours; NaN of those that do not count.
        found, diary: where they are.
    """
    slot = diary.clock.slot
    table = np.full((diary.count + 2 * _ABOUT, HOURS), np.nan)
    table[found.day + _ABOUT, slot] = share
    top = np.stack([best(table[day : day + 2 * _ABOUT + 1]) for day in range(diary.count)])
    about: Floats = top[found.day, slot]
    return about
