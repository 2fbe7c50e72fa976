"""The demo's home in a real Home Assistant, seen and used in a real browser.

The tests follow one another: what one leaves behind the next one finds.
"""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scripts.demo_browser import open_plan
from tests.e2e.running import RunningDemo, Visitor, eventually

LAMP = "light.sim_kitchen"
LAMP_POWER = "sensor.sim_kitchen_power"
LAMP_W = 30.0
METER = "sensor.sim_meter_power"
SOLAR_POWER = "sensor.sim_solar_power"
CONSUMERS = tuple(
    f"sensor.sim_{each}_power"
    for each in (
        "car",
        "heat_pump",
        "dishwasher",
        "washing_machine",
        "refrigerator",
        "dehumidifier",
        "living_room",
        "kitchen",
        "bedroom",
    )
)
BATTERY_POWER = "sensor.sim_battery_power"
INVERTER = "select.sim_battery_mode"
INVERTER_LIMIT = "number.sim_battery_power"
ALLOW = "switch.battery_allow_control"
MODE = "select.battery_mode"
COMMAND = "sensor.battery_planned_power"
RESERVE = "number.battery_reserve"
PLUG = "switch.sim_refrigerator_plug"
ALLOW_PLUG = "switch.refrigerator_allow_control"
PLUG_MODE = "select.refrigerator_mode"
STATUS = "sensor.simulated_home_plan_status"
SAVING = "sensor.simulated_home_total_saving"

POLL_S = 5.0
"""How often the inverter looks, if it is not told otherwise."""
PLANNED = ("optimal", "rule")

INK = """
const found = [];
const search = (root) => {
  for (const each of root.querySelectorAll('*')) {
    if (each.tagName === 'CANVAS') found.push(each);
    if (each.shadowRoot) search(each.shadowRoot);
  }
};
search(document.querySelector('home-assistant').shadowRoot);
return found.map((each) => {
  const { data } = each.getContext('2d').getImageData(0, 0, each.width, each.height);
  return data.filter((alpha, i) => i % 4 === 3 && alpha > 0).length;
});
"""
"""How many pixels of each canvas are drawn on."""

PLAN = """
return await new Promise((resolve) => {
  const { connection } = ha();
  connection.subscribeMessage(resolve, { type: 'shems/plan/subscribe' });
});
"""


def test_the_plan_is_drawn(visitor: Visitor, screenshots: Path | None) -> None:
    """The page after the first shows the plan, with data and without complaints."""
    open_plan(visitor.page)
    ink = visitor.run(INK)
    assert len(ink) >= 4
    assert min(ink) > 500, ink
    body = visitor.page.locator("shems-plan-card .body").inner_text()
    assert "€" in body
    assert "What happens next" in body
    assert visitor.state(STATUS) in PLANNED
    # The recorder knows what was before: it is drawn left of the now-line.
    assert len(visitor.run(PLAN)["past"]["start"]) > 100
    visitor.shoot(screenshots, "wide")
    assert visitor.complaints == []


def test_a_lamp_shows_at_the_meter_within_a_second(visitor: Visitor) -> None:
    """A click on a lamp: within a second it draws power, and the meter counts the same more."""
    visitor.page.get_by_role("tab").filter(has_text="Simulated home").click()
    toggle = (
        visitor.page.locator("hui-tile-card")
        .filter(has_text="Kitchen lamp")
        .locator("ha-control-switch")
    )
    toggle.wait_for()
    # Who is at home in the evening has lit it already.
    if visitor.state(LAMP) == "on":
        toggle.click()
        visitor.wait_for(LAMP_POWER, "0.0", 10)
    visitor.run(
        """
        const [lamp, meter] = args;
        window.clicked = new Promise((resolve) => {
          addEventListener('pointerdown', () => {
            const before = [value(lamp), value(meter)];
            until(() => value(lamp) !== before[0] && value(meter) !== before[1], 10)
              .then((waited_s) => resolve([
                waited_s, value(lamp) - before[0], value(meter) - before[1],
              ]));
          }, { capture: true, once: true });
        });
        // Right after a beat of the home's own clock nothing else moves for five seconds.
        const beat = () => Object.values(ha().states)
          .map((each) => each.entity_id.startsWith('sensor.sim_') && each.last_updated).join();
        const last = beat();
        await until(() => beat() !== last, 60);
        """,
        LAMP_POWER,
        METER,
    )
    toggle.click()
    took_s, lamp_w, meter_w = visitor.run("return await window.clicked;")
    assert took_s < 1.0
    assert lamp_w == pytest.approx(LAMP_W, abs=1)
    assert meter_w == pytest.approx(lamp_w, abs=2)


