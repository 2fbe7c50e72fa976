"""Migration: entries of older releases are brought up to date, those of newer ones refused."""

from types import MappingProxyType
from typing import Final

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .const import DOMAIN, LOGGER
from .sources.surroundings import SURROUNDINGS, title_of

VERSION: Final = 1
MINOR_VERSION: Final = 3

CONNECTION: Final = "connection"
SINGLE: Final = (CONNECTION, *SURROUNDINGS)
"""Kinds of which a home has one, and the unique ids of their subentries."""


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
    steps = {2: _name_connection, 3: _move_surroundings}  # By the version that each makes.
    for minor_version, step in steps.items():
        if entry.minor_version < minor_version:
            step(hass, entry)
            hass.config_entries.async_update_entry(entry, minor_version=minor_version)
            LOGGER.info("Migrated %s to version %s.%s", entry.title, VERSION, minor_version)
    return True


@callback
def _name_connection(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Give the grid connection its unique id, so that Home Assistant refuses a second one."""
    for subentry in tuple(entry.get_subentries_of_type(CONNECTION))[:1]:
        hass.config_entries.async_update_subentry(entry, subentry, unique_id=CONNECTION)


@callback
def _move_surroundings(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Make subentries of the options that named weather, presence and carbon."""
    for kind, fields in SURROUNDINGS.items():
        data = {field: entry.options[field] for field in fields if entry.options.get(field)}
        if data and not entry.get_subentries_of_type(kind):
            subentry = ConfigSubentry(
                data=MappingProxyType(data),
                subentry_type=kind,
                title=title_of(hass, kind, data),
                unique_id=kind,
            )
            hass.config_entries.async_add_subentry(entry, subentry)
    moved = {field for fields in SURROUNDINGS.values() for field in fields}
    options = {key: each for key, each in entry.options.items() if key not in moved}
    hass.config_entries.async_update_entry(entry, options=options)
