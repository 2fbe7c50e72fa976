"""The command line of the calibration's measures."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from custom_components.shems.core.infer.block import Block
from custom_components.shems.core.infer.blocks import BLOCKS
from custom_components.shems.core.infer.network import Network
from scripts.forecasting.verdict import Verdict

from .cost import cost_of
from .measures import Quality, measured
from .page import Blocks, as_dict, renewed, tables
from .real import CHECKS
from .required import of_block
from .second import second_methods

_REPOSITORY: Final = Path(__file__).resolve().parents[2]
WEIGHTS: Final = _REPOSITORY / "custom_components" / "shems" / "core" / "infer" / "weights"
_SEED: Final = 2_000_000_000
"""Apart from all seeds of training and of alarms."""
_TWISTED: Final = 5
"""A twist is measured on a fifth of the homes: its effects are large."""
_BEGIN: Final = "<!-- calibration -->"
_END: Final = "<!-- /calibration -->"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    console = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
    given = parser().parse_args(arguments)
    wrong = _wrong(given)
    if wrong:
        console.print(f"calibrate: {wrong}", style="red")
        return 2
    data = Path(os.environ.get("SHEMS_DATA", _REPOSITORY / "../shared/data"))
    blocks: Blocks = {}
    verdicts: list[Verdict] = []
    for block in BLOCKS:
        if given.blocks and block.name not in given.blocks:
            continue
        path = given.weights / f"npe_{block.name}.npz"
        if not path.exists():
            console.print(f"calibrate: {block.name} has no networks in {given.weights}")
            continue
        network = Network.read(path.read_bytes(), block.prior)
        blocks[block.name] = _measured(block, network, given.n, console)
        qualities = dict(blocks[block.name])
        verdicts += of_block(block.name, qualities.pop(""), qualities)
        verdicts += cost_of(block, network)
        for check in CHECKS.get(block.name, ()):
            verdicts += check(network, data)
    verdicts += second_methods(given.second)
    _tell(given, blocks, verdicts)
    return 0


def parser() -> argparse.ArgumentParser:
    """Return what the command understands."""
    command = argparse.ArgumentParser(
        prog="scripts/calibrate",
        description="Measure how honest the posteriors of a home's parameters are.",
    )
    add = command.add_argument
    add("blocks", metavar="BLOCK", nargs="*", help="default: all")
    add("--n", type=int, default=5000, help="homes of each block (default %(default)s)")
    add("--second", type=int, default=20, help="homes for exact posteriors (default %(default)s)")
    add("--json", action="store_true", help="print JSON instead of tables")
    add("--write", type=Path, help="page for the tables; rows of unnamed blocks stay")
    add("--weights", type=Path, default=WEIGHTS, help="folder with the networks")
    return command


def _wrong(given: argparse.Namespace) -> str | None:
    """Return in a sentence what cannot be done."""
    known = [block.name for block in BLOCKS]
    for name in given.blocks:
        if name not in known:
            return f"there is no block {name}; choose from {', '.join(known)}."
    page = given.write
    if page is not None and not (page.exists() and _END in page.read_text(encoding="utf-8")):
        return f"{page} has no {_BEGIN} … {_END}."
    return None


def _measured(
    block: Block[Any], network: Network, count: int, console: Console
) -> dict[str, Quality]:
    """Return the quality of homes as they are and with each twist."""
    found = {}
    for twist in (None, *block.twists):
        homes = count if twist is None else max(1, count // _TWISTED)
        console.print(f"{block.name}: {homes} homes, {twist or 'as simulated'}")
        found[twist or ""] = measured(block, network, _SEED, homes, twist)
    return found


def _tell(given: argparse.Namespace, blocks: Blocks, verdicts: list[Verdict]) -> None:
    shown = tables(blocks, verdicts)
    if given.json:
        found = {
            "blocks": {
                name: {twist or "plain": as_dict(quality) for twist, quality in qualities.items()}
                for name, qualities in blocks.items()
            },
            "verdict": [each.as_dict() for each in verdicts],
        }
        print(json.dumps(found, indent=2))
    else:
        print(shown)
    if given.write is not None:
        before, begin, rest = given.write.read_text(encoding="utf-8").partition(_BEGIN)
        old, end, after = rest.partition(_END)
        if given.blocks:
            shown = renewed(old, shown)
        given.write.write_text(f"{before}{begin}\n{shown}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
