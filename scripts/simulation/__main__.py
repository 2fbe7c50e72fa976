"""The command line of the closed loop."""

import argparse
import json
import math
import sys
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from rich.console import Console

from custom_components.shems.core.horizon import DAY_S, FINE_S
from custom_components.shems.core.plan.objective import Aim
from custom_components.shems.core.plan.solve import SolveError
from custom_components.shems.core.replay.course import Course, Market, default_shift_weeks, join
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

from .arguments import (
    battery,
    check_folder,
    count,
    day,
    home,
    positive,
    price,
    seconds,
    weeks,
    zone,
)
from .compare import Ways, compare
from .files import read_home, read_prices
from .homes import DEFAULT_DAYS, SEEDED, household, seeded_home, with_devices
from .ledger import managed_json, print_managed
from .managers import manage
from .messages import sentence
from .picture import draw
from .report import print_table, to_json
from .seeded import Seeded

_SIMULATED_ZONE = "Europe/Berlin"
_SIMULATED_STEP_S = 1800.0
_SIMULATED_FIRST = datetime(2025, 4, 15, tzinfo=UTC)
_SIMULATED_DAYS = 28


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    console = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
    given = _parser().parse_args(arguments)
    if isinstance(given.home, int):
        given.seed, given.home, given.inside = given.home, None, True
    try:
        _check_outputs(given)
        ways = Ways(given.look_ahead, not given.no_shadow, given.objective, given.scenarios)
        if with_devices(given):
            given.days = given.days or DEFAULT_DAYS
            return _managed(given, console, ways)
        run = _prepare(given)
        comparison = compare(run, console, ways)
    except InputError as error:
        console.print(f"simulate: {sentence(error)}", style="red")
        return 2
    except SolveError as error:
        console.print(f"simulate: the solver found no perfect foresight: {error}.", style="red")
        return 1
    print_table(Console(), given, run, comparison)
    _write(given, console, to_json(given, run, comparison))
    if given.plot:
        draw(given.plot, run, comparison, title=_title(given))
        console.print(f"wrote {given.plot}")
    return 0


def _managed(given: argparse.Namespace, console: Console, ways: Ways) -> int:
    """Play a home with devices; return the exit status."""
    if given.plot is not None:
        raise InputError("plot_of_one_battery")
    home = seeded_home(given) if given.home is None else None
    run = _prepare(given, home)
    played, notes = household(given, run, home, zone(given.price_tz))
    managed = manage(played, console, ways)
    print_managed(Console(), given, played, managed, notes)
    _write(given, console, managed_json(given, played, managed, notes))
    return 0


def _write(given: argparse.Namespace, console: Console, result: dict[str, Any]) -> None:
    if given.json:
        given.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
        console.print(f"wrote {given.json}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/simulate",
        description="Play a household's past again under SHEMS, simple rules and foresight.",
    )
    add = parser.add_argument
    add(
        "--home",
        type=home,
        help="CSV[.gz]: time (UTC, ISO), load_kw[, pv_kw, pv_forecast_kw]; "
        "without it a seeded simulated home; seed:N is that of seed N, minute by minute",
    )
    add("--prices", type=Path, help="CSV[.gz]: time and one price column, currency/kWh")
    add("--tz", default="Europe/Berlin", help="the home's zone (default %(default)s)")
    add("--price-tz", default="Europe/Amsterdam", help="the prices' zone (default %(default)s)")
    add("--tariff", choices=("spot", "tou", "flat"), default="spot")
    add("--battery", default="10kWh:5kW", type=battery, help="default %(default)s")
    add("--start", type=day, help="first local day to score; needs 14 days before it")
    add("--days", type=positive, help="days to score (default: all; 14 with devices)")
    add("--shift-weeks", type=weeks, help="move the home by weeks to meet the prices")
    add("--substep", type=seconds, help="execute and bill in finer steps, for example 1min")
    add("--seed", type=int, default=1, help="of the simulated home (default %(default)s)")
    _add_devices(parser)
    add(
        "--scenarios",
        type=count,
        metavar="N",
        help="plan against N courses of the forecast, without the nightly choice",
    )
    add(
        "--objective",
        type=Aim,
        choices=(Aim.COST, Aim.SELF_SUFFICIENCY),
        default=Aim.COST,
        help="what SHEMS makes least (default %(default)s); the bill tells what that costs",
    )
    add(
        "--look-ahead",
        action="store_true",
        help="let SHEMS look ahead in pv_forecast_kw: optimistic, its issue time is unknown",
    )
    add(
        "--no-shadow",
        action="store_true",
        help="run SHEMS in its standard style, without the nightly choice: faster",
    )
    add("--json", type=Path, metavar="OUT", help="write the result")
    add("--plot", type=Path, metavar="OUT.png", help="draw the result")
    parser.set_defaults(inside=False)
    return parser


