"""The real-time rule: a battery's power for the meter as it is now."""

from dataclasses import dataclass
from typing import Self

from ..assets.battery import Battery
from ..plan.result import BatteryPlan, Right


@dataclass(slots=True)
class Slot:
    """What a battery may still do in the running step.

    Attributes:
        battery: the battery.
        buy, absorb, cover, sell: its rights in this step, see `Policy`.
        charge_kwh, discharge_kwh: AC energy of the plan not yet used.
        hours: time left in the step.
        levels: stored energy at which buying, absorbing, covering and selling end; None
            where only the battery's own limits end them.
    """

    battery: Battery
    buy: int
    absorb: int
    cover: int
    sell: int
    charge_kwh: float
    discharge_kwh: float
    hours: float
    levels: tuple[float, float, float, float] | None = None

    @classmethod
    def of(cls, battery: Battery, part: BatteryPlan, step: int, hours: float) -> Self:
        """Return what a plan lets its battery do in a whole step."""
        rights, power = part.policy, float(part.power_kw[step])
        return cls(
            battery,
            int(rights.buy[step]),
            int(rights.absorb[step]),
            int(rights.cover[step]),
            int(rights.sell[step]),
            max(0.0, -power) * hours,
            max(0.0, power) * hours,
            hours,
            None if part.levels is None else part.levels.at(step),
        )

    def spend(self, power_kw: float, hours: float) -> None:
        """Take what was charged or discharged off the budgets, and the time off the step."""
        if power_kw < 0:
            self.charge_kwh = max(0.0, self.charge_kwh + power_kw * hours)
        else:
            self.discharge_kwh = max(0.0, self.discharge_kwh - power_kw * hours)
        self.hours -= hours


def respond(
    slot: Slot, energy_kwh: float, net_kw: float, hours: float, room_kw: tuple[float, float]
) -> float:
    """Return the AC power, + = discharge, for a net load.

    A right that is a budget is followed by the meter until it is used up, where the meter
    sets the power, and is spread over the time left, where nothing else does.

    Args:
        slot: the rights and budgets.
        energy_kwh: stored now.
        net_kw: load less solar and less what other batteries give.
        hours: how long the power will be held.
        room_kw: what the connection still carries (import, export) at this net load.
    """
    battery = slot.battery
    floor = battery.floor_kwh
    buy, absorb, cover, sell = slot.levels or (battery.max_kwh, battery.max_kwh, floor, floor)
    spread = max(slot.hours, hours)
    give = _give(
        slot,
        net_kw,
        (hours, spread),
        battery.most_discharge_kw(energy_kwh, hours, max(cover, floor)),
        battery.most_discharge_kw(energy_kwh, hours, max(sell, floor)),
    )
    if give > 0:
        return min(give, max(0.0, net_kw) + room_kw[1])
    take = _take(
        slot,
        net_kw,
        (hours, spread),
        battery.most_charge_kw(energy_kwh, hours, absorb),
        battery.most_charge_kw(energy_kwh, hours, buy),
    )
    return -min(take, max(0.0, -net_kw) + room_kw[0]) if take > 0 else 0.0


def _give(
    slot: Slot, net_kw: float, hours: tuple[float, float], cover_kw: float, sell_kw: float
) -> float:
    """Return what the rights let the battery discharge.

    Args:
        slot: the rights and budgets.
        net_kw: what could be covered.
        hours: how long the power is held, and over what a budget is spread.
        cover_kw, sell_kw: what the stored energy permits.
    """
    held, spread = hours
    if slot.sell == Right.FREE:
        return sell_kw if not slot.cover else max(sell_kw, min(max(net_kw, 0.0), cover_kw))
    give = 0.0
    if net_kw > 0 and slot.cover:
        give = net_kw if slot.cover == Right.FREE else min(net_kw, slot.discharge_kwh / held)
        give = min(give, cover_kw)
    return max(give, min(slot.discharge_kwh / spread, sell_kw)) if slot.sell else give


def _take(
    slot: Slot, net_kw: float, hours: tuple[float, float], absorb_kw: float, buy_kw: float
) -> float:
    """Return what the rights let the battery charge; see `_give`."""
    held, spread = hours
    take = 0.0
    if net_kw < 0 and slot.absorb:
        take = -net_kw if slot.absorb == Right.FREE else min(-net_kw, slot.charge_kwh / held)
        take = min(take, absorb_kw)
    if slot.buy == Right.FREE:
        return max(take, buy_kw)
    return max(take, min(slot.charge_kwh / spread, buy_kw)) if slot.buy else take
