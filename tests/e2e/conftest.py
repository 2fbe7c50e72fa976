"""Start Home Assistant and a browser once for all tests of this folder."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.running import RunningDemo, Visitor

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run what needs the machine for itself before Home Assistant and the browser start."""
    items.sort(key=lambda item: "demo" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDemo]:
    """Run the demo in a new folder."""
    running = RunningDemo(tmp_path_factory.mktemp("demo") / "config")
    running.start()
    yield running
    running.stop()


def _chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium: install it, for example with apt-get install chromium")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start headless Chromium."""
    executable = _chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def visitor(browser: Browser, demo: RunningDemo) -> Iterator[Visitor]:
    """Open the demo and log in."""
    person = Visitor(browser, demo, viewport={"width": 1280, "height": 1400})
    person.log_in()
    yield person
    person.close()


@pytest.fixture(scope="session")
def screenshots() -> Path | None:
    """Return where pictures of the pages are wanted, None where nowhere."""
    wanted = os.environ.get("SHEMS_SCREENSHOTS")
    return Path(wanted) if wanted else None
