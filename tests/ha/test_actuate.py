"""What is written to a device, when, and what is taken back."""

import asyncio
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, Event, EventStateChangedData, HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.helpers.storage import Store
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.shems.coordinator import HomeCoordinator

from .conftest import BATTERY, LOAD, MODE, PLUG, POWER, advance, call, settle

ARM = "switch.battery_allow_control"
SELECT = "select.battery_mode"


def outcomes(home: HomeCoordinator) -> list[str]:
    return [line.outcome for line in home.actuator.audit]


@pytest.fixture
def writes(hass: HomeAssistant) -> list[tuple[str, str]]:
    """Collect what the inverter's entities become."""
    seen: list[tuple[str, str]] = []

    def note(event: Event[EventStateChangedData]) -> None:
        new, old = event.data["new_state"], event.data["old_state"]
        if new is not None and old is not None and new.state != old.state:
            seen.append((new.entity_id, new.state))

    async_track_state_change_event(hass, [MODE, POWER], note)
    return seen


async def test_nothing_is_written_before_the_user_allows_it(
    hass: HomeAssistant,
    home: HomeCoordinator,
    writes: list[tuple[str, str]],
    frozen: FrozenDateTimeFactory,
) -> None:
    for _ in range(5):
        await advance(hass, frozen, 10)
    assert writes == []
    assert home.data.commands[BATTERY].mode == "charge"
    assert outcomes(home) == ["dry_run"]
    assert not home.actuator.owned(BATTERY)


