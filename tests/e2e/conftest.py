"""Start Home Assistant and a browser once for all tests of this folder."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.horizon import FINE_S
from custom_components.shems.core.report.ledger import Ledger
from custom_components.shems.core.report.slot import SlotRecord
from scripts.demo_browser import PATIENCE_MS, find, launch
from tests.e2e.running import RunningDemo, Visitor

HALF_FULL_KWH = 5.0
READY_S = 60.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run what needs the machine for itself before Home Assistant and the browser start."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start headless Chromium."""
    path = find()
    if path is None:
        pytest.skip("the browser test needs Chromium (on Debian: apt-get install chromium)")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium, path)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDemo]:
    """Run the demo in a new folder, with a half full battery and a first line in its ledger."""
    running = RunningDemo(tmp_path_factory.mktemp("demo") / "config")
    try:
        assert running.start() < READY_S
        running.stop()
        _furnish(running)
        running.start()
        yield running
    finally:
        running.stop()


def _furnish(demo: RunningDemo) -> None:
    """Let tests begin alike at any hour: with room in the battery, and a line in the ledger.

    A slot of the ledger takes five minutes: not all tests together need to take as long.
    """
    world = json.loads(demo.stored("simulated").read_text())
    world["data"]["state"]["battery_kwh"] = HALF_FULL_KWH
    demo.stored("simulated").write_text(json.dumps(world))

    end = time.time() // FINE_S * FINE_S
    slot = SlotRecord(end - FINE_S, end, 0.2, 0.3, 0.0, 0.0, 0.3, 0.3, 0.5)
    memory = json.loads(demo.stored("memory").read_text())
    memory["data"]["ledger"] = Ledger().closed(slot, Home(), "Europe/Amsterdam")[0].to_json()
    demo.stored("memory").write_text(json.dumps(memory))


@pytest.fixture(scope="session")
def visitor(browser: Browser, demo: RunningDemo) -> Iterator[Visitor]:
    """Open the demo and log in."""
    person = Visitor(browser, demo, 1280, 1400)
    person.log_in()
    yield person
    person.close()


@pytest.fixture(scope="session")
def screenshots() -> Path | None:
    """Return where pictures of the pages are wanted, None where nowhere."""
    wanted = os.environ.get("SHEMS_SCREENSHOTS")
    return Path(wanted) if wanted else None
