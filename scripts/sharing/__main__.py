"""The command line of simulated communities."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Final

from custom_components.shems.core.market.rules import CT
from custom_components.shems.core.units import InputError

from .compare import compare
from .homes import SEASONS, community
from .page import summary, write
from .wired import exchange

_PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "community-savings.md"
_WEEK: Final = 7 * 96


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    given = parser().parse_args(arguments)
    if given.broker:
        return _wired(given)
    found = []
    for season in given.seasons:
        for seed in given.seeds:
            one = compare(seed, season, given.homes, given.slots, given.fees, told=given.told)
            found.append(one)
            if not given.json:
                print(f"Played {season} of community {seed}.", file=sys.stderr)
    if given.json:
        print(json.dumps([asdict(each) for each in found], indent=2))
    else:
        print(summary(found))
    if given.write:
        write(given.write, found)
    return 0


def _wired(given: argparse.Namespace) -> int:
    """Send one community's messages through a broker; return 1 where anything is not as it was."""
    homes = community(given.seeds[0], given.homes, given.seasons[0], given.slots)
    try:
        found = exchange(homes, given.broker, CT * given.fees[0])
    except (OSError, TimeoutError) as error:
        raise InputError("broker_silent", reason=str(error)) from None
    if given.json:
        print(json.dumps(asdict(found), indent=2))
    else:
        print(
            f"{found.messages} messages, {found.refused} of them refused; "
            f"{found.verified} of {found.results} results verified; "
            f"{found.shared_kwh:.1f} kWh shared; the ledger is "
            f"{'' if found.agrees else 'not '}what the meters come to."
        )
    return int(not found.agrees)


def parser() -> argparse.ArgumentParser:
    """Return what the command understands."""
    command = argparse.ArgumentParser(
        prog="scripts/community",
        description="Play communities of seeded homes that share their surplus, each planning "
        "with real forecasts, and compare passive sharing, replanning and the optimum.",
    )
    add = command.add_argument
    add("--homes", type=_count, default=12, help="of a community (%(default)s)")
    add("--slots", type=_count, default=_WEEK, help="quarters of an hour scored (%(default)s)")
    add("--seeds", type=_numbers, default=[1, 2], help="of communities (1,2)")
    add("--seasons", type=_seasons, default=list(SEASONS), help="winter,spring,summer,autumn")
    add("--fees", type=_numbers, default=[6, 18], help="on shared energy, ct/kWh (6,18)")
    add("--told", action="store_true", help="play homes that know their days ahead as well")
    add("--broker", type=_address, metavar="HOST:PORT", help="let one community talk through it")
    add("--json", action="store_true", help="print the figures as JSON")
    add("--write", type=Path, nargs="?", const=_PAGE, metavar="PAGE", help="put tables into a page")
    return command


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("at least one")
    return value


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit():
        raise argparse.ArgumentTypeError("HOST:PORT")
    return host, int(port)


def _numbers(text: str) -> list[int]:
    return [int(each) for each in text.split(",")]


def _seasons(text: str) -> list[str]:
    chosen = text.split(",")
    if unknown := set(chosen) - set(SEASONS):
        raise argparse.ArgumentTypeError(f"no season: {', '.join(sorted(unknown))}")
    return chosen


if __name__ == "__main__":
    try:
        sys.exit(main())
    except InputError as error:
        sys.exit(str(error))
