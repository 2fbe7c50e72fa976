"""The networks that are shipped: made for this simulator, this prior, and this numpy."""

from pathlib import Path
from typing import Any

import pytest

from custom_components.shems.core.infer.block import Block
from custom_components.shems.core.infer.blocks import BLOCKS
from custom_components.shems.core.infer.network import Network
from custom_components.shems.core.infer.reference import error_of_evaluation, outdated

WEIGHTS = Path(__file__).parents[3] / "custom_components" / "shems" / "core" / "infer" / "weights"


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_networks_are_those_of_the_simulator(block: Block[Any]) -> None:
    network = Network.read((WEIGHTS / f"npe_{block.name}.npz").read_bytes(), block.prior)
    assert not outdated(block, network), f"run scripts/train-posterior {block.name}"
    # Densities of sixteen homes as PyTorch had them, with the weights as they are shipped.
    assert error_of_evaluation(block, network) < 1e-4


def test_all_networks_together_are_small_and_none_is_left_over() -> None:
    assert {path.name for path in WEIGHTS.glob("*")} == {f"npe_{each.name}.npz" for each in BLOCKS}
    assert sum(path.stat().st_size for path in WEIGHTS.glob("*")) <= 3_000_000
