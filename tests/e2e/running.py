"""A real Home Assistant with the simulated home, and a browser that is logged in to it."""

import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.error import HTTPError

from playwright.sync_api import Browser, ConsoleMessage, Page

from scripts.demo_browser import log_in, wait_until_drawn, window

ROOT: Final = Path(__file__).resolve().parents[2]
READY_S: Final = 180.0
END_S: Final = 60.0
MOST_PAGES: Final = 12

SCRIPT: Final = """
const ha = () => document.querySelector('home-assistant').hass;
const state = (id) => ha().states[id]?.state;
const value = (id) => parseFloat(state(id));
const until = (met, limit_s, what) => new Promise((resolve, reject) => {
  const begun = performance.now();
  const look = () => {
    const waited_s = (performance.now() - begun) / 1000;
    if (met()) resolve(waited_s);
    else if (waited_s > limit_s) reject(new Error(`not within ${limit_s} s: ${what ?? met}`));
    else setTimeout(look, 5);
  };
  look();
});
"""
"""What every script in the page may use: states as the browser knows them, and waiting."""

LISTEN: Final = """
const heard = { states: {}, changes: [], calls: [] };
window.heard = heard;
const { connection, states } = ha();
await connection.subscribeEvents(({ data }) => {
  heard.changes.push([data.entity_id, data.new_state?.state]);
}, 'state_changed');
await connection.subscribeEvents(({ data }) => heard.calls.push(data), 'call_service');
for (const [id, each] of Object.entries(states)) heard.states[id] = each.state;
"""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _suggested(schema: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the fields of a page hold when it is shown."""
    found = {}
    for field in schema:
        value = (field.get("description") or {}).get("suggested_value", field.get("default"))
        if value is not None:
            found[field["name"]] = value
    return found


class RunningDemo:
    """`scripts/demo` in a folder of its own."""

    def __init__(self, config: Path, homes: str = "simple") -> None:
        """Nothing runs before `start`; `homes` is what it begins with."""
        self.config = config
        self._homes = homes
        self.port = free_port()
        self._pid: int | None = None

    @property
    def _command(self) -> list[str | Path]:
        where = ["--config", self.config, "--port", str(self.port)]
        return [ROOT / "scripts/demo", *where, "--homes", self._homes]

    @property
    def url(self) -> str:
        """Where it answers.

        By this name the frontend does without a service worker, which reloads the page at
        a moment of its own.
        """
        return f"http://127.0.0.1:{self.port}"

    @property
    def password(self) -> str:
        """The demo user's password."""
        return str(self._access["password"])

    @property
    def _access(self) -> dict[str, str]:
        found: dict[str, str] = json.loads((self.config / "access.json").read_text())
        return found

    def prepare(self) -> None:
        """Write the files of its first start."""
        subprocess.run(
            [*self._command, "--prepare"], capture_output=True, timeout=READY_S, check=True
        )

    def start(self) -> float:
        """Start it and return how long it took until it was ready, seconds."""
        begun = time.monotonic()
        done = subprocess.run(
            [*self._command, "--detach"],
            capture_output=True,
            text=True,
            timeout=READY_S,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        found = re.search(r"runs as process (\d+)", done.stdout)
        assert found, done.stdout
        self._pid = int(found[1])
        return time.monotonic() - begun

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it in order, and by force where it does not."""
        self._end(signal.SIGTERM)

    def _end(self, by: signal.Signals) -> None:
        if self._pid is None:
            return
        os.kill(self._pid, by)
        deadline = time.monotonic() + END_S
        while self._alive() and time.monotonic() < deadline:
            time.sleep(0.1)
        if self._alive():
            os.kill(self._pid, signal.SIGKILL)
        self._pid = None

    def _alive(self) -> bool:
        """Return whether it runs; one that ended may wait for its parent to notice."""
        try:
            stat = Path(f"/proc/{self._pid}/stat").read_text()
        except FileNotFoundError:
            return False
        return stat.rsplit(")", 1)[1].split()[0] != "Z"

    def ask(self, path: str) -> Any:
        """Return what Home Assistant answers to the demo's user."""
        request = urllib.request.Request(  # noqa: S310  # The address is made here.
            f"{self.url}/api/{path}", headers={"Authorization": f"Bearer {self._access['token']}"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  # As above.
            return json.load(answer)

    def post(self, path: str, data: Mapping[str, Any]) -> Any:
        """Return what Home Assistant answers to what is sent."""
        request = urllib.request.Request(  # noqa: S310  # The address is made here.
            f"{self.url}/api/{path}",
            data=json.dumps(data).encode(),
            headers={
                "Authorization": f"Bearer {self._access['token']}",
                "Content-Type": "application/json",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310  # As above.
                return json.load(answer)
        except HTTPError as err:
            raise AssertionError(f"{path} with {data}: {err.read().decode()}") from err

    def walk(
        self, flow: str, handler: str, answers: Mapping[str, Mapping[str, Any]]
    ) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Walk through a flow over the REST API; return its end and the pages before it.

        Args:
            flow: path of the manager, `flow` or `options/flow`.
            handler: domain, or id of the entry.
            answers: fields by step; a menu's choice is its field `next_step_id`.
        """
        manager = f"config/config_entries/{flow}"
        result = self.post(manager, {"handler": handler})
        pages = []
        for _ in range(MOST_PAGES):
            if result["type"] not in ("form", "menu"):
                return result, pages
            assert not result.get("errors"), (result["step_id"], result["errors"])
            pages.append(result)
            given = answers.get(result["step_id"], {})
            if result["type"] == "form":
                given = {**_suggested(result["data_schema"]), **given}
            result = self.post(f"{manager}/{result['flow_id']}", given)
        raise AssertionError("the flow has no end")

    def diagnostics(self) -> dict[str, Any]:
        """Return the home's diagnostics, as a user downloads them."""
        (entry,) = self.ask("config/config_entries/entry?domain=shems")
        found: dict[str, Any] = self.ask(f"diagnostics/config_entry/{entry['entry_id']}")["data"]
        return found

    def stored(self, part: str) -> Path:
        """Return the file that outlives the home's process."""
        (file,) = (self.config / ".storage").glob(f"shems.*.{part}")
        return file

    def complaints(self) -> list[str]:
        """Return warnings and errors of ours since the last start.

        Home Assistant warns of every custom integration.
        """
        log = (self.config / "home-assistant.log").read_text()
        records = re.split(r"\n(?=\d{4}-\d\d-\d\d )", log)
        return [
            record
            for record in records
            if re.search(r" (WARNING|ERROR|CRITICAL) ", record.split("\n", 1)[0])
            and "shems" in record
            and "We found a custom integration" not in record
        ]


class Visitor:
    """A person at the browser, and what the browser complains about."""

    def __init__(
        self, browser: Browser, demo: RunningDemo, width: int, height: int, **options: object
    ) -> None:
        """Open a new window; nobody is logged in yet."""
        self._demo = demo
        self.complaints: list[str] = []
        self._window = window(browser, width, height, **options)
        self.page: Page = self._window.new_page()
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url')})")

    def log_in(self) -> None:
        """Log in by the form, as a person does, and see the plan on the first page."""
        log_in(self.page, self._demo.url, "demo", self._demo.password)
        wait_until_drawn(self.page)

    def beside(self, browser: Browser, width: int, height: int, **options: object) -> Visitor:
        """Return the same user at another screen; no page is open there yet."""
        login = self._window.storage_state()
        return Visitor(browser, self._demo, width, height, storage_state=login, **options)

    def open(self, path: str) -> None:
        """Go to a page by its address."""
        self.page.goto(f"{self._demo.url}/{path}")

    def run(self, body: str, *arguments: Any) -> Any:
        """Run a script in the page; its arguments are in `args`."""
        return self.page.evaluate(f"async (args) => {{ {SCRIPT} {body} }}", list(arguments))

    def call(self, action: str, entity_id: str | None = None, **data: Any) -> None:
        """Ask Home Assistant for an action, as the user."""
        target = {} if entity_id is None else {"entity_id": entity_id}
        self.run("await ha().callService(...args);", *action.split("."), {**target, **data})

    def state(self, entity_id: str) -> str | None:
        """Return a state as the browser knows it."""
        found: str | None = self.run("return state(args[0]);", entity_id)
        return found

    def attribute(self, entity_id: str, name: str) -> Any:
        """Return an entity's attribute as the browser knows it, None where it has none."""
        return self.run("return ha().states[args[0]].attributes[args[1]];", entity_id, name)

    def wait(self, condition: str, limit_s: float, *arguments: Any) -> float:
        """Wait until a JavaScript condition holds; return how long it took, seconds."""
        what = f"{condition} with {arguments}"
        waited = self.run(
            f"return await until(() => {condition}, args[0], args[1]);", limit_s, what, *arguments
        )
        return float(waited)

    def wait_for(self, entity_id: str, wanted: str, limit_s: float) -> float:
        """Wait until an entity has a state; return how long it took, seconds."""
        return self.wait("state(args[2]) === args[3]", limit_s, entity_id, wanted)

    def listen(self) -> None:
        """Begin to write down every change of state and every action, with a clean sheet."""
        self.run(LISTEN)

    def heard(self) -> tuple[dict[str, str], list[tuple[str, str]], list[dict[str, Any]]]:
        """Return the states at the beginning, and the changes and actions since, in order."""
        heard = self.run("return window.heard;")
        return heard["states"], [(each, to) for each, to in heard["changes"]], heard["calls"]

    def shoot(self, folder: Path | None, name: str) -> None:
        """Keep a picture of the page, where one is wanted."""
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=folder / f"{name}.png")

    def close(self) -> None:
        """Close the window."""
        self._window.close()


def eventually(met: Callable[[], bool], limit_s: float) -> bool:
    """Return whether something comes true in time."""
    deadline = time.monotonic() + limit_s
    while not met():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.5)
    return True
