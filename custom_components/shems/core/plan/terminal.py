"""What is left in a battery at the horizon's end is worth.

What a stored kWh is worth then is learned from recent plans, by the marginal kWh. It goes on
being worth that only as long as the home has use for it: a day later there are other prices,
and the battery can be charged anew. So it counts for what a day's load takes out of the
store, and beyond that energy counts as sold. Without that bound a worth that is met nowhere
justifies itself: what was bought and is not needed is left at the horizon's end, where it
is worth what it was bought for.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from ..assets.battery import Battery
from ..forecast.beliefs import Beliefs
from ..horizon import DAY_S, HOUR_S
from ..units import Floats


@dataclass(frozen=True)
class Terminal:
    """The worth of stored energy at the horizon's end.

    Attributes:
        worth: of a kWh that the home will use, currency.
        beyond: of a kWh above `kept_kwh`, no more than `worth`.
        kept_kwh: stored energy up to which the home will use it.
    """

    worth: float
    beyond: float = 0.0
    kept_kwh: float = np.inf

    @classmethod
    def of(cls, battery: Battery, beliefs: Beliefs, worth: float) -> Self:
        """Return what is left worth where so much is learned of a kWh.

        Args:
            battery: the only one that covers the load.
            beliefs: with what the home takes and what a kWh brings.
            worth: of a kWh, as it was learned.
        """
        horizon = beliefs.horizon
        hours = np.clip((horizon.end - horizon.edges[-1] + DAY_S) / HOUR_S, 0.0, horizon.hours)
        net = np.array([load - solar for load, solar in beliefs.scenarios])
        load_kwh = float((np.maximum(net, 0.0) @ hours).mean())
        load_kwh *= DAY_S / HOUR_S / float(hours.sum())  # Of a whole day, if there is none.
        brings = max(0.0, float(np.average(beliefs.prices.sell, weights=horizon.hours)))
        return cls(
            worth,
            min(worth, battery.discharge_efficiency * brings),
            battery.floor_kwh + load_kwh / battery.discharge_efficiency,
        )

    def value(self, energy_kwh: Floats) -> Floats:
        """Return what stored energies are worth, of any shape."""
        spare = np.maximum(energy_kwh - self.kept_kwh, 0.0)
        value: Floats = self.worth * (energy_kwh - spare) + self.beyond * spare
        return value
