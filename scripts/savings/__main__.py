"""The command line of the check of savings."""

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path

from .check import Checked, check
from .worlds import ERRORS, Error

_MOST_BIAS = 0.03
"""What savings may be off by, as a share of the true ones."""
_BEGIN, _END = "<!-- bias -->\n", "<!-- end of bias -->"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 1 where a saving is further off than it may be."""
    given = parser().parse_args(arguments)
    chosen = [each for each in ERRORS if not given.world or each.name in given.world]
    one = partial(_one, given)
    if given.processes > 1:
        with ProcessPoolExecutor(given.processes) as pool:
            found = list(pool.map(one, chosen))
    else:
        found = [one(each) for each in chosen]
    text = table(found)
    print(text)  # It is what the command is for.
    if given.json:
        rows = [asdict(each) | {"bias": each.bias} for each in found]
        given.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    if given.write:
        page = given.write.read_text(encoding="utf-8")
        before, rest = page.split(_BEGIN)
        after = rest.split(_END)[1]
        given.write.write_text(f"{before}{_BEGIN}{text}\n{_END}{after}", encoding="utf-8")
    return int(any(abs(each.bias) > given.most for each in found))


def parser() -> argparse.ArgumentParser:
    """Return what the command understands."""
    command = argparse.ArgumentParser(
        prog="scripts/savings-check",
        description="Compare the ledger's savings with true ones, in homes unlike their forms.",
    )
    add = command.add_argument
    add("--days", type=int, default=364, help="days, the first week looking on (%(default)s)")
    add("--seed", type=int, default=1, help="of the home (%(default)s)")
    add("--devices", default="crtm", help="first letters: car, rooms, tank, machines")
    add("--tariff", choices=("flat", "tou", "spot"), default="spot")
    add("--manager", choices=("shems", "timers"), default="shems")
    add("--world", action="append", choices=[each.name for each in ERRORS])
    add("--most", type=float, default=_MOST_BIAS, help="share that may be wrong (%(default)s)")
    add("--processes", type=int, default=1)
    add("--json", type=Path, metavar="OUT", help="write the figures")
    add("--write", type=Path, metavar="PAGE", help="put the table into a page")
    return command


def _one(given: argparse.Namespace, error: Error) -> Checked:
    return check(given.seed, error, given.days, given.devices, given.tariff, given.manager)


def table(found: list[Checked]) -> str:
    """Return the rows as Markdown."""
    lines = [
        "| home | cost without | truly saved | ledger | bias |",
        "|---|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {each.name} | {each.cost:.2f} | {each.true:.2f} | {each.ledger:.2f} "
        f"| {each.bias:+.1%} |"
        for each in found
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
