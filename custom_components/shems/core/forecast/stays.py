"""What is expected of a car becomes a stay that a plan can count on, with caution."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..units import Floats
from .levels import LEVELS, MEDIAN
from .vehicle import VehicleOutlook

EARLY: Final = 0.05
"""Of like stays one in twenty was over by then: a charge that is missing costs more than all
that is won by waiting."""
ENOUGH: Final = 0.75
"""Three stays of four charge no more."""
_PROBABLE: Final = 0.5
"""A car that is away is planned for where it is likelier to come today than not."""


@dataclass(frozen=True)
class ExpectedStay:
    """The stay that is on, or the next one.

    Attributes:
        begin: epoch seconds.
        leaves: epoch seconds by which it is to be charged.
        energy_kwh: AC energy that it charges at the median.
        enough_kwh: what it seldom charges more than.
        probable: whether it comes today more likely than not, or is there.
    """

    begin: float
    leaves: float
    energy_kwh: float
    enough_kwh: float
    probable: bool


def expected_stay(outlook: VehicleOutlook) -> ExpectedStay:
    """Return the stay that an outlook tells of, where nobody said when it ends."""
    return ExpectedStay(
        float(outlook.arrival[MEDIAN]),
        level_of(outlook.departure, EARLY),
        float(outlook.energy_kwh[MEDIAN]),
        level_of(outlook.energy_kwh, ENOUGH),
        outlook.chance > _PROBABLE,
    )


def level_of(quantiles: Floats, level: float) -> float:
    """Return the value at a level of quantiles, (L,)."""
    return float(np.interp(level, LEVELS, quantiles))
