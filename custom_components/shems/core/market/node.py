"""What homes and coordinators have in common: reading, signing, the roster and the lease."""

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Sequence
from typing import Final

from . import lease as leases
from .bodies import Body, Lease
from .envelope import Envelope, Signed, read, signed
from .identity import Identity, PublicIdentity
from .inbox import Inbox
from .outgoing import Event, Outgoing
from .refused import RefusedError
from .roster import Roster
from .topics import RETAINED, Topics, Typ

__all__ = ["KEEP_S", "Node"]

KEEP_S: Final = 48 * 3600
"""How long a slot stays open for late meters: a weekend's outage, and bounded memory."""
MOST_EVENTS: Final = 500
EXPIRING: Final = frozenset({Typ.PUBLIC_RESULT, Typ.INPUTS})
"""Retained for each slot: without an expiry a broker would keep them for ever."""


class Node(ABC):
    """Reads and signs messages of one community; knows who acts as its coordinator.

    Attributes:
        identity: own keys.
        roster: the newest that the organiser signed.
        events: what happened, for the shell to take with `take_events`.
        refused: messages not taken, by reason.
        ticked: when `tick` was last called, epoch s.
    """

    def __init__(self, identity: Identity, roster: Roster, seq: int = 0) -> None:
        """Begin with a roster; `seq` is the highest sequence number ever used."""
        self.identity = identity
        self.roster = roster
        self.topics = Topics(roster.cid)
        self.inbox = Inbox(self.topics, roster.rules)
        self.leases = leases.Leases(roster.order, roster.rules.interval_s)
        self.events: deque[Event] = deque(maxlen=MOST_EVENTS)
        self.refused: dict[str, int] = {}
        self.seq = seq
        self.ticked = 0.0

    @property
    def hid(self) -> str:
        """The own pseudonym."""
        return self.identity.public.hid

    def take_events(self) -> list[Event]:
        """Return what happened since the last call."""
        taken = list(self.events)
        self.events.clear()
        return taken

    def receive(self, topic: str, payload: bytes, now: float) -> list[Outgoing]:
        """Take a message of a peer, which may be anything; return what is to be sent.

        Save `state` before sending. Nothing that a peer sends raises.
        """
        try:
            address = self.topics.parse(topic)
            if address.typ is Typ.ROSTER:
                return self._new_roster(payload, now)
            return self._take(topic, read(payload, address.typ), len(payload), now)
        except RefusedError as error:
            self.refused[error.code] = self.refused.get(error.code, 0) + 1
            return []

    @abstractmethod
    def _take(self, topic: str, message: Signed, size: int, now: float) -> list[Outgoing]:
        """Take a message that was read and not yet verified."""

    def _new_roster(self, payload: bytes, now: float) -> list[Outgoing]:
        """Follow the organiser to a newer epoch."""
        roster = Roster.read(payload, self.roster.organiser, self.roster.cid, self.roster.epoch)
        if roster.epoch == self.roster.epoch:
            return []
        return self.adopt(roster, now)

    def adopt(self, roster: Roster, now: float) -> list[Outgoing]:
        """Go by a newer roster, which was verified."""
        self.roster = roster
        self.inbox.rules = roster.rules
        self.inbox.forget({each.hid for each in roster.members})
        self.leases.reordered(roster.order, roster.rules.interval_s)
        self.events.append(Event("roster", now, value=roster.epoch))
        return self._roster_changed(now)

    @abstractmethod
    def _roster_changed(self, now: float) -> list[Outgoing]:
        """Follow a newer roster."""

    def _heard_lease(self, envelope: Envelope, body: Lease, now: float) -> bool:
        lease = leases.Lease(envelope.hid, body.since, body.until, body.wants)
        return self.leases.heard(lease, now)

    def _next_seq(self, now: float) -> int:
        """Count on; never below the time, so that a restored backup reuses no number."""
        self.seq = max(self.seq + 1, int(now * 1000))
        return self.seq

    def _send(
        self,
        typ: Typ,
        body: Body,
        now: float,
        slot: int = 0,
        to: PublicIdentity | Sequence[PublicIdentity] | None = None,
        branch: str = "",
    ) -> Outgoing:
        """Sign a message; `branch` is whose topic it goes to, the own one if empty."""
        envelope = Envelope(
            cid=self.roster.cid,
            hid=self.hid,
            typ=typ,
            slot=slot,
            seq=self._next_seq(now),
            ts=int(now * 1000),
            epoch=self.roster.epoch,
            body=body.to_json(),
        )
        return Outgoing(
            self.topics.of(typ, branch or self.hid, slot),
            signed(envelope, self.identity, to),
            retain=typ in RETAINED,
            expiry_s=KEEP_S if typ in EXPIRING else None,
        )
