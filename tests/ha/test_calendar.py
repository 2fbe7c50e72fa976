"""The calendar shows what is planned and why; moving an entry is the household's word."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.shems.coordinator import HomeCoordinator

from .conftest import (
    BATTERY,
    PLUG,
    PUMP,
    PUMP_DATA,
    advance,
    call,
    pump_shows,
    settle,
    shems_device,
)

CALENDAR = "calendar.home_plan"
WASHER: dict[str, Any] = {"programme_min": 60, "programme_kwh": 1.0, "switch": PLUG}
LOAD: dict[str, Any] = {"power_kw": 1.0, "usual_kw": 0.5, "price_per_kwh": 5.0, "switch": PLUG}
NOON = "2026-06-10T12:00:00+00:00"
ONE = "2026-06-10T13:00:00+00:00"
EVENING = "2026-06-10T18:00:00+00:00", "2026-06-10T19:00:00+00:00"

type Ask = Callable[..., Awaitable[dict[str, Any]]]


async def events(hass: HomeAssistant, summary: str) -> list[dict[str, Any]]:
    """Return what the calendar tells of a device within two days."""
    answer = await hass.services.async_call(
        "calendar",
        "get_events",
        {
            "entity_id": CALENDAR,
            "start_date_time": "2026-06-10 00:00:00",
            "end_date_time": "2026-06-12 00:00:00",
        },
        blocking=True,
        return_response=True,
    )
    return [each for each in answer[CALENDAR]["events"] if each["summary"].startswith(summary)]


@pytest.fixture
def ask(hass: HomeAssistant, hass_ws_client: WebSocketGenerator) -> Ask:
    """Return a function that asks the calendar as its page does."""

    async def asked(kind: str, token: str | None = None, **data: Any) -> dict[str, Any]:
        client = await hass_ws_client(hass, token) if token else await hass_ws_client(hass)
        await client.send_json_auto_id(
            {"type": f"calendar/event/{kind}", "entity_id": CALENDAR, **data}
        )
        answer: dict[str, Any] = await client.receive_json()
        await settle(hass)
        return answer

    return asked


def uid_of(hass: HomeAssistant, home: HomeCoordinator, begin: str, device: str = PUMP) -> str:
    return f"{device}/run/{round(datetime.fromisoformat(begin).timestamp())}"


def when(start: str, end: str, summary: str = "Thing") -> dict[str, Any]:
    return {"dtstart": start, "dtend": end, "summary": summary}


async def test_what_the_battery_does_with_the_grid_is_shown_with_its_reason(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    (charge, *_) = await events(hass, "Battery")
    assert charge["summary"] == "Battery: Charge from the grid"
    assert charge["description"].startswith("Grid energy at €0.100/kWh is stored")
    assert "kWh, €" in charge["description"]
    assert charge["description"].endswith("Only a proposal: SHEMS may not drive it.")
    state = hass.states.get(CALENDAR)
    assert state.state == "on"
    assert state.attributes["message"] == "Battery: Charge from the grid"


async def test_a_programme_is_moved_where_the_household_drags_it(
    hass: HomeAssistant,
    begin: Callable[..., Any],
    frozen: FrozenDateTimeFactory,
    ask: Ask,
) -> None:
    home = await begin("appliance", WASHER)
    device_id = shems_device(hass, PUMP)
    asked = {"device_id": device_id, "earliest": "2026-06-10 11:00:00"}
    await hass.services.async_call("shems", "run_appliance", asked, blocking=True)
    await home.async_plan_now()
    (run,) = await events(hass, "Thing")
    answer = await ask("update", uid=uid_of(hass, home, run["start"]), event=when(NOON, ONE))
    assert answer["success"], answer
    await home.async_plan_now()
    (run,) = await events(hass, "Thing")
    assert run["start"] == NOON
    assert run["end"] == ONE
    (request,) = home.store.control.device(PUMP).runs
    assert request.earliest == datetime.fromisoformat(NOON).timestamp()
    assert (await ask("delete", uid=uid_of(hass, home, NOON)))["success"]
    await home.async_plan_now()
    assert home.store.control.device(PUMP).runs == ()
    assert await events(hass, "Thing") == []


async def test_an_event_that_names_a_device_asks_for_a_run(
    hass: HomeAssistant, begin: Callable[..., Any], ask: Ask
) -> None:
    home = await begin("appliance", WASHER)
    answer = await ask("create", event=when(NOON, ONE, "thing: cottons"))
    assert answer["success"], answer
    assert len(home.store.control.device(PUMP).runs) == 1
    for event, said in (
        (when(NOON, ONE, "Nothing"), "These can: Battery, Thing"),
        (when("2026-06-10", "2026-06-11"), "on the clock"),
        (when("2026-06-10T08:00:00+00:00", "2026-06-10T09:00:00+00:00"), "over already"),
    ):
        answer = await ask("create", event=event)
        assert not answer["success"]
        assert said in answer["error"]["message"]
    assert len(home.store.control.device(PUMP).runs) == 1


async def test_a_device_that_follows_prices_waits_for_its_booking_and_then_runs(
    hass: HomeAssistant,
    begin: Callable[..., Any],
    frozen: FrozenDateTimeFactory,
    ask: Ask,
) -> None:
    """It is cheap now, and dear at noon; the household has its reasons."""
    home = await begin("deferrable", PUMP_DATA)
    await call(hass, "switch", "turn_on", "switch.thing_allow_control")
    await advance(hass, frozen, 5)
    assert hass.states.get(PLUG).state == "on"
    pump_shows(hass, 1.0)
    await advance(hass, frozen, 5)
    (run, *_) = await events(hass, "Thing")
    answer = await ask("update", uid=uid_of(hass, home, run["start"]), event=when(NOON, ONE))
    assert not answer["success"], "it is under way"
    assert "cannot be moved" in answer["error"]["message"]
    answer = await ask("create", event=when(NOON, ONE))
    assert answer["success"], answer
    await advance(hass, frozen, 600)
    await advance(hass, frozen, 5)
    assert hass.states.get(PLUG).state == "off"
    booked = (await events(hass, "Thing"))[0]
    assert booked["start"] == NOON
    assert booked["description"].splitlines()[0] == "You asked for this time."
    assert "kWh, €" in booked["description"], "the plan reckons with it"
    await hass.config_entries.async_reload(home.config_entry.entry_id)
    await advance(hass, frozen, 110 * 60)
    await advance(hass, frozen, 10)
    await advance(hass, frozen, 10)
    again = home.config_entry.runtime_data.coordinator
    assert hass.states.get(PLUG).state == "on"
    held = again.store.control.overrides[PUMP]
    assert (held.mode, held.until) == ("on", datetime.fromisoformat(ONE).timestamp())
    assert again.store.control.device(PUMP).bookings == ()
    pump_shows(hass, 1.0)
    await again.async_plan_now()
    assert planned_kw(again, datetime.fromisoformat(NOON).timestamp() + 1800) == pytest.approx(1.0)


def planned_kw(home: HomeCoordinator, at: float) -> float:
    """Return what the plan in force has the pump take at a time."""
    plan = home.data.plan
    assert plan is not None
    step, part = plan.horizon.index(at), plan.device(PUMP)
    assert step is not None
    assert part is not None
    return float(part.power_kw[step])


async def test_the_plan_counts_on_a_booking_until_it_is_taken_back(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory, ask: Ask
) -> None:
    """In the evening it is no cheaper: by itself the plan would have it run sooner."""
    home = await begin("deferrable", PUMP_DATA)
    await call(hass, "switch", "turn_on", "switch.thing_allow_control")
    await home.async_plan_now()
    at = datetime.fromisoformat(EVENING[0]).timestamp() + 1800
    assert planned_kw(home, at) == pytest.approx(0.0)
    assert (await ask("create", event=when(*EVENING)))["success"]
    await home.async_plan_now()
    assert planned_kw(home, at) == pytest.approx(1.0)
    assert {"booked", "booked_later"} <= reasons(home)
    assert (await ask("delete", uid=uid_of(hass, home, EVENING[0])))["success"]
    await home.async_plan_now()
    assert not {"booked", "booked_later"} & reasons(home)


def reasons(home: HomeCoordinator) -> set[str]:
    """Return why the pump does what it does, by the plan in force."""
    part = None if home.data.plan is None else home.data.plan.device(PUMP)
    return set() if part is None else {each.code for each in part.reason}


async def test_a_load_is_off_for_the_time_of_its_entry(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory, ask: Ask
) -> None:
    home = await begin("sheddable", LOAD)
    await call(hass, "switch", "turn_on", "switch.thing_allow_control")
    hass.states.async_set(PLUG, "on")
    assert (await ask("create", event=when(NOON, ONE)))["success"]
    await home.async_plan_now()
    (entry,) = await events(hass, "Thing")
    assert (entry["summary"], entry["start"]) == ("Thing: off", NOON)
    await advance(hass, frozen, 2 * 3600 + 60)
    await advance(hass, frozen, 10)
    await advance(hass, frozen, 10)
    assert hass.states.get(PLUG).state == "off"
    assert home.store.control.overrides[PUMP].mode == "off"


async def test_a_booking_is_moved_and_taken_back(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory, ask: Ask
) -> None:
    home = await begin("deferrable", PUMP_DATA)
    answer = await ask("create", event=when(NOON, ONE))
    assert not answer["success"], "SHEMS may not drive it yet"
    await call(hass, "switch", "turn_on", "switch.thing_allow_control")
    assert (await ask("create", event=when(NOON, ONE)))["success"]
    later = "2026-06-10T14:00:00+00:00"
    answer = await ask("update", uid=uid_of(hass, home, NOON), event=when(ONE, later))
    assert answer["success"], answer
    (booking,) = home.store.control.device(PUMP).bookings
    assert booking.begin == datetime.fromisoformat(ONE).timestamp()
    assert (await ask("delete", uid=uid_of(hass, home, ONE)))["success"]
    assert home.store.control.device(PUMP).bookings == ()
    answer = await ask("delete", uid=uid_of(hass, home, ONE))
    assert "no longer where it was" in answer["error"]["message"]


async def test_what_the_plan_chose_is_not_to_be_at_that_time(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory, ask: Ask
) -> None:
    """The pump may run from eight to eight: of tomorrow's runs, the first is not wanted."""
    home = await begin("deferrable", PUMP_DATA)
    await call(hass, "switch", "turn_on", "switch.thing_allow_control")
    await home.async_plan_now()
    run = next(each for each in await events(hass, "Thing") if each["start"] > "2026-06-11")
    assert (await ask("delete", uid=uid_of(hass, home, run["start"])))["success"]
    await home.async_plan_now()
    begins, ends = (datetime.fromisoformat(run[key]) for key in ("start", "end"))
    for each in await events(hass, "Thing"):
        assert (
            datetime.fromisoformat(each["end"]) <= begins
            or datetime.fromisoformat(each["start"]) >= ends
        )


