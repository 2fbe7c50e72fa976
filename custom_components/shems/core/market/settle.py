"""What each home of a slot pays and receives, to the nano-cent.

1 Wh at 1 µct/kWh is 1 nct, so nothing is rounded, and what all homes pay among themselves
adds up to exactly nothing. Fees on shared energy go to the grid operator and stand apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..units import InputError, Ints
from .allocate import LARGEST, Allocation, rationed, whole


@dataclass(frozen=True, slots=True)
class Row:
    """A home's slot: energy in Wh, price and fee in µct/kWh, money in nct.

    Args:
        home: pseudonym.
        import_wh: as its meter counted.
        export_wh: as its meter counted.
        from_community: of the import.
        to_community: of the export.
        from_grid: the rest of the import.
        to_grid: the rest of the export.
        price: of shared energy; None where none was.
        fee: on each kWh from the community.
        paid_nct: to the other homes; negative is received. Sums to zero over the homes.
        imbalance_nct: the part of it for traded energy that was not delivered or not taken.
        fee_nct: to the grid operator.
    """

    home: str
    import_wh: int
    export_wh: int
    from_community: int
    to_community: int
    from_grid: int
    to_grid: int
    price: int | None
    fee: int
    paid_nct: int
    imbalance_nct: int
    fee_nct: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """All homes of a slot.

    Args:
        slot: start, epoch s.
        rows: in the order of the homes that were given.
    """

    slot: int
    rows: tuple[Row, ...]

    @property
    def shared_wh(self) -> int:
        """What passed from home to home."""
        return sum(row.from_community for row in self.rows)


@dataclass(frozen=True, slots=True)
class Meters:
    """What the homes' meters counted in a slot, Wh.

    Args:
        homes: (H,) names, each once.
        import_wh: (H,) not negative.
        export_wh: (H,) not negative.
    """

    homes: Sequence[str]
    import_wh: Ints
    export_wh: Ints


@dataclass(frozen=True, slots=True)
class Contracts:
    """What the homes agreed on in an auction, Wh, and what undelivered energy costs.

    Args:
        bought: (H,) not negative.
        sold: (H,) not negative; as much together.
        import_price: µct/kWh that a buyer pays instead, to its own supplier; of all or (H,).
        feed_in: µct/kWh that a seller gets instead; of all or (H,).
        cap: µct/kWh of undelivered energy that its home pays at most.
    """

    bought: Ints
    sold: Ints
    import_price: int | Ints
    feed_in: int | Ints
    cap: int


def settle(
    meters: Meters, allocation: Allocation, slot: int, price: int | None, fee: int
) -> Settlement:
    """Settle shared energy: who got it pays the price to those who gave it.

    Args:
        meters: what was allocated.
        allocation: of the same homes, in the same order.
        slot: start, epoch s.
        price: µct/kWh; None where nothing was shared.
        fee: µct/kWh.

    Raises:
        InputError: something was shared and there is no price.
    """
    if price is None and allocation.shared_wh:
        raise InputError("market_price_missing")
    return _rows(meters, allocation, slot, price, fee, np.zeros(len(meters.homes), np.int64))


def settle_trades(
    meters: Meters, contracts: Contracts, slot: int, price: int | None, fee: int
) -> Settlement:
    """Settle an auction by what the meters then counted.

    Delivered is min(sold, exported), taken min(bought, imported); the smaller of both sums
    passed from home to home, the larger side is served pro rata. Where too little was delivered,
    buyers paid their suppliers import_price instead of price + fee; where too little was
    taken, sellers got feed_in instead of price. The homes that deviated make that good, in
    proportion to what each failed to deliver or take and up to the cap; what the cap leaves
    open stays with those it hit, pro rata. Deviations that cancel out cost nothing.

    Args:
        meters: of all homes.
        contracts: of the same homes, in the same order.
        slot: start, epoch s.
        price: µct/kWh; None where nothing traded.
        fee: µct/kWh.

    Raises:
        InputError: contracts that do not add up, or that have no price.
    """
    count = len(meters.homes)
    bought, sold = whole(contracts.bought, count), whole(contracts.sold, count)
    if int(bought.sum()) != int(sold.sum()):
        raise InputError("market_unbalanced", bought=int(bought.sum()), sold=int(sold.sum()))
    taken = np.minimum(bought, whole(meters.import_wh, count))
    delivered = np.minimum(sold, whole(meters.export_wh, count))
    shared = min(int(taken.sum()), int(delivered.sum()))
    got = rationed(shared, taken, meters.homes, slot)
    gave = rationed(shared, delivered, meters.homes, slot)
    allocation = Allocation(shared, got, gave, meters.import_wh - got, meters.export_wh - gave)
    imbalance = np.zeros(count, np.int64)
    if price is None:
        if bought.any():
            raise InputError("market_price_missing")
    else:
        # One of both is empty: either too little was delivered or too little taken.
        dearer = _losses(taken - got, contracts.import_price, price + fee)
        cheaper = _losses(delivered - gave, price, contracts.feed_in)
        for losses, failed in ((dearer, sold - delivered), (cheaper, bought - taken)):
            imbalance += _made_good(losses, failed, contracts.cap, meters.homes, slot)
    return _rows(meters, allocation, slot, price, fee, imbalance)


def _losses(wh: Ints, above: int | Ints, below: int | Ints) -> Ints:
    """Price energy that had to go another way, nct; who fared better lost nothing.

    Raises:
        InputError: more than 64 bits hold.
    """
    each = np.maximum(np.asarray(above, np.int64) - below, 0)
    if float(wh.sum(dtype=np.float64)) * float(each.max(initial=0)) > LARGEST:
        raise InputError("market_too_large")
    losses: Ints = wh * each
    return losses


def _made_good(losses: Ints, failed: Ints, cap: int, homes: Sequence[str], slot: int) -> Ints:
    """Let those who failed pay for losses up to the cap; what all pay sums to zero."""
    due = min(int(losses.sum()), int(failed.sum()) * max(cap, 0))
    paid = rationed(due, failed, homes, slot)
    return paid - rationed(due, losses, homes, slot)


def _rows(
    meters: Meters,
    allocation: Allocation,
    slot: int,
    price: int | None,
    fee: int,
    imbalance: Ints,
) -> Settlement:
    columns = (
        meters.import_wh,
        meters.export_wh,
        allocation.from_community,
        allocation.to_community,
        allocation.from_grid,
        allocation.to_grid,
        imbalance,
    )
    shared_price = price if allocation.shared_wh else None
    rows = []
    for home, *numbers in zip(meters.homes, *(column.tolist() for column in columns), strict=True):
        bought, sold, got, gave, drawn, fed, made_good = numbers
        paid = (got - gave) * (shared_price or 0) + made_good
        rows.append(
            Row(
                home,
                bought,
                sold,
                got,
                gave,
                drawn,
                fed,
                shared_price,
                fee,
                paid,
                made_good,
                got * fee,
            )
        )
    return Settlement(slot, tuple(rows))
