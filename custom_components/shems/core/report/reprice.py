"""Corrections: what becomes of an entry when its price is corrected later."""

from collections.abc import Mapping
from dataclasses import replace

from ..tariff import Priced, Tariff
from .counterfactual.split import HOME, SHIFTING
from .ledger import Totals
from .slot import Alternative, SlotRecord

type Followed = tuple[float | None, float | None]
"""What buying and selling followed, currency/kWh."""

_SAME: float = 1e-6
"""No price is told to a ten-thousandth of a cent."""


def repriced(slot: SlotRecord, tariff: Tariff, told: Followed) -> SlotRecord:
    """Return a slot at what its provider now says it cost.

    Only what the price follows is corrected: a contract that has changed since then leaves
    the past alone, which is told by the price that the slot was entered at.

    Args:
        slot: as it was entered.
        tariff: the contract of now.
        told: what the market, and what selling follows, were; None where that is unknown.
    """
    market = slot.market if told[0] is None else told[0]
    feed_in = slot.feed_in if told[1] is None else told[1]
    if not _differs((market, feed_in), (slot.market, slot.feed_in)):
        return slot
    before = tariff.priced(slot.start, slot.market, slot.feed_in)
    after = tariff.priced(slot.start, market, feed_in)
    if before is None or after is None or not _entered_at(slot, before):
        return slot
    corrected = replace(
        slot,
        buy=after.buy.price,
        sell=after.sell.price,
        buy_parts=after.buy,
        sell_parts=after.sell,
        market=market,
        feed_in=feed_in,
        otherwise=_otherwise(slot, after),
    )
    more = Totals.of(corrected).saving - Totals.of(slot).saving
    return replace(
        corrected,
        # What else it brings to have moved a kilowatt-hour is a matter of prices alone.
        saved_by_device=_with(slot.saved_by_device, HOME, more),
        saved_by_cause=_with(slot.saved_by_cause, SHIFTING, more),
    )


def _with(shares: Mapping[str, float], key: str, more: float) -> Mapping[str, float]:
    return {**shares, key: shares.get(key, 0.0) + more} if shares else shares


def _differs(one: Followed, other: Followed) -> bool:
    return any(
        (mine is None) is not (its is None)
        or (mine is not None and its is not None and abs(mine - its) > _SAME)
        for mine, its in zip(one, other, strict=True)
    )


def _entered_at(slot: SlotRecord, priced: Priced) -> bool:
    buy, sell = priced.buy.price, priced.sell.price
    return abs(buy - slot.buy) <= _SAME and abs(sell - slot.sell) <= _SAME


def _otherwise(slot: SlotRecord, priced: Priced) -> Mapping[str, Alternative]:
    """Return the alternatives at other prices: what each bought and sold stays."""
    buy, sell = priced.buy.price - slot.buy, priced.sell.price - slot.sell
    return {
        name: replace(each, cost=each.cost + each.bought_kwh * buy - each.sold_kwh * sell)
        for name, each in slot.otherwise.items()
    }
