"""How the saving of a slot is shared: by device, and by what brought it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from ..slot import Alternative, SlotRecord

SHIFTING: Final = "shifting"
SELF_USE: Final = "self_use"
EXPORT: Final = "export"
PEAK: Final = "peak"
CAUSES: Final = (SHIFTING, SELF_USE, EXPORT, PEAK)
HOME: Final = "home"
"""What no device can be given is the home's."""

_WEEK_H: Final = 168.0
"""Energy in store is valued at the mean price of about a week: a single slot's would turn
moving energy from cheap to dear slots into a loss."""
_SOME_KWH: Final = 1e-9


@dataclass(frozen=True)
class MeanPrices:
    """Prices of about the last week, currency/kWh.

    Attributes:
        buy, sell: means.
        hours: over which they are, a week at most.
    """

    buy: float = 0.0
    sell: float = 0.0
    hours: float = 0.0

    def after(self, slot: SlotRecord, hours: float) -> MeanPrices:
        """Return the means with a slot in them."""
        weight = hours / (self.hours + hours)
        return MeanPrices(
            self.buy + weight * (slot.buy - self.buy),
            self.sell + weight * (slot.sell - self.sell),
            min(self.hours + hours, _WEEK_H),
        )

    @property
    def discharged(self) -> float:
        """What a kWh brings that a battery gives: the least that it ever will."""
        return max(self.sell, 0.0)


@dataclass(frozen=True)
class Difference:
    """What was different without SHEMS.

    Attributes:
        net_kwh: what the grid had to give more for each device, by device id.
        curtailed_kwh: sold instead of being held back.
        wear: of batteries more than in fact, by device id.
        stored: value gained in stores more than without, by device id.
        peak_cost: added to the month's charges in fact.
    """

    net_kwh: Mapping[str, float]
    curtailed_kwh: float
    wear: Mapping[str, float]
    stored: Mapping[str, float]
    peak_cost: float


def by_device(slot: SlotRecord, without: Alternative, difference: Difference) -> dict[str, float]:
    """Return what each device saved, currency; the sum is the saving.

    All differences are made alike, little by little, from the home without SHEMS to the real
    one: each kWh is worth the mean price on that way, whichever device moved it (Aumann and
    Shapley 1974, Values of Non-Atomic Games). What peaks cost goes to the devices that moved
    in the peak's direction.
    """
    wear = sum(difference.wear.values())
    energy = without.cost - wear - slot.wear_cost - slot.metered_cost
    moved = difference.net_kwh
    whole = sum(moved.values())
    if abs(whole) > _SOME_KWH:
        price = energy / whole
    else:
        price = slot.buy if slot.bought_kwh > slot.sold_kwh else slot.sell
    shares = {key: kwh * price for key, kwh in moved.items()}
    for more in (difference.wear, difference.stored, _peak_shares(difference, without)):
        for key, value in more.items():
            shares[key] = shares.get(key, 0.0) + value
    return shares


def _peak_shares(difference: Difference, without: Alternative) -> dict[str, float]:
    saved = without.peak_cost - difference.peak_cost
    if saved == 0:
        return {}
    same = {key: kwh for key, kwh in difference.net_kwh.items() if kwh * saved > 0}
    whole = sum(same.values())
    if abs(whole) <= _SOME_KWH:
        return {HOME: saved}
    return {key: saved * kwh / whole for key, kwh in same.items()}


def by_cause(
    slot: SlotRecord, without: Alternative, difference: Difference, mean: MeanPrices
) -> dict[str, float]:
    """Return what each cause saved, currency; the sum is the saving.

    With Δb and Δs bought and sold more without SHEMS, and the week's mean prices:

        self-use = Δs · (mean buy - mean sell)     kept at home instead of sold
        export   = Δs · (mean sell - sell)         sold when that brings more
        shifting = Δb · buy - Δs · mean buy        bought when that costs less

    What is held back at negative prices is export; losses, wear and what is in the stores
    belong to shifting.
    """
    curtailed = min(difference.curtailed_kwh, without.sold_kwh)
    sold = without.sold_kwh - slot.sold_kwh - curtailed
    wear = sum(difference.wear.values())
    energy = without.cost - wear - slot.wear_cost - slot.metered_cost
    self_use = sold * (mean.buy - mean.sell)
    export = sold * (mean.sell - slot.sell) - curtailed * slot.sell
    shifting = energy - self_use - export
    return {
        SHIFTING: shifting + wear + sum(difference.stored.values()),
        SELF_USE: self_use,
        EXPORT: export,
        PEAK: without.peak_cost - difference.peak_cost,
    }


def shared(
    slot: SlotRecord, without: Alternative, difference: Difference, mean: MeanPrices
) -> SlotRecord:
    """Return the slot with its saving shared."""
    return replace(
        slot,
        stored_value=sum(difference.stored.values()),
        saved_by_device=by_device(slot, without, difference),
        saved_by_cause=by_cause(slot, without, difference, mean),
    )
