"""Let the demo run for hours, and see whether memory, threads, loop and plans stay as they were."""

import argparse
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from . import demo_home
from .demo_files import HOMES, ROOT, Access, known_access

SAMPLE_S: Final = 10.0
TOLD_S: Final = 300.0
SETTLED_S: Final = 900.0
"""Caches fill, plans begin and the past is written in the first quarter of an hour."""
LEAST_SPAN_S: Final = 3600.0
"""A shorter run tells no slope: one cache more is as much."""
MOST_MB_PER_H: Final = 3.0
"""A leak of more would be felt within a month of 1 GB."""
MOST_THREADS: Final = 2.0
"""Home Assistant's pool grows while it is busy, up to its size."""
MOST_LATE_MS: Final = 50.0
"""At the 99th percentile: less than a person notices, more than any garbage collection."""
PROBE: Final = "soak_probe"


def say(text: str) -> None:
    """Tell the person at the terminal."""
    print(f"soak: {text}", flush=True)


@dataclass
class Samples:
    """What a process was seen to use.

    Attributes:
        at_s: seconds since the beginning.
        mb: resident memory, of 10^6 bytes.
        threads: how many there were.
        busy_s: processor time so far.
    """

    at_s: list[float] = field(default_factory=list)
    mb: list[float] = field(default_factory=list)
    threads: list[int] = field(default_factory=list)
    busy_s: float = 0.0

    def look(self, pid: int, at_s: float) -> None:
        """Read the process's own file.

        Raises:
            OSError: it has ended.
        """
        status = Path(f"/proc/{pid}/status").read_text()
        found = dict(re.findall(r"^(\w+):\s+(\d+)", status, re.MULTILINE))
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        self.at_s.append(at_s)
        self.mb.append(int(found["VmRSS"]) * 1024 / 1e6)
        self.threads.append(int(found["Threads"]))
        self.busy_s = (int(fields[11]) + int(fields[12])) / 100.0

    def slope_per_h(self, values: Sequence[float]) -> float | None:
        """Return how fast values rise once all has settled; None where it was too short."""
        at_s = np.array(self.at_s)
        late = at_s >= SETTLED_S
        if late.sum() < 3:
            return None
        return float(np.polyfit(at_s[late] / 3600.0, np.array(values)[late], 1)[0])


@dataclass
class Read:
    """What the probe has written so far.

    Attributes:
        late_ms: of every timer.
        status: how often a home stood so.
        plans: made, by home.
    """

    late_ms: list[float] = field(default_factory=list)
    status: Counter[str] = field(default_factory=Counter)
    plans: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, file: Path) -> Read:
        """Read its file, without the first minute: Home Assistant starts then."""
        found = cls()
        lines = file.read_text().splitlines() if file.exists() else []
        for line in map(json.loads, lines):
            found.status, found.plans = Counter(line["status"]), line["plans"]
        for line in map(json.loads, lines[1:]):
            found.late_ms += line["late_ms"]
        return found

    @property
    def lateness(self) -> str:
        """Median, 99th percentile and worst."""
        if not self.late_ms:
            return "not yet known"
        median, p99 = np.percentile(self.late_ms, (50, 99))
        return f"{median:.1f}/{p99:.1f}/{max(self.late_ms):.0f} ms (median, p99, worst)"


def complaints(log: Path) -> list[str]:
    """Return errors of anybody and warnings of ours; every custom integration is warned of."""
    records = re.split(r"\n(?=\d{4}-\d\d-\d\d )", log.read_text() if log.exists() else "")
    return [
        record
        for record in records
        if re.search(r" (ERROR|CRITICAL) ", head := record.split("\n", 1)[0])
        or (" WARNING " in head and "shems" in head and "custom integration" not in head)
    ]


def install(config: Path) -> None:
    """Add the probe to a prepared configuration."""
    place = config / "custom_components" / PROBE
    shutil.copytree(ROOT / "scripts" / PROBE, place, dirs_exist_ok=True)
    file = config / "configuration.yaml"
    if f"{PROBE}:" not in file.read_text():
        file.write_text(f"{file.read_text()}\n{PROBE}:\n")


