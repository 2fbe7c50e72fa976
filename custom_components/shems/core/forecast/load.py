"""The load learned at home: experts, mixed by their scores, with honest intervals."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ..units import Floats
from .conformal import Conformal
from .days import Days
from .experts.climatology import Climatology
from .experts.dressing import due, issued
from .experts.features import features
from .experts.ground import AHEAD, Ground, Origin
from .experts.ridge import Ridge
from .experts.seven import Seven
from .history import History
from .issue import Archive
from .levels import COUNT
from .mixture import Mixture

REACH_DAYS: Final = 365
"""How far back a new state begins, and what an origin sees of the past."""
SOURCE: Final = "mix"

type Watch = Callable[[int, str, Floats], None]
"""Is told day, name of the expert or `mix`, and what it issued at that midnight, (3, S, L)."""


@dataclass(frozen=True)
class LoadState:
    """What has been learned of a home's load up to a midnight.

    Attributes:
        begun: number of the day before which nothing was known.
        day: number of the day at whose midnight it last issued.
        archive: what the mix issued, in kW.
        seven, climatology, ridge: the experts.
        mixture: their weights.
        conformal: how far the mix's quantiles are moved.
        pending: (AHEAD, E + 2, AHEAD, S, L) what the experts, the mix and the mix as handed
            out said at the last midnights.
    """

    begun: int
    day: int
    archive: Archive
    seven: Seven
    climatology: Climatology
    ridge: Ridge
    mixture: Mixture
    conformal: Conformal
    pending: Floats

    @property
    def issued(self) -> bool:
        """Whether it has ever issued anything."""
        return not np.isnan(self.archive.quantiles).all()

    def continues(self, first: int, day: int, slots: int) -> bool:
        """Return whether a walk to `day` goes on from here.

        Not with other slots, nor after a year's pause, nor where the past has become known
        since and nothing was issued yet.
        """
        alike = self.pending.shape[3] == slots and self.day >= day - REACH_DAYS
        return alike and (self.issued or self.begun <= first)


NAMES: Final = ("seven_day_mean", "climatology", "ridge")
"""The experts, in the order of their rows."""


def advance(
    state: LoadState | None,
    history: History,
    days: Days,
    day: int,
    *,
    most_days: int | None = None,
    watch: Watch | None = None,
) -> LoadState:
    """Walk the midnights up to that of `day`, learning and issuing at each.

    Args:
        state: where the walk stands; None begins with the first day known, at most a year
            back.
        history: what is known; nothing of it that ended after a midnight is used there.
        days: the local days; a state of other slots is not carried on.
        day: number of the last day to issue for.
        most_days: how many midnights at most.
        watch: is told what every expert and the mix issue.

    Returns:
        The state at `day` or as far as it came.
    """
    first = max(_first_day(history, days, day), day - REACH_DAYS)
    if state is None or not state.continues(first, day, days.slots):
        state = _new(first, days.slots)
    until = day if most_days is None else min(day, state.day + most_days)
    if until <= state.day:
        return state
    ground = Ground.of(history, days, min(first, state.day - REACH_DAYS), until)
    for each in range(state.day + 1, until + 1):
        state = _step(state, Origin(ground, each), watch)
    return state


def _first_day(history: History, days: Days, day: int) -> int:
    """Return the first day of which something is known, `day` where nothing is before it."""
    known = np.flatnonzero(np.isfinite(history.load.value))
    return min(days.day(float(history.load.start[known[0]])), day) if len(known) else day


def _new(day: int, slots: int) -> LoadState:
    rows = len(NAMES)
    return LoadState(
        day,
        day,
        Archive(day, np.full((1, AHEAD, slots, COUNT), np.nan, np.float32), SOURCE),
        Seven.new(slots),
        Climatology.new(slots),
        Ridge.new(slots),
        Mixture.new(rows, AHEAD, slots),
        Conformal.new(AHEAD, slots),
        np.full((AHEAD, rows + 2, AHEAD, slots, COUNT), np.nan),
    )


def _step(state: LoadState, origin: Origin, watch: Watch | None) -> LoadState:
    """Learn the day that ended and issue those ahead."""
    if not origin.enough:
        return replace(state, day=origin.day)
    told = features(origin)
    seven, by_seven = state.seven.advanced(origin)
    climatology, by_climatology = state.climatology.advanced(origin)
    ridge, by_ridge = state.ridge.advanced(origin, told)
    truth = origin.ground.learned_of(origin.day - 1)
    said = np.moveaxis(due(np.moveaxis(state.pending, 2, 1)), 0, 1)
    mixture = state.mixture.learned(said[:-2], said[-2], truth)
    conformal = state.conformal.learned(said[-1], truth)
    experts = np.stack([by_seven, by_climatology, by_ridge])
    mix = mixture.mixed(experts)
    final = conformal.applied(mix)
    if watch is not None:
        for name, rows in zip((*NAMES, "mix"), (*experts, final), strict=True):
            watch(origin.day, name, rows)
    return LoadState(
        state.begun,
        origin.day,
        state.archive.with_row(origin.day, final, SOURCE),
        seven,
        climatology,
        ridge,
        mixture,
        conformal,
        issued(state.pending, np.concatenate([experts, mix[np.newaxis], final[np.newaxis]])),
    )
