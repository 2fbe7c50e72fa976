"""Run every controller, in processes side by side, with a progress bar."""

import multiprocessing
import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing.sharedctypes import Synchronized
from typing import Any, Final

from rich.console import Console

from custom_components.shems.core.plan.objective import Aim
from custom_components.shems.core.plan.style import STANDARD, Method, Style
from custom_components.shems.core.replay import controllers
from custom_components.shems.core.replay.foresight import perfect_foresight
from custom_components.shems.core.replay.run import Controller, Outcome, Run, play
from custom_components.shems.core.replay.score import Row, row, windows

from .progress import watch

NAMES: Final = (
    "no_battery",
    "self_consumption",
    "timer",
    "shems",
    "shems_seven_day_mean",
    "shems_perfect_load_pv",
    "perfect_foresight",
)
_PLANNED: Final = ("shems", "shems_seven_day_mean", "shems_perfect_load_pv")
_LONGEST_FIRST: Final = (*_PLANNED, "perfect_foresight")


@dataclass(frozen=True)
class Ways:
    """How SHEMS runs.

    Attributes:
        look_ahead: whether it looks ahead in a forecast of unknown issue time.
        shadow: whether each night's replay chooses how the next day is run.
        aim: what is to be least.
        scenarios: courses that a plan meets, without the nightly choice; None for the usual.
    """

    look_ahead: bool = False
    shadow: bool = True
    aim: Aim = Aim.COST
    scenarios: int | None = None

    @property
    def style(self) -> Style:
        """How the home is run at first."""
        return STANDARD if self.scenarios is None else Style(method=Method.SCENARIOS)


@dataclass(frozen=True)
class Comparison:
    """What came of a run, by controller.

    Attributes:
        styles: on how many days SHEMS ran in which style.
    """

    outcomes: dict[str, Outcome]
    rows: dict[str, Row]
    windows: list[dict[str, Any]]
    styles: dict[str, int]


@dataclass(frozen=True)
class _Played:
    outcome: Outcome
    seconds: list[float]
    styles: dict[str, int]


def _controller(run: Run, name: str) -> Controller:
    plain: dict[str, Callable[[Run], Controller]] = {
        "no_battery": controllers.no_battery,
        "self_consumption": controllers.self_consumption,
        "timer": controllers.timer,
        "perfect_foresight": perfect_foresight,
    }
    return plain[name](run)


_done: dict[str, Synchronized[int]] = {}


def _count_in(counters: dict[str, Synchronized[int]]) -> None:
    _done.update(counters)


def _one(run: Run, name: str, ways: Ways) -> _Played:
    def tick() -> None:
        _done[name].value += 1

    if name not in _PLANNED:
        return _Played(play(run, _controller(run, name), tick=tick), [], {})
    planner = controllers.Planner(
        run,
        told=name == "shems_perfect_load_pv",
        learners=name == "shems",
        forecast=ways.look_ahead,
        style=ways.style,
        shadow=ways.shadow and ways.scenarios is None,
        aim=ways.aim,
        scenarios=ways.scenarios,
    )
    outcome = play(run, planner, tick=tick)
    styles = Counter(choice.style.name for choice in planner.choices.values())
    return _Played(outcome, planner.seconds, dict(styles.most_common()))


def compare(run: Run, console: Console, ways: Ways) -> Comparison:
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
        jobs = {name: pool.submit(_one, run, name, ways) for name in order}
        watch(console, jobs, counters, dict.fromkeys(NAMES, len(run.steps)))
        results = {name: jobs[name].result() for name in NAMES}
    outcomes = {name: each.outcome for name, each in results.items()}
    rows = {name: row(run, each.outcome, each.seconds) for name, each in results.items()}
    return Comparison(outcomes, rows, windows(run, outcomes), results["shems"].styles)
