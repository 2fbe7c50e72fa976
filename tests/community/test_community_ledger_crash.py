"""A community's ledger survives SIGKILL before any of its writes, and goes on unharmed."""

import json
import subprocess
import sys
from pathlib import Path


def test_a_ledger_that_was_killed_anywhere_is_the_same_once_it_went_on(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("tearing.py"), tmp_path],
        check=True,
        capture_output=True,
        text=True,
    )
    told = json.loads(done.stdout)
    assert len(told["torn"]) > 60, "an entry, a link and at times a secret for each home and slot"
    for found, after in told["torn"]:
        _, holds, _, halves = found
        assert holds, "the chain is never torn"
        assert not halves, "a slot is there whole or not at all"
        assert after == told["whole"]
