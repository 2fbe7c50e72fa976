"""The health of SHEMS itself is told by diagnostic sensors."""

import time
from datetime import timedelta

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from custom_components.shems import own_health
from custom_components.shems.coordinator import HomeCoordinator

from .conftest import advance, call, settle

WRITES = "sensor.home_writes_to_devices_today"
ERRORS = "sensor.home_failed_writes_today"
LATENESS = "sensor.home_event_loop_lateness"


def number(hass: HomeAssistant, entity_id: str) -> float:
    return float(hass.states.get(entity_id).state)


async def test_the_plan_s_age_is_told_by_when_it_was_made(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    made = dt_util.parse_datetime(hass.states.get("sensor.home_plan_made").state)
    assert made.timestamp() == pytest.approx(home.data.plan.created, abs=1)
    await call(hass, "switch", "turn_off", "switch.home_optimiser")
    await advance(hass, frozen, 5)
    assert hass.states.get("sensor.home_plan_made").state == "unknown"


async def test_writes_are_counted_and_begin_anew_at_midnight(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    assert number(hass, WRITES) == 0
    await call(hass, "switch", "turn_on", "switch.battery_allow_control")
    await advance(hass, frozen, 5)
    written = number(hass, WRITES)
    assert written > 0
    assert number(hass, ERRORS) == 0
    assert hass.states.get(WRITES).attributes["by_device"]["Battery"] == written
    await call(hass, "switch", "turn_off", "switch.home_optimiser")
    await advance(hass, frozen, 10)
    frozen.tick(timedelta(days=1))
    await advance(hass, frozen, 15)
    assert number(hass, WRITES) == 0


async def test_a_write_that_raises_an_error_is_counted_as_failed(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    def refuse(_: ServiceCall) -> None:
        raise HomeAssistantError("out of order")

    hass.services.async_register("input_select", "select_option", refuse)
    await call(hass, "switch", "turn_on", "switch.battery_allow_control")
    await advance(hass, frozen, 5)
    assert number(hass, ERRORS) > 0
    assert number(hass, ERRORS) <= number(hass, WRITES)


async def test_how_late_the_loop_was_is_told_after_a_while(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert hass.states.get(LATENESS).state == "unknown"
    await advance(hass, frozen, 1)
    assert hass.states.get(LATENESS).state == "unknown"
    monkeypatch.setattr(own_health, "TICK_S", 0.0)
    monkeypatch.setattr(own_health, "WINDOW_S", 0.0)
    begun = time.perf_counter()
    time.sleep(0.2)  # noqa: ASYNC251  # What waits in the loop is just what is measured.
    await advance(hass, frozen, 1)
    passed = 1000 * (time.perf_counter() - begun)
    assert 200 <= number(hass, LATENESS) <= passed + 1000


async def test_nothing_is_measured_while_the_sensor_is_disabled(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    registry = er.async_get(hass)
    registry.async_update_entity(LATENESS, disabled_by=er.RegistryEntryDisabler.USER)
    await settle(hass)
    assert hass.states.get(LATENESS) is None
