"""The plan over the websocket."""

from collections.abc import Callable

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.models import User
from homeassistant.auth.permissions import PolicyPermissions
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.shems.coordinator import HomeCoordinator

from .conftest import BATTERY, ENTRY_ID, advance, call, shems_device

LEVELS = ("p10", "p25", "p50", "p75", "p90")


async def test_the_plan_comes_at_once_and_again_when_it_changes(
    hass: HomeAssistant,
    home: HomeCoordinator,
    hass_ws_client: WebSocketGenerator,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
) -> None:
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "shems/plan/subscribe"})
    assert (await client.receive_json())["success"]
    message = (await client.receive_json())["event"]
    count = len(home.data.plan.horizon)
    assert message["entry_id"] == ENTRY_ID
    assert message["title"] == "Home"
    assert message["status"] == "optimal"
    assert message["problem"] is None
    assert message["problems"] == []
    assert message["dry_run"] is True
    assert message["currency"] == "EUR"
    assert message["time_zone"] == "UTC"
    assert message["provenance"]["load"]["source"]
    assert message["provenance"]["solar"]["skill"] is None
    for key in (
        "start",
        "end",
        "import_price",
        "export_price",
        "price_known",
        "grid_kw",
        "curtailed_kw",
    ):
        assert len(message[key]) == count
    for band in (message["load_kw"], message["solar_kw"]):
        assert {name: len(values) for name, values in band.items()} == dict.fromkeys(LEVELS, count)
    (battery,) = message["batteries"]
    assert battery["id"] == BATTERY
    assert battery["name"] == "Battery"
    assert battery["capacity_kwh"] == 10
    assert battery["reserve"] == pytest.approx(0.1)
    assert max(battery["soc"]) <= 1
    assert {len(battery[key]) for key in ("power_kw", "soc", "value", "mode", "reason")} == {count}
    assert battery["mode"][0] == "charge"
    assert set(battery["reason"][0]) == {"code", "args"}
    assert message["movable"][BATTERY] == shems_device(hass, BATTERY)
    assert len(message["past"]["start"]) == 144
    assert message["past"]["load_kw"][0] == pytest.approx(2.0)
    assert message["past"]["soc"][0] == pytest.approx(0.5)
    assert message["cost"]["plan"] < message["cost"]["without_battery"]

    await call(hass, "switch", "turn_on", "switch.battery_allow_control")
    message = (await client.receive_json())["event"]
    assert message["dry_run"] is False

    await call(hass, "switch", "turn_off", "switch.home_optimiser")
    await advance(hass, frozen, 5)
    while message["status"] != "off":
        message = (await client.receive_json())["event"]
    assert message["start"] == []
    assert message["created"] is None
    assert message["load_kw"] == {level: [] for level in LEVELS}


async def test_a_home_that_is_not_there_is_named(
    hass: HomeAssistant, home: HomeCoordinator, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "shems/plan/subscribe", "entry_id": "nobody"})
    answer = await client.receive_json()
    assert not answer["success"]
    assert answer["error"]["code"] == "not_found"


async def test_who_may_not_read_the_home_gets_nothing(
    hass: HomeAssistant,
    home: HomeCoordinator,
    hass_ws_client: WebSocketGenerator,
    hass_admin_user: User,
) -> None:
    client = await hass_ws_client(hass)
    hass_admin_user.groups = []
    hass_admin_user.permissions = PolicyPermissions({}, None)
    await client.send_json_auto_id({"type": "shems/plan/subscribe", "entry_id": ENTRY_ID})
    answer = await client.receive_json()
    assert not answer["success"]
    assert answer["error"]["code"] == "unauthorized"
