"""The table of all developer homes, as the README shows it."""

import argparse
import json
import os
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

from .__main__ import main as simulate

_REPOSITORY: Final = Path(__file__).resolve().parents[2]
_HOMES: Final = (
    ("emhass_home/home.csv.gz", "Europe/Paris"),
    ("fontana/home_01.csv.gz", "America/Los_Angeles"),
    ("fontana/home_02.csv.gz", "America/Los_Angeles"),
    ("fontana/home_04.csv.gz", "America/Los_Angeles"),
    ("fontana/home_08.csv.gz", "America/Los_Angeles"),
)
_PRICES: Final = "prices/nl_2019_2023.csv.gz"
_HEAD: Final = (
    "| home | tariff | no battery | self-consumption | timer | **SHEMS** | foresight "
    "| captured | told load and solar | worst fortnight |\n"
    "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def main(arguments: list[str] | None = None) -> int:
    """Run every home under every tariff; print one row each and the medians."""
    parser = argparse.ArgumentParser(prog="scripts/simulate-all", description=__doc__)
    parser.add_argument("--substep", help="execute and bill in finer steps, for example 1min")
    parser.add_argument("--keep", type=Path, help="directory for the JSON of every run")
    given = parser.parse_args(arguments)
    data = Path(os.environ.get("SHEMS_DATA", _REPOSITORY / "../shared/data"))
    if not (data / _PRICES).exists():
        print(f"simulate-all: no {_PRICES} in {data}; set SHEMS_DATA", file=sys.stderr)
        return 2
    extra = ["--substep", given.substep] if given.substep else []
    with TemporaryDirectory() as scratch:
        target = given.keep or Path(scratch)
        target.mkdir(parents=True, exist_ok=True)
        rows = []
        for tariff in ("tou", "spot"):
            for home, zone in _HOMES:
                out = target / f"{home.replace('/', '_').split('.')[0]}_{tariff}.json"
                status = simulate(
                    [
                        *("--home", str(data / home), "--prices", str(data / _PRICES)),
                        *("--tz", zone, "--tariff", tariff, "--json", str(out), *extra),
                    ]
                )
                if status:
                    return status
                rows.append((home.split(".")[0], tariff, json.loads(out.read_text())))
    print(_HEAD)
    for home, tariff, result in rows:
        print(_row(home, tariff, result))
    for tariff in ("tou", "spot"):
        print(_medians(tariff, [result for _, each, result in rows if each == tariff]))
    return 0


def _row(home: str, tariff: str, result: dict[str, Any]) -> str:
    cost = {name: each["cost"] for name, each in result["controllers"].items()}
    names = ("no_battery", "self_consumption", "timer", "shems", "perfect_foresight")
    cells = [f"{cost[name]:.0f}" for name in names]
    cells[3] = f"**{cells[3]}**"
    shares = result["captured"]
    cells += [_percent(shares["shems"]), _percent(shares["shems_perfect_load_pv"])]
    return f"| {home} | {tariff} | {' | '.join(cells)} | {_worst(result):+.1%} |"


def _worst(result: dict[str, Any]) -> float:
    excess: float = max(
        (each["cost"]["shems"] - each["cost"]["self_consumption"]) / each["gross_load_cost"]
        for each in result["windows"]
    )
    return excess


def _medians(tariff: str, results: list[dict[str, Any]]) -> str:
    def middle(name: str) -> str:
        shares = [each["captured"][name] for each in results]
        counted = [share for share in shares if share is not None]
        return _percent(median(counted) if counted else None)

    return (
        f"| **median** | {tariff} | | | | | | **{middle('shems')}** "
        f"| {middle('shems_perfect_load_pv')} | {max(_worst(each) for each in results):+.1%} |"
    )


def _percent(share: float | None) -> str:
    return "n/a" if share is None else f"{100 * share:.0f} %"


if __name__ == "__main__":
    sys.exit(main())
