"""Whatever ends SHEMS, every device gets its own mode back."""

from collections.abc import Awaitable, Callable
from functools import partial

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant

from custom_components.shems.coordinator import HomeCoordinator
from tests.ha.conftest import BATTERY, ENTRY_ID, advance, settle
from tests.ha.faults.watching import arm, issues, mode, pass_time

type End = Callable[[HomeAssistant], Awaitable[object]]


async def _remove_battery(hass: HomeAssistant) -> None:
    entry = hass.config_entries.async_get_entry(ENTRY_ID)
    assert entry is not None
    hass.config_entries.async_remove_subentry(entry, BATTERY)


@pytest.mark.parametrize(
    "end",
    [
        lambda hass: hass.config_entries.async_unload(ENTRY_ID),
        lambda hass: hass.config_entries.async_remove(ENTRY_ID),
        lambda hass: hass.config_entries.async_set_disabled_by(ENTRY_ID, ConfigEntryDisabler.USER),
        lambda hass: hass.async_stop(force=True),
        _remove_battery,
    ],
    ids=["unload", "remove", "disable", "stop", "remove_battery"],
)
async def test_an_end_gives_the_battery_back(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    end: End,
) -> None:
    await arm(hass, frozen)
    charging = partial(meters, solar_kw="nan", grid_kw=7.0, battery_kw=-5.0)
    await pass_time(hass, frozen, 12, charging)
    assert mode(hass) == "charge"
    assert issues(hass)
    await end(hass)
    await settle(hass)
    if end is _remove_battery:
        await advance(hass, frozen, 2)
    assert mode(hass) == "automatic"
    assert home.store.control.owned == {}
    if end is not _remove_battery:
        assert not issues(hass)
