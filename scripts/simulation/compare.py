"""Run every controller, in processes side by side, with a progress bar."""

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing.sharedctypes import Synchronized
from typing import Any, Final

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from custom_components.shems.core.replay import controllers
from custom_components.shems.core.replay.foresight import perfect_foresight
from custom_components.shems.core.replay.run import Controller, Outcome, Run, play
from custom_components.shems.core.replay.score import Row, row, windows

NAMES: Final = (
    "no_battery",
    "self_consumption",
    "timer",
    "shems",
    "shems_perfect_load_pv",
    "perfect_foresight",
)
_LONGEST_FIRST: Final = ("shems", "shems_perfect_load_pv", "perfect_foresight")
_POLL_S: Final = 0.2


@dataclass(frozen=True)
class Comparison:
    """What came of a run, by controller."""

    outcomes: dict[str, Outcome]
    rows: dict[str, Row]
    windows: list[dict[str, Any]]


def _controller(run: Run, name: str, *, look_ahead: bool) -> tuple[Controller, list[float]]:
    if name in ("shems", "shems_perfect_load_pv"):
        planner = controllers.Planner(run, told=name != "shems", forecast=look_ahead)
        return planner, planner.seconds
    plain: dict[str, Callable[[Run], Controller]] = {
        "no_battery": controllers.no_battery,
        "self_consumption": controllers.self_consumption,
        "timer": controllers.timer,
        "perfect_foresight": perfect_foresight,
    }
    return plain[name](run), []


_done: dict[str, Synchronized[int]] = {}


def _count_in(counters: dict[str, Synchronized[int]]) -> None:
    _done.update(counters)


def _one(run: Run, name: str, look_ahead: bool) -> tuple[Outcome, list[float]]:
    def tick() -> None:
        _done[name].value += 1

    controller, seconds = _controller(run, name, look_ahead=look_ahead)
    return play(run, controller, tick=tick), seconds


def compare(run: Run, console: Console, *, look_ahead: bool) -> Comparison:
    """Return every controller's outcome and row.

    The seeded noise of sub-steps is made once, before the processes part, so that all meet
    the same.
    """
    _ = run.net_kw, run.steps, run.known_until
    context = multiprocessing.get_context("fork")
    counters: dict[str, Synchronized[int]] = {name: context.Value("q", 0) for name in NAMES}
    order = [*_LONGEST_FIRST, *(name for name in NAMES if name not in _LONGEST_FIRST)]
    with ProcessPoolExecutor(
        min(len(NAMES), os.cpu_count() or 1),
        mp_context=context,
        initializer=_count_in,
        initargs=(counters,),
    ) as pool:
        # The processes part before the bars start a thread of their own.
        jobs = {name: pool.submit(_one, run, name, look_ahead) for name in order}
        with _bars(console) as progress:
            _watch(progress, jobs, counters, len(run.steps))
        results = {name: jobs[name].result() for name in NAMES}
    outcomes = {name: outcome for name, (outcome, _) in results.items()}
    rows = {name: row(run, outcome, seconds) for name, (outcome, seconds) in results.items()}
    return Comparison(outcomes, rows, windows(run, outcomes))


def _bars(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description:>22}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )


def _watch(
    progress: Progress,
    jobs: dict[str, Future[tuple[Outcome, list[float]]]],
    counters: dict[str, Synchronized[int]],
    total: int,
) -> None:
    tasks = {name: progress.add_task(name, total=total) for name in jobs}
    waiting = dict(jobs)
    while waiting:
        for name, job in list(waiting.items()):
            progress.update(tasks[name], completed=counters[name].value)
            if job.done():
                del waiting[name]
        wait(waiting.values(), timeout=_POLL_S)
