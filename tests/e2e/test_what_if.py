"""A question about a year, asked and answered on the dashboard of the demo's simulated home."""

from pathlib import Path

import pytest

from scripts.demo_browser import open_view
from tests.e2e.running import Visitor

ANSWER_S = 600


@pytest.fixture(autouse=True)
def _forgiven(visitor: Visitor) -> None:
    """Leave to other tests what the page complained of while they let the power fail."""
    visitor.complaints.clear()


def test_a_battery_is_asked_about_and_answered(visitor: Visitor, screenshots: Path | None) -> None:
    """The card shows how far it is, then saving, payback and what was taken for granted."""
    page = visitor.page
    page.get_by_role("tab").filter(has_text="What if").click()
    card = page.locator("shems-what-if-card")
    card.locator("input[name=battery_kwh]").fill("8")
    card.locator("input[name=price]").fill("4000")
    card.get_by_role("button", name="Work it out").click()
    card.locator("progress").wait_for()
    card.locator("dl.figures").wait_for(timeout=1000 * ANSWER_S)
    told = card.locator(".body").inner_text()
    assert "Saved in a year" in told
    assert "€" in told
    assert "Self-sufficiency" in told
    assert "In four of five years between the smaller numbers" in told
    assert " – " in card.locator("dl.figures small").first.inner_text()
    card.locator("summary").click()
    assert "It rests on" in card.locator(".body").inner_text()
    visitor.shoot(screenshots, "what-if")
    open_view(page, "Home")
    inferred = page.locator("shems-inferred-card .body")
    inferred.get_by_text("What is known of this home").wait_for()
    visitor.shoot(screenshots, "home")
    assert visitor.complaints == []


def test_a_question_is_cancelled_while_the_home_goes_on(visitor: Visitor) -> None:
    """Cancelling ends it at once, and nothing of it is in the way of plans."""
    page = visitor.page
    page.get_by_role("tab").filter(has_text="What if").click()
    card = page.locator("shems-what-if-card")
    card.locator("select[name=question]").select_option("without_shems")
    card.get_by_role("button", name="Work it out").click()
    card.get_by_role("button", name="Cancel").click()
    card.get_by_text("was cancelled").wait_for()
    visitor.call("shems.optimize")
    assert visitor.complaints == []
