"""The command line of order books and allocations."""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from custom_components.shems.core.market.allocate import allocate
from custom_components.shems.core.market.auction import clear
from custom_components.shems.core.units import InputError, Ints

from .case import book, load, slot

BOOK: Final = (
    '{"orders": {"bids": [{"id", "home", "wh", "rate_ct_kwh"}], "offers": [...]}}; '
    'where wanted "bounds_ct_kwh": [low, high] and "slot": epoch s, which turns ties'
)
HOMES: Final = (
    '{"mode": "dynamic_pro_rata" or "static_key", '
    '"homes": [{"home", "import_wh", "export_wh", "key_ppm"}]}; '
    'where wanted "slot": epoch s, which turns ties'
)
SENTENCES: Final = {
    "file_missing": "there is no file {file}.",
    "file_not_json": "{file} holds no JSON object.",
    "case_field": "{field} must be {kind}.",
    "case_bounds": "the lower of bounds_ct_kwh must come first.",
    "market_duplicate": "{name} comes twice.",
    "market_key_sum": "the keys add up to {sum} ppm, which is more than 1000000.",
    "market_too_large": "a number or a sum is too large to count with.",
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    given = _parser().parse_args(arguments)
    try:
        content = load(given.file)
        answer = _cleared(content) if given.action == "clear" else _allocated(content)
    except InputError as error:
        print(f"market: {SENTENCES[error.code].format(**error.arguments)}", file=sys.stderr)
        return 2
    print(json.dumps(answer, indent=2))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/market",
        description="Clear an order book, or share a slot's energy; print the result as JSON.",
    )
    actions = parser.add_subparsers(dest="action", required=True)
    for name, told, form in (
        ("clear", "auction of one slot: most welfare, then most volume, one price", BOOK),
        ("allocate", "who gets how much of the community's energy", HOMES),
    ):
        action = actions.add_parser(name, help=told, description=f"{told}.")
        action.add_argument("file", type=Path, metavar="FILE.json", help=form)
    return parser


def _cleared(content: Mapping[str, Any]) -> dict[str, Any]:
    case = book(content)
    found = clear(case.orders, case.slot, case.bounds)
    return {
        "volume_wh": found.volume_wh,
        "price_ct_kwh": None if found.price is None else _decimal(found.price, 6),
        "welfare_ct": _decimal(found.welfare, 9),
        "fills": dict(found.fills),
    }


def _allocated(content: Mapping[str, Any]) -> dict[str, Any]:
    case = slot(content)
    found = allocate(case.homes, case.import_wh, case.export_wh, case.slot, case.key_ppm)

    def named(wh: Ints) -> dict[str, int]:
        return dict(zip(case.homes, wh.tolist(), strict=True))

    return {
        "shared_wh": found.shared_wh,
        "from_community_wh": named(found.from_community),
        "to_community_wh": named(found.to_community),
        "from_grid_wh": named(found.from_grid),
        "to_grid_wh": named(found.to_grid),
    }


def _decimal(units: int, digits: int) -> float:
    """Move the point; a whole number stays one, however large."""
    scale = int(10**digits)
    whole, rest = divmod(units, scale)
    return whole if rest == 0 else units / scale


if __name__ == "__main__":
    sys.exit(main())
