"""What a ledger of a community holds, and what of it counts.

An entry is never changed. What is corrected is entered again as the next revision of its
slot, and the highest counts: provisional figures of our own meters first, then the grid
operator's. Two entries of one revision that differ void that revision for the whole slot:
until a higher one comes, everybody is on their own tariff. So the same set of entries means
the same, in whatever order and however often it came.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from itertools import groupby
from typing import Any, Final, Literal, Self

from ..units import InputError
from .rules import canonical
from .settle import Row, Settlement

type State = Literal["provisional", "final", "void"]
type Slot = tuple[str, int]
"""A community and the start of one of its slots, epoch seconds."""

_STATES: Final = ("provisional", "final")
_LARGEST: Final = 2**63 - 1
"""Of SQLite's and numpy's integers; nine thousand million cents in one slot."""
_NAME_LIMIT: Final = 64
_REV_LIMIT: Final = 10_000
_NUMBERS: Final = tuple(each.name for each in fields(Row) if each.name != "home")
_VOLUMES: Final = tuple(name for name in _NUMBERS if name.endswith(("_wh", "_community", "_grid")))


@dataclass(frozen=True, slots=True)
class Entry:
    """One home's slot, or that a slot is void.

    Attributes:
        cid: community.
        slot: start, epoch seconds.
        rev: revision of the slot, from 0; the highest counts.
        state: provisional by our own meters, final by the grid operator's.
        row: energy and money of the home; None where the revision is void.

    Raises:
        InputError: its figures contradict each other.
    """

    cid: str
    slot: int
    rev: int
    state: State
    row: Row | None

    def __post_init__(self) -> None:
        """Check that the figures belong together."""
        named = _is_name(self.cid) and (self.row is None or _is_name(self.hid))
        whole = all(map(_is_whole, (self.slot, self.rev)))
        whole = whole and self.slot >= 0 and 0 <= self.rev < _REV_LIMIT
        if not (named and whole and (self.state == "void") == (self.row is None)):
            raise InputError("ledger_entry_malformed", slot=str(self.slot), home=str(self.hid))
        if self.row is not None and not (self.state in _STATES and _adds_up(self.row)):
            raise InputError("ledger_entry_malformed", slot=str(self.slot), home=self.hid)

    @classmethod
    def void(cls, cid: str, slot: int, rev: int) -> Self:
        """Return the entry that voids a revision for every home."""
        return cls(cid, slot, rev, "void", None)

    @property
    def hid(self) -> str:
        """Pseudonym of the home; empty where it speaks of all."""
        return "" if self.row is None else self.row.home

    @property
    def at(self) -> Slot:
        """Which slot of which community it is about."""
        return self.cid, self.slot

    def to_json(self) -> dict[str, Any]:
        """Return every figure beside its name; whole numbers, texts and None alone."""
        told: dict[str, Any] = {
            "cid": self.cid,
            "slot": self.slot,
            "hid": self.hid,
            "rev": self.rev,
            "state": self.state,
        }
        if self.row is not None:
            numbers = asdict(self.row)
            del numbers["home"]
            told |= numbers
        return told

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Return the entry that `to_json` told.

        Raises:
            InputError: it is none.
        """
        if not isinstance(data, dict):
            raise InputError("ledger_entry_malformed", slot="", home="")
        rest = dict(data)
        try:
            cid, slot, hid = rest.pop("cid"), rest.pop("slot"), rest.pop("hid")
            rev, state = rest.pop("rev"), rest.pop("state")
            row = None if state == "void" and not rest and not hid else Row(hid, **rest)
        except (KeyError, TypeError) as err:
            raise InputError("ledger_entry_malformed", slot="", home="") from err
        return cls(cid, slot, rev, state, row)

    def canonical(self) -> bytes:
        """Return the bytes that a commitment is made to."""
        return canonical(self.to_json())


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and 0 < len(value) <= _NAME_LIMIT


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST


