"""The real-time rule: a battery's power for the meter as it is now."""

from dataclasses import dataclass

from ..assets.battery import Battery
from ..plan.result import Right


@dataclass(slots=True)
class Slot:
    """What a battery may still do in the running step.

    Attributes:
        battery: the battery.
        buy, absorb, cover, sell: its rights in this step, see `Policy`.
        charge_kwh, discharge_kwh: AC energy of the plan not yet used.
        hours: time left in the step.
    """

    battery: Battery
    buy: int
    absorb: int
    cover: int
    sell: int
    charge_kwh: float
    discharge_kwh: float
    hours: float

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
    spread = max(slot.hours, hours)
    give = _give(slot, net_kw, hours, spread)
    if give > 0:
        most = battery.most_discharge_kw(energy_kwh, hours, battery.floor_kwh)
        return min(give, most, max(0.0, net_kw) + room_kw[1])
    take = _take(slot, net_kw, hours, spread)
    if take > 0:
        most = battery.most_charge_kw(energy_kwh, hours)
        return -min(take, most, max(0.0, -net_kw) + room_kw[0])
    return 0.0


def _give(slot: Slot, net_kw: float, hours: float, spread: float) -> float:
    """Return what the rights let the battery discharge."""
    if slot.sell == Right.FREE:
        return slot.battery.discharge_kw
    give = 0.0
    if net_kw > 0 and slot.cover:
        give = net_kw if slot.cover == Right.FREE else min(net_kw, slot.discharge_kwh / hours)
    return max(give, slot.discharge_kwh / spread) if slot.sell else give


def _take(slot: Slot, net_kw: float, hours: float, spread: float) -> float:
    """Return what the rights let the battery charge."""
    if slot.buy == Right.FREE:
        return slot.battery.charge_kw
    take = 0.0
    if net_kw < 0 and slot.absorb:
        take = -net_kw if slot.absorb == Right.FREE else min(-net_kw, slot.charge_kwh / hours)
    return max(take, slot.charge_kwh / spread) if slot.buy else take
