"""What nodes settle or are told comes into the ledger's file, and comes again where it failed."""

import sqlite3
from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from custom_components.shems.community.accounts import EVER, FileAccounts
from custom_components.shems.community.ledger_file import CommunityLedger
from custom_components.shems.core.market.bodies import Result, SlotState
from custom_components.shems.core.market.entries import Entry, entered
from custom_components.shems.core.market.settle import Row
from tests.core.market.settled import CID, SLOT, settlement


@pytest.fixture
def ledger(tmp_path: Path) -> CommunityLedger:
    """Return an empty ledger."""
    made = CommunityLedger(tmp_path / "community.db", CID)
    assert made.open()
    return made


@pytest.fixture
def accounts(ledger: CommunityLedger) -> FileAccounts:
    """Return what nodes write it through."""
    return FileAccounts(ledger, CID, lambda: SLOT + 1000.0)


def settled(slot: int = SLOT) -> tuple[Entry, ...]:
    return entered(CID, settlement(slot, [1000, 500], [0, 600]), 0, "provisional")


def told(state: SlotState, **changes: Any) -> Result:
    """Return the first home's result of a slot."""
    row = settled()[0].row
    assert row is not None
    numbers = {each.name: getattr(row, each.name) for each in fields(Row) if each.name != "home"}
    proof: dict[str, Any] = {"salt": bytes(16), "index": 0, "size": 1, "path": ()}
    return Result(state, 1, traded_wh=0, **{**numbers, **changes, **proof})


def test_a_result_is_entered_as_far_as_it_is(
    ledger: CommunityLedger, accounts: FileAccounts
) -> None:
    accounts.own("home0", SLOT, told(SlotState.CLEARED))
    assert ledger.current(*EVER) == ()
    for state in (SlotState.PROVISIONAL, SlotState.FINAL):
        result = replace(told(state), rev=1 + (state is SlotState.FINAL))
        accounts.own("home0", SLOT, result)
        (entry,) = ledger.current(*EVER)
        assert (entry.state, entry.row) == (str(state), settled()[0].row)
    accounts.own("home0", SLOT, replace(told(SlotState.VOID), rev=3))
    (entry,) = ledger.current(*EVER)
    assert (entry.state, entry.rev) == ("void", 3)


def test_a_result_that_does_not_add_up_is_not_entered(
    ledger: CommunityLedger, accounts: FileAccounts, caplog: pytest.LogCaptureFixture
) -> None:
    accounts.own("home0", SLOT, told(SlotState.FINAL, from_grid=1))
    assert ledger.current(*EVER) == ()
    assert "does not add up" in caplog.text


def test_what_a_full_disk_did_not_take_is_written_with_the_next(
    ledger: CommunityLedger,
    accounts: FileAccounts,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def full(_entries: Iterable[Entry], _at: float) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(ledger, "append", full)
        accounts.append(settled())
    assert "could not be written" in caplog.text
    assert accounts.of(SLOT) == ()
    accounts.append(settled(SLOT + 900))
    assert {each.slot for each in ledger.current(*EVER)} == {SLOT, SLOT + 900}


def test_a_home_that_asks_for_it_is_erased(ledger: CommunityLedger, accounts: FileAccounts) -> None:
    accounts.append(settled())
    accounts.erase("home0")
    assert {each.hid for each in ledger.current(*EVER)} == {"home1"}
