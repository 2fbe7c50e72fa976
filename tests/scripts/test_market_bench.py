"""The market's benchmark measures what it says, in a small run of it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from custom_components.shems.core.market.auction import match
from scripts.market_bench.__main__ import main
from scripts.market_bench.broker import program
from scripts.market_bench.clearing import SLOT, book

REPOSITORY = Path(__file__).resolve().parents[2]


def test_figures_at_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--homes", "20", "2000", "--repeats", "1", "--json"]
    assert main([*arguments, "--only", "auction", "allocation"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["section"] for row in rows] == ["one order book"] * 4 + ["allocation"] * 2
    assert all(row["unit"] == "s" and row["value"] >= 0 for row in rows)


def test_messages_are_read_in_earnest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "messages", "--signed", "9", "--repeats", "1", "--json"]) == 0
    rows = {row["name"]: row["value"] for row in json.loads(capsys.readouterr().out)}
    assert 100 < rows["read per second"] < 100_000


@pytest.mark.skipif(
    program() is None, reason="no mosquitto is installed (on Debian: apt-get install mosquitto)"
)
def test_a_slot_passes_through_a_real_broker_with_tls_and_without() -> None:
    # In a process of its own, in which sockets may be opened.
    command = [sys.executable, "-m", "scripts.market_bench"]
    ran = subprocess.run(
        [*command, "--only", "slot", "secured", "--signed", "6", "--json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=REPOSITORY,
    )
    assert ran.returncode == 0, ran.stderr
    rows = {row["name"]: row["value"] for row in json.loads(ran.stdout)}
    assert rows["messages sent"] > 6 * 5
    assert rows["messages received"] > rows["messages sent"]
    assert 0 < rows["6 plans at once"] < 60


def test_without_a_broker_the_rest_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    assert main(["--only", "slot", "--json"]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out) == []
    assert said.err == "market-bench: Mosquitto is not installed, so no slot was run.\n"


def test_books_have_many_who_tie_at_the_margin() -> None:
    bids, offers = book(10**5)
    found = match(bids, offers, SLOT)
    partly = (found.bids > 0) & (found.bids < bids.wh)
    assert 0 < found.volume_wh < min(bids.wh.sum(), offers.wh.sum())
    assert partly.sum() + ((found.offers > 0) & (found.offers < offers.wh)).sum() > 10
