"""The ledger of a community on disk: append-only, and chained.

There is one entry for each slot, home and revision (of the one community whose file it is),
and the first that comes stays; one that differs from it voids the revision. An entry and its
link are in the same transaction. What is erased takes the secrets of its days with it; the
links stay, and say nothing.
"""

import hashlib
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from itertools import groupby
from pathlib import Path
from typing import Final

from ..core.market.chain import (
    DAY_S,
    SECRET_BYTES,
    Link,
    Verdict,
    begun,
    commitment,
    day_of,
    linked,
    verify,
)
from ..core.market.entries import Entry, Imbalance, current, imbalances, lines, revised
from ..core.market.settle import Row
from ..core.units import InputError
from ..ledger_database import LedgerDatabase

VERSION: Final = 1
_FIGURES: Final = tuple(each.name for each in fields(Row) if each.name != "home")
_COLUMNS: Final = ("slot", "rev", "state", "hid", *_FIGURES)
_ALL: Final = ", ".join(f"entries.{name}" for name in _COLUMNS)
_EVER: Final = (-(2**63), 2**63 - 1)
"""Of SQLite's integers."""

_SCHEMA: Final = (
    f"""
    CREATE TABLE entries (
        slot INTEGER NOT NULL,
        hid TEXT NOT NULL,
        rev INTEGER NOT NULL,
        state TEXT NOT NULL,
        number INTEGER NOT NULL UNIQUE,
        written REAL NOT NULL,
        {", ".join(f"{name} INTEGER" for name in _FIGURES)},
        PRIMARY KEY (slot, hid, rev)
    ) WITHOUT ROWID""",
    "CREATE TABLE links (number INTEGER PRIMARY KEY, commitment BLOB NOT NULL, hash BLOB NOT NULL)",
    """
    CREATE TABLE secrets (
        hid TEXT NOT NULL,
        day INTEGER NOT NULL,
        secret BLOB NOT NULL,
        PRIMARY KEY (hid, day)
    ) WITHOUT ROWID""",
)
_SELECT: Final = f"""
SELECT {_ALL} FROM entries
WHERE slot >= ? AND slot < ? AND (? IS NULL OR hid IN (?, ''))
ORDER BY slot, rev, hid"""  # noqa: S608  # Our own names.
_CHAINED: Final = f"""
SELECT links.number, links.commitment, links.hash, entries.number, secrets.secret, {_ALL}
FROM links LEFT JOIN entries ON entries.number = links.number
LEFT JOIN secrets ON secrets.hid = entries.hid AND secrets.day = entries.slot / {DAY_S}
ORDER BY links.number"""  # noqa: S608  # Our own names.


