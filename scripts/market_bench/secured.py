"""Logins, access list and TLS as `scripts/community-broker` writes them: what they take."""

import datetime as dt
import os
import ssl
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from paho.mqtt.client import Client

from custom_components.shems.core.market.bodies import Plan
from custom_components.shems.core.market.envelope import Envelope, signed
from custom_components.shems.core.market.topics import Topics, Typ

from ..benchmark.sections import Row
from ..community_broker.certificates import make_certificates
from ..community_broker.files import Login, write_broker
from .broker import Broker
from .clearing import SLOT
from .community import Community, community
from .wires import Wires

_SECTION: Final = "Mosquitto with TLS, logins and access list"
_ADDRESS: Final = "127.0.0.1"


def secured_rows(count: int) -> Iterator[Row]:
    """Let all homes of a community connect at once, and all plans come at once."""
    made = community(count)
    topics = Topics(made.roster.cid)
    logins = [Login.new(each.hid, (each.role,)) for each in made.roster.members]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        broker = Broker(folder)
        make_certificates(folder, [_ADDRESS], dt.datetime.now(dt.UTC))
        (folder / "data").mkdir()
        write_broker(folder, topics, logins, broker.port, name)
        if os.geteuid() == 0:  # It would give up root's rights, and so the folder.
            with (folder / "mosquitto.conf").open("a") as file:
                file.write("user root\n")
        with broker:
            yield from _measured(made, logins, topics, broker, folder / "ca.crt")


def _measured(
    made: Community, logins: list[Login], topics: Topics, broker: Broker, authority: Path
) -> Iterator[Row]:
    count = len(logins)
    heard: set[str] = set()
    wires = Wires(broker.port)
    context = ssl.create_default_context(cafile=str(authority))
    clients: list[Client] = []
    began, before = time.perf_counter(), broker.cpu_s
    for place, login in enumerate(logins):

        def secure(client: Client, login: Login = login) -> None:
            client.username_pw_set(login.user, login.password)
            client.tls_set_context(context)

        listens = topics.home_subscriptions(login.user)
        if not place:
            listens = topics.coordinator_subscriptions()
        clients.append(wires.add(login.user, listens, lambda topic, _: heard.add(topic), secure))
        wires.turn(0)
    wires.until(wires.connected, "homes that are connected")
    yield Row(_SECTION, f"{count:,} homes connect", time.perf_counter() - began, "s")
    connected = broker.cpu_s
    yield Row(_SECTION, "processor of the broker for that", connected - before, "s")
    began = time.perf_counter()
    for client, (topic, payload) in zip(clients, _plans(made, topics), strict=True):
        client.publish(topic, payload, qos=1)
    wires.until(lambda: len(heard) == count, "the plans of all")
    yield Row(_SECTION, f"{count:,} plans at once", time.perf_counter() - began, "s")
    yield Row(_SECTION, "processor of the broker for those", broker.cpu_s - connected, "s")
    yield Row(_SECTION, "memory of the broker", broker.memory_mb, "MB")
    wires.close()


def _plans(made: Community, topics: Topics) -> Iterator[tuple[str, bytes]]:
    body = Plan(900, tuple(range(-480, 480, 10))).to_json()
    for keys in made.identities:
        hid, ms = keys.public.hid, SLOT * 1000
        envelope = Envelope(made.roster.cid, hid, Typ.PLAN, SLOT, ms, ms, 1, body)
        yield topics.of(Typ.PLAN, hid), signed(envelope, keys, made.roster.coordinators)
