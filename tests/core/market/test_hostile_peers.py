"""Whole nodes among hostile peers: nothing that is sent to them raises, or moves money alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.market import bodies
from custom_components.shems.core.market.bodies import Purpose
from custom_components.shems.core.market.coordinator import CoordinatorNode
from custom_components.shems.core.market.entries import Entry
from custom_components.shems.core.market.envelope import Envelope, signed
from custom_components.shems.core.market.home import HomeNode
from custom_components.shems.core.market.identity import Identity
from custom_components.shems.core.market.joining import JoiningNode, OrganiserNode
from custom_components.shems.core.market.refused import RefusedError
from custom_components.shems.core.market.rules import Rules
from custom_components.shems.core.market.topics import Typ

from .parties import (
    ANNA,
    BERT,
    BODIES,
    CID,
    COORDINATOR,
    NOW,
    ORGANISER,
    ROSTER,
    SLOT,
    STANDBY,
    STRANGER,
    TOPICS,
    message,
    sender,
)
from .test_invitation import INVITATION

ALL = replace(ROSTER, rules=Rules.of("AT", mode="p2p"))
PEOPLE = st.sampled_from([ORGANISER, COORDINATOR, STANDBY, ANNA, BERT, STRANGER])
SMALL = st.integers(-3, 10**7)
VALUES = st.none() | st.booleans() | SMALL | st.text(max_size=30) | st.lists(SMALL, max_size=4)


@dataclass
class Kept:
    """A ledger in memory."""

    entries: list[Entry] = field(default_factory=list)

    def of(self, slot: int) -> Iterable[Entry]:
        return [each for each in self.entries if each.slot == slot]

    def append(self, entries: Iterable[Entry]) -> None:
        self.entries += entries


def nodes(kept: Kept) -> list[HomeNode | CoordinatorNode | OrganiserNode | JoiningNode]:
    return [
        HomeNode(ANNA, ALL),
        CoordinatorNode(COORDINATOR, ALL, kept),
        OrganiserNode(ORGANISER, ALL),
        JoiningNode(STRANGER, INVITATION),
    ]


@st.composite
def hostile(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return a message that a member may well sign, in its own place or not."""
    keys: Identity = draw(PEOPLE)
    typ = draw(st.sampled_from(Typ))
    valid = message(typ, keys).body
    assert isinstance(valid, dict)
    body = dict(valid)
    for key in draw(st.lists(st.sampled_from(sorted(body)), max_size=2)):
        body[key] = draw(VALUES)
    envelope = Envelope(
        cid=CID,
        hid=keys.public.hid,
        typ=typ,
        slot=draw(st.sampled_from([0, 1, SLOT, SLOT - 900, SLOT + 900, SLOT + 1800, 2**33])),
        seq=draw(st.integers(NOW * 1000, NOW * 1000 + 5)),
        ts=NOW * 1000 + draw(st.integers(-130_000, 130_000)),
        epoch=draw(st.integers(0, 5)),
        body=body,
    )
    branch = draw(PEOPLE).public.hid if draw(st.booleans()) else keys.public.hid
    topic = TOPICS.of(typ, branch, envelope.slot)
    to = draw(st.none() | st.sampled_from([ANNA.public, COORDINATOR.public, ORGANISER.public]))
    try:
        return topic, signed(envelope, keys, to)
    except RefusedError:  # A text that is not Unicode cannot even be sent.
        return topic, b"\xff"


@given(st.lists(hostile(), max_size=12))
def test_no_member_and_no_stranger_can_break_a_node(messages: list[tuple[str, bytes]]) -> None:
    kept = Kept()
    for node in nodes(kept):
        for keys in (ANNA, BERT):
            consent = message(Typ.CONSENT, keys, body=bodies.Consent((*Purpose,)).to_json(), seq=1)
            node.receive(TOPICS.of(Typ.CONSENT, keys.public.hid), signed(consent, keys), NOW)
        for topic, payload in messages:
            node.receive(topic, payload, NOW)
        if isinstance(node, OrganiserNode):
            continue
        for later in (0, 100, 1000, 2000):
            if not isinstance(node, JoiningNode):
                node.tick(NOW + later)
                node.state()
    for slot in {entry.slot for entry in kept.entries}:
        rows = [entry.row for entry in kept.of(slot) if entry.row is not None]
        assert sum(row.paid_nct for row in rows) == 0


@given(st.text(max_size=40), st.binary(max_size=200), st.sampled_from(sorted(BODIES)))
def test_no_bytes_on_any_topic_break_a_node(text: str, data: bytes, typ: Typ) -> None:
    valid = signed(message(typ), sender(typ))
    for node in nodes(Kept()):
        for topic in (text, f"{TOPICS.base}/{text}", TOPICS.of(typ, ANNA.public.hid, SLOT)):
            for payload in (data, valid[: len(data)], valid + data + b"\n"):
                assert node.receive(topic, payload, NOW) == []


def test_a_home_whose_community_has_no_coordinator_waits() -> None:
    alone = replace(ALL, members=ALL.members[2:], order=())
    home = HomeNode(ANNA, alone)
    home.connected(NOW)
    assert home.consent(frozenset({Purpose.SHARING}), NOW) == []
    assert home.plan(SLOT, 900, [1, 2], NOW) == []
    assert home.meter(SLOT - 900, 1, 0, NOW) == []
    assert home.tick(NOW + 900) == []
