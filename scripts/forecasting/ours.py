"""SHEMS' own forecasts at every origin, from nothing that was not known there."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from custom_components.shems.core.assets.plane import Site
from custom_components.shems.core.forecast import load, simple, solar
from custom_components.shems.core.forecast.beliefs import Outlook
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.forecast.inferred_sun import Roofs
from custom_components.shems.core.forecast.issue import Archive
from custom_components.shems.core.forecast.levels import COUNT
from custom_components.shems.core.forecast.members import with_members
from custom_components.shems.core.forecast.residual import Residuals
from custom_components.shems.core.forecast.scenarios import outlooks
from custom_components.shems.core.forecast.skill import rests_on
from custom_components.shems.core.horizon import Horizon
from custom_components.shems.core.infer.network import Network
from custom_components.shems.core.infer.solar import PRIOR
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Bools, Floats

from .inputs import Home
from .metrics import energy_score, independent, total_covered
from .origins import Ints, Origins

PATHS: Final = 60
"""Courses scored: as many as there are days of patterns after two months."""

_WEIGHTS: Final = (
    Path(__file__).parents[2] / "custom_components/shems/core/infer/weights/npe_solar.npz"
)

MIX: Final = "mix"
"""The learner's own row among those of its experts."""

type Tick = Callable[[], None]


class Learner:
    """One quantity's learner, walked midnight by midnight.

    Attributes:
        said: by expert and by day, what was issued at its midnight, (A, S, L).
    """

    def __init__(
        self,
        home: Home,
        quantity: str,
        *,
        listen: bool = True,
        boosting: bool = False,
        inferred: bool = True,
    ) -> None:
        self.home = home
        self.boosting = boosting
        self.roofs = roofs() if inferred and quantity != "load" else None
        self.quantity = quantity
        self.said: dict[str, dict[int, Floats]] = {}
        self._watch = self._hear if listen else None
        self._load: load.LoadState | None = None
        self._solar: solar.SolarState | None = None

    def truth(self, history: History) -> Series:
        """Return the quantity's own series."""
        return history.load if self.quantity == "load" else history.solar

    def advance(self, history: History, day: int) -> Archive:
        """Walk to the midnight of a day and return what was issued."""
        days, watch = self.home.days, self._watch
        if self.quantity == "load":
            self._load = load.advance(
                self._load, history, days, day, watch=watch, boosting=self.boosting
            )
            return self._load.archive
        site = None if self.home.site is None else Site(*self.home.site)
        self._solar = solar.advance(
            self._solar, history, days, day, site=site, watch=watch, roofs=self.roofs
        )
        return self._solar.archive

    def residuals(self, history: History, now: float, *, members: bool = True) -> Residuals | None:
        """Return what a plan would rest on, None where the learner shows no skill.

        What others forecast is as new as the history has it. Without members nothing is drawn
        from what is inferred of the roof.
        """
        days = self.home.days
        if self._solar is None:
            archive = None if self._load is None else self._load.archive
            return rests_on(archive, history.load, days, now)
        site = None if self.home.site is None else Site(*self.home.site)
        sun = solar.refresh(self._solar, history, days, days.day(now), now, site=site)
        plain = rests_on(sun.archive, history.solar, days, now)
        return with_members(plain, sun, history, days, now) if members else plain

    def _hear(self, day: int, name: str, rows: Floats) -> None:
        self.said.setdefault(name, {})[day] = rows


@cache
def roofs() -> Roofs:
    """Return what ships to infer solar roofs with."""
    return Roofs(Network.read(_WEIGHTS.read_bytes(), PRIOR))


@dataclass(frozen=True)
class Ours:
    """What SHEMS said.

    Attributes:
        quantiles: (O, K, L) at each origin.
        learned: (O,) where a learner had shown skill; elsewhere the seven-day mean stands.
        experts: by name (O, K, L), at midnights; `mix` is the learner's own row.
        energy, shuffled: (O,) energy scores of the courses, and of the same without memory.
        total, shuffled_total: (O,) whether 80 % of the courses' daily totals cover what came.
        seconds: (D,) of the processor's time that each midnight's learning took.
    """

    quantiles: Floats
    learned: Bools
    experts: dict[str, Floats]
    energy: Floats
    shuffled: Floats
    total: Floats
    shuffled_total: Floats
    seconds: Floats


def forecast(
    home: Home,
    quantity: str,
    origins: Origins,
    tick: Tick,
    *,
    ahead: bool = True,
    boosting: bool = False,
) -> Ours:
    """Learn and forecast at every origin; `ahead` as in `Home.until`."""
    learner = Learner(home, quantity, boosting=boosting)
    shape = (len(origins.position), origins.leads)
    quantiles = np.full((*shape, COUNT), np.nan)
    learned = np.zeros(shape[0], dtype=np.bool_)
    courses = np.full((4, shape[0]), np.nan)
    seconds = np.zeros(origins.count)
    for number in range(origins.count):
        day = origins.first + number
        midnight = 2 * number
        begun = time.process_time()
        known = home.until(origins.now(midnight), ahead=ahead)
        learner.advance(known, day)
        seconds[number] = time.process_time() - begun
        for row in (midnight, midnight + 1):
            now = origins.now(row)
            known = home.until(now, ahead=ahead)
            seen = learner.truth(known)
            residuals = learner.residuals(known, now)
            horizon, lead = origins.horizon(row)
            outlook = outlook_of(residuals, seen, horizon, origins.days.zone)
            if outlook is None:
                continue
            learned[row] = residuals is not None
            quantiles[row, lead] = outlook.quantiles.T
            courses[:, row] = _courses(origins, row, outlook.paths, lead)
        tick()
    experts = _experts(origins, learner.said)
    energy, shuffled, total, shuffled_total = courses
    return Ours(quantiles, learned, experts, energy, shuffled, total, shuffled_total, seconds)


def outlook_of(
    residuals: Residuals | None, seen: Series, horizon: Horizon, zone: str, paths: int = PATHS
) -> Outlook | None:
    """Return the learner's outlook or, where it has none, that of the seven-day mean."""
    now = float(horizon.edges[0])
    if residuals is None:
        return simple.seven_day_mean(seen, horizon, now, zone)
    (outlook,) = outlooks((residuals,), (seen,), horizon, now, paths=paths)
    return outlook


def _courses(origins: Origins, row: int, paths: Floats, lead: Ints) -> Floats:
    """Return energy score with and without memory, and whether the day's total is covered.

    The day is the first whole one ahead: today at midnight, tomorrow at 13:00.
    """
    by_slot = np.full((len(paths), origins.leads), np.nan)
    by_slot[:, lead] = paths
    truth = np.where(np.isfinite(by_slot[0]), origins.truth[row], np.nan)
    apart = independent(by_slot, row)
    begin = -int(origins.position[row]) % origins.slots
    whole = slice(begin, begin + origins.slots)
    return np.array(
        [
            energy_score(by_slot, truth),
            energy_score(apart, truth),
            total_covered(by_slot[:, whole], truth[whole]),
            total_covered(apart[:, whole], truth[whole]),
        ]
    )


def _experts(origins: Origins, said: dict[str, dict[int, Floats]]) -> dict[str, Floats]:
    """Return what each expert said at midnights, by origin."""
    experts = {}
    for name, rows in said.items():
        quantiles = np.full((len(origins.position), origins.leads, COUNT), np.nan)
        for day, row in rows.items():
            number = day - origins.first
            if not 0 <= number < origins.count:
                continue  # Walked before the first origin, to learn.
            quantiles[2 * number] = row.reshape(-1, COUNT)[: origins.leads]
        experts[name] = quantiles
    return experts
