"""A linear or mixed-integer program collected as arrays.

minimise c·x   subject to   a ≤ A·x ≤ b,   l ≤ x ≤ u,   x[i] integer for marked i
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from .units import Bools, Floats

type Ints = npt.NDArray[np.int32]
type Value = float | Floats

INFINITY: Final = float("inf")


@dataclass(frozen=True)
class Arrays:
    """A program in the column-wise form that solvers take.

    Attributes:
        cost, lower, upper, integer: (N,) per column.
        row_lower, row_upper: (M,) per row.
        start, index, coefficient: the matrix by columns, (N+1,), (Z,), (Z,).
    """

    cost: Floats
    lower: Floats
    upper: Floats
    integer: Bools
    row_lower: Floats
    row_upper: Floats
    start: Ints
    index: Ints
    coefficient: Floats

    @property
    def shape(self) -> tuple[int, int, int]:
        """Columns, rows and matrix entries: what must agree for a basis to carry over."""
        return len(self.cost), len(self.row_lower), len(self.index)

    @property
    def sound(self) -> bool:
        """Whether no number is NaN, no cost or coefficient infinite, no bound reversed.

        HiGHS takes a NaN cost without complaint and calls the result optimal.
        """
        return bool(
            np.isfinite(self.cost).all()
            and np.isfinite(self.coefficient).all()
            and (self.lower <= self.upper).all()
            and (self.row_lower <= self.row_upper).all()
        )


@dataclass
class Program:
    """Columns and rows under construction; each asset adds its own."""

    _columns: list[tuple[Floats, Floats, Floats, Bools]] = field(default_factory=list)
    _rows: list[tuple[Floats, Floats]] = field(default_factory=list)
    _terms: list[tuple[Ints, Ints, Floats]] = field(default_factory=list)
    _charges: list[tuple[Ints, Floats]] = field(default_factory=list)
    _column_count: int = 0
    _row_count: int = 0

    def columns(
        self,
        count: int,
        *,
        lower: Value = 0.0,
        upper: Value = INFINITY,
        cost: Value = 0.0,
        integer: bool = False,
    ) -> Ints:
        """Add variables with bounds and cost; return their indices, (count,)."""
        self._columns.append(
            (
                _spread(cost, count),
                _spread(lower, count),
                _spread(upper, count),
                np.full(count, integer),
            )
        )
        first = self._column_count
        self._column_count += count
        return np.arange(first, self._column_count, dtype=np.int32)

    def charge(self, columns: Ints, cost: Value) -> None:
        """Add to the cost of columns that exist."""
        self._charges.append((columns, _spread(cost, len(columns))))

    def rows(self, count: int, *, lower: Value = -INFINITY, upper: Value = INFINITY) -> Ints:
        """Add constraints without terms; return their indices, (count,)."""
        self._rows.append((_spread(lower, count), _spread(upper, count)))
        first = self._row_count
        self._row_count += count
        return np.arange(first, self._row_count, dtype=np.int32)

    def terms(self, rows: Ints, columns: Ints, coefficient: Value) -> None:
        """Add coefficient · column to each row, pairwise."""
        self._terms.append((rows, columns, _spread(coefficient, len(rows))))

    def arrays(self) -> Arrays:
        """Return the program in column-wise form."""
        cost, lower, upper, integer = (
            np.concatenate(parts) for parts in zip(*self._columns, strict=True)
        )
        for charged, more in self._charges:
            np.add.at(cost, charged, more)
        row_lower, row_upper = (np.concatenate(parts) for parts in zip(*self._rows, strict=True))
        row, column, coefficient = (
            np.concatenate(parts) for parts in zip(*self._terms, strict=True)
        )
        order = np.argsort(column.astype(np.int64) * self._row_count + row, kind="stable")
        start = np.searchsorted(column[order], np.arange(self._column_count + 1))
        return Arrays(
            cost,
            lower,
            upper,
            integer,
            row_lower,
            row_upper,
            start.astype(np.int32),
            row[order],
            coefficient[order],
        )


def _spread(value: Value, count: int) -> Floats:
    if isinstance(value, np.ndarray):
        return value
    return np.full(count, value, dtype=np.float64)
