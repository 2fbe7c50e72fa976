"""The ledger's file as the nodes of a community use it; they run in an executor."""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Final

from ..const import LOGGER
from ..core.market.bodies import Result, SlotState
from ..core.market.entries import Entry, State
from ..core.market.settle import Row
from ..core.units import InputError
from .ledger_file import CommunityLedger

EVER: Final = (0, 2**33)
"""All slots there are, epoch seconds."""
_NUMBERS: Final = tuple(each.name for each in fields(Row) if each.name != "home")
_ENTERED: Final[dict[SlotState, State]] = {
    SlotState.PROVISIONAL: "provisional",
    SlotState.FINAL: "final",
}


class FileAccounts:
    """What a coordinator settled, in the file; a file that fails is tried again."""

    def __init__(self, ledger: CommunityLedger, cid: str, clock: Callable[[], float]) -> None:
        """Name the ledger; `clock` returns epoch seconds."""
        self._ledger = ledger
        self._cid = cid
        self._clock = clock
        self._unwritten: list[tuple[Entry, ...]] = []

    def of(self, slot: int) -> Iterable[Entry]:
        """Return every entry of a slot, all revisions."""
        return self._ledger.history(slot, slot + 1)

    def append(self, entries: Iterable[Entry]) -> None:
        """Add the entries of all homes of a slot; what is there already stays as it is."""
        self._unwritten.append(tuple(entries))
        self._write()

    def own(self, hid: str, slot: int, result: Result) -> None:
        """Add a home's own row as its coordinator told it; what is only cleared is no entry."""
        if result.state is SlotState.VOID:
            self.void(slot, result.rev)
        elif (state := _ENTERED.get(result.state)) is not None:
            row = Row(hid, **{name: getattr(result, name) for name in _NUMBERS})
            try:
                entry = Entry(self._cid, slot, result.rev, state, row)
            except InputError as err:
                LOGGER.warning("A coordinator told a result that does not add up: %s", err)
            else:
                self.append((entry,))

    def void(self, slot: int, rev: int) -> None:
        """Add that a revision of a slot is void: coordinators contradict each other."""
        self.append((Entry.void(self._cid, slot, rev),))

    def erase(self, hid: str) -> None:
        """Erase all of a home, with what would tell that a link was about it."""
        self._ledger.erase(*EVER, hid)

    def _write(self) -> None:
        """Write what could not be written before, and what is new."""
        while self._unwritten:
            try:
                self._ledger.append(self._unwritten[0], self._clock())
            except (sqlite3.Error, OSError) as err:
                LOGGER.error("The ledger of a community could not be written: %s", err)
                return
            self._unwritten.pop(0)