class CommunityLedger(LedgerDatabase):
    """The entries of one community, as far as this home or its coordinator knows them."""

    version = VERSION
    schema = _SCHEMA

    def __init__(
        self, path: Path, cid: str, secret: Callable[[int], bytes] = secrets.token_bytes
    ) -> None:
        """Name the file.

        Args:
            path: of the file.
            cid: community.
            secret: returns so many random bytes.
        """
        super().__init__(path)
        self._cid = cid
        self._secret = secret

    # Writing

    def append(self, entries: Iterable[Entry], written: float, *, whole: bool = False) -> int:
        """Enter entries, all or none; what is there already changes nothing.

        Args:
            entries: of this community.
            written: epoch seconds.
            whole: they are of all homes of their slots, and are refused unless they sum to zero.

        Returns:
            How many there are more, entries that void a revision among them.

        Raises:
            InputError: they are another community's, or do not add up.
        """
        new = tuple(entries)
        if any(each.cid != self._cid for each in new):
            raise InputError("ledger_other_community")
        if whole and (wrong := imbalances(new)):
            raise InputError("ledger_not_balanced", slot=str(wrong[0].slot))
        with self._writing() as database:
            return self._append(database, new, written)

    def revise(self, slot: int, new: Iterable[Entry], written: float) -> tuple[Entry, ...]:
        """Enter figures of a slot as its next revision; return what was entered.

        Nothing is where they change nothing, or may not (`entries.revised`).

        Args:
            slot: start, epoch seconds.
            new: of all homes of the slot; their revision is set here.
            written: epoch seconds.

        Raises:
            InputError: they do not sum to zero.
        """
        with self._writing() as database:
            after = revised(self._read(database, slot, slot + 1), new)
            if wrong := imbalances(after):
                raise InputError("ledger_not_balanced", slot=str(wrong[0].slot))
            self._append(database, after, written)
        return after

    def erase(self, start: int, end: int, hid: str | None = None) -> int:
        """Erase the entries and secrets of the UTC days that a span touches; return how many.

        What is entered again under an erased day gets another secret. The links stay.

        Args:
            start: epoch seconds.
            end: epoch seconds.
            hid: home; None is all of them.
        """
        gone = self._delete(start // DAY_S, -(-end // DAY_S), hid)
        with self._connected() as database:
            database.execute("VACUUM")
        return gone

    def retain(self, since: float) -> int:
        """Erase the whole UTC days before a time; return how many entries that were.

        Their room is kept for what comes.
        """
        return self._delete(0, int(since // DAY_S), None)

    def _delete(self, first: int, last: int, hid: str | None) -> int:
        """Delete what is of some days."""
        with self._writing() as database:
            database.execute(
                "DELETE FROM secrets WHERE day >= ? AND day < ? AND (? IS NULL OR hid = ?)",
                (first, last, hid, hid),
            )
            return database.execute(
                "DELETE FROM entries WHERE slot >= ? AND slot < ? AND (? IS NULL OR hid = ?)",
                (first * DAY_S, last * DAY_S, hid, hid),
            ).rowcount

    def _append(
        self, database: sqlite3.Connection, entries: Iterable[Entry], written: float
    ) -> int:
        count = 0
        for each in entries:
            there = self._held(database, each.slot, each.hid, each.rev)
            if there is None:
                self._insert(database, each, written)
                count += 1
            elif there != each and self._held(database, each.slot, "", each.rev) is None:
                self._insert(database, Entry.void(self._cid, each.slot, each.rev), written)
                count += 1
        return count

    def _insert(self, database: sqlite3.Connection, entry: Entry, written: float) -> None:
        last = database.execute(
            "SELECT number, hash FROM links ORDER BY number DESC LIMIT 1"
        ).fetchone()
        number, previous = (0, begun(self._cid)) if last is None else (last[0] + 1, last[1])
        link = linked(previous, commitment(entry, self._salt(database, entry)), number)
        database.execute(
            "INSERT INTO links VALUES (?, ?, ?)", (link.number, link.commitment, link.hash)
        )
        figures = tuple(getattr(entry.row, name, None) for name in _FIGURES)
        row = (entry.slot, entry.hid, entry.rev, entry.state, number, written, *figures)
        places = ", ".join("?" * len(row))
        database.execute(f"INSERT OR IGNORE INTO entries VALUES ({places})", row)  # noqa: S608  # Our own.

    def _salt(self, database: sqlite3.Connection, entry: Entry) -> bytes:
        """Return the secret of a home's day, made with its first entry."""
        where = (entry.hid, day_of(entry))
        kept: tuple[bytes] | None = database.execute(
            "SELECT secret FROM secrets WHERE hid = ? AND day = ?", where
        ).fetchone()
        if kept is not None:
            return kept[0]
        made = self._secret(SECRET_BYTES)
        database.execute("INSERT INTO secrets VALUES (?, ?, ?)", (*where, made))
        return made

    # Reading

    def current(self, start: int, end: int, hid: str | None = None) -> tuple[Entry, ...]:
        """Return what counts of the slots that begin between two times.

        Args:
            start: epoch seconds.
            end: epoch seconds.
            hid: of this home alone, and what is void; None is of all.
        """
        with self._connected() as database:
            return current(self._read(database, start, end, hid))

    def history(self, start: int, end: int) -> tuple[Entry, ...]:
        """Return every revision of the slots that begin between two times."""
        with self._connected() as database:
            return tuple(self._read(database, start, end))

    def imbalances(self, start: int, end: int) -> tuple[Imbalance, ...]:
        """Return the slots between two times that do not sum to zero; see `entries.imbalances`."""
        with self._connected() as database:
            return imbalances(self._read(database, start, end))

    def digest(self) -> str:
        """Return what `entries.digest` returns of every entry, read slot by slot."""
        told = hashlib.sha256()
        with self._connected() as database:
            for _, group in groupby(self._read(database, *_EVER), lambda entry: entry.slot):
                for line in lines(current(group)):
                    told.update(line)
        return told.hexdigest()

    def known(self) -> tuple[int, int] | None:
        """Return the first and the last slot there is, None where there is none."""
        with self._connected() as database:
            first, last = database.execute("SELECT MIN(slot), MAX(slot) FROM entries").fetchone()
        return None if first is None else (first, last)

    def head(self) -> tuple[int, str]:
        """Return the length of the chain and its head, to be noted elsewhere."""
        with self._connected() as database:
            last = database.execute(
                "SELECT number, hash FROM links ORDER BY number DESC LIMIT 1"
            ).fetchone()
        return (0, begun(self._cid).hex()) if last is None else (last[0] + 1, last[1].hex())

    def verify(self, noted: tuple[int, str] | None = None) -> Verdict:
        """Check the chain and every entry that there is against it.

        Args:
            noted: what `head` once returned.
        """
        with self._connected() as database:
            verdict = verify(self._cid, self._chained(database), noted)
            (loose,) = database.execute(
                "SELECT COUNT(*) FROM entries WHERE number NOT IN (SELECT number FROM links)"
            ).fetchone()
        if verdict.holds and loose:
            return replace(verdict, broken=verdict.length)
        return verdict

    def _read(
        self, database: sqlite3.Connection, start: int, end: int, hid: str | None = None
    ) -> Iterator[Entry]:
        for each in database.execute(_SELECT, (start, end, hid, hid)):
            yield self._entry(each)

    def _held(self, database: sqlite3.Connection, slot: int, hid: str, rev: int) -> Entry | None:
        found = database.execute(
            f"SELECT {_ALL} FROM entries WHERE slot = ? AND hid = ? AND rev = ?",  # noqa: S608  # Our own.
            (slot, hid, rev),
        ).fetchone()
        return None if found is None else self._entry(found)

    def _chained(
        self, database: sqlite3.Connection
    ) -> Iterator[tuple[Link, tuple[Entry, bytes] | None]]:
        for number, committed, hashed, there, secret, *told in database.execute(_CHAINED):
            link = Link(number, committed, hashed)
            if there is None:
                yield link, None
                continue
            try:
                yield link, (self._entry(tuple(told)), secret or b"")
            except InputError:
                # It was changed into what nobody could have entered.
                yield link, (Entry.void(self._cid, 0, 0), b"")

    def _entry(self, told: tuple[int | str | None, ...]) -> Entry:
        """Return an entry from its columns.

        Raises:
            InputError: they contradict each other.
        """
        slot, rev, state, hid, *figures = told
        named: dict[str, object] = {
            "cid": self._cid,
            "slot": slot,
            "rev": rev,
            "state": state,
            "hid": hid,
        }
        return Entry.from_json(
            named if state == "void" else named | dict(zip(_FIGURES, figures, strict=True))
        )