async def test_arming_writes_the_plan_and_disarming_gives_it_back(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await call(hass, "switch", "turn_on", ARM)
    await advance(hass, frozen, 2)
    assert hass.states.get(MODE).state == "charge"
    assert float(hass.states.get(POWER).state) == 5000
    assert BATTERY in home.store.control.owned
    assert outcomes(home)[-2:] == ["sent", "acknowledged"]

    await call(hass, "switch", "turn_off", ARM)
    await advance(hass, frozen, 2)
    assert hass.states.get(MODE).state == "automatic"
    assert BATTERY not in home.store.control.owned
    assert "released" in outcomes(home)


async def test_an_unchanged_order_is_written_once(
    hass: HomeAssistant,
    home: HomeCoordinator,
    writes: list[tuple[str, str]],
    frozen: FrozenDateTimeFactory,
) -> None:
    await call(hass, "switch", "turn_on", ARM)
    for _ in range(6):
        await advance(hass, frozen, 10)
    assert writes == [(MODE, "charge")]
    assert outcomes(home).count("sent") == 1


async def test_ownership_is_on_disk_before_the_first_write(
    hass: HomeAssistant,
    home: HomeCoordinator,
    remembered: dict,
    frozen: FrozenDateTimeFactory,
) -> None:
    stored: list[bool] = []

    async def refuse(service: ServiceCall) -> None:
        stored.append(BATTERY in remembered["shems.home.control"]["data"]["owned"])

    hass.services.async_register("input_select", "select_option", refuse)
    await call(hass, "switch", "turn_on", ARM)
    await advance(hass, frozen, 2)
    assert stored
    assert all(stored)


async def test_a_device_that_refuses_is_tried_again_and_named(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    tries: list[ServiceCall] = []

    async def refuse(service: ServiceCall) -> None:
        tries.append(service)
        raise HomeAssistantError("not today")

    hass.services.async_register("input_select", "select_option", refuse)
    await call(hass, "switch", "turn_on", ARM)
    for _ in range(60):
        await advance(hass, frozen, 10)
    assert 3 <= len(tries) <= 5
    assert home.data.problem is not None
    assert home.data.problem.code == "device_refuses"
    assert hass.states.get("sensor.home_plan_status").attributes["problem"] == {
        "code": "device_refuses",
        "args": {"device": "Battery"},
    }
    assert caplog.text.count("does not take its command") == 1
    assert "failed" in outcomes(home)


async def test_a_device_that_ignores_is_tried_again(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    tries: list[ServiceCall] = []

    async def ignore(service: ServiceCall) -> None:
        tries.append(service)

    hass.services.async_register("input_select", "select_option", ignore)
    await call(hass, "switch", "turn_on", ARM)
    for _ in range(50):
        await advance(hass, frozen, 10)
    assert 3 <= len(tries) <= 5
    assert home.data.problem is not None
    assert home.data.problem.code == "device_refuses"


async def test_an_unavailable_device_is_left_alone(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    options = dict(hass.states.get(MODE).attributes)
    hass.states.async_set(MODE, "unavailable", options)
    await call(hass, "switch", "turn_on", ARM)
    await advance(hass, frozen, 10)
    assert "sent" not in outcomes(home)
    hass.states.async_set(MODE, "automatic", options)
    await advance(hass, frozen, 10)
    assert hass.states.get(MODE).state == "charge"


@pytest.mark.parametrize("gap_s", [0, 600])
async def test_a_device_that_comes_back_without_its_order_is_told_again(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory, gap_s: int
) -> None:
    """It has lost power: nobody has moved it."""
    await call(hass, "switch", "turn_on", ARM)
    await advance(hass, frozen, 2)
    options = dict(hass.states.get(MODE).attributes)
    hass.states.async_set(MODE, "unavailable", options)
    await advance(hass, frozen, gap_s)
    hass.states.async_set(MODE, "automatic", options)
    await advance(hass, frozen, 10)
    assert hass.states.get(MODE).state == "charge"
    assert home.store.control.overrides == {}
    assert home.data.problem is None


async def test_turning_the_optimiser_off_gives_everything_back(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await call(hass, "switch", "turn_on", ARM)
    await advance(hass, frozen, 2)
    await call(hass, "switch", "turn_off", "switch.home_optimiser")
    await advance(hass, frozen, 2)
    assert hass.states.get(MODE).state == "automatic"
    assert hass.states.get("sensor.home_plan_status").state == "off"
    await call(hass, "switch", "turn_on", "switch.home_optimiser")
    await advance(hass, frozen, 2)
    await advance(hass, frozen, 2)
    assert hass.states.get(MODE).state == "charge"
    assert hass.states.get("sensor.home_plan_status").state == "optimal"


async def test_unloading_gives_everything_back(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await call(hass, "switch", "turn_on", ARM)
    await advance(hass, frozen, 2)
    await hass.config_entries.async_unload(home.config_entry.entry_id)
    assert hass.states.get(MODE).state == "automatic"
    assert home.store.control.owned == {}
    assert home.store.control.device(BATTERY).armed


async def test_shutting_down_gives_everything_back(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await call(hass, "switch", "turn_on", ARM)
    await advance(hass, frozen, 2)
    await hass.async_stop(force=True)
    assert hass.states.get(MODE).state == "automatic"
    assert home.store.control.owned == {}


async def test_a_change_by_a_person_is_respected_and_ends(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    hass_admin_user: object,
) -> None:
    await call(hass, "switch", "turn_on", ARM)
    await advance(hass, frozen, 2)
    person = Context(user_id=hass_admin_user.id)
    await call(hass, "input_select", "select_option", MODE, option="hold", context=person)
    for _ in range(5):
        await advance(hass, frozen, 60)
    assert hass.states.get(MODE).state == "hold"
    state = hass.states.get(SELECT)
    assert state.state == "paused"
    assert state.attributes["override_cause"] == "user"
    assert home.store.control.owned == {}
    plan = home.data.plan.battery(BATTERY)
    assert abs(plan.power_kw).max() == 0

    await advance(hass, frozen, 2 * 3600)
    await advance(hass, frozen, 5)
    assert hass.states.get(SELECT).state == "auto"
    assert hass.states.get(SELECT).attributes.get("override_cause") is None


async def test_nothing_is_written_while_an_override_goes_to_disk(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    writes: list[tuple[str, str]],
) -> None:
    await call(hass, "switch", "turn_on", ARM)
    await advance(hass, frozen, 2)
    disk = asyncio.Event()
    save = Store.async_save

    async def slow(store: Store, data: Any) -> None:
        await disk.wait()
        await save(store, data)

    with patch.object(Store, "async_save", slow):
        await hass.services.async_call(
            "input_select",
            "select_option",
            {"entity_id": MODE, "option": "hold"},
            blocking=True,
            context=Context(parent_id="a trigger"),
        )
        meters(grid_kw=2.5)
        frozen.tick(5)
        async_fire_time_changed(hass)
        for _ in range(20):
            await asyncio.sleep(0)
        disk.set()
        await settle(hass)
    assert writes[-1] == (MODE, "hold")
    assert home.store.control.overrides[BATTERY].cause == "automation"


async def test_choosing_automatic_ends_an_override(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await call(hass, "switch", "turn_on", ARM)
    await advance(hass, frozen, 2)
    automation = Context(parent_id="a trigger")
    await call(hass, "input_select", "select_option", MODE, option="hold", context=automation)
    assert hass.states.get(SELECT).attributes["override_cause"] == "automation"
    await call(hass, "select", "select_option", SELECT, option="auto")
    await advance(hass, frozen, 2)
    await advance(hass, frozen, 2)
    assert home.store.control.overrides == {}
    assert hass.states.get(MODE).state == "charge"


async def test_a_lasting_change_at_the_device_is_respected(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await call(hass, "switch", "turn_on", ARM)
    await advance(hass, frozen, 2)
    hass.states.async_set(MODE, "hold", dict(hass.states.get(MODE).attributes))
    await advance(hass, frozen, 10)
    assert home.store.control.overrides == {}
    for _ in range(5):
        await advance(hass, frozen, 10)
    assert home.store.control.overrides[BATTERY].cause == "device"
    assert hass.states.get(MODE).state == "hold"


async def test_power_that_no_command_explains_is_respected(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    await call(hass, "switch", "turn_on", ARM)
    await advance(hass, frozen, 2)
    meters(battery_kw=2.0, grid_kw=0.0)
    for _ in range(12):
        await advance(hass, frozen, 10)
    assert home.store.control.overrides[BATTERY].cause == "power"


async def test_a_device_given_back_waits_for_a_plan_that_counts_on_it(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    writes: list[tuple[str, str]],
) -> None:
    await call(hass, "switch", "turn_on", ARM)
    await advance(hass, frozen, 2)
    await call(hass, "select", "select_option", SELECT, option="paused")
    await advance(hass, frozen, 5)
    assert hass.states.get(MODE).state == "automatic"
    plan = home.data.plan
    assert plan.battery(BATTERY).reason[0].code == "paused"
    writes.clear()
    await call(hass, "select", "select_option", SELECT, option="auto")
    await advance(hass, frozen, 2)
    await advance(hass, frozen, 2)
    assert writes == [(MODE, "charge")]


async def test_modes_the_user_chooses(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    await call(hass, "switch", "turn_on", ARM)
    await advance(hass, frozen, 2)
    await call(hass, "select", "select_option", SELECT, option="hold")
    await advance(hass, frozen, 2)
    assert hass.states.get(MODE).state == "hold"
    await call(hass, "number", "set_value", "number.battery_charge_target", value=60)
    await call(hass, "select", "select_option", SELECT, option="charge")
    await advance(hass, frozen, 2)
    assert hass.states.get(MODE).state == "charge"
    meters(soc=60)
    await advance(hass, frozen, 2)
    assert hass.states.get(MODE).state == "hold"
    await call(hass, "select", "select_option", SELECT, option="paused")
    await advance(hass, frozen, 2)
    assert hass.states.get(MODE).state == "automatic"
    assert home.store.control.owned == {}


async def test_a_consumer_is_switched_by_its_users_word(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await call(hass, "switch", "turn_on", "switch.plug_allow_control")
    await advance(hass, frozen, 2)
    assert hass.states.get(PLUG).state == "off"
    await call(hass, "select", "select_option", "select.plug_mode", option="on")
    await advance(hass, frozen, 2)
    assert hass.states.get(PLUG).state == "on"
    await call(hass, "select", "select_option", "select.plug_mode", option="auto")
    await advance(hass, frozen, 2)
    assert hass.states.get(PLUG).state == "on", "by itself it stays as it is"
    assert not home.actuator.owned(LOAD)


async def test_the_plan_holds_for_a_while_without_inputs_and_then_lets_go(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    await call(hass, "switch", "turn_on", ARM)
    await advance(hass, frozen, 2)
    meters(soc="unavailable", battery_kw=-5.0, grid_kw=7.0)
    for _ in range(10):
        await advance(hass, frozen, 60)
    assert hass.states.get(MODE).state == "charge"
    assert home.data.problem.code == "soc_unusable"
    for _ in range(12):
        await advance(hass, frozen, 300)
    await settle(hass)
    assert hass.states.get(MODE).state == "automatic"
    assert home.store.control.owned == {}
    meters(soc=50)
    await advance(hass, frozen, 2)
    await advance(hass, frozen, 2)
    assert home.data.problem is None
    assert BATTERY in home.store.control.owned
