"""The demo as it begins: a simple and a complete home, each with a dashboard of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scripts.demo_browser import PLAN, wait_until_drawn
from tests.e2e.running import RunningDemo, Visitor

PLANNED_S = 120.0
STATUS = ("sensor.simulated_home_plan_status", "sensor.complete_home_plan_status")
SECOND = ("now", "history", "savings", "tips", "home", "sim")


@pytest.fixture(scope="module")
def both(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDemo]:
    """Run the demo with both homes, in a new folder."""
    running = RunningDemo(tmp_path_factory.mktemp("both") / "config", "both")
    try:
        running.start()
        yield running
    finally:
        running.stop()


def test_both_homes_are_planned_and_shown(
    browser: Browser, both: RunningDemo, screenshots: Path | None
) -> None:
    """Every page of the second home is drawn, with its own devices and without complaints."""
    person = Visitor(browser, both, 1280, 1400)
    try:
        person.log_in()
        for status in STATUS:
            person.wait_for(status, "optimal", PLANNED_S)
        person.page.goto(f"{both.url}/shems-home-complete/plan")
        wait_until_drawn(person.page, PLAN)
        body = person.page.locator("shems-plan-card .body").inner_text()
        for name in ("Balcony battery", "Small car", "Pool pump", "Freezer", "Air conditioning"):
            assert name in body
        assert "Dehumidifier" not in body, "that is the other home's"
        for page in SECOND:
            person.page.goto(f"{both.url}/shems-home-complete/{page}")
            person.page.locator("hui-sections-view").wait_for()
            person.page.wait_for_load_state("networkidle")
            person.shoot(screenshots, f"complete-{page}")
        assert person.complaints == []
    finally:
        person.close()


def test_the_log_of_both_homes_is_clean(both: RunningDemo) -> None:
    assert both.complaints() == []
