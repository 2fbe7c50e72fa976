"""Entities tell of absences: at once, after a night, or ahead of time."""

from datetime import datetime
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall, SupportsResponse
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from custom_components.shems.sources.presence import LEAST_S, async_absences

HOUR = 3600.0


async def told(
    hass: HomeAssistant, entity_id: str, *, running: bool = False
) -> list[tuple[float, float | None]] | None:
    at = dt_util.utcnow().timestamp()
    found = await async_absences(hass, entity_id, "Europe/Amsterdam", at, running=running)
    return None if found is None else list(found)


@pytest.mark.parametrize(
    ("entity_id", "state", "away"),
    [
        ("input_boolean.vacation", "on", True),
        ("input_boolean.vacation", "off", False),
        ("binary_sensor.nobody", "on", True),
        ("select.house", "Away", True),
        ("input_select.house", "vacation", True),
        ("input_select.house", "home", False),
    ],
)
async def test_what_is_said_holds_at_once(
    hass: HomeAssistant, entity_id: str, state: str, away: bool
) -> None:
    hass.states.async_set(entity_id, state)
    now = dt_util.utcnow().timestamp()
    assert await told(hass, entity_id) == ([(now, None)] if away else [])


@pytest.mark.parametrize(
    ("entity_id", "state"),
    [
        ("person.ann", "not_home"),
        ("person.ann", "Work"),
        ("device_tracker.phone", "not_home"),
        ("group.family", "not_home"),
        ("zone.home", "0"),
    ],
)
async def test_who_is_out_for_the_day_is_not_away(
    hass: HomeAssistant, frozen: FrozenDateTimeFactory, entity_id: str, state: str
) -> None:
    hass.states.async_set(entity_id, state)
    left = dt_util.utcnow().timestamp()
    assert await told(hass, entity_id) == []
    assert await told(hass, entity_id, running=True) == [(left, None)], "a restart is no return"
    frozen.tick(LEAST_S + 1)
    assert await told(hass, entity_id) == [(left, None)]


@pytest.mark.parametrize(
    ("entity_id", "state"), [("person.ann", "home"), ("group.family", "home"), ("zone.home", "2")]
)
async def test_who_is_at_home_is_not_away(hass: HomeAssistant, entity_id: str, state: str) -> None:
    hass.states.async_set(entity_id, state)
    assert await told(hass, entity_id, running=True) == []


async def test_what_is_not_there_tells_nothing(hass: HomeAssistant) -> None:
    assert await told(hass, "person.gone") is None
    hass.states.async_set("person.ann", "unavailable")
    assert await told(hass, "person.ann") is None


def offer(hass: HomeAssistant, answer: Any) -> None:
    async def get(call: ServiceCall) -> Any:
        if isinstance(answer, Exception):
            raise answer
        return {"calendar.vacation": answer}

    hass.states.async_set("calendar.vacation", "off")
    hass.services.async_register(
        "calendar", "get_events", get, supports_response=SupportsResponse.ONLY
    )


async def test_a_calendar_tells_ahead(hass: HomeAssistant) -> None:
    offer(
        hass,
        {
            "events": [
                {"start": "2026-06-12", "end": "2026-06-14", "summary": "Sea"},
                {"start": "2026-06-20T08:00:00+02:00", "end": "2026-06-20T20:00:00+02:00"},
                {"start": "2026-06-21", "end": "2026-06-21"},
                {"start": "some day", "end": "2026-06-21"},
                "nonsense",
            ]
        },
    )
    assert await told(hass, "calendar.vacation") == [
        tuple(datetime.fromisoformat(each).timestamp() for each in pair)
        for pair in (
            ("2026-06-12T00:00:00+02:00", "2026-06-14T00:00:00+02:00"),
            ("2026-06-20T08:00:00+02:00", "2026-06-20T20:00:00+02:00"),
        )
    ]


@pytest.mark.parametrize("fault", [HomeAssistantError("down"), KeyError("start")])
async def test_a_calendar_that_fails_tells_nothing(hass: HomeAssistant, fault: Exception) -> None:
    offer(hass, fault)
    assert await told(hass, "calendar.vacation") is None


@pytest.mark.parametrize("answer", [None, {}, {"events": None}])
async def test_an_empty_calendar_tells_of_no_absence(hass: HomeAssistant, answer: Any) -> None:
    offer(hass, answer)
    assert await told(hass, "calendar.vacation") == []
