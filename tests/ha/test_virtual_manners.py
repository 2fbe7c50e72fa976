"""The manners of simulated devices: late, coarse, unwilling, self-willed."""

from datetime import timedelta

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError, Unauthorized
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockUser,
    async_fire_time_changed,
)

from custom_components.shems.const import DOMAIN

from .test_virtual_home import Ticks, call, energies, entry, number, powers, text, ticks

__all__ = ["entry", "ticks"]


async def behave(hass: HomeAssistant, device: str, **manners: float | str) -> None:
    await hass.services.async_call(
        DOMAIN, "set_simulated_manners", {"device": device, **manners}, blocking=True
    )
    # The entry looks whether it must be set up anew.
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=1))


async def test_a_late_lamp(hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks) -> None:
    await behave(hass, "bedroom", latency=12)
    await call(hass, "light.turn_on", "light.sim_bedroom")
    assert text(hass, "light.sim_bedroom") == "off"
    await ticks(2)
    assert powers(hass, "bedroom") == [0]
    await ticks(1)
    assert powers(hass, "bedroom") == [16]


async def test_an_inverter_polled_every_half_minute(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    await behave(hass, "battery", latency=30)
    await ticks(13)
    await call(hass, "select.select_option", "select.sim_battery_mode", option="charge")
    states = []
    for _ in range(6):
        await ticks()
        states.append(text(hass, "select.sim_battery_mode"))
    assert states == [*["automatic"] * 5, "charge"]
    (meter,) = powers(hass, "meter")
    assert meter > 3000
    soc = number(hass, "sensor.sim_battery_soc")
    await ticks(5)
    assert number(hass, "sensor.sim_battery_soc") == soc
    await ticks()
    assert number(hass, "sensor.sim_battery_soc") > soc


async def test_an_inverter_that_answers_at_once(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    await behave(hass, "battery", latency=0)
    await call(hass, "select.select_option", "select.sim_battery_mode", option="charge")
    assert powers(hass, "battery") == [-5000]
    assert powers(hass, "meter")[0] > 3000


async def test_a_coarse_meter(hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks) -> None:
    await behave(hass, "solar", rounding=250)
    await ticks()
    (coarse,) = powers(hass, "solar")
    assert coarse % 250 == 0
    await behave(hass, "solar", rounding=0)
    await ticks()
    assert powers(hass, "solar")[0] == pytest.approx(coarse, abs=250)


async def test_a_slow_meter(hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks) -> None:
    await behave(hass, "meter", latency=20)
    await ticks()
    (before,) = energies(hass, "grid_export").values()
    await ticks(3)
    assert energies(hass, "grid_export") == {"grid_export": before}
    await call(hass, "select.select_option", "select.sim_battery_mode", option="discharge")
    await ticks(6)
    assert energies(hass, "grid_export")["grid_export"] > before


async def test_a_device_that_ignores_commands(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    await behave(hass, "battery", refusal="ignore")
    await call(hass, "select.select_option", "select.sim_battery_mode", option="charge")
    await ticks(3)
    assert text(hass, "select.sim_battery_mode") == "automatic"


async def test_a_device_that_refuses(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    await behave(hass, "car", refusal="error")
    with pytest.raises(HomeAssistantError, match="refuse"):
        await call(hass, "switch.turn_off", "switch.sim_car_charging")
    assert text(hass, "switch.sim_car_charging") == "on"


async def test_an_inverter_that_goes_its_own_ways(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    await behave(hass, "battery", reverts_after=60)
    await call(hass, "number.set_value", "number.sim_battery_power", value=1000)
    await call(hass, "select.select_option", "select.sim_battery_mode", option="charge")
    await ticks(10)
    assert text(hass, "select.sim_battery_mode") == "charge"
    await ticks(6)
    assert text(hass, "select.sim_battery_mode") == "automatic"
    assert number(hass, "number.sim_battery_power") == 5000


async def test_manners_outlive_a_restart(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    await behave(hass, "car", refusal="error")
    await behave(hass, "car", rounding=50)
    assert entry.options["manners"]["car"] == {"refusal": "error", "rounding": 50.0}
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    with pytest.raises(HomeAssistantError, match="refuse"):
        await call(hass, "switch.turn_off", "switch.sim_car_charging")


async def test_a_late_command_dies_with_the_home(
    hass: HomeAssistant, frozen: FrozenDateTimeFactory, entry: MockConfigEntry, ticks: Ticks
) -> None:
    await behave(hass, "bedroom", latency=60)
    await call(hass, "light.turn_on", "light.sim_bedroom")
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    await ticks(15)
    assert text(hass, "light.sim_bedroom") == "off"


async def test_only_known_devices_have_manners(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    with pytest.raises(ServiceValidationError):
        await behave(hass, "toaster", latency=1)


async def test_a_real_home_has_no_manners(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    await hass.config_entries.async_unload(entry.entry_id)
    with pytest.raises(ServiceValidationError):
        await behave(hass, "battery", latency=1)


async def test_only_admins_change_manners(
    hass: HomeAssistant, entry: MockConfigEntry, hass_read_only_user: MockUser
) -> None:
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            DOMAIN,
            "set_simulated_manners",
            {"device": "battery", "latency": 1},
            blocking=True,
            context=Context(user_id=hass_read_only_user.id),
        )
