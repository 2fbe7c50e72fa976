"""A whole slot of a community through a real broker: every message signed, sent and checked."""

import math
import multiprocessing
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import numpy as np
from paho.mqtt.client import Client

from custom_components.shems.core.market.bodies import Purpose, Side
from custom_components.shems.core.market.home import HomeNode
from custom_components.shems.core.market.outgoing import Outgoing

from ..benchmark.sections import Row
from .broker import Broker
from .clearing import SLOT
from .community import Community, community
from .coordinating import Told, coordinate
from .wires import Wires, send

INTERVAL_S: Final = 900
_MOST_S: Final = 60.0
"""What a slot may take of a processor: less than a minute, so that it would keep up on one."""
_CT: Final = 1_000_000
_SECTION: Final = "a whole slot through Mosquitto"


@dataclass
class Homes:
    """All homes of a community, each with a connection of its own."""

    made: Community
    wires: Wires
    nodes: list[HomeNode] = field(default_factory=list)
    clients: list[Client] = field(default_factory=list)
    now: float = float(SLOT - INTERVAL_S)
    said: int = 0
    heard: Counter[str] = field(default_factory=Counter)
    answers: list[tuple[int, list[Outgoing]]] = field(default_factory=list)

    def connect(self) -> float:
        """Connect all; return the seconds of the clock."""
        began = time.perf_counter()
        for place, identity in enumerate(self.made.identities):
            node = HomeNode(identity, self.made.roster)
            self.nodes.append(node)

            def take(topic: str, payload: bytes, place: int = place) -> None:
                self.heard[topic.rpartition("/")[2]] += 1
                said = self.nodes[place].receive(topic, payload, self.now)
                if said:
                    self.answers.append((place, said))

            topics = node.topics.home_subscriptions(node.hid)
            self.clients.append(self.wires.add(node.hid, topics, take))
            self.wires.turn(0)
        self.wires.until(self.wires.connected, "homes that are connected")
        return time.perf_counter() - began

    def say(self, place: int, messages: list[Outgoing]) -> None:
        """Send what a home says."""
        self.said += len(messages)
        send(self.clients[place], messages)

    def answer(self) -> None:
        """Send what homes say to what they have heard."""
        for place, said in self.answers:
            self.say(place, said)
        self.answers.clear()

    def tick(self) -> None:
        """Let every home do what is due."""
        for place, node in enumerate(self.nodes):
            if said := node.tick(self.now):
                self.say(place, said)


@dataclass
class Run:
    """A slot as it passes: homes here, the coordinator in another process."""

    homes: Homes
    coordinator: Connection
    seconds: dict[str, float] = field(default_factory=dict)

    def step(self, now: float, name: str) -> None:
        """Set the time, act, and wait until every message has reached everybody."""
        began = time.perf_counter()
        self.homes.now = now
        self.ask(now)
        act(self.homes, now)
        self.homes.tick()
        self.homes.wires.until(self.quiet, f"an end of all messages at {now - SLOT:.0f} s")
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - began

    def next_at(self) -> float:
        """Return when anybody has something to do; whole seconds are fine enough."""
        now = self.homes.now
        acts = [SLOT + at for at in _ACTS if SLOT + at > now]
        nodes = [node.next_at(now) for node in self.homes.nodes]
        wanted = min([self.ask(now).next_at, *nodes, *acts])
        return max(now + 1, math.ceil(wanted))

    def ask(self, now: float) -> Told:
        """Tell the coordinator the time, and hear how far it is."""
        self.coordinator.send(now)
        told = self.coordinator.recv()
        if not isinstance(told, Told):
            raise TypeError(told)
        return told

    def quiet(self) -> bool:
        """Whether all that was said was heard."""
        self.homes.answer()
        told = self.ask(self.homes.now)
        public = told.said["pub"] + told.said["lease"]
        count = len(self.homes.nodes)
        wanted = count * (public + 1) + told.said["result"]
        return (
            told.heard.total() == self.homes.said + public
            and self.homes.heard.total() == wanted
            and not self.homes.answers
        )


