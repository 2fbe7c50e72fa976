"""A ledger survives SIGKILL before any of its writes, and goes on as if nothing had been."""

import json
import subprocess
import sys
from pathlib import Path


def test_a_ledger_that_was_killed_anywhere_is_the_same_once_it_went_on(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("crashing.py"), tmp_path],
        check=True,
        capture_output=True,
        text=True,
    )
    told = json.loads(done.stdout)
    assert len(told["digests"]) > 60, "a transaction for each slot, with its hours and days"
    assert set(told["digests"]) == {told["whole"]}
