"""Start a new demo, let SHEMS drive its battery, and take a picture of the dashboard."""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from .demo_browser import find, launch, log_in, wait_until_drawn, window

ROOT: Final = Path(__file__).resolve().parent.parent
WIDTH: Final = 1280
HEIGHT: Final = 980
START_S: Final = 180.0
PLANNED_S: Final = 120.0

ARM: Final = """async () => {
  const { hass } = document.querySelector('home-assistant');
  const target = { entity_id: 'switch.battery_allow_control' };
  await hass.callService('switch', 'turn_on', target);
}"""
"""Let SHEMS drive the battery: a picture of a dry run shows less."""

READY: Final = """() => {
  const { states } = document.querySelector('home-assistant').hass;
  const status = states['sensor.simulated_home_plan_status'].state;
  const allowed = states['switch.battery_allow_control'].state;
  return status === 'optimal' && allowed === 'on';
}"""


def say(text: str) -> None:
    """Tell the person at the terminal."""
    print(f"screenshot: {text}", flush=True)


def fail(text: str) -> int:
    """Say why there is no picture."""
    print(f"screenshot: {text}", file=sys.stderr)
    return 1


@contextmanager
def demo(config: Path) -> Iterator[str]:
    """Run a demo of its own and give its address.

    Raises:
        RuntimeError: it did not start.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    log = config.parent / "demo.out"
    with log.open("w") as out:
        running = subprocess.Popen(
            [ROOT / "scripts/demo", "--homes", "simple", "--config", config, "--port", str(port)],
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + START_S
        while "open http" not in log.read_text():
            if running.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the demo did not start: {log.read_text().strip()}")
            time.sleep(0.3)
        # By this name the frontend does without a service worker, which reloads the page.
        yield f"http://127.0.0.1:{port}"
    finally:
        if running.poll() is None:
            os.kill(running.pid, signal.SIGTERM)
            running.wait()


def shoot(browser: Browser, url: str, config: Path, out: Path, scheme: str) -> None:
    """Log in, wait for a plan that is followed, and take the picture."""
    options = {"color_scheme": scheme, "locale": "en-GB", "timezone_id": "Europe/Amsterdam"}
    context = window(browser, WIDTH, HEIGHT, **options)
    page = context.new_page()
    password = json.loads((config / "access.json").read_text())["password"]
    log_in(page, url, "demo", password)
    wait_until_drawn(page)
    page.evaluate(ARM)
    page.wait_for_function(READY, timeout=1000 * PLANNED_S)
    wait_until_drawn(page)
    out.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=out, animations="disabled")
    context.close()


def main(given: Sequence[str]) -> int:
    """Take the picture."""
    parser = argparse.ArgumentParser(
        prog="scripts/screenshot", description="Take a picture of the demo's dashboard."
    )
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images" / "dashboard.png")
    parser.add_argument("--dark", action="store_true", help="in the dark theme")
    wanted = parser.parse_args(given)
    chromium = find()
    if chromium is None:
        return fail("Chromium is needed (on Debian: apt-get install chromium).")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        config = Path(folder) / "config"
        browser = launch(playwright.chromium, chromium)
        try:
            say("starting a new demo")
            with demo(config) as url:
                say("waiting for its plan")
                shoot(browser, url, config, wanted.out, "dark" if wanted.dark else "light")
        except RuntimeError as error:
            return fail(str(error))
        finally:
            browser.close()
    say(f"{wanted.out} has {wanted.out.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
