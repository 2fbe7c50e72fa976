"""What-if at the command line: answers from files, and errors a person understands."""

import json
import math
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
BEGIN = datetime(2024, 4, 30, 22, tzinfo=UTC)
DAYS = 9


@pytest.fixture
def home(tmp_path: Path) -> Path:
    noise = np.random.default_rng(1)
    lines = ["time,load_kw,pv_kw"]
    for number in range(24 * DAYS):
        hour = number % 24
        load = 0.3 + 1.4 * (17 <= hour < 22) + 0.3 * noise.random()
        solar = max(0.0, 3.5 * math.sin((hour - 6) / 12 * math.pi)) * noise.uniform(0.2, 1)
        time = BEGIN + timedelta(hours=number)
        lines.append(f"{time:%Y-%m-%dT%H:%M:%SZ},{load:.4f},{solar:.4f}")
    return write(tmp_path / "home.csv", lines)


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    lines = ["time,eur_per_kwh"]
    for number in range(24 * (DAYS + 30)):
        hour = number % 24
        time = BEGIN - timedelta(days=394) + timedelta(hours=number)
        lines.append(f"{time:%Y-%m-%dT%H:%M:%SZ},{0.1 + 0.08 * (17 <= hour < 21):.4f}")
    return write(tmp_path / "prices.csv", lines)


def write(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def what_if(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scripts.whatif", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )


def test_a_contract_and_neighbours_are_answered(home: Path, prices: Path, tmp_path: Path) -> None:
    out = tmp_path / "answer.json"
    done = what_if(
        *("--home", home, "--prices", prices, "--tariff", "flat", "--draws", "8"),
        *("--question", "community=0.2:0.05", "--question", "tariff=tou:peaks=5"),
        *("--price", "500", "--carbon", "300", "--lat", "52.5", "--lon", "13.4", "--json", out),
    )
    assert done.returncode == 0, done.stderr
    assert "in four years of five" in done.stdout
    assert "Paid back after" in done.stdout
    told = json.loads(out.read_text())
    assert told["saving"]["low"] <= told["saving"]["median"] <= told["saving"]["high"]
    assert told["before"]["carbon_kg"]["median"] == pytest.approx(
        0.3 * told["before"]["bought_kwh"]["median"], rel=1e-3
    )
    assert any("9 days of the past" in each for each in told["sentences"])


def test_every_kind_of_question_is_understood() -> None:
    from scripts.whatif.questions import change

    asked = {
        "battery=10kWh:5kW": "battery",
        "solar=5kWp": "solar",
        "solar=5kWp:30:90": "solar",
        "tariff=spot": "tariff",
        "car=mon-fri@7-17.5:8kWh,sat@10-14:15kWh": "car",
        "heat-pump=12000kWh:0.11": "heat_pump",
        "heat-pump=12000kWh:direct": "heat_pump",
        "insulation=20%": "insulation",
        "setpoint=-1K:3000kWh": "setpoint",
        "community=0.15": "community",
        "without-shems": "without_shems",
    }
    for text, kind in asked.items():
        assert kind == change(text)("Europe/Berlin").KIND


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--question", "without-shems"], "There is no home to ask about"),
        (["--home", "HOME"], "Nothing is asked"),
        (["--home", "HOME", "--question", "tariff=spot"], "--prices FILE.csv"),
        (["--home", "HOME", "--question", "solar=5kWp", "--tariff", "flat"], "--lat and --lon"),
        (
            ["--home", "HOME", "--question", "without-shems", "--tariff", "flat", "--lat", "5"],
            "both --lat and --lon",
        ),
        (
            [
                *("--home", "HOME", "--question", "without-shems", "--tariff", "flat"),
                *("--until", "2024-05-04"),
            ],
            "but 7 are needed",
        ),
    ],
)
def test_what_is_wrong_is_said(home: Path, arguments: list[str], said: str) -> None:
    done = what_if(*(str(home) if each == "HOME" else each for each in arguments))
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize("question", ["pool=1", "solar=many", "car=mon@8:1kWh"])
def test_a_question_that_cannot_be_read_is_refused(home: Path, question: str) -> None:
    done = what_if("--home", home, "--tariff", "flat", "--question", question)
    assert done.returncode == 2
    assert "question" in done.stderr or "cannot be read" in done.stderr


def test_the_check_says_what_passed() -> None:
    from scripts.whatif.check import Case, interval_score, verdicts

    good = Case("home", "tou", 180, 80.0, 100.0, 120.0, 110.0, 60.0, 50.0, 70.0)
    assert good.inside
    assert good.width == pytest.approx(0.4)
    assert good.scores == pytest.approx((40.0, 500.0, 20.0 + 400.0))
    assert [each[:4] for each in verdicts([good])] == ["PASS"] * 3
    bad = Case("home", "tou", 180, 10.0, 20.0, 30.0, 110.0, 110.0, 105.0, 115.0)
    assert [each[:4] for each in verdicts([bad])] == ["FAIL"] * 3
    assert interval_score(0.0, 10.0, 12.0) == pytest.approx(30.0)
