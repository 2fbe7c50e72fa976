"""The ledger on disk: an append-only file.

One SQLite file a home with slots, hours and days. Nothing is ever changed: what is corrected
is entered again as a higher revision, and the highest counts. Hours and days are entered in
the same transaction as the slot that ends them, so that they are always the sums of what is
in them; rolling up then only deletes.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from ..core.report.ledger import Totals
from ..core.report.record import packed, text_of, unpacked
from ..core.report.rollup import grouped, span_of
from ..core.report.rows import Row, Step, summed
from ..core.report.slot import SlotRecord
from ..ledger_database import LedgerDatabase

VERSION: Final = 1
_TIERS: Final[dict[Step, int]] = {"slot": 0, "hour": 1, "day": 2}
_ROLLED: Final[tuple[Step, ...]] = ("hour", "day")

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS entries (
    tier INTEGER NOT NULL,
    start REAL NOT NULL,
    end REAL NOT NULL,
    revision INTEGER NOT NULL,
    written REAL NOT NULL,
    body BLOB,
    PRIMARY KEY (tier, start, revision)
)"""
_UNFILLED: Final = "CREATE TABLE IF NOT EXISTS unfilled (part TEXT)"
"""Is there from the transaction that makes the file until what was before it is entered."""
_CURRENT: Final = """
SELECT start, end, revision, body FROM entries AS entry
WHERE tier = ? AND start >= ? AND start < ? AND body IS NOT NULL AND revision = (
    SELECT MAX(revision) FROM entries WHERE tier = entry.tier AND start = entry.start)
ORDER BY start"""
_LATEST: Final = """
SELECT revision, body FROM entries WHERE tier = ? AND start = ?
ORDER BY revision DESC LIMIT 1"""

type Entry = tuple[float, float, int, bytes]


