"""A community of any size: keys from a seed, one coordinator, an auction in each slot."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from custom_components.shems.core.market.identity import Identity
from custom_components.shems.core.market.roster import Member, Roster
from custom_components.shems.core.market.rules import Rules

CID: Final = "a" * 16
LIMIT_WH: Final = 5000
"""Of a connection of 20 kW in a quarter of an hour."""


@dataclass(frozen=True)
class Community:
    """Homes with their keys; the first coordinates."""

    identities: tuple[Identity, ...]
    roster: Roster


def community(count: int) -> Community:
    """Make one; the same number of homes has the same keys."""
    random = np.random.default_rng(7)
    identities = tuple(Identity.generate(random.bytes(64)) for _ in range(count))
    members = tuple(
        Member(
            each.public.hid,
            each.public,
            "home" if place else "coordinator",
            limit_wh=LIMIT_WH,
        )
        for place, each in enumerate(identities)
    )
    first = identities[0].public
    rules = Rules("AT", mode="p2p")
    return Community(identities, Roster(CID, 1, "bench", first, members, rules, (first.hid,)))
