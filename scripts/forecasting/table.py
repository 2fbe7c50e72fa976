"""The tables of all developer homes, as docs/forecasts.md shows them."""

import argparse
import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from custom_components.shems.core.units import InputError

from .__main__ import parser, run
from .messages import sentence
from .summary import summary

_REPOSITORY: Final = Path(__file__).resolve().parents[2]
_BEGIN: Final = "<!-- scores -->"
_END: Final = "<!-- /scores -->"
_FONTANA: Final = ("America/Los_Angeles", ("--lat", "34.1", "--lon", "-117.4"))
_NORWAY: Final = ("--lat", "63.4", "--lon", "10.4")


@dataclass(frozen=True)
class Case:
    """One thing to score.

    Attributes:
        name: what it is called in the tables.
        quantity: load, pv or price.
        zone: the wall clock.
        files: option and file, below the data directory.
        extra: other options.
    """

    name: str
    quantity: str
    zone: str
    files: dict[str, str]
    extra: tuple[str, ...] = field(default=())

    def options(self, data: Path) -> list[str]:
        """Return the command line."""
        files = [word for option, file in self.files.items() for word in (option, str(data / file))]
        return ["--quantity", self.quantity, "--tz", self.zone, *files, *self.extra]


def _home(file: str, zone: str) -> Case:
    return Case(file.split(".", maxsplit=1)[0], "load", zone, {"--home": file})


CASES: Final = (
    _home("emhass_home/home.csv.gz", "Europe/Paris"),
    *(_home(f"fontana/home_{number}.csv.gz", _FONTANA[0]) for number in ("01", "02", "04", "08")),
    _home("hue/home_01.csv.gz", "America/Vancouver"),
    *(
        _home(f"sgsc/home_{number}.csv.gz", "Australia/Sydney")
        for number in ("10006414", "10017936", "10018064")
    ),
    Case(
        "emhass_home/home",
        "pv",
        "Europe/Paris",
        {"--home": "emhass_home/home.csv.gz"},
        # The place is anonymous; this is where the roof's first and last light fit.
        ("--lat", "46", "--lon", "4.5"),
    ),
    Case("fontana/home_01", "pv", _FONTANA[0], {"--home": "fontana/home_01.csv.gz"}, _FONTANA[1]),
    *(
        Case(
            f"pv_nwp_norway/{site}",
            "pv",
            "Europe/Oslo",
            {
                "--history": f"pv_nwp_norway/site_{site}_pv_history.csv.gz",
                "--nwp": f"pv_nwp_norway/site_{site}_nwp.csv.gz",
            },
            _NORWAY,
        )
        for site in ("A", "B")
    ),
    Case("prices/nl", "price", "Europe/Amsterdam", {"--prices": "prices/nl_2019_2023.csv.gz"}),
    Case("prices/be", "price", "Europe/Brussels", {"--prices": "prices/be_2022_2023h1.csv.gz"}),
)


def main(arguments: list[str] | None = None) -> int:
    """Score every case; print the tables and what is asked of all of them together."""
    console = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
    given = _parser().parse_args(arguments)
    data = Path(os.environ.get("SHEMS_DATA", _REPOSITORY / "../shared/data"))
    cases = [case for case in CASES if given.quantity in (None, case.quantity)]
    missing = [file for case in cases for file in case.files.values() if not (data / file).exists()]
    if missing:
        console.print(f"forecast-score-all: no {missing[0]} in {data}; set SHEMS_DATA", style="red")
        return 2
    page = given.write
    if page is not None and not (page.exists() and _END in page.read_text(encoding="utf-8")):
        console.print(f"forecast-score-all: {page} has no {_BEGIN} … {_END}", style="red")
        return 2
    if given.keep is not None:
        given.keep.mkdir(parents=True, exist_ok=True)
    results = []
    with ProcessPoolExecutor(given.jobs) as pool:
        jobs = [pool.submit(_score, case, data) for case in cases]
        for case, job in zip(cases, jobs, strict=True):
            result = job.result()
            if isinstance(result, str):
                console.print(f"forecast-score-all: {result}", style="red")
                return 2
            console.print(f"scored {case.quantity} of {case.name}")
            if given.keep is not None:
                target = given.keep / f"{case.name.replace('/', '_')}_{case.quantity}.json"
                target.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
            results.append({"name": case.name, **result})
    tables = summary(results)
    print(tables)
    if given.write is not None:
        _write(given.write, tables)
        console.print(f"wrote {given.write}")
    return 0


def _parser() -> argparse.ArgumentParser:
    command = argparse.ArgumentParser(prog="scripts/forecast-score-all", description=__doc__)
    command.add_argument("--quantity", choices=("load", "pv", "price"), help="default: all")
    command.add_argument("--keep", type=Path, help="directory for the JSON of every case")
    command.add_argument("--write", type=Path, help="page to put the tables into")
    command.add_argument(
        "--jobs", type=int, default=os.cpu_count(), help="cases at a time (default %(default)s)"
    )
    return command


def _write(page: Path, tables: str) -> None:
    """Put the tables between a page's marks, in place of those that were there."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(_BEGIN)
    _, end, after = rest.partition(_END)
    page.write_text(f"{before}{begin}\n{tables}\n{end}{after}", encoding="utf-8")


def _score(case: Case, data: Path) -> dict[str, Any] | str:
    """Return a case's result, or in a sentence what is wrong with its files."""
    try:
        return run(parser().parse_args(case.options(data)), Console(quiet=True))
    except InputError as error:
        return sentence(error)


if __name__ == "__main__":
    sys.exit(main())
