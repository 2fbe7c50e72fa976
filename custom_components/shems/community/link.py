"""A home and its community: plans and meters go one way, the outlook comes the other.

The home knows nothing of it but the outlook that it plans with; where the community fails, that
becomes stale, and the home goes on with its own prices.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
)
from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.util import dt as dt_util

from ..coordinator import HomeCoordinator
from ..core.assets.home import Home
from ..core.market.bodies import Purpose
from ..core.market.expected import neighbours, net_wh, place
from ..core.market.home import OutlookView
from ..core.market.jitter import SPREAD_S, delay_s
from ..core.market.node import KEEP_S
from ..core.market.outgoing import Outgoing
from ..core.neighbours import Neighbours
from ..core.plan.result import Plan
from ..core.report.slot import SlotRecord
from .entry import HOME
from .metered import metered
from .parties import Parties
from .worker import now

if TYPE_CHECKING:
    from .runtime import Community

_SPREAD: Final = SPREAD_S / 900.0
"""Of a slot, whatever its length: ten minutes of a quarter of an hour."""


class Link:
    """Follows the home of a community while it runs."""

    def __init__(self, community: Community) -> None:
        """Follow nobody yet."""
        self._community = community
        self._hass = community.hass
        self._home: HomeCoordinator | None = None
        self._ends: list[CALLBACK_TYPE] = []
        self._leave: CALLBACK_TYPE | None = None
        self._timer: CALLBACK_TYPE | None = None
        self._planned = 0.0
        self._told: set[int] = set()
        self._counted = 0.0

    @callback
    def async_start(self) -> None:
        """Begin to look for the home."""
        self._ends = [
            async_dispatcher_connect(self._hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._on_entry)
        ]
        self.async_look()

    @callback
    def async_stop(self) -> None:
        """Leave the home alone, with its own prices."""
        for each in self._ends:
            each()
        self._ends.clear()
        self._follow(None)

    @callback
    def _on_entry(self, _: ConfigEntryChange, entry: ConfigEntry) -> None:
        if entry.entry_id == self._community.entry.data.get(HOME):
            self.async_look()

    @callback
    def async_look(self) -> None:
        """Follow the home that runs now, and give what it and the community have to tell."""
        self._follow(self._community.home)
        self._on_home()
        node = self._community.node
        if self._home is None or node is None:
            return
        if not node.member:
            self._share(None)
        elif node.outlook is not None:
            known = self._home.planner.neighbours
            if known is None or known.stale(now()):
                self._take(node.outlook)
        if self._timer is None:
            self._plan_next()

    @callback
    def _follow(self, home: HomeCoordinator | None) -> None:
        if home is self._home:
            return
        if self._leave is not None:
            self._leave()
            self._leave = None
        if self._timer is not None:
            self._timer()
            self._timer = None
        self._share(None)
        self._home, self._planned, self._counted = home, 0.0, 0.0
        if home is not None:
            self._leave = home.async_add_listener(self._on_home)

    # What the home gives

    @callback
    def _on_home(self) -> None:
        """Tell the community of a new plan and of slots that are over."""
        home, node = self._home, self._community.node
        if home is None or node is None or not node.member:
            return
        plan, interval_s = home.data.plan, node.roster.rules.interval_s
        if plan is not None and plan.created != self._planned and _agreed(node.purposes):
            self._planned = plan.created
            self._do(partial(_planned, plan, home.home))
        self._tell_meter(home.store.memory.slots, interval_s)

    @callback
    def _tell_meter(self, records: Sequence[SlotRecord], interval_s: int) -> None:
        """Tell of each slot that is over and wholly measured, once."""
        if not records or records[-1].end == self._counted:
            return
        self._counted = records[-1].end
        last = int(self._counted)
        first = max(int(records[0].start), self._community.since, last - KEEP_S)
        self._told = {slot for slot in self._told if slot >= last - KEEP_S}
        begin = -(-first // interval_s) * interval_s
        for slot in range(begin, last - interval_s + 1, interval_s):
            counted = None if slot in self._told else metered(records, slot, interval_s)
            if counted is not None:
                self._told.add(slot)
                self._do(partial(_metered, slot, *counted))

    def _do(self, act: partial[list[Outgoing]]) -> None:
        community = self._community
        community.entry.async_create_task(self._hass, community.async_try(act), "community feed")

    # What the home gets

    @callback
    def _plan_next(self) -> None:
        """Wake at the home's own time within the next slot."""
        node = self._community.node
        if node is None or self._home is None:
            return
        interval_s, at = node.roster.rules.interval_s, now()
        slot = node.roster.rules.slot(at)
        spread_s = _SPREAD * interval_s
        due = slot + delay_s(node.hid, slot, spread_s)
        if due <= at:
            slot += interval_s
            due = slot + delay_s(node.hid, slot, spread_s)
        self._timer = async_track_point_in_utc_time(
            self._hass, self._on_turn, dt_util.utc_from_timestamp(due)
        )

    @callback
    def _on_turn(self, _: datetime) -> None:
        """Plan with what the others have come to expect; each home at another time."""
        self._timer = None
        node = self._community.node
        if node is not None and node.outlook is not None and node.member:
            self._take(node.outlook)
        self._plan_next()

    @callback
    def _take(self, outlook: OutlookView) -> None:
        node = self._community.node
        made = None if node is None else neighbours(outlook, node.roster.rules)
        if self._home is not None and self._share(made):
            self._home.async_request_plan()

    def _share(self, shared: Neighbours | None) -> bool:
        """Give the planner what it plans with; return whether that is anything new."""
        if self._home is None:
            return False
        before = self._home.planner.neighbours
        self._home.planner.neighbours = shared
        issued = [None if each is None else each.issued for each in (before, shared)]
        return issued[0] != issued[1]


def _agreed(purposes: frozenset[Purpose]) -> bool:
    return Purpose.PLANNING in purposes


def _planned(plan: Plan, home: Home, parties: Parties, at: float) -> list[Outgoing]:
    if parties.node is None:
        return []
    interval_s = parties.node.roster.rules.interval_s
    start, energies = net_wh(plan, interval_s)
    told = parties.node.plan(start, interval_s, energies, at)
    return [*told, *place(parties.node, plan, home, at)]


def _metered(
    slot: int, import_wh: int, export_wh: int, parties: Parties, at: float
) -> list[Outgoing]:
    return [] if parties.node is None else parties.node.meter(slot, import_wh, export_wh, at)
