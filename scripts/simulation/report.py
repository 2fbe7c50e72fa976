"""The result as a table for people and as JSON for programs."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from custom_components.shems.core.replay.run import Run
from custom_components.shems.core.replay.score import best_rule, captured, worst_excess

from .compare import Comparison

_CAPTURING = ("shems", "shems_seven_day_mean", "shems_perfect_load_pv")


def print_table(
    console: Console, given: argparse.Namespace, run: Run, comparison: Comparison
) -> None:
    """Print what each controller cost and captured."""
    rows = comparison.rows
    table = Table(title=_heading(given, run))
    table.add_column("controller")
    for name in ("cost", "captured", "bought kWh", "sold kWh", "cycles", "plan ms", "worst ms"):
        table.add_column(name, justify="right")
    for name, each in rows.items():
        share = captured(rows, name, run.gross_load_cost) if name in _CAPTURING else None
        table.add_row(
            name + (" *" if name == best_rule(rows) else ""),
            f"{each.cost:.2f}",
            "n/a" if name in _CAPTURING and share is None else _percent(share),
            f"{each.energy_bought_kwh:.0f}",
            f"{each.energy_sold_kwh:.0f}",
            f"{each.cycles:.0f}",
            "" if each.plan_ms_median is None else f"{each.plan_ms_median:.1f}",
            "" if each.plan_ms_max is None else f"{each.plan_ms_max:.0f}",
        )
    console.width = max(console.width, 110)
    console.print(table)
    worst = worst_excess(comparison.windows)
    count = len(comparison.windows)
    console.print(
        f"* best rule. Gross load cost {run.gross_load_cost:.2f}; "
        f"{count} {'window' if count == 1 else 'windows'} of 14 days, in the worst SHEMS cost "
        f"{_percent(worst) or 'n/a'} of the load's cost more than self-consumption; "
        f"masked {run.masked_share:.1%}.",
        highlight=False,
        soft_wrap=True,
    )
    if comparison.styles:
        styles = ", ".join(f"{name} ({days})" for name, days in comparison.styles.items())
        console.print(f"Styles that SHEMS ran, with days: {styles}.", soft_wrap=True)
    if given.look_ahead:
        console.print("Optimistic: SHEMS looked ahead in a solar forecast of unknown issue time.")
    if crisis(run):
        console.print("Prices are those of the crisis of 2021-22: report the result apart.")
    if run.parts > 1:
        console.print("Inside the steps load and solar are synthetic: seeded noise, energy kept.")


def _heading(given: argparse.Namespace, run: Run) -> str:
    first, last = price_dates(run)
    days = round((run.last - run.first) * run.hours / 24)
    home = given.home.name if given.home else f"simulated home {given.seed}"
    return (
        f"{home}, tariff {given.tariff}, {days} {'day' if days == 1 else 'days'}, "
        f"prices {first} to {last} (shift {run.market.shift_weeks} weeks)"
    )


def price_dates(run: Run) -> list[date]:
    """Return the first and the last day whose prices are scored."""
    return [datetime.fromtimestamp(time, UTC).date() for time in run.price_period]


def crisis(run: Run) -> bool:
    """Whether the prices are, in part, those of 2021 and 2022, which are reported apart."""
    first, last = price_dates(run)
    return first.year <= 2022 and last.year >= 2021


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f} %"


def arguments_of(given: argparse.Namespace) -> dict[str, Any]:
    """Return what the command was asked, as JSON."""
    return {
        name: str(value) if isinstance(value, Path | datetime) else value
        for name, value in vars(given).items()
    }


def to_json(given: argparse.Namespace, run: Run, comparison: Comparison) -> dict[str, Any]:
    """Return the result in the protocol's form."""
    rows = comparison.rows
    return {
        "arguments": arguments_of(given),
        "shift_weeks": run.market.shift_weeks,
        "price_dates": [day.isoformat() for day in price_dates(run)],
        "crisis_prices": crisis(run),
        "optimistic": bool(given.look_ahead),
        "masked_share": run.masked_share,
        "gross_load_cost": run.gross_load_cost,
        "controllers": {
            name: {
                "cost": each.cost,
                "energy_bought_kwh": each.energy_bought_kwh,
                "energy_sold_kwh": each.energy_sold_kwh,
                "cycles": each.cycles,
                "plan_ms_median": each.plan_ms_median,
                "plan_ms_max": each.plan_ms_max,
            }
            for name, each in rows.items()
        },
        "best_rule": best_rule(rows),
        "styles": comparison.styles,
        "captured": {name: captured(rows, name, run.gross_load_cost) for name in _CAPTURING},
        "windows": [
            {**each, "start": datetime.fromtimestamp(each["start"], UTC).isoformat()}
            for each in comparison.windows
        ],
    }
