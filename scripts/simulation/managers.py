"""Run every manager of a home with devices, in processes side by side."""

import multiprocessing
import os
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing.sharedctypes import Synchronized
from typing import Any, Final

from rich.console import Console

from custom_components.shems.core.replay.household import Household, Lived, live
from custom_components.shems.core.replay.manager import Knows, Manager
from custom_components.shems.core.replay.reckoning import (
    Account,
    Fortnight,
    account,
    gross_cost,
    windows,
)
from custom_components.shems.core.replay.ruled import (
    Ruled,
    every_rule,
    plain_rules,
    timer_rules,
)

from .compare import Ways
from .progress import watch

PLANNED: Final = {
    "shems": Knows.PAST,
    "shems_told": Knows.TOLD,
    "perfect_foresight": Knows.ALL,
}
_RULES: Final = "rules"
NAMES: Final = ("no_battery", "self_consumption", "timer", "best_rule", *PLANNED)


@dataclass(frozen=True)
class Managed:
    """What came of a home with devices, by manager."""

    lived: dict[str, Lived]
    rows: dict[str, Account]
    windows: list[Fortnight]
    gross_cost: float


_done: dict[str, Synchronized[int]] = {}


def _count_in(counters: dict[str, Synchronized[int]]) -> None:
    _done.update(counters)


def _by_rule(household: Household) -> tuple[dict[str, Lived], dict[str, Account]]:
    """Play every combination of rules; return the usual ones and the cheapest."""
    usual = {
        "no_battery": plain_rules(household, "no_battery"),
        "self_consumption": plain_rules(household, "self_consumption"),
        "timer": timer_rules(household),
    }
    lived, rows = {}, {}
    for name, rules in usual.items():
        lived[name], rows[name] = _play(household, rules)
    for rules in every_rule(household):
        course, row = _play(household, rules)
        if "best_rule" not in rows or row.cost < rows["best_rule"].cost:
            lived["best_rule"], rows["best_rule"] = course, row
    return lived, rows


def _play(household: Household, rules: dict[str, str]) -> tuple[Lived, Account]:
    def tick() -> None:
        _done[_RULES].value += 1

    course = live(household, Ruled(household, rules), tick=tick)
    return course, replace(account(household, course, []), rules=rules)


def _planned(household: Household, name: str, ways: Ways) -> tuple[Lived, Account]:
    def tick() -> None:
        _done[name].value += 1

    manager = Manager(
        household, PLANNED[name], style=ways.style, aim=ways.aim, scenarios=ways.scenarios
    )
    course = live(household, manager, tick=tick)
    return course, account(household, course, manager.seconds)


def manage(household: Household, console: Console, ways: Ways) -> Managed:
    """Return every manager's row."""
    run = household.run
    _ = run.net_kw, run.steps, run.known_until, household.timers, household.mean_price
    context = multiprocessing.get_context("fork")
    jobs = (*PLANNED, _RULES)
    counters: dict[str, Synchronized[int]] = {name: context.Value("q", 0) for name in jobs}
    with ProcessPoolExecutor(
        min(len(jobs), os.cpu_count() or 1),
        mp_context=context,
        initializer=_count_in,
        initargs=(counters,),
    ) as pool:
        plans = {name: pool.submit(_planned, household, name, ways) for name in PLANNED}
        rules = pool.submit(_by_rule, household)
        waiting: dict[str, Future[Any]] = {**plans, _RULES: rules}
        rounds = 3 + sum(1 for _ in every_rule(household))
        totals = {name: len(run.steps) * (rounds if name == _RULES else 1) for name in jobs}
        watch(console, waiting, counters, totals)
        lived, rows = rules.result()
        for name, job in plans.items():
            lived[name], rows[name] = job.result()
    gross = gross_cost(household, lived["self_consumption"], run.first, run.last)
    return Managed(lived, rows, windows(household, lived), gross)