async def test_a_battery_is_charged_when_an_event_says_so(
    hass: HomeAssistant, home: HomeCoordinator, ask: Ask
) -> None:
    await call(hass, "switch", "turn_on", "switch.battery_allow_control")
    assert (await ask("create", event=when(NOON, ONE, "Battery")))["success"]
    (demand,) = home.store.control.device(BATTERY).demands
    assert (demand.begin, demand.end) == tuple(
        datetime.fromisoformat(each).timestamp() for each in (NOON, ONE)
    )
    assert demand.power_kw == 5.0


async def test_who_may_not_move_a_device_cannot_have_it_moved_by_the_calendar(
    hass: HomeAssistant,
    begin: Callable[..., Any],
    ask: Ask,
) -> None:
    home = await begin("appliance", WASHER)
    user = MockUser(groups=[]).add_to_hass(hass)
    user.mock_policy({"entities": {"entity_ids": {CALENDAR: {POLICY_CONTROL: True, "read": True}}}})
    token = await hass.auth.async_create_refresh_token(user, "https://example.com")
    access = hass.auth.async_create_access_token(token)
    answer = await ask("create", token=access, event=when(NOON, ONE))
    assert not answer["success"]
    assert home.store.control.device(PUMP).runs == ()


async def test_an_action_without_a_user_may_ask(
    hass: HomeAssistant, begin: Callable[..., Any]
) -> None:
    home = await begin("appliance", WASHER)
    data = {
        "entity_id": CALENDAR,
        "summary": "Thing",
        "start_date_time": NOON,
        "end_date_time": ONE,
    }
    await hass.services.async_call("calendar", "create_event", data, blocking=True)
    assert len(home.store.control.device(PUMP).runs) == 1
    with pytest.raises(ServiceValidationError, match="names the device"):
        await hass.services.async_call(
            "calendar", "create_event", {**data, "summary": "Nobody"}, blocking=True
        )
