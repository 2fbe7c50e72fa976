"""scripts/savings-check, as a user runs it, over weeks instead of a year."""

import json
from pathlib import Path

import pytest

from scripts.savings.__main__ import main
from scripts.savings.check import check
from scripts.savings.worlds import ERRORS

BY_NAME = {each.name: each for each in ERRORS}


def test_a_home_that_shems_only_watches_saves_nothing() -> None:
    """All devices, meters that round and forms that are wrong: to the cent."""
    found = check(1, BY_NAME["all is worse"], 8, "crtm", "spot", "nobody")
    assert found.true == pytest.approx(0.0, abs=1e-9)
    assert found.ledger == pytest.approx(0.0, abs=0.005)


def test_savings_of_a_home_unlike_its_forms_are_true(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, out = tmp_path / "page.md", tmp_path / "out.json"
    page.write_text("a\n<!-- bias -->\nold\n<!-- end of bias -->\nb\n", encoding="utf-8")
    arguments = ["--days", "42", "--devices", "cm", "--tariff", "tou", "--manager", "timers"]
    arguments += ["--world", "all is worse", "--json", str(out), "--write", str(page)]
    assert main([*arguments, "--most", "0.1"]) == 0
    printed = capsys.readouterr().out
    assert "| all is worse |" in printed
    text = page.read_text(encoding="utf-8")
    assert text.startswith("a\n<!-- bias -->\n| home")
    assert text.endswith("<!-- end of bias -->\nb\n")
    assert "old" not in text
    (row,) = json.loads(out.read_text(encoding="utf-8"))
    assert row["ledger"] == pytest.approx(row["true"], rel=0.1)
    assert sum(row["by_device"].values()) == pytest.approx(row["ledger"])
    assert sum(row["by_cause"].values()) == pytest.approx(row["ledger"])
    assert main([*arguments[:8], "--world", "all is worse", "--most", "0"]) == 1
