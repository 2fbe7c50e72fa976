"""A real Home Assistant with the simulated home, and a browser that is logged in to it."""

import json
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page

ROOT = Path(__file__).resolve().parents[2]
READY_S = 180
SCRIPT = """
const ha = () => document.querySelector('home-assistant').hass;
const value = (id) => Number(ha().states[id].state);
const until = (met, limit_ms) => new Promise((resolve, reject) => {
  const begun = performance.now();
  const look = () => {
    if (met()) resolve(performance.now() - begun);
    else if (performance.now() - begun > limit_ms) reject(new Error('not within ' + limit_ms));
    else setTimeout(look, 5);
  };
  look();
});
"""
"""What every script in the page may use: the states as the browser knows them, and waiting."""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RunningDemo:
    """`scripts/demo` in a folder of its own."""

    def __init__(self, config: Path) -> None:
        """Nothing runs before `start`."""
        self.config = config
        self.port = free_port()
        self.pid = 0

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://localhost:{self.port}"

    @property
    def password(self) -> str:
        """The demo user's password."""
        return str(json.loads((self.config / "access.json").read_text())["password"])

    @property
    def log(self) -> str:
        """What Home Assistant has logged since it was started last."""
        return (self.config / "home-assistant.log").read_text()

    def start(self) -> float:
        """Start it and return how long it took until it was ready, seconds."""
        begun = time.monotonic()
        done = subprocess.run(
            [ROOT / "scripts/demo", "--config", self.config, "--port", str(self.port), "--detach"],
            capture_output=True,
            text=True,
            timeout=READY_S,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        found = re.search(r"runs as process (\d+)", done.stdout)
        assert found, done.stdout
        self.pid = int(found[1])
        return time.monotonic() - begun

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it in order, and by force where it does not."""
        if self.pid:
            self._end(signal.SIGTERM)

    def _end(self, by: signal.Signals) -> None:
        os.kill(self.pid, by)
        deadline = time.monotonic() + 60
        while self._alive() and time.monotonic() < deadline:
            time.sleep(0.1)
        if self._alive():
            os.kill(self.pid, signal.SIGKILL)
        self.pid = 0

    def _alive(self) -> bool:
        try:
            state = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return False
        return state != "Z"


class Visitor:
    """A person at the browser, and what the browser complains about."""

    def __init__(self, browser: Browser, demo: RunningDemo, **context: Any) -> None:
        """Open a new window; nobody is logged in yet."""
        self.demo = demo
        self.complaints: list[str] = []
        self._context = browser.new_context(**context)
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(60_000)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url')})")

    def log_in(self) -> None:
        """Log in by the form, as a person does, and see the first page."""
        self.page.goto(self.demo.url)
        self.page.fill("input[name=username]", "demo")
        self.page.fill("input[name=password]", self.demo.password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("shems-plan-card")
        # The frontend's service worker reloads the page when it takes over: let it be here.
        self.page.wait_for_function("navigator.serviceWorker.controller !== null")
        self.page.wait_for_timeout(3000)
        self.page.wait_for_selector("shems-plan-card")

    def run(self, body: str, *arguments: Any) -> Any:
        """Run a script in the page; its arguments are in `args`."""
        return self.page.evaluate(f"async (args) => {{ {SCRIPT} {body} }}", list(arguments))

    def call(self, action: str, entity_id: str, **data: Any) -> None:
        """Ask Home Assistant for an action, as the user."""
        domain, service = action.split(".")
        self.run(
            "await ha().callService(args[0], args[1], args[2]);",
            domain,
            service,
            {"entity_id": entity_id, **data},
        )

    def state(self, entity_id: str) -> str:
        """Return a state as the browser knows it."""
        return str(self.run("return ha().states[args[0]].state;", entity_id))

    def attributes(self, entity_id: str) -> dict[str, Any]:
        """Return an entity's attributes as the browser knows them."""
        found: dict[str, Any] = self.run("return ha().states[args[0]].attributes;", entity_id)
        return found

    def wait(self, condition: str, limit_s: float, *arguments: Any) -> float:
        """Wait until a JavaScript condition holds; return how long it took, seconds."""
        waited = self.run(f"return await until(() => {condition}, {1000 * limit_s});", *arguments)
        return float(waited) / 1000

    def close(self) -> None:
        """Close the window."""
        self._context.close()
