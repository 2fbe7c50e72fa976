"""What every block promises, whatever it infers."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest

from custom_components.shems.core.infer.block import Block
from custom_components.shems.core.infer.blocks import BLOCKS

HOMES = 6

each_block = pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)


def arrays(observed: Any) -> Iterator[Any]:
    """Yield all arrays of what is seen, parts of parts included."""
    for field in fields(observed):
        part = getattr(observed, field.name)
        if is_dataclass(part):
            yield from arrays(part)
        elif part is not None:
            yield part


def test_blocks_have_names_of_their_own() -> None:
    names = [block.name for block in BLOCKS]
    assert len(set(names)) == len(names)
    for block in BLOCKS:
        parameters = [each.name for each in block.prior.parameters]
        assert len(set(parameters)) == len(parameters)
        assert all(each.low < each.high for each in block.prior.parameters)
        assert all(each.low > 0 for each in block.prior.parameters if each.log)


@each_block
def test_the_same_seed_gives_the_same_homes(block: Block[Any]) -> None:
    one, again, other = (block.simulate(seed, HOMES) for seed in (5, 5, 6))
    assert one.theta.shape == (HOMES, len(block.prior.parameters))
    assert np.all(np.isfinite(block.prior.log_density(one.theta)))
    assert not np.array_equal(one.theta, other.theta)
    for seen, same in zip(arrays(one.observed), arrays(again.observed), strict=True):
        assert len(seen) == HOMES
        assert np.array_equal(seen, same, equal_nan=seen.dtype.kind == "f")


@each_block
def test_features_checks_and_predictions_fit_together(block: Block[Any]) -> None:
    drawn = block.simulate(7, HOMES)
    features = block.features(drawn.observed)
    assert len(features) == HOMES
    assert np.all(np.isfinite(features))
    draws = np.repeat(drawn.theta[:, np.newaxis], 64, axis=1)
    check = block.check(drawn.observed, draws)
    assert check.statistics.shape == (HOMES, len(check.names))
    assert len(set(check.names)) == len(check.names)
    assert check.mild <= set(check.names)
    truth = drawn.observed.held_out
    predicted = block.predict(drawn.observed, draws)
    assert predicted.shape == (HOMES, 64, truth.shape[1])
    known = np.isfinite(predicted[:, 0]) & np.isfinite(truth)
    assert known.any()
    # Whoever knows the truth predicts better than by the mean of all homes.
    middle = np.median(predicted, axis=1)
    assert np.abs(middle - truth)[known].mean() < np.abs(truth - truth[known].mean())[known].mean()


@each_block
def test_every_twist_shows(block: Block[Any]) -> None:
    plain = block.features(block.simulate(8, HOMES).observed)
    for twist in block.twists:
        twisted = block.features(block.simulate(8, HOMES, twist=twist).observed)
        assert not np.allclose(plain, twisted), twist
