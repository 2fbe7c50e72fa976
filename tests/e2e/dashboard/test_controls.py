"""What is pressed on the dashboard: shown at once, and taken back where it is refused."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Locator, expect

from scripts.demo_browser import log_in, open_plan, open_view, wait_until_drawn
from tests.e2e.line import Line
from tests.e2e.running import RunningDemo, Visitor

MODE: Final = "select.house_battery_mode"
SLACK_S: Final = 900.0
"""What a plan of quarter hours may make of a wish."""

DISHWASHER = """
return Object.values(ha().devices).find(({ name, identifiers }) =>
  name === 'Kitchen dishwasher' && identifiers.some(([, id]) => !id.includes('_sim_'))).id;
"""

RUN_BEGINS = """
const plan = await new Promise((resolve) => {
  ha().connection.subscribeMessage(resolve, { type: 'shems/plan/subscribe' });
});
const { power_kw } = plan.devices.find(({ name }) => name === 'Kitchen dishwasher');
return plan.start[power_kw.findIndex((power) => power > 0.01)] ?? null;
"""

USER = """
const { user } = await ha().callWS({
  type: 'config/auth/create', name: 'Guest', group_ids: ['system-read-only'],
});
await ha().callWS({
  type: 'config/auth_provider/homeassistant/create',
  user_id: user.id, username: 'guest', password: args[0],
});
"""


def _device(person: Visitor, name: str) -> Locator:
    """Return a device's own card on the page."""
    return person.page.get_by_role("article", name=name, exact=True)


def _pressed(device: Locator) -> str:
    """Return the mode that a device's card shows as chosen."""
    return device.locator('[aria-checked="true"]').inner_text().strip()


def test_a_mode_is_chosen_with_one_press(person: Visitor) -> None:
    """It shows at once, and the home does it; what costs money is asked about first."""
    open_view(person.page, "Now")
    battery = _device(person, "House battery")
    battery.get_by_role("radio", name="Hold").click()
    assert battery.get_by_role("radio", name="Hold").get_attribute("aria-checked") == "true"
    person.wait_for(MODE, "hold", 60)
    battery.get_by_role("radio", name="Charge").click()
    battery.get_by_role("button", name="Leave it").click()
    assert person.state(MODE) == "hold"
    battery.get_by_role("radio", name="Plan").click()
    person.wait_for(MODE, "auto", 60)


def test_a_device_is_overridden_for_an_hour_and_given_back(person: Visitor) -> None:
    battery = _device(person, "House battery")
    battery.get_by_role("button", name="Allow control").click()
    battery.get_by_label("How long").select_option("1")
    battery.get_by_role("radio", name="Hold").click()
    person.wait("ha().states[args[2]].attributes.override_until !== undefined", 60, MODE)
    assert person.state(MODE) == "hold"
    battery.get_by_text("You decide until").wait_for()
    battery.get_by_role("button", name="Follow the plan").click()
    person.wait_for(MODE, "auto", 60)
    assert person.attribute(MODE, "override_until") is None
    battery.get_by_text("You decide until").wait_for(state="detached")


def test_what_costs_money_or_comfort_is_asked_about(person: Visitor) -> None:
    """What is answered with yes is done; the question takes the keyboard and gives it back."""
    open_view(person.page, "Now")
    battery = _device(person, "House battery")
    battery.get_by_role("radio", name="Charge").click()
    question = battery.get_by_role("alertdialog")
    expect(question).to_contain_text("It takes electricity at €")
    question.get_by_role("button", name="Do it").click()
    assert _pressed(battery) == "Charge"
    person.wait_for(MODE, "charge", 60)
    battery.get_by_role("radio", name="Plan").click()
    person.wait_for(MODE, "auto", 60)

    heating = _device(person, "Underfloor heating")
    heating.get_by_role("radio", name="Off").click()
    expect(heating.get_by_role("alertdialog")).to_contain_text("It does without")
    expect(heating.get_by_role("button", name="Leave it")).to_be_focused()
    person.page.keyboard.press("Escape")
    expect(heating.get_by_role("alertdialog")).to_have_count(0)
    expect(heating.get_by_role("radio", name="Plan")).to_be_focused()


