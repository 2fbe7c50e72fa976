"""All that is learned of a home, a slice at a time, and its form in a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from ..assets.plane import Site
from ..horizon import HOUR_S
from . import load, solar
from .days import Days
from .history import History
from .inferred_sun import Roofs
from .load import LoadState
from .solar import SolarState

VERSION: Final = 1

type Arrays = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class Learned:
    """What the learners know of a home.

    Attributes:
        load, solar: None where there was nothing to learn from yet.
        roofs: what the solar roof is inferred with, no part of what is kept; None leaves that
            expert silent.
    """

    load: LoadState | None = None
    solar: SolarState | None = None
    roofs: Roofs | None = field(default=None, compare=False, repr=False)

    def experts(self) -> dict[str, dict[str, float]]:
        """Return how much each expert counts for the day that begins, by quantity."""
        weights: dict[str, dict[str, float]] = {}
        if self.load is not None:
            weights["load"] = self.load.weights()
        if self.solar is not None:
            weights["solar"] = self.solar.weights
        return weights

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return everything as named arrays, for one file."""
        arrays: dict[str, npt.NDArray[Any]] = {"version": np.array(VERSION)}
        for name, state in (("load", self.load), ("solar", self.solar)):
            if state is not None:
                arrays |= {f"{name}.{key}": each for key, each in state.to_arrays().items()}
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Self:
        """Restore from `to_arrays`; a learner of another version learns anew.

        Raises:
            KeyError, ValueError: the arrays are something else, or of another version.
        """
        if int(arrays["version"]) != VERSION:
            raise ValueError(f"learned by version {arrays['version']}")
        own = {name: _below(name, arrays) for name in ("load", "solar")}
        return cls(
            LoadState.from_arrays(own["load"]) if own["load"] else None,
            SolarState.from_arrays(own["solar"]) if own["solar"] else None,
        )


def _below(name: str, arrays: Arrays) -> dict[str, npt.NDArray[Any]]:
    start = f"{name}."
    return {key.removeprefix(start): each for key, each in arrays.items() if key.startswith(start)}


def learn(
    learned: Learned,
    history: History,
    zone: str,
    now: float,
    *,
    site: Site | None = None,
    most_days: int | None = None,
    boosting: bool | None = None,
    step_s: float = HOUR_S,
) -> tuple[Learned, float]:
    """Walk one learner on, up to the last local midnight; the load's first.

    Args:
        learned: where the walks stand.
        history: what is known, at best a year.
        zone: the home's.
        now: epoch seconds.
        site: where the home stands, None where that is unknown.
        most_days: how many midnights to walk at most; None for all.
        boosting: whether scikit-learn takes part; None where it can be imported.
        step_s: width of a slot; a year of statistics is by the hour.

    Returns:
        What is known then, and which share of the walks is done, 1 for all.
    """
    days = Days(zone, step_s)
    day = days.day(now)
    walked = load.advance(learned.load, history, days, day, most_days=most_days, boosting=boosting)
    learned = replace(learned, load=walked)
    if walked.day < day:
        return learned, 0.5 * _share(walked, day)
    if len(history.solar):
        sun = solar.advance(
            learned.solar,
            history,
            days,
            day,
            site=site,
            most_days=most_days,
            roofs=learned.roofs,
        )
        learned = replace(learned, solar=sun)
        if sun.day < day:
            return learned, 0.5 + 0.5 * _share(sun, day)
    return learned, 1.0


def refreshed(
    learned: Learned, history: History, days: Days, now: float, *, site: Site | None = None
) -> Learned:
    """Return the learners with today's sun expected from the newest forecasts of others."""
    if learned.solar is None:
        return learned
    sun = solar.refresh(learned.solar, history, days, days.day(now), now, site=site)
    return learned if sun is learned.solar else replace(learned, solar=sun)


def _share(state: LoadState | SolarState, day: int) -> float:
    return (state.day - state.begun) / max(1, day - state.begun)
