"""The bridge to the simulated home's own entities."""

from homeassistant.const import Platform
from homeassistant.core import callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .data import ShemsConfigEntry


@callback
def add_simulated(
    entry: ShemsConfigEntry,
    platform: Platform,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the entities of a simulated home; a real home has none."""
    if (virtual := entry.runtime_data.virtual) is not None:
        async_add_entities(virtual.entities(platform))
