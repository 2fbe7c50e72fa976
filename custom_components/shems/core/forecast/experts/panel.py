"""The experts of the load, asked together."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from ...units import Floats
from ..levels import COUNT
from .analog import Analog
from .boosting import Boosting
from .climatology import Climatology
from .ground import AHEAD, Origin
from .memory import Memory
from .network import Network
from .ridge import Ridge
from .seven import Seven

NAMES: Final = (
    Seven.name,
    Climatology.name,
    Analog.name,
    Ridge.name,
    Network.name,
    Boosting.name,
)


@dataclass(frozen=True)
class Panel:
    """Every expert as far as it has learned."""

    seven: Seven
    climatology: Climatology
    analog: Analog
    ridge: Ridge
    network: Network
    boosting: Boosting

    @classmethod
    def new(cls, slots: int) -> Self:
        """Make one that has seen nothing."""
        return cls(
            Seven.new(slots),
            Climatology(),
            Analog(),
            Ridge.new(slots),
            Network.new(),
            Boosting.new(slots),
        )

    def advanced(
        self, origin: Origin, memory: Memory, begun: int, *, boosting: bool
    ) -> tuple[Self, Floats]:
        """Learn the day that ended and issue the days ahead, (E, AHEAD, S, L).

        Rows of `NAMES`; NaN where an expert has nothing to say yet.
        """
        told = memory.told(origin)
        seven, by_seven = self.seven.advanced(origin)
        ridge, by_ridge = self.ridge.advanced(origin, told)
        network, by_network = self.network.advanced(origin, memory, begun)
        booster = self.boosting
        by_boosting = np.full((AHEAD, origin.ground.slots, COUNT), np.nan)
        if boosting:
            booster, by_boosting = booster.advanced(origin, memory, begun)
        said = (
            by_seven,
            self.climatology.issue(origin),
            self.analog.issue(origin),
            by_ridge,
            by_network,
            by_boosting,
        )
        panel = type(self)(seven, self.climatology, self.analog, ridge, network, booster)
        return panel, np.stack(said)
