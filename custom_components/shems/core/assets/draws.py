"""Heat drawn from a tank: what is expected, on a horizon."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..horizon import Horizon
from ..tariff import local_clock
from ..units import Floats

TAPS: Final = (
    *((hour, 0.105) for hour in (7.0, 7.5, 8.0, 8.25, 8.5, 8.75, 9.0, 9.5, 10.5, 11.5, 11.75)),
    *((hour, 0.105) for hour in (14.5, 15.5, 16.5, 18.0, 18.25, 18.5, 19.0, 21.25)),
    *((7.25, 1.4), (12.75, 0.315), (20.5, 0.735), (21.5, 1.4)),
)
"""Local hour and kWh of the tapping profile M of Commission Regulation (EU) 814/2013, to the
quarter: 5.845 kWh of heat on a day of a household of about three."""
USUAL: Final = tuple(
    round(sum(energy for at, energy in TAPS if int(at) == hour), 3) for hour in range(24)
)
"""The same in kWh of each local hour."""


@dataclass(frozen=True)
class Draw:
    """Heat taken out of a tank.

    Attributes:
        begin, end: epoch seconds.
        energy_kwh: within them, spread evenly.
    """

    begin: float
    end: float
    energy_kwh: float


def drawn_kwh(
    draws: tuple[Draw, ...], by_hour: tuple[float, ...], horizon: Horizon, zone: str
) -> Floats:
    """Return the heat drawn in each step, (K,) kWh.

    Args:
        draws: what is expected; where there are none, the usual day counts.
        by_hour: kWh in each local hour of that, 24.
        horizon: the steps.
        zone: IANA name.
    """
    if not draws:
        minute, _ = local_clock((horizon.start + horizon.end) / 2, zone)
        usual: Floats = np.array(by_hour)[(minute // 60).astype(np.intp)]
        return usual * horizon.hours
    begin = np.array([each.begin for each in draws])[:, np.newaxis]
    end = np.array([each.end for each in draws])[:, np.newaxis]
    energy = np.array([each.energy_kwh for each in draws])
    overlap = np.minimum(horizon.end, end) - np.maximum(horizon.start, begin)
    drawn: Floats = energy @ (np.clip(overlap, 0.0, None) / (end - begin))
    return drawn
