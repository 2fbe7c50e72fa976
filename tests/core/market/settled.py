"""Settled slots as they come: shared or traded, corrected, told twice."""

import numpy as np
from hypothesis import strategies as st

from custom_components.shems.core.market.allocate import allocate
from custom_components.shems.core.market.entries import Entry, entered
from custom_components.shems.core.market.settle import Meters, Settlement, settle

CID = "meadow"
SLOT = 1_793_000_700
"""A quarter-hour of October 2026."""
PRICE, FEE = 14_000_000, 6_000_000


def settlement(slot: int, imports: list[int], exports: list[int], price: int = PRICE) -> Settlement:
    homes = [f"home{number}" for number in range(len(imports))]
    meters = Meters(homes, np.array(imports, np.int64), np.array(exports, np.int64))
    allocation = allocate(homes, meters.import_wh, meters.export_wh, slot)
    return settle(meters, allocation, slot, price if allocation.shared_wh else None, FEE)


@st.composite
def settlements(draw: st.DrawFn, slot: int = SLOT) -> Settlement:
    homes = draw(st.integers(1, 4))
    amounts = st.lists(st.integers(0, 3000), min_size=homes, max_size=homes)
    return settlement(slot, draw(amounts), draw(amounts), draw(st.integers(-PRICE, 2 * PRICE)))


@st.composite
def ledgers(draw: st.DrawFn) -> list[Entry]:
    """Draw entries of a few slots: revisions, some told differently, some void."""
    entries: list[Entry] = []
    for number in range(draw(st.integers(1, 3))):
        slot = SLOT + 900 * number + 86_400 * draw(st.integers(0, 1))
        for rev in range(draw(st.integers(1, 3))):
            state = draw(st.sampled_from(["provisional", "final"]))
            for _ in range(draw(st.sampled_from([1, 1, 1, 2]))):
                entries += entered(CID, draw(settlements(slot)), rev, state)
            if draw(st.integers(0, 9)) == 0:
                entries.append(Entry.void(CID, slot, rev))
    return entries
