"""The command line of training."""

import argparse
import sys
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from rich.console import Console

from custom_components.shems.core.infer.block import Block
from custom_components.shems.core.infer.blocks import BLOCKS
from custom_components.shems.core.infer.classifier import Classifier
from custom_components.shems.core.infer.network import Network
from custom_components.shems.core.units import Floats, InputError

from ..calibration.measures import told_quality
from .classify import Lesson, classified, with_classifier
from .export import arrays_of
from .fit import Samples, Task, fit
from .homes import CHUNK, EXACT, Homes, block_named, chunks, read
from .kinds import LEARNED
from .margins import with_alarms, with_margins

_REPOSITORY: Final = Path(__file__).resolve().parents[2]
_WEIGHTS: Final = _REPOSITORY / "custom_components" / "shems" / "core" / "infer" / "weights"
_CACHE: Final = _REPOSITORY / "build" / "homes"
_HELD_OUT: Final = 0.04
_ALARM_SEED: Final = 3_000_000_000
"""Apart from all seeds of training."""
_TAIL: Final = 0.005
"""Share of homes at either end that does not count for a feature's mean and deviation."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    console = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
    given = parser().parse_args(arguments)
    try:
        block = block_named(given.block)
    except InputError as error:
        console.print(f"train-posterior: there is no block {error.arguments['name']}.", style="red")
        return 2
    run(block, given, console)
    return 0


def parser() -> argparse.ArgumentParser:
    """Return what the command understands."""
    command = argparse.ArgumentParser(
        prog="scripts/train-posterior",
        description="Train the networks that infer a block of a home's parameters.",
    )
    add = command.add_argument
    add("block", metavar="BLOCK", help=", ".join(each.name for each in (*BLOCKS, *EXACT)))
    add("--homes", type=int, default=300_000, help="to simulate (default %(default)s)")
    add("--seed", type=int, default=1, help="default %(default)s")
    add("--width", type=int, default=160, help="of the networks' layers (default %(default)s)")
    add("--epochs", type=int, default=24, help="passes through the homes (default %(default)s)")
    add("--processes", type=int, default=1, help="that simulate (default %(default)s)")
    add("--threads", type=int, default=1, help="that train (default %(default)s)")
    add("--told", type=int, default=150_000, help="of each kind that alarms learn to tell")
    add("--checked", type=int, default=6000, help="fresh homes for alarms (default %(default)s)")
    add(
        "--keep-weights",
        action="store_true",
        help="leave the posteriors of the networks in --out; make only alarms anew",
    )
    add("--cache", type=Path, default=_CACHE, help="where simulated homes are kept")
    add("--out", type=Path, default=_WEIGHTS, help="where the networks are written")
    return command


def run(block: Block[Any], given: argparse.Namespace, console: Console) -> Path:
    """Simulate, train, export; return the file."""
    path: Path = given.out / f"npe_{block.name}.npz"
    if given.keep_weights:
        with np.load(path) as file:
            made = dict(file)
    else:
        made = posteriors(block, given, console)
    if block.name in LEARNED:
        made = with_classifier(block, made, told_kinds(block, made, given, console))
    made = with_alarms(block, made, _ALARM_SEED + given.seed, given.checked)
    given.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **made)
    console.print(f"wrote {path}, {path.stat().st_size / 1e6:.2f} MB")
    console.print(told_quality(block, Network.of(made, block.prior), _ALARM_SEED - 1))
    return path


def posteriors(block: Block[Any], given: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Return the arrays of networks that infer, with their margins."""
    homes = simulated_homes(block, given, console, given.homes)
    console.print(f"{len(homes.theta)} homes, {homes.features.shape[1]} features")
    kept = max(1, round(len(homes.theta) * _HELD_OUT))
    weights, standard = trained(block, homes, kept, given, console)
    about = {"homes": given.homes, "seed": given.seed, "epochs": given.epochs}
    made = arrays_of(block, weights, standard, about)
    held_out = Homes(homes.features[:kept], homes.theta[:kept])
    return with_margins(block, made, held_out, given.seed)


def simulated_homes(
    block: Block[Any],
    given: argparse.Namespace,
    console: Console,
    count: int,
    twist: str | None = None,
) -> Homes:
    """Return so many homes, simulated or kept from before."""
    files = []
    for file in chunks(block, given.seed, count, given.cache, given.processes, twist):
        files.append(file)
        if len(files) % 10 == 0:
            console.print(f"{len(files) * CHUNK} homes simulated, {twist or 'as they are'}")
    return read(files, count)


def told_kinds(
    block: Block[Any], made: dict[str, Any], given: argparse.Namespace, console: Console
) -> Classifier:
    """Return what tells homes of other kinds from twice as many usual ones.

    The first of every kind are kept apart and say how many are found.
    """
    standard = Network.of(made, block.prior).standard
    learned = LEARNED[block.name]
    shown = [
        standard(simulated_homes(block, given, console, given.told * more, twist).features)
        for more, twist in [(2, None), *((1, kind.twist) for kind in learned.kinds.values())]
    ]
    kept = [max(1, round(len(each) * _HELD_OUT)) for each in shown]
    usual, *others = (each[some:] for each, some in zip(shown, kept, strict=True))
    torch.set_num_threads(given.threads)
    lesson = Lesson(learned.widths, given.epochs, given.seed)
    found = classified(tuple(learned.kinds), usual, others, lesson, console.print)
    tested = found.logits(shown[0][: kept[0]])
    for at, (name, kind) in enumerate(learned.kinds.items()):
        limit = np.quantile(tested[:, at], 1 - kind.false_alarms)
        share = np.mean(found.logits(shown[at + 1][: kept[at + 1]])[:, at] > limit)
        console.print(f"{name}: {share:.1%} found at {kind.false_alarms:.2%} false alarms")
    return found


def trained(
    block: Block[Any], homes: Homes, kept: int, given: argparse.Namespace, console: Console
) -> tuple[list[np.ndarray[Any, Any]], tuple[Floats, Floats]]:
    """Return the networks' weights, and the features' mean and deviation.

    The first homes are kept apart: they say when the networks were best.
    """
    low, high = np.quantile(homes.features, [_TAIL, 1 - _TAIL], axis=0)
    inner = np.clip(homes.features, low, high)
    mean, deviation = inner.mean(axis=0), inner.std(axis=0)
    # One that is always the same tells nothing, whatever it is.
    deviation = np.where(deviation > 1e-9, deviation, 1.0)
    shown = np.clip((homes.features - mean) / deviation, -6.0, 6.0)
    values = block.prior.unbounded(homes.theta)
    task = Task(given.width, given.epochs, given.seed, given.threads)
    weights = fit(
        Samples(shown[kept:], values[kept:]),
        Samples(shown[:kept], values[:kept]),
        task,
        console.print,
    )
    return weights, (mean, deviation)


if __name__ == "__main__":
    sys.exit(main())
