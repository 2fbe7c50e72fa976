"""Whether a state of charge stands still while energy flows."""

from dataclasses import dataclass
from typing import Final, Self

from ..horizon import HOUR_S

_SHARE: Final = 0.2
"""A gauge in coarse steps of a tenth, with a tenth lost on the way, has moved by then."""
_GAP_S: Final = 600.0
"""What flowed between looks that are further apart is not known."""
_FULL: Final = 0.95
_EMPTY: Final = 0.1
"""Cells are balanced for hours at the upper end, and electronics draw on at the lower one."""


@dataclass(frozen=True)
class Standing:
    """What has flowed since a state of charge last changed.

    Attributes:
        soc: fraction; None before the first look.
        kwh: that flowed, + = discharge.
        at: epoch seconds of the last look.
    """

    soc: float | None = None
    kwh: float = 0.0
    at: float = 0.0

    def after(self, soc: float, power_kw: float | None, now: float) -> Self:
        """Return what is known after another look.

        Args:
            soc: fraction.
            power_kw: + = discharge; None where unknown.
            now: epoch seconds.
        """
        if soc != self.soc:
            return type(self)(soc, 0.0, now)
        passed_s = now - self.at
        flow = power_kw or 0.0
        ends = (flow < 0 and soc >= _FULL) or (flow > 0 and soc <= _EMPTY)
        counts = 0 < passed_s <= _GAP_S and not ends
        return type(self)(soc, self.kwh + flow * passed_s / HOUR_S * counts, now)

    def frozen(self, capacity_kwh: float) -> bool:
        """Return whether so much has flowed that the state of charge must have changed."""
        return abs(self.kwh) > _SHARE * capacity_kwh
