"""From the value of stored energy to what a battery may do in each step.

Held set-points lose to a plain rule, because the rule sees the real meter and a forecast
is wrong in every step. So the plan hands on prices, not powers: a stored kWh is worth λ,
and inside the step it is used wherever the meter offers a better deal.
"""

from typing import Final

import numpy as np

from ..assets.battery import LEAST_WEAR, Battery
from ..linear import Ints
from ..tariff import Prices
from ..units import Bools, Floats
from .result import Mode, Policy, Right

_TIE: Final = 2 * LEAST_WEAR
"""Currency/kWh within which value and price are equal: the least wear of a plan and the
rounding of the solver's duals."""
_SOME_SHARE: Final = 1e-9
"""Less of a step than this is rounding."""


def policy(
    battery: Battery,
    prices: Prices,
    value: Floats,
    power_kw: Floats,
    margin: float,
    *,
    throttled: bool,
) -> Policy:
    """Return what a battery may do in each step.

    With λ the value of a stored kWh, η_c and η_d the efficiencies and w the wear, a kWh

        bought into the store gains     η_c·λ - buy
        absorbed from surplus gains     η_c·λ - sell
        that covers the load gains      buy - w - λ/η_d
        sold from the store gains       sell - w - λ/η_d

    Buying into the store and selling from it are ventures: free above the margin; within
    it, as long as nothing is lost, only for the energy the plan wants in the step. Absorbing
    surplus and covering the load are what a battery does by itself: only an expected loss
    beyond the margin stops it. Where nothing is uncertain there is no margin, and in a tie
    every right is the plan's energy.

    Args:
        battery: the battery.
        prices: (K,) of the horizon.
        value: (K,) λ, currency per stored kWh.
        power_kw: (K,) planned, + = discharge.
        margin: currency/kWh below which an expected gain is not acted upon.
        throttled: whether feed-in that would cost money is given up instead.
    """
    sell = np.maximum(prices.sell, 0.0) if throttled else prices.sell
    into = battery.charge_efficiency * value
    out_of = value / battery.discharge_efficiency + battery.wear_per_kwh
    return Policy(
        buy=_venture(into - prices.buy, power_kw < 0, margin, allowed=battery.may_charge_from_grid),
        absorb=_habit(into - sell, margin),
        cover=_habit(prices.buy - out_of, margin),
        sell=_venture(
            prices.sell - out_of, power_kw > 0, margin, allowed=battery.may_discharge_to_grid
        ),
    )


def within(rights: Policy, free: Floats) -> Policy:
    """Return the rights that are left where a timetable frees a share of each step, (K,)."""
    return Policy(
        *(
            np.where(free > _SOME_SHARE, each, Right.NO).astype(np.int32)
            for each in (rights.buy, rights.absorb, rights.cover, rights.sell)
        )
    )


def _venture(gain: Floats, planned: Bools, margin: float, *, allowed: bool) -> Ints:
    if not allowed:
        return np.full(len(gain), Right.NO, dtype=np.int32)
    tied = np.where((gain >= -_TIE) & planned, Right.BUDGET, Right.NO)
    return np.where(gain > max(margin, _TIE), Right.FREE, tied).astype(np.int32)


def _habit(gain: Floats, margin: float) -> Ints:
    if margin > 0:
        return np.where(gain >= -margin, Right.FREE, Right.NO).astype(np.int32)
    tied = np.where(gain >= -_TIE, Right.BUDGET, Right.NO)
    return np.where(gain > _TIE, Right.FREE, tied).astype(np.int32)


def modes(policy: Policy, power_kw: Floats) -> tuple[Mode, ...]:
    """Return each step's policy in a word, for people and for devices driven by modes.

    A budget of nothing is no right.
    """
    into, out_of = (power_kw < 0).tolist(), (power_kw > 0).tolist()
    rights = (each.tolist() for each in (policy.buy, policy.absorb, policy.cover, policy.sell))
    return tuple(
        mode_of(
            *(right if right != Right.BUDGET or charges else 0 for right in (buy, absorb)),
            *(right if right != Right.BUDGET or gives else 0 for right in (cover, sell)),
        )
        for buy, absorb, cover, sell, charges, gives in zip(*rights, into, out_of, strict=True)
    )


def mode_of(buy: int, absorb: int, cover: int, sell: int) -> Mode:
    """Return the mode that a step's four rights amount to."""
    if sell:
        return Mode.DISCHARGE
    if buy:
        return Mode.CHARGE
    if absorb and cover:
        return Mode.SELF_CONSUME
    if absorb:
        return Mode.ABSORB
    return Mode.COVER if cover else Mode.HOLD
