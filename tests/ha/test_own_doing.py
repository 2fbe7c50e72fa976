"""What a device does by itself is no override: it is told again when that is over."""

from collections.abc import Callable
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant

from custom_components.shems.coordinator import HomeCoordinator

from .conftest import BATTERY, MODE, PLUG, PUMP, START, advance, call

CAR: dict[str, Any] = {
    "power": "sensor.pump",
    "soc": "sensor.car",
    "capacity_kwh": 50.0,
    "charge_kw": 10.0,
    "connected": "sensor.charger",
    "ready_by": "11:00:00",
    "target_soc": 80.0,
    "switch": PLUG,
    "details": {},
}
DAY = 86400.0


def soc(hass: HomeAssistant, percent: float) -> None:
    hass.states.async_set("sensor.car", str(percent), {"unit_of_measurement": "%"})


async def wait(hass: HomeAssistant, frozen: FrozenDateTimeFactory, seconds: float) -> None:
    for _ in range(int(seconds / 10)):
        await advance(hass, frozen, 10)


@pytest.fixture
async def charging(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> HomeCoordinator:
    """Return a home whose car is being charged."""
    soc(hass, 40)
    hass.states.async_set("sensor.charger", "connected")
    home = await begin("vehicle", CAR)
    await call(hass, "switch", "turn_on", "switch.thing_allow_control")
    await wait(hass, frozen, 20)
    assert hass.states.get(PLUG).state == "on"
    return home


def stops(hass: HomeAssistant) -> None:
    """Let the charger switch itself off: nobody is behind that change."""
    hass.states.async_set(PLUG, "off")


async def test_a_charger_that_stops_for_no_reason_was_taken(
    hass: HomeAssistant, charging: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    stops(hass)
    await wait(hass, frozen, 90)
    assert charging.store.control.overrides[PUMP].cause == "device"
    assert hass.states.get(PLUG).state == "off"


async def test_a_full_car_was_not_taken(
    hass: HomeAssistant, charging: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    soc(hass, 80)
    stops(hass)
    await wait(hass, frozen, 180)
    assert charging.store.control.overrides == {}


async def test_who_has_a_full_car_charged_further_has_taken_it(
    hass: HomeAssistant, charging: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    soc(hass, 85)
    hass.states.async_set("sensor.pump", "0", {"unit_of_measurement": "kW"})
    await wait(hass, frozen, 400)
    assert hass.states.get(PLUG).state == "off", "it has what it was to get"
    hass.states.async_set(PLUG, "on")
    await wait(hass, frozen, 120)
    assert charging.store.control.overrides[PUMP].cause == "device"
    assert hass.states.get(PLUG).state == "on"


async def test_a_car_that_is_unplugged_was_not_taken(
    hass: HomeAssistant, charging: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    hass.states.async_set("sensor.charger", "disconnected")
    stops(hass)
    await wait(hass, frozen, 180)
    assert charging.store.control.overrides == {}


async def test_after_a_fault_the_charger_is_told_again(
    hass: HomeAssistant, charging: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    hass.states.async_set("sensor.charger", "Faulted")
    stops(hass)
    await wait(hass, frozen, 180)
    assert charging.store.control.overrides == {}
    assert hass.states.get(PLUG).state == "off", "nothing is sent into a fault"
    hass.states.async_set("sensor.charger", "connected")
    await wait(hass, frozen, 30)
    assert charging.store.control.overrides == {}
    assert hass.states.get(PLUG).state == "on"


async def test_a_schedule_of_the_devices_own_is_overruled_on_the_third_day(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    attributes = dict(hass.states.get(MODE).attributes)
    await call(hass, "switch", "turn_on", "switch.battery_allow_control")
    seen = []
    for day in range(3):
        frozen.move_to(START)
        frozen.tick(day * DAY)
        meters(battery_kw=-5.0, grid_kw=7.0)
        await wait(hass, frozen, 30)
        assert hass.states.get(MODE).state == "charge", day
        hass.states.async_set(MODE, "hold", attributes)
        await wait(hass, frozen, 90)
        taken = home.store.control.overrides.pop(BATTERY, None)
        seen.append((None if taken is None else taken.cause, hass.states.get(MODE).state))
    assert seen == [("device", "hold"), ("device", "hold"), (None, "charge")]
    assert len(home.store.memory.strayed[BATTERY]) == 3
