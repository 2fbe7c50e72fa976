"""Seconds of a processor, of a clock, and in the solver; memory; and a loop that waits."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final
from unittest.mock import patch

import highspy
import numpy as np

_TICK_S: Final = 0.005
"""As often as the loop is asked to wake."""


@dataclass(frozen=True)
class Timing:
    """How long something took, repeated.

    Attributes:
        cpu_s, wall_s: of each repetition, seconds of the process and of the clock.
        solver_s: of the clock, inside HiGHS.
    """

    cpu_s: list[float] = field(default_factory=list)
    wall_s: list[float] = field(default_factory=list)
    solver_s: list[float] = field(default_factory=list)

    @property
    def median_s(self) -> float:
        """Median of the processor's seconds."""
        return float(np.median(self.cpu_s))

    @property
    def worst_s(self) -> float:
        """Most of the processor's seconds."""
        return max(self.cpu_s)

    @property
    def solver_share(self) -> float:
        """What share of the clock's seconds HiGHS took."""
        return sum(self.solver_s) / sum(self.wall_s)

    def add[T](self, work: Callable[[], T]) -> T:
        """Do something and note how long it took."""
        with _solving() as solving:
            cpu, wall = time.process_time(), time.perf_counter()
            result = work()
            self.wall_s.append(time.perf_counter() - wall)
            self.cpu_s.append(time.process_time() - cpu)
        self.solver_s.append(sum(solving))
        return result


@contextmanager
def _solving() -> Iterator[list[float]]:
    """Collect the seconds that HiGHS runs."""
    spent: list[float] = []
    run = highspy.Highs.run

    def watched(highs: highspy.Highs) -> highspy.HighsStatus:
        began = time.perf_counter()
        status = run(highs)
        spent.append(time.perf_counter() - began)
        return status

    with patch.object(highspy.Highs, "run", watched):
        yield spent


def planner_memory_mb() -> float:
    """Return the most memory of a process that plans a whole home, MB."""
    command = [sys.executable, "-m", "scripts.benchmark.planner"]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(ran.stdout)


@dataclass(frozen=True)
class Lateness:
    """How late a loop wakes that asks for every 5 ms, ms."""

    median_ms: float
    p99_ms: float
    worst_ms: float


def lateness(work: Callable[[], object], round_s: float) -> tuple[Lateness, Lateness]:
    """Return how late an event loop is at rest, and while another thread does some work."""
    return asyncio.run(_lateness(work, round_s))


async def _lateness(work: Callable[[], object], round_s: float) -> tuple[Lateness, Lateness]:
    at_rest = await _late_until(lambda: False, round_s)
    loop = asyncio.get_running_loop()
    began = time.perf_counter()

    def again() -> None:
        while time.perf_counter() - began < round_s:
            work()

    working = loop.run_in_executor(None, again)
    busy = await _late_until(working.done, round_s)
    await working
    return at_rest, busy


async def _late_until(done: Callable[[], bool], round_s: float) -> Lateness:
    late: list[float] = []
    began = time.perf_counter()
    while time.perf_counter() - began < round_s and not done():
        asked = time.perf_counter()
        await asyncio.sleep(_TICK_S)
        late.append(1000 * (time.perf_counter() - asked - _TICK_S))
    return Lateness(*(float(np.percentile(late, share)) for share in (50, 99, 100)))
