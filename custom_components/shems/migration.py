"""Migration: entries of older releases are brought up to date, those of newer ones refused."""

from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .const import DOMAIN, LOGGER

VERSION: Final = 1
MINOR_VERSION: Final = 2

CONNECTION: Final = "connection"
"""Kind of the only device of which a home has one, and the unique id of its subentry."""


@callback
def async_refuse_newer(hass: HomeAssistant) -> None:
    """Say of each entry that a newer release made why Home Assistant does not load it."""
    for entry in hass.config_entries.async_entries(DOMAIN):
        if entry.version > VERSION:
            ir.async_create_issue(
                hass,
                DOMAIN,
                f"{entry.entry_id}_newer",
                is_fixable=False,
                severity=ir.IssueSeverity.ERROR,
                translation_key="entry_newer",
                translation_placeholders={
                    "home": entry.title,
                    "made": f"{entry.version}.{entry.minor_version}",
                    "known": f"{VERSION}.{MINOR_VERSION}",
                },
            )


async def async_migrate_entry(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Bring an entry up to date; one of a newer minor version is left as it is."""
    if entry.minor_version < 2:  # The version that this step makes.
        _name_connection(hass, entry)
        hass.config_entries.async_update_entry(entry, minor_version=2)
        LOGGER.info("Migrated %s to version %s.2", entry.title, VERSION)
    return True


@callback
def _name_connection(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Give the grid connection its unique id, so that Home Assistant refuses a second one."""
    for subentry in tuple(entry.get_subentries_of_type(CONNECTION))[:1]:
        hass.config_entries.async_update_subentry(entry, subentry, unique_id=CONNECTION)
