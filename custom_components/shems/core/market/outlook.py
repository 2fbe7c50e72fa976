"""What a community expects: the sum of its members' plans, without saying whose."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

import numpy as np

from .bodies import Outlook, Plan
from .rules import Rules

__all__ = ["LEAST_MEMBERS", "Plans", "summed"]

LEAST_MEMBERS: Final = 5
"""Below, a sum tells too much of single homes; its members may agree to it all the same."""
USUAL_SHARE: Final = 0.5
"""A plan that reaches less far than this share of the middle one would shorten what all hear."""
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
    """Add up needs and surpluses from a slot on, as far as the shortest plan in it goes.

    A plan of another step, that begins later, or that ends long before the others is not in it.

    Args:
        plans: by home.
        rules: with the price and the length of a slot.
        start: of the first slot, epoch s.
        agreed: whether the sums of fewer than five may be told.
    """
    # A home whose plan has ended would count as needing nothing: no slot is told without it.
    step = rules.interval_s
    ahead = [
        each.plan.net_wh[(start - each.start) // step :]
        for each in plans.values()
        if each.plan.step_s == step and each.start <= start
    ]
    reaches = [len(each) for each in ahead if each]
    usual = median(reaches) if reaches else 0
    ahead = [each for each in ahead if each and len(each) >= USUAL_SHARE * usual]
    count = len(ahead)
    if count < LEAST_MEMBERS and not agreed:
        return Outlook(step, count, rules.price, None, None)
    last = min(map(len, ahead), default=0)
    net = np.array([each[:last] for each in ahead], np.int64).reshape(count, last)
    need, surplus = (np.maximum(each, 0).sum(axis=0).tolist() for each in (net, -net))
    return Outlook(step, count, rules.price, tuple(need), tuple(surplus))
