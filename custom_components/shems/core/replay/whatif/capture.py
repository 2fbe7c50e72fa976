"""What SHEMS makes of a home: the closed loop over its past, between rule and foresight.

In every week of the past, with c the cost by the rule, by SHEMS and with foresight,

    share = Σ (c_rule - c_shems) / Σ (c_rule - c_foresight)

over weeks drawn with replacement: how well a home can be foreseen is known only as well as
its weeks agree. Other seasons are foreseen otherwise, so each draw moves by a tenth.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ...assets.battery import Battery
from ...horizon import HOUR_S
from ...tariff import Tariff
from ...units import Floats
from ..controllers import Planner
from ..course import Course, Market, wall_clock
from ..run import HISTORY_DAYS, Run, playing
from .bounds import Scene, Work, foreseen, ruled
from .diary import HOURS, Diary

_EVERY_S: Final = 3.0 * HOUR_S
"""Between two plans: over 60 days of a real home, plans every hour saved no more."""
_WEEK_H: Final = 168
_LEAST_WEEKS: Final = 4
_USUAL: Final = (0.65, 0.15)
"""Share where the past is too short to tell, and its deviation: of the homes in
docs/closed-loop.md."""
_SEASON: Final = 0.1
_TINY: Final = 1e-9
_MARKET_DAYS: Final = 28
_BREATH: Final = 12
"""Steps between two pauses: about a tenth of a second."""


@dataclass(frozen=True)
class Capture:
    """What the closed loop came to.

    Attributes:
        gap: (W,) by how much foresight is cheaper than the rule, by weeks, currency.
        got: (W,) by how much SHEMS is.
        saved: (W,) by how much SHEMS is cheaper than without a battery.
        hours: scored.
    """

    gap: Floats
    got: Floats
    saved: Floats
    hours: int

    @property
    def tells(self) -> bool:
        """Whether there are weeks enough to tell, and anything to get."""
        return len(self.gap) >= _LEAST_WEEKS and float(self.gap.sum()) > 0

    @property
    def usual_share(self) -> float:
        """Share of the gap that is got; that of other homes where the past does not tell."""
        return float(self.got.sum() / self.gap.sum()) if self.tells else _USUAL[0]

    def draws(self, count: int, noise: np.random.Generator) -> Floats:
        """Return drawn shares, (N, 1)."""
        if not self.tells:
            return np.clip(noise.normal(*_USUAL, (count, 1)), 0.0, 1.0)
        chosen = noise.integers(len(self.gap), size=(count, len(self.gap)))
        gap = np.maximum(self.gap[chosen].sum(axis=1), _TINY)
        share = self.got[chosen].sum(axis=1) / gap + noise.normal(0.0, _SEASON, count)
        drawn: Floats = np.clip(share, -1.0, 1.0)[:, np.newaxis]
        return drawn


def capture(
    diary: Diary, scene: Scene, battery: Battery, market: Floats, tariff: Tariff
) -> Work[Capture]:
    """Return what SHEMS makes of a past with a battery.

    Args:
        diary: the past.
        scene: what the battery meets in it, (1, T); NaN where unknown.
        battery: that of the scene.
        market: (T,) what prices follow.
        tariff: the contract.
    """
    run = _run(diary, scene, battery, market, tariff)
    planner = Planner(run, learners=True, every_s=_EVERY_S)
    steps = playing(run, planner)
    count = 0
    while True:
        try:
            next(steps)
        except StopIteration as end:
            played = end.value
            break
        count += 1
        if count % _BREATH == 0:
            yield
    chosen = np.array(run.steps)
    part = replace(
        scene,
        **{
            name: getattr(scene, name)[:, chosen] for name in ("load_kw", "solar_kw", "buy", "sell")
        },
    )
    none = yield from ruled(replace(part, battery=None))
    rule = yield from ruled(part)
    best = yield from foreseen(part)
    week = np.arange(len(chosen)) // _WEEK_H

    def weekly(costs: Floats, energy: Floats) -> Floats:
        gained = np.diff(energy, prepend=run.start_kwh)
        summed: Floats = np.bincount(week, costs - run.stored_price * gained).astype(np.float64)
        return summed

    own = weekly(played.cost[chosen], played.energy_kwh[chosen])
    by_rule = weekly(rule.cost[0], rule.stored[0])
    alone = weekly(none.cost[0], np.full(len(chosen), run.start_kwh))
    best_of_all = weekly(best.cost[0], best.stored[0])
    return Capture(by_rule - best_of_all, by_rule - own, alone - own, len(chosen))


def _run(diary: Diary, scene: Scene, battery: Battery, market: Floats, tariff: Tariff) -> Run:
    start = diary.clock.start
    before = start[0] - HOUR_S * np.arange(_MARKET_DAYS * HOURS, 0, -1.0)
    place = np.round((before - diary.days.midnight(diary.price_day)) / HOUR_S).astype(np.intp)
    old = diary.prices.ravel()
    inside = (place >= 0) & (place < len(old))
    past = np.where(inside, old[np.clip(place, 0, len(old) - 1)] if len(old) else np.nan, np.nan)
    times = np.concatenate([before, start])
    course = Course(
        start,
        float(HOUR_S),
        scene.load_kw[0],
        scene.solar_kw[0] if scene.solar_kw.any() else None,
        None,
        diary.days.zone,
    )
    first = min(HISTORY_DAYS * HOURS, len(start) // 3)
    wall = wall_clock(times, diary.days.zone)
    return Run(
        course,
        Market(times, np.concatenate([past, market]), wall, 0),
        tariff,
        battery,
        1,
        first,
        len(start),
        connection=scene.connection,
    )
