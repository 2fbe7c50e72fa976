"""Trading: a call auction of one slot, with one price for all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

import numpy as np

from ..units import InputError, Ints
from .allocate import LARGEST, once, rationed, whole


class Side(StrEnum):
    """Of an order."""

    BID = "bid"
    OFFER = "offer"


@dataclass(frozen=True, slots=True)
class Order:
    """What a home would buy at most, or sell, at a rate or a better one.

    Args:
        id: names it; unique in a slot.
        home: whose it is.
        side: buys or sells.
        wh: energy, not negative.
        rate: µct/kWh; may be negative.
    """

    id: str
    home: str
    side: Side
    wh: int
    rate: int


@dataclass(frozen=True, slots=True)
class Clearing:
    """The outcome of an auction.

    Args:
        volume_wh: what passes from home to home.
        price: µct/kWh for all; None where nothing trades.
        welfare: nct, what the bids value above the offers; without what homes serve themselves.
        fills: order id: Wh, every order's, zero where it does not trade.
        interval: µct/kWh, lowest and highest competitive price; None where nothing trades.
        own_wh: home: Wh of its own offers that serve its own bids, outside of the market.
    """

    volume_wh: int
    price: int | None
    welfare: int
    fills: Mapping[str, int]
    interval: tuple[int, int] | None
    own_wh: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Steps:
    """One side of a book as arrays, in any order.

    Args:
        ids: (N,) names; they turn the ties of rationing.
        wh: (N,) not negative.
        rate: (N,) µct/kWh.
    """

    ids: Sequence[str]
    wh: Ints
    rate: Ints


@dataclass(frozen=True, slots=True)
class Match:
    """What of both sides trades, and at which prices all agree.

    Args:
        volume_wh: the sum of each side's fills.
        bids: (B,) Wh.
        offers: (O,) Wh.
        interval: µct/kWh, lowest and highest competitive price; None where nothing trades.
    """

    volume_wh: int
    bids: Ints
    offers: Ints
    interval: tuple[int, int] | None


def clear(orders: Sequence[Order], slot: int, bounds: tuple[int, int] | None = None) -> Clearing:
    """Clear a slot: the most welfare, of that the most volume, at one price.

    All bids and offers meet in one book. Then a home that is on both sides serves itself:
    what it would sell itself is taken out of its dearest bids and cheapest offers, so that it
    is on one side for its neighbours, and its welfare and theirs together stay the most.

    Args:
        orders: in any order, which changes nothing.
        slot: start, epoch s.
        bounds: µct/kWh, feed-in and import less fee.

    Raises:
        InputError: an id that comes twice, an amount that is negative or too large.
    """
    once([order.id for order in orders])
    sides = {side: [order for order in orders if order.side is side] for side in Side}
    bids, offers = (_steps(sides[side]) for side in Side)
    found = match(bids, offers, slot)
    fills = dict(
        chain(
            zip(bids.ids, found.bids.tolist(), strict=True),
            zip(offers.ids, found.offers.tolist(), strict=True),
        )
    )
    own = _take_out_own(sides[Side.BID], sides[Side.OFFER], fills)
    volume = found.volume_wh - sum(own.values())
    interval = found.interval if volume else None
    welfare = sum(
        order.rate * fills[order.id] * (1 if order.side is Side.BID else -1) for order in orders
    )
    price = None if interval is None else price_in(interval, bounds)
    return Clearing(volume, price, welfare, fills, interval, own)


def match(bids: Steps, offers: Steps, slot: int) -> Match:
    """Find the most welfare and of that the most volume, in O(N log N).

    With D(p) the bids at p or above and S(p) the offers at p or below, the volume is the
    largest min(D(p), S(p)). Who bids better than the margin is served fully, who is at it
    pro rata, no matter when the order came.

    Raises:
        InputError: an amount that is negative or too large.
    """
    demand = _Ladder(bids, falling=True)
    supply = _Ladder(offers, falling=False)
    prices = np.concatenate((demand.levels, supply.levels))
    both = np.minimum(demand.at(prices), supply.at(prices))
    volume = int(both.max()) if len(both) else 0
    if volume == 0:
        return Match(0, np.zeros_like(bids.wh), np.zeros_like(offers.wh), None)
    least_bid, refused_bid = demand.margin(volume)
    most_offer, refused_offer = supply.margin(volume)
    # The dual of the welfare program: who trades wants to, who does not would not.
    low = most_offer if refused_bid is None else max(most_offer, refused_bid)
    high = least_bid if refused_offer is None else min(least_bid, refused_offer)
    return Match(volume, demand.fills(volume, slot), supply.fills(volume, slot), (low, high))


def price_in(interval: tuple[int, int], bounds: tuple[int, int] | None) -> int:
    """Return the middle of an interval, moved into the bounds as far as the interval reaches."""
    low, high = interval
    middle = (low + high) // 2
    if bounds is not None:
        middle = max(bounds[0], min(bounds[1], middle))
    return max(low, min(high, middle))


def welfare(match: Match, bids: Steps, offers: Steps) -> int:
    """Return what the served bids value above the served offers, nct."""
    return _value(match.bids, bids.rate) - _value(match.offers, offers.rate)


class _Ladder:
    """One side, from the order that trades first to the one that trades last."""

    def __init__(self, steps: Steps, *, falling: bool) -> None:
        self._steps = steps
        self._sign = -1 if falling else 1
        whole(steps.wh, len(steps.ids))
        if _largest(steps.rate) > LARGEST:
            raise InputError("market_too_large")
        # Turned so that on both sides the first to trade has the lowest.
        self._keys = steps.rate * self._sign
        some = steps.wh > 0
        order = np.argsort(self._keys[some], kind="stable")
        self._sorted = self._keys[some][order]
        self._sums = np.concatenate((np.zeros(1, np.int64), np.cumsum(steps.wh[some][order])))

    @property
    def levels(self) -> Ints:
        return self._sorted * self._sign

    def at(self, prices: Ints) -> Ints:
        """Sum up what trades at each price."""
        return self._sums[np.searchsorted(self._sorted, prices * self._sign, side="right")]

    def margin(self, volume: int) -> tuple[int, int | None]:
        """Find the rates of the last that is served and of the first that is not fully."""
        last = int(np.searchsorted(self._sums, volume, side="left")) - 1
        first = int(np.searchsorted(self._sums, volume, side="right")) - 1
        refused = None if first == len(self._sorted) else int(self._sorted[first]) * self._sign
        return int(self._sorted[last]) * self._sign, refused

    def fills(self, volume: int, slot: int) -> Ints:
        """Serve what is better than the margin fully and what is at it pro rata."""
        last = self.margin(volume)[0] * self._sign
        wh, ids = self._steps.wh, self._steps.ids
        served: Ints = np.where(self._keys < last, wh, 0)
        at = np.flatnonzero(self._keys == last)
        left = volume - int(served.sum())
        served[at] = rationed(left, wh[at], [ids[place] for place in at.tolist()], slot)
        return served


def _steps(orders: Sequence[Order]) -> Steps:
    try:
        wh = np.array([order.wh for order in orders], dtype=np.int64)
        rate = np.array([order.rate for order in orders], dtype=np.int64)
    except OverflowError:
        raise InputError("market_too_large") from None
    return Steps([order.id for order in orders], wh, rate)


def _take_out_own(
    bids: Sequence[Order], offers: Sequence[Order], fills: dict[str, int]
) -> dict[str, int]:
    """Take out of the fills what homes on both sides would sell themselves; return how much."""
    own: dict[str, int] = {}
    asked, given = _by_home(bids, -1), _by_home(offers, 1)
    for home in sorted(asked.keys() & given.keys()):
        bought, sold = sorted(asked[home]), sorted(given[home])
        totals = [sum(fills[name] for _, name in side) for side in (bought, sold)]
        if not (amount := min(totals)):
            continue
        own[home] = amount
        for side in (bought, sold):
            left = amount
            for _, name in side:
                taken = min(left, fills[name])
                fills[name] -= taken
                left -= taken
    return own


def _by_home(orders: Sequence[Order], sign: int) -> dict[str, list[tuple[int, str]]]:
    """Collect what ranks orders: the dearest bid first, the cheapest offer first."""
    ranks: dict[str, list[tuple[int, str]]] = {}
    for order in orders:
        ranks.setdefault(order.home, []).append((order.rate * sign, order.id))
    return ranks


def _value(wh: Ints, rate: Ints) -> int:
    """Multiply and add up exactly; with Python's integers where 64 bits could be too few."""
    if float(wh.sum(dtype=np.float64)) * _largest(rate) < LARGEST:
        return int(wh @ rate)
    return int(wh.astype(object) @ rate.astype(object))


def _largest(rate: Ints) -> float:
    return float(np.abs(rate.astype(np.float64)).max(initial=0.0))
