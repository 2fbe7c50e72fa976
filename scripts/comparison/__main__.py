"""The command line of the comparison with real homes."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Final

from rich.console import Console

from custom_components.shems.core.units import InputError

from ..simulation.arguments import check_folder, positive
from ..simulation.messages import sentence
from .compare import compare
from .report import draw, markdown

_DATA: Final = "SHEMS_DATA"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    console = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
    given = parser().parse_args(arguments)
    if given.data is None:
        console.print(f"realism: name the homes' folder by --data or {_DATA}.", style="red")
        return 2
    if given.internal and given.write:
        console.print("realism: sets for internal validation are not published.", style="red")
        return 2
    try:
        check_folder(given.write)
        sections = compare(given.data, given.seed, given.homes, internal=given.internal)
    except InputError as error:
        console.print(f"realism: {sentence(error)}", style="red")
        return 2
    page = markdown(sections)
    if given.json:
        print(json.dumps([section.told() for section in sections], indent=2))
    elif not given.write:
        print(page)
    if given.write:
        given.write.write_text(page, encoding="utf-8")
        console.print(f"wrote {given.write}")
    if given.plots:
        for path in draw(given.plots, sections):
            console.print(f"wrote {path}")
    return 0


def parser() -> argparse.ArgumentParser:
    """Return what the command understands."""
    command = argparse.ArgumentParser(
        prog="scripts/realism",
        description="Compare the simulated population with real homes.",
    )
    add = command.add_argument
    known = os.environ.get(_DATA)
    add(
        "--data",
        type=Path,
        default=Path(known) if known else None,
        help=f"folder of the real homes (default: ${_DATA})",
    )
    add("--homes", type=positive, default=2000, help="simulated (default %(default)s)")
    add("--seed", type=int, default=1, help="default %(default)s")
    add("--internal", action="store_true", help="also sets for internal validation, never written")
    add("--json", action="store_true", help="print the figures as JSON")
    add("--write", type=Path, metavar="PAGE", help="write the page")
    add("--plots", type=Path, metavar="FOLDER", help="draw pictures there")
    return command


if __name__ == "__main__":
    sys.exit(main())
