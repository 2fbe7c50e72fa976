"""Training: thresholds, chunks that are kept, and PyTorch beside numpy."""

import os
import re
import subprocess
from pathlib import Path

import numpy as np
import pytest

from custom_components.shems.core.infer.judge import alarms_of, checked
from custom_components.shems.core.infer.network import Network
from custom_components.shems.core.infer.reference import error_of_evaluation, outdated
from custom_components.shems.core.units import InputError
from scripts.calibration.toy import Toy
from scripts.training.homes import block_named, chunks, read
from scripts.training.kinds import LEARNED, Kind, Learned
from scripts.training.margins import thresholds, with_alarms
from tests.core.infer.test_judge import classifying

ROOT = Path(__file__).resolve().parents[2]
TORCH = ROOT / ".venv" / "train" / "bin" / "python"

TRAIN = """
import sys
from pathlib import Path
from rich.console import Console
from scripts.calibration.toy import Toy
from scripts.training import kinds
from scripts.training.__main__ import parser, run
kinds.LEARNED["toy"] = kinds.Learned({"bow": kinds.Kind("bent", 0.005)})
given = parser().parse_args(["toy", *sys.argv[1:]])
run(Toy(), given, Console())
"""


def test_one_level_for_all_alarms_lets_few_homes_pass() -> None:
    random = np.random.default_rng(1)
    statistics = random.lognormal(size=(20_000, 3)) * [1, 10, 100]
    statistics[:4000, 1] = np.nan
    limits = thresholds(statistics, 0.015)
    raised = statistics > limits
    assert np.mean(raised.any(axis=1)) == pytest.approx(0.015, abs=0.002)
    assert raised.mean(axis=0) == pytest.approx([0.005] * 3, abs=0.002)


def test_a_learned_alarm_has_its_own_share_of_false_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    known = classifying(0.0)
    learned = Learned({"high": Kind("bent", 0.05)}, checked=0.01)
    monkeypatch.setitem(LEARNED, "toy", learned)
    made = with_alarms(Toy(), dict(known.about), 7, 4000)
    assert made["alarms"].tolist() == ["noise", "high"]
    network = Network.of(made, Toy.prior)
    drawn = Toy().simulate(90, 4000)
    features = Toy().features(drawn.observed)
    draws = network.sample(features, np.random.default_rng(1), 64)
    raised = alarms_of(checked(Toy(), network, drawn.observed, features, draws), network)
    assert raised.mean(axis=0) == pytest.approx([0.01, 0.05], abs=0.012)


def test_chunks_are_taken_up_where_they_ended(tmp_path: Path) -> None:
    first = list(chunks(Toy(), 1, 2000, tmp_path, 1))
    times = [file.stat().st_mtime_ns for file in first]
    again = list(chunks(Toy(), 1, 3000, tmp_path, 1))
    assert again[:2] == first
    assert len(again) == 3
    assert [file.stat().st_mtime_ns for file in first] == times
    homes = read(again, 2500)
    assert homes.features.shape == (2500, 12)
    assert homes.theta.shape == (2500, 2)
    # No chunk is another one again.
    assert len(np.unique(homes.theta[:, 0])) == 2500


def test_a_block_is_known_by_its_name() -> None:
    with pytest.raises(InputError, match="block unknown"):
        block_named("attic")


@pytest.mark.skipif(not TORCH.exists(), reason="no PyTorch: run scripts/setup train")
def test_numpy_says_what_pytorch_says(tmp_path: Path) -> None:
    options = (
        "--homes",
        "4000",
        "--width",
        "24",
        "--epochs",
        "4",
        "--told",
        "2000",
        "--checked",
        "1000",
    )
    done = subprocess.run(
        [TORCH, "-c", TRAIN, *options, "--cache", tmp_path / "homes", "--out", tmp_path],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    network = Network.read((tmp_path / "npe_toy.npz").read_bytes(), Toy.prior)
    assert error_of_evaluation(Toy(), network) < 1e-4
    assert not outdated(Toy(), network)
    assert network.alarms == ("noise", "bow")
    assert network.classifier is not None
    said = network.classifier.logits(
        network.standard(
            np.stack(
                [Toy().simulate(5, 200, twist=twist).observed.points for twist in (None, "bent")]
            ).reshape(400, -1)
        )
    )[:, 0].reshape(2, 200)
    assert np.mean(said[0] > network.thresholds[1]) < 0.04
    assert np.mean(said[1] > network.thresholds[1]) > 0.5
    assert "bow: " in done.stdout
    assert int(network.about["homes"]) == 4000
    assert "2000 fresh homes: gain" in done.stdout


@pytest.mark.skipif(not TORCH.exists(), reason="no PyTorch: run scripts/setup train")
def test_a_network_says_how_many_homes_could_be_noticed() -> None:
    asked = ("battery", "time_shift", "--homes", "800", "--epochs", "4")
    done = subprocess.run(
        [TORCH, "-m", "scripts.training.told_apart", *asked],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    found = re.fullmatch(
        r"([\d.]+)% found at 2% false alarms, area under the curve ([\d.]+)\n", done.stdout
    )
    assert found is not None, done.stdout
    # A clock that is an hour off is hard to overlook.
    assert float(found[2]) > 0.8
