"""Sharing: who gets how much of the community's energy, in whole watt-hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Final

import numpy as np

from ..units import InputError, Ints

PPM: Final = 1_000_000
"""All of a static key's shares together, at most."""

LARGEST: Final = 2**62
"""Sums stay below it, so that two of them still fit into 64 bits."""


@dataclass(frozen=True, slots=True)
class Allocation:
    """What each home of a slot got from and gave to the community, and the grid the rest; Wh.

    Args:
        shared_wh: what passed from home to home; the sum of each of the first two.
        from_community: (H,) of the import, what other homes had exported.
        to_community: (H,) of the export, what other homes took.
        from_grid: (H,) the rest of the import.
        to_grid: (H,) the rest of the export.
    """

    shared_wh: int
    from_community: Ints
    to_community: Ints
    from_grid: Ints
    to_grid: Ints


def allocate(
    homes: Sequence[str],
    import_wh: Ints,
    export_wh: Ints,
    slot: int,
    key_ppm: Ints | None = None,
) -> Allocation:
    """Share a slot's exports among its imports, as the meters counted both.

    Without a key pro rata on both sides: with I and E the sums, each home gets
    min(I, E) x import / I. With a static key each gets min(import, floor(key x E)); what
    one leaves of its share is not shared again, and sellers are served pro rata. Import and
    export of one home stay apart, as a grid operator takes the meter's two registers; who
    wants them set off against each other first calls `netted`.

    Args:
        homes: (H,) names, each once; they turn the ties of largest remainders.
        import_wh: (H,) not negative.
        export_wh: (H,) not negative.
        slot: start, epoch s.
        key_ppm: (H,) shares of the total export in millionths, at most a million together.

    Raises:
        InputError: lengths, names, amounts or shares that cannot be.
    """
    once(homes)
    bought, sold = whole(import_wh, len(homes)), whole(export_wh, len(homes))
    exported = int(sold.sum())
    if key_ppm is None:
        shared = min(int(bought.sum()), exported)
        taken = rationed(shared, bought, homes, slot)
    else:
        key = whole(key_ppm, len(homes))
        if int(key.sum()) > PPM:
            raise InputError("market_key_sum", sum=int(key.sum()))
        taken = np.minimum(bought, _share_of(key, exported))
        shared = int(taken.sum())
    given = rationed(shared, sold, homes, slot)
    return Allocation(shared, taken, given, bought - taken, sold - given)


def netted(import_wh: Ints, export_wh: Ints) -> tuple[Ints, Ints]:
    """Set each home's import and export off against each other; one of both is zero then."""
    own = np.minimum(import_wh, export_wh)
    return import_wh - own, export_wh - own


def rationed(amount: int, weights: Ints, ids: Sequence[str], slot: int) -> Ints:
    """Divide a whole amount pro rata by largest remainder; the sum is exact.

    Equal remainders are served in the order of SHA-256(slot/id), which no place in a list
    changes and every slot turns, so that over time nobody gets more than another. No
    share exceeds its weight unless the amount exceeds all weights together.

    Args:
        amount: not negative; 0 where all weights are.
        weights: (N,) not negative, of a sum up to LARGEST.
        ids: (N,) names of the weights.
        slot: start, epoch s.
    """
    total = int(weights.sum())
    if amount == 0 or total == 0:
        return np.zeros(len(weights), dtype=np.int64)
    # Python's integers where 64 bits are too few for a product.
    wide = int(weights.max()) * amount > LARGEST
    products = (weights.astype(object) if wide else weights) * amount
    parts = products // total
    rests = products - parts * total
    shares: Ints = parts.astype(np.int64)
    left = amount - int(shares.sum())
    if left:
        shares[_first(rests, left, ids, slot)] += 1
    return shares


def once(names: Sequence[str]) -> None:
    """Check that no name comes twice.

    Raises:
        InputError: one does.
    """
    if len(set(names)) != len(names):
        twice = next(one for one, other in pairwise(sorted(names)) if one == other)
        raise InputError("market_duplicate", name=twice)


def whole(amounts: Ints, count: int) -> Ints:
    """Check amounts: as many as they should be, none negative, their sum within 64 bits.

    Raises:
        InputError: they are not.
    """
    if amounts.shape != (count,):
        raise InputError("market_lengths", count=count, given=len(amounts))
    if count and int(amounts.min()) < 0:
        raise InputError("market_negative", value=int(amounts.min()))
    if float(amounts.sum(dtype=np.float64)) > LARGEST:
        raise InputError("market_too_large")
    return amounts


def _first(rests: Ints, left: int, ids: Sequence[str], slot: int) -> Ints:
    """Find the places of the largest remainders; ties by hash."""
    cut = np.partition(rests, len(rests) - left)[len(rests) - left]
    above = np.flatnonzero(rests > cut)
    tied = np.flatnonzero(rests == cut)
    missing = left - len(above)
    if missing < len(tied):
        turns = sorted(tied.tolist(), key=lambda at: (_turn(slot, ids[at]), ids[at]))
        tied = np.array(turns[:missing], dtype=np.int64)
    return np.concatenate((above, tied))


def _turn(slot: int, name: str) -> bytes:
    return sha256(f"{slot}/{name}".encode()).digest()


def _share_of(key: Ints, exported: int) -> Ints:
    """floor(key x E / 10^6), exact however large."""
    if exported <= LARGEST // PPM:
        return key * exported // PPM
    shares: Ints = (key.astype(object) * exported // PPM).astype(np.int64)
    return shares
