"""Plan and drive a home's energy."""

import asyncio
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from homeassistant.const import EVENT_CORE_CONFIG_UPDATE, Platform
from homeassistant.core import Event, HassJob, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryError, UnsupportedStorageVersionError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.importlib import async_import_module
from homeassistant.helpers.typing import ConfigType
from homeassistant.util import dt as dt_util

from .booking import Booker
from .charge_actions import async_setup_charges
from .community import async_remove_community, async_setup_community, async_unload_community
from .community.actions import async_setup_community_actions
from .community.importing import async_setup_community_import
from .community.socket import async_setup_community_socket
from .conflicts import async_watch_others
from .const import DOMAIN, PLATFORMS, SIMULATED_PLATFORMS
from .coordinator import HomeCoordinator
from .core.units import InputError
from .data import ShemsConfigEntry, ShemsData, is_community
from .departure_actions import async_setup_departure
from .entity import hub_info
from .files import (
    async_forget_issues,
    async_forget_newer,
    async_tell_newer,
)
from .household_actions import async_setup_household
from .insight.alert_actions import async_setup_alerts
from .insight.best_time import async_setup_best_time
from .insight.erase_actions import async_setup_erase
from .insight.export_actions import async_setup_exports
from .insight.history_socket import async_setup_history
from .insight.holdings import remove_all
from .insight.moments import Moments
from .insight.questions import async_follow_homes, async_setup_questions
from .insight.report_actions import async_setup_reports
from .insight.savings_socket import async_setup_savings
from .insight.tip_actions import async_setup_tips
from .insight.wording import async_tongue
from .live_socket import async_setup_live
from .migration import async_migrate_entry, async_refuse_newer
from .moved_actions import async_setup_runs
from .occupancy_actions import async_setup_occupancy
from .override_actions import async_setup_overrides
from .panel_assets import async_setup_assets
from .rights_socket import async_setup_rights
from .services import async_setup_services
from .simulated_actions import async_setup_manners
from .sources.configuration import KIND_SIMULATED, Configuration, configuration
from .sources.error import SourceError
from .sources.inputs import async_remove_inputs
from .sources.renames import async_follow_renames
from .store import HomeStore
from .websocket import async_setup_websocket
from .what_if_actions import async_setup_what_if
from .what_if_socket import async_setup_what_if_socket

if TYPE_CHECKING:
    from .virtual import VirtualHome

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)

RELOAD_DELAY_S: Final = 0.5

