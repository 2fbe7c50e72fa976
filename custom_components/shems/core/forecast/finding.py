"""What is wrong or new in a history, and the part of a series in which it is looked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from ..horizon import HOUR_S
from ..series import Series
from ..units import Bools, Floats

type Indices = npt.NDArray[np.intp]

LOAD: Final = "load"
SOLAR: Final = "solar"
_TOUCHING_S: Final = 1.0


@dataclass(frozen=True)
class Finding:
    """Something about measured power that its owner may want to know.

    Attributes:
        code: what it is, snake_case: the key of its text.
        quantity: `load` or `solar`.
        since, until: epoch seconds of where it begins first and ends last.
        args: numbers that the text names: `times`, `hours`, `factor`, ...
    """

    code: str
    quantity: str
    since: float
    until: float
    args: Mapping[str, float | int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Track:
    """The part of a series that is over, N intervals.

    Attributes:
        quantity: see `Finding`.
        start, end: (N,) epoch seconds.
        value: (N,) kW; NaN where unknown.
    """

    quantity: str
    start: Floats
    end: Floats
    value: Floats

    @classmethod
    def of(cls, quantity: str, series: Series, now: float) -> Self:
        """Take what ended by now; a value that is not finite is unknown."""
        over = int(np.searchsorted(series.end, now + 1e-6, side="right"))
        value = series.value[:over]
        known = np.where(np.isfinite(value), value, np.nan)
        return cls(quantity, series.start[:over], series.end[:over], known)

    def into(self, series: Series) -> Series:
        """Return the series from which this was taken, with the values of now."""
        rest = series.value[len(self.value) :]
        return Series(series.start, series.end, np.concatenate([self.value, rest]))

    @property
    def series(self) -> Series:
        """What is known as a series."""
        return Series(self.start, self.end, self.value)

    @cached_property
    def hours(self) -> Floats:
        """Width of each interval, (N,)."""
        hours: Floats = (self.end - self.start) / HOUR_S
        return hours

    @cached_property
    def known(self) -> Bools:
        """Where there is a value, (N,)."""
        return np.isfinite(self.value)

    def quantile(self, level: float) -> float:
        """Return a quantile of what is known; there must be something."""
        return float(np.quantile(self.value[self.known], level))

    def having(self, value: Floats) -> Self:
        """Return the same intervals with other values."""
        return replace(self, value=value)

    def without(self, wrong: Bools) -> Self:
        """Return the track with unknown values where they are wrong."""
        return self.having(np.where(wrong, np.nan, self.value)) if wrong.any() else self

    def spells(self, mask: Bools) -> tuple[Indices, Indices]:
        """Return where stretches of a mask without a hole in time begin and stop, indices."""
        joined = np.zeros(len(mask), dtype=np.bool_)
        joined[1:] = mask[1:] & mask[:-1] & (self.start[1:] - self.end[:-1] < _TOUCHING_S)
        last = mask & ~np.append(joined[1:], False)
        return np.flatnonzero(mask & ~joined), np.flatnonzero(last) + 1

    def lasting(self, mask: Bools, hours: float | Floats) -> Bools:
        """Return the mask without the stretches shorter than some hours."""
        begin, stop = self.spells(mask)
        long = (self.end[stop - 1] - self.start[begin]) / HOUR_S >= hours - 1e-6
        edges = np.zeros(len(mask) + 1, dtype=np.int64)
        np.add.at(edges, begin[long], 1)
        np.add.at(edges, stop[long], -1)
        return np.cumsum(edges[:-1]) > 0

    def finding(self, code: str, mask: Bools, **args: float | str) -> Finding:
        """Name what a mask shows; it must show something."""
        begin, stop = self.spells(mask)
        counted: dict[str, float | int | str] = {
            "times": len(begin),
            "hours": round(float(self.hours[mask].sum()), 1),
        }
        since, until = float(self.start[begin[0]]), float(self.end[stop[-1] - 1])
        return Finding(code, self.quantity, since, until, counted | args)
