"""Homes of a street: real Home Assistants on one broker, whose clocks run fast and alike."""

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, override
from urllib.error import URLError

from tests.e2e.running import END_S, READY_S, ROOT, RunningDemo

SPEED: Final = 12
"""An hour in five minutes; what a home computes then takes twelve times as long."""
BEGIN_S: Final = 1_781_120_520
"""10 June 2026, 19:42 UTC: the sun has set, and what batteries hold is worth sharing."""


def program() -> str | None:
    """Return what makes clocks run fast."""
    return shutil.which("faketime")


class Street:
    """The time that all homes have in common."""

    def __init__(self) -> None:
        """Begin now."""
        self._begun = time.monotonic()

    @property
    def now(self) -> float:
        """The time there, epoch seconds."""
        return BEGIN_S + SPEED * (time.monotonic() - self._begun)

    def until(self, met: Callable[[], Any], what: str, patience_s: float) -> Any:
        """Wait until something holds, at most so long in seconds of the street; return it."""
        deadline = self.now + patience_s
        while True:
            found = met()
            if found:
                return found
            assert self.now < deadline, f"in vain: {what}"
            time.sleep(0.5)


class Neighbour(RunningDemo):
    """One Home Assistant with a simulated home, in the time of the street."""

    street: Street

    def __init__(self, config: Path, seed: int) -> None:
        """Nothing runs before it moves in."""
        super().__init__(config)
        self._seed = seed
        self._hass: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Write the files of a first start."""
        # Its user's token is dated: it has to be made in the same time.
        prepare = [*_faked(BEGIN_S - 3600, 1), *self._command, "--prepare"]
        subprocess.run(prepare, capture_output=True, timeout=READY_S, check=True, env=_utc())
        file = self.config / ".storage" / "core.config_entries"
        stored = json.loads(file.read_text())
        stored["data"]["entries"][0]["data"]["seed"] = self._seed
        file.write_text(json.dumps(stored))

    def move_in(self, street: Street) -> None:
        """Begin to start; wait for it afterwards."""
        self.street = street
        command = [*_faked(street.now, SPEED), ROOT / ".venv/demo/bin/hass"]
        with (self.config / "hass.log").open("ab") as log:
            self._hass = subprocess.Popen(
                [*command, "--config", self.config, "--log-no-color"],
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env=_utc(),
            )

    @override
    def stop(self) -> None:
        """End it in order: what makes the clock run fast is its parent, and goes with it."""
        if self._hass is None or self._hass.poll() is not None:
            return
        group = self._hass.pid
        os.killpg(group, signal.SIGTERM)
        self._hass.wait(END_S)
        deadline = time.monotonic() + END_S
        while _lives(group):
            if time.monotonic() > deadline:
                os.killpg(group, signal.SIGKILL)
            time.sleep(0.1)

    def wait_until_ready(self) -> None:
        """Return once it runs."""
        deadline = time.monotonic() + READY_S
        while not self._ready():
            assert self._hass is not None
            assert self._hass.poll() is None, (self.config / "hass.log").read_text()[-2000:]
            assert time.monotonic() < deadline, "it does not start"
            time.sleep(0.3)

    def wake_home(self) -> None:
        """See that the home runs: on a busy machine a fast clock may have cut its start short."""
        deadline = time.monotonic() + READY_S
        while (state := self._home_state()) != "loaded":
            assert time.monotonic() < deadline, f"its home is {state}"
            if state != "setup_in_progress":
                self.post(f"config/config_entries/entry/{self.entry('home')}/reload", {})
            time.sleep(1.0)

    def _home_state(self) -> str:
        entries = self.ask("config/config_entries/entry?domain=shems")
        return next(str(each["state"]) for each in entries if each["title"] == "Simulated home")

    def _ready(self) -> bool:
        try:
            return bool(self.ask("config")["state"] == "RUNNING")
        except OSError, URLError, ValueError:
            return False

    def entry(self, kind: str) -> str:
        """Return the id of the entry of a kind: the home's, or the community's."""
        entries = self.ask("config/config_entries/entry?domain=shems")
        wanted = {"home": "Simulated home", "community": "Sunny Street"}[kind]
        (found,) = [each["entry_id"] for each in entries if each["title"] == wanted]
        return str(found)

    @property
    def community_cid(self) -> str:
        """The community's name on the wire."""
        stored = json.loads((self.config / ".storage" / "core.config_entries").read_text())
        (entry,) = [each for each in stored["data"]["entries"] if "cid" in each["data"]]
        return str(entry["data"]["cid"])

    def battery(self, mode: str, power_w: int) -> None:
        """Tell the inverter what to do, as its owner does."""
        number, select = "number.sim_battery_power", "select.sim_battery_mode"
        self.post("services/number/set_value", {"entity_id": number, "value": power_w})
        self.post("services/select/select_option", {"entity_id": select, "option": mode})


def _lives(group: int) -> bool:
    """Return whether any process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _faked(at: float, speed: int) -> list[str]:
    """Return what runs a command at a time, epoch seconds, and at a speed."""
    begin = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(at))
    return [str(program()), "-m", "-f", f"@{begin} x{speed}"]


def _utc() -> dict[str, str]:
    return {**os.environ, "TZ": "UTC"}
