"""Bars for processes that count what they have done."""

from collections.abc import Mapping
from concurrent.futures import Future, wait
from multiprocessing.sharedctypes import Synchronized
from typing import Any, Final

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

_POLL_S: Final = 0.2


def watch(
    console: Console,
    jobs: Mapping[str, Future[Any]],
    counters: Mapping[str, Synchronized[int]],
    totals: Mapping[str, int],
) -> None:
    """Show how far each job is until all are done."""
    progress = Progress(
        TextColumn("{task.description:>22}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )
    with progress:
        tasks = {name: progress.add_task(name, total=totals[name]) for name in jobs}
        waiting = dict(jobs)
        while waiting:
            for name, job in list(waiting.items()):
                progress.update(tasks[name], completed=counters[name].value)
                if job.done():
                    del waiting[name]
            wait(waiting.values(), timeout=_POLL_S)
