"""How a home comes in: it asks with its invitation until a roster names it."""

from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any, Final, Self

from .bodies import MOST_WH, Join, Leave, Purpose
from .envelope import Envelope, read, signed
from .identity import Identity
from .inbox import Inbox
from .invitation import Invitation, OpenInvitations, read_join
from .outgoing import Event, Outgoing
from .refused import Refusal, RefusedError
from .roster import Member, Roster
from .rules import Rules
from .topics import Topics, Typ

__all__ = ["JoiningNode", "OrganiserNode"]

MOST_EVENTS: Final = 500
AGAIN_S: Final = 300
"""The organiser may be away: asking costs one small message."""


class JoiningNode:
    """A home that holds an invitation and is no member yet.

    Attributes:
        roster: the first that names the home; None until then.
        fingerprint: of the organiser, for people to compare.
    """

    def __init__(
        self,
        identity: Identity,
        invitation: Invitation,
        label: str = "",
        purposes: Iterable[Purpose] = (),
        limit_wh: int = 0,
    ) -> None:
        """Begin; nothing is sent before `tick`."""
        self.identity = identity
        self.invitation = invitation
        self.topics = Topics(invitation.cid)
        self.roster: Roster | None = None
        self._join = Join(
            identity.public, invitation.token, label, tuple(sorted(purposes)), limit_wh
        )
        self._seq = 0
        self._next_at = 0.0

    @property
    def hid(self) -> str:
        """The own pseudonym."""
        return self.identity.public.hid

    @property
    def fingerprint(self) -> str:
        """Return the organiser's fingerprint, for people to compare."""
        return self.invitation.organiser.fingerprint

    @property
    def subscriptions(self) -> tuple[str, ...]:
        """What to listen to."""
        return (self.topics.of(Typ.ROSTER),)

    def receive(self, topic: str, payload: bytes, now: float) -> list[Outgoing]:  # noqa: ARG002  # A member's door.
        """Take a roster; a peer's message of any other kind is nothing to us."""
        newest = 0 if self.roster is None else self.roster.epoch
        try:
            if self.topics.parse(topic).typ is not Typ.ROSTER:
                return []
            organiser, cid = self.invitation.organiser, self.invitation.cid
            roster = Roster.read(payload, organiser, cid, newest)
        except RefusedError:
            return []
        if self.hid in roster:
            self.roster = roster
        return []

    def tick(self, now: float) -> list[Outgoing]:
        """Ask, and ask again.

        Raises:
            RefusedError: EXPIRED.
        """
        if self.roster is not None or now < self._next_at:
            return []
        self.invitation.valid(now)
        self._next_at = now + AGAIN_S
        self._seq = max(self._seq + 1, int(now * 1000))
        envelope = Envelope(
            self.invitation.cid,
            self.hid,
            Typ.JOIN,
            0,
            self._seq,
            int(now * 1000),
            0,
            self._join.to_json(),
        )
        payload = signed(envelope, self.identity, self.invitation.organiser)
        return [Outgoing(self.topics.of(Typ.JOIN, self.hid), payload)]

    def next_at(self, now: float) -> float:
        """Return when `tick` is wanted next, epoch s."""
        return max(now + 1, self._next_at)


