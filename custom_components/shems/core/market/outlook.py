"""What a community expects: the sum of its members' plans, without saying whose."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from .bodies import MOST_SLOTS, Outlook, Plan
from .rules import Rules

__all__ = ["LEAST_MEMBERS", "Plans", "summed"]

LEAST_MEMBERS: Final = 5
"""Below, a sum tells too much of single homes; its members may agree to it all the same."""
SILENT_SLOTS: Final = 4
"""A plan that was not renewed for so many slots says nothing any more."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A member's plan as it came."""

    seq: int
    start: int
    plan: Plan
    at: float


class Plans:
    """The newest plan of each member."""

    def __init__(self) -> None:
        """Begin without any."""
        self._by_hid: dict[str, Planned] = {}

    def take(self, hid: str, seq: int, start: int, plan: Plan, now: float) -> None:
        """Replace a member's plan."""
        self._by_hid[hid] = Planned(seq, start, plan, now)

    def drop(self, hid: str) -> None:
        """Forget a member's plan."""
        self._by_hid.pop(hid, None)

    def drop_silent(self, rules: Rules, now: float) -> None:
        """Forget the plans of those who said nothing for long."""
        oldest = now - SILENT_SLOTS * rules.interval_s
        self._by_hid = {hid: each for hid, each in self._by_hid.items() if each.at >= oldest}

    def current(self) -> Mapping[str, Planned]:
        """Return the plans that count."""
        return self._by_hid


def summed(plans: Mapping[str, Planned], rules: Rules, start: int, agreed: bool) -> Outlook:
    """Add up needs and surpluses from a slot on.

    Args:
        plans: by home.
        rules: with the price and the length of a slot.
        start: of the first slot, epoch s.
        agreed: whether the sums of fewer than five may be told.
    """
    step = rules.interval_s
    need, surplus = np.zeros(MOST_SLOTS, np.int64), np.zeros(MOST_SLOTS, np.int64)
    last = 0
    for each in plans.values():
        if each.plan.step_s != step:
            continue
        net = np.array(each.plan.net_wh, np.int64)
        offset = (each.start - start) // step
        net = net[max(0, -offset) :][: max(0, MOST_SLOTS - max(0, offset))]
        at = slice(max(0, offset), max(0, offset) + len(net))
        need[at] += np.maximum(net, 0)
        surplus[at] += np.maximum(-net, 0)
        last = max(last, at.stop if len(net) else 0)
    count = len(plans)
    if count < LEAST_MEMBERS and not agreed:
        return Outlook(step, count, rules.price, None, None)
    return Outlook(
        step, count, rules.price, tuple(need[:last].tolist()), tuple(surplus[:last].tolist())
    )
