"""Between a home's plan and its community: what it tells, and what it hears."""

import math
from typing import Final

import numpy as np

from ..assets.home import Home
from ..horizon import HOUR_S, Horizon
from ..neighbours import Neighbours
from ..plan.result import Plan
from ..series import Series
from .bodies import MOST_SLOTS, Side
from .home import HomeNode, OutlookView
from .orders import orders
from .outgoing import Outgoing
from .rules import CT, Rules

_SLOTS: Final = 2
"""Slots that are ordered in ahead: a plan comes more often than a slot, and one may fail."""
_UCT: Final = 100 * CT
"""µct/kWh of one currency/kWh."""


def net_wh(plan: Plan, interval_s: int) -> tuple[int, tuple[int, ...]]:
    """Return what a home tells of its plan: the first slot, and the net import of each, Wh.

    Whole slots that the plan covers, the running one among them with what is left of it as it
    is now; as many as a message carries.

    Args:
        plan: of the home.
        interval_s: width of the community's slots.
    """
    horizon = plan.horizon
    begin, end = float(horizon.edges[0]), float(horizon.edges[-1])
    start = math.floor(begin / interval_s) * interval_s
    count = min(int((end - start) // interval_s), MOST_SLOTS)
    edges = start + interval_s * np.arange(count + 1, dtype=np.float64)
    edges[0] = begin
    mean = Series(horizon.start, horizon.end, plan.grid_kw).on(Horizon(edges))
    energy = np.rint(1000 * mean * interval_s / HOUR_S).astype(np.int64)
    return start, tuple(energy.tolist())


def place(node: HomeNode, plan: Plan, home: Home, now: float) -> list[Outgoing]:
    """Order in the next auctions what a plan says energy is worth; see `orders`.

    Of a community that shares, or of a home that did not agree to trade, nothing is sent.

    Args:
        node: of the home.
        plan: the newest.
        home: with its batteries.
        now: epoch seconds.
    """
    rules = node.roster.rules
    if rules.mode != "p2p" or node.hid not in node.roster:
        return []
    first = rules.slot(now + rules.gate_s) + rules.interval_s
    slots = range(first, first + _SLOTS * rules.interval_s, rules.interval_s)
    limit = node.roster.member(node.hid).limit_wh
    sent: list[Outgoing] = []
    for each in orders(plan, home, slots, rules.interval_s, rules.fee, limit):
        sent += node.order(each.slot, Side(each.side), each.steps, now)
    return sent


def neighbours(view: OutlookView | None, rules: Rules) -> Neighbours | None:
    """Return what the other homes expect, None where so few take part that nobody may know.

    Args:
        view: the newest outlook that was heard, None before the first.
        rules: with the fee on shared energy.
    """
    if view is None or view.body.need_wh is None or view.body.surplus_wh is None:
        return None
    if not view.body.need_wh:
        return None
    whole = Neighbours(
        float(view.start),
        float(view.body.step_s),
        np.array(view.body.need_wh, dtype=np.float64),
        np.array(view.body.surplus_wh, dtype=np.float64),
        view.body.price / _UCT,
        rules.fee / _UCT,
        view.issued,
    )
    return whole if view.own is None else whole.without(*view.own)
