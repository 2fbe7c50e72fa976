"""The community's chaos again, over a real Mosquitto that is killed and keeps nothing."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Condition

import pytest
from paho.mqtt.client import Client, MQTTMessage, MQTTv5
from paho.mqtt.enums import CallbackAPIVersion

from custom_components.shems.core.market.outgoing import Outgoing
from custom_components.shems.core.market.roster import Roster
from tests.core.market.chaos import digest_of, play
from tests.core.market.network import World, matches

from .tls_broker import PATIENCE_S, free_port, program, until

MARK = "mark/"
STRANGER = "stranger"


class Broker:
    """A Mosquitto that can be killed; it keeps no message over its end."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._configuration = folder / "mosquitto.conf"
        self._configuration.write_text(
            f"listener {self.port} 127.0.0.1\nallow_anonymous true\npersistence false\n"
            "max_queued_messages 0\nset_tcp_nodelay true\n"
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [str(program()), "-c", str(self._configuration)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


class Line:
    """One peer's connection to the broker."""

    def __init__(self, port: int, subscriptions: tuple[str, ...]) -> None:
        self.heard: SimpleQueue[tuple[str, bytes]] = SimpleQueue()
        self._marks: set[str] = set()
        self._marked = Condition()
        self._acknowledged = 0
        self._client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTv5)
        self._client.on_message = self._on_message
        self._client.on_subscribe = self._on_subscribe
        until(lambda: self._reached(port), "the broker listens")
        self._client.loop_start()
        until(self._client.is_connected, "the broker answers")
        self._client.subscribe([(each, 1) for each in (*subscriptions, f"{MARK}#")])
        until(lambda: self._acknowledged, "the broker subscribes")

    def _reached(self, port: int) -> bool:
        try:
            self._client.connect("127.0.0.1", port)
        except OSError:
            return False
        return True

    def _on_subscribe(self, *_: object) -> None:
        self._acknowledged += 1

    def _on_message(self, client: Client, user: object, message: MQTTMessage) -> None:
        if message.topic.startswith(MARK):
            with self._marked:
                self._marks.add(message.payload.decode())
                self._marked.notify()
        else:
            self.heard.put((message.topic, message.payload))

    def send(self, sent: Outgoing) -> None:
        self._client.publish(sent.topic, sent.payload, sent.qos, sent.retain)

    def mark(self, text: str) -> None:
        self._client.publish(MARK + text.partition(" ")[0], text, 1)

    def wait_for(self, marks: set[str]) -> None:
        """Wait until all was heard that was sent before these marks."""
        with self._marked:
            assert self._marked.wait_for(lambda: marks <= self._marks, PATIENCE_S), "marks"
            self._marks.clear()

    def cut(self) -> None:
        """End the connection without a word."""
        if (socket := self._client.socket()) is not None:
            socket.close()
        self._client.loop_stop()


class BrokerWorld(World):
    """The simulated community, whose messages go through a real broker."""

    broker: Broker

    def __init__(self, roster: Roster) -> None:
        self._lines: dict[str, Line] = {}
        self._marks = 0
        self._sent = True
        super().__init__(roster)
        for name in self.peers:
            self.connect(name)
        self._lines[STRANGER] = Line(self.broker.port, ())

    def connect(self, name: str) -> None:
        peer = self.peers[name]
        if peer.node is None or not self.up:
            return
        self._cut(name)
        self._lines[name] = Line(self.broker.port, peer.subscriptions)
        self._sent = True
        self.say(name, peer.node.connected(self.now + peer.skew))

    def _cut(self, name: str) -> None:
        if name in self._lines:
            self._lines.pop(name).cut()

    def kill(self, name: str) -> None:
        super().kill(name)
        self._cut(name)

    def kill_broker(self) -> None:
        self._settle()
        self.broker.kill()
        super().kill_broker()
        for name in list(self._lines):
            self._cut(name)

    def start_broker(self) -> None:
        self.broker.start()
        super().start_broker()
        self._lines[STRANGER] = Line(self.broker.port, ())

    def publish(self, sender: str, sent: Outgoing) -> None:
        line = self._lines.get(sender)
        if self.up and line is not None:
            self.captured.append((sent.topic, sent.payload))
            line.send(sent)
            self._sent = True

    def _settle(self) -> None:
        """Deliver until nobody has anything to say: a mark of each overtakes no message."""
        while self.up and self._sent:
            self._sent = False
            self._marks += 1
            marks = {f"{name} {self._marks}" for name in self._lines}
            for name, line in self._lines.items():
                line.mark(f"{name} {self._marks}")
            for line in self._lines.values():
                line.wait_for(marks)
            for name in sorted(self._lines):
                while name in self._lines and not self._lines[name].heard.empty():
                    self._deliver(name, *self._lines[name].heard.get())

    def _deliver(self, name: str, topic: str, payload: bytes) -> None:
        if name != STRANGER and any(
            matches(each, topic) for each in self.peers[name].subscriptions
        ):
            super()._deliver(name, topic, payload)

    def run(self, seconds: float) -> None:
        until_ = self.now + seconds
        while True:
            self._settle()
            due = [
                (peer.node.next_at(self.now + peer.skew) - peer.skew, name)
                for name, peer in self.peers.items()
                if peer.node is not None
            ]
            at, name = min(due, default=(until_, ""))
            if at >= until_:
                self.now = until_
                return
            self.now = max(self.now, at)
            peer = self.peers[name]
            self.say(name, peer.node.tick(self.now + peer.skew))

    def close(self) -> None:
        for name in list(self._lines):
            self._cut(name)


@pytest.fixture
def broker(socket_enabled: None, tmp_path: Path) -> Iterator[Broker]:
    if program() is None:
        pytest.skip("no mosquitto is installed (on Debian: apt-get install mosquitto)")
    made = Broker(tmp_path)
    made.start()
    yield made
    made.kill()


@pytest.mark.parametrize("mode", ["sharing", "p2p"])
def test_a_real_broker_that_dies_changes_nothing_in_the_ledger(
    broker: Broker, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BrokerWorld, "broker", broker, raising=False)
    world = play(5, mode, BrokerWorld)
    assert isinstance(world, BrokerWorld)
    world.close()
    clean = play(None, mode)
    assert digest_of(world) == digest_of(clean)
    refused = {code for peer in world.peers.values() for code in peer.node.refused}
    assert {"replayed", "bad_signature"} <= refused