def _slow(visitor: Visitor, poll_s: float) -> None:
    """Let the inverter look this often."""
    visitor.call("shems.set_simulated_manners", device="battery", latency=poll_s)


def _quiet(seconds: float) -> None:
    """Wait for a time in which nobody cooks or plugs anything in.

    The simulated people begin and end what has no meter of its own every two and a half
    minutes.
    """
    into = time.time() % 150
    if into < 2 or into + seconds > 148:
        time.sleep(152 - into)


def _shown(states: dict[str, str]) -> tuple[float, float, float]:
    """Return grid power, battery power, and what else the grid's is made of, in W."""
    rest = sum(float(states[each]) for each in CONSUMERS) - float(states[SOLAR_POWER])
    return float(states[METER]), float(states[BATTERY_POWER]), rest


@pytest.mark.parametrize("poll_s", [POLL_S, 30.0])
def test_the_meter_moves_by_the_command(visitor: Visitor, poll_s: float) -> None:
    """A battery told to charge raises the import by that power, within five percent.

    Both readings are of the same moment; sun and metered consumers, which move as well, are
    taken off.
    """
    visitor.call("select.select_option", MODE, option="hold")
    visitor.call("switch.turn_on", ALLOW)
    visitor.wait_for(INVERTER, "hold", 60)
    visitor.wait("Math.abs(value(args[2])) < 1", 60, BATTERY_POWER)
    _slow(visitor, poll_s)
    _quiet(poll_s + 8)
    visitor.listen()
    visitor.call("select.select_option", MODE, option="charge")
    took_s = visitor.wait("value(args[2]) < -1000", 90, BATTERY_POWER)
    visitor.wait_for(INVERTER, "charge", 10)
    told_w = -1000 * float(visitor.state(COMMAND) or 0)
    _slow(visitor, POLL_S)

    states, changes, _ = visitor.heard()
    before = after = None
    for entity, state in changes:
        if entity == BATTERY_POWER and before is None and float(state) < -1000:
            before = _shown(states)
        states[entity] = state
        if entity == METER and before is not None:
            after = _shown(states)
            break
    assert before is not None
    assert after is not None
    grid_w = (after[0] - after[2]) - (before[0] - before[2])
    battery_w = after[1] - before[1]
    assert told_w == pytest.approx(5000)
    assert grid_w == pytest.approx(told_w, rel=0.05)
    assert -battery_w == pytest.approx(told_w, rel=0.05)
    assert took_s < poll_s + POLL_S


def _charging(visitor: Visitor) -> None:
    """Have SHEMS charge the battery, whatever was before."""
    visitor.call("switch.turn_on", ALLOW)
    visitor.call("select.select_option", MODE, option="charge")
    visitor.wait_for(INVERTER, "charge", 60)


def _touch_the_meter(visitor: Visitor) -> None:
    """Switch the lamp, so that the meter moves and dispatch looks at it."""
    before = visitor.state(METER)
    visitor.call("light.toggle", LAMP)
    visitor.wait("state(args[2]) !== args[3]", 30, METER, before)


def test_a_change_by_hand_is_respected(visitor: Visitor) -> None:
    """Who changes the inverter takes it; SHEMS says so and leaves it alone until called back."""
    _charging(visitor)
    visitor.call("select.select_option", INVERTER, option="discharge")
    visitor.wait("ha().states[args[2]].attributes.override_until !== undefined", 150, MODE)
    # An inverter that takes its time may not show any more who has changed it.
    assert visitor.attribute(MODE, "override_cause") in {"user", "device"}
    assert visitor.state(MODE) == "paused"
    visitor.listen()
    _touch_the_meter(visitor)
    visitor.page.wait_for_timeout(22_000)  # Two rounds of dispatch, even if no meter moves.
    _touch_the_meter(visitor)
    visitor.page.wait_for_timeout(2_000)
    _, _, calls = visitor.heard()
    assert [call for call in calls if call["domain"] in {"select", "number"}] == []
    assert visitor.state(INVERTER) == "discharge"
    _charging(visitor)
    assert visitor.state(MODE) == "charge"
    assert visitor.attribute(MODE, "override_until") is None


