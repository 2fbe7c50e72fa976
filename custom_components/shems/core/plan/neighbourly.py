"""Where neighbours decide: what a battery does at shared prices and would not at its own."""

from typing import Final

from ..assets.battery import Battery
from ..units import Args
from .result import BatteryPlan, Plan, Reason

_CLEAR: Final = 0.001
"""Currency/kWh: less than a tenth of a hundredth decides nothing."""


def named(
    battery: Battery,
    part: BatteryPlan,
    plan: Plan,
    why: tuple[Reason, ...],
    pays_alone: frozenset[int],
) -> tuple[Reason, ...]:
    """Return the reasons of a battery, with neighbours named where it acts for them.

    With v the value of a stored kWh and η the efficiencies, it buys where η · v is above the
    price, sells surplus where η · v is below it, and sells what is stored where
    η · (price - wear) is above v. Neighbours are named where that holds for the shared price
    alone.

    Args:
        battery: what acts.
        part: what it does.
        plan: with the home's own prices beside the shared ones.
        why: a reason for every step.
        pays_alone: steps of buying that would pay at the own prices as well.
    """
    own = plan.prices if plan.prices.own is None else plan.prices.own
    found = []
    for step, each in enumerate(why):
        value = float(part.value[step])
        stored = battery.charge_efficiency * value
        given = value / battery.discharge_efficiency + battery.wear_per_kwh
        buy, own_buy = float(plan.prices.buy[step]), float(own.buy[step])
        sell, own_sell = float(plan.prices.sell[step]), float(own.sell[step])
        bought: Args = {"price": buy, "own_price": own_buy}
        sold: Args = {"export_price": sell, "own_price": own_sell}
        alone = {
            "charge_for": step in pays_alone,
            "charge_cheap": own_buy <= stored,
            "sell_surplus": own_sell >= stored,
            "discharge_export": own_sell >= given,
        }.get(each.code, True)
        if alone or max(own_buy - buy, sell - own_sell) < _CLEAR:
            found.append(each)
        elif each.code in ("charge_for", "charge_cheap"):
            found.append(Reason("charge_shared", bought))
        else:
            found.append(Reason("sell_shared", sold))
    return tuple(found)
