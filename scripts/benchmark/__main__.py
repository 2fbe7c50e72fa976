"""The command line of the benchmark."""

import argparse
import json
import sys
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table

from .sections import (
    Row,
    battery_rows,
    driving_rows,
    process_rows,
    scenario_rows,
    whole_rows,
)

_ROUND_S: Final = 3.0
"""How long an event loop is watched, at rest and while another thread plans."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    given = _parser().parse_args(arguments)
    if given.what == "drive":
        return show(driving_rows(), as_json=given.json)
    sections = {
        "battery": lambda: battery_rows(given.repeats),
        "whole": lambda: whole_rows(given.seeds),
        "scenarios": lambda: scenario_rows(given.seeds),
        "process": lambda: process_rows(_ROUND_S),
    }
    rows = [row for name in given.only or sections for row in sections[name]()]
    return show(rows, as_json=given.json)


def show(rows: list[Row], *, as_json: bool) -> int:
    """Print figures as a table or as JSON; return the exit status."""
    if as_json:
        print(json.dumps([row.to_json() for row in rows], indent=2))
    else:
        _print(rows)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description="Measure how good and how fast plans are, and how soon devices follow.",
    )
    parser.add_argument("what", choices=("plan", "drive"), help="what is measured")
    parser.add_argument(
        "--only",
        nargs="+",
        choices=("battery", "whole", "scenarios", "process"),
        help="some of the plans' figures",
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument(
        "--seeds", type=_count, default=30, help="whole homes (default %(default)s)"
    )
    parser.add_argument(
        "--repeats", type=_count, default=9, help="of each battery's plan (default %(default)s)"
    )
    return parser


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of times")
    return int(text)


def _print(rows: list[Row]) -> None:
    table = Table(box=box.SIMPLE)
    table.add_column("")
    for heading in ("value", "wanted"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("met")
    section = ""
    for row in rows:
        if row.section != section:
            table.add_row(row.section, style="bold")
        wanted = "" if row.most is None else f"≤ {row.most:.3g} {row.unit}"
        met = {True: "yes", False: "no", None: ""}[row.met]
        table.add_row(f"  {row.name}", f"{row.value:.3g} {row.unit}", wanted, met)
        section = row.section
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
