"""What learning a whole history at once costs: processor time and memory, in a process apart."""

import multiprocessing
import resource
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from custom_components.shems.core.horizon import DAY_S

from .inputs import Home
from .ours import Learner

_YEAR_DAYS: Final = 365
_STATUS: Final = Path("/proc/self/status")


def measured(
    home: Home, quantity: str, last: int, *, boosting: bool = False
) -> dict[str, float | int]:
    """Return what it costs to learn, in one go, the year before the midnight of a day.

    Memory is by how much the process, a new one, was larger at its largest than before.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_learn, args=(home, quantity, last, boosting, theirs))
    process.start()
    theirs.close()
    try:
        days, seconds, size = ours.recv()
    finally:
        process.join()
    return {"days": days, "seconds": seconds, "peak_bytes": size}


def _learn(home: Home, quantity: str, last: int, boosting: bool, to: Connection) -> None:
    learner = Learner(home, quantity, listen=False, boosting=boosting)
    now = home.days.midnight(last)
    known = home.until(now)
    begin = max(now - _YEAR_DAYS * DAY_S, float(learner.truth(known).start[0]))
    before = _largest()
    begun = time.process_time()
    learner.advance(known, last)
    seconds = time.process_time() - begun
    to.send((round((now - begin) / DAY_S), seconds, _largest() - before))
    to.close()


def _largest() -> int:
    """Return the most memory that this process has had, bytes.

    Linux hands `ru_maxrss` on to what a process starts, so there its status is read.
    """
    if _STATUS.exists():
        lines = _STATUS.read_text(encoding="ascii").splitlines()
        return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    unit = 1 if sys.platform == "darwin" else 1024
    return unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
