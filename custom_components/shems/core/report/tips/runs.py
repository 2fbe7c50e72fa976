"""Runs of a machine: when it was started, how long it ran and what it took."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ...replay.whatif.diary import HOURS, Diary
from ...units import Floats
from .ground import Consumer

_RUNNING_KW: Final = 0.02
"""Standby of machines is below 5 W; a programme's mean over an hour above 20 W."""
_LEAST_KWH: Final = 0.1
_ALIKE: Final = 0.25
"""Runs within a quarter of the median energy are of the usual programme."""


@dataclass(frozen=True)
class MachineRun:
    """A run.

    Attributes:
        place: its first hour in the past.
        power_kw: hour by hour.
    """

    place: int
    power_kw: Floats

    @property
    def energy_kwh(self) -> float:
        """What it took."""
        return float(self.power_kw.sum())


def runs_of(consumer: Consumer, diary: Diary) -> tuple[MachineRun, ...]:
    """Return the runs of the past in order; an hour in which it was silent ends one."""
    power = np.nan_to_num(consumer.hourly(diary))
    on = power > _RUNNING_KW
    edge = np.flatnonzero(np.diff(np.concatenate([[False], on, [False]]).astype(np.int8)))
    found = (
        MachineRun(int(begin), power[begin:end])
        for begin, end in zip(edge[::2], edge[1::2], strict=True)
    )
    return tuple(run for run in found if run.energy_kwh >= _LEAST_KWH)


@dataclass(frozen=True)
class Programme:
    """What a machine usually does.

    Attributes:
        power_kw: mean of its runs, hour by hour.
        energy_kwh: median.
        alike: share of the runs that are near that.
        hour: of the wall clock at which it usually begins.
    """

    power_kw: Floats
    energy_kwh: float
    alike: float
    hour: int

    @classmethod
    def of(cls, runs: tuple[MachineRun, ...], diary: Diary) -> Programme:
        """Recognise the usual programme of at least one run."""
        energy = np.array([run.energy_kwh for run in runs])
        usual = float(np.median(energy))
        alike = np.abs(energy - usual) <= _ALIKE * usual
        kept = [run for run, is_alike in zip(runs, alike, strict=True) if is_alike]
        length = round(float(np.median([len(run.power_kw) for run in kept])))
        shape = np.zeros(length)
        for run in kept:
            part = run.power_kw[:length]
            shape[: len(part)] += part / len(kept)
        began = np.bincount(diary.clock.slot[[run.place for run in runs]], minlength=HOURS)
        # The fullest three hours in a row: people start a machine around an hour, not at it.
        around = began + np.roll(began, 1) + np.roll(began, -1)
        return cls(shape, usual, float(alike.mean()), int(np.argmax(around)))


def moved(runs: tuple[MachineRun, ...], diary: Diary, hour: int) -> Floats:
    """Return what the load is more, (T,) kW, if all runs began at an hour of the same day."""
    change = np.zeros(len(diary.clock.start))
    for run in runs:
        length = len(run.power_kw)
        change[run.place : run.place + length] -= run.power_kw
        day = diary.clock.day[run.place] - diary.first
        begin = min(int(diary.midnight[day]) + hour, len(change) - length)
        change[begin : begin + length] += run.power_kw
    return change