def test_modes_are_chosen_by_the_keyboard(person: Visitor) -> None:
    """Tab leads to the mode there is, arrows along the others, and Enter chooses."""
    battery = _device(person, "House battery")
    keys = person.page.keyboard
    battery.get_by_role("button", name="Allow control").or_(
        battery.get_by_label("How long")
    ).focus()
    keys.press("Shift+Tab")
    expect(battery.get_by_role("radio", name="Plan")).to_be_focused()
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    expect(battery.get_by_role("radio", name="Hold")).to_be_focused()
    keys.press("Enter")
    assert _pressed(battery) == "Hold"
    person.wait_for(MODE, "hold", 60)
    keys.press("ArrowLeft")
    keys.press("ArrowLeft")
    keys.press("Enter")
    person.wait_for(MODE, "auto", 60)


def _begins(label: str | None) -> str:
    """Return a block's name and beginning; what is far ahead ends at a longer step's end."""
    assert label is not None
    return label.split(" – ")[0]


def test_a_programme_is_dragged_to_another_hour(person: Visitor, screenshots: Path | None) -> None:
    """Where it is let go it is planned, by the action that anybody may call."""
    dishwasher = person.run(DISHWASHER)
    # One that is about to begin cannot be dragged any more.
    later = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    person.call("shems.run_appliance", device_id=dishwasher, earliest=later)
    person.call("shems.optimize")
    open_plan(person.page)
    block = person.page.locator("shems-plan-gantt .block.movable")
    block.wait_for()
    before = person.run(RUN_BEGINS)
    block.scroll_into_view_if_needed()
    box = block.bounding_box()
    assert box is not None
    person.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 8)
    person.page.mouse.down()
    person.page.mouse.move(box["x"] + box["width"] / 2 + 80, box["y"] + 8, steps=5)
    person.shoot(screenshots, "dashboard-dragged")
    wanted = block.get_attribute("aria-label")
    person.page.mouse.up()
    person.call("shems.optimize")
    person.page.locator("shems-plan-gantt .block.moving").wait_for(state="detached")
    after = person.run(RUN_BEGINS)
    assert after > before + 3600
    assert _begins(block.get_attribute("aria-label")) == _begins(wanted)

    # The keyboard does the same.
    block.focus()
    for _ in range(4):
        person.page.keyboard.press("ArrowLeft")
    person.page.keyboard.press("Enter")
    person.call("shems.optimize")
    person.page.locator("shems-plan-gantt .block.moving").wait_for(state="detached")
    assert person.run(RUN_BEGINS) == pytest.approx(after - 3600, abs=SLACK_S)
    assert person.complaints == []


@pytest.fixture(scope="module")
def garbled(browser: Browser, person: Visitor) -> Iterator[tuple[Visitor, Line]]:
    """Open the dashboard where what is said to Home Assistant can be changed on its way."""
    other = person.beside(browser, 1400, 1600, locale="en-GB")
    line = Line(other.page)
    other.open("shems-home/now")
    wait_until_drawn(other.page)
    yield other, line
    other.close()


def test_what_is_refused_is_taken_back_and_said(garbled: tuple[Visitor, Line]) -> None:
    """A mode shows as pressed until Home Assistant refuses it, and then what there is."""
    other, line = garbled
    battery = _device(other, "House battery")
    line.change = lambda said: said.replace('"option":"hold"', '"option":"fly"')
    battery.get_by_role("radio", name="Hold").click()
    assert _pressed(battery) in {"Hold", "Plan"}
    expect(battery.get_by_role("alert")).to_contain_text("That did not work: ")
    expect(battery.get_by_role("alert")).to_contain_text("fly")
    assert _pressed(battery) == "Plan"
    assert other.state(MODE) == "auto"
    line.change = str
    battery.get_by_role("radio", name="Hold").click()
    other.wait_for(MODE, "hold", 60)
    expect(battery.get_by_role("alert")).to_have_count(0)
    battery.get_by_role("radio", name="Plan").click()
    other.wait_for(MODE, "auto", 60)


