"""The accounts of a coordinator: it clears and settles slots, publishes, and keeps its ledger."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final, Protocol

from ..replay.codec import decode, encode_fields
from .bodies import Inputs, PublicResult, Purpose, SlotState
from .book import Book
from .entries import Entry, current, entered, revised
from .identity import Identity
from .lease import batch_s
from .node import KEEP_S, Node
from .outgoing import Event, Outgoing
from .roster import Roster
from .rounds import Round, cleared, fingerprint, settled, told, trade
from .settle import Settlement
from .strict import members
from .topics import Typ

__all__ = ["Accounts", "Agreed", "Desk", "DeskState"]

KEPT_ROUNDS: Final = 8
"""Results that are computed once while homes ask for them again."""
STATES: Final[Mapping[SlotState, Any]] = {
    SlotState.PROVISIONAL: "provisional",
    SlotState.FINAL: "final",
}


class Accounts(Protocol):
    """The ledger, as a coordinator needs it; a file in Home Assistant, a list in a test."""

    def of(self, slot: int) -> Iterable[Entry]:
        """Return every entry of a slot, all revisions."""

    def append(self, entries: Iterable[Entry]) -> None:
        """Add entries; what is there already stays as it is."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a member agreed to, and with which sequence number."""

    seq: int
    purposes: tuple[str, ...]


@dataclass(slots=True)
class DeskState:
    """What a coordinator must remember over a restart."""

    seq: int = 0
    alive: int = 0
    began: int = 0
    since: int = 0
    until: int = 0
    gated: int = 0
    opened: int = 0
    agreed: dict[str, Agreed] = field(default_factory=dict)
    books: dict[str, Book] = field(default_factory=dict)


