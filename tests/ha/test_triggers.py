"""Automations are made from SHEMS' own triggers and conditions, and fire."""

from collections.abc import Awaitable, Callable
from typing import Any

import probatio as vol
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.device_automation import DeviceAutomationType
from homeassistant.core import HomeAssistant
from homeassistant.helpers import condition, trigger
from homeassistant.helpers.condition import async_from_config, async_validate_condition_config
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (
    async_get_device_automation_capabilities,
    async_get_device_automations,
    async_mock_service,
)

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.report.alerts.kinds import Kind

from .conftest import BATTERY, ENTRY_ID, PUMP_DATA, advance, call, shems_device

HOUR = 3600.0
type Automate = Callable[[dict[str, Any]], Awaitable[list[Any]]]


@pytest.fixture
def automate(hass: HomeAssistant) -> Automate:
    """Return a function that sets up an automation; it gives the calls that will be made."""

    async def made(when: dict[str, Any]) -> list[Any]:
        calls = async_mock_service(hass, "test", "told")
        data = {"told": "{{ dict(trigger) }}"}
        action = [{"action": "test.told", "data": data}]
        config = {"automation": {"alias": "Mine", "triggers": [when], "actions": action}}
        assert await async_setup_component(hass, "automation", config)
        await hass.async_block_till_done()
        assert hass.states.get("automation.mine").state == "on"
        return calls

    return made


