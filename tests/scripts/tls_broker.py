"""Real Mosquittos, and clients that tell what they heard."""

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from queue import Queue

from paho.mqtt.client import Client, MQTTMessage, MQTTv5
from paho.mqtt.enums import CallbackAPIVersion

PATIENCE_S = 20.0
REFUSED = 0x80
"""Reasons from here on are refusals."""


def program() -> str | None:
    """Return the broker's program, which Debian keeps out of a user's path."""
    return shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")


def free_port() -> int:
    """Return a port of the loopback on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


class Mosquitto:
    """Runs a broker on a configuration."""

    def __init__(self, configuration: Path, port: int) -> None:
        """Take over a configuration; nothing runs before `start`."""
        if os.geteuid() == 0:  # It would give up root's rights, and so the test's folder.
            configuration.write_text(configuration.read_text() + "user root\n")
        self._configuration, self.port = configuration, port
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it listens."""
        log = self._configuration.with_suffix(".log").open("ab")
        self._process = subprocess.Popen(
            [str(program()), "-c", str(self._configuration)],
            stdout=log,
            stderr=log,
            cwd=self._configuration.parent,
        )
        log.close()
        until(self._listens, "mosquitto listens")

    def reload(self) -> None:
        """Have it read passwords and access list again."""
        assert self._process is not None
        self._process.send_signal(1)

    def stop(self) -> None:
        """End it in order, so that it keeps what it has."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def until(condition: Callable[[], object], what: str) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, f"in vain: {what}"
        time.sleep(0.01)


class Peer:
    """A client: what it may not do, the broker tells it by a reason."""

    def __init__(
        self,
        port: int,
        name: str,
        password: str | None = None,
        authority: Path | None = None,
        will: str | None = None,
    ) -> None:
        """Prepare a client, with TLS if an authority is given, and a last will on a topic."""
        self.heard: list[tuple[str, bytes]] = []
        self.retained: set[str] = set()
        self._port = port
        self._answers: Queue[int] = Queue()
        self._client = Client(CallbackAPIVersion.VERSION2, client_id=name, protocol=MQTTv5)
        if password is not None:
            self._client.username_pw_set(name, password)
        if will is not None:
            self._client.will_set(will, b"offline")
        if authority is not None:
            context = ssl.create_default_context(cafile=str(authority))
            self._client.tls_set_context(context)
        self._client.on_message = self._on_message
        self._client.on_connect = lambda *given: self._answers.put(given[3].value)
        self._client.on_disconnect = lambda *_: self._answers.put(REFUSED)
        self._client.on_publish = lambda *given: self._answers.put(given[3].value)
        self._client.on_subscribe = lambda *given: self._answers.put(given[3][0].value)

    def connect(self) -> int:
        """Connect; return the broker's reason: 0 for welcome, 0x80 where it just hangs up."""
        self._client.connect("127.0.0.1", self._port)
        self._client.loop_start()
        return self._answer()

    def vanish(self) -> None:
        """Go without a word."""
        self._client.loop_stop()
        wire = self._client.socket()
        assert wire is not None
        wire.close()

    def close(self) -> None:
        """Go."""
        self._client.disconnect()
        self._client.loop_stop()

    def listen(self, *topics: str) -> None:
        """Subscribe."""
        for topic in topics:
            self._client.subscribe(topic, qos=1)
            assert self._answer() < REFUSED

    def send(self, topic: str, payload: bytes = b"x", *, retain: bool = False) -> int:
        """Publish and wait for the acknowledgement; return its reason, 0 for taken."""
        self._client.publish(topic, payload, qos=1, retain=retain)
        reason = self._answer()
        return reason if reason >= REFUSED else 0  # That nobody listens is no refusal.

    def hears(self, topic: str) -> None:
        """Wait for a message on a topic."""
        until(lambda: topic in self.topics, f"a message on {topic}")

    @property
    def topics(self) -> list[str]:
        """Where messages came, in their order."""
        return [topic for topic, _ in self.heard]

    def _on_message(self, _client: Client, _data: object, message: MQTTMessage) -> None:
        self.heard.append((message.topic, message.payload))
        if message.retain:
            self.retained.add(message.topic)

    def _answer(self) -> int:
        return self._answers.get(timeout=PATIENCE_S)