def _adds_up(row: Row) -> bool:
    """Return whether a row is in whole numbers and says the same in each of them."""
    price = row.price or 0
    if not (_is_whole(price) and all(_is_whole(getattr(row, n)) for n in _NUMBERS if n != "price")):
        return False
    return (
        all(getattr(row, name) >= 0 for name in _VOLUMES)
        and row.import_wh == row.from_community + row.from_grid
        and row.export_wh == row.to_community + row.to_grid
        and row.paid_nct == (row.from_community - row.to_community) * price + row.imbalance_nct
        and row.fee_nct == row.from_community * row.fee
    )


def entered(cid: str, settlement: Settlement, rev: int, state: State) -> tuple[Entry, ...]:
    """Return the entries of a settled slot."""
    return tuple(Entry(cid, settlement.slot, rev, state, row) for row in settlement.rows)


def revised(held: Iterable[Entry], new: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return new figures of a slot as its next revision; none where they change nothing.

    Our own meters take the place neither of the grid operator's figures nor of a void slot,
    about which two have told different things: that is the grid operator's to end.

    Args:
        held: every entry of the slot that there is.
        new: of all its homes; their revision is set here.
    """
    there = tuple(held)
    rev = 1 + max((each.rev for each in there), default=-1)
    after = tuple(replace(each, rev=rev) for each in new)
    before = current(there)
    if {_said(each) for each in before} == {_said(each) for each in after}:
        return ()
    settled = any(each.state != "provisional" for each in before)
    if settled and all(each.state == "provisional" for each in after):
        return ()
    return after


def current(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return what counts: of each slot the highest revision, or that it is void.

    Returns:
        By community, slot and home, the same for the same set of entries.
    """
    slots: dict[Slot, dict[int, dict[str, Entry]]] = defaultdict(lambda: defaultdict(dict))
    for entry in entries:
        revision = slots[entry.at][entry.rev]
        if revision.setdefault(entry.hid, entry) != entry:
            revision[""] = Entry.void(*entry.at, entry.rev)
    counting: list[Entry] = []
    for _, revisions in sorted(slots.items()):
        highest = revisions[max(revisions)]
        if "" in highest:
            counting.append(highest[""])
        else:
            counting.extend(entry for _, entry in sorted(highest.items()))
    return tuple(counting)


def lines(counting: Iterable[Entry]) -> Iterator[bytes]:
    """Return what a digest is made of, entry by entry, from what `current` returns.

    The number of a revision is left out: what counts is the same after more or fewer of them.
    """
    for entry in counting:
        yield _said(entry) + b"\n"


def digest(entries: Iterable[Entry]) -> str:
    """Return what tells two ledgers apart that do not say the same: a SHA-256, hexadecimal.

    It is equal for the same entries after any restart, replay or reordering.
    """
    told = hashlib.sha256()
    for line in lines(current(entries)):
        told.update(line)
    return told.hexdigest()


@dataclass(frozen=True, slots=True)
class Imbalance:
    """A slot that does not add up over its homes.

    Attributes:
        paid_nct: what all paid each other together; zero if it added up.
        shared_wh: what came from the community, less what went to it.
    """

    cid: str
    slot: int
    paid_nct: int
    shared_wh: int


def imbalances(entries: Iterable[Entry]) -> tuple[Imbalance, ...]:
    """Return the slots whose counting entries do not sum to zero, where all homes are known.

    Of a single home's own ledger this says nothing: there the other side is missing.
    """
    wrong: list[Imbalance] = []
    for (cid, slot), group in groupby(current(entries), lambda entry: entry.at):
        rows = [entry.row for entry in group if entry.row is not None]
        paid = sum(row.paid_nct for row in rows)
        shared = sum(row.from_community - row.to_community for row in rows)
        if paid or shared:
            wrong.append(Imbalance(cid, slot, paid, shared))
    return tuple(wrong)


def _said(entry: Entry) -> bytes:
    told = entry.to_json()
    del told["rev"]
    return canonical(told)
