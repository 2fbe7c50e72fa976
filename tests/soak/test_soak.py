"""The soak script sees what must not be, and nothing where there is nothing."""

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from scripts.soak_home import ROOT, Read, Samples, complaints, verdict

SHORT_H = 0.045
"""The probe writes once a minute, and its first line is of the start."""
HOUR_S = 3600.0


def run_of(hours: float, *, mb_per_h: float = 0.0, threads_per_h: float = 0.0) -> Samples:
    """Return samples of a run, after a start at which memory grows."""
    samples = Samples()
    for second in range(0, int(hours * HOUR_S), 60):
        after_h = second / HOUR_S
        samples.at_s.append(second)
        samples.mb.append(400.0 - 100.0 * max(0.0, 0.2 - after_h) + mb_per_h * after_h)
        samples.threads.append(round(20 + threads_per_h * after_h))
    return samples


def read(late_ms: float = 1.0, plans: int = 10) -> Read:
    homes = {"Home": plans} if plans else {}
    return Read([late_ms] * 1000, Counter({"optimal": 60}), homes)


def test_a_level_run_passes() -> None:
    assert verdict(run_of(3), read(), []) == []


@pytest.mark.parametrize(
    ("samples", "seen", "log", "said"),
    [
        (run_of(3, mb_per_h=9.0), read(), [], r"memory rises by 9\.0 MB"),
        (run_of(3, threads_per_h=6.0), read(), [], r"threads rise by [56]\.\d"),
        (run_of(3), read(late_ms=80.0), [], "80 ms late"),
        (run_of(3), read(plans=0), [], "no plan was made"),
        (run_of(3), read(), ["ERROR boom"], "boom"),
    ],
)
def test_what_must_not_be_is_said(samples: Samples, seen: Read, log: list[str], said: str) -> None:
    (found,) = verdict(samples, seen, log)
    assert re.search(said, found)


def test_a_short_run_tells_no_slope() -> None:
    assert verdict(run_of(1, mb_per_h=30.0), read(), []) == []


def test_errors_of_anybody_and_warnings_of_ours_are_complaints(tmp_path: Path) -> None:
    log = tmp_path / "home-assistant.log"
    assert complaints(log) == []
    log.write_text(
        "2026-11-21 18:40:18.501+00:00 WARNING (A) [homeassistant.loader] We found a custom"
        " integration shems which has not been tested\n"
        "2026-11-21 18:40:19.501+00:00 WARNING (A) [homeassistant.other] Slow\n"
        "2026-11-21 18:40:20.501+00:00 WARNING (A) [custom_components.shems] Late\n"
        "2026-11-21 18:40:21.501+00:00 ERROR (A) [homeassistant.core] Boom\n"
        "Traceback (most recent call last):\n"
        "ValueError: boom\n"
        "2026-11-21 18:40:22.501+00:00 INFO (A) [custom_components.shems] Fine\n"
    )
    late, boom = complaints(log)
    assert late.endswith("Late")
    assert "ValueError: boom" in boom


def test_a_short_run_of_the_real_demo() -> None:
    """Less than three minutes are enough to see that it starts, drives, plans and reads."""
    done = subprocess.run(
        [ROOT / "scripts" / "soak", "--hours", str(SHORT_H), "--homes", "simple"],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    said = done.stdout + done.stderr
    assert re.search(r"SHEMS drives 1\d devices", said), said
    last = next(line for line in said.splitlines() if " min: " in line)
    assert re.search(r"\d+ MB.* \d+ threads, .*\d ms .median, p99, worst., plans: .*home \d", last)
    # How late the loop is, and how long an entity took, also depends on what else the machine does.
    slow = ("ms late", " took ")
    failed = [line for line in said.splitlines() if "FAILED" in line]
    assert [line for line in failed if not any(each in line for each in slow)] == []
