"""The result as tables for people."""

from typing import Any

from rich.console import Console
from rich.table import Table

from .evaluate import MATURE, Scores

_PARTS = {
    "experts": "The experts as they issued, at midnights",
    "provider": "Where the provider had a forecast",
    "snow": "With snow on the ground",
}
_COLUMNS = ("crps", "mae", "rmse", "bias", "coverage_50%", "coverage_80%", "coverage_90%")


def print_result(console: Console, result: dict[str, Any]) -> None:
    """Print what was scored, by age, by lead and against what is asked."""
    console.width = max(console.width, 100)
    if "years" in result:
        console.print(_years(result))
        console.print(_verdict(result))
        return
    console.print(_ages(result))
    console.print(_mature(result))
    console.print(_leads(result))
    for name, title in _PARTS.items():
        if name in result:
            console.print(_part(result, name, title))
    console.print(_courses(result))
    console.print(_verdict(result))
    for note in _notes(result):
        console.print(note, highlight=False, soft_wrap=True)


def _ages(result: dict[str, Any]) -> Table:
    table = Table(title=f"{result['title']}: CRPS and MAE ({result['unit']}) by days of history")
    table.add_column("forecast")
    ages = result["ages"]
    for age in ages:
        for name in ("CRPS", "MAE"):
            table.add_column(f"{name}\n{age}", justify="right")
    for model in result["models"]:
        cells = [number(ages[age][model][name]) for age in ages for name in ("crps", "mae")]
        table.add_row(model, *cells)
    return table


def _mature(result: dict[str, Any]) -> Table:
    scores: Scores = result["ages"][MATURE]
    table = Table(title=f"After two months, {result['unit']}")
    table.add_column("forecast")
    for name in _COLUMNS:
        table.add_column(name.replace("_", "\n"), justify="right")
    for model in result["models"]:
        row = scores[model]
        table.add_row(
            model,
            *(
                percent(row[name]) if name.startswith("coverage") else number(row[name])
                for name in _COLUMNS
            ),
        )
    return table


def _leads(result: dict[str, Any]) -> Table:
    table = Table(title=f"After two months, CRPS by hours ahead and by origin, {result['unit']}")
    table.add_column("forecast")
    parts = {**result["leads"], **result["origins"]}
    for name in parts:
        table.add_column(name, justify="right")
    for model in result["models"]:
        table.add_row(model, *(number(scores[model]["crps"]) for scores in parts.values()))
    return table


def _years(result: dict[str, Any]) -> Table:
    table = Table(title=f"{result['title']}: the day after tomorrow at 13:15, {result['unit']}")
    table.add_column("forecast")
    parts = {**result["years"], "all": result["all"]}
    for name in parts:
        for score in ("CRPS", "MAE"):
            table.add_column(f"{score}\n{name}", justify="right")
    for model in result["models"]:
        row = [number(scores[model][each]) for scores in parts.values() for each in ("crps", "mae")]
        table.add_row(model, *row)
    return table


def _part(result: dict[str, Any], name: str, title: str) -> Table:
    table = Table(title=f"{title}: CRPS and MAE by days of history, {result['unit']}")
    table.add_column("forecast")
    ages = result[name]["ages"]
    for age in ages:
        for score in ("CRPS", "MAE"):
            table.add_column(f"{score}\n{age}", justify="right")
    for model in ages[MATURE]:
        row = [number(scores[model][each]) for scores in ages.values() for each in ("crps", "mae")]
        table.add_row(model, *row)
    return table


def _courses(result: dict[str, Any]) -> Table:
    courses = result["courses"]
    table = Table(title="After two months: courses of 36 hours and of the first whole day")
    table.add_column("courses")
    table.add_column("energy score", justify="right")
    table.add_column("daily totals covered by 80 %", justify="right")
    error = courses["total_covered_error"]
    spread = "" if error is None else f" ± {100 * error:.1f}"
    table.add_row(
        "with their memory",
        number(courses["energy_score"]),
        percent(courses["total_covered"]) + spread,
    )
    table.add_row(
        "slots independent",
        number(courses["energy_score_independent"]),
        percent(courses["total_covered_independent"]),
    )
    return table


def _verdict(result: dict[str, Any]) -> Table:
    table = Table(title="What is asked")
    table.add_column("requirement")
    for name in ("wanted", "measured"):
        table.add_column(name, justify="right")
    table.add_column("")
    for row in result["verdict"]:
        passed = {True: "pass", False: "FAIL", None: ""}[row["passed"]]
        table.add_row(row["requirement"], row["wanted"], row["measured"], passed)
    return table


def _notes(result: dict[str, Any]) -> list[str]:
    cost = result["cost"]
    first = (
        f"{result['days']} days from {result['first_day']} in {result['zone']}. After two months "
        f"{percent(result['scored_share'][MATURE])} of the slots ahead were scored; "
        f"{percent(result['learned_share'])} of the origins after the first day had a learner of "
        "proven skill, the others the mean of seven days."
    )
    second = (
        f"Learning took {1000 * cost['seconds_per_day']:.0f} ms of processor time a night, "
        f"{cost['seconds']:.1f} s for {cost['days']} days in one go, "
        f"{cost['peak_bytes'] / 1e6:.0f} MB at the most."
    )
    return [first, second]


def number(value: float | None) -> str:
    """Return a score as text."""
    return "n/a" if value is None else f"{value:.4f}"


def percent(share: float | None) -> str:
    """Return a share as text."""
    return "n/a" if share is None else f"{100 * share:.1f} %"
