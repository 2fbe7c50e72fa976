"""Heat per electricity: a line in the outdoor temperature."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from ..linear import INFINITY
from ..units import Floats, InputError


def on_line(
    outdoor_c: Floats,
    cop: float | Floats,
    slope_per_k: float | Floats,
    limits: tuple[float | Floats, float | Floats],
    at_c: float = 7.0,
) -> Floats:
    """Return the COP at temperatures as `Performance` has it, of one machine or of many.

    Args:
        outdoor_c: any shape that the rest is broadcast to.
        cop, slope_per_k, at_c: the line.
        limits: what it is at least and at most.
    """
    return np.clip(cop + slope_per_k * (outdoor_c - at_c), limits[0], limits[1])


@dataclass(frozen=True)
class Performance:
    """How much heat a machine moves per kWh of electricity.

        COP = cop + slope · (outdoor - at), within lowest and highest

    Attributes:
        at_c, cop: a point of the line, as data sheets give it (A7/W35: 7 °C).
        slope_per_k: how it changes with the outdoor temperature; negative for cooling.
        lowest, highest: what it is in frost and in mild weather at the least and the most.
    """

    at_c: float = 7.0
    cop: float = 3.8
    slope_per_k: float = 0.07
    lowest: float = 1.8
    highest: float = 5.5

    def __post_init__(self) -> None:
        """Reject lines that no machine has."""
        for name in ("at_c", "slope_per_k"):
            if not -INFINITY < getattr(self, name) < INFINITY:
                raise InputError("device_parameter", name=name, value=getattr(self, name))
        for name, least in (("cop", 0.0), ("lowest", 0.0), ("highest", self.lowest)):
            if not (0 < getattr(self, name) < INFINITY and getattr(self, name) >= least):
                raise InputError("device_parameter", name=name, value=getattr(self, name))

    @classmethod
    def constant(cls, cop: float = 1.0) -> Self:
        """Return what is the same in any weather: 1 is an electric heater."""
        return cls(cop=cop, slope_per_k=0.0, lowest=cop, highest=cop)

    @property
    def steady(self) -> bool:
        """Whether the outdoor temperature does not matter."""
        return self.slope_per_k == 0 or self.lowest == self.highest

    def at(self, outdoor_c: float) -> float:
        """Return the COP at a temperature."""
        line = self.cop if self.steady else self.cop + self.slope_per_k * (outdoor_c - self.at_c)
        return min(max(line, self.lowest), self.highest)

    def along(self, outdoor_c: Floats) -> Floats:
        """Return the COP at temperatures, same shape; one that is steady needs none."""
        if self.steady:
            return np.full(len(outdoor_c), self.at(0.0))
        return on_line(
            outdoor_c, self.cop, self.slope_per_k, (self.lowest, self.highest), self.at_c
        )


AIR_TO_WATER: Final = Performance()
"""A heat pump with underfloor heating or large radiators; field averages of the seasonal
figure lie at 3 to 4."""
AIR_CONDITIONER: Final = Performance(35.0, 3.2, -0.09, 1.8, 6.0)
"""Heat taken out of a room: 3.2 at 35 °C, a common rating point, and more when it is milder."""
WATER_PUMP: Final = Performance(7.0, 3.0, 0.05, 1.6, 4.2)
"""A heat pump for water of 50 °C."""
