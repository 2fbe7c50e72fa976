"""Moments that automations wait for are told once, as events and by event entities."""

from collections.abc import Callable
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Event, HomeAssistant, callback

from custom_components.shems.coordinator import HomeCoordinator

from .conftest import BATTERY, ENTRY_ID, MODE, advance, call, shems_device

HOUR = 3600.0


@pytest.fixture
def told(hass: HomeAssistant) -> Callable[..., list[dict[str, Any]]]:
    """Return a function that gives the data of all events of a kind, and forgets them."""
    seen: dict[str, list[dict[str, Any]]] = {}

    @callback
    def note(event: Event[dict[str, Any]]) -> None:
        if event.event_type.startswith("shems_"):
            seen.setdefault(event.event_type.removeprefix("shems_"), []).append(dict(event.data))

    hass.bus.async_listen("*", note)
    return lambda kind: seen.pop(kind, [])


async def test_the_end_of_a_cheap_period_is_told_once(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    told: Callable[..., list[dict[str, Any]]],
) -> None:
    """It is cheap until 11:00, and from midnight on."""
    cheap = hass.states.get("binary_sensor.home_cheap_now")
    assert cheap.state == "on"
    assert cheap.attributes["end"] == "2026-06-10T11:00:00+00:00"
    assert cheap.attributes["price"] == pytest.approx(0.1)
    await advance(hass, frozen, HOUR)
    await advance(hass, frozen, 5)
    (ended,) = told("cheap_period_ended")
    assert ended["config_entry_id"] == ENTRY_ID
    assert ended["device_id"] == home.hub_device_id
    assert ended["price"] == pytest.approx(0.4)
    assert ended["until"] is None
    assert hass.states.get("binary_sensor.home_cheap_now").state == "off"
    shown = hass.states.get("event.home_price")
    assert shown.attributes["event_type"] == "cheap_period_ended"
    assert shown.attributes["price"] == pytest.approx(0.4)
    await advance(hass, frozen, 600)
    assert told("cheap_period_ended") == []
    await advance(hass, frozen, 13 * HOUR)
    await advance(hass, frozen, 5)
    (started,) = told("cheap_period_started")
    assert started["until"] == "2026-06-11T11:00:00+00:00"


async def test_surplus_is_told_when_it_lasts(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    told: Callable[..., list[dict[str, Any]]],
) -> None:
    for _ in range(4):
        meters(grid_kw=-1.5, solar_kw=3.0)
        await advance(hass, frozen, 60)
    assert hass.states.get("sensor.home_surplus_power").state == "1.5"
    assert told("surplus_available") == []
    for _ in range(3):
        meters(grid_kw=-1.5, solar_kw=3.0)
        await advance(hass, frozen, 60)
    (event,) = told("surplus_available")
    assert event["power_kw"] == 1.5
    assert hass.states.get("event.home_surplus").attributes["event_type"] == "surplus_available"
    for _ in range(7):
        meters(grid_kw=1.0)
        await advance(hass, frozen, 60)
    assert len(told("surplus_ended")) == 1
    assert hass.states.get("sensor.home_surplus_power").state == "0.0"


async def test_what_a_device_is_told_is_an_event_with_its_reason(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    told: Callable[..., list[dict[str, Any]]],
) -> None:
    """However often its power is written again, it is one."""
    await call(hass, "switch", "turn_on", "switch.battery_allow_control")
    for _ in range(5):
        meters(grid_kw=7.0, battery_kw=-5.0)
        await advance(hass, frozen, 60)
    (event,) = told("device_told")
    assert event["device_id"] == shems_device(hass, BATTERY)
    assert event["name"] == "Battery"
    assert event["order"] == "charge"
    assert event["reason"] in ("charge_for", "charge_cheap")
    assert event["arguments"]["price"] == pytest.approx(0.1)
    shown = hass.states.get("event.battery_control")
    assert shown.attributes["event_type"] == "device_told"
    assert shown.attributes["order"] == "charge"


async def test_who_takes_a_device_is_told(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    told: Callable[..., list[dict[str, Any]]],
) -> None:
    await call(hass, "switch", "turn_on", "switch.battery_allow_control")
    await advance(hass, frozen, 5)
    await advance(hass, frozen, 60)
    await call(hass, "input_select", "select_option", MODE, option="hold")
    for _ in range(12):
        await advance(hass, frozen, 60)
    (event,) = told("device_taken")
    assert event["reason"] in ("user", "automation", "device")
    await call(hass, "switch", "turn_off", "switch.battery_allow_control")
    await advance(hass, frozen, 5)


async def test_giving_back_is_told(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    told: Callable[..., list[dict[str, Any]]],
) -> None:
    await call(hass, "switch", "turn_on", "switch.battery_allow_control")
    await advance(hass, frozen, 5)
    await call(hass, "switch", "turn_off", "switch.battery_allow_control")
    await advance(hass, frozen, 5)
    (event,) = told("device_returned")
    assert event["order"] == "default"


async def test_another_status_is_told(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    told: Callable[..., list[dict[str, Any]]],
) -> None:
    assert told("status_changed") == [], "that it begins is no change"
    await call(hass, "switch", "turn_off", "switch.home_optimiser")
    await advance(hass, frozen, 5)
    (event,) = told("status_changed")
    assert (event["before"], event["status"]) == ("optimal", "off")
    assert hass.states.get("event.home_plan").attributes["event_type"] == "status_changed"


async def test_a_plan_that_has_a_device_run_at_another_time_is_told(
    hass: HomeAssistant,
    begin: Callable[..., Any],
    frozen: FrozenDateTimeFactory,
    told: Callable[..., list[dict[str, Any]]],
) -> None:
    """A run that somebody asks for appears, and goes when it is taken back."""
    home = await begin("appliance", {"programme_min": 60, "programme_kwh": 1.0, "switch": MODE})
    device_id = shems_device(hass, "pump_id")
    told("plan_changed")
    asked = {"device_id": device_id, "earliest": "2026-06-10 14:00:00"}
    await hass.services.async_call("shems", "run_appliance", asked, blocking=True)
    await advance(hass, frozen, 5)
    (event,) = told("plan_changed")
    assert event["changes"] == [
        {
            "device": "Thing",
            "device_id": device_id,
            "change": "added",
            "before": None,
            "after": event["changes"][0]["after"],
        }
    ]
    assert event["changes"][0]["after"] >= "2026-06-10T14:00:00+00:00"
    assert home.data.plan is not None
    await advance(hass, frozen, 300)
    assert told("plan_changed") == [], "the next plan has it where it was"
    await hass.services.async_call("shems", "cancel_runs", {"device_id": device_id}, blocking=True)
    await advance(hass, frozen, 5)
    (event,) = told("plan_changed")
    assert [each["change"] for each in event["changes"]] == ["dropped"]
