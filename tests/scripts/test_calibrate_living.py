"""Real homes' loads against what the posterior says of the fortnight after."""

from pathlib import Path

import numpy as np
import pytest

from custom_components.shems.core.horizon import DAY_S
from custom_components.shems.core.infer.living import Living
from custom_components.shems.core.infer.network import Network
from scripts.calibration.lived import check, covered_by, pairs_of
from scripts.comparison.real import Windows

WEIGHTS = (
    Path(__file__).parents[2]
    / "custom_components"
    / "shems"
    / "core"
    / "infer"
    / "weights"
    / "npe_living.npz"
)


@pytest.fixture
def network() -> Network:
    """Return the networks that are shipped."""
    return Network.read(WEIGHTS.read_bytes(), Living.prior)


def home(starts: list[int], seed: int = 5) -> Windows:
    """Return a simulated home's windows that begin on days of 2024."""
    later = Living().simulate(seed, 1).observed.held_out[0]
    power = np.tile(np.tile(later, 2), (len(starts), 1))
    first = np.datetime64("2024-01-01").astype("datetime64[D]").astype(np.int64)
    return Windows(
        "made up", 52.0, power, np.zeros(len(starts)), (first + np.array(starts)) * float(DAY_S)
    )


def test_windows_are_followed_by_the_next_one() -> None:
    observed = pairs_of(home([0, 28, 84, 112]))
    assert observed.day.tolist() == [0, 84]
    assert observed.held_out.shape == (2, 336)


def test_bands_cover_a_home_that_stays_the_same(network: Network) -> None:
    share, rejected = covered_by(network, pairs_of(home([0, 28, 56])))
    assert share == pytest.approx(1.0, abs=0.15)
    assert rejected in {0.0, 1.0}


def test_no_data_no_verdict(network: Network, tmp_path: Path) -> None:
    assert check(network, tmp_path / "none") == []
