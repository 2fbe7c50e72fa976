"""The tables of all developer homes, as README and docs show them."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np

from .__main__ import main as simulate
from .apart import DARK_HOMES, Result, dark_table, devices_table
from .arguments import count

_REPOSITORY: Final = Path(__file__).resolve().parents[2]
_HOMES: Final = (
    ("emhass_home/home.csv.gz", "Europe/Paris"),
    ("fontana/home_01.csv.gz", "America/Los_Angeles"),
    ("fontana/home_02.csv.gz", "America/Los_Angeles"),
    ("fontana/home_04.csv.gz", "America/Los_Angeles"),
    ("fontana/home_08.csv.gz", "America/Los_Angeles"),
)
_PARTS: Final = ("solar", "dark", "devices")
_TARIFFS: Final = ("tou", "spot")
_PEAK_PRICE: Final = "4"
"""Per kW and month: about what Flanders bills."""
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
    parser.add_argument(
        "--part",
        choices=_PARTS,
        action="append",
        help="only homes with solar power, without it, or seeded ones with devices",
    )
    parser.add_argument(
        "--seeds", type=count, default=4, help="seeded homes with devices (default %(default)s)"
    )
    parser.add_argument("--days", type=count, help="play only so many days of each home")
    given = parser.parse_args(arguments)
    wanted = given.part or list(_PARTS)
    data = Path(os.environ.get("SHEMS_DATA", _REPOSITORY / "../shared/data"))
    if wanted != ["devices"] and not (data / _PRICES).exists():
        print(f"simulate-all: no {_PRICES} in {data}; set SHEMS_DATA", file=sys.stderr)
        return 2
    with TemporaryDirectory() as scratch:
        target = given.keep or Path(scratch)
        target.mkdir(parents=True, exist_ok=True)
        try:
            for number, part in enumerate(wanted):
                if number:
                    print()
                _print(part, given, data, target)
        except _Failed as failed:
            return failed.status
    return 0


class _Failed(Exception):  # noqa: N818  # it is how a run ended, told already
    """A run that gave no result."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def _print(part: str, given: argparse.Namespace, data: Path, target: Path) -> None:
    """Play the homes of one part and print their table."""
    options = ["--substep", given.substep] if given.substep else []
    if given.days:
        options += ["--days", str(given.days)]
    if part == "devices":
        print(devices_table(_seeded(given.seeds, options, target)))
        return
    extra = options if given.shadow else [*options, "--no-shadow"]
    results = _measured(_HOMES if part == "solar" else DARK_HOMES, extra, data, target)
    if part == "dark":
        print(dark_table(results))
        return
    print(_HEAD)
    for home, tariff, result in results:
        print(_row(home, tariff, result))
    by_tariff = {
        tariff: [result for _, each, result in results if each == tariff] for tariff in _TARIFFS
    }
    for tariff, found in by_tariff.items():
        print(_medians(tariff, found))
    print()
    for tariff, found in by_tariff.items():
        print(_gain(f"`{tariff}`", found))
    print(_gain("all together", [result for _, _, result in results]))


def _measured(
    homes: Sequence[tuple[str, str]], extra: list[str], data: Path, target: Path
) -> list[Result]:
    return [
        (
            home.split(".")[0],
            tariff,
            _played(
                target / f"{home.replace('/', '_').split('.')[0]}_{tariff}.json",
                *("--home", str(data / home), "--prices", str(data / _PRICES)),
                *("--tz", zone, "--tariff", tariff, *extra),
            ),
        )
        for tariff in _TARIFFS
        for home, zone in homes
    ]


def _seeded(seeds: int, extra: list[str], target: Path) -> list[Result]:
    """Play seeded homes with car, heat pump, tank and, in every other row, priced peaks."""
    return [
        (
            f"seed {seed}{', peaks' if peak else ''}",
            tariff,
            _played(
                target / f"seed_{seed}_{tariff}{'_peaks' if peak else ''}.json",
                *("--home", f"seed:{seed}", "--ev", "--heat-pump", "--tariff", tariff),
                *(*peak, *extra),
            ),
        )
        for tariff in _TARIFFS
        for seed in range(1, seeds + 1)
        for peak in ((), ("--peak-tariff", _PEAK_PRICE))
    ]


def _played(out: Path, *arguments: str) -> dict[str, Any]:
    status = simulate([*arguments, "--json", str(out)])
    if status:
        raise _Failed(status)
    found: dict[str, Any] = json.loads(out.read_text())
    return found


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


def _gain(which: str, results: list[dict[str, Any]]) -> str:
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
        return f"{which}: nothing to capture."
    gain, gap = np.array(months).T
    draws = np.random.default_rng(1).integers(len(gain), size=(_DRAWS, len(gain)))
    low, high = np.quantile(gain[draws].sum(axis=1) / gap[draws].sum(axis=1), [0.025, 0.975])
    return (
        f"{which}: the learned forecasts capture {100 * gain.sum() / gap.sum():+.1f} points "
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
