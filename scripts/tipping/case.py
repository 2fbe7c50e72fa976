"""A home of which the first months are known, and what a tip would have brought in the others.

The tip sees nothing after the cut. What it would have brought is played over the months
after it: with the load, the sun and the prices as they then were, the change made as the tip
has it. Where something was put into the home (a leak, dirt on the panels), what it costs
there is known by its absence.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.horizon import HOUR_S
from custom_components.shems.core.replay.whatif.diary import Diary
from custom_components.shems.core.replay.whatif.question import Subject
from custom_components.shems.core.replay.whatif.weeks import Ahead
from custom_components.shems.core.replay.whatif.world import World
from custom_components.shems.core.report.tips.ground import Ground
from custom_components.shems.core.report.tips.replaying import (
    AS_IT_IS,
    Altered,
    Replay,
    Work,
)
from custom_components.shems.core.report.tips.search import FINDERS
from custom_components.shems.core.report.tips.tip import CODES, Tip
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats

type Came = Callable[[Replay, Tip], tuple[Altered, Altered]]
"""Tells what is altered after a tip was followed, and what before, in the months that came."""


def unchanged(_: Replay, __: Tip) -> tuple[Altered, Altered]:
    """Return that nothing is altered."""
    return AS_IT_IS, AS_IT_IS


def without(power: Series, then: Replay, _: Tip) -> tuple[Altered, Altered]:
    """Return what the home would have taken without a power."""
    start = then.years.clock.start
    return Altered(load_kw=-power.between(start, start + HOUR_S)), AS_IT_IS


@dataclass(frozen=True)
class Case:
    """A home and a kind of tip.

    Attributes:
        code: of the tip.
        home: its name.
        ground: the home with all its months, or what makes it.
        cut: what is later is held back, epoch seconds.
        came: how the change is made afterwards.
        fixed: what it came to, where that is no matter of hours: of the tip and the months.
    """

    code: str
    home: str
    ground: Ground | Callable[[], Ground]
    cut: float
    came: Came = unchanged
    fixed: Callable[[Replay, Tip], float] | None = None


@dataclass(frozen=True)
class Found:
    """What a tip promised, and what came, currency a year; NaN where no tip was told."""

    code: str
    home: str
    low: float
    median: float
    high: float
    came: float

    @property
    def told(self) -> bool:
        """Whether there was a tip at all."""
        return bool(np.isfinite(self.median))

    @property
    def inside(self) -> bool:
        """Whether what came lies in the interval; to a tenth of a cent."""
        return self.low - 1e-3 <= self.came <= self.high + 1e-3

    @property
    def width(self) -> float:
        """Width of the interval as a share of its median."""
        return (self.high - self.low) / self.median


def run(case: Case, draws: int = 64) -> Found:
    """Return what a case's tip promised from the months before, and what came."""
    ground = case.ground() if callable(case.ground) else case.ground
    subject = ground.subject
    days = Days(subject.zone, float(HOUR_S))
    first, last = days.day(case.cut), days.day(subject.until)
    before = replace(ground, subject=replace(subject, until=case.cut))
    replay = done(Replay.of(before.subject, Ahead(first, last - first), draws))
    finder = FINDERS[CODES.index(case.code)]
    tips = [tip for tip in done(finder(before, replay)) if tip.code == case.code]
    if not tips:
        return Found(case.code, case.home, np.nan, np.nan, np.nan, np.nan)
    tip = tips[0]
    then = afterwards(subject, case.cut)
    if case.fixed is not None:
        came = case.fixed(then, tip)
    else:
        came = float(done(then.saved(*case.came(then, tip)))[0])
    value = tip.value
    return Found(case.code, case.home, value.low, value.median, value.high, came)


def afterwards(subject: Subject, cut: float) -> Replay:
    """Return the months after the cut as they were, as one year that was not drawn."""
    known = subject.history
    told = replace(
        subject,
        history=History(
            later(known.load, cut),
            later(known.solar, cut),
            known.market,
            outdoor=known.outdoor,
        ),
    )
    diary = Diary.of(told)
    years = World(told, diary).past()
    known_years = replace(
        years,
        load_kw=np.nan_to_num(years.load_kw),
        solar_kw=np.nan_to_num(years.solar_kw),
        market=_held(years.market[0])[np.newaxis],
    )
    ahead = Ahead(diary.first, diary.count)
    return Replay(told, diary, None, known_years, ahead, None, np.random.default_rng(0))


def later(series: Series, cut: float) -> Series:
    """Return what of a series begins at a time or later."""
    kept = series.start >= cut
    return Series(series.start[kept], series.end[kept], series.value[kept])


def _held(value: Floats) -> Floats:
    """Return prices with gaps bridged."""
    known = np.isfinite(value)
    if not known.any():
        return value
    held: Floats = np.interp(np.arange(len(value)), np.flatnonzero(known), value[known])
    return held


def done[T](work: Work[T]) -> T:
    """Return what a work comes to."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: T = end.value
            return result
