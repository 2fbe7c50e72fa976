"""The result as tables for people."""

from typing import Any

from rich.console import Console
from rich.table import Table

from .evaluate import MATURE, Scores

_COLUMNS = ("crps", "mae", "rmse", "bias", "coverage_50%", "coverage_80%", "coverage_90%")


def print_result(console: Console, result: dict[str, Any]) -> None:
    """Print what was scored, by age, by lead and against what is asked."""
    console.width = max(console.width, 100)
    console.print(_ages(result))
    console.print(_mature(result))
    console.print(_leads(result))
    for note in result["notes"]:
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


def number(value: float | None) -> str:
    """Return a score as text."""
    return "n/a" if value is None else f"{value:.4f}"


def percent(share: float | None) -> str:
    """Return a share as text."""
    return "n/a" if share is None else f"{100 * share:.1f} %"
