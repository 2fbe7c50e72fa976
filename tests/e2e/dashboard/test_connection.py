"""How soon the dashboard is there, what moves in it, and what it says when it is cut off."""

import os
from collections.abc import Callable
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, expect

from scripts.demo_browser import PLAN, open_view, wait_until_drawn
from tests.e2e.line import Line
from tests.e2e.running import RunningDemo, Visitor

SOON_S: Final = 1.0
ATTEMPTS: Final = 4
"""What else the machine does can only add to a wait: one of several shows that it can be met."""
LAMP: Final = "light.sim_complete_kitchen"
MODE: Final = "select.house_battery_mode"
TOGGLES: Final = 6

WATCH = """
const deep = (root, name) => {
  for (const each of root.querySelectorAll('*')) {
    if (each.matches(name)) return each;
    const found = each.shadowRoot && deep(each.shadowRoot, name);
    if (found) return found;
  }
  return null;
};
window.seen = {};
const look = (at) => {
  for (const [name, selector] of Object.entries({
    panel: 'ha-panel-lovelace', plan: 'shems-plan-charts[drawn]',
  })) if (!(name in window.seen) && deep(document, selector)) window.seen[name] = at;
  if (!('plan' in window.seen)) requestAnimationFrame(look);
  // What was there before a frame is on the screen after it.
  else requestAnimationFrame((after) => { window.seen.painted = after; });
};
requestAnimationFrame(look);
"""
"""When the panel is opened and its plan is painted, milliseconds of the page's clock."""

GO = (
    WATCH
    + """
const begun = performance.now();
history.pushState(null, '', '/shems-home/plan');
dispatchEvent(new CustomEvent('location-changed', { detail: { replace: false } }));
await until(() => window.seen.painted, 60);
return (window.seen.painted - begun) / 1000;
"""
)

LOADED = """
await until(() => window.seen?.painted, 60);
return (window.seen.painted - window.seen.panel) / 1000;
"""

OBSERVE = """
const [canvases] = args;
const moved = window.moved = { drawn: 0, elsewhere: [], texts: 0 };
const contents = [];
const watch = (root, card) => {
  for (const each of root.querySelectorAll('*')) {
    const ours = /^shems-.*-content$/.test(each.localName) ? each.localName : card;
    if (ours && ours !== card) contents.push(each);
    if (!each.shadowRoot) continue;
    if (ours) new MutationObserver((records) => {
      for (const { addedNodes, target } of records) {
        const elements = [...addedNodes].filter((node) => node.nodeType === 1);
        moved.texts += 1;
        if (elements.length > 0 || !/flow|device/.test(ours))
          moved.elsewhere.push(`${ours}: ${target.textContent.trim().slice(0, 80)}`);
      }
    }).observe(each.shadowRoot, { subtree: true, childList: true, characterData: true });
    watch(each.shadowRoot, ours);
  }
};
watch(document, '');
for (const name of ['clearRect', 'stroke', 'fill']) {
  const draw = CanvasRenderingContext2D.prototype[name];
  CanvasRenderingContext2D.prototype[name] = function (...all) {
    moved.drawn += 1;
    return draw.apply(this, all);
  };
}
window.contents = contents;
// What another plan or another price shows is no power that moved.
window.messages = () => contents.map(({ feed }) => [
  feed?.message?.created, feed?.message?.import_price,
]);
window.before = JSON.stringify(window.messages());
"""


def _share(seconds: float) -> float:
    """Return how long that takes on a machine whose processors others want as well."""
    return seconds * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


@pytest.mark.parametrize("how", ["opened", "loaded"])
def test_the_plan_is_painted_within_a_second(
    browser: Browser,
    person: Visitor,
    record_property: Callable[[str, object], None],
    how: str,
) -> None:
    """Whoever opens the panel sees the plan a second later, also with nothing fetched before.

    Opened from another page of Home Assistant the second begins with the press; where the
    page is loaded anew, with the panel, which is there once Home Assistant itself is.
    """
    took: list[float] = []
    for _ in range(ATTEMPTS):
        other = person.beside(browser, 1400, 1600, locale="en-GB")
        try:
            if how == "loaded":
                other.page.add_init_script(WATCH)
                other.open("shems-home/plan")
                took.append(other.run(LOADED))
            else:
                other.open("profile/general")
                other.page.locator("ha-panel-profile").wait_for(state="attached")
                other.page.wait_for_load_state("networkidle")
                took.append(other.run(GO))
        finally:
            other.close()
        if took[-1] <= _share(SOON_S):
            break
    record_property("painted_s", took)
    assert min(took) <= _share(SOON_S), took


