"""What the flows make can be set up: a home by hand and a simulated one."""

from collections.abc import Callable

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant

from .conftest import MODE, POWER, advance, settle
from .flow_pages import config_flow, subentry_flow

LIMITS = {"limits": {"import_limit_kw": 17.0, "export_limit_kw": 17.0}}


async def test_a_home_by_hand_gets_a_battery_and_a_plan(
    hass: HomeAssistant,
    inverter: None,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    pages = await config_flow(hass)
    await pages.choose("home")
    await pages.choose("manual")
    await pages.give(name="Casa")
    await pages.give(name="Grid", grid_power=["sensor.grid"], grid_power_inverted=False, **LIMITS)
    await pages.give(source="fixed")
    await pages.give(buy_fee=0.3, sell_fee=0.1)
    await pages.choose("finish")
    await settle(hass)
    entry = pages.result["result"]
    assert entry.state is ConfigEntryState.LOADED
    assert entry.runtime_data.coordinator.configuration.home.batteries == ()

    pages = await subentry_flow(hass, entry.entry_id, "battery")
    await pages.give(
        name="Cellar",
        soc="sensor.soc",
        power="sensor.battery",
        power_inverted=False,
        capacity_kwh=10.0,
        charge_kw=5.0,
        discharge_kw=5.0,
        details={
            "charge_efficiency": 95.0,
            "discharge_efficiency": 95.0,
            "min_soc": 0.0,
            "max_soc": 100.0,
            "reserve_soc": 10.0,
            "wear_per_kwh": 0.01,
            "may_charge_from_grid": True,
            "may_discharge_to_grid": True,
        },
        control="select",
    )
    await pages.give(mode_select=MODE, power_number=POWER, battery_volts=51.2)
    chosen = {key: each for key, each in pages.suggested.items() if each is not None}
    assert chosen == {
        "option_self_consume": "automatic",
        "option_charge": "charge",
        "option_discharge": "discharge",
        "option_hold": "hold",
        "option_default": "automatic",
    }
    await pages.give(**chosen)
    await advance(hass, frozen, 1)
    await settle(hass)
    assert entry.state is ConfigEntryState.LOADED
    (battery,) = entry.runtime_data.coordinator.configuration.home.batteries
    assert (battery.name, battery.capacity_kwh) == ("Cellar", 10.0)


async def test_a_simulated_home_brings_everything(hass: HomeAssistant) -> None:
    pages = await config_flow(hass)
    await pages.choose("simulated")
    await pages.give(name="Toy", seed=3)
    await settle(hass)
    entry = pages.result["result"]
    assert entry.state is ConfigEntryState.LOADED
    configured = entry.runtime_data.coordinator.configuration
    assert configured.simulated
    assert configured.home.batteries
    assert configured.tariff.needs_market
    assert await hass.config_entries.async_unload(entry.entry_id)