class Desk(Node):
    """The settling half of a coordinator."""

    def __init__(
        self,
        identity: Identity,
        roster: Roster,
        ledger: Accounts,
        state: Mapping[str, Any] | None = None,
    ) -> None:
        """Begin, or go on from a saved `state`."""
        kept = decode(DeskState, dict(state)) if state else DeskState()
        super().__init__(identity, roster, kept.seq)
        self.ledger = ledger
        self._kept = kept
        self.books = {int(slot): book for slot, book in kept.books.items()}
        kept.books = {}
        # A settled book is saved as it was, until something is written in it.
        self._saved: dict[int, dict[str, Any]] = {}
        self._rounds: OrderedDict[tuple[int, int], Round] = OrderedDict()

    def state(self) -> dict[str, Any]:
        """Return what is to be saved, as JSON, before anything is sent."""
        self._kept.seq = self.seq
        books: dict[str, Any] = {}
        for slot, book in self.books.items():
            books[str(slot)] = saved = self._saved.get(slot) or encode_fields(book)
            if book.due is None and book.settled == book.rev >= 0:
                self._saved[slot] = saved
        return encode_fields(self._kept) | {"books": books}

    def acting(self, now: float) -> bool:
        """Return whether we hold the lease and nobody before us in order does."""
        return self.leases.holder(now) == self.hid

    def agreed(self, hid: str, purpose: Purpose) -> bool:
        """Return whether a member agreed to a purpose."""
        known = self._kept.agreed.get(hid)
        return hid in self.roster and known is not None and purpose in known.purposes

    def book(self, slot: int) -> Book:
        """Return the book of a slot to write in, a new one where there is none."""
        self._saved.pop(slot, None)
        return self.books.setdefault(slot, Book(slot))

    def _forget(self, now: float) -> None:
        """Close the books of two days ago; the ledger keeps what they came to."""
        for slot in [slot for slot in self.books if slot < now - KEEP_S - 3600]:
            del self.books[slot]
            self._saved.pop(slot, None)

    def _close_gates(self, since: float, now: float) -> list[Outgoing]:
        """Clear the auctions whose gates have closed while we held the lease."""
        rules = self.roster.rules
        if rules.mode != "p2p":
            return []
        sent: list[Outgoing] = []
        last = rules.slot(now + rules.gate_s)
        first = max(self._kept.gated + rules.interval_s, rules.slot(now))
        for slot in range(first, last + 1, rules.interval_s):
            self._kept.gated = slot
            book = self.book(slot)
            if book.rev >= 0:
                continue
            if now > slot - rules.result_s or since > slot - rules.gate_s:
                self.events.append(Event("uncleared", now, slot=slot))
                continue
            inputs, done = cleared(book, self.roster)
            book.inputs = members(inputs.to_json())
            sent.append(self._send(Typ.INPUTS, inputs, now, slot))
            sent += self._publish(book, done, now)
        return sent

    def _open_books(self, now: float) -> None:
        """Have a book, and a time to settle it, for every slot that has ended."""
        rules = self.roster.rules
        wait = rules.interval_s + rules.provisional_s
        last = rules.slot(now - wait)
        if not self._kept.opened:  # Of what was before we began, meters tell if at all.
            self._kept.opened, self._kept.began = last, int(now)
        first = max(self._kept.opened + rules.interval_s, rules.slot(now - KEEP_S))
        for slot in range(first, last + 1, rules.interval_s):
            self._kept.opened = slot
            book = self.book(slot)
            if book.due is None and book.settled < 0:
                book.due = slot + wait

    def _unheard(self, book: Book) -> bool:
        """Return whether a slot ended before we began, and nobody has told us of it since."""
        ended = book.slot + self.roster.rules.interval_s
        return ended <= self._kept.began and book.rev < 0 and not book.meters

    def _settle(self, book: Book, now: float) -> list[Outgoing]:
        """Settle a slot by what is known of it; publish it if that changes anything.

        A standby that comes to something else keeps it due: what it knows more may never have
        reached who acted, and is published once it acts itself.
        """
        due, book.due = book.due, None
        if self.roster.rules.mode == "p2p" and book.lacks_trades:
            return []
        if not book.expected and book.settled < 0 and not self._unheard(book):
            book.expected = [
                each.hid for each in self.roster.members if self.agreed(each.hid, Purpose.SHARING)
            ]
        if not book.expected and not book.meters:
            return []
        if book.state is SlotState.FINAL:
            # Meters never replace the grid operator's figures, wherever those were imported.
            if self._said(book) is not None:
                book.settled = book.rev
            return []
        state = SlotState.VOID if book.state is SlotState.VOID else SlotState.PROVISIONAL
        if book.state is state and book.rev >= 0:
            same = settled(book, self.roster, state, book.rev)
            if book.agrees(book.rev, fingerprint(same.public)):
                self._enter(book, same)
                return []
        if not self.acting(now):
            book.due = due
            return []
        # A crash may have come between the ledger and what was told.
        held = tuple(self.ledger.of(book.slot))
        if any(each.state == "final" for each in current(held)):
            return self._tell_final(book, current(held), now)
        rev = 1 + max((book.rev, *(each.rev for each in held)))
        return self._conclude(book, settled(book, self.roster, state, rev), now)

    def _conclude(self, book: Book, done: Round, now: float) -> list[Outgoing]:
        """Enter a slot into the ledger and publish it."""
        if done.public.missing:
            self.events.append(Event("missing", now, slot=book.slot, value=done.public.missing))
        self._enter(book, done)
        return self._publish(book, done, now)

    def _enter(self, book: Book, done: Round) -> None:
        """Enter a settled slot into the ledger, under the revision it is published as."""
        rev, cid = done.public.rev, self.roster.cid
        book.settled, book.inputs = rev, None
        if done.public.state is SlotState.VOID:
            self.ledger.append((Entry.void(cid, book.slot, rev),))
        else:
            self.ledger.append(entered(cid, done.settlement, rev, STATES[done.public.state]))

    def final(self, entries: Iterable[Entry], now: float) -> list[Outgoing]:
        """Settle slots by the grid operator's figures and tell every member its own.

        Args:
            entries: of all homes of each slot, as `dso` makes them; slots that were settled
                so before are left as they are.
            now: epoch s.
        """
        sent: list[Outgoing] = []
        for slot, group in groupby(sorted(entries, key=_slot), key=_slot):
            held = tuple(self.ledger.of(slot))
            book, new = self.book(slot), revised(held, group)
            # What was entered and then not told, because of a crash, is told now.
            if new or book.state is not SlotState.FINAL:
                sent += self._tell_final(book, new or current(held), now)
        return sent

    def _tell_final(self, book: Book, entries: Sequence[Entry], now: float) -> list[Outgoing]:
        """Enter and publish the final figures of a slot's homes, under a revision never told."""
        rows = tuple(each.row for each in entries if each.row is not None)
        if not rows:
            return []
        rev = max(book.rev + 1, entries[0].rev)
        made = told(book, self.roster, SlotState.FINAL, rev, Settlement(book.slot, rows))
        book.due = None
        return self._conclude(book, made, now)

    def _publish(self, book: Book, done: Round, now: float) -> list[Outgoing]:
        """Tell everybody the sums, and each member its own row with the proof."""
        book.published(self.hid, done.public, fingerprint(done.public))
        self._remember(book.slot, done)
        self.events.append(Event("published", now, slot=book.slot, value=done.public.rev))
        sent = [self._send(Typ.PUBLIC_RESULT, done.public, now, book.slot)]
        for hid in done.results:
            sent += self._row(book, hid, done, now)
        return sent

    def _tell_again(self, now: float) -> list[Outgoing]:
        """Publish the sums of all slots again: a broker may have lost what it retained."""
        sent = []
        for slot, book in sorted(self.books.items()):
            if book.inputs is not None:
                sent.append(self._send(Typ.INPUTS, Inputs.from_json(book.inputs), now, slot))
            known = book.settled == book.rev or book.inputs is not None
            if book.public is not None and known:
                told = PublicResult.from_json(book.public)
                sent.append(self._send(Typ.PUBLIC_RESULT, told, now, slot))
        return sent

    def _row(self, book: Book, hid: str, done: Round, now: float) -> list[Outgoing]:
        if hid not in self.roster or hid not in done.results:
            return []
        to = self.roster.member(hid).public
        return [self._send(Typ.RESULT, done.results[hid], now, book.slot, to, hid)]

    def _answer(self, book: Book, hid: str, now: float) -> list[Outgoing]:
        """Tell a home its row again: what it sent again had not been confirmed."""
        if book.due is not None or book.settled < 0 or book.settled != book.rev:
            return []
        done = self._said(book)
        return [] if done is None else self._row(book, hid, done, now)

    def _said(self, book: Book) -> Round | None:
        """Return what was published of a slot; None where its final figures are not ours."""
        key = book.slot, book.rev
        if key not in self._rounds:
            state = book.state or SlotState.PROVISIONAL
            final = state is SlotState.FINAL
            done = self._final(book) if final else settled(book, self.roster, state, book.rev)
            if done is None:
                return None
            self._remember(book.slot, done)
        return self._rounds[key]

    def _final(self, book: Book) -> Round | None:
        """Return what a slot's final figures in our ledger come to, if they are what was told."""
        rows = tuple(
            each.row
            for each in self.ledger.of(book.slot)
            if each.rev == book.rev and each.row is not None
        )
        done = told(book, self.roster, SlotState.FINAL, book.rev, Settlement(book.slot, rows))
        return done if book.agrees(book.rev, fingerprint(done.public)) else None

    def _remember(self, slot: int, done: Round) -> None:
        self._rounds[slot, done.public.rev] = done
        while len(self._rounds) > KEPT_ROUNDS:
            self._rounds.popitem(last=False)

    def _hear_public(self, sender: str, slot: int, body: PublicResult, now: float) -> None:
        """Follow what was published, by another coordinator or by us before a restart."""
        book = self.book(slot)
        if book.published(sender, body, fingerprint(body)) and book.state is not SlotState.FINAL:
            self.events.append(Event("conflict", now, sender, slot))
            book.state = SlotState.VOID
            book.due = now + batch_s(self.roster.rules.interval_s)
        elif body.state is not SlotState.CLEARED and book.settled < body.rev:
            book.due = min(book.due or now, now) + batch_s(self.roster.rules.interval_s)

    def _hear_inputs(self, slot: int, body: Inputs) -> None:
        """Take over the trades of a slot that another coordinator cleared."""
        book = self.book(slot)
        if book.trades is None and self.roster.rules.mode == "p2p":
            trade(book, self.roster, body)
            book.inputs = members(body.to_json())


def _slot(entry: Entry) -> int:
    return entry.slot
