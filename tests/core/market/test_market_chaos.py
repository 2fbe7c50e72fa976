"""Whatever a network, a broker, crashes and strangers do: the ledger says the same."""

import os
from functools import cache

import pytest

from custom_components.shems.core.market.entries import imbalances

from .chaos import HOMES, SLOT_S, SLOTS, World, digest_of, figures, play
from .network import BEGIN

SEEDS = range(1, 1 + int(os.environ.get("SHEMS_CHAOS", "1")))
"""The same in every run, so that a failure can be repeated; set SHEMS_CHAOS for more."""
MENDED = [("sharing", 3016)]
"""A standby answered a home with a row that it had never published."""


@cache
def clean(mode: str) -> World:
    return play(None, mode)


def nothing_unsigned(world: World) -> None:
    """Check that every figure in the ledgers is one that its home told."""
    members = [each.hid for each in world.roster.members]
    told = {
        (members[home], BEGIN + number * SLOT_S): figures(home, BEGIN + number * SLOT_S)
        for home in range(HOMES)
        for number in range(SLOTS)
    }
    for ledger in world.ledgers.values():
        for entry in ledger.entries:
            if entry.row is not None and (entry.row.import_wh or entry.row.export_wh):
                own = told[entry.hid, entry.slot]
                assert (entry.row.import_wh, entry.row.export_wh) == own


@pytest.mark.parametrize(
    ("mode", "seed"), [*((mode, seed) for mode in ("sharing", "p2p") for seed in SEEDS), *MENDED]
)
def test_the_ledger_says_the_same_after_any_trouble(mode: str, seed: int) -> None:
    world = play(seed, mode)
    nothing_unsigned(world)
    assert digest_of(world) == digest_of(clean(mode))
    assert not imbalances(world.ledgers["coord0"].entries)