def allow_everything(url: str, access: Access) -> int:
    """Let SHEMS drive every device; return how many there are."""
    states: list[dict[str, Any]] = demo_home.ask(f"{url}/api/states", access) or []
    switches = [
        each["entity_id"]
        for each in states
        if each["entity_id"].startswith("switch.") and each["entity_id"].endswith("_allow_control")
    ]
    request = urllib.request.Request(  # noqa: S310  # The address is made here.
        f"{url}/api/services/switch/turn_on",
        headers={"Authorization": f"Bearer {access.token}", "Content-Type": "application/json"},
        data=json.dumps({"entity_id": switches}).encode(),
    )
    with urllib.request.urlopen(request, timeout=60):  # noqa: S310  # As above.
        return len(switches)


def verdict(samples: Samples, read: Read, complained: list[str]) -> list[str]:
    """Return what must not be."""
    bad = [f"the log complains: {each}" for each in complained]
    if not read.plans:
        bad.append("no plan was made")
    if read.late_ms and (p99 := float(np.percentile(read.late_ms, 99))) > MOST_LATE_MS:
        bad.append(f"the loop is {p99:.0f} ms late at the 99th percentile")
    if samples.at_s[-1] - SETTLED_S >= LEAST_SPAN_S:
        mb, threads = samples.slope_per_h(samples.mb), samples.slope_per_h(samples.threads)
        if mb is not None and mb > MOST_MB_PER_H:
            bad.append(f"memory rises by {mb:.1f} MB an hour")
        if threads is not None and threads > MOST_THREADS:
            bad.append(f"threads rise by {threads:.1f} an hour")
    return bad


def told(samples: Samples, read: Read) -> str:
    """Return how it stands."""
    slope = samples.slope_per_h(samples.mb)
    rising = "" if slope is None else f" ({slope:+.1f} MB/h)"
    plans = ", ".join(f"{title} {count}" for title, count in read.plans.items())
    share = 100.0 * samples.busy_s / max(samples.at_s[-1], 1.0)
    return (
        f"{samples.at_s[-1] / 60:.0f} min: {samples.mb[-1]:.0f} MB{rising}, "
        f"{samples.threads[-1]} threads, processor {share:.1f} %, loop {read.lateness}, "
        f"plans: {plans or 'none'}, seen: {dict(read.status)}"
    )


def watch(hass: subprocess.Popen[bytes], config: Path, seconds: float) -> int:
    """Look on for some time; return how it ends."""
    begun, samples, next_told = time.monotonic(), Samples(), TOLD_S
    while (at_s := time.monotonic() - begun) < seconds:
        if hass.poll() is not None:
            say("Home Assistant has ended")
            return 1
        samples.look(hass.pid, at_s)
        if at_s >= next_told:
            say(told(samples, Read.of(config / "soak.jsonl")))
            next_told += TOLD_S
        time.sleep(min(SAMPLE_S, seconds - at_s))
    samples.look(hass.pid, seconds)
    read = Read.of(config / "soak.jsonl")
    say(told(samples, read))
    bad = verdict(samples, read, complaints(config / "home-assistant.log"))
    for each in bad:
        say(f"FAILED: {each}")
    if not bad:
        say("nothing is wrong")
    return 1 if bad else 0


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def soak(config: Path, homes: str, seconds: float) -> int:
    """Start the demo, let SHEMS drive everything, and look on."""
    port = free_port()
    prepared = ["--config", str(config), "--port", str(port), "--homes", homes, "--prepare"]
    if failed := demo_home.main(prepared):
        return failed
    install(config)
    access = known_access(config)
    if access is None:
        raise RuntimeError(f"nobody may enter {config}")
    url = f"http://127.0.0.1:{port}"
    hass = demo_home.start(config)
    try:
        if problem := demo_home.wait_until_ready(hass, url, access):
            say(problem)
            return 1
        say(f"SHEMS drives {allow_everything(url, access)} devices of the demo's homes: {homes}")
        return watch(hass, config, seconds)
    except KeyboardInterrupt:
        return 130
    finally:
        demo_home.stop(hass)


def main(given: Sequence[str]) -> int:
    """Read the command line and soak."""
    parser = argparse.ArgumentParser(prog="scripts/soak", description=__doc__)
    parser.add_argument("--hours", type=float, required=True, help="how long")
    parser.add_argument("--homes", choices=tuple(HOMES), default="both")
    parser.add_argument("--config", type=Path, help="where it lives, kept afterwards")
    wanted = parser.parse_args(given)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    seconds = 3600.0 * wanted.hours
    if wanted.config is not None:
        return soak(wanted.config.resolve(), wanted.homes, seconds)
    with tempfile.TemporaryDirectory() as folder:
        return soak(Path(folder) / "config", wanted.homes, seconds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
