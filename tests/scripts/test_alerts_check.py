"""The command that counts false alarms and what is found, as it is run."""

import gzip
import os
from pathlib import Path

import numpy as np
import pytest

from scripts.alerting.__main__ import main
from scripts.alerting.trial import tried

_DATA = Path(os.environ.get("SHEMS_DATA", Path(__file__).resolve().parents[2] / "../shared/data"))
_HOME = _DATA / "sgsc/home_10006414.csv.gz"


def _write(path: Path, days: int) -> Path:
    rng = np.random.default_rng(5)
    begin = np.datetime64("2025-01-01T00:00:00")
    lines = ["time,load_kw"]
    for hour in range(24 * days):
        load = 0.1 + 0.02 * rng.random() + (rng.exponential(0.4) if hour % 24 > 6 else 0.0)
        lines.append(f"{begin + np.timedelta64(hour, 'h')}Z,{load:.4f}")
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return path


def test_a_quiet_home_is_judged_and_its_table_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = _write(tmp_path / "quiet.csv.gz", 100)
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- alarms -->\nold\n<!-- /alarms -->\nafter\n", encoding="utf-8")
    assert main(["--home", str(home), "--tz", "Europe/Berlin", "--write", str(page)]) == 0
    shown = capsys.readouterr().out
    assert "| 100.0% of" not in shown  # It is bold.
    assert "**100.0%** of" in shown
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n<!-- alarms -->\n| home |")
    assert text.endswith("<!-- /alarms -->\nafter\n")
    assert "old" not in text


def test_what_cannot_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(tmp_path / "none.csv")]) == 2
    assert "none.csv" in capsys.readouterr().err
    bad = tmp_path / "bad.csv"
    bad.write_text("time,load_kw\nnever,1\nnever,2\n", encoding="utf-8")
    assert main(["--home", str(bad)]) == 2
    home = _write(tmp_path / "home.csv.gz", 3)
    assert main(["--home", str(home), "--write", str(bad)]) == 2
    assert "<!-- alarms -->" in capsys.readouterr().err


@pytest.mark.skipif(not _HOME.exists(), reason="needs the measured homes of SHEMS_DATA")
def test_a_measured_home_is_alarmed_seldom_and_told_in_time(tmp_path: Path) -> None:
    lines = gzip.decompress(_HOME.read_bytes()).decode().splitlines()
    short = tmp_path / "home.csv"
    short.write_text("\n".join(lines[: 1 + 48 * 170]), encoding="utf-8")
    result = tried("home", short, "Australia/Sydney", 40.0)
    assert result.a_month <= 1.0
    assert result.most <= 2
    assert result.rises > 10
    assert result.share >= 0.9
