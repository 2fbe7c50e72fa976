"""Which device makes the month's peak, and what it would cost if it did not."""

from typing import Final

import numpy as np

from ...peak import calendar
from ...units import Floats
from .ground import Consumer, Ground
from .replaying import WHOLE_USE, Altered, Replay, Work
from .runs import MachineRun, runs_of
from .tip import Effort, Tip

_MOST_TOP: Final = 0.5
"""A device drives peaks of which it makes more than any other, and a fifth at least."""
_LEAST_SHARE: Final = 0.2
_SLOWER: Final = 2
"""Half the power over twice the time."""
_MONTHS: Final = 2


def find(ground: Ground, replay: Replay) -> Work[tuple[Tip, ...]]:
    """Return a tip for the device whose peaks cost most, where peaks cost anything."""
    if not replay.world().peaks:
        return ()
    driver = driver_of(ground, replay)
    if driver is None:
        return ()
    consumer, share, months = driver
    own = _as_rated(consumer, replay)
    spread = replay.shifted(slower(runs_of(consumer, replay.diary), replay), level=1.0)
    saved = yield from replay.saved(Altered(load_kw=own + spread), Altered(load_kw=own))
    return replay.told(
        "peak_driver",
        consumer.id,
        saved * replay.used(WHOLE_USE),
        Effort.MINUTES,
        {"name": consumer.name, "share": round(100 * share), "months": months},
    )


def _as_rated(consumer: Consumer, replay: Replay) -> Floats:
    """Return what the load is more where the device takes its own power, (N, T) kW.

    In the drawn years people live otherwise than before, hour by hour. They run a machine more
    or less often then, and its power stays what it is: else the highest of many drawn hours
    would be one in which it takes more than it can.
    """
    power = np.nan_to_num(consumer.hourly(replay.diary))[replay.years.living]
    own: Floats = power * (1.0 - replay.level)
    return own


def driver_of(ground: Ground, replay: Replay) -> tuple[Consumer, float, int] | None:
    """Return the device with the largest part in the months' peaks, that part, and how many."""
    diary = replay.diary
    net = diary.load_kw - (0.0 if diary.solar_kw is None else diary.solar_kw)
    month, _ = calendar(diary.clock.start, replay.subject.zone)
    tops: list[int] = []
    for each in np.unique(month):
        own = np.flatnonzero((month == each) & np.isfinite(net))
        if len(own):
            tops.append(int(own[np.argmax(net[own])]))
    best: tuple[Consumer, float, int] | None = None
    for consumer in ground.consumers:
        if consumer.driven or consumer.kind == "load":
            continue
        part = np.nan_to_num(consumer.hourly(diary))[tops] / np.maximum(net[tops], 1e-9)
        made = int((part >= _LEAST_SHARE).sum())
        share = float(part[part >= _LEAST_SHARE].mean()) if made else 0.0
        if made >= max(_MONTHS, _MOST_TOP * len(tops)) and (best is None or share > best[1]):
            best = consumer, share, made
    return best


def slower(runs: tuple[MachineRun, ...], replay: Replay) -> Floats:
    """Return what the load is more, (T,) kW, if every run took half the power for twice as long."""
    change = np.zeros(len(replay.diary.clock.start))
    for run in runs:
        length = len(run.power_kw)
        last = min(run.place + _SLOWER * length, len(change))
        slow = np.repeat(run.power_kw, _SLOWER)[: last - run.place] / _SLOWER
        change[run.place : run.place + length] -= run.power_kw
        change[run.place : last] += slow * run.energy_kwh / slow.sum()
    return change
