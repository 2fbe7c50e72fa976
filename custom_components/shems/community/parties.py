"""Who one entry is in a community: organiser, coordinator, home, or on its way in.

All of them take the messages that come and answer with messages. What is to outlive the process
is in `state`, saved before anything is sent.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from ..core.market.bodies import Purpose
from ..core.market.coordinator import CoordinatorNode
from ..core.market.home import HomeNode
from ..core.market.identity import Identity
from ..core.market.joining import JoiningNode, OrganiserNode
from ..core.market.outgoing import Event, Outgoing
from ..core.market.refused import RefusedError
from ..core.market.roster import Roster
from ..core.market.topics import FROM_HOME, Address, Topics, Typ
from .accounts import FileAccounts

LEAVE_KEPT_S: Final = 30 * 86_400
"""A leave waits at the broker for an organiser who is away, at most this long."""
AGAIN_S: Final = 30.0
"""Who comes to coordinate has subscribed by then, and hears what homes agreed to."""
IDLE_S: Final = 60.0
"""How often the nodes are looked at when nothing is due."""
_SAID: Final = FROM_HOME - {Typ.STATUS}
"""What homes say is for coordinators; but the own status tells a restored home how far it was."""


class Parties:
    """The nodes of one entry; they are called by one thread at a time.

    Attributes:
        identity: the keys of all of them.
        organiser: who runs the community; None elsewhere.
        joining: what asks for admission; None once it was granted.
        node: the home; None for an organiser without one, and before admission.
        coordinator: who clears and settles; None where the roster names another.
        since: when the home was admitted, epoch s; 0 before.
    """

    def __init__(
        self, identity: Identity, cid: str, accounts: FileAccounts, purposes: frozenset[Purpose]
    ) -> None:
        """Be nobody yet; `purposes` are what the home agrees to on admission."""
        self.identity = identity
        self.topics = Topics(cid)
        self.organiser: OrganiserNode | None = None
        self.joining: JoiningNode | None = None
        self.node: HomeNode | None = None
        self.coordinator: CoordinatorNode | None = None
        self.since = 0
        self._order: tuple[str, ...] = ()
        self._again_at: float | None = None
        self._accounts = accounts
        self._purposes = purposes
        self._linked = False

    @property
    def hid(self) -> str:
        """The own pseudonym."""
        return self.identity.public.hid

    @property
    def roster(self) -> Roster | None:
        """The newest that was read."""
        known = self.organiser or self.node or self.joining
        return None if known is None else known.roster

    @property
    def refused(self) -> dict[str, int]:
        """Messages that were not taken, by reason."""
        counts: dict[str, int] = {}
        for each in (self.node, self.coordinator):
            for code, count in ({} if each is None else each.refused).items():
                counts[code] = counts.get(code, 0) + count
        return counts

    @property
    def subscriptions(self) -> tuple[str, ...]:
        """What to listen to, each once."""
        own = self.topics.home_subscriptions(self.hid)
        if self.organiser is None and self.coordinator is None:
            return own
        return (*self.topics.coordinator_subscriptions(), self.topics.of(Typ.RESULT, self.hid))

    def found(self, organiser: OrganiserNode, now: float, *, home: bool) -> list[Outgoing]:
        """Run a new community, with a home in it or without."""
        self.organiser = organiser
        told = organiser.publish(organiser.roster, now)
        return [*told, *self._admitted(organiser.roster, now, home=home)]

    def join(self, joining: JoiningNode) -> None:
        """Ask for admission, as soon as there is a roster to ask by."""
        self.joining = joining

    def connected(self, now: float) -> list[Outgoing]:
        """Say that we are there, after the transport has connected."""
        self._linked = True
        answers: list[Outgoing] = []
        if self.organiser is not None:
            # Retained, but the broker may be a new one.
            answers += self.organiser.publish(self.organiser.roster, now)
        if self.coordinator is not None:
            answers += self.coordinator.connected(now)
        if self.node is not None:
            answers += self.node.connected(now)
        return [*answers, *self.tick(now)]

    def disconnected(self) -> list[Outgoing]:
        """Let a coordinator rest that hears nobody: others may act meanwhile."""
        self._linked = False
        if self.coordinator is not None:
            self.coordinator.disconnected()
        return []

    def receive(self, topic: str, payload: bytes, now: float) -> list[Outgoing]:
        """Take a message of a peer, which may be anything; return what is to be sent."""
        try:
            address = self.topics.parse(topic)
        except RefusedError:
            return []
        answers: list[Outgoing] = []
        if self.joining is not None:
            self.joining.receive(topic, payload, now)
            if (roster := self.joining.roster) is not None:
                self.joining = None
                answers += self._admitted(roster, now, home=True)
        elif self.node is not None and _is_for_home(address, self.hid):
            answers += self.node.receive(topic, payload, now)
        if self.coordinator is not None:
            answers += self.coordinator.receive(topic, payload, now)
        if self.organiser is not None:
            answers += self.organiser.receive(topic, payload, now)
        return [*answers, *self._follow(now)]

    def tick(self, now: float) -> list[Outgoing]:
        """Do what is due."""
        answers: list[Outgoing] = []
        if self.node is not None and self._again_at is not None and self._again_at <= now:
            self._again_at = None
            answers += self.node.connected(now)
        asking = self._asking(now)
        if asking is not None:
            answers += asking.tick(now)
        for each in (self.coordinator, self.node):
            if each is not None:
                answers += each.tick(now)
        return answers

    def expired(self, now: float) -> bool:
        """Return whether we ask for admission with an invitation that is over."""
        return self.joining is not None and now >= self.joining.invitation.expires

    def _asking(self, now: float) -> JoiningNode | None:
        """Return what asks for admission, while anybody can hear it and may grant it."""
        return self.joining if self._linked and not self.expired(now) else None

    def next_at(self, now: float) -> float:
        """Return when `tick` is wanted next, epoch s."""
        nodes = (self._asking(now), self.coordinator, self.node)
        again = [] if self._again_at is None else [max(self._again_at, now)]
        due = [each.next_at(now) for each in nodes if each is not None]
        return min([now + IDLE_S, *again, *due])

    def changed(self, roster: Roster, now: float) -> list[Outgoing]:
        """Make a later epoch of the own community its roster."""
        if self.organiser is None:
            raise ValueError("only the organiser changes the roster")
        return [*self.organiser.publish(roster, now), *self._follow(now)]

    def leave(self, now: float, *, erase: bool) -> list[Outgoing]:
        """Go; the message waits at the broker for an organiser who is away."""
        if self.node is None:
            return []
        return [
            replace(each, retain=True, expiry_s=LEAVE_KEPT_S)
            for each in self.node.leave(erase, now)
        ]

    def ended(self, now: float) -> list[Outgoing]:
        """Say that we go for a while."""
        return [] if self.node is None or not self.node.member else [self.node.will(now)]

    def take_events(self) -> list[Event]:
        """Return what happened since the last call, once it is in the ledger."""
        nodes = (self.organiser, self.coordinator, self.node)
        events = [event for node in nodes if node is not None for event in node.take_events()]
        for event in events:
            self._enter(event)
        return events

    def _enter(self, event: Event) -> None:
        """Enter what a home was told; a coordinator enters all that it settles by itself."""
        if event.code == "erase":
            self._accounts.erase(event.hid)
        view = None if self.node is None else self.node.views.get(event.slot)
        if view is None or self.coordinator is not None:
            return
        if event.code == "result" and view.result is not None:
            self._accounts.own(self.hid, event.slot, view.result)
        elif event.code == "conflict" and view.sums is not None:
            self._accounts.void(event.slot, view.sums.rev)

    def _admitted(self, roster: Roster, now: float, *, home: bool) -> list[Outgoing]:
        """Take up what the roster names us for."""
        answers: list[Outgoing] = []
        if home:
            self.node, self.since = HomeNode(self.identity, roster), int(now)
            answers += self.node.consent(self._purposes, now)
            answers += self.node.connected(now)
        return [*answers, *self._follow(now)]

    def _follow(self, now: float) -> list[Outgoing]:
        """Go by the newest roster that any of us knows."""
        answers: list[Outgoing] = []
        roster = self.roster
        if roster is None or self.joining is not None:
            return answers
        for each in (self.node, self.coordinator):
            if each is not None and each.roster.epoch < roster.epoch:
                answers += each.adopt(roster, now)
        if self._order != roster.order:
            self._order, self._again_at = roster.order, now + AGAIN_S
        coordinates = self.hid in roster and roster.member(self.hid).coordinates
        if coordinates and self.coordinator is None:
            self.coordinator = CoordinatorNode(self.identity, roster, self._accounts)
            if not self._linked:
                self.coordinator.disconnected()
        elif not coordinates:
            self.coordinator = None
        return answers

    def state(self) -> dict[str, Any]:
        """Return what is to outlive the process."""
        roster = self.roster
        return {
            "organiser": None if self.organiser is None else self.organiser.state(),
            "roster": None if roster is None or self.joining is not None else roster.to_json(),
            "node": None if self.node is None else self.node.state(),
            "since": self.since,
            "coordinator": None if self.coordinator is None else self.coordinator.state(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on where `state` was.

        Raises:
            RefusedError: it is none.
        """
        if state["organiser"] is not None:
            self.organiser = OrganiserNode.restored(self.identity, state["organiser"])
        if state["roster"] is None:
            return
        roster = Roster.from_json(state["roster"])
        self.since = int(state["since"])
        if state["node"] is not None:
            self.node = HomeNode(self.identity, roster, state["node"])
        if state["coordinator"] is not None:
            self.coordinator = CoordinatorNode(
                self.identity, roster, self._accounts, state["coordinator"]
            )
            self.coordinator.disconnected()


def _is_for_home(address: Address, hid: str) -> bool:
    """Return whether a message is for a home; who coordinates hears those of all homes."""
    return address.hid in (None, hid) and address.typ not in _SAID
