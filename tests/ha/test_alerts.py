"""Alerts in Home Assistant: told once, to whom they concern, acknowledged, kept over restarts."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.notify.const import DOMAIN as NOTIFY
from homeassistant.core import Event, HomeAssistant, ServiceCall, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.shems import logbook
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.series import Series
from custom_components.shems.insight.alert_notices import pressed
from custom_components.shems.insight.alert_settings import AlertSettings
from custom_components.shems.insight.outages import grid_is_out

from .conftest import (
    BATTERY,
    ENTRY_ID,
    LOAD,
    OPTIONS,
    PUMP,
    advance,
    make_entry,
    settle,
    start,
    subentries,
    subentry,
)

PHONE = "mobile_app_phone"
FREEZER = "sensor.freezer_power"
WARM = "sensor.freezer_temperature"
HOUR = 3600.0

type Told = Callable[[str], list[dict[str, Any]]]
type Sent = list[tuple[str, dict[str, Any]]]


@pytest.fixture
def chosen() -> dict[str, Any]:
    """Return what is chosen beside a phone; a test may choose more."""
    return {}


@pytest.fixture
def entry(chosen: dict[str, Any]) -> MockConfigEntry:
    """Return a home with a phone and a screen that takes messages."""
    return make_entry(
        {**OPTIONS, "alerts": {"phones": [PHONE], "notify": ["notify.screen"], **chosen}}
    )


@pytest.fixture
def told(hass: HomeAssistant) -> Told:
    """Return a function that gives the data of all events of a kind, and forgets them."""
    seen: dict[str, list[dict[str, Any]]] = {}

    @callback
    def note(event: Event[dict[str, Any]]) -> None:
        seen.setdefault(event.event_type, []).append(dict(event.data))

    hass.bus.async_listen("*", note)
    return lambda kind: seen.pop(kind, [])


@pytest.fixture
def sent(hass: HomeAssistant) -> Sent:
    """Return what the notify actions are sent."""
    messages: Sent = []

    async def send(call: ServiceCall) -> None:
        messages.append((call.service, dict(call.data)))

    hass.services.async_register(NOTIFY, PHONE, send)
    hass.services.async_register(NOTIFY, "send_message", send)
    return messages


async def near_its_fuse(
    hass: HomeAssistant, frozen: FrozenDateTimeFactory, meters: Callable[..., None]
) -> None:
    """Let so much be bought for two minutes that the fuse is near."""
    for watts in range(5):
        # A meter that stands still to the watt is not believed.
        meters(grid_kw=16.5 + 0.001 * watts)
        await advance(hass, frozen, 30)


async def test_an_alert_is_told_everywhere_once(
    hass: HomeAssistant,
    home: HomeCoordinator,
    sent: Sent,
    told: Told,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
) -> None:
    assert hass.states.get("binary_sensor.home_alert_active").state == "off"
    await near_its_fuse(hass, frozen, meters)
    (event,) = told("shems_alert")
    assert event["code"] == "fuse"
    assert event["config_entry_id"] == ENTRY_ID
    assert event["device_id"] == home.hub_device_id
    assert event["message"] == "The connection carries 97 % of what its fuses allow."
    shown = hass.states.get("event.home_alert")
    assert shown.attributes["event_type"] == "fuse"
    assert shown.attributes["message"] == event["message"]
    active = hass.states.get("binary_sensor.home_alert_active")
    assert (active.state, active.attributes["alerts"]) == ("on", ["fuse"])
    (screen, plain), (phone, message) = sent
    assert (screen, phone) == ("send_message", PHONE)
    assert plain["entity_id"] == ["notify.screen"] or plain["entity_id"] == "notify.screen"
    assert plain["title"] == "Home: Fuse near its limit"
    assert [each["title"] for each in message["data"]["actions"]] == ["Seen", "Remind me later"]
    assert message["data"]["priority"] == "high"
    sent.clear()
    await near_its_fuse(hass, frozen, meters)
    assert told("shems_alert") == []
    assert sent == []
    meters(grid_kw=1.0)
    await advance(hass, frozen, 30)
    await advance(hass, frozen, 30)
    (cleared,) = told("shems_alert_cleared")
    assert cleared["alert"] == "fuse"
    assert cleared["message"] == "Fuse near its limit: it is over."
    described: dict[str, Any] = {}
    logbook.async_describe_events(
        hass, lambda domain, kind, describe: described.update({kind: describe})
    )
    for kind, data in (("shems_alert", event), ("shems_alert_cleared", cleared)):
        shown = described[kind](Event(kind, data))
        assert shown == {"name": "Home", "message": data["message"]}
    assert hass.states.get("binary_sensor.home_alert_active").state == "off"
    assert sent == [(PHONE, {"message": "clear_notification", "data": {"tag": "shems_home_fuse"}})]


async def test_buttons_of_the_phone_work(
    hass: HomeAssistant,
    home: HomeCoordinator,
    sent: Sent,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
) -> None:
    await near_its_fuse(hass, frozen, meters)
    acknowledge, snooze = (each["action"] for each in sent[-1][1]["data"]["actions"])
    sent.clear()
    for strange in (
        "OPEN",
        "SHEMS|DELETE|home|fuse",
        acknowledge.replace("home", "elsewhere"),
    ):
        hass.bus.async_fire("mobile_app_notification_action", {"action": strange})
    await hass.async_block_till_done()
    assert not home.insight.alerts.active[0].acknowledged
    hass.bus.async_fire("mobile_app_notification_action", {"action": snooze})
    await near_its_fuse(hass, frozen, meters)
    assert sent == []
    for _ in range(9):
        await advance(hass, frozen, HOUR)
        await near_its_fuse(hass, frozen, meters)
    assert [service for service, _ in sent] == ["send_message", PHONE]
    hass.bus.async_fire("mobile_app_notification_action", {"action": acknowledge})
    await hass.async_block_till_done()
    assert home.insight.alerts.active[0].acknowledged
    assert hass.states.get("binary_sensor.home_alert_active").state == "off"


async def test_the_action_acknowledges_by_kind_by_name_or_all(
    hass: HomeAssistant,
    home: HomeCoordinator,
    sent: Sent,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
) -> None:
    with pytest.raises(ServiceValidationError, match="no alert fuse"):
        await hass.services.async_call(
            "shems", "acknowledge_alert", {"alert": "fuse"}, blocking=True
        )
    await hass.services.async_call("shems", "acknowledge_alert", {}, blocking=True)
    await near_its_fuse(hass, frozen, meters)
    await hass.services.async_call("shems", "acknowledge_alert", {"alert": ["fuse"]}, blocking=True)
    assert home.insight.alerts.active[0].acknowledged


async def test_the_websocket_shows_what_lasts(
    hass: HomeAssistant,
    home: HomeCoordinator,
    hass_ws_client: WebSocketGenerator,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
) -> None:
    await near_its_fuse(hass, frozen, meters)
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "shems/alerts/subscribe"})
    assert (await client.receive_json())["success"]
    first = (await client.receive_json())["event"]
    assert (first["entry_id"], first["may_acknowledge"]) == (ENTRY_ID, True)
    (alert,) = first["alerts"]
    assert alert["title"] == "Fuse near its limit"
    assert alert["acknowledged"] is False
    await hass.services.async_call("shems", "acknowledge_alert", {}, blocking=True)
    (alert,) = (await client.receive_json())["event"]["alerts"]
    assert alert["acknowledged"] is True
    await client.send_json_auto_id({"type": "shems/alerts/subscribe", "entry_id": "nowhere"})
    answer = await client.receive_json()
    while answer["type"] == "event":
        answer = await client.receive_json()
    assert not answer["success"]


@pytest.mark.parametrize(
    "chosen", [{"quiet_from": "22:00:00", "quiet_to": "11:00:00", "price_below": 0.2}]
)
async def test_quiet_hours_let_only_what_is_urgent_pass(
    hass: HomeAssistant,
    home: HomeCoordinator,
    sent: Sent,
    told: Told,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
) -> None:
    await near_its_fuse(hass, frozen, meters)
    codes = {each["code"] for each in told("shems_alert")}
    assert codes == {"fuse", "negative_price"}
    assert {message["title"] for _, message in sent} == {"Home: Fuse near its limit"}


@pytest.mark.parametrize(
    "chosen",
    [{"freezers": [FREEZER, WARM, "sensor.nowhere"], "kinds": ["freezer_off", "left_on"]}],
)
async def test_a_freezer_that_is_off_or_warm_is_told(
    hass: HomeAssistant,
    home: HomeCoordinator,
    told: Told,
    frozen: FrozenDateTimeFactory,
) -> None:
    power = {"unit_of_measurement": "W", "friendly_name": "Freezer"}
    degrees = {"unit_of_measurement": "°C", "friendly_name": "Chest"}
    for shows, times in (("80", 2), ("0", 2), ("unavailable", 1), ("0", 1)):
        for _ in range(times):
            hass.states.async_set(FREEZER, shows, power)
            hass.states.async_set(WARM, "-18", degrees)
            await advance(hass, frozen, 2 * HOUR)
    assert told("shems_alert") == []
    hass.states.async_set(WARM, "-5", degrees)
    await advance(hass, frozen, 30)
    await advance(hass, frozen, 700)
    messages = {each["message"] for each in told("shems_alert")}
    assert any("Freezer has taken no power" in each for each in messages)
    assert any("Chest is at -5.0 °C" in each for each in messages)


@pytest.mark.parametrize("kind", ["load", "sheddable"])
async def test_what_its_form_calls_a_freezer_is_watched_whatever_its_name(
    hass: HomeAssistant,
    begin: Callable[..., Any],
    told: Told,
    frozen: FrozenDateTimeFactory,
    kind: str,
) -> None:
    data = {"power": FREEZER, "power_kw": 0.1, "usual_kw": 0.05, "price_per_kwh": 1.0}
    for cools, count in ((False, 0), (True, 1)):
        hass.states.async_set(FREEZER, "80", {"unit_of_measurement": "W"})
        if cools:
            entry = hass.config_entries.async_get_entry(ENTRY_ID)
            thing = entry.subentries[PUMP]
            hass.config_entries.async_update_subentry(entry, thing, data={**data, "cools": True})
            await settle(hass)
        else:
            await begin(kind, data)
        await advance(hass, frozen, 30)
        for _ in range(5):
            hass.states.async_set(FREEZER, "0", {"unit_of_measurement": "W"})
            await advance(hass, frozen, 2 * HOUR)
        await advance(hass, frozen, 700)
        raised = [each for each in told("shems_alert") if each["code"] == "freezer_off"]
        assert len(raised) == count
    assert raised[0]["facts"]["name"] == "Thing"


async def test_what_was_told_is_not_told_again_after_a_restart(
    hass: HomeAssistant,
    home: HomeCoordinator,
    told: Told,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
) -> None:
    await near_its_fuse(hass, frozen, meters)
    assert len(told("shems_alert")) == 1
    await home.insight.alerts.async_acknowledge()
    meters(grid_kw=16.5)
    assert await hass.config_entries.async_reload(ENTRY_ID)
    await hass.async_block_till_done()
    await near_its_fuse(hass, frozen, meters)
    again = hass.config_entries.async_get_entry(ENTRY_ID).runtime_data.coordinator
    assert again.insight.alerts.active[0].acknowledged
    assert told("shems_alert") == []


async def test_a_notifier_that_fails_holds_nobody_up(
    hass: HomeAssistant,
    home: HomeCoordinator,
    told: Told,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fail(call: ServiceCall) -> None:
        raise HomeAssistantError("no network")

    hass.services.async_register(NOTIFY, PHONE, fail)
    await near_its_fuse(hass, frozen, meters)
    assert len(told("shems_alert")) == 1
    assert "no network" in caplog.text
    assert "send_message" in caplog.text


async def test_a_rise_of_the_standby_is_learned_at_night_and_told(
    hass: HomeAssistant,
    home: HomeCoordinator,
    told: Told,
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    midnight = dt_util.utcnow().timestamp() // 86400 * 86400
    begin = midnight - 100 * 86400 + 3600.0 * np.arange(2400)
    load = 0.2 + 0.01 * np.random.default_rng(1).random(2400)
    load[-24 * 7 :] += 0.3

    async def history(now: float) -> History:
        return History(load=Series(begin, begin + 3600.0, load))

    monkeypatch.setattr(home.inputs, "async_learning_history", history)
    await home.learner.async_learn_now()
    await advance(hass, frozen, 300)
    await advance(hass, frozen, 60)
    (event,) = [each for each in told("shems_alert") if each["code"] == "standby"]
    assert event["facts"]["rise_w"] == pytest.approx(300, abs=10)
    assert event["message"].endswith("since 2026-06-03. Something may have been left on.")
    assert home.insight.alerts.unusual.usual.days


async def test_a_plug_that_runs_longer_than_ever_is_told(
    hass: HomeAssistant,
    home: HomeCoordinator,
    told: Told,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
) -> None:
    for _ in range(6):
        meters(grid_kw=1.0)
        await advance(hass, frozen, 60)
        meters(grid_kw=0.0)
        await advance(hass, frozen, 60)
    for _ in range(10):
        meters(grid_kw=1.0)
        await advance(hass, frozen, HOUR)
    (event,) = [each for each in told("shems_alert") if each["code"] == "left_on"]
    assert event["subject"] == LOAD
    assert event["message"].startswith("Plug has been running for")


@pytest.mark.parametrize("chosen", [{"every_days": 10.0}])
async def test_hours_far_above_their_forecast_are_told(
    hass: HomeAssistant,
    home: HomeCoordinator,
    told: Told,
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The meters have shown 2 kW all day, where a third of that is usual."""
    midnight = dt_util.utcnow().timestamp() // 86400 * 86400
    begin = midnight - 60 * 86400 + 3600.0 * np.arange(1440)
    load = 0.4 + 0.3 * np.random.default_rng(1).random(1440)

    async def history(now: float) -> History:
        return History(load=Series(begin, begin + 3600.0, load))

    monkeypatch.setattr(home.inputs, "async_learning_history", history)
    await home.learner.async_learn_now()
    await advance(hass, frozen, 300)
    await advance(hass, frozen, 60)
    (event,) = [each for each in told("shems_alert") if each["code"] == "consumption"]
    assert event["facts"]["kw"] == pytest.approx(2.0)
    assert event["facts"]["usual_kw"] == pytest.approx(0.55, abs=0.1)


