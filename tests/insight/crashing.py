"""Write ledgers in processes that die by SIGKILL, one before each of their writes.

Run as a process of its own, without Home Assistant: the file needs core alone. Prints the
digest of a ledger that nothing happened to, and those of the others once they went on.
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
for name in ("custom_components.shems", "custom_components.shems.insight"):
    package = types.ModuleType(name)
    package.__path__ = [str(ROOT / name.replace(".", "/"))]
    sys.modules[name] = package
sys.path.insert(0, str(ROOT))

from custom_components.shems.core.report.slot import SlotRecord  # noqa: E402  # Needs the above.
from custom_components.shems.insight.ledger_file import LedgerFile  # noqa: E402  # Likewise.

ZONE = "Europe/Amsterdam"
BEGIN = 1774733400.0
"""Saturday, 28 March 2026, 22:30 in Amsterdam: the day after it has 23 hours."""
COUNT = 12
SLOT_S = 1500.0
DAY_S = 86400.0


def slots() -> list[SlotRecord]:
    """Return hours on both sides of midnight, with a slot corrected and one that overlaps."""
    whole = [
        SlotRecord(
            BEGIN + number * SLOT_S,
            BEGIN + (number + 1) * SLOT_S,
            0.1 * (number % 7),
            0.05 * (number % 3),
            0.2,
            0.0,
            0.0,
            0.25 + 0.01 * number,
            0.1,
            device_kwh={"washer": 0.01 * number},
        )
        for number in range(COUNT)
    ]
    return [*whole, replace(whole[7], bought_kwh=2.0), replace(whole[9], start=whole[9].start + 60)]


def write(file: LedgerFile) -> None:
    """Do all that is ever done to a ledger, in the same order each time."""
    file.open()
    for slot in slots():
        file.append([slot], slot.end)
    file.revise(BEGIN, BEGIN + DAY_S, lambda slot: replace(slot, buy=0.5), BEGIN + 2 * DAY_S)
    file.roll_up({"slot": BEGIN + DAY_S / 2})


def dying(at: int) -> None:
    """Have the process die before its write of a number, counted from zero."""
    real, done = sqlite3.connect, 0

    def count(statement: str) -> None:
        nonlocal done
        if statement.lstrip().startswith(("BEGIN", "CREATE", "INSERT", "DELETE", "COMMIT")):
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
        write(LedgerFile(path, ZONE))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def main(folder: Path) -> None:
    """Die before every write in turn, go on, and tell what came of it."""
    whole = LedgerFile(folder / "whole", ZONE)
    write(whole)
    digests: list[str] = []
    while not survived(path := folder / str(len(digests)), len(digests)):
        again = LedgerFile(path, ZONE)
        write(again)
        digests.append(again.digest())
    sys.stdout.write(json.dumps({"whole": whole.digest(), "digests": digests}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
