"""The coordinator of a measured slot, in a process of its own."""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from custom_components.shems.core.market.coordinator import CoordinatorNode
from custom_components.shems.core.market.entries import Entry
from custom_components.shems.core.market.outgoing import Outgoing

from .community import community
from .wires import Wires, send


@dataclass(frozen=True)
class Told:
    """What the coordinator says of itself.

    Attributes:
        heard: messages that came, by the last part of their topic.
        said: messages that went out, by what they are about.
        refused: messages that it did not take, by reason.
        next_at: when it has something to do again, epoch s.
        cpu_s: seconds of a processor so far.
        entries: of its ledger.
    """

    heard: Counter[str]
    said: Counter[str]
    refused: Counter[str]
    next_at: float
    cpu_s: float
    entries: tuple[Entry, ...]


@dataclass
class Kept:
    """A ledger in memory."""

    entries: list[Entry] = field(default_factory=list)

    def of(self, slot: int) -> Iterable[Entry]:
        """Return every entry of a slot."""
        return [each for each in self.entries if each.slot == slot]

    def append(self, entries: Iterable[Entry]) -> None:
        """Add entries."""
        self.entries += entries


def coordinate(orders: Connection, port: int, homes: int) -> None:
    """Act as coordinator until told to end; the time comes with each order."""
    made = community(homes)
    kept = Kept()
    node = CoordinatorNode(made.identities[0], made.roster, kept)
    heard, said = Counter[str](), Counter[str]()
    wires = Wires(port)
    now = 0.0
    answers: list[Outgoing] = []

    def take(topic: str, payload: bytes) -> None:
        heard[topic.rpartition("/")[2]] += 1
        answers.extend(node.receive(topic, payload, now))

    client = wires.add("coordinator", node.topics.coordinator_subscriptions(), take)
    wires.until(wires.connected, "a coordinator that is connected")

    def flush() -> None:
        if not answers:
            return
        # As its host does: what is to be remembered is written before anything is sent.
        node.state()
        said.update(kind(each.topic) for each in answers)
        send(client, answers)
        answers.clear()

    while True:
        wires.turn(0.005)
        while orders.poll():
            order = orders.recv()
            if order is None:
                wires.close()
                return
            if order > now:
                now = order
                answers.extend(node.tick(now))
            flush()
            orders.send(
                Told(
                    heard,
                    said,
                    Counter(node.refused),
                    node.next_at(now),
                    time.process_time(),
                    tuple(kept.entries),
                )
            )
        flush()


def kind(topic: str) -> str:
    """Return what a coordinator's message is about: `result` is one home's own."""
    if "/pub/" in topic:
        return "pub"
    return topic.rpartition("/")[2]