def _saved(visitor: Visitor) -> float:
    """Return what was saved in all: nothing as long as no slot could be compared."""
    state = visitor.state(SAVING)
    return 0.0 if state == "unknown" else float(state or "nan")


def test_nothing_is_lost_when_the_power_fails(visitor: Visitor, demo: RunningDemo) -> None:
    """After SIGKILL settings, ledger and plan are there, and each owned device is held again."""
    _charging(visitor)
    visitor.call("select.select_option", PLUG_MODE, option="off")
    visitor.call("switch.turn_on", ALLOW_PLUG)
    visitor.wait_for(PLUG, "off", 60)
    saving = _saved(visitor)
    plan = visitor.run(PLAN)
    ledger = demo.diagnostics()["ledger"]["total"]
    owned = demo.diagnostics()["control"]["owned"]
    assert len(owned) == 2
    visitor.call("number.set_value", RESERVE, value=20)
    demo.kill()

    assert demo.complaints() == []
    assert demo.start() < 60
    visitor.page.reload()
    again = visitor.run(
        "await until(() => customElements.get('home-assistant') && ha()?.states, 60);" + PLAN
    )
    assert visitor.state(STATUS) in PLANNED
    assert again["created"] >= plan["created"]
    assert len(again["start"]) == len(plan["start"])
    assert (visitor.state(ALLOW), visitor.state(MODE)) == ("on", "charge")
    assert (visitor.state(ALLOW_PLUG), visitor.state(PLUG_MODE)) == ("on", "off")
    assert float(visitor.state(RESERVE) or 0) == 20
    kept = demo.diagnostics()
    assert ledger["hours"] > 0
    assert kept["ledger"]["total"]["hours"] >= ledger["hours"]
    assert kept["ledger"]["total"]["load_kwh"] >= ledger["load_kwh"]
    # But for what the minute since then has brought.
    assert _saved(visitor) == pytest.approx(saving, abs=0.05)
    assert kept["control"]["owned"] == owned

    def accounted() -> bool:
        audit = demo.diagnostics()["audit"]
        return owned.keys() == {
            line["device_id"]
            for line in audit
            if (line["outcome"], line["order"])
            in {("acknowledged", "charge"), ("acknowledged", "off")}
        }

    assert eventually(accounted, 60), demo.diagnostics()["audit"]
    assert (visitor.state(INVERTER), visitor.state(PLUG)) == ("charge", "off")


def test_what_is_not_wanted_any_more_is_given_back(visitor: Visitor, demo: RunningDemo) -> None:
    """A disarmed device returns to its own mode and is owned no longer."""
    _charging(visitor)
    visitor.call("switch.turn_off", ALLOW)
    visitor.call("switch.turn_off", ALLOW_PLUG)
    visitor.wait_for(INVERTER, "automatic", 60)
    assert eventually(lambda: demo.diagnostics()["control"]["owned"] == {}, 60)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_telephone_shows_the_plan(
    browser: Browser, demo: RunningDemo, screenshots: Path | None, scheme: str
) -> None:
    """At 360 pixels, light and dark, the card is drawn and nothing reaches over the edge."""
    phone = Visitor(browser, demo, 360, 760, color_scheme=scheme, device_scale_factor=2)
    try:
        phone.log_in()
        open_plan(phone.page)
        assert min(phone.run(INK)) > 500
        box = phone.page.locator("shems-plan-card").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert box["width"] > 300
        assert phone.run("return document.documentElement.scrollWidth;") <= 360
        assert phone.run("return ha().themes.darkMode;") is (scheme == "dark")
        phone.shoot(screenshots, f"phone-{scheme}")
        assert phone.complaints == []
    finally:
        phone.close()


def test_the_log_has_nothing_of_ours(demo: RunningDemo) -> None:
    """Home Assistant warns of no fault of SHEMS, but that it is a custom integration."""
    assert demo.complaints() == []
