"""What flows and what devices do, over the websocket."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.models import User
from homeassistant.auth.permissions import PolicyPermissions
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.shems.coordinator import HomeCoordinator

from .conftest import BATTERY, ENTRY_ID, PUMP, advance, call, shems_device
from .test_moved import CAR

FOLLOW = {"type": "shems/live/subscribe"}


async def follow(hass: HomeAssistant, client: Any) -> dict[str, Any]:
    """Subscribe and return the first message."""
    await client.send_json_auto_id(FOLLOW)
    assert (await client.receive_json())["success"]
    event: dict[str, Any] = (await client.receive_json())["event"]
    return event


async def test_powers_come_at_once_and_when_a_meter_moves(
    hass: HomeAssistant,
    home: HomeCoordinator,
    hass_ws_client: WebSocketGenerator,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
) -> None:
    client = await hass_ws_client(hass)
    first = await follow(hass, client)
    assert first["entry_id"] == ENTRY_ID
    assert first["grid_kw"] == pytest.approx(home.data.readings.grid_kw.value)
    assert first["import_price"] == home.data.price[0]
    battery = first["devices"][0]
    assert battery["id"] == BATTERY
    assert battery["device_id"] == shems_device(hass, BATTERY)
    assert battery["mode"] == "auto"
    assert battery["modes"] == ["auto", "charge", "hold", "paused"]
    assert battery["level"] == pytest.approx(0.5)
    assert battery["armed"] is False
    assert battery["reason"]["code"]
    meters(grid_kw=5.0)
    await advance(hass, frozen, 2)
    assert (await client.receive_json())["event"]["grid_kw"] == pytest.approx(5.0)


async def test_an_override_is_told_with_its_reason(
    hass: HomeAssistant, home: HomeCoordinator, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    await follow(hass, client)
    await call(hass, "switch", "turn_on", "switch.battery_allow_control")
    data = {"device_id": shems_device(hass, BATTERY), "mode": "hold", "duration": {"hours": 2}}
    await hass.services.async_call("shems", "override", data, blocking=True)
    while True:
        battery = (await client.receive_json())["event"]["devices"][0]
        if battery["override"] is not None:
            break
    assert battery["mode"] == "hold"
    assert battery["override"]["cause"] == "action"
    assert battery["override"]["until"] == pytest.approx(home.data.now + 7200, abs=5)


async def test_a_car_shows_how_full_it_is(
    hass: HomeAssistant,
    begin: Callable[..., Awaitable[HomeCoordinator]],
    hass_ws_client: WebSocketGenerator,
) -> None:
    hass.states.async_set("sensor.car", "40", {"unit_of_measurement": "%"})
    await begin("vehicle", CAR)
    message = await follow(hass, await hass_ws_client(hass))
    car = next(each for each in message["devices"] if each["id"] == PUMP)
    assert car["kind"] == "vehicle"
    assert car["level"] == pytest.approx(0.4)


async def test_who_may_only_look_is_given_nothing_to_press(
    hass: HomeAssistant,
    home: HomeCoordinator,
    hass_ws_client: WebSocketGenerator,
    hass_admin_user: User,
) -> None:
    client = await hass_ws_client(hass)
    hass_admin_user.groups = []
    hass_admin_user.permissions = PolicyPermissions({"entities": {"all": {"read": True}}}, None)
    battery = (await follow(hass, client))["devices"][0]
    assert battery["device_id"] is None
    assert battery["mode"] == "auto"
    await client.send_json_auto_id({"type": "shems/plan/subscribe"})
    assert (await client.receive_json())["success"]
    assert (await client.receive_json())["event"]["movable"] == {}


async def test_who_may_control_all_of_a_device_is_given_it(
    hass: HomeAssistant,
    home: HomeCoordinator,
    hass_ws_client: WebSocketGenerator,
    hass_admin_user: User,
) -> None:
    client = await hass_ws_client(hass)
    hass_admin_user.groups = []
    domains = dict.fromkeys(("select", "switch", "number", "input_number", "input_select"), True)
    policy = {"entities": {"all": {"read": True}, "domains": domains}}
    hass_admin_user.permissions = PolicyPermissions(policy, None)
    battery = (await follow(hass, client))["devices"][0]
    assert battery["device_id"] == shems_device(hass, BATTERY)


@pytest.mark.parametrize("kind", ["live", "plan", "tips", "savings", "alerts", "inferred"])
async def test_who_listens_is_told_once_that_the_home_is_unloaded(
    hass: HomeAssistant, home: HomeCoordinator, hass_ws_client: WebSocketGenerator, kind: str
) -> None:
    """A page that did not hear of it would show the old home's last state for good."""
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": f"shems/{kind}/subscribe"})
    assert (await client.receive_json())["success"]
    await client.receive_json()
    assert await hass.config_entries.async_reload(ENTRY_ID)
    await client.send_json_auto_id({"type": "ping"})
    heard = []
    while (told := await client.receive_json())["type"] != "pong":
        heard.append(told["event"])
    assert heard.count({"ended": True}) == 1
    first = await follow(hass, client)
    assert first["entry_id"] == ENTRY_ID
