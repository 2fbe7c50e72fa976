"""Write a community's ledger in processes that die by SIGKILL, one before each of their writes.

Run as a process of its own, without Home Assistant: the file needs core alone. Prints the
digest of a ledger that nothing happened to, and of each of the others what came of it.
"""

import json
import os
import signal
import sqlite3
import sys
import types
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
for name in ("custom_components.shems", "custom_components.shems.community"):
    package = types.ModuleType(name)
    package.__path__ = [str(ROOT / name.replace(".", "/"))]
    sys.modules[name] = package
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402  # With core, below.

from custom_components.shems.community.ledger_file import (  # noqa: E402  # Needs the above.
    CommunityLedger,
)
from custom_components.shems.core.market.allocate import allocate  # noqa: E402  # Likewise.
from custom_components.shems.core.market.entries import (  # noqa: E402  # Likewise.
    Entry,
    entered,
)
from custom_components.shems.core.market.settle import (  # noqa: E402  # Likewise.
    Meters,
    settle,
)

CID = "meadow"
SLOT = 1_793_000_700
HOMES = ("a", "b", "c")


def settled(slot: int, exported: int, rev: int = 0) -> tuple[Entry, ...]:
    """Return the entries of a slot in which one home feeds two."""
    meters = Meters(HOMES, np.array([700, 300, 0]), np.array([0, 0, exported]))
    allocation = allocate(HOMES, meters.import_wh, meters.export_wh, slot)
    return entered(CID, settle(meters, allocation, slot, 14, 6), rev, "provisional")


def write(ledger: CommunityLedger) -> None:
    """Do all that is ever done to a ledger, in the same order each time."""
    ledger.open()
    for number in range(6):
        ledger.append(settled(SLOT + 900 * number, 100 * number), number, whole=True)
    final = [replace(each, state="final") for each in settled(SLOT + 900, 555)]
    ledger.revise(SLOT + 900, final, 7.0)
    ledger.append(settled(SLOT + 1800, 999), 8.0)
    ledger.append([Entry.void(CID, SLOT + 2700, 0)], 9.0)
    ledger.retain(SLOT + 900.0)
    ledger.erase(SLOT + 86400, SLOT + 2 * 86400)


def dying(at: int) -> None:
    """Have the process die before its write of a number, counted from zero."""
    real, done = sqlite3.connect, 0

    def count(statement: str) -> None:
        nonlocal done
        if statement.lstrip().startswith(
            ("BEGIN", "CREATE", "INSERT", "DELETE", "COMMIT", "VACUUM")
        ):
            if done == at:
                os.kill(os.getpid(), signal.SIGKILL)
            done += 1

    def connect(path: Path, **how: Any) -> sqlite3.Connection:
        database = real(path, **how)
        database.set_trace_callback(count)
        return database

    sqlite3.connect = connect  # type: ignore[assignment]  # The process ends with it.


def survived(path: Path, at: int) -> bool:
    """Write a ledger in a process that dies at a write; return whether there was no such write."""
    child = os.fork()
    if child == 0:
        dying(at)
        write(CommunityLedger(path, CID))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def told(ledger: CommunityLedger) -> tuple[str, bool, int, list[int]]:
    """Return what is in a ledger, whether its chain holds, and what was left half written."""
    with sqlite3.connect(ledger.path) as database:
        by_slot = database.execute(
            "SELECT COUNT(*) FROM entries WHERE hid != '' AND rev = 0 GROUP BY slot"
        ).fetchall()
    halves = [count for (count,) in by_slot if count != len(HOMES)]
    return ledger.digest(), ledger.verify().holds, ledger.verify().length, halves


def main(folder: Path) -> None:
    """Die before every write in turn, look, go on, and tell what came of it."""
    whole = CommunityLedger(folder / "whole", CID)
    write(whole)
    torn: list[Any] = []
    while not survived(path := folder / str(len(torn)), len(torn)):
        again = CommunityLedger(path, CID)
        again.open()
        found = told(again)
        write(again)
        torn.append([found, told(again)])
    sys.stdout.write(json.dumps({"whole": told(whole), "torn": torn}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