class OrganiserNode:
    """Whoever made the community: invites, takes in, lets go, and signs each roster.

    Attributes:
        roster: the newest.
        invitations: open ones; to be saved with the roster before anything is sent.
        events: what happened.
    """

    def __init__(
        self,
        identity: Identity,
        roster: Roster,
        invitations: OpenInvitations | None = None,
        since: Mapping[str, int] | None = None,
    ) -> None:
        """Begin with the newest roster and what was saved of the invitations.

        `since` is the epoch in which each member was taken in, 0 for those it does not name.
        """
        self.identity = identity
        self.roster = roster
        self.invitations = invitations or OpenInvitations()
        self.topics = Topics(roster.cid)
        self.events: deque[Event] = deque(maxlen=MOST_EVENTS)
        self._inbox = Inbox(self.topics, roster.rules)
        self._since = {hid: epoch for hid, epoch in (since or {}).items() if hid in roster}

    @classmethod
    def founded(
        cls, identity: Identity, cid: str, name: str, rules: Rules, limit_wh: int, label: str = ""
    ) -> Self:
        """Begin a community, whose organiser coordinates it.

        Args:
            identity: of the organiser.
            cid: the community's name in topics.
            name: its name for people.
            rules: what was agreed.
            limit_wh: that the organiser's connection carries in a slot; 0 without a home.
            label: what the members call the organiser.
        """
        public = identity.public
        member = Member(public.hid, public, "coordinator", 0, limit_wh, label)
        return cls(identity, Roster(cid, 1, name, public, (member,), rules, (public.hid,)))

    def state(self) -> dict[str, Any]:
        """Return what is to be saved, as JSON, before anything is sent."""
        return {
            "roster": self.roster.to_json(),
            "invitations": self.invitations.to_json(),
            "since": self._since,
        }

    @classmethod
    def restored(cls, identity: Identity, state: Mapping[str, Any]) -> Self:
        """Go on from a saved `state`, or raise RefusedError."""
        return cls(
            identity,
            Roster.from_json(state["roster"]),
            OpenInvitations.from_json(state["invitations"]),
            {str(hid): int(epoch) for hid, epoch in state["since"].items()},
        )

    def take_events(self) -> list[Event]:
        """Return what happened since the last call."""
        taken = list(self.events)
        self.events.clear()
        return taken

    @property
    def subscriptions(self) -> tuple[str, ...]:
        """What to listen to."""
        asked = tuple(f"{self.topics.base}/+/{typ}" for typ in (Typ.JOIN, Typ.LEAVE))
        return (*asked, self.topics.of(Typ.ROSTER))

    def invite(self, expires: int, now: float, token: bytes | None = None) -> Invitation:
        """Make an invitation that one home can use."""
        cid, name = self.roster.cid, self.roster.name
        made = Invitation.make(self.identity, cid, name, expires, token)
        self.invitations = self.invitations.with_invitation(made, now)
        return made

    def receive(self, topic: str, payload: bytes, now: float) -> list[Outgoing]:
        """Take a request to join or to leave; return the next roster.

        A roster of our own that is later than ours tells that we are a backup: no epoch is used
        twice.
        """
        try:
            address = self.topics.parse(topic)
            if address.typ is Typ.JOIN:
                return self._joined(topic, payload, now)
            if address.typ is Typ.LEAVE:
                return self._left(address.hid, payload, now)
            if address.typ is Typ.ROSTER:
                newest, public = self.roster.epoch, self.identity.public
                self.roster = Roster.read(payload, public, self.roster.cid, newest)
        except RefusedError as error:
            self.events.append(Event(f"refused_{error.code}", now))
        return []

    def publish(self, roster: Roster, now: float) -> list[Outgoing]:
        """Sign another epoch and tell everybody."""
        self.roster = roster
        payload = roster.signed(self.identity, int(now * 1000))
        return [Outgoing(self.topics.of(Typ.ROSTER), payload, retain=True)]

    def _joined(self, topic: str, payload: bytes, now: float) -> list[Outgoing]:
        envelope, join = read_join(payload, self.identity, self.roster.cid)
        # A large roster goes out in answer: nobody may ask for it without end, or by repeating.
        try:
            self._inbox.accept(envelope, topic, len(payload), now)
        except RefusedError as error:
            if error.code is Refusal.SKEWED and self.invitations.awaits(join, now):
                skew = envelope.ts / 1000 - now
                self.events.append(Event("join_skewed", now, envelope.hid, value=skew))
            raise
        hid = envelope.hid
        if hid in self.roster:
            return self.publish(self.roster, now)
        self.invitations = self.invitations.redeemed(join, now)
        limit = join.limit_wh or MOST_WH
        member = Member(hid, join.public, limit_wh=limit, label=join.label)
        self._since[hid] = self.roster.epoch + 1
        self.events.append(Event("joined", now, hid))
        return self.publish(self.roster.with_member(member), now)

    def _left(self, hid: str | None, payload: bytes, now: float) -> list[Outgoing]:
        message = read(payload, Typ.LEAVE)
        envelope = message.verified(self.roster, oldest=0)
        if envelope.hid != hid:
            raise RefusedError(Refusal.WRONG_TOPIC, envelope.hid)
        if envelope.epoch < self._since.get(hid, 0):
            # Who came back must not be sent away again by what was recorded. Its age tells
            # nothing: it waits at the broker for an organiser who is away.
            raise RefusedError(Refusal.OLD_EPOCH, hid)
        if hid == self.identity.public.hid:
            raise RefusedError(Refusal.WRONG_ROLE, "the organiser stays")
        leave = Leave.from_json(envelope.body)
        self.events.append(Event("erase" if leave.erase else "left", now, hid))
        return self.publish(self.roster.without_member(hid), now)
