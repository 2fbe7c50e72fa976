"""Renames: entity ids that others give up are followed in everything that is stored."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from ..const import DOMAIN
from ..migration import VERSION


@callback
def async_follow_renames(hass: HomeAssistant) -> CALLBACK_TYPE:
    """Rewrite options and subentries at each rename; return how to stop.

    Homes that are not loaded now, for whatever reason, are followed as well. Those of a newer
    release stay as they are.
    """

    @callback
    def renamed(event: Event[er.EventEntityRegistryUpdatedData]) -> None:
        data = event.data
        if data["action"] != "update" or "old_entity_id" not in data:
            return
        for entry in hass.config_entries.async_entries(DOMAIN):
            if entry.version <= VERSION:
                _rewrite(hass, entry, data["old_entity_id"], data["entity_id"])

    return hass.bus.async_listen(er.EVENT_ENTITY_REGISTRY_UPDATED, renamed)


@callback
def _rewrite(hass: HomeAssistant, entry: ConfigEntry, old: str, new: str) -> None:
    options = replaced(entry.options, old, new)
    if options != entry.options:
        hass.config_entries.async_update_entry(entry, options=options)
    for subentry in tuple(entry.subentries.values()):
        data = replaced(subentry.data, old, new)
        if data != subentry.data:
            hass.config_entries.async_update_subentry(entry, subentry, data=data)


def replaced(value: Any, old: str, new: str) -> Any:
    """Return a value in which one text is replaced wherever it stands alone."""
    if isinstance(value, Mapping):
        return {key: replaced(each, old, new) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [replaced(each, old, new) for each in value]
    return new if value == old else value
