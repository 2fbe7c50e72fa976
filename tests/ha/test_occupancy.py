"""The household says when nobody is at home or guests are; it is kept, and holds."""

from datetime import UTC, datetime
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.models import User
from homeassistant.auth.permissions import PolicyPermissions
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.util import dt as dt_util

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.occupancy import AWAY, GUESTS, KEPT_S, OPEN_S, Occupancy, Stay

from .conftest import ENTRY_ID, advance, call, settle

SELECT = "select.home_occupancy"
KEY = f"{DOMAIN}.home.occupancy"
HOUR = 3600.0
DAY = 86400.0
NOW = 1_780_000_000.0


def spans(occupancy: Occupancy) -> list[tuple[str, float, float | None]]:
    """Return the stays in days from now."""
    return [
        (each.kind, (each.start - NOW) / DAY, None if each.end is None else (each.end - NOW) / DAY)
        for each in occupancy.stays
    ]


async def test_what_is_said_last_holds(hass: HomeAssistant) -> None:
    occupancy = Occupancy(hass, "home")
    await occupancy.async_set(AWAY, NOW + 1 * DAY, NOW + 9 * DAY, NOW)
    await occupancy.async_set(GUESTS, NOW + 3 * DAY, NOW + 5 * DAY, NOW)
    assert spans(occupancy) == [(AWAY, 1, 3), (GUESTS, 3, 5), (AWAY, 5, 9)]
    await occupancy.async_clear(NOW + 4 * DAY, NOW + 6 * DAY, NOW)
    assert spans(occupancy) == [(AWAY, 1, 3), (GUESTS, 3, 4), (AWAY, 6, 9)]
    await occupancy.async_set(AWAY, NOW + 2 * DAY, None, NOW)
    assert spans(occupancy) == [(AWAY, 1, 2), (AWAY, 2, None)]
    await occupancy.async_clear(NOW + 8 * DAY, None, NOW)
    assert spans(occupancy) == [(AWAY, 1, 2), (AWAY, 2, 8)]


async def test_it_is_kept_for_a_year(hass: HomeAssistant, hass_storage: dict[str, Any]) -> None:
    occupancy = Occupancy(hass, "home")
    await occupancy.async_set(AWAY, NOW - 500 * DAY, NOW - 400 * DAY, NOW - KEPT_S)
    await occupancy.async_set(GUESTS, NOW - 2 * DAY, None, NOW)
    again = Occupancy(hass, "home")
    await again.async_load()
    assert again.stays == occupancy.stays == (Stay(GUESTS, NOW - 2 * DAY),)
    hass_storage[KEY]["minor_version"] = 2
    await again.async_load()
    assert again.stays == occupancy.stays
    await again.async_remove()
    assert KEY not in hass_storage


