"""Schedules on days whose clock changes, and other entities that do not tell."""

from datetime import datetime
from typing import Any

import pytest
from homeassistant.core import HomeAssistant, ServiceCall, SupportsResponse

from custom_components.shems.devices import Device
from custom_components.shems.devices.timetable import AHEAD_S, TIMETABLE
from custom_components.shems.sources.configuration import Configuration
from custom_components.shems.sources.timetables import Timetables

from .conftest import MockConfigEntry, make_entry

HOUR = 3600.0
PUMP = "pump"


def made(hass: HomeAssistant, entity_id: str, zone: str) -> Timetables:
    """Return the timetables of a home with one pump."""
    device = Device(PUMP, "deferrable", "Pump", {TIMETABLE: entity_id, "power_kw": 1.0})
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