_ACTS: Final = {
    -870: "consents and plans of all at once",
    -600: "orders of all at once",
    -300: "auction cleared, proven and heard by all",
    960: "meters of all at once",
    1200: "settled, proven and heard by all",
}
"""Seconds from the slot's start."""
_END_S: Final = 1300
_BETWEEN: Final = "leases, outlooks and what is said again"


def act(homes: Homes, now: float) -> None:
    """Let all homes do at once what is due at a time: the worst herd there can be."""
    random = np.random.default_rng(11)
    for place, node in enumerate(homes.nodes):
        wh, rate = (int(each) for each in random.integers((100, 800), (2000, 2800)))
        buys = place % 2 == 0
        match round(now - SLOT):
            case -870:
                said = node.consent(frozenset(Purpose), now)
                said += node.plan(SLOT, INTERVAL_S, [wh if buys else -wh] * 96, now)
            case -600:
                step = (wh, rate * _CT // 100)
                said = node.order(SLOT, Side.BID if buys else Side.OFFER, [step], now)
            case 960:
                said = node.meter(SLOT, wh if buys else 0, 0 if buys else wh, now)
            case _:
                return
        homes.say(place, said)


def slot_rows(count: int) -> Iterator[Row]:
    """Let a slot of a community pass, its time as fast as all can follow."""
    with tempfile.TemporaryDirectory() as folder, Broker(Path(folder)) as broker:
        ours, theirs = multiprocessing.get_context("spawn").Pipe()
        process = multiprocessing.get_context("spawn").Process(
            target=coordinate, args=(theirs, broker.port, count), daemon=True
        )
        process.start()
        made = community(count)
        homes = Homes(made, Wires(broker.port))
        run = Run(homes, ours)
        before = run.ask(homes.now)
        cpu = time.process_time()
        connecting = homes.connect()
        for place, node in enumerate(homes.nodes):
            homes.say(place, node.connected(homes.now))
        while (at := run.next_at() - SLOT) < _END_S:
            run.step(SLOT + at, _ACTS.get(round(at), _BETWEEN))
        cpu = time.process_time() - cpu
        told = run.ask(homes.now)
        broker_s, broker_mb = broker.cpu_s, broker.memory_mb
        ours.send(None)
        process.join()
        homes.wires.close()
    checked(homes, told)
    yield Row(_SECTION, f"{count:,} homes connect", connecting, "s")
    for name, seconds in run.seconds.items():
        yield Row(_SECTION, name, seconds, "s")
    yield Row(_SECTION, "all of it, on the clock", sum(run.seconds.values()), "s")
    messages = homes.said + told.said.total(), homes.heard.total() + told.heard.total()
    yield Row(_SECTION, "messages sent", messages[0], "")
    yield Row(_SECTION, "messages received", messages[1], "")
    yield Row(_SECTION, "processor of the broker", broker_s, "s")
    yield Row(_SECTION, "memory of the broker", broker_mb, "MB")
    coordinator_s = told.cpu_s - before.cpu_s
    yield Row(_SECTION, "processor of the coordinator", coordinator_s, "s")
    yield Row(_SECTION, "processor of all homes together", cpu, "s")
    yield Row(_SECTION, "processor of all of them", broker_s + coordinator_s + cpu, "s", _MOST_S)


def checked(homes: Homes, told: Told) -> None:
    """Check that the slot was settled rightly.

    Raises:
        ValueError: a message was refused, a row not proven, or money came from nowhere.
    """
    verdicts = [node.verify(SLOT) for node in homes.nodes]
    proven = sum(verdict is not None and verdict.sound for verdict in verdicts)
    rows = [entry.row for entry in told.entries if entry.row is not None and entry.slot == SLOT]
    traded = sum(row.from_community for row in rows)
    paid = sum(row.paid_nct for row in rows)
    refused = sum((Counter(node.refused) for node in homes.nodes), told.refused)
    if proven < len(homes.nodes) or paid or refused or not traded:
        raise ValueError(f"{proven} proven, {traded} Wh traded, {paid} nct left, {refused}")