class LedgerFile(LedgerDatabase):
    """The entries of one home."""

    version = VERSION
    schema = (_SCHEMA, _UNFILLED)

    def __init__(self, path: Path, zone: str) -> None:
        """Name the file.

        Args:
            path: of the file.
            zone: IANA name of the zone whose days are kept.
        """
        super().__init__(path)
        self._zone = zone

    # Writing

    def append(self, slots: Iterable[SlotRecord], written: float) -> None:
        """Enter slots, all or none; what is there already changes nothing.

        One that differs from what is there becomes its next revision, and what it overlaps is
        withdrawn. Of a day that is known only as a whole nothing more is entered.

        Args:
            slots: in order.
            written: epoch seconds.
        """
        with self._writing() as database:
            touched: set[float] = set()
            for slot in slots:
                if not self._rolled(database, slot.start):
                    touched |= self._enter(database, slot, written)
            self._close(database, touched, written)

    def revise(
        self,
        start: float,
        end: float,
        change: Callable[[SlotRecord], SlotRecord],
        written: float,
    ) -> int:
        """Enter what becomes of the slots between two times; return how many changed."""
        with self._writing() as database:
            found = list(map(_slot, _rows(database, "slot", start, end)))
            changed = [(change(each), each) for each in found]
            new = [after for after, before in changed if after != before]
            touched = {at for slot in new for at in self._enter(database, slot, written)}
            self._close(database, touched, written)
        return len(new)

    def filled(self) -> None:
        """Note that what was before the file was made is entered."""
        with self._writing() as database:
            database.execute("DROP TABLE IF EXISTS unfilled")

    def put(self, step: Step, rows: Iterable[Row], written: float) -> None:
        """Enter hours or days that are known only as a whole; what is there stands."""
        with self._writing() as database:
            for row in rows:
                if database.execute(_LATEST, (_TIERS[step], row.start)).fetchone() is None:
                    _insert(database, step, (row.start, row.end), packed(row), written)

    def put_days(self, days: Mapping[str, Totals], written: float) -> None:
        """Enter the totals of local dates; what is there stands."""
        zone = ZoneInfo(self._zone)
        begins = {date: datetime.fromisoformat(date).replace(tzinfo=zone) for date in days}
        self.put(
            "day",
            (
                Row(
                    begins[date].timestamp(),
                    (begins[date] + timedelta(days=1)).timestamp(),
                    totals,
                )
                for date, totals in days.items()
            ),
            written,
        )

    def roll_up(self, before: Mapping[Step, float]) -> None:
        """Delete the entries of whole local days that ended before a time, by tier.

        A day of which nothing came after is over too: it is added up first.
        """
        with self._writing() as database:
            for step, at in before.items():
                midnight = span_of(at, self._zone, "day")[0]
                last = _last_slot(database, midnight)
                if last is not None:
                    self._close(database, {last}, last, until=midnight)
                database.execute(
                    "DELETE FROM entries WHERE tier = ? AND start < ?", (_TIERS[step], midnight)
                )

    def erase(self, start: float, end: float) -> None:
        """Erase every entry of the local days that a span touches, and give its room back."""
        begin = span_of(start, self._zone, "day")[0]
        stop = span_of(end, self._zone, "day")
        last = end if stop[0] == end else stop[1]
        with self._writing() as database:
            database.execute("DELETE FROM entries WHERE start < ? AND end > ?", (last, begin))
        with self._connected() as database:
            database.execute("VACUUM")

    def _rolled(self, database: sqlite3.Connection, at: float) -> bool:
        """Return whether of the day that holds a time no slots are kept, but the whole is."""
        begin, end = span_of(at, self._zone, "day")
        latest = database.execute(_LATEST, (_TIERS["day"], begin)).fetchone()
        if latest is None or latest[1] is None:
            return False
        return next(_rows(database, "slot", begin, end), None) is None

    def _enter(self, database: sqlite3.Connection, slot: SlotRecord, written: float) -> set[float]:
        """Enter one slot; return times in the hours and days that it changes."""
        touched: set[float] = set()
        # No slot is longer than an hour: what reaches into this one begins within it.
        earlier = _rows(database, "slot", slot.start - 3600.0, slot.end)
        for start, end, *_ in list(earlier):
            if start != slot.start and end > slot.start:
                _insert(database, "slot", (start, end), None, written)
                touched.add(start)
        body = packed(replace(slot, revision=0))  # The column has it.
        if _insert(database, "slot", (slot.start, slot.end), body, written):
            touched.add(slot.start)
            if (before := _last_slot(database, slot.start)) is not None:
                touched.add(before)
        return touched

    def _close(
        self,
        database: sqlite3.Connection,
        touched: set[float],
        written: float,
        until: float | None = None,
    ) -> None:
        """Enter the hours and days that hold any of the times and are over.

        They are where they end no later than a time, or than the last slot.
        """
        latest = until
        if latest is None:
            latest = database.execute("SELECT MAX(end) FROM entries WHERE tier = 0").fetchone()[0]
        for step in _ROLLED:
            for begin, end in sorted({span_of(at, self._zone, step) for at in touched}):
                if latest is None or end > latest:
                    continue
                slots = list(map(_slot, _rows(database, "slot", begin, end)))
                row = summed(map(Row.of, slots), begin, end) if slots else None
                body = None if row is None else packed(row)
                _insert(database, step, (begin, end), body, written)

    # Reading

    def slots(self, start: float, end: float) -> tuple[SlotRecord, ...]:
        """Return the slots that begin between two times, as far as they are kept."""
        with self._connected() as database:
            return tuple(map(_slot, _rows(database, "slot", start, end)))

    def rows(self, start: float, end: float, step: Step) -> tuple[Row, ...]:
        """Return the rows that begin between two times, in order."""
        if step in ("month", "year"):
            # Their days are read and forgotten one by one.
            with self._connected() as database:
                return grouped(self._rolled_rows(database, start, end, "day"), self._zone, step)
        with self._connected() as database:
            if step == "slot":
                return tuple(Row.of(_slot(each)) for each in _rows(database, "slot", start, end))
            return tuple(self._rolled_rows(database, start, end, step))

    def sum(self, start: float, end: float) -> Row:
        """Return everything that begins between two times as one row.

        Whole days are taken as such, the rest by its slots, or by the whole hours in it where
        those are all that is kept.
        """
        with self._connected() as database:
            return summed(self._finest(database, start, end), start, end)

    def _finest(self, database: sqlite3.Connection, start: float, end: float) -> Iterator[Row]:
        days = {
            begin: (stop, body)
            for begin, stop, _, body in _rows(database, "day", start, end)
            if stop <= end
        }
        edge = start
        for begin, (stop, body) in days.items():
            yield from _fine(database, edge, begin)
            yield unpacked(Row, body)
            edge = stop
        yield from _fine(database, edge, end)

    def _rolled_rows(
        self, database: sqlite3.Connection, start: float, end: float, step: Step
    ) -> Iterator[Row]:
        """Return hours or days; those that are not over yet are added up from their slots."""
        for *_, body in _rows(database, step, start, end):
            yield unpacked(Row, body)
        last = database.execute(
            "SELECT MAX(end) FROM entries WHERE tier = ?", (_TIERS[step],)
        ).fetchone()[0]
        open_from = max(start, last if last is not None else start)
        open_rows = (Row.of(_slot(each)) for each in _rows(database, "slot", open_from, end))
        yield from (
            each for each in grouped(open_rows, self._zone, step) if start <= each.start < end
        )

    def unfilled(self) -> bool:
        """Return whether what was before the file was made is still to be entered."""
        with self._connected() as database:
            found = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'unfilled'")
            return found.fetchone() is not None

    def first(self) -> float | None:
        """Return when the first slot begins, None where there is none."""
        with self._connected() as database:
            found: float | None = database.execute(
                "SELECT MIN(start) FROM entries WHERE tier = 0 AND body IS NOT NULL"
            ).fetchone()[0]
        return found

    def known(self) -> tuple[float, float] | None:
        """Return when the first entry begins and the last ends, None where there is none."""
        with self._connected() as database:
            first, last = database.execute(
                "SELECT MIN(start), MAX(end) FROM entries WHERE body IS NOT NULL"
            ).fetchone()
        return None if first is None else (first, last)

    def last(self) -> float | None:
        """Return when the last slot or day begins, None where there is none."""
        with self._connected() as database:
            found: float | None = database.execute(
                "SELECT MAX(start) FROM entries WHERE tier != 1 AND body IS NOT NULL"
            ).fetchone()[0]
        return found

    def digest(self) -> str:
        """Return what tells two ledgers apart that do not hold the same: a SHA-256."""
        told = hashlib.sha256()
        with self._connected() as database:
            for step in _TIERS:
                for start, end, _, body in _rows(database, step, float("-inf"), float("inf")):
                    told.update(repr((step, start, end, text_of(body))).encode())
        return told.hexdigest()


