"""However SHEMS ends, every device it drove gets its own mode back."""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.models import User
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import Context, HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator

from .conftest import (
    BATTERY,
    ENTRY_ID,
    MODE,
    PLUG,
    PUMP,
    PUMP_DATA,
    advance,
    call,
    pump_shows,
    settle,
    start,
)

CONTROL = f"{DOMAIN}.{ENTRY_ID}.control"


@pytest.fixture
async def driving(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> HomeCoordinator:
    """Return a home that drives a battery and a pump, which belongs off when it is given back."""
    pump_shows(hass, 0.0)
    home = await begin("deferrable", PUMP_DATA)
    for name in ("battery", "thing"):
        await call(hass, "switch", "turn_on", f"switch.{name}_allow_control")
    for _ in range(3):
        await advance(hass, frozen, 5)
    assert hass.states.get(MODE).state == "charge"
    assert hass.states.get(PLUG).state == "on"
    assert set(home.store.control.owned) == {BATTERY, PUMP}
    return home


def given_back(hass: HomeAssistant) -> bool:
    return (hass.states.get(MODE).state, hass.states.get(PLUG).state) == ("automatic", "off")


@pytest.mark.parametrize("end", ["unload", "reload", "disable", "remove", "stop", "switch"])
async def test_everything_is_given_back_however_it_ends(
    hass: HomeAssistant,
    driving: HomeCoordinator,
    remembered: dict[str, Any],
    frozen: FrozenDateTimeFactory,
    end: str,
) -> None:
    entries = hass.config_entries
    match end:
        case "unload":
            await entries.async_unload(ENTRY_ID)
        case "reload":
            with patch.object(entries, "async_setup", return_value=True):
                await entries.async_reload(ENTRY_ID)
        case "disable":
            await entries.async_set_disabled_by(ENTRY_ID, ConfigEntryDisabler.USER)
        case "remove":
            await entries.async_remove(ENTRY_ID)
        case "stop":
            await hass.async_stop(force=True)
        case "switch":
            await call(hass, "switch", "turn_off", "switch.home_optimiser")
            await advance(hass, frozen, 5)
    assert given_back(hass)
    assert driving.store.control.owned == {}
    if end == "remove":
        assert CONTROL not in remembered
    else:
        assert remembered[CONTROL]["data"]["owned"] == {}
        assert driving.store.control.device(BATTERY).armed, "and goes on when it is back"


async def test_after_a_crash_what_was_held_is_given_back_where_it_may_no_longer_be_driven(
    hass: HomeAssistant,
    with_pump: MockConfigEntry,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    at = remembered[f"{DOMAIN}.{ENTRY_ID}.memory"]["data"]["slots"][-1]["end"]
    remembered[CONTROL] = {
        "version": 1,
        "minor_version": 1,
        "key": CONTROL,
        "data": {"enabled": True, "devices": {}, "owned": {BATTERY: at, PUMP: at}},
    }
    await call(hass, "input_select", "select_option", MODE, option="charge")
    await call(hass, "input_boolean", "turn_on", PLUG)
    home = await start(hass, with_pump, frozen)
    await advance(hass, frozen, 5)
    assert given_back(hass)
    assert home.store.control.owned == {}


async def test_what_a_person_has_taken_stays_as_they_left_it(
    hass: HomeAssistant, driving: HomeCoordinator, hass_admin_user: User
) -> None:
    person = Context(user_id=hass_admin_user.id)
    await call(hass, "input_select", "select_option", MODE, option="discharge", context=person)
    await hass.config_entries.async_unload(ENTRY_ID)
    assert hass.states.get(MODE).state == "discharge"
    assert hass.states.get(PLUG).state == "off"


async def test_a_mode_for_a_while_is_given_back_and_taken_up_again(
    hass: HomeAssistant, driving: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await driving.async_override(BATTERY, Context(), None, "hold")
    for _ in range(2):
        await advance(hass, frozen, 5)
    assert hass.states.get(MODE).state == "hold"
    await hass.config_entries.async_unload(ENTRY_ID)
    assert hass.states.get(MODE).state == "automatic"
    await hass.config_entries.async_setup(ENTRY_ID)
    for _ in range(3):
        await advance(hass, frozen, 5)
    assert hass.states.get(MODE).state == "hold"
    await settle(hass)


async def test_a_fault_of_ours_at_the_end_keeps_nothing_held(
    hass: HomeAssistant, driving: HomeCoordinator
) -> None:
    with patch.object(driving, "_close_slot", side_effect=RuntimeError("ours")):
        await hass.config_entries.async_unload(ENTRY_ID)
    assert given_back(hass)
    assert driving.store.control.owned == {}


async def test_one_device_that_fails_keeps_no_other_from_being_given_back(
    hass: HomeAssistant, driving: HomeCoordinator
) -> None:
    async def fail(_: object) -> None:
        raise RuntimeError("its integration is gone")

    hass.services.async_register("input_select", "select_option", fail)
    await hass.config_entries.async_unload(ENTRY_ID)
    assert hass.states.get(PLUG).state == "off"
    assert BATTERY in driving.store.control.owned, "the next start takes care of it"


async def test_a_device_that_is_removed_is_given_back(
    hass: HomeAssistant, driving: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    entry = driving.config_entry
    hass.config_entries.async_remove_subentry(entry, PUMP)
    await settle(hass)
    for _ in range(3):
        await advance(hass, frozen, 2)
    assert hass.states.get(PLUG).state == "off"
    assert PUMP not in entry.runtime_data.coordinator.store.control.owned


async def test_nothing_is_written_when_nothing_is_held(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    calls: list[object] = []

    async def note(service: object) -> None:
        calls.append(service)

    for domain, action in (("input_select", "select_option"), ("input_number", "set_value")):
        hass.services.async_register(domain, action, note)
    await hass.config_entries.async_unload(ENTRY_ID)
    assert calls == []
