"""A broker, homes and coordinators in one deterministic, simulated world."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from custom_components.shems.core.market.bodies import Purpose
from custom_components.shems.core.market.coordinator import CoordinatorNode
from custom_components.shems.core.market.entries import Entry, current, digest
from custom_components.shems.core.market.home import HomeNode
from custom_components.shems.core.market.identity import Identity
from custom_components.shems.core.market.node import Node
from custom_components.shems.core.market.outgoing import Outgoing
from custom_components.shems.core.market.roster import Member, Roster
from custom_components.shems.core.market.rules import Rules
from custom_components.shems.core.market.topics import Topics

BEGIN = 1_780_000_200
"""The start of a slot."""
CID = "abcdefghijklmnop"
ALL = frozenset({Purpose.SHARING, Purpose.PLANNING, Purpose.TRADING})
LIMIT_WH = 10_000


def identity(number: int) -> Identity:
    """Return the keys of a member, the same each time."""
    return Identity.generate(random.Random(number).randbytes(64))


def roster(homes: int, standbys: int = 1, **rules: Any) -> Roster:
    """Return a community whose first members coordinate."""
    people = [identity(number) for number in range(homes)]
    roles = ["coordinator", *["standby"] * standbys, *["home"] * homes]
    members = tuple(
        Member(each.public.hid, each.public, role, 0, LIMIT_WH)  # type: ignore[arg-type]  # a role
        for each, role in zip(people, roles, strict=False)
    )
    order = tuple(each.hid for each in members if each.coordinates)
    agreed = Rules.of("AT", binding=False, **rules)
    return Roster(CID, 1, "Village", people[0].public, members, agreed, order)


@dataclass
class Ledger:
    """The accounts of a coordinator, which outlive it."""

    entries: list[Entry] = field(default_factory=list)

    def of(self, slot: int) -> Iterable[Entry]:
        return [each for each in self.entries if each.slot == slot]

    def append(self, entries: Iterable[Entry]) -> None:
        known = {(each.slot, each.hid, each.rev) for each in self.entries}
        self.entries += [each for each in entries if (each.slot, each.hid, each.rev) not in known]

    @property
    def digest(self) -> str:
        return digest(self.entries)

    @property
    def counting(self) -> tuple[Entry, ...]:
        return current(self.entries)


@dataclass
class Peer:
    """A node with its disk: what it saved before it sent survives a kill."""

    name: str
    make: Callable[[dict[str, Any] | None], Node]
    subscriptions: tuple[str, ...]
    skew: float = 0.0
    saved: dict[str, Any] | None = None
    node: Any = None

    def start(self) -> None:
        self.node = self.make(self.saved)

    def kill(self) -> None:
        self.node = None

    def sends(self, outgoing: list[Outgoing]) -> list[Outgoing]:
        """Save, then send."""
        if outgoing:
            self.saved = self.node.state()
        return outgoing


def matches(pattern: str, topic: str) -> bool:
    """Return whether a subscription has a topic."""
    wanted, parts = pattern.split("/"), topic.split("/")
    for number, each in enumerate(wanted):
        if each == "#":
            return True
        if number >= len(parts) or each not in ("+", parts[number]):
            return False
    return len(wanted) == len(parts)


class Perfect:
    """A network without faults."""

    def deliveries(self, sender: str, receiver: str, sent: Outgoing) -> list[float]:
        """Return after how many seconds a message arrives, once for each time it does."""
        return [0.1]


class World:
    """Lets time pass in the simulated community."""

    def __init__(self, roster: Roster, network: Any = None) -> None:
        """Start everybody of a roster at `BEGIN`."""
        self.roster = roster
        self.now = float(BEGIN)
        self.network = network or Perfect()
        self.retained: dict[str, bytes] = {}
        self.captured: list[tuple[str, bytes]] = []
        self.ledgers: dict[str, Ledger] = {}
        self.peers: dict[str, Peer] = {}
        self.up = True
        self._flying: list[tuple[float, int, str, str, bytes]] = []
        self._count = 0
        topics = Topics(roster.cid)
        for number, member in enumerate(roster.members):
            own = identity(number)
            self._add(
                Peer(
                    f"home{number}",
                    lambda state, own=own: HomeNode(own, self.roster, state),
                    topics.home_subscriptions(member.hid),
                )
            )
            if member.coordinates:
                ledger = self.ledgers[f"coord{number}"] = Ledger()
                self._add(
                    Peer(
                        f"coord{number}",
                        lambda state, own=own, ledger=ledger: CoordinatorNode(
                            own, self.roster, ledger, state
                        ),
                        topics.coordinator_subscriptions(),
                    )
                )

    def _add(self, peer: Peer) -> None:
        self.peers[peer.name] = peer
        peer.start()

    def home(self, number: int) -> HomeNode:
        node = self.peers[f"home{number}"].node
        assert isinstance(node, HomeNode)
        return node

    def coordinator(self, number: int = 0) -> CoordinatorNode:
        node = self.peers[f"coord{number}"].node
        assert isinstance(node, CoordinatorNode)
        return node

    def connect(self, name: str) -> None:
        """Let a peer subscribe, and have what the broker retained."""
        peer = self.peers[name]
        if peer.node is None or not self.up:
            return
        for topic, payload in list(self.retained.items()):
            if any(matches(each, topic) for each in peer.subscriptions):
                self._fly(name, topic, payload, 0.05)
        self.say(name, peer.node.connected(self.now + peer.skew))

    def kill_broker(self) -> None:
        """End the broker as a power cut does: it keeps nothing."""
        self.up = False
        self.retained.clear()
        self._flying.clear()
        for peer in self.peers.values():
            if isinstance(peer.node, CoordinatorNode):
                peer.node.disconnected()

    def start_broker(self) -> None:
        """Start it; everybody comes back."""
        self.up = True
        for name in self.peers:
            self.connect(name)

    def kill(self, name: str) -> None:
        """End a peer as a power cut does; what it saved is there when it comes back."""
        self.peers[name].kill()

    def restart(self, name: str) -> None:
        self.peers[name].start()
        self.connect(name)

    def say(self, name: str, outgoing: list[Outgoing]) -> None:
        """Publish what a peer sends, once it has saved its state."""
        for each in self.peers[name].sends(outgoing):
            self.publish(name, each)

    def publish(self, sender: str, sent: Outgoing) -> None:
        if not self.up:
            return
        self.captured.append((sent.topic, sent.payload))
        if sent.retain:
            self.retained[sent.topic] = sent.payload
        for peer in self.peers.values():
            if any(matches(each, sent.topic) for each in peer.subscriptions):
                for after in self.network.deliveries(sender, peer.name, sent):
                    self._fly(peer.name, sent.topic, sent.payload, after)

    def inject(self, topic: str, payload: bytes) -> None:
        """Publish what nobody of the community sent."""
        self.publish("stranger", Outgoing(topic, payload))

    def _fly(self, receiver: str, topic: str, payload: bytes, after: float) -> None:
        self._count += 1
        self._flying.append((self.now + after, self._count, receiver, topic, payload))

    def run(self, seconds: float) -> None:
        """Let time pass: deliver what arrives, and tick whoever wants to."""
        until = self.now + seconds
        while True:
            arriving = min(self._flying, default=None)
            ticking = min(
                (
                    (peer.node.next_at(self.now + peer.skew) - peer.skew, peer.name)
                    for peer in self.peers.values()
                    if peer.node is not None
                ),
                default=None,
            )
            at = min(
                arriving[0] if arriving else until,
                ticking[0] if ticking else until,
                until,
            )
            if arriving and arriving[0] <= at:
                self._flying.remove(arriving)
                self.now = max(self.now, arriving[0])
                self._deliver(*arriving[2:])
            elif ticking and ticking[0] <= at and ticking[0] < until:
                self.now = max(self.now, ticking[0])
                peer = self.peers[ticking[1]]
                self.say(peer.name, peer.node.tick(self.now + peer.skew))
            else:
                self.now = until
                return

    def _deliver(self, name: str, topic: str, payload: bytes) -> None:
        peer = self.peers[name]
        if peer.node is None or not self.up:
            return
        self.say(name, peer.node.receive(topic, payload, self.now + peer.skew))


def member_world(homes: int, **rules: Any) -> World:
    """Return a community in which everybody has agreed to everything and somebody acts."""
    world = World(roster(homes, **rules))
    world.run(1)
    for number in range(homes):
        world.say(f"home{number}", world.home(number).consent(ALL, world.now))
    world.run(10)
    return world
