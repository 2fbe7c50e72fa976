"""The networks that are shipped: made for this simulator, this prior, and this numpy."""

from pathlib import Path

import pytest

from custom_components.shems.core.infer.blocks import BLOCKS
from custom_components.shems.core.infer.network import Network
from custom_components.shems.core.infer.reference import error_of_evaluation, outdated

WEIGHTS = Path(__file__).parents[3] / "custom_components" / "shems" / "core" / "infer" / "weights"
NAMES = sorted(path.stem.removeprefix("npe_") for path in WEIGHTS.glob("npe_*.npz"))


@pytest.mark.parametrize("name", NAMES)
def test_networks_are_those_of_the_simulator(name: str) -> None:
    (block,) = [each for each in BLOCKS if each.name == name]
    network = Network.read((WEIGHTS / f"npe_{name}.npz").read_bytes(), block.prior)
    assert not outdated(block, network), f"run scripts/train-posterior {name}"
    # Densities of sixteen homes as PyTorch had them, with the weights as they are shipped.
    assert error_of_evaluation(block, network) < 1e-4


def test_all_networks_together_are_small() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.glob("*")) <= 3_000_000
