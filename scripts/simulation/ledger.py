"""A home with devices as a table for people and as JSON for programs."""

import argparse
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from custom_components.shems.core.replay.household import Household
from custom_components.shems.core.replay.reckoning import Account, captured

from .managers import Managed
from .report import arguments_of, crisis, price_dates

_CAPTURING: Final = ("shems", "shems_told")
_MOST_EXCESS: Final = 0.01
"""Of the gross load cost, in a fortnight; over the run nothing may be lost."""


def print_managed(
    console: Console,
    given: argparse.Namespace,
    household: Household,
    managed: Managed,
    notes: list[str],
) -> None:
    """Print what each manager cost, what was not done, and what was captured."""
    table = Table(title=_heading(given, household))
    table.add_column("manager")
    names = ("cost", "energy", "peaks", "service", "captured", "not done", "peak kW", "cycles")
    for name in (*names, "plan ms", "worst ms"):
        table.add_column(name, justify="right")
    for name, each in managed.rows.items():
        share = captured(managed.rows, name, managed.gross_cost)
        table.add_row(
            name,
            *(f"{each.cost:.2f}", f"{each.energy:.2f}", f"{each.peaks:.2f}"),
            f"{each.service:.2f}",
            _percent(share) if name in _CAPTURING else "",
            _missing(each),
            *(f"{each.peak_kw:.1f}", f"{each.cycles:.0f}"),
            "" if each.plan_ms_median is None else f"{each.plan_ms_median:.0f}",
            "" if each.plan_ms_max is None else f"{each.plan_ms_max:.0f}",
        )
    console.width = max(console.width, 130)
    console.print(table)
    rules = managed.rows["best_rule"].rules
    chosen = ", ".join(f"{device} {rule}" for device, rule in rules.items())
    verdict = never_worse(managed)
    lines = [
        f"Best rule of all combinations: {chosen}.",
        (
            f"Gross cost {managed.gross_cost:.2f}. SHEMS is "
            f"{'never worse' if verdict['holds'] else 'worse'} than the best rule: over the run "
            f"{verdict['over_run']:+.2f}, in the worst of {len(managed.windows)} fortnights "
            f"{_percent(verdict['worst_window']) or 'n/a'} of its gross cost, service "
            f"{verdict['service']:+.2f}."
        ),
        *notes,
    ]
    if crisis(household.run):
        lines.append("Prices are those of the crisis of 2021-22: report the result apart.")
    if household.run.parts > 1 and household.run.inside is None:
        lines.append("Inside the steps load and solar are synthetic: seeded noise, energy kept.")
    for line in lines:
        console.print(line, highlight=False, soft_wrap=True)


def _heading(given: argparse.Namespace, household: Household) -> str:
    run = household.run
    first, last = price_dates(run)
    days = round((run.last - run.first) * run.hours / 24)
    home = given.home.name if given.home else f"seeded home {given.seed}"
    devices = ", ".join(each.device.id for each in household.uses) or "no devices"
    return (
        f"{home} with {devices}, tariff {given.tariff}, {days} days executed every "
        f"{household.ticks.step_s / 60:g} min, prices {first} to {last}"
    )


def _missing(row: Account) -> str:
    amounts: dict[str, float] = {}
    for each in row.missing.values():
        for name, amount in each.items():
            amounts[name] = amounts.get(name, 0.0) + amount
    return ", ".join(f"{amount:.1f} {name}" for name, amount in amounts.items() if amount >= 0.05)


def never_worse(managed: Managed) -> dict[str, Any]:
    """Return by how much SHEMS cost more than the best rule, money and service apart."""
    shems, best = managed.rows["shems"], managed.rows["best_rule"]
    excess = [
        (each.cost["shems"] - each.cost["best_rule"]) / each.gross_load_cost
        for each in managed.windows
    ]
    worst = max(excess, default=None)
    return {
        "over_run": shems.cost - best.cost,
        "worst_window": worst,
        "service": shems.service - best.service,
        "holds": shems.cost <= best.cost and (worst is None or worst <= _MOST_EXCESS),
    }


def managed_json(
    given: argparse.Namespace, household: Household, managed: Managed, notes: list[str]
) -> dict[str, Any]:
    """Return the result as docs/closed-loop.md defines it."""
    run = household.run
    return {
        "arguments": arguments_of(given),
        "shift_weeks": run.market.shift_weeks,
        "price_dates": [day.isoformat() for day in price_dates(run)],
        "crisis_prices": crisis(run),
        "step_s": household.ticks.step_s,
        "synthetic_inside": run.parts > 1 and run.inside is None,
        "masked_share": run.masked_share,
        "gross_load_cost": managed.gross_cost,
        "devices": [each.device.id for each in household.uses],
        "notes": notes,
        "controllers": {name: asdict(each) for name, each in managed.rows.items()},
        "best_rule": managed.rows["best_rule"].rules,
        "captured": {name: captured(managed.rows, name, managed.gross_cost) for name in _CAPTURING},
        "never_worse": never_worse(managed),
        "windows": [
            asdict(each) | {"start": datetime.fromtimestamp(each.start, UTC).isoformat()}
            for each in managed.windows
        ],
    }


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f} %"