async def test_what_cannot_be_read_was_not_said(
    hass: HomeAssistant, hass_storage: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    data = {"stays": [{"kind": 5}]}
    hass_storage[KEY] = {"version": 1, "minor_version": 1, "key": KEY, "data": data}
    occupancy = Occupancy(hass, "home")
    await occupancy.async_load()
    assert occupancy.stays == ()
    assert "could not be read" in caplog.text


async def test_what_has_no_end_lasts_beyond_every_plan(hass: HomeAssistant) -> None:
    occupancy = Occupancy(hass, "home")
    await occupancy.async_set(AWAY, NOW - DAY, None, NOW)
    assert occupancy.during(AWAY, NOW) == ((NOW - DAY, NOW + OPEN_S),)
    assert occupancy.during(GUESTS, NOW) == ()


async def test_an_absence_is_noticed_as_long_as_it_lasts(hass: HomeAssistant) -> None:
    occupancy = Occupancy(hass, "home")
    for hour in range(3):
        await occupancy.async_notice([(NOW - DAY, None)], NOW + hour * HOUR)
    assert spans(occupancy) == [(AWAY, -1, None)]
    await occupancy.async_notice([(NOW + 2.5 * HOUR, None)], NOW + 3 * HOUR)
    assert spans(occupancy) == [(AWAY, -1, None)], "after a restart the entity changed lately"
    await occupancy.async_notice([], NOW + DAY)
    await occupancy.async_notice([], NOW + 2 * DAY)
    assert spans(occupancy) == [(AWAY, -1, 1)]


async def test_a_calendar_is_followed_when_it_changes(hass: HomeAssistant) -> None:
    occupancy = Occupancy(hass, "home")
    await occupancy.async_notice([(NOW + DAY, NOW + 3 * DAY), (NOW + 6 * DAY, NOW + 7 * DAY)], NOW)
    await occupancy.async_notice([(NOW + DAY, NOW + 4 * DAY)], NOW + 2 * DAY)
    assert spans(occupancy) == [(AWAY, 1, 4)]
    await occupancy.async_notice([], NOW + 5 * DAY)
    assert spans(occupancy) == [(AWAY, 1, 4)]


async def test_what_the_user_said_holds_against_what_is_noticed(hass: HomeAssistant) -> None:
    occupancy = Occupancy(hass, "home")
    await occupancy.async_set(GUESTS, NOW, NOW + 2 * DAY, NOW)
    await occupancy.async_notice([(NOW - DAY, NOW + 3 * DAY)], NOW)
    assert spans(occupancy) == [(AWAY, -1, 0), (GUESTS, 0, 2), (AWAY, 2, 3)]


async def test_an_entity_overruled_is_heard_again_when_it_changed_its_mind(
    hass: HomeAssistant,
) -> None:
    occupancy = Occupancy(hass, "home")
    await occupancy.async_notice([(NOW, None)], NOW)
    await occupancy.async_end(NOW + HOUR)
    await occupancy.async_notice([(NOW, None), (NOW + DAY, NOW + 2 * DAY)], NOW + 2 * HOUR)
    assert occupancy.at(NOW + 2 * HOUR) is None
    assert occupancy.at(NOW + 1.5 * DAY) is not None, "what is to come is another absence"
    await occupancy.async_notice([], NOW + 3 * HOUR)
    await occupancy.async_notice([(NOW + 4 * HOUR, None)], NOW + 4 * HOUR)
    assert occupancy.at(NOW + 4 * HOUR) == Stay(AWAY, NOW + 4 * HOUR, noticed=True)
    await occupancy.async_end(NOW + 5 * HOUR)
    await occupancy.async_end(NOW + 6 * HOUR)
    assert occupancy.at(NOW + 6 * HOUR) is None


async def test_a_choice_holds_until_the_next(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    before = home.data.plan.created
    await call(hass, "select", "select_option", SELECT, option="away")
    assert hass.states.get(SELECT).state == "away"
    await advance(hass, frozen, 5)
    assert home.data.plan.created > before, "it changes what is expected"
    await call(hass, "select", "select_option", SELECT, option="guests")
    assert hass.states.get(SELECT).state == "guests"
    await call(hass, "select", "select_option", SELECT, option="normal")
    assert hass.states.get(SELECT).state == "normal"
    kinds = [each.kind for each in home.config_entry.runtime_data.inputs.occupancy.stays]
    assert kinds == [AWAY]


async def act(
    hass: HomeAssistant, action: str, context: Context | None = None, **data: str
) -> None:
    await hass.services.async_call(DOMAIN, action, data, blocking=True, context=context)
    await settle(hass)


async def test_times_are_set_by_actions(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await hass.config.async_set_time_zone("Europe/Amsterdam")
    occupancy = hass.config_entries.async_get_entry(ENTRY_ID).runtime_data.inputs.occupancy
    await act(hass, "set_absence", start="2026-06-12 08:00:00", end="2026-06-14T18:00:00+00:00")
    await act(hass, "set_guests", end="2026-06-11 10:00:00", config_entry_id=ENTRY_ID)

    def at(text: str) -> float:
        return datetime.fromisoformat(text).timestamp()

    guests, away = occupancy.stays
    assert (away.start, away.end) == (at("2026-06-12T06:00Z"), at("2026-06-14T18:00Z"))
    assert (guests.start, guests.end) == (dt_util.utcnow().timestamp(), at("2026-06-11T08:00Z"))
    state = hass.states.get(SELECT)
    assert state.state == "guests"
    assert state.attributes["until"] == datetime(2026, 6, 11, 8, tzinfo=UTC).isoformat()
    await act(hass, "clear_occupancy")
    assert hass.states.get(SELECT).state == "normal"
    assert occupancy.during(AWAY, dt_util.utcnow().timestamp()) == ()


async def test_an_end_before_its_start_is_refused(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    with pytest.raises(ServiceValidationError, match=r"after the start"):
        await act(hass, "set_absence", start="2026-06-12 08:00:00", end="2026-06-11 08:00:00")


async def test_who_may_not_control_the_home_may_not_say(
    hass: HomeAssistant, home: HomeCoordinator, hass_admin_user: User
) -> None:
    guest = await hass.auth.async_create_user("Guest", group_ids=[])
    guest.permissions = PolicyPermissions({"entities": {"all": {"read": True}}}, None)
    with pytest.raises(Unauthorized):
        await act(hass, "set_absence", Context(user_id=guest.id))
    assert hass.states.get(SELECT).state == "normal"


async def test_what_was_said_outlives_a_restart_and_ends_with_the_home(
    hass: HomeAssistant, home: HomeCoordinator, hass_storage: dict[str, Any]
) -> None:
    await call(hass, "select", "select_option", SELECT, option="away")
    await hass.config_entries.async_reload(ENTRY_ID)
    await settle(hass)
    assert hass.states.get(SELECT).state == "away"
    assert KEY in hass_storage
    await hass.config_entries.async_remove(ENTRY_ID)
    assert KEY not in hass_storage
