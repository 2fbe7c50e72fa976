"""Automations made from the blueprints do what their names promise."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.notify.const import DOMAIN as NOTIFY
from homeassistant.components.todo import TodoItem, TodoListEntity
from homeassistant.components.todo.const import TodoItemStatus
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.entity_component import EntityComponent
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
    async_mock_service,
)

from custom_components.shems.coordinator import HomeCoordinator

from .conftest import ENTRY_ID, PLUG, PUMP, PUMP_DATA, advance, call, settle, shems_device

ROOT = Path(__file__).resolve().parents[2] / "blueprints"
TELL = "notify.family"
FLAG = "binary_sensor.flag"
OTHER = "binary_sensor.other"
SWITCH = "input_boolean.heater"

type Automate = Callable[..., Awaitable[None]]


@pytest.fixture
def told(hass: HomeAssistant) -> list[ServiceCall]:
    """Return the messages that are sent."""
    return async_mock_service(hass, NOTIFY, "send_message")


@pytest.fixture
async def flags(hass: HomeAssistant) -> None:
    """Set up helpers beside those of the inverter."""
    assert await async_setup_component(hass, "homeassistant", {})
    made = {"heater": None, "freezer": None}
    assert await async_setup_component(hass, "input_boolean", {"input_boolean": made})


@pytest.fixture
def automate(hass: HomeAssistant, tmp_path: Path) -> Automate:
    """Return a function that makes an automation of a blueprint, as its page does."""
    shutil.copytree(ROOT, tmp_path / "blueprints")
    hass.config.config_dir = str(tmp_path)

    async def made(name: str, **inputs: Any) -> None:
        use = {"path": f"shems/{name}.yaml", "input": inputs}
        config = {"automation": {"alias": "Mine", "use_blueprint": use}}
        assert await async_setup_component(hass, "automation", config)
        await settle(hass)
        state = hass.states.get("automation.mine")
        assert state is not None
        assert state.state == "on"

    return made


async def shows(hass: HomeAssistant, entity_id: str, state: str) -> None:
    """Let an entity show a state, and what follows come to its end."""
    hass.states.async_set(entity_id, state)
    await settle(hass)


async def breathe() -> None:
    """Let what was begun go on; an automation that waits for an answer never ends by itself."""
    for _ in range(500):
        await asyncio.sleep(0)


def messages(told: list[ServiceCall]) -> list[str]:
    """Return what was sent."""
    assert all(each.data["entity_id"] == [TELL] for each in told)
    return [each.data["message"] for each in told]


async def test_high_consumption_is_told(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    automate: Automate,
    told: list[ServiceCall],
) -> None:
    """By its power, and by what SHEMS finds unusual."""
    power = "sensor.home_load_power"
    await automate(
        "high_consumption",
        home=ENTRY_ID,
        power=power,
        above=5,
        lasting={"minutes": 2},
        notify=[TELL],
    )
    hass.states.async_set(power, "7.25", {"unit_of_measurement": "kW"})
    await settle(hass)
    assert told == []
    await advance(hass, frozen, 125)
    hass.bus.async_fire("shems_alert", {"config_entry_id": ENTRY_ID, "code": "freezer_off"})
    hass.bus.async_fire(
        "shems_alert", {"config_entry_id": ENTRY_ID, "code": "standby", "message": "More at night."}
    )
    await settle(hass)
    assert messages(told)[-1] == "More at night."
    assert [each for each in messages(told) if each.startswith("The home takes 7.2 kW")]
    assert len(told) == 2


async def test_a_report_is_sent_as_often_as_wanted(
    hass: HomeAssistant, home: HomeCoordinator, automate: Automate, told: list[ServiceCall]
) -> None:
    await automate("report", home=ENTRY_ID, rhythms=["weekly"], notify=[TELL])
    for rhythm, text in (("daily", "Yesterday"), ("weekly", "Last week")):
        data = {"config_entry_id": ENTRY_ID, "rhythm": rhythm, "text": text}
        hass.bus.async_fire("shems_digest", data)
    hass.bus.async_fire(
        "shems_digest", {"config_entry_id": "other", "rhythm": "weekly", "text": "Elsewhere"}
    )
    await settle(hass)
    assert messages(told) == ["Last week"]


@pytest.fixture
def phone(hass: HomeAssistant) -> tuple[str, list[ServiceCall]]:
    """Return a phone, and what it is sent."""
    entry = MockConfigEntry(domain="mobile_app")
    entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={("mobile_app", "1")}, name="My phone"
    )
    return device.id, async_mock_service(hass, NOTIFY, "mobile_app_my_phone")


@pytest.mark.parametrize("button", [0, 1])
async def test_the_best_time_is_offered_and_the_answer_is_an_order(
    hass: HomeAssistant,
    begin: Callable[..., Any],
    frozen: FrozenDateTimeFactory,
    automate: Automate,
    phone: tuple[str, list[ServiceCall]],
    button: int,
) -> None:
    """It is cheap until 11:00 and again from midnight on: now is as good as ever."""
    home = await begin("appliance", {"programme_min": 60, "programme_kwh": 1.0})
    device_id, sent = phone
    await shows(hass, FLAG, "off")
    await automate(
        "best_time",
        appliance=shems_device(hass, PUMP),
        phone=device_id,
        ready=[FLAG],
    )
    await advance(hass, frozen, 3 * 3600)
    await advance(hass, frozen, 5)
    hass.states.async_set(FLAG, "on")
    await breathe()
    (message,) = sent
    assert message.data["title"] == "Thing"
    assert "It costs least from 00:00 on: 0.10 EUR instead of" in message.data["message"]
    chosen = message.data["data"]["actions"][button]
    assert home.store.control.device(PUMP).runs == ()
    hass.bus.async_fire("mobile_app_notification_action", {"action": chosen["action"]})
    await settle(hass)
    (run,) = home.store.control.device(PUMP).runs
    at_once = run.deadline < dt_util.utcnow().timestamp() + 2 * 3600
    assert at_once == (chosen["title"] == "Now") == bool(button)


async def test_a_car_that_is_not_plugged_in_is_told(
    hass: HomeAssistant, frozen: FrozenDateTimeFactory, automate: Automate, told: list[ServiceCall]
) -> None:
    await hass.config.async_set_time_zone("UTC")
    hass.states.async_set("binary_sensor.car", "off")
    hass.states.async_set("sensor.car", "42")
    hass.states.async_set("device_tracker.car", "home")
    await automate(
        "ev_reminder",
        connected="binary_sensor.car",
        soc="sensor.car",
        at_home=["device_tracker.car"],
        notify=[TELL],
    )

    async def evening(day: int) -> None:
        frozen.move_to(f"2026-06-{day} 20:29:59+00:00")
        await advance(hass, frozen, 2)

    await evening(10)
    assert messages(told) == ["The car is at 42 % and not plugged in."]
    for day, entity_id, state in (
        (11, "device_tracker.car", "not_home"),
        (12, "sensor.car", "80"),
        (13, "binary_sensor.car", "on"),
    ):
        hass.states.async_set(entity_id, state)
        await evening(day)
    assert len(told) == 1
    await call(hass, "automation", "turn_off", "automation.mine")


async def test_negative_prices_begin_and_end(
    hass: HomeAssistant, flags: None, automate: Automate
) -> None:
    hass.states.async_set("sensor.home_import_price", "0.2")
    turn = {
        action: [{"action": f"input_boolean.{action}", "target": {"entity_id": SWITCH}}]
        for action in ("turn_on", "turn_off")
    }
    await automate(
        "negative_price",
        price="sensor.home_import_price",
        begin=turn["turn_on"],
        end=turn["turn_off"],
    )
    seen = []
    for price in ("-0.01", "-0.05", "0.01"):
        hass.states.async_set("sensor.home_import_price", price)
        await settle(hass)
        seen.append(hass.states.get(SWITCH).state)
    assert seen == ["on", "on", "off"]


async def test_the_peak_is_guarded_and_loads_come_back(
    hass: HomeAssistant, flags: None, frozen: FrozenDateTimeFactory, automate: Automate
) -> None:
    await call(hass, "input_boolean", "turn_on", SWITCH)
    await automate(
        "peak_guard",
        power="sensor.home_grid_power",
        limit=5,
        loads=[SWITCH, "input_boolean.freezer"],
    )

    async def drawn(kw: float, seconds: float) -> str:
        hass.states.async_set("sensor.home_grid_power", str(kw))
        await breathe()
        frozen.tick(seconds)
        async_fire_time_changed(hass)
        await breathe()
        return str(hass.states.get(SWITCH).state)

    hass.states.async_set("sensor.home_grid_power", "1")
    await settle(hass)
    assert await drawn(6.0, 10) == "on", "a kettle"
    assert await drawn(6.1, 25) == "off"
    assert await drawn(4.0, 1200) == "off", "there is no room for it yet"
    assert await drawn(2.0, 500) == "off"
    assert await drawn(2.1, 150) == "on"
    assert hass.states.get("input_boolean.freezer").state == "off", "what was off stays off"


async def test_a_vacation_is_told_to_shems(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    automate: Automate,
) -> None:
    helper = {"input_datetime": {"back": {"has_date": True, "has_time": True}}}
    assert await async_setup_component(hass, "input_datetime", helper)
    await shows(hass, FLAG, "off")
    await automate("vacation", home=ENTRY_ID, away=FLAG, back=["input_datetime.back"])
    await call(
        hass,
        "input_datetime",
        "set_datetime",
        "input_datetime.back",
        datetime="2026-06-14 18:00:00",
    )
    await shows(hass, FLAG, "on")
    state = hass.states.get("select.home_occupancy")
    assert state.state == "away"
    await shows(hass, FLAG, "off")
    assert hass.states.get("select.home_occupancy").state != "away"


async def test_a_reserve_is_kept_while_a_warning_is_on(
    hass: HomeAssistant, home: HomeCoordinator, automate: Automate
) -> None:
    reserve = "number.battery_reserve"
    await shows(hass, FLAG, "off")
    await shows(hass, OTHER, "off")
    await automate("outage_reserve", warning=[FLAG, OTHER], reserve=reserve, during=80, normal=15)
    await shows(hass, FLAG, "on")
    assert float(hass.states.get(reserve).state) == 80
    await shows(hass, OTHER, "on")
    await shows(hass, FLAG, "off")
    assert float(hass.states.get(reserve).state) == 80, "the other warning is on"
    await shows(hass, OTHER, "off")
    assert float(hass.states.get(reserve).state) == 15


async def test_surplus_goes_into_a_device(
    hass: HomeAssistant,
    begin: Callable[..., Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    automate: Automate,
) -> None:
    home = await begin("deferrable", PUMP_DATA | {"daily_kwh": 0.0})
    await call(hass, "switch", "turn_on", "switch.thing_allow_control")
    await automate(
        "surplus_to_hot_water",
        home=ENTRY_ID,
        device=shems_device(hass, PUMP),
        lasting={"minutes": 2},
    )
    for _ in range(4):
        meters(grid_kw=-2.5, solar_kw=4.5)
        await advance(hass, frozen, 60)
    await advance(hass, frozen, 5)
    held = home.store.control.overrides[PUMP]
    assert held.mode == "on"
    assert held.until - held.since == pytest.approx(1800, abs=5)
    assert hass.states.get(PLUG).state == "on"


class Tips(TodoListEntity):
    """A list that tips are put on."""

    _attr_name = "Tips"

    def put(self, *items: TodoItem) -> None:
        """Have these on the list."""
        self._attr_todo_items = list(items)


async def test_a_new_tip_is_shared(
    hass: HomeAssistant, automate: Automate, told: list[ServiceCall]
) -> None:
    """Not those that were there before."""
    assert await async_setup_component(hass, "todo", {})
    component: EntityComponent[TodoListEntity] = hass.data["todo"]
    tips, needs = Tips(), TodoItemStatus.NEEDS_ACTION
    old = TodoItem(uid="1", summary="Old", status=needs)
    new = TodoItem(uid="2", summary="Standby load", status=needs, description="30 EUR a year")
    tips.put(old)
    await component.async_add_entities([tips])
    await automate("share_tip", tips="todo.tips", notify=[TELL])
    tips.put(old, new)
    tips.async_write_ha_state()
    tips.async_update_listeners()
    await settle(hass)
    assert messages(told) == ["Standby load: 30 EUR a year"]
