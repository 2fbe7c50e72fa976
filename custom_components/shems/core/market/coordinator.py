"""A coordinator or standby: gathers plans, orders and meters, clears, and publishes."""

from collections.abc import Mapping
from typing import Any, Final

from .bodies import (
    Body,
    Consent,
    Inputs,
    Lease,
    Leave,
    Meter,
    Order,
    Plan,
    PublicResult,
    Purpose,
    SlotState,
    Status,
    body_of,
)
from .desk import Accounts, Agreed, Desk
from .envelope import Envelope, Signed
from .identity import Identity
from .inbox import NOTED_SKEW_S
from .lease import Lease as Held
from .lease import batch_s, listen_s, renew_s
from .node import KEEP_S
from .outgoing import Event, Outgoing
from .outlook import Plans, summed
from .refused import Refusal, RefusedError
from .roster import Roster
from .topics import FROM_COORDINATOR, Typ

__all__ = ["CoordinatorNode"]

SHORTEST_S: Final = 0.2
"""Between two looks at what is due."""
OUTLOOK_WAIT_S: Final = 10
"""Plans that come together make one outlook."""


class CoordinatorNode(Desk):
    """A coordinator's state machine: messages in, messages out.

    Attributes:
        books: what is known of the slots of the last two days.
        online: members whose status says that they are there.
    """

    def __init__(
        self,
        identity: Identity,
        roster: Roster,
        ledger: Accounts,
        state: Mapping[str, Any] | None = None,
    ) -> None:
        """Begin, or go on from a saved `state`; the ledger is the own one."""
        super().__init__(identity, roster, ledger, state)
        self.online: set[str] = set()
        self._plans = Plans()
        self._outlook_due: float | None = None
        self._settled_at: float | None = None
        self._tenure = 0
        self._wants = 0
        self._linked = True
        self._told = False
        if self._kept.until:
            # A restart that outlived no lease keeps it: nobody else can have cleared meanwhile.
            held = Held(self.hid, self._kept.since, self._kept.until)
            self.leases.restored({self.hid: held})

    def tick(self, now: float) -> list[Outgoing]:
        """Do what is due: renew or take the lease, clear, settle, tell the outlook."""
        self.ticked = now
        self._forget(now)
        if not self._linked:
            return []
        sent = self._claim(now)
        if not self.acting(now):
            self._follow(now)
            return sent
        if self._settled_at is not None and now < self._settled_at:
            return sent
        if not self._told:
            self._told = True
            sent += self._tell_again(now)
        self._open_books(now)
        sent += self._close_gates(self._kept.since, now)
        for slot in sorted(self.books):
            book = self.books[slot]
            if book.due is not None and book.due <= now:
                sent += self._settle(book, now)
        if self._outlook_due is not None and self._outlook_due <= now:
            sent.append(self._tell_outlook(now))
        return sent

    def connected(self, now: float) -> list[Outgoing]:
        """Take up work after the transport has connected, and tell what a new broker lacks."""
        self._linked = True
        self._told = False
        self.leases.watch(now)
        self._settled_at = now + listen_s(self.roster.rules.interval_s)
        return self.tick(now)

    def disconnected(self) -> None:
        """Rest: whoever hears no leases must not take one."""
        self._linked = False

    def next_at(self, now: float) -> float:
        """Return when `tick` is wanted next, epoch s."""
        rules = self.roster.rules
        wanted = [self.ticked + renew_s(rules.interval_s)]
        claim = self.leases.claim_at(self.hid, now) if self.hid in self.leases.order else None
        if claim is not None:
            wanted.append(claim)
        if self.acting(now):
            wait = rules.interval_s + rules.provisional_s
            wanted.append(self._kept.opened + rules.interval_s + wait)
            if rules.mode == "p2p":
                wanted.append(self._kept.gated + rules.interval_s - rules.gate_s)
            wanted += [each.due for each in self.books.values() if each.due is not None]
            if self._outlook_due is not None:
                wanted.append(self._outlook_due)
            if self._settled_at is not None and self._settled_at > now:
                wanted = [max(self._settled_at, each) for each in wanted]
        return max(now, min(wanted), self.ticked + SHORTEST_S)

    def _claim(self, now: float) -> list[Outgoing]:
        """Take or renew the lease if it is ours to take."""
        if self.hid not in self.leases.order:
            return []
        due = self.leases.claim_at(self.hid, now)
        interval_s = self.roster.rules.interval_s
        if due is None or due > now:
            return []
        own = self.leases.of(self.hid)
        if own is None or own.until <= now or not self._tenure:
            lapsed = own is None or own.until <= now
            self._tenure = int(now)
            self._told = False
            self._settled_at = now + listen_s(interval_s)
            self._outlook_due = now + OUTLOOK_WAIT_S
            self._wants = self._missed(now)
            self.events.append(Event("acting", now, self.hid))
            if lapsed:
                self._kept.since = int(now)
        lease = self.leases.claimed(self.hid, now, self._wants)
        self._kept.until, self._kept.alive = lease.until, int(now)
        body = Lease(self._tenure, lease.until, self._wants)
        return [self._send(Typ.LEASE, body, now)]

    def _missed(self, now: float) -> int:
        """Return the slot from which on we lack meters, 0 if we heard everything.

        We lack those of the time we were away, and of slots whose results we do not come to.
        """
        interval_s = self.roster.rules.interval_s
        lacking = [slot for slot, book in self.books.items() if book.lacks_meters]
        if now - self._kept.alive > 2 * renew_s(interval_s):
            away = max(self._kept.alive, now - KEEP_S)
            lacking.append(self.roster.rules.slot(away) - interval_s)
        return max(1, min(lacking)) if lacking else 0

    def _follow(self, now: float) -> None:
        """Keep up with who acts: the same books, entered when the results agree with ours."""
        if self._tenure:
            self._tenure = 0
            self.events.append(Event("standing_by", now, self.leases.holder(now) or ""))
        if self._kept.alive:
            self._kept.alive = max(self._kept.alive, int(now))
        self._open_books(now)
        rules = self.roster.rules
        if rules.mode == "p2p":
            self._kept.gated = max(self._kept.gated, rules.slot(now + rules.gate_s))
        for book in self.books.values():
            if book.due is not None and book.due <= now and book.rev >= 0:
                self._settle(book, now)

    def _take(self, topic: str, message: Signed, size: int, now: float) -> list[Outgoing]:
        typ = message.envelope.typ
        if typ is Typ.JOIN:
            return []
        oldest = 0 if typ in FROM_COORDINATOR else self.roster.epoch - 1
        envelope = message.verified(self.roster, oldest)
        if envelope.hid == self.hid and typ in FROM_COORDINATOR:
            self.seq = max(self.seq, envelope.seq)
        skew = self.inbox.accept(envelope, topic, size, now)
        if abs(skew) > NOTED_SKEW_S and typ not in FROM_COORDINATOR and typ is not Typ.STATUS:
            self.events.append(Event("peer_skewed", now, envelope.hid, value=skew))
        return self._hear(envelope, now)

    def _hear(self, envelope: Envelope, now: float) -> list[Outgoing]:
        match body_of(envelope.opened(self.identity)):
            case Plan() as plan:
                self._plan(envelope, plan, now)
            case Order() as order:
                self._order(envelope, order)
            case Meter() as meter:
                return self._meter(envelope, meter, now)
            case Status() as status:
                self._status(envelope.hid, status)
            case Consent() as consent:
                self._consented(envelope, consent)
            case Leave() as leave:
                self._left(envelope, leave, now)
            case other:
                self._hear_colleague(envelope, other, now)
        return []

    def _hear_colleague(self, envelope: Envelope, body: Body, now: float) -> None:
        """Follow another coordinator; of ourselves, what a restored backup has forgotten."""
        match body:
            case Lease() if envelope.hid != self.hid:
                self._heard_lease(envelope, body, now)
            case PublicResult():
                self._hear_public(envelope.hid, envelope.slot, body, now)
            case Inputs():
                self._hear_inputs(envelope.slot, body)

    def _need(self, hid: str, purpose: Purpose) -> None:
        """Refuse what a member did not agree to: nobody may have sent it in its name."""
        if not self.agreed(hid, purpose):
            raise RefusedError(Refusal.NO_CONSENT, purpose)

    def _plan(self, envelope: Envelope, body: Plan, now: float) -> None:
        self._need(envelope.hid, Purpose.PLANNING)
        body.within(self.roster.member(envelope.hid).limit_wh)
        self._plans.take(envelope.hid, envelope.seq, envelope.slot, body, now)
        self._outlook_soon(now)

    def _order(self, envelope: Envelope, body: Order) -> None:
        self._need(envelope.hid, Purpose.TRADING)
        if self.roster.rules.mode != "p2p":
            raise RefusedError(Refusal.OUT_OF_BOUNDS, "no auction")
        body.within(self.roster.member(envelope.hid).limit_wh)
        self.book(envelope.slot).order(envelope.hid, envelope.seq, body)

    def _meter(self, envelope: Envelope, body: Meter, now: float) -> list[Outgoing]:
        hid = envelope.hid
        self._need(hid, Purpose.SHARING)
        body.within(self.roster.member(hid).limit_wh)
        book = self.book(envelope.slot)
        if book.state in (SlotState.FINAL, SlotState.VOID):
            return self._answer(book, hid, now) if self.acting(now) else []
        changed = book.meter(hid, envelope.seq, body)
        rules = self.roster.rules
        if changed and now >= envelope.slot + rules.interval_s + rules.provisional_s:
            # Late figures of several homes make one revision.
            soon = now + batch_s(rules.interval_s)
            book.due = soon if book.due is None else min(book.due, soon)
            return []
        return self._answer(book, hid, now) if self.acting(now) else []

    def _status(self, hid: str, body: Status) -> None:
        if body.online:
            self.online.add(hid)
        else:
            self.online.discard(hid)

    def _consented(self, envelope: Envelope, body: Consent) -> None:
        hid, known = envelope.hid, self._kept.agreed.get(envelope.hid)
        if known is not None and known.seq >= envelope.seq:
            return
        self._kept.agreed[hid] = Agreed(envelope.seq, tuple(str(each) for each in body.purposes))
        if not self.agreed(hid, Purpose.PLANNING):
            self._plans.drop(hid)

    def _left(self, envelope: Envelope, body: Leave, now: float) -> None:
        """Use nothing more of a member that goes; the organiser takes it off the roster."""
        self._kept.agreed[envelope.hid] = Agreed(envelope.seq, ())
        self._plans.drop(envelope.hid)
        self.events.append(Event("erase" if body.erase else "leave", now, envelope.hid))

    def _roster_changed(self, now: float) -> list[Outgoing]:
        self._kept.agreed = {
            hid: each for hid, each in self._kept.agreed.items() if hid in self.roster
        }
        for hid in [hid for hid in self._plans.current() if hid not in self.roster]:
            self._plans.drop(hid)
        self.online &= {each.hid for each in self.roster.members}
        self._outlook_soon(now)
        return []

    def _outlook_soon(self, now: float) -> None:
        soon = now + min(OUTLOOK_WAIT_S, renew_s(self.roster.rules.interval_s))
        due = self._outlook_due
        self._outlook_due = soon if due is None else min(due, soon)

    def _tell_outlook(self, now: float) -> Outgoing:
        """Publish the sums, and again within a slot."""
        rules = self.roster.rules
        self._outlook_due = now + rules.interval_s
        self._plans.drop_silent(rules, now)
        plans = self._plans.current()
        agreed = rules.small_outlook or all(
            self.agreed(hid, Purpose.SMALL_OUTLOOK) for hid in plans
        )
        start = rules.slot(now)
        return self._send(Typ.OUTLOOK, summed(plans, rules, start, agreed), now, start)
