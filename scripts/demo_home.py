"""Start the demo's Home Assistant, say where it is and stay with it."""

import argparse
import asyncio
import json
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from homeassistant import runner

from .demo_files import (
    CONFIGURATION,
    HOMES,
    ROOT,
    USER,
    Access,
    known_access,
    link,
    listen,
    prepare,
    remember,
)

HASS: Final = Path(sys.executable).parent / "hass"
READY_S: Final = 120.0
STOP_S: Final = 60.0


def say(text: str) -> None:
    """Tell the person at the terminal."""
    print(f"demo: {text}", flush=True)


def fail(text: str) -> int:
    """Say why it cannot go on."""
    print(f"demo: {text}", file=sys.stderr, flush=True)
    return 1


def start(config: Path) -> subprocess.Popen[bytes]:
    """Start Home Assistant; it does not hear the terminal's Ctrl-C."""
    with (config / "demo.log").open("ab") as log:
        return subprocess.Popen(
            [HASS, "--config", config, "--log-no-color"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def ask(url: str, access: Access) -> Any:
    """Return what Home Assistant answers, None while it does not.

    Raises:
        HTTPError: it does not know the token.
    """
    request = urllib.request.Request(  # noqa: S310  # The address is made here.
        url, headers={"Authorization": f"Bearer {access.token}"}
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310  # As above.
            return json.load(answer)
    except urllib.error.HTTPError as err:
        if err.code == HTTPStatus.UNAUTHORIZED:
            raise
        return None
    except urllib.error.URLError, ConnectionError, TimeoutError, ValueError:
        return None


def wait_until_ready(hass: subprocess.Popen[bytes], url: str, access: Access) -> str | None:
    """Wait until Home Assistant runs and every home is loaded; return what is wrong, if any."""
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline:
        if hass.poll() is not None:
            return "Home Assistant ended at its start"
        running = ask(f"{url}/api/config", access)
        if running and running.get("state") == "RUNNING":
            entries = ask(f"{url}/api/config/config_entries/entry?domain=shems", access) or []
            states = {entry["state"] for entry in entries}
            return None if states == {"loaded"} else f"not every simulated home is loaded: {states}"
        time.sleep(0.3)
    return f"Home Assistant did not get ready within {READY_S:.0f} s"


def stop(hass: subprocess.Popen[bytes]) -> None:
    """Stop Home Assistant as its own signal does, and wait for it."""
    hass.send_signal(signal.SIGTERM)
    try:
        hass.wait(STOP_S)
    except subprocess.TimeoutExpired:
        hass.kill()
        hass.wait()


def is_taken(host: str, port: int) -> bool:
    """Return whether something listens there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1" if host == "0.0.0.0" else host, port)) == 0  # noqa: S104  # Compared, not bound.


def arguments(given: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/demo", description="Start Home Assistant with simulated homes."
    )
    parser.add_argument("--fresh", action="store_true", help="begin anew")
    parser.add_argument("--port", type=int, default=8123)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--config", type=Path, default=ROOT / ".demo", help="where the home lives")
    parser.add_argument(
        "--homes",
        choices=tuple(HOMES),
        default="both",
        help="what a new demo begins with",
    )
    ending = parser.add_mutually_exclusive_group()
    ending.add_argument("--detach", action="store_true", help="return once it is ready")
    ending.add_argument("--prepare", action="store_true", help="write the files only")
    return parser.parse_args(given)


def main(given: Sequence[str]) -> int:
    """Prepare, start, say where it is, and wait for Ctrl-C."""
    wanted = arguments(given)
    config: Path = wanted.config.resolve()
    if is_taken(wanted.host, wanted.port):
        return fail(f"port {wanted.port} is in use; choose another one with --port.")
    if wanted.fresh and config.exists():
        if not (config / "access.json").exists() and any(config.iterdir()):
            return fail(f"{config} is no demo; it is not deleted.")
        shutil.rmtree(config)
        say("the old homes are gone")
    access = known_access(config)
    if access is None:
        say(f"writing a {' and a '.join(HOMES[wanted.homes])} home to {config}")
        config.mkdir(parents=True, exist_ok=True)
        access = asyncio.run(
            prepare(config, HOMES[wanted.homes]), loop_factory=runner.create_event_loop
        )
        remember(config, access)
    (config / "configuration.yaml").write_text(CONFIGURATION)
    listen(config, wanted.host, wanted.port)
    link(config)
    return 0 if wanted.prepare else run(config, access, wanted)


def run(config: Path, access: Access, wanted: argparse.Namespace) -> int:
    """Start Home Assistant and stay with it, unless it is to be left alone."""
    begun = time.monotonic()
    url = f"http://{wanted.host}:{wanted.port}"
    say("starting Home Assistant")
    hass = start(config)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if problem := wait_until_ready(hass, url, access):
            stop(hass)
            return fail(f"{problem}; see {config / 'demo.log'}.")
        shown = url.replace("127.0.0.1", "localhost")
        say(f"ready after {time.monotonic() - begun:.0f} s")
        say(f"open {shown} and log in as {USER} with the password {access.password}")
        if wanted.detach:
            say(f"it runs as process {hass.pid}; end it with: kill {hass.pid}")
            return 0
        say("Ctrl-C ends it; the next start goes on where it stood")
        return hass.wait()
    except urllib.error.HTTPError:
        stop(hass)
        return fail("Home Assistant does not know its user any more; begin anew with --fresh.")
    except KeyboardInterrupt:
        say("stopping")
        stop(hass)
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
