"""What a household wants: little cost, little carbon, little import, or some of each."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

import numpy as np

from ..assets.connection import Connection
from ..linear import INFINITY
from ..tariff import Prices, typical_price
from ..units import Floats, InputError

_TIE: Final = 0.01
"""What money counts where it is not the aim: of equally good plans the cheaper one is taken,
and wear, which counts in full, is never outweighed by nothing."""
_USUAL_KG_PER_KWH: Final = 0.25
"""About what a kWh of Europe's grids emits: there a kWh's carbon is worth what it costs."""


class Aim(StrEnum):
    """What is to be least, where a household gives no weights of its own."""

    COST = "cost"
    CARBON = "carbon"
    SELF_SUFFICIENCY = "self_sufficiency"


@dataclass(frozen=True)
class Objective:
    """What counts in a plan.

    Attributes:
        money: how much the contract's prices count.
        carbon_per_kg: currency per kg of CO2 that imported energy emits.
        import_per_kwh: currency per imported kWh, whatever it costs.
        carbon_credit: share of the grid's emissions that exported energy is credited with.
            By default none: what others emit less is their account's.
    """

    money: float = 1.0
    carbon_per_kg: float = 0.0
    import_per_kwh: float = 0.0
    carbon_credit: float = 0.0

    def __post_init__(self) -> None:
        """Reject weights that are negative, unknown, or all nothing."""
        weights = ("money", "carbon_per_kg", "import_per_kwh")
        for name in (*weights, "carbon_credit"):
            if not 0 <= getattr(self, name) < INFINITY:
                raise InputError("objective_parameter", name=name, value=getattr(self, name))
        if not any(getattr(self, name) for name in weights):
            raise InputError("objective_parameter", name="money", value=self.money)

    @classmethod
    def of(cls, aim: Aim, prices: Prices) -> Self:
        """Return the objective of an aim, on the scale of the prices.

        So an aim decides alike in every currency, and beside wear and comfort, which are
        priced in money, it counts as much as cost does.
        """
        if aim is Aim.COST:
            return cls()
        typical = typical_price(prices)
        if aim is Aim.CARBON:
            return cls(_TIE, carbon_per_kg=typical / _USUAL_KG_PER_KWH)
        return cls(_TIE, import_per_kwh=typical)

    def effective(self, prices: Prices, carbon_g_per_kwh: Floats | None = None) -> Prices:
        """Return the prices that a plan decides by.

            buy'  = money · buy + carbon_per_kg · g / 1000 + import_per_kwh
            sell' = money · sell + carbon_credit · carbon_per_kg · g / 1000

        Args:
            prices: of the contract, (K,) currency/kWh.
            carbon_g_per_kwh: (K,) what the grid emits.

        Raises:
            InputError: carbon counts but is not known.
        """
        carbon = np.zeros(len(prices.buy))
        if self.carbon_per_kg:
            if carbon_g_per_kwh is None or not np.isfinite(carbon_g_per_kwh).all():
                raise InputError("carbon_missing")
            carbon = self.carbon_per_kg * carbon_g_per_kwh / 1000
        return replace(
            prices,
            buy=self.money * prices.buy + carbon + self.import_per_kwh,
            sell=self.money * prices.sell + self.carbon_credit * carbon,
        )

    def weighed(self, connection: Connection) -> Connection:
        """Return the connection with what peaks count in a plan."""
        peaks = tuple(
            replace(each, price_per_kw=self.money * each.price_per_kw) for each in connection.peaks
        )
        return replace(connection, peaks=peaks)
