"""What a learner hands on: day-ahead distributions of one quantity, past and to come."""

from dataclasses import dataclass

from ..units import Floats


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
