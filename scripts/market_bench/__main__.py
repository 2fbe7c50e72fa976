"""The command line of the market's benchmark."""

import argparse
import sys
from typing import Final

from ..benchmark.__main__ import show
from ..benchmark.sections import Row
from .broker import program
from .clearing import allocation_rows, auction_rows
from .messages import message_rows
from .secured import secured_rows
from .slot import slot_rows

_COUNTS: Final = [10**4, 10**5, 10**6]


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    given = _parser().parse_args(arguments)
    rows: list[Row] = []
    if "auction" in given.only:
        rows += auction_rows(given.homes, given.repeats)
    if "allocation" in given.only:
        rows += allocation_rows(max(given.homes), given.repeats)
    if "messages" in given.only:
        rows += message_rows(given.signed, given.repeats)
    if {"slot", "secured"} & {*given.only} and program() is None:
        print("market-bench: Mosquitto is not installed, so no slot was run.", file=sys.stderr)
        show(rows, as_json=given.json)
        return 1
    if "slot" in given.only:
        rows += slot_rows(given.signed)
    if "secured" in given.only:
        rows += secured_rows(given.signed)
    return show(rows, as_json=given.json)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/market-bench",
        description="Measure how fast a market is cleared, its messages read, and a slot passes.",
    )
    sections = ["auction", "allocation", "messages", "slot", "secured"]
    parser.add_argument("--only", nargs="+", choices=sections, default=sections)
    parser.add_argument(
        "--homes", nargs="+", type=int, default=_COUNTS, help="of a book (default 10^4 to 10^6)"
    )
    parser.add_argument(
        "--signed", type=int, default=1000, help="homes that sign (default %(default)s)"
    )
    parser.add_argument("--repeats", type=int, default=3, help="(default %(default)s)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
