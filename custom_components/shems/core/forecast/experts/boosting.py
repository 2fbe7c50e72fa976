"""Gradient boosting by scikit-learn, where it can be imported; else this expert sleeps."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any, ClassVar, Final, Protocol, Self

import numpy as np
import numpy.typing as npt

from ...units import Floats
from ..levels import COUNT
from .dressing import Dressing
from .ground import AHEAD, Origin
from .memory import INPUTS, Memory

_EVERY_DAYS: Final = 28
_LEAST_DAYS: Final = 28
_REACH_DAYS: Final = 180
_MOST_SAMPLES: Final = 5000
"""A fit then takes about a tenth of a second."""


class _Trees(Protocol):
    """What is used of scikit-learn's HistGradientBoostingRegressor."""

    def fit(self, inputs: npt.NDArray[Any], outcomes: npt.NDArray[Any]) -> Self: ...

    def predict(self, inputs: npt.NDArray[Any]) -> Floats: ...


class _Threads(Protocol):
    """What is used of threadpoolctl, which comes with scikit-learn."""

    def limit(self, *, limits: int) -> AbstractContextManager[object]: ...


@cache
def importable() -> bool:
    """Return whether scikit-learn is installed and works."""
    try:
        import_module("sklearn.ensemble")
    except ImportError, ValueError:  # ValueError: built for another numpy.
        return False
    return True


def _one_thread() -> AbstractContextManager[object]:
    """Keep scikit-learn from waiting for cores that are busy: it crawls on few of them."""
    return _threads().limit(limits=1)


@cache
def _threads() -> _Threads:
    """Return what governs the threads of scikit-learn, which takes time to be found."""
    threads: _Threads = import_module("threadpoolctl").ThreadpoolController()
    return threads


@dataclass(frozen=True)
class Boosting:
    """Boosted trees for the root of the load, dressed with their errors.

    Attributes:
        dressing: errors in roots of kW.
        fitted: () day at whose midnight the trees were grown; -1 before.
        trees: as grown; None after a restart, when they are grown anew as of that day.
    """

    name: ClassVar[str] = "boosting"
    dressing: Dressing
    fitted: npt.NDArray[np.int64]
    trees: _Trees | None = field(default=None, compare=False, repr=False)

    @classmethod
    def new(cls, slots: int) -> Self:
        """Make one that has seen nothing."""
        return cls(Dressing.new(slots), np.array(-1))

    def advanced(self, origin: Origin, memory: Memory, begun: int) -> tuple[Self, Floats]:
        """Learn the day that ended and issue the days ahead, (AHEAD, S, L).

        NaN while there are too few days.
        """
        slots = origin.ground.slots
        points = np.full((AHEAD, slots), np.nan)
        fitted, trees = self._grown(origin, memory, begun)
        if trees is not None:
            at = memory.place(origin.day)
            inputs, base = memory.inputs[at], memory.base[at]
            with _one_thread():
                found = trees.predict(inputs.reshape(-1, INPUTS)).reshape(base.shape)
            roots = np.maximum(base + found, 0.0) * memory.level[at]
            points = roots[[0] + [1] * (AHEAD - 1)]
        truth = np.sqrt(origin.ground.learned_of(origin.day - 1))
        dressing = self.dressing.advanced(truth, points)
        grown = type(self)(dressing, np.array(fitted), trees)
        if trees is None:
            return grown, np.full((AHEAD, slots, COUNT), np.nan)
        return grown, np.maximum(dressing.dress(points), 0.0) ** 2

    def _grown(self, origin: Origin, memory: Memory, begun: int) -> tuple[int, _Trees | None]:
        """Return the trees to use and the day as of which they were grown."""
        day = int(self.fitted)
        if day < 0 or origin.day - day >= _EVERY_DAYS:
            day = origin.day
        elif self.trees is not None:
            return day, self.trees
        rows = memory.rows(max(begun, day - _REACH_DAYS), day)
        if len(rows) < _LEAST_DAYS:
            return -1, None
        return day, _grow(memory, rows, day)


def _grow(memory: Memory, rows: npt.NDArray[np.intp], day: int) -> _Trees:
    """Return trees for what the outcomes up to the midnight of `day` add to the base."""
    outcome = memory.outcomes(rows, day) - memory.base[rows]
    known = np.argwhere(np.isfinite(outcome))
    if len(known) > _MOST_SAMPLES:
        known = np.random.default_rng(day).choice(known, _MOST_SAMPLES, replace=False)
    place = tuple(known.T)
    trees: _Trees = import_module("sklearn.ensemble").HistGradientBoostingRegressor(
        max_iter=60, learning_rate=0.08, max_leaf_nodes=12, min_samples_leaf=30, random_state=1
    )
    with _one_thread():
        return trees.fit(memory.inputs[rows][place], outcome[place])
