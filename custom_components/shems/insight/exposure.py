"""What an assistant may be asked of, and by whom."""

from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized, UnknownUser
from homeassistant.helpers import entity_registry as er

from ..asking import loaded
from ..coordinator import HomeCoordinator
from ..devices import Device
from ..permission import async_check_home


def exposed_homes(hass: HomeAssistant, assistant: str) -> list[HomeCoordinator]:
    """Return the homes that are exposed: any entity of the home's own device is."""
    return [each for each in loaded(hass) if _is_exposed(hass, assistant, each.hub_device_id)]


def exposed_devices(hass: HomeAssistant, home: HomeCoordinator, assistant: str) -> list[Device]:
    """Return the devices of a home that are exposed: any entity of theirs is."""
    moments = home.config_entry.runtime_data.moments
    return [
        each
        for each in home.configuration.devices
        if (own := moments.registry_id(each.id)) is not None and _is_exposed(hass, assistant, own)
    ]


async def async_may_hear(
    hass: HomeAssistant, context: Context | None, home: HomeCoordinator
) -> bool:
    """Return whether who asks may read a home."""
    try:
        await async_check_home(hass, context or Context(), home.config_entry.entry_id, POLICY_READ)
    except Unauthorized, UnknownUser:
        return False
    return True


def _is_exposed(hass: HomeAssistant, assistant: str, device_id: str) -> bool:
    own = er.async_entries_for_device(er.async_get(hass), device_id)
    return any(async_should_expose(hass, assistant, each.entity_id) for each in own)