@pytest.mark.parametrize("chosen", [{"reserve_percent": 60.0}])
async def test_a_low_reserve_a_silent_meter_and_a_deaf_battery_are_told(
    hass: HomeAssistant,
    home: HomeCoordinator,
    told: Told,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
) -> None:
    home.actuator.hold(BATTERY).refused = True
    for watts in range(25):
        meters(grid_kw=1.0 + 0.01 * watts, solar_kw="unavailable")
        await advance(hass, frozen, 30)
    home.actuator.hold(BATTERY).refused = True
    for watts in range(10):
        meters(grid_kw=1.0 + 0.01 * watts, solar_kw="unavailable")
        await advance(hass, frozen, 30)
    raised = {each["code"]: each for each in told("shems_alert")}
    assert raised["outage_reserve"]["facts"] == {"percent": 50, "reserve": 60}
    assert raised["meter_silent"]["subject"] == "sensor.sun"
    assert raised["disobeyed"]["message"] == "Battery does not do what SHEMS has told it."


GRID = "binary_sensor.grid"


@pytest.mark.parametrize("chosen", [{"grid": GRID}])
async def test_an_outage_is_told_with_the_hours_that_are_left(
    hass: HomeAssistant,
    home: HomeCoordinator,
    told: Told,
    sent: Sent,
    frozen: FrozenDateTimeFactory,
) -> None:
    """Ten kilowatt hours half full; a blink of the grid is no outage."""

    async def shows(state: str, *looks: float) -> list[dict[str, Any]]:
        hass.states.async_set(GRID, state, {"device_class": "power"})
        for seconds in looks:
            await advance(hass, frozen, seconds)
        return [each for each in told("shems_alert") if each["code"] == "grid_outage"]

    assert await shows("on", 30, 30) == []
    assert await shows("off", 30) == []
    assert await shows("on", 30) == []
    assert await shows("unavailable", 30, 30, 30, 30) == [], "what says nothing is no outage"
    (event,) = await shows("off", 30, 30, 30, 30)
    assert event["facts"]["percent"] == 50
    hours = event["facts"]["hours"]
    assert 0 < hours < 48
    assert event["message"] == (
        f"The grid is out. The batteries hold 50 %, which is expected to last for {hours} h."
    )
    assert any("The grid is out" in str(data) for _, data in sent)
    await shows("on", 30)
    assert [each["code"] for each in told("shems_alert_cleared")] == ["grid_outage"]