def _add_devices(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group(
        "devices", "any of these plays the home with all that can be moved in it"
    ).add_argument
    add(
        "--ev",
        nargs="?",
        const=SEEDED,
        metavar="SESSIONS.csv[.gz]",
        help="a car: plug_in_time, plug_out_time, energy_kwh[, user_id]; without a file a "
        "seeded one",
    )
    add("--ev-user", help="whose sessions (default: who has the most)")
    add("--ev-tz", default="Europe/Oslo", help="the sessions' zone (default %(default)s)")
    add("--heat-pump", action="store_true", help="a heat pump, its house and a hot-water tank")
    add(
        "--weather",
        type=Path,
        help="CSV[.gz]: time, temperature_c; joined as the prices are; without it a seeded one",
    )
    add("--appliances", action="store_true", help="a dishwasher and a washing machine")
    add(
        "--peak-tariff",
        type=price,
        metavar="PRICE",
        help="per kW of the month's highest quarter of an hour, in addition to the tariff",
    )


def _check_outputs(given: argparse.Namespace) -> None:
    """Find what would keep a result from being written before the minutes that it takes."""
    check_folder(given.json)
    check_folder(given.plot)
    if given.plot is not None and given.plot.suffix.lower() != ".png":
        raise InputError("plot_not_png", file=given.plot.name)


def _prepare(given: argparse.Namespace, home: Seeded | None = None) -> Run:
    price_zone = zone(given.price_tz)
    if given.home is None:
        course = _simulated(given) if home is None else home.course
    else:
        if given.prices is None:
            raise InputError("prices_needed")
        course = read_home(given.home, zone(given.tz))
    if given.prices is None:
        price_zone = _SIMULATED_ZONE
        prices = _simulated_prices(given.seed, course)
    else:
        prices = read_prices(given.prices)
    shift = given.shift_weeks
    if shift is None:
        shift = 0 if given.prices is None else default_shift_weeks(course, prices, price_zone)
    market = join(course, prices, price_zone, shift)
    first, last = _period(given, course, market)
    inside = None if home is None else home.inside
    substep_s = given.substep
    if substep_s is None and with_devices(given):
        substep_s = min(float(FINE_S), course.step_s)
    parts = _parts(substep_s, course.step_s)
    tariff = protocol_tariff(given.tariff, course.zone, "EUR")
    battery = protocol_battery(*given.battery)
    run = Run(course, market, tariff, battery, parts, first, last, inside)
    if not run.steps:
        raise InputError("nothing_to_score")
    return run


def _simulated(given: argparse.Namespace) -> Course:
    first = (given.start or _SIMULATED_FIRST).replace(tzinfo=ZoneInfo(_SIMULATED_ZONE))
    begin = first.timestamp() - HISTORY_DAYS * DAY_S
    days = HISTORY_DAYS + (given.days or _SIMULATED_DAYS)
    times, load, solar, forecast = simulated_year(given.seed, begin, days, _SIMULATED_STEP_S)
    return Course(times, _SIMULATED_STEP_S, load, solar, forecast, _SIMULATED_ZONE)


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


def _period(given: argparse.Namespace, course: Course, market: Market) -> tuple[int, int]:
    """Return the steps to score, half-open: after the history, while there are prices."""
    least = round(HISTORY_DAYS * DAY_S / course.step_s)
    first, last = least, len(course.start)
    if given.start is not None:
        day = given.start.replace(tzinfo=ZoneInfo(course.zone)).timestamp()
        first = round((day - course.start[0]) / course.step_s)
        if not least <= first < len(course.start):
            raise _start_outside(given, course)
    known = np.flatnonzero(np.isfinite(market.price[-len(course.start) :][first:]))
    if not len(known):
        raise InputError("prices_do_not_meet_home", shift_weeks=market.shift_weeks)
    first, last = first + int(known[0]), first + int(known[-1]) + 1
    if given.days is not None:
        last = min(last, first + round(given.days * DAY_S / course.step_s))
    return first, last


def _start_outside(given: argparse.Namespace, course: Course) -> InputError:
    zone = ZoneInfo(course.zone)
    earliest = datetime.fromtimestamp(course.start[0] + HISTORY_DAYS * DAY_S, zone)
    if earliest.time() > time():
        earliest += timedelta(days=1)
    return InputError(
        "start_outside",
        start=f"{given.start:%Y-%m-%d}",
        needs_days=HISTORY_DAYS,
        first=f"{earliest:%Y-%m-%d}",
        last=f"{datetime.fromtimestamp(course.start[-1], zone):%Y-%m-%d}",
    )


def _title(given: argparse.Namespace) -> str:
    home = (
        given.home.parent.name + "/" + given.home.name.split(".")[0]
        if given.home
        else (f"simulated home {given.seed}")
    )
    return f"{home}, tariff {given.tariff}"


if __name__ == "__main__":
    sys.exit(main())
