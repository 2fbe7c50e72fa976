"""Which home or device an action is about, and whether the caller may have it moved."""

from collections.abc import Container
from datetime import datetime
from typing import Any, Final

import probatio as vol
from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Context, HomeAssistant, ServiceCall, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import service
from homeassistant.helpers.selector import ConfigEntrySelector
from homeassistant.util import dt as dt_util

from .const import DOMAIN
from .coordinator import HomeCoordinator
from .data import (
    ShemsConfigEntry,
    community_entries,
    home_entries,
    is_community,
    loaded_homes,
)
from .devices import Device
from .orders import runs_steps
from .permission import async_check_control, async_check_everything, async_check_home

ATTR_CONFIG_ENTRY_ID: Final = "config_entry_id"
ATTR_DEVICE_ID: Final = "device_id"

_CHOSEN: Final = frozenset({"button", "number", "select", "switch", "time"})
"""Domains of the entities by which a user chooses what SHEMS does with a device."""

HOME: Final[dict[vol.Marker, Any]] = {
    vol.Optional(ATTR_CONFIG_ENTRY_ID): ConfigEntrySelector({"integration": DOMAIN})
}
"""The field of an action that is about a home."""
DEVICE: Final[dict[vol.Marker, Any]] = {vol.Required(ATTR_DEVICE_ID): cv.string}
"""The field of an action that is about a device."""


async def async_entry_of(
    hass: HomeAssistant, call: ServiceCall, permission: str = POLICY_CONTROL
) -> ShemsConfigEntry:
    """Return the home an action is about, after checking what the caller may do with it.

    What changes a home's plan moves every device that SHEMS drives there: whoever asks for
    that has to be allowed to move each of them.

    Raises:
        ServiceValidationError: there is no such home, it is not loaded, or there are several
            and none is named.
        Unauthorized: the caller may not.
    """
    named = call.data.get(ATTR_CONFIG_ENTRY_ID)
    if named is None:
        if len(several := homes(hass)) > 1:
            raise refused("home_not_named", homes=", ".join(each.title for each in several))
        named = several[0].entry_id if several else None
    entry: ShemsConfigEntry = service.async_get_config_entry(hass, DOMAIN, named)
    if is_community(entry):
        raise refused("not_a_home", entry=entry.title)
    await async_check_home(hass, call.context, entry.entry_id, permission)
    if permission == POLICY_CONTROL:
        await async_check_moved(hass, call.context, entry.runtime_data.coordinator)
    return entry


async def async_any_of(hass: HomeAssistant, call: ServiceCall) -> ConfigEntry[Any]:
    """Return the home, or the community that is named, which an action is about.

    Raises:
        ServiceValidationError: there is none, it is not loaded, or there are several homes and
            none is named.
        Unauthorized: the caller may not.
    """
    named = call.data.get(ATTR_CONFIG_ENTRY_ID)
    if any(named == each.entry_id for each in community_entries(hass)):
        return await async_community_of(hass, call, POLICY_CONTROL)
    return await async_entry_of(hass, call)


async def async_community_of(
    hass: HomeAssistant, call: ServiceCall, permission: str = POLICY_READ
) -> ConfigEntry[Any]:
    """Return the community an action is about, after checking what the caller may do with it.

    Raises:
        ServiceValidationError: there is no such community, it is not loaded, or there are
            several and none is named.
        Unauthorized: the caller may not.
    """
    named = call.data.get(ATTR_CONFIG_ENTRY_ID)
    known = community_entries(hass)
    if named is None:
        if len(known) > 1:
            raise refused("community_not_named", communities=", ".join(e.title for e in known))
        if not known:
            raise refused("community_missing")
        named = known[0].entry_id
    entry: ConfigEntry[Any] = service.async_get_config_entry(hass, DOMAIN, named)
    if not is_community(entry):
        raise refused("not_a_community", entry=entry.title)
    await async_check_home(hass, call.context, entry.entry_id, permission)
    return entry


async def async_home_of(
    hass: HomeAssistant, call: ServiceCall, permission: str = POLICY_CONTROL
) -> HomeCoordinator:
    """Return the coordinator of the home an action is about; see `async_entry_of`."""
    return (await async_entry_of(hass, call, permission)).runtime_data.coordinator


