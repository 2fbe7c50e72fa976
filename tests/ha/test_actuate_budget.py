"""Devices are spared, refreshed and named: writes of a day, keep-alive, slow ones, refusals."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from custom_components.shems import actuate
from custom_components.shems.actuate import Actuator
from custom_components.shems.core.dispatch.command import Command, DeviceCommand
from custom_components.shems.core.plan.result import Mode, Reason
from custom_components.shems.devices import Device
from custom_components.shems.devices.device import Range
from custom_components.shems.drive_issues import DriveIssues
from custom_components.shems.store import HomeStore
from custom_components.shems.wish import Wish

from .conftest import (
    BATTERY,
    MODE,
    OPTIONS,
    POWER,
    advance,
    call,
    make_entry,
    set_up_inverter,
    settle,
    start,
    subentries,
    subentry,
)

MODES = {
    "control": "select",
    "mode_select": "select.mode",
    "option_self_consume": "auto",
    "option_default": "auto",
    "option_charge": "charge",
    "option_hold": "hold",
    "charge_kw": 5.0,
    "discharge_kw": 5.0,
}
CHARGER = {
    "charge_kw": 11.0,
    "phases": "3",
    "power_number": "number.amps",
    "start_button": "button.go",
    "stop_button": "button.halt",
    "released": "off",
}


def made_of(hass: HomeAssistant, *devices: Device) -> Actuator:
    return Actuator(hass, HomeStore(hass, "home"), devices, DriveIssues(hass, "home", "Home"))


def device(key: str = "id", kind: str = "battery", **data: Any) -> Device:
    return Device(key, kind, key.title(), data, range_of=lambda entity: Range("A", 6.0, 16.0, 1.0))


def mode(wanted: Mode, code: str = "any") -> Command:
    return Command("id", wanted, 0.0, Reason(code))


def run(amps: float) -> DeviceCommand:
    return DeviceCommand("id", amps > 0, amps * 0.69, None, Reason("any"))


@pytest.fixture
def inverter(hass: HomeAssistant, hass_storage: dict[str, Any]) -> list[str]:
    """Let an inverter follow at once; return what it was told."""
    told: list[str] = []
    hass.states.async_set("select.mode", "auto")

    async def follow(call: ServiceCall) -> None:
        told.append(call.data["option"])
        hass.states.async_set("select.mode", call.data["option"])

    hass.services.async_register("select", "select_option", follow)
    return told


@pytest.fixture
def inverter_later(hass: HomeAssistant) -> Callable[[], Awaitable[None]]:
    """Return what sets up the inverter's entities."""
    return partial(set_up_inverter, hass)


def issues(hass: HomeAssistant) -> dict[str, dict[str, str] | None]:
    return {
        issue_id: each.translation_placeholders
        for (domain, issue_id), each in ir.async_get(hass).issues.items()
        if domain == "shems"
    }


async def test_after_the_writes_of_a_day_a_device_is_its_own_until_midnight(
    hass: HomeAssistant, inverter: list[str], frozen: FrozenDateTimeFactory
) -> None:
    await hass.config.async_set_time_zone("UTC")
    actuator = made_of(hass, device(**MODES, writes_a_day=3))
    now = dt_util.utcnow().timestamp()

    async def want(wish: Wish, after: float) -> None:
        for wait in (0.0, 1.0):
            await actuator.async_converge({"id": wish}, now + after + wait)

    for minute, wanted in enumerate((Mode.CHARGE, Mode.HOLD, Mode.CHARGE)):
        await want(mode(wanted), 60.0 * minute)
    assert inverter == ["charge", "hold", "charge"]
    assert issues(hass) == {
        "home_drive_writes_spent_id": {"home": "Home", "device": "Id", "count": "3"}
    }
    await want(mode(Mode.CHARGE), 200.0)
    assert actuator.owned("id"), "what it does already needs no write"
    await want(mode(Mode.HOLD), 300.0)
    assert inverter[3:] == ["auto"]
    assert not actuator.owned("id")
    await want(mode(Mode.CHARGE), 400.0)
    assert inverter[4:] == []
    await want(mode(Mode.HOLD, "limit_fuse"), 500.0)
    assert inverter[4:] == ["hold"], "a limit of the grid is kept all the same"
    await want(mode(Mode.CHARGE, "user_charge"), 600.0)
    assert inverter[5:] == ["charge"], "and so is what a user chose"
    await want("default", 700.0)
    midnight = 14 * 3600.0
    await want(mode(Mode.HOLD), midnight)
    assert inverter[6:] == ["auto", "hold"]
    assert issues(hass) == {}


