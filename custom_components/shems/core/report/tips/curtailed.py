"""Sun that is given up because it may not be fed in."""

from dataclasses import replace
from typing import Final

import numpy as np

from ...horizon import HOUR_S
from ...series import Series
from ...units import Bools, Floats
from .ground import Ground
from .replaying import Altered, Replay, Work
from .tip import Effort, Tip

_AT_LIMIT: Final = 0.97
"""Share of the limit from which on an hour is at it: an inverter keeps a little below."""
_LEAST_HOURS: Final = 8
_UNLIMITED_KW: Final = 1e3
_YEAR: Final = 365.25


def find(ground: Ground, replay: Replay) -> Work[tuple[Tip, ...]]:
    """Return a tip where a limit of feeding in costs something: what it would bring without.

    The years are drawn once more, of a past in which nothing was given up; the limit then
    takes from them what it takes.
    """
    diary, solar = replay.diary, replay.diary.solar_kw
    if solar is None:
        return ()
    start = diary.clock.start
    if len(ground.curtailed):
        lost = np.nan_to_num(ground.curtailed.between(start, start + HOUR_S))
    else:
        lost = given_up(replay)
    if np.count_nonzero(lost) < _LEAST_HOURS:
        return ()
    free = Series(start, start + HOUR_S, solar + lost)
    history = replace(replay.subject.history, solar=free)
    whole = yield from replay.again(replace(replay.subject, history=history))
    saved = yield from whole.saved(Altered(export_kw=_UNLIMITED_KW))
    scene = whole.scene()
    over = scene.solar_kw - scene.load_kw - scene.connection.export_limit_kw
    yearly = float(np.maximum(over, 0.0).sum(axis=1).mean()) * _YEAR / replay.ahead.count
    return replay.told(
        "curtailed",
        "",
        saved,
        Effort.ERRAND,
        {"energy": round(yearly), "limit": round(scene.connection.export_limit_kw, 2)},
    )


def given_up(replay: Replay) -> Floats:
    """Return what the past's sun was throttled by, (T,) kWh; nothing where nobody can tell.

    An hour that fed in as much as it may would have given what a cloudless sky gives, in the
    share that the hours of the same day gave which were not throttled.
    """
    diary, limit = replay.diary, replay.subject.home.connection.export_limit_kw
    solar, roofs = diary.solar_kw, replay.roofs
    if solar is None or roofs is None or limit <= 0:
        return np.zeros(len(diary.load_kw))
    delivered = np.nan_to_num(solar)
    held: Bools = delivered - np.nan_to_num(diary.load_kw) >= _AT_LIMIT * limit
    free = ~held & (delivered > 0)
    most = roofs.clear(diary.clock, diary.days, np.array([int(np.argmax(roofs.weight))]))[0]
    day = diary.clock.day - diary.first
    could = np.bincount(day, most * free, diary.count)
    clear = np.bincount(day, delivered * free, diary.count) / np.maximum(could, 1e-9)
    lost: Floats = np.where(held, np.maximum(most * clear[day] - delivered, 0.0), 0.0)
    return lost
