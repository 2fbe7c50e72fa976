"""Devices that are moved in time are followed, planned and driven."""

from collections.abc import Callable
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import device_registry as dr
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.assets.deferrable import DeferrableState
from custom_components.shems.payload import forecast_response, plan_message, plan_response

from .conftest import (
    BATTERY,
    HOLD,
    PLUG,
    PUMP,
    PUMP_DATA,
    advance,
    call,
    pump_shows,
    shems_device,
    start,
)


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
        pump_shows(hass, 1.0)
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
        pump_shows(hass, 1.0)
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


# Shown and chosen


async def test_a_device_shows_what_it_is_to_do_and_why(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await advance(hass, frozen, 10)
    planned = hass.states.get("sensor.pump_planned_power")
    assert float(planned.state) == pytest.approx(1.0)
    assert planned.attributes["reason"]["code"] in ("device_runs", "device_needed", "device_alike")
    assert planned.attributes["shortfalls"] == []
    change = hass.states.get("sensor.pump_next_change")
    assert dt_util.parse_datetime(change.state) > dt_util.utcnow()
    assert change.attributes["power_kw"] == 0.0
    (sent,) = plan_message(home)["devices"]
    assert (sent["id"], sent["name"], sent["kind"]) == (PUMP, "Pump", "deferrable")
    assert len(sent["power_kw"]) == len(sent["reason"]) == len(home.data.plan.horizon)
    assert sent["now"]["power_kw"] == pytest.approx(1.0)
    (step, *_) = plan_response(home)["steps"]
    assert step["devices"][0]["name"] == "Pump"
    assert step["devices"][0]["power_kw"] == pytest.approx(1.0)


@pytest.mark.parametrize(("mode", "code"), [("paused", "paused"), ("on", "user_on")])
async def test_the_households_word_is_the_reason(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    mode: str,
    code: str,
) -> None:
    await call(hass, "select", "select_option", "select.pump_mode", option=mode)
    await advance(hass, frozen, 2)
    planned = hass.states.get("sensor.pump_planned_power")
    assert planned.attributes["reason"]["code"] == code
    assert planned.state == "unknown"
    assert hass.states.get("sensor.pump_next_change").state == "unknown"
    (sent,) = plan_message(home)["devices"]
    assert sent["power_kw"] == []


async def test_what_cannot_be_had_is_said(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await call(hass, "number", "set_value", "number.pump_energy_a_day", value=30)
    await advance(hass, frozen, 5)
    planned = hass.states.get("sensor.pump_planned_power")
    first, *_ = planned.attributes["shortfalls"]
    assert first["code"] == "energy_short"
    assert first["unit"] == "kWh"
    assert first["amount"] == pytest.approx(20.0, abs=0.5)
    assert first["at"] == "2026-06-10T20:00:00+00:00"
    assert float(hass.states.get("number.pump_energy_a_day").state) == 30


CAR: dict[str, Any] = {
    "power": "sensor.pump",
    "soc": "sensor.car",
    "capacity_kwh": 50.0,
    "charge_kw": 11.0,
    "connected": PLUG,
    "target_soc": 80.0,
}
WASHER: dict[str, Any] = {
    "power": "sensor.pump",
    "shape": "flat",
    "programme_min": 60.0,
    "programme_kwh": 1.0,
    "done_by": "18:00:00",
    "switch": PLUG,
}


async def test_a_car_that_is_silent_is_left_out_and_named(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    hass.states.async_set("sensor.car", "unavailable")
    home = await begin("vehicle", CAR)
    assert home.data.status == "optimal"
    assert home.data.problem.code == "device_unseen"
    assert home.data.problem.args == {"device": "Thing", "entity": "sensor.car"}
    planned = hass.states.get("sensor.thing_planned_power")
    assert planned.attributes["reason"]["code"] == "device_unseen"
    hass.states.async_set("sensor.car", "40", {"unit_of_measurement": "%"})
    await advance(hass, frozen, 5)
    assert home.data.problem is None
    assert home.data.plan.device(PUMP) is not None


async def test_the_household_says_when_a_car_is_wanted(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    hass.states.async_set("sensor.car", "40", {"unit_of_measurement": "%"})
    home = await begin("vehicle", CAR)
    assert hass.states.get("time.thing_ready_by").state == "07:00:00"
    assert float(hass.states.get("number.thing_charge_target").state) == 80
    assert home.planner.scenario.states[PUMP].stays == ()
    await call(hass, "input_boolean", "turn_on", PLUG)
    await call(hass, "time", "set_value", "time.thing_ready_by", time="15:30:00")
    await call(hass, "number", "set_value", "number.thing_charge_target", value=60)
    await advance(hass, frozen, 5)
    (stay,) = home.planner.scenario.states[PUMP].stays
    assert stay.end == dt_util.parse_datetime("2026-06-10T15:30:00+00:00").timestamp()
    assert stay.target_kwh == pytest.approx(30.0)
    assert hass.states.get("time.thing_ready_by").state == "15:30:00"


async def test_rooms_without_weather_are_left_out_and_named(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    hass.states.async_set("sensor.car", "20.5", {"unit_of_measurement": "°C"})
    rooms = {"power": "sensor.pump", "power_kw": 2.0, "temperature": "sensor.car", "switch": PLUG}
    home = await begin("heating", rooms)
    assert home.data.status == "optimal"
    assert home.data.problem.code == "temperature_missing"
    assert home.data.plan.device(PUMP) is None


async def test_a_run_is_requested_and_taken_back(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    home = await begin("appliance", WASHER)
    registry, entry_id = dr.async_get(hass), home.config_entry.entry_id
    device = next(
        each
        for each in dr.async_entries_for_config_entry(registry, entry_id)
        if ("shems", f"{entry_id}_{PUMP}") in each.identifiers
    )
    thing = {"device_id": device.id}
    await call(hass, "button", "press", "button.thing_request_a_run")
    (run,) = home.store.control.device(PUMP).runs
    assert run.deadline == dt_util.parse_datetime("2026-06-10T18:00:00+00:00").timestamp()
    await call(hass, "button", "press", "button.thing_cancel_requested_runs")
    assert home.store.control.device(PUMP).runs == ()
    wanted = {"earliest": "2026-06-10T12:00:00+00:00", "deadline": "2026-06-10T14:00:00+00:00"}
    await hass.services.async_call(
        "shems", "run_appliance", {**thing, **wanted, "max_cost": 0.5}, blocking=True
    )
    (run,) = home.store.control.device(PUMP).runs
    assert run.deadline - run.earliest == 7200
    assert run.most_cost == 0.5
    await hass.services.async_call("shems", "cancel_runs", thing, blocking=True)
    assert home.store.control.device(PUMP).runs == ()
    with pytest.raises(ServiceValidationError) as caught:
        await hass.services.async_call(
            "shems",
            "run_appliance",
            {**thing, "deadline": "2026-06-10T10:30:00+00:00"},
            blocking=True,
        )
    assert caught.value.translation_key == "deadline_too_short"
    with pytest.raises(ServiceValidationError) as caught:
        await hass.services.async_call(
            "shems", "run_appliance", {"device_id": "none"}, blocking=True
        )
    assert caught.value.translation_key == "no_appliance"


async def test_one_of_several_runs_is_asked_for_at_another_time(
    hass: HomeAssistant, begin: Callable[..., Any]
) -> None:
    home = await begin("appliance", WASHER)
    thing = {"device_id": shems_device(hass, PUMP)}

    async def run(begins: str, ends: str, **data: Any) -> None:
        wanted = {
            "earliest": f"2026-06-10T{begins}:00+00:00",
            "deadline": f"2026-06-10T{ends}:00+00:00",
        }
        await hass.services.async_call(
            "shems", "run_appliance", {**thing, **wanted, **data}, blocking=True
        )
        await home.async_plan_now()

    def asked() -> list[str]:
        runs = sorted(home.store.control.device(PUMP).runs, key=lambda each: each.earliest)
        return [dt_util.utc_from_timestamp(each.earliest).strftime("%H:%M") for each in runs]

    await run("12:00", "13:05")
    await run("15:00", "16:05")
    assert asked() == ["12:00", "15:00"]
    await run("18:00", "19:05", instead_of="2026-06-10T15:00:00+00:00")
    assert asked() == ["12:00", "18:00"]
    await run("20:00", "21:05", instead_of="2026-06-10T12:00:00+00:00")
    assert asked() == ["18:00", "20:00"]
    with pytest.raises(ServiceValidationError) as caught:
        await run("21:00", "22:05", instead_of="2026-06-10T12:00:00+00:00")
    assert caught.value.translation_key == "calendar_gone"
    with pytest.raises(ServiceValidationError):
        await run("21:00", "21:30", instead_of="2026-06-10T18:00:00+00:00")
    assert asked() == ["18:00", "20:00"]


async def test_a_run_is_told_with_its_time_and_cost(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    home = await begin("appliance", WASHER)

    async def run(**data: Any) -> dict[str, Any]:
        thing = {"device_id": shems_device(hass, PUMP)}
        answer = await hass.services.async_call(
            "shems", "run_appliance", {**thing, **data}, blocking=True, return_response=True
        )
        await hass.services.async_call("shems", "cancel_runs", thing, blocking=True)
        return answer

    def at(text: str) -> float:
        return dt_util.parse_datetime(text).timestamp()

    # Until 11:00 a kWh costs 0.10, then 0.40.
    at_once = await run(now=True)
    assert at(at_once["start"]) == pytest.approx(dt_util.utcnow().timestamp(), abs=300)
    assert at(at_once["end"]) - at(at_once["start"]) == 3600
    assert at_once["cost"] == pytest.approx(0.1, abs=0.05)
    assert at_once["currency"] == "EUR"
    assert at_once["driven"] is False
    later = await run(earliest="2026-06-10T12:00:00+00:00", deadline="2026-06-10T16:00:00+00:00")
    assert at("2026-06-10T12:00:00+00:00") <= at(later["start"])
    assert at(later["end"]) <= at("2026-06-10T16:00:00+00:00")
    never = await run(earliest="2026-06-10T12:00:00+00:00", max_cost=0.001)
    assert (never["start"], never["end"], never["cost"]) == (None, None, None)
    await call(hass, "switch", "turn_on", "switch.thing_allow_control")
    await call(hass, "button", "press", "button.thing_request_a_run")
    for _ in range(4):
        await advance(hass, frozen, 5)
    assert home.director.known.states[PUMP].progress is not None
    after = await run(deadline="2026-06-10T23:00:00+00:00")
    assert after["driven"] is True
    assert at(after["start"]) >= dt_util.utcnow().timestamp() + 3500, "the machine is busy"


async def test_a_requested_run_is_started_once(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    home = await begin("appliance", WASHER)
    await call(hass, "switch", "turn_on", "switch.thing_allow_control")
    await advance(hass, frozen, 5)
    assert hass.states.get(PLUG).state == "off"
    await call(hass, "button", "press", "button.thing_request_a_run")
    for _ in range(3):
        await advance(hass, frozen, 5)
    assert hass.states.get(PLUG).state == "on", "it is cheap until eleven"
    for _ in range(3):
        await advance(hass, frozen, 10)
    assert home.store.control.device(PUMP).runs == ()
    assert home.director.known.states[PUMP].progress is not None
    await call(hass, "input_boolean", "turn_off", PLUG)
    for _ in range(10):
        await advance(hass, frozen, 30)
    assert hass.states.get(PLUG).state == "off"
    assert home.store.control.overrides == {}


async def test_a_run_waits_where_it_may_until_it_is_cheap_again(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    pauses = {"pause_switch": HOLD, "pause_after": ["30"], "longest_pause_min": 900.0}
    home = await begin("appliance", WASHER | pauses | {"done_by": "06:00:00"})
    await call(hass, "switch", "turn_on", "switch.thing_allow_control")
    frozen.move_to("2026-06-10T10:40:00+00:00")
    await advance(hass, frozen, 5)
    thing = {"device_id": shems_device(hass, PUMP)}
    await hass.services.async_call("shems", "run_appliance", {**thing, "now": True}, blocking=True)
    held = {}
    for minute in range(0, 50, 2):
        await advance(hass, frozen, 120)
        pump_shows(hass, 1.0)
        held[minute] = hass.states.get(HOLD).state
        assert hass.states.get(PLUG).state == "on"
    assert {held[minute] for minute in range(0, 26, 2)} == {"off"}, "not in the midst of it"
    assert held[48] == "on", "from eleven on it is dear until midnight"
    assert home.director.known.states[PUMP].progress.paused
    frozen.move_to("2026-06-11T00:00:05+00:00")
    for _ in range(8):
        pump_shows(hass, 0.0)
        await advance(hass, frozen, 120)
    assert hass.states.get(HOLD).state == "off"
    assert home.director.known.states[PUMP].progress.phase == 1


async def test_what_devices_are_to_take_is_a_part_of_the_expected_load(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    plan = home.data.plan
    together = plan.load_kw + plan.moved_kw
    assert plan.moved_kw[0] == pytest.approx(1.0)
    message = plan_message(home)
    assert message["load_kw"]["p50"][0] == pytest.approx(together[0], abs=0.3)
    (row, *_) = forecast_response(home)["forecast"]
    assert row["load_kw"]["mean"] == pytest.approx(together[0], abs=1e-3)
    expected = hass.states.get("sensor.home_load_forecast")
    assert expected.attributes["forecast"][0]["power_kw"] == pytest.approx(together[0], abs=1e-3)


async def test_a_time_that_cannot_be_is_named_and_stops_nothing(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    home = await begin("deferrable", PUMP_DATA | {"begin": "noon"})
    assert home.data.status == "optimal"
    assert home.data.problem.code == "field_not_time"
    assert home.data.problem.args == {"field": "begin", "device": "Thing"}


async def test_a_device_that_goes_its_own_ways_is_only_proposed(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    assert home.data.plan.proposals == ()  # Nothing is driven yet: this is what would be.
    await home.async_set_device(BATTERY, None, armed=True)
    await home.async_plan_now()
    plan = home.data.plan
    assert plan.devices == ()
    assert [each.device_id for each in plan.proposals] == [PUMP]
    (told,) = plan_message(home)["devices"]
    assert told["proposed"]
    assert told["power_kw"][0] == pytest.approx(1.0)
    assert plan_response(home)["steps"][0]["devices"][0]["proposed"]
    assert home.data.moves[PUMP].power_kw == pytest.approx(1.0)
    assert hass.states.get(PLUG).state == "off"
    await home.async_set_device(PUMP, None, armed=True)
    await home.async_plan_now()
    await advance(hass, frozen, 15)
    assert home.data.plan.proposals == ()
    assert not plan_message(home)["devices"][0]["proposed"]
    assert hass.states.get(PLUG).state == "on"