async def test_home_assistant_knows_all_triggers_and_conditions(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    """With the fields that the editor shows."""
    assert await async_setup_component(hass, "automation", {})
    triggers = await trigger.async_get_all_descriptions(hass)
    ours = {key: each for key, each in triggers.items() if key.startswith(DOMAIN)}
    assert set(ours) == {
        "shems.plan_changed",
        "shems.device_told",
        "shems.cheap_period_started",
        "shems.surplus_available",
        "shems.alert",
    }
    assert set(ours["shems.surplus_available"]["fields"]) == {
        "config_entry_id",
        "power_kw",
        "measure",
        "for",
    }
    kinds = ours["shems.alert"]["fields"]["code"]["selector"]["select"]["options"]
    assert set(kinds) == set(Kind)
    conditions = await condition.async_get_all_descriptions(hass)
    lasting = conditions["shems.alert_active"]["fields"]["code"]["selector"]["select"]["options"]
    assert set(lasting) == set(Kind)
    assert {key for key in conditions if key.startswith(DOMAIN)} == {
        "shems.is_cheap",
        "shems.has_surplus",
        "shems.is_optimal",
        "shems.is_planned",
        "shems.is_overridden",
        "shems.alert_active",
    }


@pytest.mark.parametrize(
    ("options", "fires"),
    [({}, True), ({"config_entry_id": ENTRY_ID}, True), ({"config_entry_id": "other"}, False)],
)
async def test_a_cheap_period_starts_an_automation(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    automate: Automate,
    options: dict[str, Any],
    fires: bool,
) -> None:
    """Not the one that was under way when the automation was made."""
    calls = await automate(
        {"trigger": "shems.cheap_period_started", "options": {"share": 50, **options}}
    )
    await advance(hass, frozen, HOUR)
    await advance(hass, frozen, 5)
    assert calls == []
    await advance(hass, frozen, 13 * HOUR)
    await advance(hass, frozen, 5)
    assert [each.data["told"]["price"] for each in calls] == ([0.1] if fires else [])


async def test_surplus_of_a_level_of_ones_own_starts_an_automation(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    automate: Automate,
) -> None:
    """What the battery takes counts as well, if that is wanted."""
    options = {"power_kw": 2.0, "measure": "unused", "for": {"minutes": 2}}
    calls = await automate({"trigger": "shems.surplus_available", "options": options})
    for _ in range(4):
        meters(grid_kw=0.0, battery_kw=-2.5, solar_kw=4.0)
        await advance(hass, frozen, 60)
    assert [each.data["told"]["power_kw"] for each in calls] == [2.5]
    await advance(hass, frozen, 60)
    assert len(calls) == 1


async def test_a_device_that_is_moved_starts_an_automation(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    automate: Automate,
) -> None:
    options = {"device_id": shems_device(hass, BATTERY)}
    calls = await automate({"trigger": "shems.device_told", "options": options})
    await call(hass, "switch", "turn_on", "switch.battery_allow_control")
    await advance(hass, frozen, 5)
    (made,) = calls
    assert made.data["told"]["order"] == "charge"
    assert made.data["told"]["platform"] == "shems.device_told"


async def test_a_changed_plan_starts_an_automation_of_that_device(
    hass: HomeAssistant,
    begin: Callable[..., Any],
    frozen: FrozenDateTimeFactory,
    automate: Automate,
) -> None:
    await begin("appliance", {"programme_min": 60, "programme_kwh": 1.0})
    device_id = shems_device(hass, "pump_id")
    calls = await automate({"trigger": "shems.plan_changed", "options": {"device_id": device_id}})
    asked = {"device_id": device_id, "earliest": "2026-06-10 14:00:00"}
    await hass.services.async_call("shems", "run_appliance", asked, blocking=True)
    await advance(hass, frozen, 5)
    (made,) = calls
    assert made.data["told"]["changes"][0]["change"] == "added"


async def test_an_alert_of_a_kind_starts_an_automation(
    hass: HomeAssistant, home: HomeCoordinator, automate: Automate
) -> None:
    calls = await automate({"trigger": "shems.alert", "options": {"code": "price_spike"}})
    for code in ("meter_silent", "price_spike"):
        hass.bus.async_fire("shems_alert", {"config_entry_id": ENTRY_ID, "code": code})
    await hass.async_block_till_done()
    assert [each.data["told"]["code"] for each in calls] == ["price_spike"]


@pytest.mark.parametrize(
    "config",
    [
        {"trigger": "shems.surplus_available", "options": {"power_kw": -1}},
        {"trigger": "shems.alert", "options": {"code": ["fuse", "volcano"]}},
    ],
)
async def test_options_that_mean_nothing_are_refused(
    hass: HomeAssistant, config: dict[str, Any]
) -> None:
    automation = {"alias": "Mine", "triggers": [config], "actions": []}
    await async_setup_component(hass, "automation", {"automation": automation})
    assert hass.states.get("automation.mine").state == "unavailable"


# Triggers of a device


async def test_a_homes_page_offers_its_moments(
    hass: HomeAssistant, home: HomeCoordinator, automate: Automate, frozen: FrozenDateTimeFactory
) -> None:
    offered = await async_get_device_automations(
        hass, DeviceAutomationType.TRIGGER, home.hub_device_id
    )
    ours = [each for each in offered if each["domain"] == DOMAIN]
    assert {each["type"] for each in ours} >= {"plan_changed", "cheap_period_ended", "alert"}
    ended = next(each for each in ours if each["type"] == "cheap_period_ended")
    ended.pop("metadata", None)
    calls = await automate(ended)
    await advance(hass, frozen, HOUR)
    await advance(hass, frozen, 5)
    assert len(calls) == 1


async def test_a_homes_page_offers_the_kinds_of_alerts(
    hass: HomeAssistant, home: HomeCoordinator, automate: Automate
) -> None:
    """Chosen by their names, several if wanted; no other kind, and no other home's."""
    offered = await async_get_device_automations(
        hass, DeviceAutomationType.TRIGGER, home.hub_device_id
    )
    alert = next(each for each in offered if each["type"] == "alert")
    alert.pop("metadata", None)
    shown = await async_get_device_automation_capabilities(
        hass, DeviceAutomationType.TRIGGER, alert
    )
    (field,) = shown["extra_fields"]
    assert (field["name"], field["required"]) == ("code", False)
    options = {each["value"]: each["label"] for each in field["selector"]["select"]["options"]}
    assert set(options) == set(Kind)
    assert options["freezer_off"] == "Freezer off"
    calls = await automate({**alert, "code": ["freezer_off", "price_spike"]})
    started = []
    for device_id in (home.hub_device_id, "other"):
        for code in ("meter_silent", "price_spike", "freezer_off"):
            before = len(calls)
            hass.bus.async_fire("shems_alert", {"device_id": device_id, "code": code})
            await hass.async_block_till_done()
            started += [(device_id, code)] * (len(calls) - before)
    assert started == [(home.hub_device_id, code) for code in ("price_spike", "freezer_off")]
    await hass.services.async_call(
        "automation", "turn_off", {"entity_id": "automation.mine"}, blocking=True
    )
    hass.bus.async_fire("shems_alert", {"device_id": home.hub_device_id, "code": "price_spike"})
    await hass.async_block_till_done()
    assert len(calls) == 2


async def test_any_alert_starts_an_automation_of_the_homes_page(
    hass: HomeAssistant, home: HomeCoordinator, automate: Automate
) -> None:
    trigger_of = {"trigger": "device", "domain": DOMAIN, "device_id": home.hub_device_id}
    calls = await automate({**trigger_of, "type": "alert"})
    for code in ("meter_silent", "price_spike"):
        hass.bus.async_fire("shems_alert", {"device_id": home.hub_device_id, "code": code})
    await hass.async_block_till_done()
    assert len(calls) == 2
    ended = {**trigger_of, "type": "cheap_period_ended"}
    assert await async_get_device_automation_capabilities(
        hass, DeviceAutomationType.TRIGGER, ended
    ) == {"extra_fields": []}


async def test_a_devices_page_offers_what_becomes_of_it(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    async def types(device_id: str) -> set[str]:
        found = await async_get_device_automations(hass, DeviceAutomationType.TRIGGER, device_id)
        return {each["type"] for each in found if each["domain"] == DOMAIN}

    assert await types(shems_device(hass, BATTERY)) == {
        "device_told",
        "device_returned",
        "device_taken",
        "device_refused",
    }


# Conditions


async def holds(hass: HomeAssistant, name: str, **options: Any) -> bool:
    config = {"condition": f"shems.{name}", "options": options}
    config = await async_validate_condition_config(hass, config)
    checker = await async_from_config(hass, config)
    return bool(checker.async_check())


async def test_conditions_on_prices_and_surplus(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    await advance(hass, frozen, 10)
    assert await holds(hass, "is_cheap")
    assert await holds(hass, "is_cheap", config_entry_id=ENTRY_ID)
    assert not await holds(hass, "is_cheap", config_entry_id="other")
    assert await holds(hass, "is_optimal")
    assert not await holds(hass, "has_surplus")
    meters(grid_kw=-1.5, solar_kw=3.0, battery_kw=-1.0)
    await advance(hass, frozen, 10)
    assert await holds(hass, "has_surplus", power_kw=1.5)
    assert not await holds(hass, "has_surplus", power_kw=2.0)
    assert await holds(hass, "has_surplus", power_kw=2.5, measure="unused")
    meters(grid_kw="unavailable")
    for _ in range(3):
        await advance(hass, frozen, 300)
    assert not await holds(hass, "has_surplus", power_kw=0.1), "unknown is no surplus"
    await advance(hass, frozen, 2 * HOUR)
    await advance(hass, frozen, 10)
    assert not await holds(hass, "is_cheap")


async def test_conditions_on_a_device(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    """The pump has three kilowatt hours to take, and it is cheap until eleven."""
    home = await begin("deferrable", PUMP_DATA)
    device_id = shems_device(hass, "pump_id")
    assert await holds(hass, "is_planned", device_id=device_id)
    assert await holds(hass, "is_planned", device_id=device_id, within={"hours": 30})
    await home.async_set_device("pump_id", None, daily_kwh=0.0)
    await home.async_plan_now()
    assert not await holds(hass, "is_planned", device_id=device_id)
    assert not await holds(hass, "is_overridden", device_id=device_id)
    await call(hass, "switch", "turn_on", "switch.thing_allow_control")
    await hass.services.async_call(
        DOMAIN, "override", {"device_id": device_id, "mode": "off"}, blocking=True
    )
    assert await holds(hass, "is_overridden", device_id=device_id)
    assert not await holds(hass, "is_overridden", device_id="elsewhere")


async def test_a_condition_on_alerts(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """So much is bought for two minutes that the fuse is near."""
    assert not await holds(hass, "alert_active")
    for watts in range(5):
        meters(grid_kw=16.5 + 0.001 * watts)
        await advance(hass, frozen, 30)
    assert await holds(hass, "alert_active")
    assert await holds(hass, "alert_active", config_entry_id=ENTRY_ID, code="fuse", urgent=True)
    assert await holds(hass, "alert_active", code=["peak", "fuse"])
    assert not await holds(hass, "alert_active", config_entry_id="other")
    assert not await holds(hass, "alert_active", code=["peak", "standby"])
    await hass.services.async_call(DOMAIN, "acknowledge_alert", {}, blocking=True)
    assert not await holds(hass, "alert_active")
    assert await holds(hass, "alert_active", acknowledged=True)
    with pytest.raises(vol.Invalid, match="expected"):
        await holds(hass, "alert_active", code="volcano")


async def test_what_is_not_urgent_can_be_left_out_of_a_condition(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
) -> None:
    """A price below the threshold that was chosen is told, but disturbs nobody at night."""
    options = {**home.config_entry.options, "alerts": {"price_below": 1.0}}
    hass.config_entries.async_update_entry(home.config_entry, options=options)
    await hass.async_block_till_done()
    for _ in range(3):
        await advance(hass, frozen, 30)
    assert await holds(hass, "alert_active", code="negative_price")
    assert not await holds(hass, "alert_active", code="negative_price", urgent=True)
