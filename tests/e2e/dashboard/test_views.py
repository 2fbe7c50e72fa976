"""The dashboard of a complete home: every view seen, heard and pressed in a real browser."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser

from scripts.demo_browser import PLAN, open_view, wait_until_drawn
from tests.e2e.communities import NAME, connect, found
from tests.e2e.running import ROOT, RunningDemo, Visitor
from tests.parts.broker import Broker
from tests.parts.broker import program as mosquitto

AXE: Final = ROOT / "custom_components/shems/frontend/node_modules/axe-core/axe.min.js"
VIEWS: Final = {
    "Now": "shems-flow-card",
    "Plan": "shems-plan-card",
    "History": "shems-history-card",
    "Savings": "shems-savings-card",
    "Tips": "shems-tips-card",
    "What if": "shems-what-if-card",
    "Home": "shems-inferred-card",
}
"""A card of each view, by the name on its tab."""
COMMUNITY: Final = {"Community": "shems-community-card"}
LEAK_BYTES: Final = 4_000_000
"""The page itself breathes by two; as many plans that were kept would take fifteen million."""

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
if (found.length === 0) throw new Error('there is no card to listen to');
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

OVER_THE_EDGE = (
    OURS
    + """
const wrong = [];
const inside = (root, card, clipped) => {
  for (const each of root.children ?? []) {
    const { direction, overflowX, display, position } = getComputedStyle(each);
    if (display === 'none') continue;
    const box = each.getBoundingClientRect();
    const scrolls = clipped || overflowX !== 'visible';
    if (!clipped && box.width > 0 && position !== 'absolute'
      && (box.left < card.left - 1 || box.right > card.right + 1))
      wrong.push(`${root.host?.localName ?? root.localName} ${each.localName}.${each.className}`);
    if (each.namespaceURI.endsWith('/svg')) continue;
    if (each.shadowRoot) inside(each.shadowRoot, card, scrolls);
    inside(each, card, scrolls);
  }
};
for (const each of found) {
  const direction = getComputedStyle(each).direction;
  if (direction !== 'rtl') wrong.push(`${each.localName} is ${direction}`);
  const { left, right } = each.getBoundingClientRect();
  if (left < 0 || right > innerWidth) wrong.push(`${each.localName} is not on the screen`);
  inside(each.shadowRoot, each.getBoundingClientRect(), false);
}
return wrong;
"""
)

ANIMATED = (
    OURS
    + """
const running = [];
const look = (root) => {
  for (const each of root.querySelectorAll('*')) {
    running.push(...each.getAnimations().map(({ animationName }) => animationName));
    if (each.shadowRoot) look(each.shadowRoot);
  }
};
found.forEach((each) => look(each.shadowRoot));
return running;
"""
)

CUT = """
const names = [], cut = [];
const read = (root, of) => {
  for (const each of root.querySelectorAll('*')) {
    const tile = of || each.localName === 'hui-tile-card';
    const name = each.slot === 'primary' || each.classList.contains('primary');
    if (tile && name && each.clientWidth > 0) {
      names.push(each.textContent.trim());
      if (each.scrollWidth > each.clientWidth) cut.push(each.textContent.trim());
    }
    if (each.shadowRoot) read(each.shadowRoot, tile);
  }
};
read(document, false);
if (names.length === 0) throw new Error('there is no tile to read');
return cut;
"""

ALL_SEEN = (
    OURS
    + """
const card = found.find((each) => each.localName === 'shems-inferred-card-content');
const copy = structuredClone(card.feed.message);
for (const each of copy.subjects) each.verdict = 'trusted';
card.feed.receive(copy);
await card.updateComplete;
const tables = [...card.shadowRoot.querySelectorAll('section > table')];
if (tables.length === 0) throw new Error('nothing is told');
return tables.filter((table) => {
  const [inner, outer] = [table, table.parentElement].map((each) => each.getBoundingClientRect());
  return inner.left < outer.left - 1 || inner.right > outer.right + 1;
}).map((table) => table.textContent.replace(/\\s+/g, ' '));
"""
)


def _path(view: str) -> str:
    """Return the end of a view's address."""
    return view.lower().replace(" ", "-")


def test_every_view_is_drawn_and_asks_nobody_else(
    person: Visitor, complete: RunningDemo, screenshots: Path | None
) -> None:
    """Nothing is complained of, and no request leaves for another host."""
    asked: list[str] = []
    person.page.on("request", lambda request: asked.append(request.url))
    person.open("shems-home/now")
    for name, card in VIEWS.items():
        open_view(person.page, name)
        wait_until_drawn(person.page, f"{card}-content")
        person.shoot(screenshots, f"dashboard-{_path(name)}")
    asked = [url for url in asked if not url.startswith(("data:", "blob:"))]
    assert any("/shems_static/" in url for url in asked)
    assert [url for url in asked if not url.startswith(complete.url)] == []
    assert person.complaints == []


