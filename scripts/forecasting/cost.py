"""What learning a whole history at once costs: processor time and memory, in a process apart."""

import multiprocessing
import resource
import sys
import time
from multiprocessing.connection import Connection

from custom_components.shems.core.horizon import DAY_S

from .inputs import Home
from .ours import Learner

_YEAR_DAYS = 365
_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in which a process is told its size."""


def measured(
    home: Home, quantity: str, last: int, *, boosting: bool = False
) -> dict[str, float | int]:
    """Return what it costs to learn, in one go, the year before the midnight of a day.

    Memory is by how much the process was larger at its largest than before.
    """
    ours, theirs = multiprocessing.get_context("fork").Pipe()
    process = multiprocessing.get_context("fork").Process(
        target=_learn, args=(home, quantity, last, boosting, theirs)
    )
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
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    learner.advance(known, last)
    seconds = time.process_time() - begun
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    to.send((round((now - begin) / DAY_S), seconds, size * _UNIT))
    to.close()
