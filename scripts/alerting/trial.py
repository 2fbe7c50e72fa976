"""One home: how often it is alarmed by nothing, and how much of what is put into it is found."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.load import advance
from custom_components.shems.core.horizon import HOUR_S
from custom_components.shems.core.report.alerts.anomaly import Usual, highest, scores
from custom_components.shems.core.report.alerts.rate import consumption_days, standby_days
from custom_components.shems.core.report.standby import watch
from custom_components.shems.core.units import Floats

from ..forecasting.inputs import read

RISE_KW: Final = 0.3
FOUND_DAYS: Final = 7
BURST_KW: Final = 2.0
BURST_H: Final = 6
"""A heater that was forgotten for an evening; nothing is required of it."""
SETTLED_DAYS: Final = 60
"""A rise is put into a home that is known for two months."""
EACH_DAYS: Final = 7
PAST_DAYS: Final = 366
"""As much as SHEMS reads from the recorder."""
MONTH_DAYS: Final = 30


@dataclass(frozen=True)
class Result:
    """What came of one home.

    Attributes:
        name: of the home.
        days: that were judged.
        standby, consumption: numbers of the days on which each alarmed, though nothing was
            put into them.
        rises, found: how many rises of the standby were put in, and found within a week.
        bursts, caught: likewise of consumption for some hours, on the same day.
    """

    name: str
    days: int
    standby: tuple[int, ...]
    consumption: tuple[int, ...]
    rises: int
    found: int
    bursts: int
    caught: int

    @property
    def a_month(self) -> float:
        """False alarms in 30 days, in the mean."""
        return MONTH_DAYS * (len(self.standby) + len(self.consumption)) / self.days

    @property
    def most(self) -> int:
        """The most false alarms within any 30 days."""
        every = sorted((*self.standby, *self.consumption))
        return max(
            (sum(0 <= each - day < MONTH_DAYS for each in every) for day in every), default=0
        )

    @property
    def share(self) -> float:
        """Share of the rises found."""
        return self.found / self.rises if self.rises else float("nan")


def tried(name: str, path: Path, zone: str, every_days: float) -> Result:
    """Return what comes of a home's past.

    Args:
        name: of the home.
        path: its file.
        zone: of its wall clock.
        every_days: days between alarms by chance, as the household may choose.

    Raises:
        InputError: the file is bad.
    """
    history = read([path], "load", zone).history
    days = Days(zone, float(HOUR_S))
    first = days.first_known(history.load, 1 << 30)
    last = days.day(float(history.load.end[-1]) - 1.0)
    load = days.matrix(history.load, first, last + 1 - first)
    expected = np.full((len(load), days.slots, 19), np.nan)

    def hear(day: int, expert: str, said: Floats) -> None:
        if expert == "mix" and first <= day <= last:
            expected[day - first] = said[0]

    state = advance(None, history, days, min(last, first + PAST_DAYS), boosting=False, watch=hear)
    while state.day < last:
        until = min(last, state.day + PAST_DAYS)
        state = advance(state, history, days, until, boosting=False, watch=hear)
    standby = watch(load, first, every_days=standby_days(every_days))
    alarms, bursts, caught = _bursts(load, expected, consumption_days(every_days))
    rises, found = _rises(load, first, standby_days(every_days))
    told = tuple(each.found for each in standby.rises)
    consumption = tuple(first + each for each in alarms)
    return Result(name, len(load), told, consumption, rises, found, bursts, caught)


def _rises(load: Floats, first: int, every_days: float) -> tuple[int, int]:
    """Return how many rises were put in, one at a time, and how many were found in a week."""
    begins = range(SETTLED_DAYS, len(load) - FOUND_DAYS, EACH_DAYS)
    found = 0
    for begin in begins:
        oldest = max(0, begin - PAST_DAYS)
        lived = load[oldest : begin + FOUND_DAYS].copy()
        lived[begin - oldest :] += RISE_KW
        seen = watch(lived, first + oldest, every_days=every_days)
        found += any(each.found >= first + begin for each in seen.rises)
    return len(begins), found


def _bursts(load: Floats, expected: Floats, every_days: float) -> tuple[Iterable[int], int, int]:
    """Return the days of alarm, how many bursts were put in, and how many were caught."""
    tops = highest(scores(load, expected))
    hours = np.random.default_rng(0).integers(0, 24 - BURST_H, len(load))
    usual = Usual()
    alarms: list[int] = []
    bursts = caught = 0
    for day, top in enumerate(tops.tolist()):
        threshold = usual.threshold(day, every_days)
        usual = usual.learned(day, np.array([top]))
        if threshold is None or not np.isfinite(top):
            continue
        if top > threshold:
            alarms.append(day)
        lived = load[day - 1 : day + 1].copy()
        lived[1, hours[day] : hours[day] + BURST_H] += BURST_KW
        bursts += 1
        caught += bool(highest(scores(lived, expected[day - 1 : day + 1]))[1] > threshold)
    return alarms, bursts, caught