def test_a_lost_connection_is_said_and_comes_back_by_itself(
    browser: Browser, person: Visitor
) -> None:
    """Every card keeps what it knows and says that nothing new comes; what is pressed fails."""
    other = person.beside(browser, 1400, 1600, locale="en-GB")
    try:
        line = Line(other.page)
        other.open("shems-home/now")
        wait_until_drawn(other.page)
        cards = other.page.locator("shems-flow-card, shems-prices-card, shems-device-card")
        lost = cards.get_by_text("No connection", exact=True)
        battery = other.page.get_by_role("article", name="House battery", exact=True)
        expect(battery.get_by_role("radio", name="Hold")).to_be_enabled()
        line.cut()
        expect(lost).to_have_count(cards.count())
        battery.get_by_role("radio", name="Hold").click()
        expect(battery.get_by_role("alert")).to_have_text("That did not work: No connection")
        expect(battery.get_by_role("radio", name="Plan")).to_be_checked()
        open_view(other.page, "Plan")
        line.mend()
        other.page.wait_for_selector(PLAN)
        open_view(other.page, "Now")
        expect(lost).to_have_count(0)
        # And is live again.
        person.call("select.select_option", MODE, option="hold")
        expect(battery.get_by_role("radio", name="Hold")).to_be_checked()
        person.call("select.select_option", MODE, option="auto")
        expect(battery.get_by_role("radio", name="Plan")).to_be_checked()
        assert other.complaints == []
    finally:
        other.close()


def test_a_home_that_is_loaded_anew_is_followed_again(
    person: Visitor, complete: RunningDemo
) -> None:
    """As after every change of its options; nobody needs to load the page for that."""
    open_view(person.page, "Now")
    wait_until_drawn(person.page)
    (entry,) = complete.ask("config/config_entries/entry?domain=shems")
    flow = person.page.locator("shems-flow-card")
    person.run(
        "await ha().callApi('POST', `config/config_entries/entry/${args[0]}/reload`);",
        entry["entry_id"],
    )
    expect(flow.get_by_text("No connection")).to_have_count(0)
    battery = person.page.get_by_role("article", name="House battery", exact=True)
    person.wait_for(MODE, "auto", 60)
    person.call("select.select_option", MODE, option="hold")
    expect(battery.get_by_role("radio", name="Hold")).to_be_checked()
    person.call("select.select_option", MODE, option="auto")
    expect(battery.get_by_role("radio", name="Plan")).to_be_checked()
    person.wait_for("sensor.complete_home_plan_status", "optimal", 120)


@pytest.mark.parametrize("view", ["Now", "Plan"])
def test_powers_move_and_nothing_else_is_painted(person: Visitor, view: str) -> None:
    """Each second something else flows: numbers change, no element is made, no chart drawn."""
    for _ in range(ATTEMPTS):
        moved = _watched(person, view)
        if moved["same"]:
            break
    assert moved["same"], "a new plan came each time"
    assert moved["changes"] >= TOGGLES
    assert moved["drawn"] == 0
    assert moved["elsewhere"] == []
    assert (moved["texts"] > 0) == (view == "Now")


def _watched(person: Visitor, view: str) -> dict[str, Any]:
    """Switch a lamp each second, and return what moved in the cards of a view meanwhile."""
    person.page.reload()
    open_view(person.page, view)
    wait_until_drawn(person.page, PLAN if view == "Plan" else "shems-flow-card svg.flow")
    person.run(OBSERVE, view)
    person.listen()
    for _ in range(TOGGLES):
        person.call("light.toggle", LAMP)
        person.page.wait_for_timeout(1000)
    _, changes, _ = person.heard()
    told: dict[str, Any] = person.run(
        "return { ...window.moved, same: window.before === JSON.stringify(window.messages()) };"
    )
    meter = [each for each, _ in changes if each == "sensor.complete_home_grid_power"]
    return {**told, "changes": len(meter)}
