"""Devices that are moved in time are followed, planned and driven."""

from collections.abc import Callable
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import Context, HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.assets.deferrable import DeferrableState

from .conftest import PLUG, advance, call, make_entry, start

PUMP = "pump_id"
PUMP_DATA: dict[str, Any] = {
    "power": "sensor.pump",
    "power_kw": 1.0,
    "daily_kwh": 3.0,
    "begin": "08:00:00",
    "end": "20:00:00",
    "switch": PLUG,
    "released": "off",
}


def show(hass: HomeAssistant, kw: float | str) -> None:
    """Let the pump's meter show a power."""
    hass.states.async_set("sensor.pump", str(kw), {"unit_of_measurement": "kW"}, force_update=True)


@pytest.fixture
def with_pump(hass: HomeAssistant) -> MockConfigEntry:
    """Return a home with a pool pump, not set up."""
    show(hass, 0.0)
    entry = make_entry()
    others = {key: each for key, each in entry.subentries.items() if each.subentry_type != "load"}
    pump = ConfigSubentry(
        data=PUMP_DATA,
        subentry_id=PUMP,
        subentry_type="deferrable",
        title="Pump",
        unique_id=None,
    )
    object.__setattr__(entry, "subentries", {**others, PUMP: pump})
    return entry


@pytest.fixture
async def home(
    hass: HomeAssistant,
    with_pump: MockConfigEntry,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> HomeCoordinator:
    """Return the home with its first plan."""
    return await start(hass, with_pump, frozen)


def left_kwh(home: HomeCoordinator) -> float:
    """Return what the pump is still to take today."""
    state = home.planner.scenario.states[PUMP]
    assert isinstance(state, DeferrableState)
    return state.errands[0].energy_kwh


async def test_a_device_is_planned_before_it_may_be_driven(home: HomeCoordinator) -> None:
    part = home.data.plan.device(PUMP)
    assert part is not None
    day = home.data.plan.horizon.end <= home.data.now + 10 * 3600
    hours = home.data.plan.horizon.hours
    assert (part.power_kw * hours)[day].sum() == pytest.approx(3.0, abs=0.3)
    # It is cheap until 11:00 UTC.
    assert part.power_kw[0] == pytest.approx(1.0)
    assert home.data.readings.devices[PUMP].usable == 0.0


async def test_what_a_device_took_is_not_asked_for_again(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    assert left_kwh(home) == pytest.approx(3.0)
    for _ in range(60):
        show(hass, 1.0)
        await advance(hass, frozen, 60)
    await home.async_plan_now()
    assert left_kwh(home) == pytest.approx(2.0, abs=0.05)
    seen = home.store.memory.seen[PUMP]
    assert seen.running.on
    assert seen.running.starts == 1
    await hass.config_entries.async_reload(home.config_entry.entry_id)
    await advance(hass, frozen, 5)
    again = home.config_entry.runtime_data.coordinator
    await again.async_plan_now()
    assert left_kwh(again) == pytest.approx(2.0, abs=0.05)


async def test_the_user_decides_how_much_a_day(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await home.async_set_device(PUMP, None, daily_kwh=1.0)
    await home.async_plan_now()
    assert left_kwh(home) == pytest.approx(1.0)


async def test_a_paused_device_is_left_out_of_the_plan(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await home.async_set_device(PUMP, None, mode="paused")
    await home.async_plan_now()
    assert home.data.plan.device(PUMP) is None
    assert home.planner.scenario.paused == (PUMP,)


# Driven


async def armed(hass: HomeAssistant, frozen: FrozenDateTimeFactory) -> None:
    await call(hass, "switch", "turn_on", "switch.pump_allow_control")
    await advance(hass, frozen, 2)


async def test_without_leave_a_device_is_only_shown_what_it_would_do(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await advance(hass, frozen, 10)
    assert hass.states.get(PLUG).state == "off"
    assert home.data.moves[PUMP].on
    lines = [each for each in home.actuator.audit if each.device_id == PUMP]
    assert [(each.outcome, each.order) for each in lines] == [("dry_run", "run")]


async def test_a_device_runs_by_the_plan_and_is_given_back(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await home.async_set_device(PUMP, None, daily_kwh=0.98)
    await armed(hass, frozen)
    assert hass.states.get(PLUG).state == "on"
    assert set(home.store.control.owned) == {PUMP}
    for _ in range(70):
        show(hass, 1.0)
        await advance(hass, frozen, 60)
    assert hass.states.get(PLUG).state == "off", "it has had what it needs"
    await call(hass, "select", "select_option", "select.pump_mode", option="on")
    await advance(hass, frozen, 2)
    assert hass.states.get(PLUG).state == "on"
    await call(hass, "switch", "turn_off", "switch.pump_allow_control")
    await advance(hass, frozen, 2)
    assert hass.states.get(PLUG).state == "off", "what its form says when SHEMS stops"
    await advance(hass, frozen, 2)
    assert home.store.control.owned == {}


async def test_a_change_by_hand_is_respected_for_a_while(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory, hass_admin_user: Any
) -> None:
    await armed(hass, frozen)
    context = Context(user_id=hass_admin_user.id)
    await call(hass, "input_boolean", "turn_off", PLUG, context=context)
    await advance(hass, frozen, 10)
    assert home.store.control.overrides[PUMP].cause == "user"
    assert hass.states.get(PLUG).state == "off"
    assert home.data.plan.device(PUMP) is None
    await advance(hass, frozen, 2 * 3600 + 10)
    await advance(hass, frozen, 2)
    assert home.store.control.overrides == {}
    await home.async_plan_now()
    assert home.data.plan.device(PUMP) is not None
