"""The file of a community's ledger: append-only, chained, and erased without a trace."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.shems.community.ledger_file import CommunityLedger
from custom_components.shems.core.market.chain import DAY_S, begun
from custom_components.shems.core.market.entries import Entry, current, digest, entered
from custom_components.shems.core.units import InputError
from custom_components.shems.ledger_database import NewerLedgerError
from tests.core.market.settled import CID, SLOT, ledgers, settlement

EVER = (0, 2**40)


@contextmanager
def empty() -> Iterator[CommunityLedger]:
    with tempfile.TemporaryDirectory() as folder:
        ledger = CommunityLedger(Path(folder) / "community.db", CID)
        assert ledger.open()
        yield ledger


def slot(at: int = SLOT, bought: int = 1000) -> tuple[Entry, ...]:
    return entered(CID, settlement(at, [bought, 500], [0, 600]), 0, "provisional")


def tampered(ledger: CommunityLedger, statement: str) -> None:
    with closing(sqlite3.connect(ledger.path)) as database, database:
        database.execute(statement)


@settings(max_examples=20, deadline=None)
@given(entries=ledgers(), chance=st.randoms(use_true_random=False), size=st.integers(1, 5))
def test_the_digest_is_the_same_after_any_restart_replay_or_reordering(
    entries: list[Entry], chance: Any, size: int
) -> None:
    with empty() as ledger, empty() as other:
        ledger.append(entries, 1.0)
        again = [*entries, *entries[: len(entries) // 2]]
        chance.shuffle(again)
        for begin in range(0, len(again), size):
            restarted = CommunityLedger(other.path, CID)
            restarted.open()
            restarted.append(again[begin : begin + size], 2.0)
        assert other.append(entries, 3.0) == 0, "nothing is entered twice"
        assert ledger.digest() == other.digest() == digest(entries)
        assert other.current(*EVER) == current(entries)
        assert current(other.history(*EVER)) == current(entries)
        assert other.verify().holds
        assert other.verify(ledger.head()).holds == (other.head() == ledger.head())


def test_what_contradicts_itself_is_void_once() -> None:
    with empty() as ledger:
        assert ledger.append(slot(), 1.0) == 2
        assert ledger.append(slot(bought=900), 2.0) == 1
        assert ledger.append(slot(bought=800), 3.0) == 0
        assert ledger.current(*EVER) == (Entry.void(CID, SLOT, 0),)
        assert ledger.verify().length == 3


def test_one_home_is_read_with_what_is_void() -> None:
    with empty() as ledger:
        void = Entry.void(CID, SLOT + 900, 0)
        ledger.append([*slot(), *slot(SLOT + 900), void], 1.0)
        mine = next(each for each in slot() if each.hid == "home0")
        assert ledger.current(*EVER, "home0") == (mine, void)
        assert ledger.current(*EVER, "nobody") == (void,)


def test_revisions_are_counted_by_the_file() -> None:
    with empty() as ledger:
        assert {each.rev for each in ledger.revise(SLOT, slot(), 1.0)} == {0}
        assert ledger.revise(SLOT, slot(), 1.0) == ()
        final = [replace(each, state="final") for each in slot(bought=900)]
        assert {each.rev for each in ledger.revise(SLOT, final, 2.0)} == {1}
        assert ledger.revise(SLOT, slot(), 3.0) == ()
        assert {each.state for each in ledger.current(*EVER)} == {"final"}
        assert len(ledger.history(*EVER)) == 4
        assert ledger.known() == (SLOT, SLOT)


def test_what_does_not_add_up_is_refused_whole() -> None:
    with empty() as ledger:
        with pytest.raises(InputError, match="not balanced"):
            ledger.append([*slot(), *slot(SLOT + 900)[:1]], 1.0, whole=True)
        with pytest.raises(InputError, match="not balanced"):
            ledger.revise(SLOT, slot()[:1], 1.0)
        with pytest.raises(InputError, match="other community"):
            ledger.append([replace(slot()[0], cid="orchard")], 1.0)
        assert ledger.known() is None
        assert ledger.head() == (0, begun(CID).hex())
        ledger.append(slot(), 1.0, whole=True)
        ledger.append(slot(SLOT + 900)[:1], 1.0)
        assert [each.slot for each in ledger.imbalances(*EVER)] == [SLOT + 900]


def test_what_is_erased_is_nowhere_in_the_file_and_the_chain_holds() -> None:
    salts = (sha256(str(number).encode()).digest() for number in range(100))
    with tempfile.TemporaryDirectory() as folder:
        ledger = CommunityLedger(Path(folder) / "community.db", CID, lambda _: next(salts))
        ledger.open()
        for day in range(3):
            ledger.append(slot(SLOT + day * DAY_S), 1.0)
        head = ledger.head()
        assert b"home0" in ledger.path.read_bytes()
        assert ledger.erase(*EVER, hid="home0") == 3
        left = ledger.path.read_bytes()
        assert b"home0" not in left
        assert b"home1" in left
        for number in (0, 2, 4):
            assert sha256(str(number).encode()).digest() not in left, "a salt of home0"
            assert sha256(str(number + 1).encode()).digest() in left, "a salt of home1"
        verdict = ledger.verify(head)
        assert verdict.holds
        assert (verdict.length, verdict.checked, verdict.erased) == (6, 3, 3)
        assert ledger.erase(SLOT + DAY_S, SLOT + DAY_S + 1) == 1
        assert ledger.retain(SLOT + DAY_S) == 1
        assert ledger.retain(SLOT) == 0
        assert [each.slot for each in ledger.current(*EVER)] == [SLOT + 2 * DAY_S]
        assert ledger.append(slot(), 2.0) == 2, "what comes again is entered again"
        assert ledger.verify(head).holds


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET from_community = 1, from_grid = 999 WHERE hid = 'home0'",
        "UPDATE entries SET state = 'final' WHERE hid = 'home0'",
        "UPDATE entries SET import_wh = 2000, from_grid = 1600 WHERE hid = 'home0'",
        "UPDATE entries SET state = 'void' WHERE hid = 'home0'",
        "UPDATE secrets SET secret = x'00' WHERE hid = 'home0'",
        "DELETE FROM secrets WHERE hid = 'home0'",
        "UPDATE links SET commitment = x'00' WHERE number = 1",
        "UPDATE links SET hash = x'00' WHERE number = 1",
        "DELETE FROM links WHERE number = 0",
        "DELETE FROM links WHERE number = 3",
        "DELETE FROM links",
    ],
)
def test_what_was_changed_by_another_hand_is_seen(statement: str) -> None:
    with empty() as ledger:
        ledger.append([*slot(), *slot(SLOT + 900)], 1.0)
        assert ledger.verify().holds
        tampered(ledger, statement)
        assert not ledger.verify().holds


def test_a_chain_that_was_cut_lacks_what_was_noted() -> None:
    with empty() as ledger:
        ledger.append([*slot(), *slot(SLOT + 900)], 1.0)
        head = ledger.head()
        assert ledger.verify(head).holds
        tampered(ledger, "DELETE FROM links WHERE number > 1")
        tampered(ledger, "DELETE FROM entries WHERE number > 1")
        assert ledger.verify().holds, "by itself it looks whole"
        assert not ledger.verify(head).holds


def test_a_file_that_is_damaged_or_newer_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "community.db"
    path.write_bytes(b"no database, whatever it may be" * 100)
    ledger = CommunityLedger(path, CID)
    with pytest.raises(sqlite3.DatabaseError):
        ledger.open()
    ledger.put_aside(tmp_path / "aside")
    assert ledger.open()
    assert not ledger.open()
    tampered(ledger, "PRAGMA user_version = 9")
    with pytest.raises(NewerLedgerError):
        ledger.open()


def test_nothing_is_entered_where_something_of_it_cannot_be() -> None:
    with tempfile.TemporaryDirectory() as folder:
        salts = iter([b"s" * 32])
        ledger = CommunityLedger(Path(folder) / "community.db", CID, lambda _: next(salts))
        ledger.open()
        with pytest.raises(StopIteration):
            ledger.append(slot(), 1.0)
        assert ledger.known() is None
        assert ledger.verify().length == 0


def test_a_year_of_a_home_takes_little_room() -> None:
    """Two revisions of a quarter-hour take about 400 bytes: 15 MB a year and home."""
    with empty() as ledger:
        for number in range(192):
            ledger.append(slot(SLOT + 900 * number), 1.0)
        assert ledger.path.stat().st_size < 192 * 2 * 320
