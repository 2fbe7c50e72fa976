"""A day with SHEMS, as a person lives it: the demo's home in a real browser.

The tests follow one another: what one leaves behind the next one finds.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.running import RunningDemo, Visitor

LAMP = "light.sim_living_room"
LAMP_POWER = "sensor.sim_living_room_power"
METER = "sensor.sim_meter_power"
SOLAR_POWER = "sensor.sim_solar_power"
BATTERY_POWER = "sensor.sim_battery_power"
OTHER_LOADS = [
    f"sensor.sim_{device}_power"
    for device in (
        "car",
        "heat_pump",
        "dishwasher",
        "washing_machine",
        "refrigerator",
        "living_room",
        "kitchen",
        "bedroom",
    )
]
SETPOINT = "number.sim_battery_power"
INVERTER = "select.sim_battery_mode"
ALLOW = "switch.battery_allow_control"
MODE = "select.battery_mode"
RESERVE = "number.battery_reserve"
STATUS = "sensor.simulated_home_plan_status"
SAVING = "sensor.simulated_home_total_saving"
DRAWN = "shems-plan-charts[drawn]"

pytestmark = pytest.mark.usefixtures("visitor")


def _shoot(visitor: Visitor, folder: Path | None, name: str) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        visitor.page.screenshot(path=folder / f"{name}.png")


def test_the_plan_is_drawn(visitor: Visitor, screenshots: Path | None) -> None:
    """The first page after the login shows the plan, with data and without complaints."""
    visitor.page.wait_for_selector(DRAWN)
    visitor.wait("ha().states[args[0]].state === 'optimal'", 60, STATUS)
    curves = visitor.page.locator("shems-plan-card canvas")
    assert curves.count() >= 3
    drawn = visitor.run(
        """
        const canvases = [];
        const search = (root) => {
          for (const each of root.querySelectorAll('*')) {
            if (each.tagName === 'CANVAS') canvases.push(each);
            if (each.shadowRoot) search(each.shadowRoot);
          }
        };
        search(document);
        return canvases.map((each) => {
          const data = each.getContext('2d').getImageData(0, 0, each.width, each.height).data;
          let inked = 0;
          for (let i = 3; i < data.length; i += 4) if (data[i]) inked += 1;
          return inked;
        });
        """
    )
    assert all(inked > 100 for inked in drawn), drawn
    visitor.page.locator("shems-plan-card").get_by_text("€").first.wait_for()
    _shoot(visitor, screenshots, "overview")
    assert visitor.complaints == []


def test_a_lamp_shows_at_the_meter_within_a_second(visitor: Visitor) -> None:
    """A lamp that is switched on draws power, and the grid meter sees the same power."""
    took, lamp, grid = visitor.run(
        """
        const [light, power, meter] = args;
        if (ha().states[light].state === 'on') {
          await ha().callService('light', 'turn_off', {entity_id: light});
          await until(() => value(power) === 0, 5000);
        }
        // Right after a poll of the home nothing else moves for a while.
        const polled = ha().states[meter].last_updated;
        await until(() => ha().states[meter].last_updated !== polled, 15000);
        const [lamp, grid] = [value(power), value(meter)];
        const begun = performance.now();
        await ha().callService('light', 'turn_on', {entity_id: light, brightness_pct: 100});
        await until(() => value(power) > lamp && value(meter) !== grid, 5000);
        return [performance.now() - begun, value(power) - lamp, value(meter) - grid];
        """,
        LAMP,
        LAMP_POWER,
        METER,
    )
    assert took < 1000
    assert lamp > 1
    assert grid == pytest.approx(lamp, abs=1)


@pytest.fixture
def armed(visitor: Visitor) -> Iterator[None]:
    """Let SHEMS drive the battery, and give it back."""
    visitor.call("switch.turn_on", ALLOW)
    yield
    visitor.call("select.select_option", MODE, option="auto")
    visitor.call("switch.turn_off", ALLOW)
    visitor.wait("ha().states[args[0]].state === 'automatic'", 60, INVERTER)


@pytest.mark.usefixtures("armed")
@pytest.mark.parametrize("poll_s", [5, 30])
def test_the_meter_moves_by_the_command(visitor: Visitor, poll_s: int) -> None:
    """A charging battery raises the import by what it was told, within five percent.

    The sun and what the home's other devices draw are taken off the meter, for they move
    on as well. The inverter's next answer may be 30 s away.
    """
    visitor.run(
        "await ha().callService('shems', 'set_simulated_manners', args[0]);",
        {"device": "battery", "latency": poll_s - 5},
    )
    visitor.call("select.select_option", MODE, option="hold")
    visitor.wait("ha().states[args[0]].state === 'hold'", 90, INVERTER)
    visitor.wait("Math.abs(value(args[0])) < 1", 90, BATTERY_POWER)
    before, after = visitor.run(
        """
        const [meter, sun, battery, loads, mode] = args;
        const grid = () =>
          value(meter) + value(sun) - loads.reduce((sum, load) => sum + value(load), 0);
        const seen = [[performance.now(), grid()]];
        await ha().callService('select', 'select_option', {entity_id: mode, option: 'charge'});
        await until(() => {
          seen.push([performance.now(), grid()]);
          return value(battery) < -1000;
        }, 120000);
        // The states of one moment arrive one after another.
        const begun = performance.now();
        await until(() => performance.now() - begun > 500, 5000);
        const before = seen.findLast(([at]) => at < begun - 500) ?? seen[0];
        return [before[1], grid()];
        """,
        METER,
        SOLAR_POWER,
        BATTERY_POWER,
        OTHER_LOADS,
        MODE,
    )
    told = float(visitor.state(SETPOINT))
    assert told == pytest.approx(5000, rel=0.01)
    assert after - before == pytest.approx(told, rel=0.05)


def test_a_change_by_hand_is_respected(visitor: Visitor) -> None:
    """Who changes the inverter takes it; SHEMS shows that, writes nothing, and is called back."""
    visitor.run(
        "await ha().callService('shems', 'set_simulated_manners', args[0]);",
        {"device": "battery", "latency": 0},
    )
    visitor.call("switch.turn_on", ALLOW)
    visitor.wait("ha().states[args[0]].state !== 'unavailable'", 10, INVERTER)
    visitor.page.wait_for_timeout(3000)
    by_hand = "hold" if visitor.state(INVERTER) != "hold" else "charge"
    visitor.call("select.select_option", INVERTER, option=by_hand)
    visitor.wait("ha().states[args[0]].attributes.override_until !== undefined", 30, MODE)
    assert visitor.attributes(MODE)["override_cause"] == "user"
    visitor.page.wait_for_timeout(20_000)
    assert visitor.state(INVERTER) == by_hand
    visitor.call("select.select_option", MODE, option="auto")
    visitor.wait("ha().states[args[0]].attributes.override_until === undefined", 30, MODE)


def test_nothing_is_lost_when_the_power_fails(visitor: Visitor, demo: RunningDemo) -> None:
    """After SIGKILL settings, ledger and plan are there, and the owned battery is taken care of."""
    visitor.call("switch.turn_on", ALLOW)
    visitor.call("number.set_value", RESERVE, value=20)
    visitor.call("select.select_option", MODE, option="charge")
    visitor.wait("ha().states[args[0]].state === 'charge'", 60, INVERTER)
    # A closed slot of five minutes is in the ledger.
    visitor.wait("!isNaN(value(args[0]))", 400, SAVING)
    saved = float(visitor.state(SAVING))
    demo.kill()
    demo.start()
    visitor.page.reload()
    visitor.page.wait_for_selector(DRAWN)
    assert visitor.state(ALLOW) == "on"
    assert visitor.state(MODE) == "charge"
    assert float(visitor.state(RESERVE)) == 20
    assert float(visitor.state(SAVING)) == pytest.approx(saved, abs=0.05)
    visitor.wait("ha().states[args[0]].state === 'optimal'", 60, STATUS)
    # Owned before, held to its order again: the inverter charges, and lets go when told.
    visitor.wait("ha().states[args[0]].state === 'charge'", 60, INVERTER)
    visitor.call("switch.turn_off", ALLOW)
    visitor.wait("ha().states[args[0]].state === 'automatic'", 60, INVERTER)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_telephone_shows_the_plan(
    browser: Browser, demo: RunningDemo, screenshots: Path | None, scheme: str
) -> None:
    """At 360 pixels, light and dark, the card is drawn and nothing reaches over the edge."""
    phone = Visitor(browser, demo, viewport={"width": 360, "height": 760}, color_scheme=scheme)
    try:
        phone.log_in()
        phone.page.wait_for_selector(DRAWN)
        box = phone.page.locator("shems-plan-card").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert phone.run("return document.documentElement.scrollWidth;") <= 360
        assert phone.run("return ha().themes.darkMode;") is (scheme == "dark")
        _shoot(phone, screenshots, f"phone-{scheme}")
        assert phone.complaints == []
    finally:
        phone.close()


def test_the_log_has_nothing_of_ours(demo: RunningDemo) -> None:
    """Home Assistant warns of no fault of SHEMS, but that it is a custom integration."""
    lines = [
        line
        for line in demo.log.splitlines()
        if (" WARNING " in line or " ERROR " in line)
        and "shems" in line
        and "which has not been tested by Home Assistant" not in line
    ]
    assert lines == []
