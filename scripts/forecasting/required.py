"""What is asked of all homes together, and whether it holds."""

from typing import Final

from custom_components.shems.core.horizon import HOUR_S

from .evaluate import ratio
from .measures import (
    Result,
    known,
    least,
    mature,
    middle,
    most,
    over_expert,
    over_naive,
    percent,
    pooled,
    skill,
)
from .verdict import OURS, SECONDS, Verdict, within, year_seconds

_CHARGE: Final = "daily totals: 80 % of the courses hold the truth"


def required(by: dict[str, list[Result]]) -> list[Verdict]:
    """Judge all homes together, by quantity."""
    return [
        *_of_loads(by["load"]),
        *_of_solar(by["pv"]),
        *_of_prices(by["price"]),
        *_of_cost(by["load"], by["pv"]),
    ]


def _of_loads(results: list[Result]) -> list[Verdict]:
    if not results:
        return []
    naive = [over_naive(mature(each)) for each in results]
    yesterday = [ratio(mature(each), OURS, "yesterday") for each in results]
    covers = [mature(each)[OURS]["coverage_80%"] for each in results]
    return [
        within(
            "load: CRPS over yesterday's, median home",
            middle(yesterday),
            0.80,
        ),
        within("load: CRPS over the best naive's, median home", middle(naive), 0.92),
        within("load: the same, worst home", most(naive), 1.01),
        _positive("load: MAE skill, worst home", least(map(skill, results))),
        within("load: 80 % intervals, lowest home", least(covers), 0.83, least=0.77),
        within("load: 80 % intervals, highest home", most(covers), 0.83, least=0.77),
        within("load: mix over best expert, worst home", most(map(over_expert, results)), 1.01),
        within(f"load: {_CHARGE}, pooled", pooled(results), 0.84, least=0.76),
        within(
            f"load: {_CHARGE}, worst home, in standard errors",
            most(map(_off, results)),
            2.0,
            form=".1f",
        ),
    ]


def _positive(requirement: str, value: float | None) -> Verdict:
    if value is None:
        return Verdict(requirement, "> 0", "n/a", None, None)
    return Verdict(requirement, "> 0", percent(value), value, value > 0)


def _off(result: Result) -> float | None:
    """Return by how many standard errors a home's totals are not covered by 80 %."""
    share, error = (result["courses"][name] for name in ("total_covered", "total_covered_error"))
    return None if share is None or not error else abs(share - 0.8) / error


def _of_solar(results: list[Result]) -> list[Verdict]:
    found = []
    for result in results:
        found += [
            Verdict(**{**each, "requirement": f"solar, {result['name']}: {each['requirement']}"})
            for each in result["verdict"]
            if "CRPS over" in each["requirement"]
        ]
    if results:
        found += [
            within(f"solar: {_CHARGE}, pooled", pooled(results), 0.84, least=0.76),
            within(
                f"solar: {_CHARGE}, worst home, in standard errors",
                most(map(_off, results)),
                2.0,
                form=".1f",
            ),
        ]
    return found


def _of_prices(results: list[Result]) -> list[Verdict]:
    return [
        Verdict(**{**each, "requirement": f"price, {result['name']}: {each['requirement']}"})
        for result in results
        for each in result["verdict"]
    ]


def _of_cost(loads: list[Result], solars: list[Result]) -> list[Verdict]:
    """Judge what the slowest load and the slowest sun by the hour cost together."""
    if not loads or not solars:
        return []
    slowest = [
        max((year_seconds(each["cost"]) for each in part if each["step_s"] == HOUR_S), default=None)
        for part in (loads, solars)
    ]
    largest = most(each["cost"]["peak_bytes"] / 1e6 for each in loads + solars)
    seconds = None if None in slowest else sum(known(slowest))
    return [
        within("seconds to learn a year by the hour, load and solar", seconds, SECONDS, form=".1f"),
        within("MB of memory to learn, most", largest, 80.0, form=".0f"),
    ]
