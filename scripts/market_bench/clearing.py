"""How long order books and allocations of many homes take."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np

from custom_components.shems.core.market.allocate import allocate
from custom_components.shems.core.market.auction import Order, Side, Steps, clear, match, welfare
from custom_components.shems.core.units import Ints

from ..benchmark.measure import Timing
from ..benchmark.sections import Row

SLOT: Final = 1_780_000_200

_MOST_S: Final = 5.0
"""What a million homes may take."""

_COMMUNITIES: Final = 1000


def auction_rows(counts: list[int], repeats: int) -> Iterator[Row]:
    """Clear one book of each number of homes, as arrays and as orders."""
    for count in counts:
        most = _MOST_S if count == 10**6 else None
        bids, offers = book(count)
        timing = Timing()
        for _ in range(repeats):
            found = timing.add(partial(_valued, bids, offers))
        name = f"{count:,} homes"
        yield Row("one order book", f"{name}, arrays", timing.median_s, "s", most)
        orders = [
            Order(ids, ids, side, wh, rate)
            for side, steps in ((Side.BID, bids), (Side.OFFER, offers))
            for ids, wh, rate in zip(steps.ids, steps.wh.tolist(), steps.rate.tolist(), strict=True)
        ]
        single = Timing()
        cleared = single.add(partial(clear, orders, SLOT))
        if (cleared.volume_wh, cleared.welfare) != found:
            raise AssertionError("Arrays and orders of one book were cleared differently.")
        yield Row("one order book", f"{name}, orders", single.median_s, "s", most)


def allocation_rows(homes: int, repeats: int) -> Iterator[Row]:
    """Share the energy of many communities, one after another."""
    random = np.random.default_rng(2)
    size = max(1, homes // _COMMUNITIES)
    names = [[f"{at:04}-{home:04}" for home in range(size)] for at in range(_COMMUNITIES)]
    bought = random.integers(0, 2000, (_COMMUNITIES, size))
    sold = np.where(random.random((_COMMUNITIES, size)) < 0.4, bought, 0)
    bought -= sold
    key = np.full(size, 10**6 // size)
    for told, shares in (("pro rata", None), ("static key", key)):
        timing = Timing()
        for _ in range(repeats):
            timing.add(partial(_shared, names, bought, sold, shares))
        yield Row(
            "allocation", f"{homes:,} homes in {_COMMUNITIES:,}, {told}", timing.median_s, "s"
        )


def book(count: int) -> tuple[Steps, Steps]:
    """Make a book: half of the homes bid, the others offer; rates of hundredths of a cent."""
    random = np.random.default_rng(1)
    half = count // 2
    sides = []
    for letter, low, high in (("b", 800, 3200), ("o", 600, 2800)):
        ids = [f"{letter}{home:07}" for home in range(half)]
        rate = random.integers(low, high, half) * 10_000
        sides.append(Steps(ids, random.integers(1, 3000, half), rate))
    return sides[0], sides[1]


def _valued(bids: Steps, offers: Steps) -> tuple[int, int]:
    found = match(bids, offers, SLOT)
    return found.volume_wh, welfare(found, bids, offers)


def _shared(names: list[list[str]], bought: Ints, sold: Ints, key: Ints | None) -> None:
    for homes, import_wh, export_wh in zip(names, bought, sold, strict=True):
        allocate(homes, import_wh, export_wh, SLOT, key)