async def async_device_of(
    hass: HomeAssistant, call: ServiceCall, kinds: Container[str], missing: str
) -> tuple[HomeCoordinator, Device]:
    """Return the device an action is about, and its home, after checking who asks.

    Args:
        hass: Home Assistant.
        call: of the action.
        kinds: of devices the action knows what to do with.
        missing: translation key of the error where it is none of these.

    Raises:
        ServiceValidationError: it is none of these kinds of a home that is loaded.
        Unauthorized: the caller may not control it.
    """
    asked: str = call.data[ATTR_DEVICE_ID]
    for home in loaded(hass):
        device = configured_device(hass, home, asked)
        if device is not None and device.kind in kinds:
            await async_check_choice(hass, call.context, home, device, asked)
            return home, device
    raise refused(missing, device=asked)


def configured_device(hass: HomeAssistant, home: HomeCoordinator, asked: str) -> Device | None:
    """Return the device of a home that has an id in the registry, None where there is none."""
    entry = dr.async_get(hass).async_get(asked)
    if entry is None:
        return None
    for device in home.configuration.devices:
        if (DOMAIN, f"{home.config_entry.entry_id}_{device.id}") in entry.identifiers:
            return device
    return None


async def async_check_choice(
    hass: HomeAssistant,
    context: Context | None,
    home: HomeCoordinator,
    device: Device,
    registry_id: str,
) -> None:
    """Raise where the user behind a context may not choose what SHEMS does with a device."""
    own = er.async_entries_for_device(er.async_get(hass), registry_id)
    chosen = [each.entity_id for each in own if each.domain in _CHOSEN]
    await async_check_control(hass, context, chosen)
    await async_check_device(hass, context, home, device)


@callback
def chosen_by(hass: HomeAssistant, home: HomeCoordinator, user: User) -> dict[str, str]:
    """Return the devices of which a user may choose what SHEMS does: ids, by ours."""
    entry_id = home.config_entry.entry_id
    registered = {
        identifier[1]: entry.id
        for entry in dr.async_entries_for_config_entry(dr.async_get(hass), entry_id)
        for identifier in entry.identifiers
        if identifier[0] == DOMAIN
    }
    return {
        device.id: found
        for device in home.driven
        if (found := registered.get(f"{entry_id}_{device.id}")) is not None
        and _may_choose(hass, home, device, user, found)
    }


def _may_choose(
    hass: HomeAssistant, home: HomeCoordinator, device: Device, user: User, registry_id: str
) -> bool:
    if user.is_admin or user.permissions.access_all_entities(POLICY_CONTROL):
        return True
    own = er.async_entries_for_device(er.async_get(hass), registry_id)
    chosen = [each.entity_id for each in own if each.domain in _CHOSEN]
    return not runs_steps(device) and all(
        user.permissions.check_entity(each, POLICY_CONTROL)
        for each in (*chosen, *home.controls_of(device.id))
    )


async def async_check_device(
    hass: HomeAssistant, context: Context | None, home: HomeCoordinator, device: Device
) -> None:
    """Raise where the user behind a context may not move a device without SHEMS.

    What the steps of a user do is not known before they run: whoever has them run must be
    allowed to control everything.
    """
    await async_check_control(hass, context, home.controls_of(device.id))
    if runs_steps(device):
        await async_check_everything(hass, context)


async def async_check_moved(
    hass: HomeAssistant, context: Context | None, home: HomeCoordinator
) -> None:
    """Raise where the user behind a context may not control what SHEMS drives in a home."""
    for device in home.driven:
        if home.store.control.device(device.id).armed:
            await async_check_device(hass, context, home, device)


def homes(hass: HomeAssistant) -> list[ShemsConfigEntry]:
    """Return the homes there are, loaded or not, without those that are disabled."""
    return home_entries(hass)


def loaded(hass: HomeAssistant) -> list[HomeCoordinator]:
    """Return the homes that run."""
    return [entry.runtime_data.coordinator for entry in loaded_homes(hass)]


def moment(given: datetime | None) -> float | None:
    """Return a time in epoch seconds; one without a zone is the user's own."""
    return None if given is None else dt_util.as_utc(given).timestamp()


def refused(key: str, **placeholders: str) -> ServiceValidationError:
    """Return what says that an action cannot be done as it was asked for."""
    return ServiceValidationError(
        translation_domain=DOMAIN, translation_key=key, translation_placeholders=placeholders
    )
