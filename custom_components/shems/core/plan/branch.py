"""Branch and bound on one linear program, which goes on from where it was solved last.

Most programs of a home are nearly whole once their integers are relaxed: by what that costs less
is a fraction of the gap. Then a few dozen solves from the last basis, a millisecond or two each,
decide them. HiGHS first tightens the relaxed program with cuts, which took 80 % of its time on
such programs and gained nothing. Where a relaxed peak or start is much cheaper than a whole one,
its cuts do gain, and the search is left to it. (Land and Doig 1960; the next node is the one with
the best bound, and from there on the search goes down to integers.)
"""

import heapq
from dataclasses import dataclass, field
from typing import Final

import highspy
import numpy as np

from ..linear import INFINITY, Ints
from ..units import Bools, Floats

TRIES: Final = 120
"""Solves after which the search is given up: they take about as long as HiGHS' cuts."""
_FINE_TRIES: Final = 30
_FINE_SHARE: Final = 0.05
"""Within the gap alone, which of equal plans is found would be chance. So a much finer optimum
is looked for, but past some solves the gap is good enough."""
_HOPELESS: Final = 2.0
"""Gaps between what is found by then and what might be, from which on the search is given up: of
55 such programs of whole homes three were ever decided, in 150 solves."""
_CHEAP_SHARE: Final = 0.05
"""What may be rounded up for less than this share of the gap is not tried the other way before
all else is decided."""
_WHOLE: Final = 1e-6
"""What is so near to an integer is one: a solver's tolerance."""
_UNSOLVED: Final = np.zeros(0)
_IMPOSSIBLE: Final = (
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
)


class StoppedError(RuntimeError):
    """The solver gave up on one of the linear programs; the status says why."""


@dataclass(frozen=True)
class Whole:
    """What the search found.

    Attributes:
        value: (I,) of the columns that are integers.
        missed: by how much at most their cost is above the optimum.
    """

    value: Floats
    missed: float


@dataclass(frozen=True, order=True)
class _Node:
    """Bounds of the integers under which something may be found.

    Attributes:
        cost: the least it can cost.
        number: of its making, which decides ties.
        lower, upper: (I,).
        value: (I,) of its relaxed optimum; none where it has not been solved, or has none.
    """

    cost: float
    number: int
    lower: Floats = field(compare=False)
    upper: Floats = field(compare=False)
    value: Floats = field(compare=False)


class Branching:
    """A search for the integers of a program."""

    def __init__(self, highs: highspy.Highs, columns: Ints, gap: float, most: int) -> None:
        """Begin with a relaxed program.

        Args:
            highs: holds it, and its optimum; the search changes bounds.
            columns: (I,) which are to be integers.
            gap: how far from the optimum is near enough, in its cost.
            most: solves.
        """
        self._highs = highs
        self._columns = columns
        self._gap = gap
        self._most = most
        self._tried = 0
        self._open: list[_Node] = []
        self._cost = INFINITY
        self._best: Floats | None = None

    def search(self, lower: Floats, upper: Floats) -> Whole | None:
        """Return integers within the gap, None where too many solves would be needed.

        Args:
            lower, upper: (I,) bounds of the integers.

        Raises:
            StoppedError: see there.
        """
        root = self._read(lower, upper)
        if np.count_nonzero(_broken(root.value)) > self._most:
            return None
        self._open = [root]
        while not self._near:
            if self._hopeless:
                return None
            self._plunge(heapq.heappop(self._open))
        if self._best is None:
            return None
        return Whole(self._best, max(self._cost - self._bound, _FINE_SHARE * self._gap))

    @property
    def _bound(self) -> float:
        return self._open[0].cost if self._open else self._cost

    @property
    def _near(self) -> bool:
        """Whether nothing better is left, or what was found is good enough."""
        share = _FINE_SHARE if self._tried < _FINE_TRIES else 1.0
        return not self._open or self._cost - self._bound <= share * self._gap

    @property
    def _hopeless(self) -> bool:
        if self._tried > self._most:
            return True
        far = self._cost - self._bound > _HOPELESS * self._gap
        return self._tried >= _FINE_TRIES and far

    def _plunge(self, node: _Node) -> None:
        """Go on from a node down to integers, or to where nothing better can be."""
        if not len(node.value):
            node = self._solved(node.lower, node.upper)
        while node.cost < self._cost - _FINE_SHARE * self._gap:
            broken = _broken(node.value)
            if not broken.any():
                self._cost, self._best = node.cost, np.round(node.value)
                return
            if self._tried > self._most:
                heapq.heappush(self._open, node)
                return
            node = self._branch(node, broken)

    def _branch(self, node: _Node, broken: Bools) -> _Node:
        """Return the better way to go on where a column is rounded, and keep the other.

        The column with the largest fraction is rounded: that decides most.
        """
        fraction = node.value - np.floor(node.value)
        at = int(np.argmax(np.where(broken, fraction, -1.0)))
        lower, upper = node.lower.copy(), node.upper.copy()
        lower[at], upper[at] = np.ceil(node.value[at]), np.floor(node.value[at])
        above = self._solved(lower, node.upper)
        if above.cost - node.cost <= _CHEAP_SHARE * self._gap:
            self._keep(_Node(node.cost, self._tried, node.lower, upper, _UNSOLVED))
            return above
        below = self._solved(node.lower, upper)
        better, other = (above, below) if above.cost <= below.cost else (below, above)
        self._keep(other)
        return better

    def _keep(self, node: _Node) -> None:
        if node.cost < self._cost:
            heapq.heappush(self._open, node)

    def _solved(self, lower: Floats, upper: Floats) -> _Node:
        """Return the node of some bounds; one that nothing keeps costs endlessly."""
        self._tried += 1
        self._highs.changeColsBounds(len(self._columns), self._columns, lower, upper)
        self._highs.run()
        return self._read(lower, upper)

    def _read(self, lower: Floats, upper: Floats) -> _Node:
        status = self._highs.getModelStatus()
        if status in _IMPOSSIBLE:
            return _Node(INFINITY, self._tried, lower, upper, _UNSOLVED)
        if status != highspy.HighsModelStatus.kOptimal:
            raise StoppedError(self._highs.modelStatusToString(status))
        cost = self._highs.getInfo().objective_function_value
        column = np.asarray(self._highs.getSolution().col_value, dtype=np.float64)
        return _Node(cost, self._tried, lower, upper, column[self._columns])


def _broken(value: Floats) -> Bools:
    broken: Bools = np.abs(value - np.round(value)) > _WHOLE
    return broken
