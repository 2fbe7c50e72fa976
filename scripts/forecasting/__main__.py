"""The command line of the forecasts' scores."""

import argparse
import json
import math
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from custom_components.shems.core.units import InputError

from ..simulation.arguments import check_folder, day, positive, zone
from ..simulation.files import read_prices
from .inputs import read
from .messages import sentence
from .prices import scored_prices
from .report import print_result
from .scoring import Task, scored
from .young import print_young, scored_young


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    console = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
    given = parser().parse_args(arguments)
    try:
        result = run(given, console)
    except InputError as error:
        console.print(f"forecast-score: {sentence(error)}", style="red")
        return 2
    (print_young if given.young else print_result)(Console(), result)
    if given.json:
        given.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
        console.print(f"wrote {given.json}")
    return 0


def parser() -> argparse.ArgumentParser:
    """Return what the command understands."""
    command = argparse.ArgumentParser(
        prog="scripts/forecast-score",
        description="Score SHEMS' forecasts on a household's measured past.",
    )
    add = command.add_argument
    add(
        "--home",
        type=Path,
        help="CSV[.gz]: time (UTC, ISO), load_kw[, pv_kw or pv_norm, pv_forecast_kw]",
    )
    add("--quantity", choices=("load", "pv", "price"), default="load", help="default %(default)s")
    add("--tz", default="Europe/Berlin", help="the home's zone (default %(default)s)")
    add("--lat", type=_degrees(90), help="latitude of the home, degrees north")
    add("--lon", type=_degrees(180), help="longitude of the home, degrees east")
    add(
        "--nwp",
        type=Path,
        help="CSV[.gz]: time, issue_time, nwp_direct_w_m2, nwp_diffuse_w_m2, nwp_cloud_pct, "
        "nwp_temperature_c, nwp_snow_depth_cm[, sun_elevation_deg, pv_norm]",
    )
    add("--history", type=Path, help="CSV[.gz] of the same home from before --home or --nwp")
    add("--prices", type=Path, help="CSV[.gz]: time and one price column, currency/kWh")
    add("--start", type=day, help="first local day to score; learning begins with the data")
    add("--days", type=positive, help="days to score (default: all)")
    add(
        "--boosting",
        action="store_true",
        help="let scikit-learn's expert take part; Home Assistant OS has no scikit-learn",
    )
    add(
        "--young",
        type=positive,
        metavar="N",
        help="score the first four weeks instead, as if the home had begun N times, with and "
        "without what is inferred of its roof",
    )
    add("--json", type=Path, metavar="OUT", help="write the result")
    return command


def _degrees(most: float) -> Callable[[str], float]:
    def degrees(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not abs(value) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is no number within {most:g} degrees")
        return value

    return degrees


def run(given: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Check what is asked for before the minutes that it takes, then score it."""
    check_folder(given.json)
    zone(given.tz)
    if given.quantity == "price":
        result = _run_prices(given, console)
        return {"arguments": _arguments(given), "title": f"{given.prices.name}, price", **result}
    if (given.lat is None) != (given.lon is None):
        raise InputError("site_by_half")
    site = None if given.lat is None else (given.lat, given.lon)
    if given.home is None and given.nwp is None:
        raise InputError("home_needed")
    home = read(
        [path for path in (given.history, given.home, given.nwp) if path is not None],
        given.quantity,
        given.tz,
        weather=given.nwp is not None,
        site=site,
    )
    title = (given.home or given.nwp).name
    if given.young:
        result = scored_young(home, given.quantity, given.young)
        return {"arguments": _arguments(given), "title": f"{title}, {given.quantity}", **result}
    task = Task(given.quantity, given.start, given.days, given.boosting)
    result = scored(home, task, console)
    return {"arguments": _arguments(given), "title": f"{title}, {given.quantity}", **result}


def _run_prices(given: argparse.Namespace, console: Console) -> dict[str, Any]:
    if given.prices is None:
        raise InputError("prices_needed")
    market = read_prices(given.prices)
    with console.status("prices"):
        return scored_prices(market, given.tz, given.start, given.days)


def _arguments(given: argparse.Namespace) -> dict[str, Any]:
    return {
        name: str(value) if isinstance(value, Path | datetime) else value
        for name, value in vars(given).items()
    }


if __name__ == "__main__":
    sys.exit(main())