__all__ = [
    "async_migrate_entry",
    "async_remove_entry",
    "async_setup",
    "async_setup_entry",
    "async_unload_entry",
]


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Set up what all homes share."""
    async_setup_services(hass)
    async_setup_occupancy(hass)
    async_setup_household(hass)
    async_setup_runs(hass)
    async_setup_charges(hass)
    async_setup_manners(hass)
    async_setup_overrides(hass)
    async_setup_best_time(hass)
    async_setup_questions(hass)
    async_setup_departure(hass)
    async_setup_erase(hass)
    async_setup_exports(hass)
    async_setup_what_if(hass)
    async_setup_reports(hass)
    async_setup_tips(hass)
    async_setup_alerts(hass)
    async_setup_websocket(hass)
    async_setup_live(hass)
    async_setup_history(hass)
    async_setup_savings(hass)
    async_setup_rights(hass)
    async_setup_what_if_socket(hass)
    async_setup_community_socket(hass)
    async_setup_community_actions(hass)
    async_setup_community_import(hass)
    async_refuse_newer(hass)
    async_follow_renames(hass)
    await async_setup_assets(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: ShemsConfigEntry) -> bool:
    """Set up a home, or a community."""
    if is_community(entry):
        return await async_setup_community(hass, entry)
    try:
        virtual = await _async_virtual(hass, entry)
        coordinator = await _async_coordinator(hass, entry)
        await coordinator.async_load()
    except UnsupportedStorageVersionError as err:
        async_tell_newer(hass, entry.entry_id, entry.title, err)
        raise ConfigEntryError(
            translation_domain=DOMAIN,
            translation_key="file_newer",
            translation_placeholders={"file": err.storage_key},
        ) from err
    async_forget_newer(hass, entry.entry_id)
    moments = Moments(hass, coordinator)
    entry.runtime_data = ShemsData(coordinator, coordinator.inputs, moments, virtual)
    hub = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, **hub_info(coordinator)
    )
    coordinator.hub_device_id = hub.id
    _reload_on_change(hass, entry, coordinator.configuration)
    await hass.config_entries.async_forward_entry_setups(entry, _platforms(entry))
    entry.async_on_unload(moments.async_start())
    entry.async_on_unload(Booker(hass, coordinator).async_start(entry))
    await async_tongue(hass)
    coordinator.async_start()
    entry.async_on_unload(entry.async_on_state_change(_following(hass)))
    entry.async_on_unload(
        hass.async_add_shutdown_job(HassJob(coordinator.async_stop, "shems shutdown"))
    )
    return True


async def async_unload_entry(hass: HomeAssistant, entry: ShemsConfigEntry) -> bool:
    """Give every device its own mode back, then unload."""
    if is_community(entry):
        return await async_unload_community(hass, entry)
    try:
        await entry.runtime_data.coordinator.async_stop()
        await entry.runtime_data.inputs.async_stop(dt_util.utcnow().timestamp())
    finally:
        unloaded = await hass.config_entries.async_unload_platforms(entry, _platforms(entry))
    return unloaded


async def async_remove_entry(hass: HomeAssistant, entry: ShemsConfigEntry) -> None:
    """Delete what was stored for a home, or a community."""
    if is_community(entry):
        await async_remove_community(hass, entry)
        return
    await HomeStore(hass, entry.entry_id).async_remove()
    await async_remove_inputs(hass, entry.entry_id)
    if entry.data.get("kind") == KIND_SIMULATED:
        virtual = await _async_simulation(hass)
        await virtual.async_remove(hass, entry)
    await hass.async_add_executor_job(remove_all, hass, entry.entry_id)
    async_forget_issues(hass, entry.entry_id)


def _following(hass: HomeAssistant) -> Callable[[], None]:
    """Return what has questions to Assist follow which homes run."""

    def follow() -> None:
        hass.async_create_task(async_follow_homes(hass))

    return follow


def _platforms(entry: ShemsConfigEntry) -> tuple[Platform, ...]:
    return SIMULATED_PLATFORMS if entry.data.get("kind") == KIND_SIMULATED else PLATFORMS


async def _async_simulation(hass: HomeAssistant) -> ModuleType:
    """Import the simulation; real homes do without its code."""
    return await async_import_module(hass, f"{__package__}.virtual")


async def _async_virtual(hass: HomeAssistant, entry: ShemsConfigEntry) -> VirtualHome | None:
    """Bring a simulated home to life; a real one needs nothing."""
    if entry.data.get("kind") != KIND_SIMULATED:
        return None
    virtual = await _async_simulation(hass)
    await virtual.async_register(hass, entry)
    home: VirtualHome = await virtual.async_setup(hass, entry)
    return home


async def _async_coordinator(hass: HomeAssistant, entry: ShemsConfigEntry) -> HomeCoordinator:
    """Make the coordinator from what is configured and stored."""
    try:
        configured = configuration(hass, entry)
    except SourceError as err:
        raise ConfigEntryError(
            translation_domain=DOMAIN,
            translation_key=err.code,
            translation_placeholders=err.translation_placeholders,
        ) from err
    store = HomeStore(hass, entry.entry_id)
    await store.async_load(dt_util.utcnow().timestamp())
    try:
        return HomeCoordinator(hass, entry, configured, store)
    except InputError as err:
        raise ConfigEntryError(
            translation_domain=DOMAIN,
            translation_key="device_invalid",
            translation_placeholders={"device": configured.name, "detail": str(err)},
        ) from err


@callback
def _reload_on_change(hass: HomeAssistant, entry: ShemsConfigEntry, loaded: Configuration) -> None:
    """Reload when the effective configuration changes, once for changes that come together.

    The titles of the entry and its subentries are no part of it.
    """
    timer: asyncio.TimerHandle | None = None

    @callback
    def compare() -> None:
        nonlocal timer
        timer = None
        try:
            changed = _effective(configuration(hass, entry)) != _effective(loaded)
        except SourceError:
            changed = True
        if changed:
            hass.config_entries.async_schedule_reload(entry.entry_id)

    @callback
    def soon(_: Event[Any] | None = None) -> None:
        nonlocal timer
        if timer is None:
            timer = hass.loop.call_later(RELOAD_DELAY_S, compare)

    async def updated(_: HomeAssistant, __: ShemsConfigEntry) -> None:
        soon()

    @callback
    def stop() -> None:
        if timer is not None:
            timer.cancel()

    entry.async_on_unload(entry.add_update_listener(updated))
    entry.async_on_unload(async_watch_others(hass, entry, soon))
    entry.async_on_unload(hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, soon))
    entry.async_on_unload(stop)


def _effective(configured: Configuration) -> tuple[object, ...]:
    return (
        configured.kind,
        configured.tariff,
        dict(configured.price_source),
        configured.surroundings,
        dict(configured.habits),
        [(each.id, each.kind, dict(each.data)) for each in configured.devices],
    )
