"""A home whose Energy dashboard is configured is set up in a few presses, and planned for."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from scripts.demo_browser import log_in, wait_until_drawn
from tests.e2e.real_home import RealHome
from tests.e2e.running import Visitor, eventually

PLAN = "sensor.my_home_plan_status"
MOST_PRESSES = 6
FIRST_PLAN_S = 60.0
REMOVED_S = 60.0


@pytest.fixture(scope="module")
def home(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHome]:
    """Run a Home Assistant that knows the household's meters, and nothing of SHEMS."""
    running = RealHome(tmp_path_factory.mktemp("home") / "config")
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
def person(browser: Browser, home: RealHome) -> Iterator[Visitor]:
    visitor = Visitor(browser, home, 1000, 1100)
    log_in(visitor.page, home.url, "demo", home.password)
    visitor.page.wait_for_selector("home-assistant-main")
    yield visitor
    visitor.close()


class Presses:
    """Someone who sets SHEMS up and counts."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.count = 0

    def press(self, text: str, within: str = "body") -> None:
        """Press what has this text, once it is there."""
        self._page.locator(within).get_by_text(text, exact=True).last.click()
        self.count += 1

    def see(self, text: str) -> None:
        """Wait until something is said."""
        self._page.get_by_text(text).last.wait_for()


def test_a_simulated_home_is_tried_and_removed_again(
    home: RealHome, person: Visitor, screenshots: Path | None
) -> None:
    """From nothing to a dashboard to look around in, and back, by the links that it shows."""
    page = person.page
    page.goto(f"{home.url}/config/integrations/dashboard/add?domain=shems")
    hand = Presses(page)
    page.get_by_role("button", name="OK").click()
    hand.press("Simulated home")
    page.get_by_role("button", name="Submit").click()
    hand.press("Skip and finish")
    page.goto(f"{home.url}/shems-home/sim")
    page.get_by_text("This home is simulated").wait_for()
    person.shoot(screenshots, "onboarding-simulated")
    page.get_by_role("link", name="SHEMS", exact=True).last.click()
    # The first menu is the page's, the second the home's.
    page.get_by_text("Devices that don't belong to a sub-entry").wait_for()
    page.get_by_role("button", name="Menu").nth(1).click()
    page.get_by_role("menuitem", name="Delete").locator("visible=true").click()
    page.get_by_role("button", name="Delete").last.click()
    there = "config/config_entries/entry?domain=shems"
    assert eventually(lambda: home.ask(there) == [], REMOVED_S)
    page.goto(f"{home.url}/shems-home")
    hand.see("Welcome to SHEMS")
    person.shoot(screenshots, "onboarding-empty")
    page.get_by_role("link", name="Add the SHEMS integration").click()
    hand.see("Do you want to set up SHEMS?")
    assert home.complaints() == []


def test_from_the_add_dialog_to_the_first_plan_in_six_presses(
    home: RealHome, person: Visitor, screenshots: Path | None
) -> None:
    page = person.page
    page.goto(f"{home.url}/config/integrations/dashboard")
    page.get_by_text("Add integration").first.click()
    page.get_by_placeholder("Search for a brand name").wait_for()
    page.keyboard.type("SHEMS")

    hand = Presses(page)
    # The sidebar may say the same.
    hand.press("SHEMS", within="dialog-add-integration")
    hand.press("My home")
    hand.see("Nothing more is needed")
    person.shoot(screenshots, "set-up-found")
    hand.press("Next")
    hand.see("What SHEMS understood")
    for said in (
        "bought now",
        "61 % charged",
        "Electricity price, until",
        "Grid emissions",
        "What is missing",
    ):
        hand.see(said)
    person.shoot(screenshots, "set-up-review")
    hand.press("Add this home")
    hand.press("Skip and finish")
    assert hand.count <= MOST_PRESSES

    def plan() -> dict[str, Any]:
        known = (each for each in home.ask("states") if each["entity_id"] == PLAN)
        return next(known, {"state": None})

    assert eventually(lambda: plan()["state"] == "optimal", FIRST_PLAN_S), json.dumps(plan())
    page.goto(home.url)
    wait_until_drawn(page)
    person.shoot(screenshots, "set-up-planned")
    assert home.complaints() == []


def test_the_review_can_be_looked_at_later(home: RealHome, person: Visitor) -> None:
    page = person.page
    page.goto(f"{home.url}/config/integrations/integration/shems")
    page.get_by_label("Configure").first.click()
    hand = Presses(page)
    hand.press("Review")
    hand.see("What SHEMS understood")
    hand.see("61 % charged")


def test_what_surrounds_the_home_is_beside_its_devices_and_there_once(
    home: RealHome, person: Visitor, screenshots: Path | None
) -> None:
    page = person.page
    page.goto(f"{home.url}/config/integrations/integration/shems")
    hand = Presses(page)
    hand.see("Grid emissions")
    person.shoot(screenshots, "set-up-surroundings")
    page.get_by_text("Add carbon intensity", exact=True).first.click()
    hand.see("This home knows its carbon intensity already")
