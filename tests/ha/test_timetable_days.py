"""Schedules on days whose clock changes, and other entities that do not tell."""

from datetime import datetime
from typing import Any

import pytest
from homeassistant.core import HomeAssistant, ServiceCall, SupportsResponse

from custom_components.shems.core.replay.shadow import KEPT_DAYS
from custom_components.shems.devices import Device
from custom_components.shems.devices.timetable import AHEAD_S, TIMETABLE
from custom_components.shems.sources.configuration import Configuration
from custom_components.shems.sources.timetables import Timetables

from .conftest import MockConfigEntry, make_entry

pytestmark = pytest.mark.usefixtures("real_calendars")
HOUR = 3600.0
PUMP = "pump"


def made(hass: HomeAssistant, entity_id: str, zone: str, **data: Any) -> Timetables:
    """Return the timetables of a home with one pump."""
    device = Device(PUMP, "deferrable", "Pump", {TIMETABLE: entity_id, "power_kw": 1.0} | data)
    entry: MockConfigEntry = make_entry()
    configuration = Configuration(
        entry.entry_id, "Home", "home", None, None, zone, (device,), {}, frozenset()
    )
    return Timetables(hass, configuration)


def answering(hass: HomeAssistant, answer: Any) -> None:
    async def get_schedule(service: ServiceCall) -> Any:
        return answer

    hass.services.async_register(
        "schedule", "get_schedule", get_schedule, supports_response=SupportsResponse.ONLY
    )


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-10-24", 4.0), ("2026-10-25", 5.0), ("2027-03-28", 3.0)]
)
async def test_blocks_are_those_of_the_clock_on_the_wall(
    hass: HomeAssistant, day: str, hours: float
) -> None:
    week = dict.fromkeys(("saturday", "sunday"), ({"from": "00:00:00", "to": "04:00:00"},))
    answering(hass, {"schedule.night": week})
    hass.states.async_set("schedule.night", "off")
    timetables = made(hass, "schedule.night", "Europe/Berlin")
    noon_before = datetime.fromisoformat(f"{day}T00:00:00+02:00").timestamp() - 12 * HOUR
    await timetables.async_refresh(noon_before)
    (begin, end), *_ = (each for each in timetables.told(PUMP)[TIMETABLE] if each[0] > noon_before)
    assert (end - begin) / HOUR == hours
    [(_, first), *_, (_, last)] = timetables.barred(noon_before)[PUMP]
    assert first == begin
    assert last == noon_before + AHEAD_S


async def test_the_last_moment_of_a_day_is_midnight(hass: HomeAssistant) -> None:
    whole = ({"from": "00:00:00", "to": "23:59:59.999999"},)
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    answering(hass, {"schedule.always": dict.fromkeys(days, whole)})
    hass.states.async_set("schedule.always", "on")
    timetables = made(hass, "schedule.always", "UTC")
    await timetables.async_refresh(datetime.fromisoformat("2026-06-10T10:00:00+00:00").timestamp())
    assert timetables.barred(datetime.fromisoformat("2026-06-10T10:00:00+00:00").timestamp()) == {}


@pytest.mark.parametrize("answer", [{}, {"schedule.odd": "nothing"}, None])
async def test_a_schedule_that_does_not_tell_bars_nothing(hass: HomeAssistant, answer: Any) -> None:
    answering(hass, answer)
    hass.states.async_set("schedule.odd", "on")
    timetables = made(hass, "schedule.odd", "UTC")
    await timetables.async_refresh(1_780_000_000.0)
    assert timetables.told(PUMP) == {}
    assert timetables.barred(1_780_000_000.0) == {}
    assert timetables.silent == frozenset()
    hass.states.async_remove("schedule.odd")
    assert timetables.silent == {"schedule.odd"}


async def test_what_is_played_again_keeps_the_schedule_as_it_is(hass: HomeAssistant) -> None:
    week = {"tuesday": ({"from": "10:00:00", "to": "12:00:00"},)}
    answering(hass, {"schedule.work": week})
    now = datetime.fromisoformat("2026-06-10T03:00:00+00:00").timestamp()
    timetables = made(hass, "schedule.work", "UTC", timetable_rule="not_while_on")
    spans = (await timetables.async_past(now))[PUMP]
    assert {(end - begin) / HOUR for begin, end in spans} == {2.0}
    assert [round((begin - now) / 86400.0, 2) for begin, _ in spans][-2:] == [-7.71, -0.71]
    assert spans[0][0] <= now - 28 * 86400.0
    only = made(hass, "schedule.work", "UTC")
    first, *_, last = (await only.async_past(now))[PUMP]
    assert first[0] == now - (KEPT_DAYS + 1) * 86400.0
    assert last[1] == now + AHEAD_S


async def test_what_is_played_again_asks_a_calendar_for_its_past(hass: HomeAssistant) -> None:
    asked: list[ServiceCall] = []

    async def get_events(service: ServiceCall) -> dict[str, Any]:
        asked.append(service)
        event = {"start": "2026-06-01T10:00:00+00:00", "end": "2026-06-01T12:00:00+00:00"}
        return {"calendar.quiet": {"events": [event]}}

    hass.services.async_register(
        "calendar", "get_events", get_events, supports_response=SupportsResponse.ONLY
    )
    now = datetime.fromisoformat("2026-06-10T03:00:00+00:00").timestamp()
    timetables = made(hass, "calendar.quiet", "UTC", timetable_rule="not_while_on")
    [(begin, end)] = (await timetables.async_past(now))[PUMP]
    assert (begin, end - begin) == (now - 8 * 86400.0 - 17 * HOUR, 2 * HOUR)
    [call] = asked
    assert call.data["start_date_time"] < "2026-05-13"


async def test_nobody_knows_when_a_switch_was_on(hass: HomeAssistant) -> None:
    hass.states.async_set("input_boolean.quiet", "on")
    timetables = made(hass, "input_boolean.quiet", "UTC")
    assert await timetables.async_past(1_780_000_000.0) == {}