@pytest.mark.parametrize(
    ("entity_id", "state", "attributes", "out"),
    [
        ("binary_sensor.grid", "on", {}, False),
        ("binary_sensor.grid", "off", {}, True),
        ("binary_sensor.grid", "on", {"device_class": "problem"}, True),
        ("binary_sensor.grid", "off", {"device_class": "problem"}, False),
        ("input_boolean.grid", "off", {}, True),
        ("sensor.grid", "231.4", {"unit_of_measurement": "V"}, False),
        ("sensor.grid", "4", {"unit_of_measurement": "V"}, True),
        ("sensor.grid", "231400", {"unit_of_measurement": "mV"}, False),
        ("sensor.grid", "0.4", {"unit_of_measurement": "kW"}, None),
        ("sensor.grid", "nan", {"unit_of_measurement": "V"}, None),
        ("sensor.grid", "unavailable", {"unit_of_measurement": "V"}, None),
        ("binary_sensor.grid", "unknown", {}, None),
    ],
)
async def test_what_tells_of_the_grid(
    hass: HomeAssistant, entity_id: str, state: str, attributes: dict[str, str], out: bool | None
) -> None:
    hass.states.async_set(entity_id, state, attributes)
    assert grid_is_out(hass, entity_id) is out
    assert grid_is_out(hass, "sensor.elsewhere") is None
    assert grid_is_out(hass, None) is None


