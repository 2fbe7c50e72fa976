"""Are tips worth what they say? The short version; `scripts/tips-check` plays every home."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("SHEMS_DATA", ROOT.parent / "shared" / "data"))
INSIDE = 0.75


def check(out: Path, data: Path, *arguments: str) -> tuple[int, dict[str, Any], str]:
    """Run the command; return its status, what it wrote, and its table."""
    done = subprocess.run(
        [sys.executable, "-m", "scripts.tipping", "--jobs", "1", "--json", str(out), *arguments],
        cwd=ROOT,
        env={**os.environ, "SHEMS_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )
    told = json.loads(out.read_text()) if out.exists() else {}
    return done.returncode, told, done.stdout


def demand(told: dict[str, Any]) -> None:
    """Check that tips were told, that most came true, and that none is wider than its median."""
    found = [each for each in told["cases"] if each["median"] == each["median"]]
    assert found
    inside = [each["low"] - 1e-3 <= each["came"] <= each["high"] + 1e-3 for each in found]
    assert sum(inside) / len(found) >= INSIDE
    assert all(each["high"] - each["low"] <= each["median"] for each in found)


def test_tips_of_simulated_homes_come_true(tmp_path: Path) -> None:
    status, told, table = check(
        tmp_path / "o.json", tmp_path / "none", "--tip", "cooling", "--tip", "setpoint"
    )
    assert status == 0
    demand(told)
    assert "| cooling | 4 |" in table
    assert table.splitlines()[-1].startswith("| **all** | 8 |")


def test_a_loss_of_panels_on_a_drawn_roof_comes_true(tmp_path: Path) -> None:
    """Of a roof that has lost nothing, nothing is told."""
    wanted = ("--tip", "panels", "--home", "drawn roof 7,", "--home", "drawn roof 8,")
    status, told, table = check(tmp_path / "o.json", tmp_path / "none", *wanted)
    assert status == 0
    demand(told)
    assert "| panels | 2 | 1 | 1 of 1 |" in table


def test_a_check_in_which_nothing_is_told_fails(tmp_path: Path) -> None:
    status, told, _ = check(tmp_path / "o.json", tmp_path / "none", "--home", "washing_machine")
    assert status == 1
    assert told["verdicts"] == ["FAIL: no tip was told"]


@pytest.mark.skipif(not DATA.is_dir(), reason="needs measured homes in SHEMS_DATA")
def test_tips_of_real_homes_come_true(tmp_path: Path) -> None:
    wanted = ("--tip", "standby", "--tip", "reserve", "--home", "0641", "--home", "home_01, tou")
    status, told, _ = check(tmp_path / "o.json", DATA, *wanted)
    assert status == 0
    demand(told)
