"""Start a new demo, let SHEMS drive its battery, and take pictures of the dashboard."""

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
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from .demo_browser import (
    FLOWS,
    PLAN,
    find,
    launch,
    log_in,
    open_view,
    wait_until_drawn,
    window,
)

ROOT: Final = Path(__file__).resolve().parent.parent
START_S: Final = 180.0
PLANNED_S: Final = 120.0


@dataclass(frozen=True)
class Shot:
    """A picture: of which view, how large, in which theme, and what shows that it is drawn."""

    name: str
    view: str
    width: int
    height: int
    scheme: str = "light"
    drawn: str = FLOWS


SHOTS: Final = (
    Shot("now", "Now", 1720, 1060),
    Shot("plan", "Plan", 1280, 1150, drawn=PLAN),
    Shot("dark", "Now", 1720, 1060, "dark"),
    Shot("phone", "Now", 390, 844),
)

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
    print(f"screenshots: {text}", flush=True)


def fail(text: str) -> int:
    """Say why there is no picture."""
    print(f"screenshots: {text}", file=sys.stderr)
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


def shoot(browser: Browser, url: str, config: Path, shot: Shot, out: Path) -> None:
    """Log in, wait for a plan that is followed, and take the picture."""
    options = {"color_scheme": shot.scheme, "locale": "en-GB", "timezone_id": "Europe/Amsterdam"}
    context = window(browser, shot.width, shot.height, **options)
    page = context.new_page()
    password = json.loads((config / "access.json").read_text())["password"]
    log_in(page, url, "demo", password)
    wait_until_drawn(page)
    page.evaluate(ARM)
    page.wait_for_function(READY, timeout=1000 * PLANNED_S)
    open_view(page, shot.view)
    wait_until_drawn(page, shot.drawn)
    out.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=out, animations="disabled")
    context.close()


def main(given: Sequence[str]) -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser(
        prog="scripts/screenshots", description="Take pictures of the demo's dashboard."
    )
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    folder: Path = parser.parse_args(given).out
    chromium = find()
    if chromium is None:
        return fail("Chromium is needed (on Debian: apt-get install chromium).")
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        config = Path(made) / "config"
        browser = launch(playwright.chromium, chromium)
        try:
            say("starting a new demo")
            with demo(config) as url:
                for shot in SHOTS:
                    out = folder / f"dashboard-{shot.name}.png"
                    shoot(browser, url, config, shot, out)
                    say(f"{out} has {out.stat().st_size / 1000:.0f} kB")
        except RuntimeError as error:
            return fail(str(error))
        finally:
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
