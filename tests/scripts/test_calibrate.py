"""The command that measures calibration, on the networks that are shipped."""

import json
from pathlib import Path

import pytest

from scripts.calibration.__main__ import main


def test_the_command_measures_and_writes_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "inference.md"
    page.write_text("before\n<!-- calibration -->\nwhat was here\n<!-- /calibration -->\nafter\n")
    assert main(["battery", "--n", "60", "--second", "0", "--write", str(page)]) == 0
    text = page.read_text()
    assert text.startswith("before\n<!-- calibration -->\n| Parameter |")
    assert text.endswith("<!-- /calibration -->\nafter\n")
    assert "battery: `capacity_kwh`" in text
    assert "battery: time_shift" in text
    assert "| battery, time_shift: noticed | ≥ 95.0% |" in text
    assert "what was here" not in text
    assert capsys.readouterr().out in text


def test_rows_of_blocks_that_were_not_measured_stay(tmp_path: Path) -> None:
    page = tmp_path / "inference.md"
    page.write_text(
        "<!-- calibration -->\n"
        "| Homes differ by | Any alarm | Which | 90 % of parameters | 90 % of predictions |\n"
        "| --- | --: | --: | --: | --: |\n"
        "| solar: as simulated | 1.1% | – | 89% to 90% | 92.7% |\n"
        "| battery: as simulated | an old measure |\n\n"
        "| Asked | Wanted | Measured | Holds |\n"
        "| --- | --: | --: | --: |\n"
        "| solar, Norway: energy | ≥ 80.0% | 81.2% | yes |\n"
        "| battery, asked no more: share | an old measure |\n"
        "| toy: C2ST | ≤ 0.600 | 0.508 | yes |\n"
        "<!-- /calibration -->\n"
    )
    assert main(["battery", "--n", "60", "--second", "0", "--write", str(page)]) == 0
    text = page.read_text()
    assert "an old measure" not in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert rows.count("| solar: as simulated | 1.1% | – | 89% to 90% | 92.7% |") == 1
    places = [
        next(at for at, row in enumerate(rows) if row.startswith(start))
        for start in (
            "| Parameter |",
            "| battery: `capacity_kwh` |",
            "| Homes differ by |",
            "| solar: as simulated |",
            "| battery: as simulated |",
            "| Asked |",
            "| solar, Norway: energy |",
            "| battery: TARP |",
            "| toy: C2ST |",
        )
    ]
    assert places == sorted(places)


def test_the_command_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["battery", "--n", "60", "--second", "0", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found["blocks"]) == ["battery"]
    plain = found["blocks"]["battery"]["plain"]
    assert plain["count"] == 60
    assert 0.5 < plain["parameters"]["capacity_kwh"]["contraction"] <= 1
    assert {row["passed"] for row in found["verdict"]} <= {True, False, None}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["attic"], "there is no block attic"),
        (["--write", "nowhere.md"], "nowhere.md has no <!-- calibration -->"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert said in capsys.readouterr().err


def test_blocks_without_networks_are_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["battery", "--second", "0", "--weights", str(tmp_path)]) == 0
    assert "battery has no networks" in capsys.readouterr().err
