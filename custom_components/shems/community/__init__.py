"""A community of neighbours: its own entry, apart from every home and its plan."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr

from ..const import COMMUNITY_PLATFORMS
from ..files import async_forget_issues
from ..insight.holdings import remove_all
from .runtime import Community, community_info

type CommunityEntry = ConfigEntry[Community]

__all__ = [
    "Community",
    "CommunityEntry",
    "async_remove_community",
    "async_setup_community",
    "async_unload_community",
]


async def async_setup_community(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Set up a community."""
    community = Community(hass, entry)
    await community.async_load()
    entry.runtime_data = community
    dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, **community_info(community)
    )
    await hass.config_entries.async_forward_entry_setups(entry, COMMUNITY_PLATFORMS)
    community.async_start()
    community.shown.async_start()
    return True


async def async_unload_community(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Stop taking part, with everything saved and nothing subscribed."""
    community: Community = entry.runtime_data
    community.shown.async_stop()
    await community.async_stop()
    return await hass.config_entries.async_unload_platforms(entry, COMMUNITY_PLATFORMS)


async def async_remove_community(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Delete what was stored of a community."""
    await hass.async_add_executor_job(remove_all, hass, entry.entry_id)
    async_forget_issues(hass, entry.entry_id)
