"""The command line of what-if."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import BarColumn, Progress, TimeRemainingColumn

from custom_components.shems.core.assets.plane import Site
from custom_components.shems.core.replay.codec import encode
from custom_components.shems.core.replay.course import default_shift_weeks
from custom_components.shems.core.replay.whatif.inquiry import Inquiry
from custom_components.shems.core.replay.whatif.question import Answer, Question, Subject
from custom_components.shems.core.units import InputError

from ..simulation.arguments import battery, check_folder, count, day, price, weeks, zone
from ..simulation.files import read_home, read_prices
from .check import check, check_json, print_check
from .messages import assumed, sentence
from .questions import HELP, change
from .report import print_answer
from .subjects import market_of, subject_of


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    console = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
    given = parser().parse_args(arguments)
    try:
        check_folder(given.json)
        result = _check(console) if given.check else _answer(given, console)
    except InputError as error:
        console.print(f"what-if: {sentence(error)}", style="red")
        return 2
    if given.json:
        given.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
        console.print(f"wrote {given.json}")
    return 0


def parser() -> argparse.ArgumentParser:
    """Return what the command understands."""
    command = argparse.ArgumentParser(
        prog="scripts/what-if",
        description="Answer what a change to a home would bring in a year.",
        formatter_class=argparse.RawTextHelpFormatter,
    )
    add = command.add_argument
    add("--home", type=Path, help="CSV[.gz]: time (UTC, ISO), load_kw[, pv_kw]")
    add("--question", type=change, action="append", default=[], metavar="WHAT", help=HELP)
    add("--prices", type=Path, help="CSV[.gz]: time and one price column, currency/kWh")
    add("--tariff", choices=("spot", "tou", "flat"), default="spot", help="the present contract")
    add("--has", type=battery, metavar="10kWh:5kW", help="the battery that there is")
    add("--price", type=price, help="what the changes cost: tells after how long they are paid")
    add("--tz", default="Europe/Berlin", help="the home's zone (default %(default)s)")
    add("--price-tz", default="Europe/Amsterdam", help="the prices' zone (default %(default)s)")
    add("--shift-weeks", type=weeks, help="move the home by weeks to meet the prices")
    add("--lat", type=float, help="latitude, degrees north")
    add("--lon", type=float, help="longitude, degrees east")
    add("--until", type=day, help="let the past end with this local day's midnight")
    add("--carbon", type=price, metavar="G", help="what the grid emits, g/kWh")
    add("--draws", type=count, default=64, help="years to draw (default %(default)s)")
    add("--json", type=Path, metavar="OUT", help="write the result")
    add("--check", action="store_true", help="foretell second halves of years of real homes")
    return command


def _check(console: Console) -> dict[str, Any]:
    data = Path(os.environ.get("SHEMS_DATA", Path(__file__).parents[3] / "shared" / "data"))
    cases = check(data, console)
    print_check(Console(width=120), cases)
    return check_json(cases)


def _answer(given: argparse.Namespace, console: Console) -> dict[str, Any]:
    if given.home is None:
        raise InputError("home_needed")
    if not given.question:
        raise InputError("question_needed")
    home_zone = zone(given.tz)
    changes = tuple(each(home_zone) for each in given.question)
    inquiry = Inquiry(Question(changes, given.price, given.draws), _subject(given, home_zone))
    with Progress("what if", BarColumn(), TimeRemainingColumn(), console=console) as bar:
        task = bar.add_task("what if", total=1.0)
        while inquiry.advance():
            bar.update(task, completed=inquiry.progress)
    answer = inquiry.answer
    if answer is None:
        raise AssertionError("an inquiry that ended has an answer")
    print_answer(Console(width=100, highlight=False), answer)
    return _json(answer)


def _json(answer: Answer) -> dict[str, Any]:
    told = encode(answer, 4)
    if not isinstance(told, dict):
        raise TypeError("an answer is an object")
    return {**told, "sentences": [assumed(each) for each in answer.assumptions]}


def _subject(given: argparse.Namespace, home_zone: str) -> Subject:
    course = read_home(given.home, home_zone)
    price_zone = zone(given.price_tz)
    shift = given.shift_weeks or 0
    if given.prices is not None:
        prices = read_prices(given.prices)
        if given.shift_weeks is None:
            shift = default_shift_weeks(course, prices, price_zone)
        market = market_of(course, prices, price_zone, shift)
    elif given.tariff == "flat":
        market = None
    else:
        raise InputError("prices_needed")
    if (given.lat is None) != (given.lon is None):
        raise InputError("site_by_half")
    until = None
    if given.until is not None:
        until = given.until.replace(tzinfo=ZoneInfo(home_zone)).timestamp()
    return subject_of(
        course,
        market,
        given.tariff,
        site=None if given.lat is None else Site(given.lat, given.lon),
        battery=given.has,
        until=until,
        carbon_g_per_kwh=given.carbon,
    )


if __name__ == "__main__":
    sys.exit(main())
