"""Histories of a week to a year and more, cut into the windows that networks are shown."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..horizon import HOUR_S
from ..units import Floats

DAYS: Final = 28
LONGEST_DAYS: Final = 400
"""What is looked back on: every season once, and some weeks of the same season again."""
_DAY_H: Final = 24


@dataclass(frozen=True)
class Windows:
    """Windows of four weeks by the hour, the last one first; they end with the history.

    Attributes:
        place: (W, 672) which hour of the history each is; negative before its beginning.
        times: (W, 672) when each hour begins, epoch seconds.
    """

    place: np.ndarray[tuple[int, int], np.dtype[np.int64]]
    times: Floats

    def cut(self, values: Floats) -> Floats:
        """Return a history, (H,), by windows, (W, 672); NaN before it began."""
        return np.where(self.place >= 0, values[np.maximum(self.place, 0)], np.nan)

    def spans(self, known: Floats) -> list[tuple[tuple[float, float], float]]:
        """Return begin and end of each window, and the days known in it of a history, (H,)."""
        seen = np.isfinite(self.cut(known)).sum(axis=1) / _DAY_H
        ends = self.times[:, -1] + HOUR_S
        return [
            ((float(first), float(end)), float(days))
            for first, end, days in zip(self.times[:, 0], ends, seen, strict=True)
        ]


def windows(times: Floats) -> Windows:
    """Return the windows of a history whose hours begin at (H,) epoch seconds, without a gap.

    A history of less than four weeks is one window that begins before it; of a longer one,
    at most 400 days, what is left over at its beginning is no window of its own.
    """
    hours = DAYS * _DAY_H
    count = max(1, min(len(times), LONGEST_DAYS * _DAY_H) // hours)
    last = len(times) - hours * np.arange(count)[:, np.newaxis]
    place = last - hours + np.arange(hours)
    return Windows(place, times[-1] - HOUR_S * (len(times) - 1.0 - place))