async def test_writes_are_remembered(
    hass: HomeAssistant, inverter: list[str], hass_storage: dict[str, Any]
) -> None:
    actuator = made_of(hass, device(**MODES))
    now = dt_util.utcnow().timestamp()
    await actuator.async_converge({"id": mode(Mode.HOLD)}, now)
    assert actuator.budget.made("id", now) == 1
    store = actuator._store  # noqa: SLF001  # The file is looked at, as after a restart.
    await store.async_save_memory()
    again = HomeStore(hass, "home")
    await again.async_load(now)
    assert again.memory.writes == store.memory.writes


async def test_a_button_is_pressed_once_while_the_current_moves(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    presses = async_mock_service(hass, "button", "press")
    currents = async_mock_service(hass, "number", "set_value")
    hass.states.async_set("number.amps", "6")
    actuator = made_of(hass, device(kind="vehicle", **CHARGER))
    for step, amps in enumerate((8.0, 10.0, 10.0, 12.0)):
        await actuator.async_converge({"id": run(amps)}, 20.0 * step)
        hass.states.async_set("number.amps", str(currents[-1].data["value"]))
    assert [each.data["entity_id"] for each in presses] == ["button.go"]
    assert [each.data["value"] for each in currents] == [8.0, 10.0, 12.0]
    await actuator.async_converge({"id": run(0.0)}, 100.0)
    await actuator.async_converge({"id": run(8.0)}, 120.0)
    assert [each.data["entity_id"] for each in presses] == [
        "button.go",
        "button.halt",
        "button.go",
    ]


async def test_what_a_device_forgets_is_sent_again(
    hass: HomeAssistant, inverter: list[str]
) -> None:
    actuator = made_of(hass, device(**MODES, refresh_min=10))
    for minute in range(26):
        await actuator.async_converge({"id": mode(Mode.HOLD)}, 60.0 * minute)
    assert inverter == ["hold", "hold", "hold"]


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for slow devices by turns of the loop: its clock stands still."""

    async def wait(
        tasks: Iterable[asyncio.Task[None]], **_: float
    ) -> tuple[set[asyncio.Task[None]], set[asyncio.Task[None]]]:
        waiting = set(tasks)
        for _ in range(20):
            await asyncio.sleep(0)
        return {each for each in waiting if each.done()}, {
            each for each in waiting if not each.done()
        }

    monkeypatch.setattr(actuate.asyncio, "wait", wait)


async def test_a_slow_device_does_not_hold_up_the_others(
    hass: HomeAssistant, inverter: list[str], brief: None
) -> None:
    answered = asyncio.Event()
    calls: list[ServiceCall] = []

    async def slow(call: ServiceCall) -> None:
        calls.append(call)
        await answered.wait()
        hass.states.async_set("switch.slow", "on")

    hass.states.async_set("switch.slow", "off")
    hass.services.async_register("switch", "turn_on", slow)
    actuator = made_of(hass, device("slow", "load", switch="switch.slow"), device(**MODES))
    wishes: dict[str, Wish] = {"slow": "on", "id": mode(Mode.HOLD)}
    for second in (0.0, 1.0, 2.0):
        await actuator.async_converge(wishes, second)
    assert inverter == ["hold"]
    assert actuator.hold("id").acknowledged_at is not None
    assert actuator.hold("slow").acknowledged_at is None
    answered.set()
    await hass.async_block_till_done()
    await actuator.async_converge(wishes, 3.0)
    assert actuator.hold("slow").acknowledged_at is not None
    assert len(calls) == 1, "it was not asked again while it was busy"


async def test_what_is_still_being_written_is_waited_for_at_the_end(
    hass: HomeAssistant, inverter: list[str], brief: None
) -> None:
    cancelled: list[bool] = []

    async def never(call: ServiceCall) -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.append(True)
            raise

    hass.states.async_set("switch.slow", "off")
    hass.services.async_register("switch", "turn_on", never)
    actuator = made_of(hass, device("slow", "load", switch="switch.slow"), device(**MODES))
    await actuator.async_converge({"slow": "on", "id": mode(Mode.HOLD)}, 0.0)
    await actuator.async_release_all(1.0)
    await hass.async_block_till_done()
    assert cancelled == [True]
    assert inverter == ["hold", "auto"]


async def test_a_device_that_refuses_is_named_with_its_entity_until_it_follows(
    hass: HomeAssistant, inverter: list[str]
) -> None:
    calm = {"willing": False}

    async def perhaps(call: ServiceCall) -> None:
        if calm["willing"]:
            hass.states.async_set("select.mode", call.data["option"])

    hass.services.async_register("select", "select_option", perhaps)
    actuator = made_of(hass, device(**MODES))
    for step in range(60):
        await actuator.async_converge({"id": mode(Mode.HOLD)}, 10.0 * step)
    raised = "home_drive_device_refuses_id"
    assert issues(hass) == {raised: {"home": "Home", "device": "Id", "entity": "select.mode"}}
    calm["willing"] = True
    for step in range(60, 110):
        await actuator.async_converge({"id": mode(Mode.HOLD)}, 10.0 * step)
    assert issues(hass) == {}


async def test_an_action_that_fails_is_named_where_no_state_shows_it(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    async def fail(call: ServiceCall) -> None:
        raise HomeAssistantError("no")

    hass.services.async_register("button", "press", fail)
    data = {key: each for key, each in CHARGER.items() if key != "power_number"}
    actuator = made_of(hass, device(kind="vehicle", **data))
    for step in range(60):
        await actuator.async_converge({"id": run(8.0)}, 10.0 * step)
    (facts,) = issues(hass).values()
    assert facts is not None
    assert facts["entity"] == "button.go"
    await actuator.async_release_all(1000.0)
    assert issues(hass) == {}


async def test_a_number_that_cannot_be_told_a_power_is_left_alone(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    currents = async_mock_service(hass, "number", "set_value")
    hass.states.async_set("number.amps", "6")
    odd = Device("id", "vehicle", "Car", CHARGER, range_of=lambda entity: Range("°C"))
    actuator = made_of(hass, odd)
    await actuator.async_converge({"id": run(8.0)}, 0.0)
    assert currents == []
    assert not actuator.owned("id")


async def test_what_is_not_there_at_the_start_is_driven_later(
    hass: HomeAssistant,
    inverter_later: Callable[[], Awaitable[None]],
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    await hass.config.async_set_time_zone("UTC")
    entry = make_entry()
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id), "without its number's unit"
    await settle(hass)
    await call(hass, "switch", "turn_on", "switch.battery_allow_control")
    await advance(hass, frozen, 2)
    await inverter_later()
    for _ in range(3):
        await advance(hass, frozen, 10)
    assert hass.states.get(MODE).state == "charge"
    assert float(hass.states.get(POWER).state) == 5000


async def test_a_power_that_follows_the_meter_is_rationed(
    hass: HomeAssistant,
    inverter_later: Callable[[], Awaitable[None]],
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    await inverter_later()
    writes = async_mock_service(hass, "input_number", "set_value")
    flat = {**OPTIONS, "buy": {**OPTIONS["buy"], "windows": []}}
    given = [each for each in subentries() if each["subentry_type"] != "battery"]
    battery = subentry(
        "battery",
        "Battery",
        BATTERY,
        soc="sensor.soc",
        power="sensor.battery",
        capacity_kwh=10.0,
        charge_kw=5.0,
        discharge_kw=5.0,
        control="number",
        power_number=POWER,
        writes_a_day=20,
    )
    entry = MockConfigEntry(
        domain="shems",
        entry_id="home",
        title="Home",
        data={"kind": "home", "name": "Home"},
        options=flat,
        subentries_data=[*given, battery],
    )
    await start(hass, entry, frozen)
    await call(hass, "switch", "turn_on", "switch.battery_allow_control")
    for step in range(40):
        meters(grid_kw=1.0 + 0.05 * step)
        await advance(hass, frozen, 10)
        if writes:
            shown = {"unit_of_measurement": "W", "min": 0, "max": 5000, "step": 10}
            hass.states.async_set(POWER, str(writes[-1].data["value"]), shown)
    at_ten_in_the_morning = 20 * (10.1 / 24 + 0.1)
    assert 5 <= len(writes) <= at_ten_in_the_morning + 1


async def test_an_error_in_one_device_is_logged_and_harms_no_other(
    hass: HomeAssistant,
    inverter: list[str],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def crash(call: ServiceCall) -> None:
        raise RuntimeError("a bug in another integration")

    hass.states.async_set("switch.odd", "off")
    hass.services.async_register("switch", "turn_on", crash)
    actuator = made_of(hass, device("odd", "load", switch="switch.odd"), device(**MODES))
    await actuator.async_converge({"odd": "on", "id": mode(Mode.HOLD)}, 0.0)
    assert inverter == ["hold"]
    assert "Odd could not be driven" in caplog.text


async def test_the_reserve_that_its_user_chose_is_what_an_inverter_is_told(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    levels = async_mock_service(hass, "number", "set_value")
    hass.states.async_set("number.reserve", "5")
    limited = Device(
        "id",
        "battery",
        "Battery",
        {"control": "limits", "min_soc_number": "number.reserve", "reserve_soc": 10.0},
    )
    actuator = made_of(hass, limited)
    await actuator._store.async_update_device("id", reserve=0.35)  # noqa: SLF001  # As its number entity does.
    await actuator.async_converge({"id": mode(Mode.COVER)}, 0.0)
    assert [each.data["value"] for each in levels] == [35.0]
