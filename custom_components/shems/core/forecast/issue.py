"""What a learner hands on: day-ahead distributions of one quantity, past and to come."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ..units import Floats

type Floats32 = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Issue:
    """Distributions by local day and slot, each made before its day began.

    Those of days gone by are what was issued for them at their own midnight: next to what
    then came they tell how wrong the learner is now, and for how long it stays so. Those to
    come were made at the midnight before the origin.

    Attributes:
        origin: number of the local day at whose midnight the newest were made.
        quantiles: (P + A, S, L): P days before the origin, then the origin's day and A - 1
            after it, not decreasing along the last axis; NaN on days gone by for which
            nothing was issued.
        past: P.
        source: what they rest on: `mix`, `mix+given`, `seven_day_mean`, ...
    """

    origin: int
    quantiles: Floats
    past: int
    source: str

    @property
    def first(self) -> int:
        """Number of the first day."""
        return self.origin - self.past


ARCHIVE_DAYS: Final = 90
"""How many origins are kept: enough for two months of residuals and a month of replay."""


@dataclass(frozen=True)
class Archive:
    """What a learner has issued: one row per local midnight, without gaps.

    Attributes:
        first: number of the day of row 0.
        quantiles: (P, A, S, L) for the day itself and the A - 1 after it, not decreasing
            along the last axis, in kW or whatever the quantity's unit; NaN where nothing
            was issued.
        source: see `Issue`.
    """

    first: int
    quantiles: Floats32
    source: str

    def __len__(self) -> int:
        """Return the number of origins."""
        return len(self.quantiles)

    def issue(self, origin: int) -> Issue | None:
        """Return what was known at the midnight of a day, None where nothing was issued."""
        row = origin - self.first
        if not 0 <= row < len(self) or np.isnan(self.quantiles[row]).all():
            return None
        known = np.concatenate([self.quantiles[:row, 0], self.quantiles[row]])
        return Issue(origin, known.astype(np.float64), row, self.source)

    def until(self, day: int) -> Archive:
        """Return the archive as it was at the midnight of a day."""
        return Archive(self.first, self.quantiles[: max(0, day - self.first + 1)], self.source)

    def with_row(self, day: int, quantiles: Floats, source: str) -> Archive:
        """Return the archive with the row of a day, (A, S, L), new or in place of the old.

        Days between that were missed are unknown; the oldest rows are dropped.
        """
        row = quantiles.astype(np.float32)[np.newaxis]
        if not len(self):
            return Archive(day, row, source)
        kept = self.quantiles[: max(0, day - self.first)]
        missed = np.full((max(0, day - self.first - len(kept)), *row.shape[1:]), np.nan, np.float32)
        rows = np.concatenate([kept, missed, row])[-ARCHIVE_DAYS:]
        return Archive(day + 1 - len(rows), rows, source)