@pytest.mark.parametrize("width", [390, 1400])
def test_no_name_of_a_tile_is_cut(person: Visitor, browser: Browser, width: int) -> None:
    """On a telephone and on a screen, one can tell every tile from the next."""
    other = person.beside(browser, width, 1200, locale="en-GB")
    try:
        for view in ("now", "savings", "home", "sim"):
            other.open(f"shems-home/{view}")
            other.page.locator("hui-tile-card").first.wait_for()
            wait_until_drawn(other.page, "hui-tile-card")
            assert other.run(CUT) == [], view
    finally:
        other.close()


def test_what_was_seen_of_a_home_stays_within_its_column(person: Visitor, reader: Visitor) -> None:
    """However many numbers are told, they cover no others, from the left and from the right."""
    for visitor in (person, reader):
        visitor.open("shems-home/home")
        wait_until_drawn(visitor.page, "shems-inferred-card-content")
        assert visitor.run(ALL_SEEN) == []


def heard_by_axe(person: Visitor, scheme: str, views: Mapping[str, str]) -> dict[str, Any]:
    """Return what axe finds in views, by view; a card of each is given."""
    person.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    person.open("shems-home/now")
    wait_until_drawn(person.page)
    person.page.add_script_tag(path=AXE)
    wrong: dict[str, Any] = {}
    for name, card in views.items():
        open_view(person.page, name)
        wait_until_drawn(person.page, f"{card}-content")
        if heard := person.run(LISTEN_TO_AXE):
            wrong[name] = heard
    person.page.emulate_media(color_scheme="light")
    return wrong


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci in the frontend")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(person: Visitor, scheme: str) -> None:
    """Every card of every view keeps WCAG 2.2 AA, as far as a program can tell."""
    assert heard_by_axe(person, scheme, VIEWS) == {}


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


@pytest.fixture(scope="module")
def reader(browser: Browser, person: Visitor) -> Iterator[Visitor]:
    """Open the dashboard on a telephone in Hebrew, for somebody who asks for less motion."""
    other = person.beside(browser, 390, 900, reduced_motion="reduce", color_scheme="dark")
    other.page.add_init_script("localStorage.selectedLanguage = '\"he\"'")
    other.open("shems-home/now")
    wait_until_drawn(other.page)
    yield other
    other.close()


def test_right_to_left_everything_is_turned_and_within_its_card(
    reader: Visitor, screenshots: Path | None
) -> None:
    """In Hebrew the first thing is at the right, and nothing reaches over an edge."""
    assert reader.run("return document.documentElement.dir;") == "rtl"
    wrong: dict[str, list[str]] = {}
    for name, card in VIEWS.items():
        reader.run(
            """
            history.pushState(null, '', args[0]);
            dispatchEvent(new CustomEvent('location-changed', { detail: { replace: false } }));
            """,
            f"/shems-home/{_path(name)}",
        )
        wait_until_drawn(reader.page, f"{card}-content")
        if name == "Now":
            device = reader.page.get_by_role("article", name="House battery", exact=True)
            icon, power = (device.locator(each).bounding_box() for each in (".icon", ".power"))
            assert icon is not None
            assert power is not None
            assert icon["x"] > power["x"] + power["width"]
        if found := reader.run(OVER_THE_EDGE):
            wrong[name] = found
        reader.shoot(screenshots, f"rtl-{_path(name)}")
    assert wrong == {}
    assert reader.complaints == []


def test_nothing_moves_for_who_asks_for_less_motion(person: Visitor, reader: Visitor) -> None:
    """What flows is an arrow then; for everybody else dots run along."""
    reader.open("shems-home/now")
    wait_until_drawn(reader.page)
    assert reader.run(ANIMATED) == []
    open_view(person.page, "Now")
    wait_until_drawn(person.page)
    assert "run" in person.run(ANIMATED)


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci in the frontend")
@pytest.mark.skipif(mosquitto() is None, reason="needs mosquitto (on Debian: apt-get install)")
def test_a_community_gets_a_view_of_its_own(
    person: Visitor, complete: RunningDemo, tmp_path: Path, screenshots: Path | None
) -> None:
    """It is there as soon as one was founded, is complained of by nobody, and can be read."""
    broker = Broker(tmp_path)
    broker.start()
    try:
        connect(complete, broker.port)
        found(complete)
        person.open("shems-home/community-1")
        card = person.page.locator("shems-community-card-content")
        card.get_by_text(NAME).first.wait_for()
        wait_until_drawn(person.page, "shems-community-card-content")
        person.shoot(screenshots, "dashboard-community")
        assert person.complaints == []
        for scheme in ("light", "dark"):
            assert heard_by_axe(person, scheme, COMMUNITY) == {}
    finally:
        broker.kill()
