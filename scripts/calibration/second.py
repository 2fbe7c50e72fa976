"""Networks beside exact posteriors: a linear-Gaussian line, and a battery without nuisances."""

from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from sklearn.model_selection import cross_val_score
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from custom_components.shems.core.infer.network import Network
from custom_components.shems.core.units import Floats
from scripts.forecasting.verdict import Verdict, within

from .plain import PlainBattery
from .toy import Toy

WEIGHTS: Final = Path(__file__).parent / "weights"
MOST: Final = 0.6
_SEED: Final = 4_000_000_000
_DRAWS: Final = 1000
_FOLDS: Final = 5


def told_apart(one: Floats, other: Floats) -> float:
    """Return how often a classifier tells draws of two posteriors apart, (S, D) each.

    A half if they are the same (classifier two-sample test, J.-M. Lueckmann et al., 2021).
    """
    size = 10 * one.shape[1]
    network = MLPClassifier((size, size), max_iter=300, early_stopping=True, random_state=1)
    known = np.repeat([0, 1], [len(one), len(other)])
    scores = cross_val_score(
        make_pipeline(StandardScaler(), network), np.concatenate([one, other]), known, cv=_FOLDS
    )
    return float(scores.mean())


def of_toy(network: Network, count: int) -> list[float]:
    """Return how well posteriors of lines are told from exact ones."""
    toy, random = Toy(), np.random.default_rng(1)
    points = toy.simulate(_SEED, count).observed.points
    draws = network.sample(points, random, _DRAWS)
    exact = [toy.exact(each, random, _DRAWS) for each in points]
    return [_compared(toy.prior, *each) for each in zip(draws, exact, strict=True)]


def of_battery(network: Network, count: int) -> list[float]:
    """Return how well posteriors of batteries are told from those of long chains."""
    block, random = PlainBattery(), np.random.default_rng(1)
    homes = block.simulate(_SEED, count).observed
    draws = network.sample(block.features(homes), random, _DRAWS)
    found = []
    for at, drawn in enumerate(draws):
        home = replace(
            homes, **{each.name: getattr(homes, each.name)[at : at + 1] for each in fields(homes)}
        )
        found.append(_compared(block.prior, drawn, block.exact(home, random, _DRAWS)))
    return found


def second_methods(count: int) -> list[Verdict]:
    """Judge both on some homes; none if there are to be no homes."""
    if not count:
        return []
    cases: list[tuple[Any, Any]] = [(Toy(), of_toy), (PlainBattery(), of_battery)]
    found = []
    for block, compare in cases:
        scores = compare(read(block), count)
        note = f" (worst of {count}: {max(scores):.3f})"
        name = f"{block.name}: C2ST to the exact posterior, mean"
        found.append(within(name, float(np.mean(scores)), MOST, form=".3f", note=note))
    return found


def read(block: Any) -> Network:
    """Return the networks that are kept beside this file."""
    return Network.read((WEIGHTS / f"npe_{block.name}.npz").read_bytes(), block.prior)


def _compared(prior: Any, one: Floats, other: Floats) -> float:
    return told_apart(prior.unbounded(one), prior.unbounded(other))
