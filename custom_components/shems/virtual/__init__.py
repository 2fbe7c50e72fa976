"""The simulated home: ordinary Home Assistant devices that live a believable life."""

from functools import partial
from typing import TYPE_CHECKING

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..core.world.household import Household
from ..manners import all_manners
from ..sources.issued import Issued
from . import (
    air_conditioner,
    appliance,
    battery,
    car,
    dehumidifier,
    freezer,
    heat_pump,
    lamp,
    market,
    meter,
    plug_battery,
    pool_pump,
    refrigerator,
    small_car,
    solar,
    weather,
)
from .entity import VirtualDevice
from .home import VirtualHome
from .memory import Memory, async_never_less, lived_through, meters
from .past import async_show, async_write, foretold, make_past
from .registration import (
    async_add_devices,
    async_names,
    async_register_entities,
    entity_ids,
    is_complete,
)

if TYPE_CHECKING:
    from ..data import ShemsConfigEntry

__all__ = ["VirtualHome", "async_register", "async_remove", "async_setup"]

DEVICES: tuple[VirtualDevice, ...] = (
    meter.DEVICE,
    solar.DEVICE,
    battery.DEVICE,
    car.DEVICE,
    heat_pump.DEVICE,
    appliance.DISHWASHER,
    appliance.WASHING_MACHINE,
    refrigerator.DEVICE,
    dehumidifier.DEVICE,
    *lamp.LAMP_DEVICES,
    market.DEVICE,
    weather.DEVICE,
)
"""Every device of a simple home."""

WHOLE: tuple[VirtualDevice, ...] = (
    meter.OF_PHASES,
    *DEVICES[1:],
    plug_battery.DEVICE,
    small_car.DEVICE,
    air_conditioner.DEVICE,
    pool_pump.DEVICE,
    freezer.DEVICE,
)
"""Every device of a complete home."""


def devices(entry: ShemsConfigEntry) -> tuple[VirtualDevice, ...]:
    """Return the devices of a simulated home."""
    return WHOLE if is_complete(entry) else DEVICES


async def async_register(hass: HomeAssistant, entry: ShemsConfigEntry) -> None:
    """Register the entities, so that they can be configured before they exist.

    Once, SHEMS is told of them: connection, solar, battery, consumers, prices and contract.
    """
    async_register_entities(hass, entry, devices(entry))
    if not entry.data.get("seeded"):
        async_add_devices(hass, entry)


async def async_setup(hass: HomeAssistant, entry: ShemsConfigEntry) -> VirtualHome:
    """Wake the home: a new one gets a past, an old one lives through what it missed."""
    household = Household.at(
        int(entry.data.get("seed", 1)),
        hass.config.latitude,
        hass.config.longitude,
        hass.config.time_zone,
        complete=is_complete(entry),
    )
    now = dt_util.utcnow().timestamp()
    standing = await Memory(hass, entry.entry_id).async_load()
    known = entity_ids(hass, entry)
    if standing is None:
        begin = await hass.async_add_executor_job(make_past, household, now, hass.config.currency)
        await _async_foretell(hass, entry, household, now)
        writing = async_write(hass, begin.rows, known, partial(_plan_again, entry))
        if writing is not None:
            for key, plugs in begin.plugs.items():
                async_show(hass, known[key], plugs)
            entry.async_create_background_task(hass, writing, "past of the simulated home")
        standing = begin.standing
    if now > standing.at:
        standing = await hass.async_add_executor_job(
            partial(lived_through, household, standing, now)
        )
    standing = await async_never_less(
        hass, standing, {name: known[f"{name}_energy"] for name in meters(household)}
    )
    home = VirtualHome(
        hass,
        entry.entry_id,
        household,
        standing,
        all_manners(entry.options),
        devices(entry),
        await async_names(hass, entry, devices(entry)),
    )
    await home.async_save()
    home.async_start()
    entry.async_on_unload(home.async_stop)
    return home


async def _async_foretell(
    hass: HomeAssistant, entry: ShemsConfigEntry, household: Household, now: float
) -> None:
    """Keep the forecasts of the past as if SHEMS had been there."""
    issued = Issued(hass, entry.entry_id, hass.config.time_zone)
    told = await hass.async_add_executor_job(foretold, household, now)
    for name, series in told.items():
        issued.note(name, series, float(series.start[0]))
    await issued.async_save(now, at_once=True)


def _plan_again(entry: ShemsConfigEntry) -> None:
    """Plan anew, now that there is a past to forecast from."""
    if entry.state is ConfigEntryState.LOADED:
        entry.runtime_data.coordinator.async_request_plan()


async def async_remove(hass: HomeAssistant, entry: ShemsConfigEntry) -> None:
    """Forget the home."""
    await Memory(hass, entry.entry_id).async_remove()