def _rows(database: sqlite3.Connection, step: Step, start: float, end: float) -> Iterator[Entry]:
    """Return the current entries of a tier that begin between two times, in order."""
    yield from database.execute(_CURRENT, (_TIERS[step], start, end))


def _last_slot(database: sqlite3.Connection, before: float) -> float | None:
    """Return when the last slot began before a time, None where there is none."""
    last: float | None = database.execute(
        "SELECT MAX(start) FROM entries WHERE tier = 0 AND start < ?", (before,)
    ).fetchone()[0]
    return last


def _slot(entry: Entry) -> SlotRecord:
    *_, revision, body = entry
    return replace(unpacked(SlotRecord, body), revision=revision)


def _fine(database: sqlite3.Connection, start: float, end: float) -> Iterator[Row]:
    """Return slots between two times, hours where there are none."""
    if end <= start:
        return
    slots = [Row.of(_slot(each)) for each in _rows(database, "slot", start, end)]
    first = slots[0].start if slots else end
    for *_, body in _rows(database, "hour", start, first):
        row = unpacked(Row, body)
        if row.end <= first:
            yield row
    yield from slots


def _insert(
    database: sqlite3.Connection,
    step: Step,
    span: tuple[float, float],
    body: bytes | None,
    written: float,
) -> bool:
    """Enter the next revision where it says anything new; return whether it does."""
    latest = database.execute(_LATEST, (_TIERS[step], span[0])).fetchone()
    if (None if latest is None else latest[1]) == body:
        return False
    revision = 0 if latest is None else latest[0] + 1
    database.execute(
        "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)",
        (_TIERS[step], *span, revision, written, body),
    )
    return True
