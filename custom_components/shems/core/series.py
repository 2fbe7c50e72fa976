"""Piecewise constant series and their means on other time steps."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

import numpy as np

from .horizon import Horizon
from .units import Bools, Floats, InputError

_COVERED: Final = 0.999
"""Share of a step that must be covered for its mean to count; spares rounding of times."""


@dataclass(frozen=True)
class Series:
    """Values that hold over [start, end), in order and without overlap.

    Attributes:
        start, end: (N,) epoch seconds UTC.
        value: (N,); NaN where unknown. Missing is never zero.
    """

    start: Floats
    end: Floats
    value: Floats

    @classmethod
    def empty(cls) -> Self:
        """Make a series that knows nothing."""
        none = np.empty(0)
        return cls(none, none, none)

    @classmethod
    def of(cls, points: Iterable[tuple[float, float, float]]) -> Self:
        """Make a series from (start, end, value) in any order.

        Identical repetitions are dropped; a later value for the same start wins.

        Raises:
            InputError: an interval is empty or has no time, or two intervals overlap.
        """
        unique = {start: (end, value) for start, end, value in points}
        if not unique:
            return cls.empty()
        ordered = sorted((start, *rest) for start, rest in unique.items())
        start, end, value = np.array(ordered, dtype=np.float64).T.copy()
        if not (end > start).all() or not (end[:-1] <= start[1:] + 1e-6).all():
            raise InputError("series_overlaps")
        return cls(start, end, value)

    def __len__(self) -> int:
        """Return the number of intervals."""
        return len(self.start)

    @cached_property
    def _integrals(self) -> tuple[Floats, Floats, Floats]:
        known = np.isfinite(self.value)
        width = np.where(known, self.end - self.start, 0.0)
        edges = np.stack([self.start, self.end], axis=1).ravel()
        area = np.zeros(len(edges))
        cover = np.zeros(len(edges))
        area[1::2] = np.where(known, self.value, 0.0) * width
        cover[1::2] = width
        return edges, np.cumsum(area), np.cumsum(cover)

    def on(self, horizon: Horizon) -> Floats:
        """Return the time-weighted mean on each step, (K,); NaN where not fully covered."""
        return self.between(horizon.start, horizon.end)

    def means(self, edges: Floats) -> Floats:
        """Return the time-weighted means between neighbouring edges, (..., K+1) to (..., K)."""
        return self.between(edges[..., :-1], edges[..., 1:])

    def between(self, start: Floats, end: Floats) -> Floats:
        """Return the time-weighted means over [start, end), of any one shape.

        NaN where such a step is not fully covered or has no width.
        """
        width = end - start
        mean = np.full(width.shape, np.nan)
        if len(self) == 0:
            return mean
        edges, area, cover = self._integrals
        mass = np.interp(end, edges, area) - np.interp(start, edges, area)
        known = np.interp(end, edges, cover) - np.interp(start, edges, cover)
        np.divide(mass, known, out=mean, where=(known >= _COVERED * width) & (width > 0))
        return mean

    def at(self, time: float) -> float | None:
        """Return the value that holds at a time, or None where there is none."""
        index = int(np.searchsorted(self.start, time, side="right")) - 1
        if index < 0 or time >= self.end[index] or not np.isfinite(self.value[index]):
            return None
        return float(self.value[index])

    def filled(self, other: Series) -> Series:
        """Return the series with those intervals of another that touch none of its own."""
        if not len(self):
            return other
        index = np.searchsorted(self.end, other.start + 1e-6)
        free = np.append(self.start, np.inf)[index] >= other.end - 1e-6
        start = np.concatenate([self.start, other.start[free]])
        order = np.argsort(start)
        return Series(
            start[order],
            np.concatenate([self.end, other.end[free]])[order],
            np.concatenate([self.value, other.value[free]])[order],
        )

    @property
    def last(self) -> float | None:
        """End of the last known value, epoch seconds."""
        known = np.flatnonzero(np.isfinite(self.value))
        return float(self.end[known[-1]]) if len(known) else None


def energy_kwh(power_kw: Floats, hours: Floats) -> float:
    """Integrate powers (K,) in kW over steps (K,) in hours."""
    return float(np.dot(power_kw, hours))


def fill_short_gaps(value: Floats, step_s: float, longest_s: float) -> tuple[Floats, Bools]:
    """Interpolate gaps no longer than `longest_s`; return the series and what was filled.

    Longer gaps and the ends stay NaN.
    """
    filled = value.copy()
    missing = ~np.isfinite(value)
    mask = np.zeros(len(value), dtype=np.bool_)
    edge = np.flatnonzero(np.diff(np.concatenate([[False], missing, [False]]).astype(np.int8)))
    for begin, end in zip(edge[::2], edge[1::2], strict=True):
        if begin == 0 or end == len(value) or (end - begin) * step_s > longest_s:
            continue
        filled[begin:end] = np.interp(
            np.arange(begin, end), [begin - 1, end], [value[begin - 1], value[end]]
        )
        mask[begin:end] = True
    return filled, mask
