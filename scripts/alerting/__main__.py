"""Count false alarms and what is found of what is put into measured homes."""

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from rich.console import Console

from custom_components.shems.core.report.alerts.rate import EVERY_DAYS
from custom_components.shems.core.units import InputError

from ..forecasting.messages import sentence
from ..forecasting.table import CASES
from .trial import FOUND_DAYS, MONTH_DAYS, RISE_KW, Result, tried

_REPOSITORY: Final = Path(__file__).resolve().parents[2]
_BEGIN: Final = "<!-- alarms -->"
_END: Final = "<!-- /alarms -->"
MOST_A_MONTH: Final = 1.0
LEAST_FOUND: Final = 0.9
_DAYS_LEAST: Final = 120
"""Shorter files say nothing about alarms that come once in months."""


def main(arguments: list[str] | None = None) -> int:
    """Try the homes, print the table and whether what is asked of them holds."""
    console = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
    given = _parser().parse_args(arguments)
    data = Path(os.environ.get("SHEMS_DATA", _REPOSITORY / "../shared/data"))
    homes = [(Path(each), given.tz) for each in given.home or ()] or [
        (data / each.files["--home"], each.zone) for each in CASES if each.quantity == "load"
    ]
    missing = [path for path, _ in homes if not path.exists()]
    if missing:
        console.print(f"alerts-check: no {missing[0]}; set SHEMS_DATA", style="red")
        return 2
    page: Path | None = given.write
    if page is not None and not (page.exists() and _END in page.read_text(encoding="utf-8")):
        console.print(f"alerts-check: {page} has no {_BEGIN} … {_END}", style="red")
        return 2
    results: list[Result] = []
    try:
        for path, zone in homes:
            name = f"{path.parent.name}/{path.name.split('.', maxsplit=1)[0]}"
            results.append(tried(name, path, zone, given.every))
    except InputError as err:
        console.print(f"alerts-check: {sentence(err)}", style="red")
        return 2
    text = f"{table(results)}\n\n{verdict(results)}"
    print(text)
    if page is not None:
        before, _, rest = page.read_text(encoding="utf-8").partition(_BEGIN)
        after = rest.partition(_END)[2]
        page.write_text(f"{before}{_BEGIN}\n{text}\n{_END}{after}", encoding="utf-8")
    return 0 if holds(results) else 1


def table(results: Iterable[Result]) -> str:
    """Return the homes as a table of Markdown."""
    lines = [
        (
            "| home | days | standby | consumption | alarms in 30 days | most in any 30 days "
            f"| {1000 * RISE_KW:.0f} W found in {FOUND_DAYS} days | 2 kW for 6 h seen |"
        ),
        "| --- | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for each in results:
        seen = f"{each.caught / each.bursts:.0%}" if each.bursts else "n/a"
        lines.append(
            f"| {each.name} | {each.days} | {len(each.standby)} | {len(each.consumption)} "
            f"| **{each.a_month:.2f}** | {each.most} | **{each.share:.1%}** of {each.rises} "
            f"| {seen} |"
        )
    return "\n".join(lines)


def holds(results: Iterable[Result]) -> bool:
    """Return whether every home that is long enough is alarmed seldom and told in time."""
    return all(
        each.a_month <= MOST_A_MONTH and each.share >= LEAST_FOUND
        for each in results
        if each.days >= _DAYS_LEAST
    )


def verdict(results: list[Result]) -> str:
    """Return what is asked of the homes and what was measured."""
    worst = max(each.a_month for each in results)
    rises, found = (sum(getattr(each, name) for each in results) for name in ("rises", "found"))
    least = min(each.share for each in results)
    return (
        f"- False alarms in {MONTH_DAYS} days, worst home: {worst:.2f}, "
        f"allowed {MOST_A_MONTH:.0f}\n"
        f"- Rises found within {FOUND_DAYS} days: {found / max(rises, 1):.1%} of all, worst "
        f"home {least:.1%}, asked {LEAST_FOUND:.0%}"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="alerts-check",
        description="Counts how often learned alerts alarm measured homes though nothing was put "
        f"into them, and how many rises of the standby by {1000 * RISE_KW:.0f} W they find "
        f"within {FOUND_DAYS} days. Without --home, of all developer homes in SHEMS_DATA.",
    )
    parser.add_argument("--home", action="append", metavar="FILE", help="a home; several may be")
    parser.add_argument("--tz", default="UTC", help="zone of the wall clock of those homes")
    parser.add_argument(
        "--every",
        type=float,
        default=EVERY_DAYS,
        metavar="DAYS",
        help="days between alarms by chance (default %(default)g)",
    )
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the table into a page")
    return parser


if __name__ == "__main__":
    sys.exit(main())