@pytest.mark.parametrize("chosen", [{"grid": GRID}])
async def test_how_long_it_lasts_is_not_told_where_that_is_unknown(
    hass: HomeAssistant,
    home: HomeCoordinator,
    told: Told,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
) -> None:
    meters(soc="unavailable")
    for _ in range(12):
        await advance(hass, frozen, 300)
    hass.states.async_set(GRID, "off")
    for _ in range(5):
        await advance(hass, frozen, 60)
    (event,) = [each for each in told("shems_alert") if each["code"] == "grid_outage"]
    assert event["message"] == "The grid is out."


async def test_prices_and_peaks_are_told(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    told: Told,
    frozen: FrozenDateTimeFactory,
) -> None:
    priced = {
        **OPTIONS,
        "buy": {
            "factor": 0.0,
            "fee": 0.1,
            "vat": 0.0,
            "windows": [{"begin": "11:00", "end": "12:00", "fee": 0.4}],
        },
    }
    peaks = subentry(
        "connection",
        "Grid",
        "connection_id",
        grid_power=["sensor.grid"],
        peak_price=5.0,
        peak_interval="60",
        peak_top=1.0,
    )
    entry = MockConfigEntry(
        domain="shems",
        entry_id=ENTRY_ID,
        title="Home",
        data={"kind": "home", "name": "Home"},
        options=priced,
        subentries_data=[peaks, *subentries()[1:]],
    )
    await start(hass, entry, frozen)
    for watts in range(20):
        meters(grid_kw=6.0 + 0.01 * watts)
        await advance(hass, frozen, 200)
    raised = {each["code"]: each for each in told("shems_alert")}
    assert raised["price_spike"]["facts"] == {"price": 0.4, "median": 0.1}
    assert raised["peak"]["facts"]["kw"] > 2.0


