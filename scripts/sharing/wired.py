"""The same community by messages: every home and the coordinator a node of its own, on a broker."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from paho.mqtt.client import Client, topic_matches_sub

from custom_components.shems.core.horizon import HOUR_S, QUARTER_S, Horizon
from custom_components.shems.core.market.allocate import allocate
from custom_components.shems.core.market.bodies import Purpose
from custom_components.shems.core.market.coordinator import CoordinatorNode
from custom_components.shems.core.market.entries import current
from custom_components.shems.core.market.expected import neighbours
from custom_components.shems.core.market.home import HomeNode
from custom_components.shems.core.market.identity import Identity
from custom_components.shems.core.market.invitation import new_cid
from custom_components.shems.core.market.jitter import delay_s
from custom_components.shems.core.market.outgoing import Outgoing
from custom_components.shems.core.market.roster import Member as Listed
from custom_components.shems.core.market.roster import Roster
from custom_components.shems.core.market.rules import Rules
from custom_components.shems.core.market.settle import Meters, settle
from custom_components.shems.core.market.verify import Verdict
from custom_components.shems.core.neighbours import Neighbours
from custom_components.shems.core.series import Series

from ..market_bench.coordinating import Kept
from ..market_bench.wires import Wires, send
from .homes import FEED_IN, IMPORT, Member
from .play import SLOTS_AHEAD, Exchange, Played, Variant, agreed_price

_LIMIT_WH: Final = 4250
"""17 kW for a quarter of an hour."""
_AGREED: Final = frozenset({Purpose.SHARING, Purpose.PLANNING, Purpose.SMALL_OUTLOOK})
_READY_S: Final = 300.0
"""Before the first slot: until then somebody has the lease."""
_OUTLOOK_S: Final = 11.0
"""Plans that come within ten seconds make one outlook."""


@dataclass(frozen=True)
class Exchanged:
    """What came of the messages.

    Attributes:
        messages: that were delivered.
        refused: of these, not taken.
        verified: results that homes could recompute, of all that they got.
        results: that homes got.
        shared_kwh: by the coordinator's ledger.
        agrees: whether each entry of the ledger is what the meters come to, to the nano-cent.
    """

    messages: int
    refused: int
    verified: int
    results: int
    shared_kwh: float
    agrees: bool


def exchange(homes: Sequence[Member], address: tuple[str, int], fee: int) -> Exchanged:
    """Play a community that talks through a broker, and tell what came of it.

    Args:
        homes: of the community.
        address: host and port.
        fee: on shared energy, µct/kWh.
    """
    wired = Wired(homes, address, fee)
    played = Played(homes, Variant("wired", fee), wired)
    run = homes[0].run
    for step in range(run.first, run.last):
        played.step(step)
    return wired.close()


@dataclass
class _Party:
    """A node with its connection."""

    node: HomeNode | CoordinatorNode
    client: Client
    topics: tuple[str, ...]


class Wired(Exchange):
    """Plans, outlooks, meters and results through a broker, on the clock of the simulation."""

    def __init__(self, homes: Sequence[Member], address: tuple[str, int], fee: int) -> None:
        """Connect everybody to a broker that lets anyone in.

        Args:
            homes: of the community; the first one's Home Assistant coordinates as well.
            address: of the broker.
            fee: on shared energy, µct/kWh.
        """
        self._keys = [Identity.generate() for _ in homes]
        hids = [each.public.hid for each in self._keys]
        rules = Rules(
            "AT",
            interval_s=QUARTER_S,
            price=agreed_price(fee),
            fee=fee,
            feed_in=FEED_IN,
            import_price=IMPORT,
        )
        listed = tuple(
            Listed(
                each.public.hid,
                each.public,
                "home" if number else "coordinator",
                limit_wh=_LIMIT_WH,
            )
            for number, each in enumerate(self._keys)
        )
        self._roster = Roster(
            new_cid(),
            1,
            "simulated",
            self._keys[0].public,
            listed,
            rules,
            (hids[0],),
        )
        self._now = float(homes[0].run.course.start[homes[0].run.first]) - _READY_S
        self._kept = Kept()
        self._wires = Wires(address[1], address[0])
        self._due: list[tuple[_Party, Outgoing]] = []
        self._heard = self._expected = 0
        self._retained: set[str] = set()
        self._meters: dict[int, dict[str, tuple[int, int]]] = {}
        self._coordinator = CoordinatorNode(self._keys[0], self._roster, self._kept)
        self._nodes = [HomeNode(each, self._roster) for each in self._keys]
        self._parties = [
            self._party(self._coordinator, self._coordinator.topics.coordinator_subscriptions()),
            *(self._party(each, each.topics.home_subscriptions(each.hid)) for each in self._nodes),
        ]
        self._wires.until(self._wires.connected, "homes that are connected")
        self._greet()

    def _party(self, node: HomeNode | CoordinatorNode, topics: tuple[str, ...]) -> _Party:
        def heard(topic: str, payload: bytes) -> None:
            self._heard += 1
            answers = node.receive(topic, payload, self._now)
            self._due += [(party, each) for each in answers]

        name = f"{self._roster.cid}-{len(self._wires.clients)}"
        party = _Party(node, self._wires.add(name, topics, heard), topics)
        return party

    def _greet(self) -> None:
        """Let everybody say what it agrees to, and the coordinator take its lease."""
        for party in self._parties:
            self._say(party, party.node.connected(self._now))
        for party, node in zip(self._parties[1:], self._nodes, strict=True):
            self._say(party, node.consent(_AGREED, self._now))

    def _say(self, party: _Party, messages: Sequence[Outgoing]) -> None:
        """Send, and answer until nobody has anything more to say."""
        self._due += [(party, each) for each in messages]
        while self._due:
            due, self._due = self._due, []
            for sender, each in due:
                self._expected += sum(
                    topic_matches_sub(topic, each.topic)
                    for other in self._parties
                    for topic in other.topics
                )
                if each.retain:
                    self._retained.add(each.topic)
                send(sender.client, [each])
            self._wires.until(lambda: self._heard >= self._expected, "messages that come back")

    def _pass(self, until: float) -> None:
        """Let time pass: everybody does what is due."""
        while True:
            party = min(self._parties, key=lambda each: each.node.next_at(self._now))
            due = party.node.next_at(self._now)
            if due > until:
                break
            self._now = max(self._now, due)
            self._say(party, party.node.tick(self._now))
        self._now = max(self._now, until)

    def tell(self, home: int, now: float, net_kw: Series) -> None:
        """Send a home's plan, and let the coordinator tell of it."""
        node = self._nodes[home]
        self._pass(now + delay_s(node.hid, round(now)))
        ahead = Horizon.uniform(now, QUARTER_S, SLOTS_AHEAD)
        told = np.rint(1000 * net_kw.on(ahead) * QUARTER_S / HOUR_S).astype(np.int64).tolist()
        self._say(self._parties[1 + home], node.plan(round(now), QUARTER_S, told, self._now))
        self._pass(self._now + _OUTLOOK_S)

    def outlook(self, home: int, now: float) -> Neighbours | None:
        """Return what a home has heard of the others."""
        self._pass(now)
        return neighbours(self._nodes[home].outlook, self._roster.rules)

    def metered(self, now: float, grid_wh: Sequence[int]) -> None:
        """Send what the meters counted in the slot that began then."""
        slot = round(now)
        self._pass(now + QUARTER_S)
        self._meters[slot] = {}
        for party, node, wh in zip(self._parties[1:], self._nodes, grid_wh, strict=True):
            counted = max(wh, 0), max(-wh, 0)
            self._meters[slot][node.hid] = counted
            self._say(party, node.meter(slot, *counted, self._now))

    def close(self) -> Exchanged:
        """Wait for the last results, hold them against the meters, and leave nothing behind."""
        self._pass(self._now + QUARTER_S)
        verdicts = [node.verify(slot) for node in self._nodes for slot in self._meters]
        heard = self._heard
        refused = sum(sum(each.node.refused.values()) for each in self._parties)
        for topic in self._retained:
            self._parties[0].client.publish(topic, b"", qos=1, retain=True)
        self._wires.turn()
        self._wires.close()
        rows = {
            (each.slot, each.hid): each.row
            for each in current(self._kept.entries)
            if each.slot in self._meters
        }
        shared = sum(row.from_community for row in rows.values() if row is not None)
        return Exchanged(
            heard,
            refused,
            sum(each is not None and _right(each) for each in verdicts),
            sum(each is not None for each in verdicts),
            shared / 1000,
            self._settled() == rows,
        )

    def _settled(self) -> dict[tuple[int, str], object]:
        """Return what the meters come to without any message."""
        rules = self._roster.rules
        found: dict[tuple[int, str], object] = {}
        for slot, counted in self._meters.items():
            hids = sorted(counted)
            bought, sold = (
                np.array([counted[hid][side] for hid in hids], dtype=np.int64) for side in (0, 1)
            )
            meters = Meters(hids, bought, sold)
            shared = allocate(hids, bought, sold, slot)
            for row in settle(meters, shared, slot, rules.price, rules.fee).rows:
                found[slot, row.home] = row
        return found


def _right(verdict: Verdict) -> bool:
    """Return whether a home found its own row among the published ones, and nothing wrong."""
    found = (verdict.included, verdict.metered, verdict.adds_up, verdict.recomputed)
    return verdict.included is True and False not in found
