"""The dashboard of a complete home: every view seen, heard and pressed in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Locator

from scripts.demo_browser import PLAN, log_in, open_plan, open_view, wait_until_drawn
from tests.e2e.running import ROOT, RunningDemo, Visitor

AXE: Final = ROOT / "custom_components/shems/frontend/node_modules/axe-core/axe.min.js"
VIEWS: Final = ("Now", "Plan", "History", "Savings", "Tips", "What if", "Home")
MODE: Final = "select.house_battery_mode"
LEAK_BYTES: Final = 4_000_000
"""The page itself breathes by two; as many plans that were kept would take fifteen million."""
SOON_MS: Final = 10_000
"""A second where nothing else runs; tests may share their processor with others."""

OURS = """
const found = [];
const search = (root) => {
  for (const each of root.querySelectorAll('*')) {
    if (/^shems-.*-content$/.test(each.localName)) found.push(each);
    if (each.shadowRoot) search(each.shadowRoot);
  }
};
search(document);
"""

LISTEN_TO_AXE = (
    OURS
    + """
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const { violations } = await axe.run({ include: found }, { runOnly: tags });
return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
"""
)

UPDATE = (
    OURS
    + """
const [name, count] = args;
const card = found.find((each) => each.localName === name);
const { message } = card.feed;
for (let i = 0; i < count; i += 1) {
  const copy = structuredClone(message);
  copy.now += i;
  copy.created = (copy.created ?? 0) + i;
  if ('grid_kw' in copy && typeof copy.grid_kw === 'number') copy.grid_kw += i / 1000;
  card.feed.receive(copy);
  await card.updateComplete;
}
"""
)

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


@pytest.fixture(scope="module")
def complete(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDemo]:
    """Run the demo with the complete home, in a new folder."""
    running = RunningDemo(tmp_path_factory.mktemp("complete") / "config", "complete")
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def person(browser: Browser, complete: RunningDemo) -> Iterator[Visitor]:
    """Log in to it."""
    visitor = Visitor(browser, complete, 1400, 1600, locale="en-GB")
    visitor.log_in()
    visitor.wait_for("sensor.complete_home_plan_status", "optimal", 120)
    yield visitor
    visitor.close()


def _device(person: Visitor, name: str) -> Locator:
    """Return a device's own card on the page."""
    return person.page.get_by_role("article", name=name, exact=True)


def test_every_view_is_drawn_and_asks_nobody_else(
    person: Visitor, complete: RunningDemo, screenshots: Path | None
) -> None:
    """Nothing is complained of, and no request leaves for another host."""
    asked: list[str] = []
    person.page.on("request", lambda request: asked.append(request.url))
    person.page.reload()
    wait_until_drawn(person.page)
    for name in VIEWS:
        open_view(person.page, name)
        person.page.locator("hui-sections-view ha-card").first.wait_for()
        person.page.wait_for_load_state("networkidle")
        person.page.wait_for_timeout(500)
        person.shoot(screenshots, f"dashboard-{name.lower().replace(' ', '-')}")
    asked = [url for url in asked if not url.startswith(("data:", "blob:"))]
    assert any("/shems_static/" in url for url in asked)
    assert [url for url in asked if not url.startswith(complete.url)] == []
    assert person.complaints == []


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci in the frontend")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(person: Visitor, scheme: str) -> None:
    """Every card of every view keeps WCAG 2.2 AA, as far as a program can tell."""
    person.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    person.page.reload()
    open_view(person.page, "Now")
    wait_until_drawn(person.page)
    person.page.add_script_tag(path=AXE)
    wrong: dict[str, Any] = {}
    for name in VIEWS:
        open_view(person.page, name)
        person.page.locator("hui-sections-view ha-card").first.wait_for()
        person.page.wait_for_load_state("networkidle")
        person.page.wait_for_timeout(500)
        if found := person.run(LISTEN_TO_AXE):
            wrong[name] = found
    person.page.emulate_media(color_scheme="light")
    assert wrong == {}


def test_the_plan_is_there_soon(person: Visitor) -> None:
    """The plan is drawn soon after its tab is pressed."""
    open_view(person.page, "Now")
    wait_until_drawn(person.page)
    begun = person.run("return performance.now();")
    open_view(person.page, "Plan")
    person.page.wait_for_selector(PLAN)
    assert person.run("return performance.now();") - begun < SOON_MS


@pytest.mark.parametrize(
    ("view", "card", "count"),
    [("Now", "shems-flow-card-content", 1000), ("Plan", "shems-plan-card-content", 250)],
)
def test_many_updates_leave_nothing_behind(
    person: Visitor, view: str, card: str, count: int
) -> None:
    """What was shown before is forgotten: memory and elements stay what they were."""
    open_view(person.page, view)
    wait_until_drawn(person.page, PLAN if view == "Plan" else card)
    session = person.page.context.new_cdp_session(person.page)

    def used() -> tuple[int, int]:
        session.send("HeapProfiler.collectGarbage")
        heap = session.send("Runtime.getHeapUsage")["usedSize"]
        return int(heap), int(session.send("Memory.getDOMCounters")["nodes"])

    person.run(UPDATE, card, 200)
    heap, nodes = used()
    person.run(UPDATE, card, count)
    after, nodes_after = used()
    session.detach()
    assert after - heap < LEAK_BYTES
    assert nodes_after - nodes < 200


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


def test_a_programme_is_dragged_to_another_hour(person: Visitor, screenshots: Path | None) -> None:
    """Where it is let go it is planned, by the action that anybody may call."""
    dishwasher = person.run(DISHWASHER)
    person.call("shems.run_appliance", device_id=dishwasher)
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
    assert block.get_attribute("aria-label").split(", ")[:2] == wanted.split(", ")[:2]  # type: ignore[union-attr]  # It has one.
    assert person.complaints == []


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
        open_plan(guest.page)
        assert guest.page.locator("shems-plan-gantt .block").count() > 0
        assert guest.page.locator("shems-plan-gantt .block.movable").count() == 0
    finally:
        guest.close()
