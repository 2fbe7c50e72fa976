"""The load learned at home: experts, mixed by their scores, with honest intervals."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ..units import Floats
from .conformal import Conformal
from .days import Days
from .experts.boosting import importable
from .experts.dressing import issued
from .experts.ground import AHEAD, REACH_DAYS, Ground, Origin
from .experts.memory import Memory
from .experts.panel import NAMES, Panel
from .history import History
from .issue import Archive
from .levels import COUNT
from .mixture import Mixture
from .packing import packed, unpacked
from .presence import with_presence

SOURCE: Final = "mix"
VERSION: Final = 1
"""Of what `to_arrays` returns; what another version wrote is learned anew."""

type Watch = Callable[[int, str, Floats], None]
"""Is told a day, an expert's name or `mix`, and what it issued at that midnight, (3, S, L)."""


@dataclass(frozen=True)
class LoadState:
    """What has been learned of a home's load up to a midnight.

    Attributes:
        begun: number of the day at which the walk began.
        day: number of the day at whose midnight it last issued.
        archive: what the mix issued, in kW.
        panel: the experts.
        mixture: their weights.
        conformal: how far the mix's quantiles are moved.
        said: (AHEAD, E + 2, AHEAD, S, L) what the experts, the mix and the mix as handed
            out said at the last midnights.
        memory: a cache that can be filled again from the history.
    """

    begun: int
    day: int
    archive: Archive
    panel: Panel
    mixture: Mixture
    conformal: Conformal
    said: Floats
    memory: Memory = field(compare=False, repr=False)

    @classmethod
    def new(cls, day: int, slots: int) -> LoadState:
        """Make one that has seen nothing before the midnight of a day."""
        return cls(
            day,
            day,
            Archive(day, np.full((1, AHEAD, slots, COUNT), np.nan, np.float32), SOURCE),
            Panel.new(slots),
            Mixture.new(len(NAMES), AHEAD, slots),
            Conformal.new(AHEAD, slots),
            np.full((AHEAD, len(NAMES) + 2, AHEAD, slots, COUNT), np.nan, np.float32),
            Memory(slots),
        )

    @property
    def slots(self) -> int:
        """Number of slots S of a day."""
        return self.memory.slots

    @property
    def issued(self) -> bool:
        """Whether it has ever issued anything."""
        return not np.isnan(self.archive.quantiles).all()

    def weights(self) -> dict[str, float]:
        """Return how much each expert counts for the day that begins, in the mean."""
        awake = np.isfinite(self.said[0, : len(NAMES), 0]).astype(np.float64)
        if not awake.any():
            return {}
        share = self.mixture.weights(awake[:, np.newaxis])[:, 0].mean(axis=(1, 2))
        return dict(zip(NAMES, share.tolist(), strict=True))

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return everything but the cache as flat arrays, for a file."""
        arrays = {
            "version": np.array(VERSION),
            "days": np.array([self.begun, self.day, self.archive.first, self.slots]),
            "archive": self.archive.quantiles,
            "said": self.said,
        }
        arrays.update(packed(self.panel, "panel."))
        arrays.update(packed(self.mixture, "mixture."))
        arrays.update(packed(self.conformal, "conformal."))
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> LoadState | None:
        """Return what `to_arrays` told, None where it is of another version or broken."""
        try:
            if int(arrays["version"]) != VERSION:
                return None
            begun, day, first, slots = arrays["days"].tolist()
            blank = cls.new(begun, slots)
            return replace(
                blank,
                day=day,
                archive=Archive(first, arrays["archive"], SOURCE),
                panel=unpacked(blank.panel, arrays, "panel."),
                mixture=unpacked(blank.mixture, arrays, "mixture."),
                conformal=unpacked(blank.conformal, arrays, "conformal."),
                said=arrays["said"],
            )
        except KeyError, ValueError, TypeError:
            return None


def advance(
    state: LoadState | None,
    history: History,
    days: Days,
    day: int,
    *,
    most_days: int | None = None,
    boosting: bool | None = None,
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
        boosting: whether scikit-learn's expert takes part; None where it can be imported.
        watch: is told what every expert and the mix issue.

    Returns:
        The state at `day` or as far as it came.
    """
    first = days.first_known(history.load, day)
    if state is None or not _continues(state, first, days.slots):
        state = LoadState.new(max(first, day - REACH_DAYS), days.slots)
    until = day if most_days is None else min(day, state.day + most_days)
    if until <= state.day:
        return state
    if state.memory.kept_for is not state.said:
        state = replace(state, memory=Memory(days.slots))
    ground = Ground.of(history, days, max(first, state.day - 2 * REACH_DAYS), until)
    state.memory.recall(ground, state.begun, state.day + 1)
    for each in range(state.day + 1, until + 1):
        trees = importable() if boosting is None else boosting
        state = _step(state, Origin(ground, each), watch, boosting=trees)
    return state


def _continues(state: LoadState, first: int, slots: int) -> bool:
    """Return whether a walk goes on from a state.

    Not with other slots, nor where more of the past has become known before anything was
    issued.
    """
    return state.slots == slots and (state.issued or state.begun <= first)


def _step(state: LoadState, origin: Origin, watch: Watch | None, *, boosting: bool) -> LoadState:
    """Learn the day that ended and issue those ahead."""
    if not origin.enough:
        return replace(state, day=origin.day)
    truth = origin.ground.learned_of(origin.day - 1)
    said = np.stack([state.said[lead, :, lead] for lead in range(AHEAD)], axis=1)
    mixture = state.mixture.learned(said[:-2], said[-2], truth)
    conformal = state.conformal.learned(said[-1], truth)
    panel, experts = state.panel.advanced(origin, state.memory, state.begun, boosting=boosting)
    mix = mixture.mixed(experts)
    final = conformal.applied(mix)
    told = with_presence(final, origin)
    if watch is not None:
        for name, rows in zip((*NAMES, SOURCE), (*experts, told), strict=True):
            watch(origin.day, name, rows)
    rows = np.concatenate([experts, mix[np.newaxis], final[np.newaxis]]).astype(np.float32)
    handed = issued(state.said, rows)
    state.memory.kept_for = handed
    return replace(
        state,
        day=origin.day,
        archive=state.archive.with_row(origin.day, told, SOURCE),
        panel=panel,
        mixture=mixture,
        conformal=conformal,
        said=handed,
    )
