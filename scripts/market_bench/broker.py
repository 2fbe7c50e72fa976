"""A real Mosquitto on a free port of the loopback, and what it takes of a processor."""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

_PATIENCE_S: Final = 10.0

_SETTINGS: Final = """\
listener {port} 127.0.0.1
allow_anonymous true
persistence false
"""


def program() -> str | None:
    """Return the broker's program, which Debian keeps out of a user's path; None without one."""
    return shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")


class Broker:
    """Runs as long as its context; without TLS, persistence or access list."""

    def __init__(self, folder: Path) -> None:
        """Choose a port."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._settings = folder / "mosquitto.conf"
        self._settings.write_text(_SETTINGS.format(port=self.port))

    def __enter__(self) -> Self:
        """Start it and wait until it listens."""
        self._process = subprocess.Popen(
            [str(program()), "-c", str(self._settings)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + _PATIENCE_S
        while not self._listens():
            if time.monotonic() > until:
                self._process.kill()
                raise OSError("Mosquitto does not listen.")
            time.sleep(0.01)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()

    @property
    def cpu_s(self) -> float:
        """Seconds of a processor so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def memory_mb(self) -> float:
        """What it holds in memory now."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        held = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(held.split()[1]) / 1024

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0
