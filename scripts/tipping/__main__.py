"""The command line of the check of tips."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from . import real, roofs, seeded
from .case import Case, Found, run
from .report import markdown, verdicts

_DATA = Path(__file__).parents[3] / "shared" / "data"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 1 where something demanded is missed."""
    console = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
    given = parser().parse_args(arguments)
    data = Path(os.environ.get("SHEMS_DATA", _DATA))
    found = played(chosen(data, given.tip, given.home), given.jobs, console)
    print(markdown(found))
    for text in verdicts(found):
        console.print(text)
    if given.json:
        told = {"cases": [asdict(each) for each in found], "verdicts": verdicts(found)}
        given.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    return int(any(text.startswith("FAIL") for text in verdicts(found)))


def parser() -> argparse.ArgumentParser:
    """Return what the command understands."""
    command = argparse.ArgumentParser(
        prog="scripts/tips-check",
        description="Compare what tips promise with what later months brought.",
    )
    add = command.add_argument
    add("--tip", action="append", default=[], help="only this kind of tip; may be repeated")
    add("--home", action="append", default=[], help="only homes with this in their name")
    add("--jobs", type=int, default=os.cpu_count() or 1, help="processes side by side")
    add("--json", type=Path, metavar="OUT", help="write the result")
    return command


def chosen(data: Path, tips: Sequence[str], homes: Sequence[str]) -> list[Case]:
    """Return the cases that are asked for: of real homes where their data are, and seeded."""
    every = [*seeded.cases(), *roofs.cases()]
    if data.is_dir():
        every = [*real.cases(data), *roofs.real(data), *seeded.driven(data), *every]
    return [
        case
        for case in every
        if (not tips or case.code in tips)
        and (not homes or any(part in case.home for part in homes))
    ]


def played(cases: list[Case], jobs: int, console: Console) -> list[Found]:
    """Return what came of every case."""
    if jobs <= 1:
        return [run(case) for case in cases]
    found = []
    with ProcessPoolExecutor(jobs) as pool:
        for number, each in enumerate(pool.map(run, cases), 1):
            found.append(each)
            if number % 10 == 0:
                console.print(f"{number} of {len(cases)} done")
    return found


if __name__ == "__main__":
    sys.exit(main())