def test_options_that_say_nothing_are_as_usual() -> None:
    usual = AlertSettings.of({})
    assert usual == AlertSettings()
    assert not usual.is_quiet(dt_util.utcnow().time())
    noon = AlertSettings.of({"alerts": {"quiet_from": "12:00:00", "quiet_to": "14:00:00"}})
    at = dt_util.utcnow().replace
    assert noon.is_quiet(at(hour=13).time())
    assert not noon.is_quiet(at(hour=15).time())
    assert AlertSettings.of({"alerts": {"kinds": ["fuse", "gone"]}}).kinds == {"fuse"}
    assert AlertSettings.of({"alerts": {"reserve_percent": 40}}).limits.reserve_share == 0.4


def test_only_buttons_of_shems_are_understood() -> None:
    assert pressed("SHEMS|SNOOZE|home|left_on:oven") == ("SNOOZE", "home", "left_on:oven")
    assert pressed("SHEMS|SNOOZE|home") is None


async def test_a_home_without_readings_raises_nothing(
    hass: HomeAssistant,
    inverter: None,
    entry: MockConfigEntry,
    told: Told,
    frozen: FrozenDateTimeFactory,
) -> None:
    await start(hass, entry, frozen)
    for _ in range(4):
        await advance(hass, frozen, 30)
    assert told("shems_alert") == []
