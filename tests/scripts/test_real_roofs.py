"""The real roofs that the networks are held against."""

import os
from pathlib import Path

import numpy as np
import pytest

from custom_components.shems.core.infer.network import Network
from custom_components.shems.core.infer.solar import PRIOR
from scripts.calibration.roofs import Fortnight, clear_hours, fontana, history_of, norway

_REPOSITORY = Path(__file__).parents[2]
_DATA = Path(os.environ.get("SHEMS_DATA", _REPOSITORY / "../shared/data"))
_FILE = _REPOSITORY / "custom_components/shems/core/infer/weights/npe_solar.npz"

pytestmark = pytest.mark.skipif(
    not (_DATA / "pv_nwp_norway").is_dir(), reason="measured data of real roofs are not here"
)


@pytest.fixture(name="network", scope="module")
def fixture_network() -> Network:
    return Network.read(_FILE.read_bytes(), PRIOR)


def test_energy_of_norwegian_fortnights_is_foreseen(network: Network) -> None:
    (found,) = norway(network, _DATA)
    assert found.passed, found.measured
    assert "under snow" in found.measured


def test_californian_roofs_have_a_power_that_their_modules_can_have(network: Network) -> None:
    (found,) = fontana(network, _DATA)
    assert found.passed, found.measured


def test_there_is_nothing_to_judge_without_data(network: Network, tmp_path: Path) -> None:
    assert norway(network, tmp_path) == []
    assert fontana(network, tmp_path) == []


def test_weather_is_as_issued_and_clear_hours_are_few() -> None:
    home = history_of(_DATA, "A")
    assert len(home.times) == len(home.irradiance) == 4418
    assert np.nanmax(home.irradiance) < 1000
    clear = clear_hours(_DATA, "01")
    known = np.isfinite(clear.irradiance) & (clear.power_kw > 0)
    assert 0.05 < known.mean() < 0.35


def test_a_fortnight_is_inside_its_band() -> None:
    assert Fortnight(5.0, 4.0, 6.0, snowy=False, verdict="trusted").inside
    assert not Fortnight(7.0, 4.0, 6.0, snowy=False, verdict="trusted").inside
