"""Many connections to a broker, all served by one thread."""

import selectors
import ssl
import time
from collections.abc import Callable, Sequence
from typing import Final

from paho.mqtt.client import Client, MQTTMessage, MQTTv5
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from custom_components.shems.core.market.outgoing import Outgoing

_PATIENCE_S: Final = 600.0
"""A slot; what takes longer does not work."""
_TURN_S: Final = 0.05

type Heard = Callable[[str, bytes], None]


class Wires:
    """Connections of their own, as many as homes; MQTT 5, as Home Assistant speaks it."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        """Hold nothing yet."""
        self._address = host, port
        self._ready = selectors.DefaultSelector()
        self.clients: list[Client] = []
        self._subscribed = 0

    def add(
        self,
        name: str,
        topics: Sequence[str],
        heard: Heard,
        secure: Callable[[Client], None] | None = None,
    ) -> Client:
        """Connect and subscribe; what comes is told.

        Args:
            name: of the client.
            topics: what to listen to.
            heard: takes what comes.
            secure: gives the client a login and TLS.
        """

        def deliver(_client: Client, _data: object, message: MQTTMessage) -> None:
            heard(message.topic, message.payload)

        def connected(client: Client, *_rest: object) -> None:
            client.subscribe([(topic, 1) for topic in topics])

        def subscribed(*_rest: object) -> None:
            self._subscribed += 1

        client = Client(CallbackAPIVersion.VERSION2, client_id=name, protocol=MQTTv5)
        client.max_queued_messages_set(0)
        client.on_message = deliver
        client.on_connect = connected
        client.on_subscribe = subscribed
        if secure is not None:
            secure(client)
        client.connect(*self._address, keepalive=3600)
        if (wire := client.socket()) is None:
            raise ConnectionError(name)
        self._ready.register(wire.fileno(), selectors.EVENT_READ, client)
        self.clients.append(client)
        return client

    def turn(self, most_s: float = _TURN_S) -> None:
        """Read and write what is ready; wait a little where nothing is."""
        for key, _ in self._ready.select(most_s):
            key.data.loop_read()
            # What TLS has decrypted already wakes nobody.
            while isinstance(wire := key.data.socket(), ssl.SSLSocket) and wire.pending():
                key.data.loop_read()
        for client in self.clients:
            if client.want_write():
                client.loop_write()

    def until(self, done: Callable[[], bool], wanted: str) -> float:
        """Turn until something is so; return the seconds of the clock.

        Raises:
            TimeoutError: it never was.
        """
        began = time.perf_counter()
        while not done():
            self.turn()
            if time.perf_counter() - began > _PATIENCE_S:
                raise TimeoutError(wanted)
        return time.perf_counter() - began

    def connected(self) -> bool:
        """Whether all have connected and subscribed."""
        return self._subscribed == len(self.clients)

    def close(self) -> None:
        """Hang up."""
        for client in self.clients:
            client.disconnect()
        self._ready.close()


def send(client: Client, messages: Sequence[Outgoing]) -> None:
    """Publish what a node says."""
    for message in messages:
        properties = None
        if message.expiry_s is not None:
            properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]  # paho's.
            properties.MessageExpiryInterval = message.expiry_s
        client.publish(message.topic, message.payload, message.qos, message.retain, properties)
