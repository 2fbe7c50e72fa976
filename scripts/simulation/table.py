"""The table of all developer homes, as the README shows it."""

import argparse
import json
import os
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np

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
    "| captured | with the seven-day mean | told load and solar | worst fortnight |\n"
    "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)
_SHARES: Final = ("shems", "shems_seven_day_mean", "shems_perfect_load_pv")
_DRAWS: Final = 10_000
_FORTNIGHTS: Final = 2
"""A home-month is two of the protocol's windows."""


def main(arguments: list[str] | None = None) -> int:
    """Run every home under every tariff; print one row each and the medians."""
    parser = argparse.ArgumentParser(prog="scripts/simulate-all", description=__doc__)
    parser.add_argument("--substep", help="execute and bill in finer steps, for example 1min")
    parser.add_argument("--keep", type=Path, help="directory for the JSON of every run")
    parser.add_argument(
        "--shadow", action="store_true", help="let each night's replay choose the style: slow"
    )
    given = parser.parse_args(arguments)
    data = Path(os.environ.get("SHEMS_DATA", _REPOSITORY / "../shared/data"))
    if not (data / _PRICES).exists():
        print(f"simulate-all: no {_PRICES} in {data}; set SHEMS_DATA", file=sys.stderr)
        return 2
    extra = ["--substep", given.substep] if given.substep else []
    if not given.shadow:
        extra.append("--no-shadow")
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
    by_tariff = {
        tariff: [result for _, each, result in rows if each == tariff] for tariff in ("tou", "spot")
    }
    for tariff, results in by_tariff.items():
        print(_medians(tariff, results))
    print()
    for tariff, results in by_tariff.items():
        print(_gain(tariff, results))
    return 0


def _row(home: str, tariff: str, result: dict[str, Any]) -> str:
    cost = {name: each["cost"] for name, each in result["controllers"].items()}
    names = ("no_battery", "self_consumption", "timer", "shems", "perfect_foresight")
    cells = [f"{cost[name]:.0f}" for name in names]
    cells[3] = f"**{cells[3]}**"
    shares = result["captured"]
    cells += [_percent(shares[name]) for name in _SHARES]
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
        f"| {middle('shems_seven_day_mean')} | {middle('shems_perfect_load_pv')} "
        f"| {max(_worst(each) for each in results):+.1%} |"
    )


def _gain(tariff: str, results: list[dict[str, Any]]) -> str:
    """Return what the learned forecasts capture more, with a bootstrap over home-months.

    Σ(cost with the seven-day mean - cost) / Σ(best rule - foresight), drawn with replacement
    from the months of every home in which there is something to capture.
    """
    months = [
        month
        for result in results
        if result["captured"]["shems"] is not None
        for month in _months(result)
    ]
    if not months:
        return f"`{tariff}`: nothing to capture."
    gain, gap = np.array(months).T
    draws = np.random.default_rng(1).integers(len(gain), size=(_DRAWS, len(gain)))
    low, high = np.quantile(gain[draws].sum(axis=1) / gap[draws].sum(axis=1), [0.025, 0.975])
    return (
        f"`{tariff}`: the learned forecasts capture {100 * gain.sum() / gap.sum():+.1f} points "
        f"more than the seven-day mean under the same controller (95 % of the bootstrap over "
        f"{len(gain)} home-months: {100 * low:+.1f} to {100 * high:+.1f})."
    )


def _months(result: dict[str, Any]) -> list[tuple[float, float]]:
    """Return gain and gap of each month of a home."""
    costs = [window["cost"] for window in result["windows"]]
    pairs = [costs[at : at + _FORTNIGHTS] for at in range(0, len(costs), _FORTNIGHTS)]
    return [
        (
            sum(cost["shems_seven_day_mean"] - cost["shems"] for cost in pair),
            sum(cost[result["best_rule"]] - cost["perfect_foresight"] for cost in pair),
        )
        for pair in pairs
    ]


def _percent(share: float | None) -> str:
    return "n/a" if share is None else f"{100 * share:.0f} %"


if __name__ == "__main__":
    sys.exit(main())
