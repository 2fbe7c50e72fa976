"""What a community of neighbours means for a home's prices.

What the others lack and have left over in a slot is shared out pro rata. Of a kWh that a home
buys then, the share that their surplus covers comes from them, and of one that it sells the
share that they need goes to them:

    φ = min(1, surplus / (need + own)),   ψ = min(1, need / surplus)
    buy' = φ · (price + fee) + (1 - φ) · buy,   sell' = ψ · price + (1 - ψ) · sell

Own is what the home's batteries and cars can take together: at full power they get that part
of their energy from the community, and a few kilowatts of surplus do not start them all. Among
many homes that is nothing; among twelve a battery of 5 kW would else buy for the community's
price what mostly comes from the grid.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np

from .horizon import HOUR_S, Horizon
from .series import Series
from .tariff import Prices
from .units import Floats

STALE_SLOTS: Final = 2
"""Slots after which an outlook says nothing any more: one may be late, two are an outage."""


@dataclass(frozen=True)
class Neighbours:
    """What the other homes of a community expect to lack and to have left over.

    Attributes:
        start: of the first slot, epoch seconds.
        step_s: width of a slot.
        need_wh, surplus_wh: (N,) energy of each slot, NaN where nothing is known.
        price: of a shared kWh, currency/kWh.
        fee: what the buyer pays on top of it, to the grid and the state.
        issued: when the outlook was made, epoch seconds.
    """

    start: float
    step_s: float
    need_wh: Floats
    surplus_wh: Floats
    price: float
    fee: float
    issued: float

    def __post_init__(self) -> None:
        """Reject slots without width, unequal lengths, negative energies and no price."""
        energy = np.concatenate([self.need_wh, self.surplus_wh])
        sound = (
            self.step_s > 0
            and len(self.need_wh) == len(self.surplus_wh)
            and not (energy < 0).any()
            and not np.isinf(energy).any()
            and bool(np.isfinite([self.price, self.fee, self.start, self.issued]).all())
        )
        if not sound:
            raise ValueError("no outlook of neighbours")

    def stale(self, now: float) -> bool:
        """Return whether the outlook is too old to be planned with."""
        return now - self.issued > STALE_SLOTS * self.step_s

    def without(self, start: float, net_wh: Sequence[float] | Floats) -> Self:
        """Return the outlook of the others alone, where the home's own part is in it.

        Args:
            start: of the first slot that the home told the community of, epoch seconds.
            net_wh: what it told for each slot, + = need.
        """
        own = Series(
            start + self.step_s * np.arange(len(net_wh), dtype=np.float64),
            start + self.step_s * np.arange(1, len(net_wh) + 1, dtype=np.float64),
            np.asarray(net_wh, dtype=np.float64),
        )
        mine = np.nan_to_num(own.between(*self._slots))
        return replace(
            self,
            need_wh=np.maximum(self.need_wh - np.maximum(mine, 0.0), 0.0),
            surplus_wh=np.maximum(self.surplus_wh - np.maximum(-mine, 0.0), 0.0),
        )

    def shares(self, horizon: Horizon, now: float, own_kw: float = 0.0) -> tuple[Floats, Floats]:
        """Return the parts of a bought and of a sold kWh that are shared, (K,) each, 0 to 1.

        Slots are resampled onto the steps by time. Where a step is not wholly covered, or the
        outlook is stale, nothing is shared.

        Args:
            horizon: the steps.
            now: epoch seconds.
            own_kw: what the home can take besides.
        """
        if self.stale(now):
            return np.zeros(len(horizon)), np.zeros(len(horizon))
        taken_wh = self.need_wh + 1000 * own_kw * self.step_s / HOUR_S
        bought, sold = (
            Series(*self._slots, _covered(*pair)).on(horizon)
            for pair in ((self.surplus_wh, taken_wh), (self.need_wh, self.surplus_wh))
        )
        return np.nan_to_num(bought), np.nan_to_num(sold)

    def applied(self, prices: Prices, horizon: Horizon, now: float, own_kw: float = 0.0) -> Prices:
        """Return the prices of a home that shares with the others, its own beside them.

        Where nothing is shared they are the home's own. Selling never brings more than buying
        costs, or a plan would go in circles: where the agreed price lies above the own import
        price, it brings that.

        Args:
            prices: of the home's own contract.
            horizon: the steps.
            now: epoch seconds.
            own_kw: what its batteries and cars can take together.
        """
        bought, sold = self.shares(horizon, now, own_kw)
        shared = (bought > 0) | (sold > 0)
        if not shared.any():
            return prices
        buy = bought * (self.price + self.fee) + (1 - bought) * prices.buy
        sell = sold * self.price + (1 - sold) * prices.sell
        return replace(
            prices,
            buy=buy,
            sell=np.where(shared, np.minimum(sell, buy), sell),
            own=prices,
        )

    @property
    def _slots(self) -> tuple[Floats, Floats]:
        """Begin and end of every slot, (N,) each."""
        begin = self.start + self.step_s * np.arange(len(self.need_wh), dtype=np.float64)
        return begin, begin + self.step_s


def _covered(part: Floats, whole: Floats) -> Floats:
    """Return min(1, part / whole): 0 where there is no part, 1 where nobody else wants it."""
    known = np.isfinite(part) & np.isfinite(whole)
    share = np.where(known, 0.0, np.nan)
    np.divide(part, np.maximum(part, whole), out=share, where=known & (part > 0))
    return share
