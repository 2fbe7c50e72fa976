"""The command line of the closed loop."""

import argparse
import json
import math
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from rich.console import Console

from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.replay.course import Course, default_shift_weeks, join
from custom_components.shems.core.replay.run import (
    HISTORY_DAYS,
    Run,
    protocol_battery,
    protocol_tariff,
)
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import InputError
from custom_components.shems.core.world.home import simulated_year
from custom_components.shems.core.world.prices import market as simulated_market

from .compare import compare
from .files import read_home, read_prices
from .picture import draw
from .report import print_table, to_json

_SIMULATED_ZONE = "Europe/Berlin"
_SIMULATED_START = datetime(2025, 1, 1, tzinfo=UTC).timestamp()


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    console = Console(stderr=True)
    given = _parser().parse_args(arguments)
    try:
        run, shift_weeks = _prepare(given)
        comparison = compare(run, console, look_ahead=given.look_ahead)
    except InputError as error:
        console.print(f"[red]simulate:[/] {error}", highlight=False)
        return 2
    print_table(Console(), given, run, comparison)
    if given.json:
        Path(given.json).write_text(
            json.dumps(to_json(given, run, comparison, shift_weeks), indent=2) + "\n"
        )
        console.print(f"wrote {given.json}")
    if given.plot:
        draw(Path(given.plot), run, comparison, title=_title(given))
        console.print(f"wrote {given.plot}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/simulate",
        description="Play a household's past again under SHEMS, simple rules and foresight.",
    )
    add = parser.add_argument
    add(
        "--home",
        type=Path,
        help="CSV[.gz]: time (UTC, ISO), load_kw[, pv_kw, pv_forecast_kw]; "
        "without it a seeded simulated home",
    )
    add("--prices", type=Path, help="CSV[.gz]: time and one price column, currency/kWh")
    add("--tz", default="Europe/Berlin", help="the home's zone (default %(default)s)")
    add("--price-tz", default="Europe/Amsterdam", help="the prices' zone (default %(default)s)")
    add("--tariff", choices=("spot", "tou", "flat"), default="spot")
    add("--battery", default="10kWh:5kW", type=_battery, help="default %(default)s")
    add("--start", type=_day, help="first local day to score; needs 14 days before it")
    add("--days", type=_positive, help="days to score (default: all)")
    add("--shift-weeks", type=int, help="move the home by weeks to meet the prices")
    add("--substep", type=_seconds, help="execute and bill in finer steps, for example 1min")
    add("--seed", type=int, default=1, help="of the simulated home (default %(default)s)")
    add(
        "--look-ahead",
        action="store_true",
        help="let SHEMS look ahead in pv_forecast_kw: optimistic, its issue time is unknown",
    )
    add("--json", metavar="OUT", help="write the result")
    add("--plot", metavar="OUT.png", help="draw the result")
    return parser


def _battery(text: str) -> tuple[float, float]:
    match = re.fullmatch(r"([\d.]+)kWh:([\d.]+)kW", text)
    if not match or not (sizes := tuple(float(each) for each in match.groups())) or min(sizes) <= 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not like 10kWh:5kW")
    return sizes[0], sizes[1]


def _day(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2024-05-01") from None


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of days")
    return int(text)


def _seconds(text: str) -> float:
    match = re.fullmatch(r"(\d+)(s|min)", text)
    if not match or not int(match[1]):
        raise argparse.ArgumentTypeError(f"{text!r} is not like 1min or 30s")
    return int(match[1]) * (60.0 if match[2] == "min" else 1.0)


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except ZoneInfoNotFoundError, ValueError:
        raise InputError("zone_unknown", zone=name) from None
    return name


def _prepare(given: argparse.Namespace) -> tuple[Run, int]:
    price_zone = _zone(given.price_tz)
    if given.home is None:
        course = _simulated(given)
    else:
        if given.prices is None:
            raise InputError("prices_needed", hint="--prices FILE.csv")
        course = read_home(given.home, _zone(given.tz))
    if given.prices is None:
        price_zone = _SIMULATED_ZONE
        prices = _simulated_prices(given.seed, course)
    else:
        prices = read_prices(given.prices)
    shift = given.shift_weeks
    if shift is None:
        shift = 0 if given.prices is None else default_shift_weeks(course, prices, price_zone)
    market = join(course, prices, price_zone, shift)
    first, last = _period(given, course, market.price[-len(course.start) :])
    parts = _parts(given.substep, course.step_s)
    tariff = protocol_tariff(given.tariff, course.zone, "EUR")
    run = Run(course, market, tariff, protocol_battery(*given.battery), parts, first, last)
    if not run.steps:
        raise InputError("nothing_to_score")
    return run, shift


def _simulated(given: argparse.Namespace) -> Course:
    days = HISTORY_DAYS + (given.days or 28)
    times, load, solar, forecast = simulated_year(given.seed, _SIMULATED_START, days, 900.0)
    return Course(times, 900.0, load, solar, forecast, _SIMULATED_ZONE)


def _simulated_prices(seed: int, course: Course) -> Series:
    before = course.start[0] - course.step_s * np.arange(round(28 * DAY_S / course.step_s), 0, -1)
    times = np.concatenate([before, course.start])
    return Series(times, times + course.step_s, simulated_market(seed, times, course.zone))


def _parts(substep_s: float | None, step_s: float) -> int:
    if substep_s is None:
        return 1
    parts = step_s / substep_s
    if parts < 1 or not math.isclose(parts, round(parts)):
        raise InputError("substep_does_not_divide", substep_s=substep_s, step_s=step_s)
    return round(parts)


def _period(given: argparse.Namespace, course: Course, price: Any) -> tuple[int, int]:
    """Return the steps to score, half-open: after the history, while there are prices."""
    least = round(HISTORY_DAYS * DAY_S / course.step_s)
    first, last = least, len(course.start)
    if given.start is not None:
        day = given.start.replace(tzinfo=ZoneInfo(course.zone)).timestamp()
        first = round((day - course.start[0]) / course.step_s)
        if not least <= first < len(course.start):
            raise InputError(
                "start_outside", start=f"{given.start:%Y-%m-%d}", needs_days=HISTORY_DAYS
            )
    known = [step for step in range(first, last) if math.isfinite(price[step])]
    if not known:
        raise InputError("prices_do_not_meet_home")
    last = known[-1] + 1
    if given.days is not None:
        last = min(last, first + round(given.days * 24 * HOUR_S / course.step_s))
    return first, last


def _title(given: argparse.Namespace) -> str:
    home = (
        given.home.parent.name + "/" + given.home.name.split(".")[0]
        if given.home
        else (f"simulated home {given.seed}")
    )
    return f"{home}, tariff {given.tariff}"


if __name__ == "__main__":
    sys.exit(main())