def test_tips_are_put_off_dismissed_and_opened_again(garbled: tuple[Visitor, Line]) -> None:
    """What is said to a tip shows at once, is kept by the home, and taken back if refused."""
    other, line = garbled
    open_view(other.page, "Tips")
    card = other.page.locator("shems-tips-card")
    standby = card.get_by_role("article").filter(has_text="Standby has risen")
    dryer = card.get_by_role("article").filter(has_text="Start Dryer at 13:00")
    expect(standby).to_contain_text("€60.00 a year")
    expect(standby).to_contain_text("€40.00")
    line.change = lambda said: said.replace('"do":"dismiss"', '"do":"burn"')
    standby.get_by_role("button", name="Not for us").click()
    expect(card.get_by_role("alert")).to_be_visible()
    expect(standby.get_by_role("button", name="Not for us")).to_be_visible()

    line.change = str
    standby.get_by_role("button", name="Not for us").click()
    expect(card.get_by_text("Done, put off or dismissed: 1")).to_be_visible()
    expect(card.get_by_role("alert")).to_have_count(0)
    dryer.get_by_role("button", name="Later").click()
    expect(card.get_by_text("Done, put off or dismissed: 2")).to_be_visible()
    assert _said(other) == {"standby": "dismissed", "appliance_hour": "snoozed"}
    card.locator("summary").click()
    standby.get_by_role("button", name="Open again").click()
    expect(card.get_by_text("Done, put off or dismissed: 1")).to_be_visible()
    assert _said(other) == {"standby": "open", "appliance_hour": "snoozed"}
    assert other.complaints == []


def _said(visitor: Visitor) -> dict[str, str]:
    """Return what was said to each tip, as the action tells it."""
    told = visitor.run(
        """
        const asked = { type: 'call_service', domain: 'shems', service: 'tip' };
        const { response } = await ha().callWS({ ...asked, return_response: true });
        return response.tips;
        """
    )
    return {each["tip"]: each["state"] for each in told}


def test_who_may_only_look_can_press_nothing(
    browser: Browser, person: Visitor, complete: RunningDemo
) -> None:
    """A user who may only read sees what each device does, and that they may not change it."""
    person.run(USER, complete.password)
    guest = Visitor(browser, complete, 1400, 1600)
    try:
        log_in(guest.page, complete.url, "guest", complete.password)
        wait_until_drawn(guest.page)
        battery = _device(guest, "House battery")
        battery.get_by_text("Your user may look at this").wait_for()
        assert battery.get_by_role("radio", name="Hold").is_disabled()
        tile = guest.page.locator("hui-tile-card").filter(has_text="Optimiser")
        expect(tile).to_be_visible()
        assert tile.get_by_role("switch").count() == 0
        assert guest.page.get_by_text("Plan again").count() == 0
        own = person.page.locator("hui-tile-card").filter(has_text="Optimiser")
        open_view(person.page, "Now")
        expect(own.get_by_role("switch")).to_be_visible()
        open_plan(guest.page)
        guest.page.locator("shems-plan-gantt .block").first.wait_for()
        assert guest.page.locator("shems-plan-gantt .block.movable").count() == 0
        open_view(guest.page, "Tips")
        tips = guest.page.locator("shems-tips-card")
        tips.get_by_text("Standby has risen").wait_for()
        assert tips.get_by_role("button").count() == 0
        open_view(guest.page, "What if")
        what_if = guest.page.locator("shems-what-if-card")
        what_if.get_by_role("heading", name="What if").wait_for()
        assert what_if.get_by_role("button").count() == 0
        assert guest.complaints == []
    finally:
        guest.close()
